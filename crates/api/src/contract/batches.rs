//! Batches: an action for each row of a file or a table.

use definition::Problem;
use definition::model::{FieldType, Transform};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(optional_fields = nullable)]
pub enum BatchSource {
    /// A file: CSV or JSON lines, told by its first sign.
    File {
        /// Where it is.
        path: String,
    },
    /// A file of comma-separated values. What is not said is detected.
    Csv {
        /// Where it is.
        path: String,
        /// The one character between values.
        #[serde(default)]
        delimiter: Option<String>,
        /// The charset: `windows-1252`.
        #[serde(default)]
        encoding: Option<String>,
        /// Whether the first line has names.
        #[serde(default)]
        header: Option<bool>,
    },
    /// A file with a JSON object a line.
    Jsonl {
        /// Where it is.
        path: String,
    },
    /// A table of a connection's database, as it is when the batch begins.
    Table {
        /// The connection's name or id.
        connection: String,
        /// The table.
        table: String,
        /// What stands behind WHERE in SQL.
        #[serde(default)]
        condition: Option<String>,
    },
    /// A connection's stream, read when the batch begins.
    Stream {
        /// The connection's name or id.
        connection: String,
        /// The stream.
        stream: String,
    },
}

/// What a parameter is given for each row: a column, a template or the same value. One of the three.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct BatchParam {
    /// The parameter.
    pub param: String,
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// A template; `record` is the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The value.
    #[ts(type = "unknown")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// What is done to it, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transform: Vec<Transform>,
}

/// The column that is proposed for a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct BatchProposal {
    /// The parameter.
    pub param: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it must be given.
    pub required: bool,
    /// What it means.
    pub description: String,
    /// The column, where one fits well enough.
    pub column: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Columns that may be meant too.
    pub candidates: Vec<String>,
}

/// A column of the rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BatchColumn {
    /// Its name.
    pub name: String,
    /// Some of its values.
    pub samples: Vec<String>,
}

/// What is asked of rows before they are sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct LookBatch {
    /// The connection's name or id.
    pub connection: String,
    /// The action.
    pub action: String,
    /// The rows.
    pub source: BatchSource,
    /// What each parameter is given. Those that are not named take what is proposed.
    #[serde(default)]
    pub params: Vec<BatchParam>,
}

/// What the rows are, and how they fit the action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BatchLook {
    /// What the file is, in words.
    pub format: String,
    /// How many rows there are.
    #[ts(type = "number")]
    pub rows: u64,
    /// Their columns.
    pub columns: Vec<BatchColumn>,
    /// A proposal for each parameter.
    pub proposals: Vec<BatchProposal>,
}

/// A row with all its faults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BatchFault {
    /// The row's number, from 1.
    #[ts(type = "number")]
    pub row: i64,
    /// Its line in the file.
    #[ts(type = "number")]
    pub line: u64,
    /// What does not fit, each with its parameter.
    pub faults: Vec<String>,
}

/// All rows, checked without sending one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct BatchCheck {
    /// How many rows there are.
    #[ts(type = "number")]
    pub rows: u64,
    /// How many could be sent.
    #[ts(type = "number")]
    pub good: u64,
    /// How many could not.
    #[ts(type = "number")]
    pub bad: u64,
    /// The first of those, with all their faults.
    pub faults: Vec<BatchFault>,
    /// What each parameter is given.
    pub params: Vec<BatchParam>,
    /// The request of the first good row as it would go out, secrets masked, as text.
    pub first_request: Option<String>,
}

/// Starts a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StartBatch {
    /// The connection's name or id.
    pub connection: String,
    /// The action.
    pub action: String,
    /// The rows.
    pub source: BatchSource,
    /// What each parameter is given. Those that are not named take what is proposed.
    #[serde(default)]
    pub params: Vec<BatchParam>,
    /// How it goes.
    #[serde(default)]
    pub how: BatchHow,
    /// Whether to begin anew where a batch of the same rows was not finished.
    #[serde(default)]
    pub anew: bool,
}

