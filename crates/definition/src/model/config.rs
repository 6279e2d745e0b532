//! `config`: what a person fills in.

use super::is_default;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// One value that a person gives a connection. `{{ config.NAME }}` refers to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfigInput {
    /// How expressions call it: letters, digits and `_`.
    pub name: String,
    /// What kind of value it is. `secret` goes to the keyring and nowhere else.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: ConfigType,
    /// The label in the form.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// Help below the label: what it is and where to find it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// Whether it must have a value: a connection does not work without one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// The value where none is given. Not allowed for a secret.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "unknown")]
    pub default: Option<Value>,
    /// A regular expression that the whole text must match.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
    /// The values to choose from, for `enum`.
    #[serde(rename = "enum", default, skip_serializing_if = "is_default")]
    pub options: Vec<String>,
}

/// The kinds of config values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConfigType {
    /// Text.
    #[default]
    String,
    /// A key, a token or a password: kept in the keyring, masked on screen.
    Secret,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// A calendar date, `2024-01-31`.
    Date,
    /// A moment, RFC 3339.
    Datetime,
    /// One of `enum`.
    Enum,
    /// Several texts.
    List,
}
