//! `decode`: what the bytes of an answer are.

use super::is_default;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the bytes of an answer are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Decode {
    /// JSON.
    Json {
        /// An extra layer of compression inside the answer.
        #[serde(default, skip_serializing_if = "is_default")]
        compression: Option<Compression>,
    },
    /// One JSON value a line.
    Jsonl {
        /// An extra layer of compression inside the answer.
        #[serde(default, skip_serializing_if = "is_default")]
        compression: Option<Compression>,
    },
    /// Comma-separated values.
    Csv(CsvDecode),
    /// XML.
    Xml(XmlDecode),
    /// Text; each line is a record with one field, `text`.
    Text {
        /// An extra layer of compression inside the answer.
        #[serde(default, skip_serializing_if = "is_default")]
        compression: Option<Compression>,
    },
}

impl Default for Decode {
    fn default() -> Self {
        Self::Json { compression: None }
    }
}

/// An extra layer of compression inside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// gzip.
    Gzip,
    /// deflate.
    Deflate,
    /// Brotli.
    Brotli,
    /// Zstandard.
    Zstd,
    /// A zip archive; every file in it is read.
    Zip,
}

/// Comma-separated values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CsvDecode {
    /// What stands between values. Default `,`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delimiter: Option<String>,
    /// What stands around values. Default `"`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quote: Option<String>,
    /// Whether the first line has no names.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_header: bool,
    /// The text encoding, where the answer does not say.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Option<String>,
    /// An extra layer of compression inside the answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Option<Compression>,
}

/// XML, read as objects: attributes as `@name`, text as `#text`, repeated elements as arrays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct XmlDecode {
    /// An extra layer of compression inside the answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Option<Compression>,
}
