//! `hooks`: what happens around a run.

use super::{Request, Template};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happens around a run. Data only: no hook runs code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// When it happens.
    pub when: HookWhen,
    /// What happens.
    #[serde(rename = "do")]
    pub action: HookDo,
}

/// When a hook happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum HookWhen {
    /// Before a run.
    Before,
    /// After a run.
    After,
    /// When a run failed.
    Error,
    /// When the API asked to wait.
    RateLimit,
}

/// What a hook does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum HookDo {
    /// Sends a request.
    Request(Box<Request>),
    /// Writes a line to the log.
    Log(Template),
    /// Shows a desktop notification.
    Notify(Template),
}
