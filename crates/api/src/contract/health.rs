//! Health and metrics: what is checked of a connection, and what its runs counted.

use engine::event::{Counts, Outcome};
use engine::health::HealthState;
use engine::http::Latency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to check.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct CheckHealth {
    /// The connection's id or name.
    pub connection: String,
    /// Only what is quick: no stream is read beyond what proves the credentials.
    #[serde(default)]
    pub fast: bool,
    /// Milliseconds that it may take. Default 30,000.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub timeout_ms: Option<u64>,
}

/// The last check of a connection, in a word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HealthBrief {
    /// The worst of the checks.
    pub state: HealthState,
    /// When, RFC 3339.
    pub checked_at: String,
}

/// Whose metrics.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AskMetrics {
    /// A connection's id or name; all where none is named.
    #[serde(default)]
    pub connection: Option<String>,
    /// How many runs of each connection. Default 20.
    #[serde(default)]
    pub runs: Option<u32>,
}

/// What a connection's runs counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ConnectionMetrics {
    /// The connection's id.
    pub connection: String,
    /// Its name.
    pub name: String,
    /// Runs so far, by how they ended.
    #[ts(type = "Record<string, number>")]
    pub runs: std::collections::BTreeMap<String, u64>,
    /// Each stream, since the connection was made.
    pub streams: Vec<StreamMetrics>,
    /// The latest runs, newest first, with their streams.
    pub latest: Vec<RunMetrics>,
    /// The last check.
    pub health: Option<HealthBrief>,
}

/// What one stream counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct StreamMetrics {
    /// The stream.
    pub stream: String,
    /// Records, pages, requests, repeats and bytes.
    pub counts: Counts,
    /// How long its requests took.
    pub latency: Latency,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RunMetrics {
    /// Its id.
    pub run: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Its streams.
    pub streams: Vec<StreamMetrics>,
}

/// A connector's README.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Readme {
    /// Markdown.
    pub text: String,
}

/// A connector or a connection, by its name or id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Whom {
    /// The name or the id.
    pub name: String,
}
