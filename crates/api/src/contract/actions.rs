//! Actions: what a connector can be told to do, and what came of it.

use definition::Problem;
use definition::model::{ActionKind, Param};
use engine::action::ParamFault;
use engine::capture::{RequestSnapshot, ResponseSnapshot};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// An action, with all that its form needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ActionForm {
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: ActionKind,
    /// What it is for.
    pub description: String,
    /// The stream that it writes to.
    pub stream: Option<String>,
    /// The fields of its form, in order.
    pub params: Vec<Param>,
    /// Whether a call carries a key by which a repeated one is known.
    pub has_idempotency: bool,
}

/// A call to make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct CallAction {
    /// The connection's id or name.
    pub connection: String,
    /// The action.
    pub action: String,
    /// Its parameters; text is turned into what they are.
    #[ts(type = "Record<string, unknown>")]
    #[serde(default)]
    pub params: Map<String, Value>,
    /// The key by which a repeated call is known. One is made where none is given.
    #[serde(default)]
    pub idempotency_key: Option<String>,
    /// A name of the caller's own for this call, by which it can be stopped.
    #[serde(default)]
    pub turn: Option<String>,
}

/// What a call would send.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ActionDryRun {
    /// All that is wrong with the parameters. There is no request then.
    pub faults: Vec<ParamFault>,
    /// The request, masked.
    pub request: Option<RequestSnapshot>,
    /// The same as a curl command; a database's statement as it stands, its parameters behind it.
    pub curl: String,
    /// What a person should know of it.
    pub note: Option<String>,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ActionRun {
    /// All that is wrong with the parameters. Nothing was sent then.
    pub faults: Vec<ParamFault>,
    /// The call.
    pub call: Option<ActionCall>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionOutcome {
    /// The server did it.
    Done,
    /// The server refused it, or it was not sent.
    Failed,
    /// No answer came: it may have been done.
    Unknown,
}

/// A call of an action, without secrets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ActionCall {
    /// Its id.
    pub id: String,
    /// The action.
    pub action: String,
    /// When, RFC 3339.
    pub at: String,
    /// How it ended.
    pub outcome: ActionOutcome,
    /// The answer's status, where one came.
    pub status: Option<u16>,
    /// How many rows a database touched.
    #[ts(as = "Option<u32>")]
    #[serde(default)]
    pub rows: Option<u64>,
    /// How long it took, repeats included, in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// The parameters, private ones masked.
    #[ts(type = "Record<string, unknown>")]
    pub params: Map<String, Value>,
    /// The key by which a repeated call is known.
    pub idempotency_key: Option<String>,
    /// The request as sent, masked.
    pub request: RequestSnapshot,
    /// The answer's facts.
    pub response: Option<ResponseSnapshot>,
    /// The answer's body, up to 64 KiB.
    pub body: String,
    /// What was read from it.
    #[ts(type = "unknown[]")]
    pub records: Vec<Value>,
    /// Why it did not end well, or what of the answer could not be read.
    pub problem: Option<Problem>,
}

/// A call in the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ActionPast {
    /// Its id.
    pub id: String,
    /// The action.
    pub action: String,
    /// When, RFC 3339.
    pub at: String,
    /// How it ended.
    pub outcome: ActionOutcome,
    /// The answer's status, where one came.
    pub status: Option<u16>,
    /// How many rows a database touched.
    #[ts(as = "Option<u32>")]
    #[serde(default)]
    pub rows: Option<u64>,
    /// How long it took, in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
}
