//! `actions`: named calls that write or look up.

use super::{Field, FieldType, Request, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A named call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// What it does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: ActionKind,
    /// What it is for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The stream that it writes to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stream: Option<String>,
    /// What it is given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub params: Vec<Param>,
    /// The request; `params.NAME` is at hand.
    pub request: Request,
    /// What is read from the answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: Option<ActionResponse>,
    /// The header that carries a key by which a repeated call is known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idempotency_header: Option<String>,
}

/// What an action does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Makes a record.
    Create,
    /// Changes one.
    Update,
    /// Removes one.
    Delete,
    /// Reads one.
    Get,
    /// Finds some.
    Search,
    /// Anything else.
    #[default]
    Custom,
}

/// What an action is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: FieldType,
    /// Whether it must be given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// Its value where none is given.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "unknown")]
    pub default: Option<Value>,
    /// What it means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
}

/// What is read from an action's answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ActionResponse {
    /// A JSONPath to the record.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path: Option<String>,
    /// Its columns.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<Field>,
}
