//! Form descriptors: every kind of every area as data, so that any client can draw a form for it.
//!
//! Types, help, defaults and choices come from the JSON Schema, which comes from the model. Titles, examples, vendors'
//! words and what is advanced or secret stand in one table, a file an area, in `words/`. Nothing is written twice.

mod derive;
mod text;
mod words;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::OnceLock;
use ts_rs::TS;

/// Every form: the sections of a definition, and the groups of kinds that they are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Descriptors {
    /// What a definition and a stream are edited by, in the order of the forms.
    pub sections: Vec<FormSection>,
    /// Every kind of every area, by the area's name.
    pub groups: Vec<FormGroup>,
}

/// One part of a definition that is edited at once, such as sign-in or paging.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FormSection {
    /// Its name: `auth`.
    pub name: String,
    /// Whether it is part of the connector or of each stream.
    pub scope: FormScope,
    /// Its title: `Sign-in`.
    pub title: String,
    /// What it is for, in a sentence.
    pub help: String,
    /// Its fields. Paths start at the definition or at the stream: `http.auth`, `paginate`.
    pub fields: Vec<FormField>,
}

/// What a section is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormScope {
    /// The connector.
    Connector,
    /// Each stream.
    Stream,
}

/// One area: the kinds that a value can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FormGroup {
    /// Its name: `auth`, `paginate`, `transform`.
    pub name: String,
    /// Its title: `Sign-in`.
    pub title: String,
    /// What it is for.
    pub help: String,
    /// Where it stands in a definition, where it is one place: `http.auth`, `streams[0].paginate`.
    pub place: String,
    /// Its kinds. A group of plain settings has one, of form `settings`.
    pub kinds: Vec<FormKind>,
}

/// One kind of an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct FormKind {
    /// The word in the file. Empty for plain settings.
    #[serde(rename = "type")]
    pub word: String,
    /// How it is written.
    pub form: KindForm,
    /// Its title.
    pub title: String,
    /// What it does.
    pub help: String,
    /// The part of the guide about it: `auth.md#oauth2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// Its settings.
    pub fields: Vec<FormField>,
    /// A whole example, as it stands in a definition.
    #[ts(type = "unknown")]
    pub example: Value,
}

/// How a kind is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KindForm {
    /// A bare word: `trim`.
    Word,
    /// A mapping with the word at `type`: `{type: bearer, token: …}`.
    Tagged,
    /// A mapping with the word as its only key, and settings below it: `{replace: {find: …, with: …}}`.
    Keyed,
    /// A mapping with the word as its only key, and one value: `{query: page}`. Its one field has an empty path.
    Value,
    /// Settings without a word.
    Settings,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct FormField {
    /// Where it stands, from its kind on, dotted.
    pub path: String,
    /// Its label.
    pub label: String,
    /// What it is.
    pub help: String,
    /// What can be put in.
    #[serde(flatten)]
    pub value: FormValue,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it is secret: only a reference to a config input of type `secret` belongs here.
    pub secret: bool,
    /// Whether it is seldom needed.
    pub advanced: bool,
    /// What holds where it is left out, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// An example of its value.
    #[ts(type = "unknown")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    /// What vendors call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// Shown only where another field of the same kind has one of some values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<FormOnly>,
}

/// What can be put into a field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct FormValue {
    /// The kind of control.
    pub kind: FormControl,
    /// The values to choose from, for `choice`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional = nullable)]
    pub options: Vec<FormOption>,
    /// The group of kinds, for `kind` and `settings`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What is in it, for `list` and `map`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Box<FormValue>>,
}

/// A kind of control.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormControl {
    /// Text as it is.
    #[default]
    Text,
    /// Text of several lines.
    LongText,
    /// Text that may hold expressions.
    Expression,
    /// A length of time: `30s`, `PT1H`.
    Duration,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Yes or no.
    Boolean,
    /// Text, a number, or yes/no; text may hold expressions.
    Scalar,
    /// Any JSON.
    Json,
    /// One of some words.
    Choice,
    /// Several values in order.
    List,
    /// Values by name.
    Map,
    /// One of a group's kinds.
    Kind,
    /// A group's settings.
    Settings,
}

/// One value of a `choice`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormOption {
    /// The word in the file.
    pub value: String,
    /// Its label.
    pub label: String,
    /// What it does.
    pub help: String,
}

/// Another field and the values of it that show this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormOnly {
    /// The other field's path.
    pub path: String,
    /// Its values.
    pub values: Vec<String>,
}

impl Descriptors {
    /// The area called `name`.
    pub fn group(&self, name: &str) -> Option<&FormGroup> {
        self.groups.iter().find(|group| group.name == name)
    }
}

impl FormGroup {
    /// The kind called `word`.
    pub fn kind(&self, word: &str) -> Option<&FormKind> {
        self.kinds.iter().find(|kind| kind.word == word)
    }
}

/// Every form, made once.
pub fn descriptors() -> &'static Descriptors {
    static ALL: OnceLock<Descriptors> = OnceLock::new();
    ALL.get_or_init(|| derive::all(crate::schema::schema_ref(), words::table()))
}

/// Kinds of the model without a row in the table, and rows of the table that name nothing: empty, as a test holds.
pub fn missing() -> Vec<String> {
    words::missing(crate::schema::schema_ref())
}
