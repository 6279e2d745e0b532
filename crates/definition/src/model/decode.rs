//! `decode`: what the bytes of an answer are.

use super::is_default;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the bytes of an answer are. Whatever they are, they are read as JSON: the records' path, the paging and the
/// expressions see a JSON document. `{type: json}` where nothing is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Decode {
    /// JSON (RFC 8259).
    Json {
        /// The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
        #[serde(default, skip_serializing_if = "is_default")]
        compression: Option<Compression>,
        /// The charset: `windows-1252`, `utf-16le` (names of the WHATWG Encoding Standard). Default: what the answer
        /// says by its byte order mark or its `Content-Type`, else UTF-8.
        #[serde(default, skip_serializing_if = "is_default")]
        encoding: Option<String>,
        /// The path of an object of lists that stand side by side: `$.hourly` for
        /// `{"hourly": {"time": ["10:00", "11:00"], "rain": [0, 2]}}`. In its place stands a list of records then, one
        /// for each place of the lists: `$.hourly[*]` is `{"time": "10:00", "rain": 0}`. What is no list is the same in
        /// each record.
        #[serde(default, skip_serializing_if = "is_default")]
        columns: Option<String>,
        /// The path of an object whose members are records, each under its own name: `$.stock` for
        /// `{"stock": {"900": {"price": 12}, "907": {"price": 7}}}`. In its place stands a list of records then, each
        /// with its name as `_key`: `$.stock[*]` is `{"_key": "900", "price": 12}`. A member that is no object is the
        /// record's `value`.
        #[serde(default, skip_serializing_if = "is_default")]
        entries: Option<String>,
        /// A table that is sent as columns and rows, `{"columns": ["id", "n"], "rows": [[1, "a"]]}`: in the place of its
        /// rows stands a list of records then, `{"id": 1, "n": "a"}`.
        #[serde(default, skip_serializing_if = "is_default")]
        table: Option<TableDecode>,
    },
    /// One JSON value a line (NDJSON). The document is the list of the lines: `$[*]` is each line.
    Jsonl {
        /// The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
        #[serde(default, skip_serializing_if = "is_default")]
        compression: Option<Compression>,
        /// The charset. Default: what the answer says, else UTF-8.
        #[serde(default, skip_serializing_if = "is_default")]
        encoding: Option<String>,
    },
    /// Comma-separated values (RFC 4180). The document is the list of the rows; every value is text.
    Csv(CsvDecode),
    /// XML: `<a id="1"><b>x</b></a>` is `{"a": {"@id": "1", "b": "x"}}`.
    Xml(XmlDecode),
    /// Text; each line is a record with one field, `text`.
    Text {
        /// The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
        #[serde(default, skip_serializing_if = "is_default")]
        compression: Option<Compression>,
        /// The charset. Default: what the answer says, else UTF-8.
        #[serde(default, skip_serializing_if = "is_default")]
        encoding: Option<String>,
    },
}

impl Default for Decode {
    fn default() -> Self {
        Self::Json { compression: None, encoding: None, columns: None, entries: None, table: None }
    }
}

/// A table of columns and rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct TableDecode {
    /// The path of the list of rows: `$.rows`. Each is a list of values.
    pub rows: String,
    /// The path of the columns' names: a list of them (`$.columns`), or all matches (`$.schema.fields[*].name`). Default:
    /// the first row has the names.
    #[serde(default, skip_serializing_if = "is_default")]
    pub columns: Option<String>,
    /// The path from a row to its values, where it is no list: `$.f[*].v` for `{"f": [{"v": 1}, {"v": "a"}]}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cells: Option<String>,
}

/// A packing inside an answer. What the transport packs (`Content-Encoding`) is opened without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// gzip (RFC 1952), also several behind each other.
    Gzip,
    /// deflate, with zlib's head (RFC 1950) or without (RFC 1951).
    Deflate,
    /// Brotli (RFC 7932).
    Brotli,
    /// Zstandard (RFC 8878).
    Zstd,
    /// A zip archive; every file in it is read, one after the other.
    Zip,
}

/// Comma-separated values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CsvDecode {
    /// The one character between values. Default `,`; a tab is `"\t"`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delimiter: Option<String>,
    /// The one character around values. Default `"`; empty where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quote: Option<String>,
    /// Whether the first line has no names. Then the columns are `column_1`, `column_2` and so on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_header: bool,
    /// The charset: `windows-1252` (names of the WHATWG Encoding Standard). Default: what the answer says by its byte
    /// order mark or its `Content-Type`, else UTF-8.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Option<String>,
    /// The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Option<Compression>,
}

impl CsvDecode {
    /// What stands between values, as a byte. An error: it is no single ASCII character.
    pub fn delimiter_byte(&self) -> Result<u8, String> {
        match self.delimiter.as_deref() {
            None => Ok(b','),
            Some("\\t" | "tab") => Ok(b'\t'),
            Some(text) => single(text),
        }
    }

    /// What stands around values, as a byte; nothing where values are never quoted.
    pub fn quote_byte(&self) -> Result<Option<u8>, String> {
        match self.quote.as_deref() {
            None => Ok(Some(b'"')),
            Some("") => Ok(None),
            Some(text) => single(text).map(Some),
        }
    }
}

fn single(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => Ok(*byte),
        _ => Err(format!("`{text}` is not one plain character. Write `,`, `;`, `|` or `\\t`.")),
    }
}

/// XML, read as objects: attributes as `@name`, text as `#text`, repeated elements as arrays. Prefixes of namespaces
/// stay in the names; an element with text alone is that text, an empty one null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct XmlDecode {
    /// Paths of elements that are lists though there may be only one of them: `$.order.line`. Those that the records'
    /// path and the fields go through with `[*]` or `[0]` are known without it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lists: Vec<String>,
    /// The charset. Default: what the answer says by its byte order mark, its `Content-Type` or its XML declaration,
    /// else UTF-8.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Option<String>,
    /// The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Option<Compression>,
}
