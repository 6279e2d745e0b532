//! `hooks`: what happens around a run.

use super::{Request, Template};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happens around a run of a connection. Data only: no hook runs code. Previews call none. At hand are `run`
/// (`run.outcome`, `run.read`, `run.new` …) and, on an error, `error.message`.
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
    /// Before a run. Where its request fails, the run does not start.
    Before,
    /// After a run, however it ended. A request that fails is a warning in the log.
    After,
    /// When a run failed, or stopped half way by an error. Called before those of `after`.
    Error,
    /// When the API asked to wait. Called at most once a minute, while the run goes on.
    RateLimit,
}

/// What a hook does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum HookDo {
    /// Sends a request, with the auth and the host rules of all others: `{method: POST, path: /hooks/done}`. It has 30
    /// seconds and three tries.
    Request(Box<Request>),
    /// Writes a line to the log: `"{{ run.new }} new records"`.
    Log(Template),
    /// Shows a notification: on the desktop, or as a line of the command. `"{{ run.connector }}: {{ run.outcome }}"`.
    Notify(Template),
}
