//! `transform`: the steps from a source value to a column's value.

use super::{FieldType, Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// One step. Written as a word (`trim`) or as a word with its settings (`{replace: {find: a, with: b}}`).
/// A null goes through every step but `default`, `coalesce` and `template` as null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// Without white space at both ends.
    Trim,
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// With each word's first letter in upper case and the others in lower case: `o'NEIL van-dam` is `O'neil Van-Dam`.
    Title,
    /// Text replaced by other text, everywhere.
    Replace(ReplaceArgs),
    /// What a regular expression finds: its first group, or all of the match; with `with`, a replacement.
    Regex(RegexArgs),
    /// Text cut into an array at each place of this text.
    Split(String),
    /// An array joined to text, with this text between the items. Nulls in it are left out; a value that is no array
    /// stays what it is, as text.
    Join(String),
    /// A part of a text (by characters) or of an array: `{slice: {from: 0, to: 3}}`.
    Slice(SliceArgs),
    /// What stands in for a null or a missing value.
    Default(#[ts(type = "unknown")] Value),
    /// Another type.
    Cast(CastArgs),
    /// A number read as it is written: with group signs, a currency, a percent sign, a minus before or behind it, or
    /// parentheses that make it negative. An empty text is null.
    ParseNumber(ParseNumberArgs),
    /// A date, a moment or a time read from text of a given form.
    ParseDate(ParseDateArgs),
    /// A date, a moment or a time written in a given form (strftime).
    FormatDate(String),
    /// A telephone number in E.164 (`+14155552671`), as Google's libphonenumber reads it. A number that no country
    /// has is at fault. An extension is left out.
    Phone(PhoneArgs),
    /// A digest in lower-case hex. A text is taken as it is. A number is taken in one spelling (`1.0` and `1e0` are
    /// `1`), an object without white space and with its members sorted by name, so that equal values have equal
    /// digests.
    Hash(HashArgs),
    /// Other values for some values, compared as text: `{map: {values: {a: active, "": null}}}`.
    Map(MapArgs),
    /// The first item of an array.
    First,
    /// The last item of an array.
    Last,
    /// The item of an array at a place, from 0; negative from the end.
    Nth(#[ts(type = "number")] i64),
    /// Nested objects as one object with joined names. Arrays stay. A name that is taken gets a number (`a_b_2`).
    Flatten(FlattenArgs),
    /// HTML as plain text: a line for each block, entities as characters, no scripts, no styles.
    StripHtml,
    /// Content as Markdown: nested blocks, documents, sections, or HTML.
    Markdown(MarkdownArgs),
    /// Text read as JSON.
    Json,
    /// Text to base64 (`encode`), or base64 of either alphabet to text (`decode`).
    Base64(Base64Direction),
    /// A sum, a difference, a product, a quotient, or a rounding. Decimal: no digit is lost to a float.
    Arithmetic(Arithmetic),
    /// A list of pairs as one object: `[{name: Size, value: L}]` is `{Size: L}`. The way of custom fields.
    Entries(EntriesArgs),
    /// An object as a list of pairs: the inverse of `entries`.
    Pairs(EntriesArgs),
    /// Where there is no value: the first of these JSONPaths into the record that has one.
    Coalesce(Vec<String>),
    /// Steps for each item of an array.
    Each(Vec<Transform>),
    /// An array without repeated items; the first of each stays.
    Unique,
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

/// `parse_number`: `{parse_number: {decimal: ","}}` reads `1.234,50 €`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ParseNumberArgs {
    /// The sign before the decimals: `.` or `,`. Default `.`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decimal: Option<String>,
    /// The sign between groups of digits: `,`, `.`, a space, `'`. Default: any of the usual ones that is not the
    /// decimal sign.
    #[serde(default, skip_serializing_if = "is_default")]
    pub group: Option<String>,
    /// What a percent sign does. Default `points`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub percent: PercentAs,
}

/// What a percent sign does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PercentAs {
    /// 12.5 % is 12.5.
    #[default]
    Points,
    /// 12.5 % is 0.125.
    Fraction,
}

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
    /// The country of numbers that don't start with `+`: two letters (ISO 3166-1, `US`), or an expression over
    /// `record` that gives them (`{{ record.country }}`). Without one, only numbers with a `+` can be read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub region: Template,
}

/// `hash`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct HashArgs {
    /// The algorithm. Default `sha256`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub algorithm: HashAlgorithm,
    /// Text that is put before the value, so that digests differ between connectors. May come from a secret: the
    /// digest is kept, the salt is not.
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
    /// The member that holds nested content. Default: `children`, `content`, `sections`, `items` or `blocks`,
    /// whichever there is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub children: Option<String>,
}

/// The shape of nested content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkdownShape {
    /// Blocks with a type and text, nested or not: Notion, Contentful, Slate, ProseMirror (Atlassian), Editor.js.
    /// What a block of an unknown type says is kept as a paragraph.
    Blocks,
    /// Sections with a title (`title`, `heading`, `name`) and a body (`body`, `text`, `content`, or `html`), nested:
    /// each title is a heading of its depth.
    Sections,
    /// HTML in a text.
    Html,
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
    /// By how much: a number, or an expression that gives one (`{{ record.quantity }}`).
    pub by: Scalar,
}

/// What is done with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ArithmeticOp {
    /// The value and `by`.
    Add,
    /// The value less `by`.
    Subtract,
    /// The value times `by`.
    Multiply,
    /// The value by `by`, to 34 digits where it does not end. By 0 it is a fault.
    Divide,
    /// Rounded to `by` decimals; a half goes away from zero (2.5 to 3, -2.5 to -3). Negative: before the point.
    Round,
    /// Rounded to `by` decimals; a half goes to the even neighbour (2.5 to 2, 3.5 to 4), as banks do.
    RoundHalfEven,
}

/// `entries` and `pairs`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct EntriesArgs {
    /// The member of each pair that names it: `name`, `id`, or for `entries` also a JSONPath (`$.field.name`).
    /// Default `key`.
    #[serde(skip_serializing_if = "is_key")]
    pub key: String,
    /// The member of each pair that holds its value, or for `entries` a JSONPath. Default `value`.
    #[serde(skip_serializing_if = "is_value")]
    pub value: String,
}

impl Default for EntriesArgs {
    fn default() -> Self {
        Self { key: "key".to_owned(), value: "value".to_owned() }
    }
}

fn is_key(name: &str) -> bool {
    name == "key"
}

fn is_value(name: &str) -> bool {
    name == "value"
}
