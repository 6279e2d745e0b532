//! `source`: where a stream's records come from, if not over HTTP.

use super::{CsvDecode, Duration, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a stream's records come from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Source {
    /// HTTP requests.
    #[default]
    Http,
    /// A database.
    Database(DatabaseSource),
    /// Files of a folder.
    Files(FilesSource),
}

/// Rows of a database: exactly one of `table` and `query`. Everything is read in read-only transactions. Records have
/// one member a column, in the columns' order; no type loses a digit (see the guide to databases).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct DatabaseSource {
    /// The server and the database, without a password: `postgres://{{ config.host }}/{{ config.database }}`. Also
    /// `mysql://` or `mariadb://`, and `sqlite:FILE`. What stands behind `?` is as the database's own tools know it:
    /// `sslmode=require` (PostgreSQL), `ssl-mode=REQUIRED` (MySQL). Default: TLS where the server has it.
    pub url: Template,
    /// The user name, where it is not part of the address.
    #[serde(default, skip_serializing_if = "is_default")]
    pub username: Option<Template>,
    /// The password: `{{ config.password }}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub password: Option<Template>,
    /// A table or a view: `schema.table`, as the database writes it. Parts with dots or quotes stand in double quotes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub table: Option<String>,
    /// A query that only reads. With a `key` it is read page by page and can go on where it stopped; without one it is
    /// read in one go. Each of its columns needs a name of its own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub query: Option<String>,
    /// How long the server may take to give the next rows. Default `5m`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timeout: Option<Duration>,
}

/// Files of a folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct FilesSource {
    /// The folder.
    pub folder: Template,
    /// Which files: `reports-*.csv`.
    pub glob: String,
    /// What they are.
    pub format: FilesFormat,
}

/// What files are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FilesFormat {
    /// One JSON value a file.
    Json,
    /// One JSON value a line.
    Jsonl,
    /// Comma-separated values.
    Csv(CsvDecode),
}
