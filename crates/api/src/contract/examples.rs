//! The bundled examples: definitions of well-known public APIs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A bundled example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExampleCard {
    /// Its short name: `github`.
    pub name: String,
    /// The name that people see.
    pub title: String,
    /// What it reads.
    pub description: String,
    /// The host that it calls. A host that hangs on a value is shown with it in braces.
    pub host: String,
    /// Its streams' names.
    pub streams: Vec<String>,
    /// What it needs of a person.
    pub needs: ExampleNeeds,
    /// The vendor's documentation.
    pub docs: String,
}

/// What an example needs of a person before it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExampleNeeds {
    /// Nothing.
    Nothing,
    /// Values, but no key.
    Values,
    /// A key.
    Key,
}

/// Asks for one example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneExample {
    /// Its short name.
    pub name: String,
}

/// An example's definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExampleText {
    /// Its short name.
    pub name: String,
    /// The definition.
    pub text: String,
}