/// How a batch goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct BatchHow {
    /// Whether rows that fail are left behind and the rest goes on. Default: it stops at the first one.
    pub skip_errors: bool,
    /// How many rows may fail before it stops. Default: none, or any number with `skip_errors`.
    #[ts(type = "number | null")]
    pub max_errors: Option<u64>,
    /// Requests on the way at once. Default: the connector's.
    pub concurrency: Option<u32>,
    /// Rows that are read and checked at once. Default: 500.
    pub chunk: Option<u32>,
    /// Whether rows that failed before are sent again.
    pub retry_failed: bool,
    /// Whether rows of which nobody knows if they arrived are sent again.
    pub resend_uncertain: bool,
}

/// Goes on with a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ResumeBatch {
    /// The batch's id.
    pub id: String,
    /// How it goes.
    #[serde(default)]
    pub how: BatchHow,
}

/// How a batch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchOutcome {
    /// Every row was sent.
    Done,
    /// Every row was looked at, and some were not taken.
    Partial,
    /// It stopped at rows that failed.
    Failed,
    /// The person stopped it.
    Cancelled,
}

/// What became of the rows so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BatchCounts {
    /// How many rows there are.
    #[ts(type = "number")]
    pub total: u64,
    /// Rows with an end: sent, failed, or not fit to be sent.
    #[ts(type = "number")]
    pub processed: u64,
    /// Rows that the server took.
    #[ts(type = "number")]
    pub sent: u64,
    /// Rows that the server refused.
    #[ts(type = "number")]
    pub failed: u64,
    /// Rows that were not sent: their values don't fit.
    #[ts(type = "number")]
    pub skipped: u64,
    /// Rows that were handed to the network and got no answer.
    #[ts(type = "number")]
    pub uncertain: u64,
    /// Rows that were never sent.
    #[ts(type = "number")]
    pub left: u64,
}

/// A batch as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct BatchView {
    /// Its id.
    pub id: String,
    /// The connection's id, or the definition's file.
    pub target: String,
    /// The action.
    pub action: String,
    /// Where the rows come from, in words.
    pub source: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it last ended. None while it goes on, and for one that was killed.
    pub ended_at: Option<String>,
    /// How it ended. None while it goes on, and for one that was killed.
    pub outcome: Option<BatchOutcome>,
    /// What became of the rows.
    pub counts: BatchCounts,
    /// Rows that the server took, of those that were processed: from 0 to 1.
    pub success_rate: f64,
    /// Milliseconds in all.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Rows a second.
    pub rate: f64,
    /// Milliseconds that it will still take, where that can be told.
    #[ts(type = "number | null")]
    pub remaining_ms: Option<u64>,
    /// Whether it goes on here.
    pub running: bool,
    /// Whether there are rows that another run would send.
    pub can_resume: bool,
    /// Why it did not end well.
    pub problem: Option<Problem>,
}

/// Some rows of a batch that were not taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct BatchRowView {
    /// The row's number, from 1.
    #[ts(type = "number")]
    pub row: i64,
    /// `failed`, `skipped` or `uncertain`.
    pub state: String,
    /// The answer's status.
    pub status: Option<u16>,
    /// Why.
    pub message: String,
}

/// Which rows are asked for: those behind a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BatchRowsAfter {
    /// The batch's id.
    pub id: String,
    /// The number.
    #[serde(default)]
    #[ts(type = "number")]
    pub after: i64,
}

/// Writes the rows that were not taken to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BatchFailedTo {
    /// The batch's id.
    pub id: String,
    /// The file: CSV where it ends in `.csv`, JSON lines where it ends in `.jsonl`, else as the rows came.
    pub path: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BatchFailedFile {
    /// Where it is.
    pub path: String,
    /// How many rows it has.
    #[ts(type = "number")]
    pub rows: u64,
}
