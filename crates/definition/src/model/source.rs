//! `source`: where a stream's records come from, if not over HTTP.

use super::{Duration, Template, is_default};
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

/// Files of a folder. Each is read as a stream of records and remembered: the next run reads what is new or changed.
///
/// A record also has `_path` (the file's path in the folder, with `/`), `_file` (its name), `_modified` (when it was
/// changed last) and `_line` (the line that the record begins in; in a JSON document its number), which fields may map.
/// Without a `key` of its own the stream's key is `_path` and `_line`, so that a changed file replaces its old records.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct FilesSource {
    /// The folder, or one file. It is a person's own, so it comes from an input: `{{ config.folder }}`. Links that lead
    /// out of it are not followed.
    pub folder: Template,
    /// Which files, by their path in the folder: `*.csv`, `2024-*.jsonl.gz`, `{orders,returns}-*.csv`. `**` is any
    /// number of folders. Default `**`: all files that look like data. Hidden files are left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub glob: String,
    /// What they are. Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub format: FilesFormat,
    /// The share of broken lines, in per cent, above which a file counts as unreadable. Default 100: lines that can't be
    /// read are told and left out, and a file fails only where none of its lines can be read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_broken: Option<f64>,
}

/// What files are. gzip and Zstandard are opened by what a file starts with, whatever its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FilesFormat {
    /// Told from each file.
    #[default]
    Auto,
    /// JSON documents: a list of records, one record, or several values one after the other.
    Json {
        /// The charset (names of the WHATWG Encoding Standard). Default: told from each file.
        #[serde(default, skip_serializing_if = "is_default")]
        encoding: Option<String>,
    },
    /// One JSON value a line.
    Jsonl {
        /// The charset (names of the WHATWG Encoding Standard). Default: told from each file.
        #[serde(default, skip_serializing_if = "is_default")]
        encoding: Option<String>,
    },
    /// Comma-separated values.
    Csv(FilesCsv),
}

/// Comma-separated values in files. What is not said is told from each file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct FilesCsv {
    /// The one character between values: `,`, `;`, `|` or `"\t"`. Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delimiter: Option<String>,
    /// The one character around values; empty where values are never quoted. Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quote: Option<String>,
    /// How a quote stands inside a quoted value. Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub escape: Option<CsvEscape>,
    /// Whether the first line has the names. Without, the columns are `column_1`, `column_2` and so on. Default: told
    /// from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub header: Option<bool>,
    /// Lines above the header that are left out. Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skip_lines: Option<u32>,
    /// The one character that a line to leave out begins with: `#`. Empty: there are none. Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// The charset: `windows-1252` (names of the WHATWG Encoding Standard). Default: told from each file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Option<String>,
}

/// How a quote stands inside a quoted value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CsvEscape {
    /// Twice: `"a ""b"" c"`.
    Doubled,
    /// Behind a backslash: `"a \"b\" c"`.
    Backslash,
}

impl FilesCsv {
    /// What stands between values, as a byte. An error: it is no single ASCII character.
    pub fn delimiter_byte(&self) -> Result<Option<u8>, String> {
        self.delimiter.as_deref().map(one_byte).transpose()
    }

    /// What stands around values, as a byte: `Some(None)` where values are never quoted.
    pub fn quote_byte(&self) -> Result<Option<Option<u8>>, String> {
        maybe_byte(self.quote.as_deref())
    }

    /// What a line to leave out begins with: `Some(None)` where there are none.
    pub fn comment_byte(&self) -> Result<Option<Option<u8>>, String> {
        maybe_byte(self.comment.as_deref())
    }
}

fn maybe_byte(text: Option<&str>) -> Result<Option<Option<u8>>, String> {
    match text {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(text) => one_byte(text).map(|byte| Some(Some(byte))),
    }
}

fn one_byte(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if matches!(text, "\\t" | "tab") => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => Ok(*byte),
        _ => Err(format!("`{text}` is not one plain character. Write `,`, `;`, `|` or `\\t`.")),
    }
}
