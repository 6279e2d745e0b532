//! `transform`: the steps from a source value to a column's value.

use super::{FieldType, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// One step. Written as a word (`trim`) or as a word with its settings (`{replace: {find: a, with: b}}`).
/// A null goes through every step but `default` and `template` as null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// Without white space at both ends.
    Trim,
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// With each word's first letter in upper case.
    Title,
    /// Text replaced by other text, everywhere.
    Replace(ReplaceArgs),
    /// What a regular expression finds: its first group, or all of the match; with `with`, a replacement.
    Regex(RegexArgs),
    /// Text cut into an array.
    Split(String),
    /// An array joined to text.
    Join(String),
    /// A part of a text or an array.
    Slice(SliceArgs),
    /// What stands in for a null or a missing value.
    Default(#[ts(type = "unknown")] Value),
    /// Another type.
    Cast(CastArgs),
    /// A date, a moment or a time read from text of a given form.
    ParseDate(ParseDateArgs),
    /// A date, a moment or a time written in a given form (strftime).
    FormatDate(String),
    /// A telephone number in E.164.
    Phone(PhoneArgs),
    /// A digest in hex.
    Hash(HashArgs),
    /// Other words for some values.
    Map(MapArgs),
    /// The first item of an array.
    First,
    /// The last item of an array.
    Last,
    /// The item of an array at a place, from 0; negative from the end.
    Nth(#[ts(type = "number")] i64),
    /// Nested objects as one object with joined names.
    Flatten(FlattenArgs),
    /// HTML as plain text.
    StripHtml,
    /// Nested content as Markdown.
    Markdown(MarkdownArgs),
    /// Text read as JSON.
    Json,
    /// Base64.
    Base64(Base64Direction),
    /// A sum, a difference, a product, a quotient, or a rounding.
    Arithmetic(Arithmetic),
    /// Text made from `value` and `record`.
    Template(Template),
}

/// `replace`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ReplaceArgs {
    /// The text to find.
    pub find: String,
    /// The text to put there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub with: String,
}

/// `regex`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct RegexArgs {
    /// The regular expression (RE2 style: no look-around, no back references).
    pub pattern: String,
    /// The replacement of every match, with `$1` for groups.
    #[serde(default, skip_serializing_if = "is_default")]
    pub with: Option<String>,
}

/// `slice`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SliceArgs {
    /// The first place, from 0; negative from the end.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub from: Option<i64>,
    /// The place behind the last; negative from the end.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub to: Option<i64>,
}

/// `cast`: `{cast: integer}`.
pub type CastArgs = FieldType;

/// `parse_date`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ParseDateArgs {
    /// The form: `rfc3339`, `epoch`, `epoch_ms`, `date`, or strftime.
    pub format: String,
    /// The time zone of a value without an offset. Default: none is assumed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timezone: Option<String>,
}

/// `phone`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PhoneArgs {
    /// The country of numbers without a prefix, two letters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub region: String,
}

/// `hash`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct HashArgs {
    /// The algorithm. Default `sha256`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub algorithm: HashAlgorithm,
    /// Text before the value, so that digests differ between connectors.
    #[serde(default, skip_serializing_if = "is_default")]
    pub salt: Option<Template>,
}

/// A digest's algorithm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum HashAlgorithm {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-512.
    Sha512,
    /// SHA-1, for systems that ask for it.
    Sha1,
    /// MD5, for systems that ask for it.
    Md5,
}

/// `map`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct MapArgs {
    /// The new value for each old one.
    #[ts(type = "Record<string, unknown>")]
    pub values: IndexMap<String, Value>,
    /// The new value for all others. Default: they stay.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "unknown")]
    pub other: Option<Value>,
}

/// `flatten`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct FlattenArgs {
    /// What stands between names. Default `_`.
    pub separator: String,
}

impl Default for FlattenArgs {
    fn default() -> Self {
        Self { separator: "_".to_owned() }
    }
}

/// `markdown`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkdownArgs {
    /// The content's shape.
    pub shape: MarkdownShape,
    /// The member that holds nested content. Default `children`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub children: Option<String>,
}

/// The shape of nested content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkdownShape {
    /// Blocks with a type and text.
    Blocks,
    /// Sections with a title and a body.
    Sections,
}

/// `base64`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Base64Direction {
    /// Text to base64.
    Encode,
    /// Base64 to text.
    Decode,
}

/// `arithmetic`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Arithmetic {
    /// What is done.
    pub op: ArithmeticOp,
    /// By how much.
    pub by: f64,
}

/// What is done with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ArithmeticOp {
    /// A sum.
    Add,
    /// A difference.
    Subtract,
    /// A product.
    Multiply,
    /// A quotient.
    Divide,
    /// Rounded to `by` decimals.
    Round,
}
