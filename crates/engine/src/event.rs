//! What happens in a run, as one typed stream: the window, the command line and the log draw from it.

use crate::capture::{AsideRequest, SentRequest};
use crate::http::Latency;
use definition::Problem;
use definition::model::FieldType;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// How much a run did so far. One stream's, or all streams' together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counts {
    /// Records read: selected and kept by the filter.
    #[ts(type = "number")]
    pub read: u64,
    /// Records that were not in the table.
    #[ts(type = "number")]
    pub new: u64,
    /// Records that were and differed.
    #[ts(type = "number")]
    pub updated: u64,
    /// Records that were and did not differ.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// Records that were and are gone (`deletions`).
    #[serde(default)]
    #[ts(type = "number")]
    pub deleted: u64,
    /// Records left out by `on_error: skip`.
    #[ts(type = "number")]
    pub skipped: u64,
    /// Values that did not fit their column.
    #[ts(type = "number")]
    pub faults: u64,
    /// Pages read.
    #[ts(type = "number")]
    pub pages: u64,
    /// Requests sent, repeats included.
    #[ts(type = "number")]
    pub requests: u64,
    /// Repeats among them.
    #[ts(type = "number")]
    pub retries: u64,
    /// Bytes received, unpacked.
    #[ts(type = "number")]
    pub bytes: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.new += other.new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.deleted += other.deleted;
        self.skipped += other.skipped;
        self.faults += other.faults;
        self.pages += other.pages;
        self.requests += other.requests;
        self.retries += other.retries;
        self.bytes += other.bytes;
    }
}

/// How a stream or a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All was read and written.
    Done,
    /// A limit that the person set was met; the rest was not asked for.
    Limited,
    /// It failed before anything was committed.
    Failed,
    /// It failed later: what was read is kept, and the next run goes on from there.
    Partial,
    /// The person stopped it; what was read is kept.
    Cancelled,
}

impl Outcome {
    /// How a run ended whose streams ended so. One that failed beside one that was read makes it partial.
    pub fn of_streams(streams: &[Self]) -> Self {
        let has = |outcome| streams.contains(&outcome);
        if has(Self::Cancelled) {
            Self::Cancelled
        } else if has(Self::Partial) || (has(Self::Failed) && (has(Self::Done) || has(Self::Limited))) {
            Self::Partial
        } else if has(Self::Failed) {
            Self::Failed
        } else if has(Self::Limited) {
            Self::Limited
        } else {
            Self::Done
        }
    }
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(optional_fields = nullable)]
pub enum RunEvent {
    /// A stream begins.
    StreamStarted {
        /// The stream.
        stream: String,
        /// Whether it goes on from a read that was cut off.
        resumed: bool,
        /// The cursor value that it starts from.
        since: Option<String>,
    },
    /// A page was read, mapped and committed.
    Page {
        /// The stream.
        stream: String,
        /// The page's number in this run, from 1.
        #[ts(type = "number")]
        page: u64,
        /// The stream's counts so far.
        counts: Counts,
        /// How many records there are in all, where the server says so.
        total: Option<u64>,
        /// How long the requests took so far.
        latency: Latency,
        /// The partitions that the page belongs to; none for a stream that is read as one.
        partitions: PartitionsNow,
    },
    /// A request is sent again.
    Retry {
        /// The stream.
        stream: String,
        /// Which try comes next, from 2.
        attempt: u32,
        /// How long until then, in milliseconds.
        #[ts(type = "number")]
        wait_ms: u64,
        /// Why.
        reason: String,
        /// Whether the server asked for fewer requests.
        rate_limited: bool,
    },
    /// A request waits for its turn, because of a rate limit.
    Paused {
        /// The stream.
        stream: String,
        /// How long at most, in milliseconds.
        #[ts(type = "number")]
        wait_ms: u64,
        /// Why.
        reason: String,
    },
    /// A value did not fit its column. At most 20 a column are told one by one.
    Fault {
        /// The stream.
        stream: String,
        /// The column.
        field: String,
        /// The value as it came, shortened.
        value: String,
        /// Why it does not fit.
        message: String,
        /// How many of this column so far.
        #[ts(type = "number")]
        count: u64,
    },
    /// A request beside the pages was sent: for a token, a login.
    Aside {
        /// The stream that it was sent for.
        stream: String,
        /// The request and its answer, masked.
        aside: AsideRequest,
    },
    /// A hook asks to notify the person.
    Notify {
        /// The connector's name.
        title: String,
        /// The text.
        text: String,
    },
    /// A line for the log.
    Log {
        /// How grave it is.
        level: LogLevel,
        /// The stream.
        stream: Option<String>,
        /// The line.
        message: String,
    },
    /// A stream ended.
    StreamFinished {
        /// The stream.
        stream: String,
        /// How.
        outcome: Outcome,
        /// What it did.
        counts: Counts,
        /// How long its requests took.
        latency: Latency,
        /// Why it did not end well.
        problem: Option<Problem>,
        /// The request that met the problem, with its answer, masked.
        failed: Option<Box<SentRequest>>,
        /// Members of its records that are in no column and did not come before.
        #[serde(default)]
        new_fields: Vec<NewField>,
    },
}

/// A member of records that is in no column and did not come before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewField {
    /// Its name.
    pub name: String,
    /// Where it stands in a record, as a JSONPath.
    pub path: String,
    /// What a column of it would be.
    #[serde(rename = "type")]
    #[ts(type = "string")]
    pub kind: FieldType,
    /// Records that have it, of those that were looked at.
    #[ts(type = "number")]
    pub records: u64,
    /// Records that were looked at: the first 1,000 of a read, and one of 32 later ones.
    #[ts(type = "number")]
    pub of: u64,
}

/// How far a stream's partitions are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartitionsNow {
    /// Partitions that were read whole in this run.
    #[ts(type = "number")]
    pub done: u64,
    /// Those that were worked on last, at most eight.
    pub now: Vec<PartitionNow>,
}

/// How far one partition is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartitionNow {
    /// Its values, as canonical JSON.
    pub partition: String,
    /// Its pages so far; 0 where it was read whole.
    #[ts(type = "number")]
    pub pages: u64,
    /// Its records so far; 0 where it was read whole.
    #[ts(type = "number")]
    pub records: u64,
    /// Whether it was read whole.
    pub done: bool,
}

/// How grave a log line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// For the curious.
    Info,
    /// Worth a look.
    Warn,
    /// Something failed.
    Error,
}

/// Where events go. Called from any thread; must not block.
pub type EventSink = Arc<dyn Fn(RunEvent) + Send + Sync>;
