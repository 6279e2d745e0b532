//! `destinations`: tables that are written to the API, by actions.

use super::{Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the rows of a table are written to: an action for a new row, one for a changed row, one for a row that is gone.
/// What was written is remembered by its key, so that the next push sends the difference alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The stream whose table has the shape of the rows. Its columns are offered, and checked. Default: any table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stream: Option<String>,
    /// The columns that tell a row from all others, in the table that is pushed.
    pub key: Vec<String>,
    /// What is done for a row that was not pushed before. `remote` in the other actions is the record of its answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub create: Option<PushAction>,
    /// What is done for a row that changed since. Default: changed rows are counted and not sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub update: Option<PushAction>,
    /// What is done for a row that is gone from the table, where `delete_missing` or the person asks for it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delete: Option<PushAction>,
    /// Whether a row that is gone from the table is deleted there too. Default: it stays.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delete_missing: bool,
}

/// An action for a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PushAction {
    /// The action's name.
    pub action: String,
    /// What each parameter is given: a column's name, or a template with `record` (the row) and `remote` (what the API
    /// gave back when the row was created). A parameter that is not named here takes the column of its name. For a row
    /// that is gone, the columns of `key` and `remote` are all there is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub params: IndexMap<String, Template>,
}
