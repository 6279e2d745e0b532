//! Runs, with their streams and their log.

use crate::Store;
use definition::Problem;

/// One run. Outcome, counts and problem are JSON of the engine's types: this crate does not know the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id: sorts by time.
    pub id: String,
    /// Its connection's id.
    pub connection: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// How it ended, a word.
    pub outcome: Option<String>,
    /// What it did, JSON.
    pub counts: String,
    /// Why it did not end well, JSON.
    pub problem: Option<String>,
}

/// One stream of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamRow {
    /// The stream.
    pub stream: String,
    /// How it stands, JSON.
    pub view: String,
}

/// One line of a run's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When, RFC 3339.
    pub at: String,
    /// `info`, `warn` or `error`.
    pub level: String,
    /// The stream.
    pub stream: Option<String>,
    /// The line.
    pub message: String,
}

impl Store {
    /// Keeps a run: makes it, or replaces the one with its id, together with its streams.
    pub async fn put_run(&self, _run: &Run, _streams: &[StreamRow]) -> Result<(), Problem> {
        todo!()
    }
    /// One run with its streams.
    pub async fn run(&self, _id: &str) -> Result<Option<(Run, Vec<StreamRow>)>, Problem> {
        todo!()
    }
    /// Runs, newest first: of one connection, or of all.
    pub async fn runs(&self, _connection: Option<&str>, _limit: u32) -> Result<Vec<Run>, Problem> {
        todo!()
    }
    /// Adds lines to a run's log, in one transaction.
    pub async fn append_log(&self, _run: &str, _lines: &[LogLine]) -> Result<(), Problem> {
        todo!()
    }
    /// A window of a run's log.
    pub async fn log(&self, _run: &str, _offset: u32, _limit: u32) -> Result<Vec<LogLine>, Problem> {
        todo!()
    }
}
