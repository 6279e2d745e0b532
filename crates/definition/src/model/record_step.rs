//! `steps`: changes to a whole record, before its fields are read.

use super::{Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A change to a whole record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordStep {
    /// Members added, by name.
    Add(#[ts(as = "std::collections::BTreeMap<String, Template>")] IndexMap<String, Template>),
    /// Members removed, by JSONPath.
    Remove(Vec<String>),
    /// Members renamed: old name to new.
    Rename(#[ts(as = "std::collections::BTreeMap<String, String>")] IndexMap<String, String>),
    /// Every member's name in another case.
    KeyCase(KeyCase),
    /// Nested objects as one object with names joined by this text.
    Flatten(String),
    /// Words found in some members, as a list.
    Keywords(Vec<String>),
}

/// The case of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyCase {
    /// `snake_case`.
    Snake,
    /// `camelCase`.
    Camel,
    /// `kebab-case`.
    Kebab,
    /// lower case.
    Lower,
}

/// How a record belongs to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// What the other is to it.
    #[serde(rename = "type")]
    pub kind: RelationKind,
    /// The other record, `stream:key`.
    pub to: Template,
    /// A word for the relation.
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
