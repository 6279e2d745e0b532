//! `steps`: changes to a whole record, before its fields are read.

use super::{Template, Transform, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A change to a whole record. Steps run in order, after the filter and before the fields: `fields`, `key`, `rest` and
/// `relations` see what the steps made. A record that is no object is taken as `{value: …}` where a member is added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordStep {
    /// Members added (or replaced), by name, from expressions: `{add: {region: "{{ partition.region }}"}}`. One whole
    /// expression keeps its type. Each sees those before it. Where one has no value, null is added.
    Add(#[ts(as = "std::collections::BTreeMap<String, Template>")] IndexMap<String, Template>),
    /// Members and items removed, by JSONPath: `[$.junk, "$.users[*].password"]`.
    Remove(Vec<String>),
    /// Members renamed: old name to new; two can change places. A name that starts with `$` is the JSONPath of a
    /// nested member, which stays where it is. A member that had the new name already gets a number (`name_2`).
    Rename(#[ts(as = "std::collections::BTreeMap<String, String>")] IndexMap<String, String>),
    /// Every member's name in another case, also in nested objects and in arrays. `HTTPServer` is `http_server`, and
    /// digits stay with the word before them (`address2`). Where two names become one, the second gets a number.
    KeyCase(KeyCase),
    /// Nested objects as one object with names joined by this text. Arrays stay. A name that is taken gets a number.
    Flatten(String),
    /// Words found in some members, as a list.
    Keywords(KeywordsStep),
    /// Members changed in place, by JSONPath, each by its transforms: `{change: {$.fields: [{entries: {key: name}}]}}`.
    /// A value that a transform can't change becomes null, and the fault is told.
    Change(#[ts(as = "std::collections::BTreeMap<String, Vec<Transform>>")] IndexMap<String, Vec<Transform>>),
}

/// `keywords`: the words of some texts, in lower case, each once, without words that say nothing (`the`, `and`).
/// The most frequent come first, and of equal ones the earliest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct KeywordsStep {
    /// The members to read: names, or JSONPaths (`$.body.text`). All text in an array or an object counts.
    pub from: Vec<String>,
    /// The member that the list becomes. Default `keywords`.
    #[serde(default, rename = "as", skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// The most words. Default 20.
    #[serde(default, skip_serializing_if = "is_default")]
    pub limit: Option<u32>,
    /// The fewest letters of a word. Default 3.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min_length: Option<u32>,
    /// The languages whose filler words are left out, by their two letters (ISO 639-1). Default `[en]`; `[]` leaves
    /// none out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub languages: Option<Vec<String>>,
    /// More words to leave out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stop_words: Vec<String>,
}

/// The case of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyCase {
    /// `snake_case`. A leading `_` stays.
    Snake,
    /// `camelCase`.
    Camel,
    /// `kebab-case`.
    Kebab,
    /// lowercase, and nothing else.
    Lower,
}

/// How a record belongs to another. A stream with relations has one more column, `_relations`: a JSON array of
/// `{type, to, key, name}`, with the other's stream in `to` and its key in `key`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// What the other is to it.
    #[serde(rename = "type")]
    pub kind: RelationKind,
    /// The other record, `stream:key`: `users:{{ record.author_id }}`. Without a key (a null, an empty text) there is
    /// no relation.
    pub to: Template,
    /// A JSONPath into the record: one relation for each match, which is `value` in `to` (`tags:{{ value }}`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub each: Option<String>,
    /// A word for the relation: `author`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: String,
}

/// What one record is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// The other holds it.
    Parent,
    /// It points to the other.
    Reference,
    /// The other is a word for it.
    Tag,
}
