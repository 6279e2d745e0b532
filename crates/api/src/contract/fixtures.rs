//! Fixtures: a connection's recording, and what the checks say about it.

use crate::fixtures::FixtureFile;
use engine::fixture::ScrubLine;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A connection's recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FixturesView {
    /// The folder of it.
    pub folder: String,
    /// Whether the workbench reads from it, without a network.
    pub offline: bool,
    /// The recording; nothing where there is none yet.
    pub recording: Option<RecordingView>,
    /// Why the recording can't be read, where it can't.
    pub problem: Option<definition::Problem>,
    /// Streams that failed while it was recorded just now, with the reason.
    pub failed: Vec<String>,
}

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordingView {
    /// When.
    pub recorded_at: String,
    /// The connector's version then.
    pub version: String,
    /// The streams.
    pub streams: Vec<String>,
    /// Pages a stream, where they were limited.
    #[ts(type = "number | null")]
    pub pages: Option<u64>,
    /// The files' size together.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The files.
    pub files: Vec<FixtureFile>,
    /// What was scrubbed.
    pub scrubbed: Vec<ScrubLine>,
}

/// What to record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordFixtures {
    /// The connection.
    pub id: String,
    /// The streams; all where there are none.
    pub streams: Vec<String>,
    /// Pages a stream.
    #[ts(type = "number")]
    pub pages: u64,
    /// What is scrubbed besides credentials: `emails`, `names`, `phones`, or members by their names.
    pub scrub: Vec<String>,
}

/// Whether the workbench reads from the recording.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetOffline {
    /// The connection.
    pub id: String,
    /// Whether.
    pub offline: bool,
}

/// What to test.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestFixtures {
    /// The connection.
    pub id: String,
    /// Whether the differences to the snapshots are accepted.
    pub update: bool,
}
