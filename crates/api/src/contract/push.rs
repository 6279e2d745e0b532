//! Pushes: a table that is written to an API.

use super::{BatchFault, BatchOutcome, BatchSource};
use definition::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A push, or the difference that it would send.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PushAsk {
    /// The connection's name or id.
    pub connection: String,
    /// The destination's name.
    pub destination: String,
    /// The rows. Default: the connection's own table of the destination's stream.
    #[serde(default)]
    pub source: Option<BatchSource>,
    /// Whether rows that are gone are deleted, whatever the destination says.
    #[serde(default)]
    pub delete: bool,
    /// Whether rows that fail are left behind and the rest goes on. Default: it stops at the tenth.
    #[serde(default)]
    pub skip_errors: bool,
    /// Requests on the way at once. Default: the connector's.
    #[serde(default)]
    pub concurrency: Option<u32>,
    /// Whether rows of which nobody knows if they arrived are sent again.
    #[serde(default)]
    pub resend_uncertain: bool,
}

/// What changed since the last push.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct PushDiff {
    /// Where the rows come from, in words.
    pub source: String,
    /// How many rows there are.
    #[ts(type = "number")]
    pub rows: u64,
    /// Rows that are new.
    #[ts(type = "number")]
    pub create: u64,
    /// Rows that changed.
    #[ts(type = "number")]
    pub update: u64,
    /// Rows that are gone and will be deleted there.
    #[ts(type = "number")]
    pub delete: u64,
    /// Rows that are as they were pushed.
    #[ts(type = "number")]
    pub same: u64,
    /// Rows that are gone and stay there.
    #[ts(type = "number")]
    pub kept: u64,
    /// Rows that are new or changed, and for which the destination has no action.
    #[ts(type = "number")]
    pub without_action: u64,
    /// Rows of which nobody knows whether they arrived.
    #[ts(type = "number")]
    pub uncertain: u64,
    /// Rows that can't be sent: their values don't fit, or their key is empty or not the only one.
    #[ts(type = "number")]
    pub invalid: u64,
    /// The first of those.
    pub faults: Vec<BatchFault>,
    /// The first rows of each kind, with their requests.
    pub examples: Vec<PushExample>,
}

/// A row that will be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PushExample {
    /// `create`, `update` or `delete`.
    pub what: String,
    /// The row's key.
    pub key: String,
    /// The request as it would go out, secrets masked.
    pub request: String,
}

/// What a push did so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PushCounts {
    /// Rows to send.
    #[ts(type = "number")]
    pub total: u64,
    /// Rows that were created.
    #[ts(type = "number")]
    pub created: u64,
    /// Rows that were changed.
    #[ts(type = "number")]
    pub updated: u64,
    /// Rows that were deleted.
    #[ts(type = "number")]
    pub deleted: u64,
    /// Rows that the server refused. The next push tries them again.
    #[ts(type = "number")]
    pub failed: u64,
    /// Rows that were not sent: their values don't fit.
    #[ts(type = "number")]
    pub skipped: u64,
    /// Rows that were handed to the network and got no answer.
    #[ts(type = "number")]
    pub uncertain: u64,
    /// Rows that did not change.
    #[ts(type = "number")]
    pub same: u64,
}

/// A push as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PushView {
    /// Its id.
    pub id: String,
    /// The connection's id.
    pub connection: String,
    /// The destination's name.
    pub destination: String,
    /// Where the rows come from, in words.
    pub source: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended. None while it goes on, and for one that was killed.
    pub ended_at: Option<String>,
    /// How it ended. None while it goes on, and for one that was killed.
    pub outcome: Option<BatchOutcome>,
    /// What it did.
    pub counts: PushCounts,
    /// Rows that failed, the first ones, with their reasons.
    pub failures: Vec<PushFailure>,
    /// Why it did not end well.
    pub problem: Option<Problem>,
}

/// A row that the server did not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PushFailure {
    /// `create`, `update` or `delete`.
    pub what: String,
    /// The row's key.
    pub key: String,
    /// Why.
    pub message: String,
}
