//! `source`: where a stream's records come from, if not over HTTP.

use super::{CsvDecode, Template, is_default};
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

/// A database. Exactly one of `table` and `query`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct DatabaseSource {
    /// The address, without a password: `postgres://{{ config.host }}/{{ config.database }}`.
    pub url: Template,
    /// The user name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub username: Option<Template>,
    /// The password.
    #[serde(default, skip_serializing_if = "is_default")]
    pub password: Option<Template>,
    /// A table, `schema.table`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub table: Option<String>,
    /// A query that reads.
    #[serde(default, skip_serializing_if = "is_default")]
    pub query: Option<String>,
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
