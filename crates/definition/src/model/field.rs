//! `fields`: the columns that a record becomes.

use super::{Template, Transform, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One column: where its value comes from, what it becomes, and what happens when it can't.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The column's name.
    pub name: String,
    /// A JSONPath into the record. Default: the member called `name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub from: Option<String>,
    /// Text made from the record, instead of `from`: `{{ record.first }} {{ record.last }}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub template: Option<Template>,
    /// What the value is.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: FieldType,
    /// Whether a record without it is at fault.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// Steps from the source to the value, in order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub transform: Vec<Transform>,
    /// What happens when the value does not fit. Default `null`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_error: OnError,
    /// Whether the column is left out of the table. It stays here to be shown again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hidden: bool,
    /// What the column means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
}

/// What a column's value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Text.
    #[default]
    String,
    /// A whole number of up to 64 bits, every digit kept.
    Integer,
    /// A floating-point number.
    Number,
    /// A number of any length, every digit kept.
    Decimal,
    /// True or false.
    Boolean,
    /// A calendar date.
    Date,
    /// A moment. Stored as RFC 3339 in UTC; a value without an offset is kept without one.
    Datetime,
    /// A time of day.
    Time,
    /// Any JSON, as it came.
    Json,
    /// A JSON array.
    Array,
    /// A JSON object.
    Object,
}

impl FieldType {
    /// Every type, in the order of the docs.
    pub const ALL: [Self; 11] = [
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Decimal,
        Self::Boolean,
        Self::Date,
        Self::Datetime,
        Self::Time,
        Self::Json,
        Self::Array,
        Self::Object,
    ];

    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Time => "time",
            Self::Json => "json",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// What happens when a value does not fit its column. A missing or null value of a column that is not `required` is no fault.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum OnError {
    /// The value becomes null; the fault is counted and shown.
    #[default]
    Null,
    /// The run fails.
    Fail,
    /// The record is left out, counted and shown.
    Skip,
    /// The value is kept as it came, as text.
    Raw,
}

/// What happens to what no field took: `drop`, `keep`, or `{as: NAME}` for one column of JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// It is left out.
    #[default]
    Drop,
    /// Each member becomes a column of its own name in SQLite and a member in JSON lines; PostgreSQL, CSV and Parquet have
    /// them as one JSON object in the column `_extra`.
    Keep,
    /// All of it becomes one column of JSON.
    As(String),
}
