//! Runs: one sync of a connection, as it goes and as it is kept.

use definition::Problem;
use engine::capture::SentRequest;
use engine::event::{Counts, LogLevel, NewField, Outcome, PartitionNow};
use engine::http::Latency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A run in one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RunSummary {
    /// Its id.
    pub id: String,
    /// Its connection's id.
    pub connection: String,
    /// Its connection's name.
    pub name: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended. None while it goes on, and for one that was killed.
    pub ended_at: Option<String>,
    /// How it ended. None while it goes on.
    pub outcome: Option<Outcome>,
    /// What it did.
    pub counts: Counts,
}

/// A run with its streams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RunView {
    /// The run.
    pub run: RunSummary,
    /// Its streams.
    pub streams: Vec<StreamRun>,
    /// Why it did not end well.
    pub problem: Option<Problem>,
    /// Milliseconds so far, or in all.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Records a second: over the last seconds while it goes on, over all once it ended.
    pub rate: f64,
    /// Where the records went: the database file.
    pub destination: String,
}

/// One stream of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StreamRun {
    /// The stream.
    pub stream: String,
    /// How it ended. None while it goes on.
    pub outcome: Option<Outcome>,
    /// What it did.
    pub counts: Counts,
    /// How many records there are in all, where the server says so.
    pub total: Option<u64>,
    /// Whether it went on from a read that was cut off.
    pub resumed: bool,
    /// The cursor value that it started from. None: it began at the beginning.
    #[serde(default)]
    pub since: Option<String>,
    /// What it waits for: `the server asked to wait 20 s`.
    pub waiting: Option<String>,
    /// Partitions that were read whole so far; 0 for a stream that is read as one.
    #[serde(default)]
    #[ts(type = "number")]
    pub partitions_done: u64,
    /// Partitions that are worked on, at most eight.
    #[serde(default)]
    pub partitions: Vec<PartitionNow>,
    /// How long its requests took so far.
    #[serde(default)]
    pub latency: Latency,
    /// Why it did not end well.
    pub problem: Option<Problem>,
    /// Members of its records that are in no column and did not come before.
    #[serde(default)]
    pub new_fields: Vec<NewField>,
}

/// The charts of a run: of one stream, or of all together.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AskSeries {
    /// The run.
    pub id: String,
    /// The stream. None: all together.
    #[serde(default)]
    pub stream: Option<String>,
}

/// What was done over time: at most 300 points, however long the run goes on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct RunSeries {
    /// The stream; empty for all together.
    pub stream: String,
    /// The time between two points, in milliseconds.
    #[ts(type = "number")]
    pub step_ms: u64,
    /// The points, in order.
    pub points: Vec<RunPoint>,
}

/// What was done up to a moment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RunPoint {
    /// The moment: milliseconds since the run began.
    #[ts(type = "number")]
    pub at_ms: u64,
    /// Records read so far.
    #[ts(type = "number")]
    pub read: u64,
    /// Bytes received so far, unpacked.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Requests so far.
    #[ts(type = "number")]
    pub requests: u64,
    /// Repeats among them.
    #[ts(type = "number")]
    pub retries: u64,
    /// Half of the answers since the point before took up to so many milliseconds. None: no answer came.
    #[ts(type = "number | null")]
    pub p50_ms: Option<u64>,
    /// 95 of 100.
    #[ts(type = "number | null")]
    pub p95_ms: Option<u64>,
    /// 99 of 100.
    #[ts(type = "number | null")]
    pub p99_ms: Option<u64>,
}

/// Which runs of a connection are asked for.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AskRuns {
    /// The connection.
    pub id: String,
    /// Those that ended so: an outcome, or `running`.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Those that read this stream.
    #[serde(default)]
    pub stream: Option<String>,
    /// Those before the run with this id.
    #[serde(default)]
    pub before: Option<String>,
    /// How many, at most 100.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Two runs to be compared.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RunPair {
    /// The earlier one.
    pub before: String,
    /// The later one.
    pub after: String,
}

/// Two runs side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunComparison {
    /// The earlier one.
    pub before: RunView,
    /// The later one.
    pub after: RunView,
    /// What is different in the streams' columns.
    pub schema: Vec<SchemaChange>,
    /// Whether the columns of both are known; those of runs of an older version are not.
    pub schema_known: bool,
}

/// A difference in a stream's columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SchemaChange {
    /// The stream.
    pub stream: String,
    /// The column. Empty: the stream as a whole is new or gone.
    pub column: String,
    /// Its type in the earlier run. None: it was not there.
    pub before: Option<String>,
    /// Its type in the later one. None: it is gone.
    pub after: Option<String>,
}

/// A problem of a run with the request that met it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RunError {
    /// The stream; empty for a problem of the run as a whole.
    pub stream: String,
    /// The problem.
    pub problem: Problem,
    /// The request and its answer, masked.
    pub sent: Option<SentRequest>,
    /// The request as a curl command, its secrets masked.
    pub curl: Option<String>,
}

/// Where the next sync of a connection goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ResumeView {
    /// Whether a read was cut off that the next one goes on with.
    pub goes_on: bool,
    /// Each stream, in a sentence.
    pub streams: Vec<ResumeStream>,
}

/// Where the next sync of a stream goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ResumeStream {
    /// The stream.
    pub stream: String,
    /// Pages of a cut-off read that are kept; none where it was read to its end.
    #[ts(type = "number | null")]
    pub pages: Option<u64>,
    /// Records of it that are kept.
    #[ts(type = "number | null")]
    pub records: Option<u64>,
    /// Partitions of it that were read whole.
    #[ts(type = "number")]
    pub partitions: u64,
    /// The cursor value that it starts from.
    pub since: Option<String>,
}

/// How a sync is done on the command line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncLines {
    /// On this machine: the connection with its key, its database and its state.
    pub here: String,
    /// Anywhere, with the definition as a file; keys come from the environment.
    pub elsewhere: String,
    /// The file's name.
    pub file: String,
    /// The variables that the keys are read from.
    pub variables: Vec<String>,
}

/// A line of a run's log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RunLogLine {
    /// When, RFC 3339.
    pub at: String,
    /// How grave.
    pub level: LogLevel,
    /// The stream.
    pub stream: Option<String>,
    /// The line.
    pub message: String,
}

/// What a client is told without asking. About ten a second at most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AppEvent {
    /// A run went on, or ended (its outcome is set).
    Run {
        /// The run.
        view: RunView,
    },
    /// A step of something that takes a while: `Reading page 2 to prove the paging`.
    Progress {
        /// The workbench, or empty before there is one.
        workbench: String,
        /// The step.
        message: String,
    },
    /// A batch went on, or ended (its outcome is set).
    Batch {
        /// The batch.
        view: super::BatchView,
    },
    /// A push went on, or ended (its outcome is set).
    Push {
        /// The push.
        view: super::PushView,
    },
    /// An export went on, or ended (its outcome is set).
    Export {
        /// The export.
        view: super::ExportView,
    },
    /// A hook asks for a notification.
    Notify {
        /// The connector's name.
        title: String,
        /// The text.
        text: String,
    },
    /// Something happened with a schedule.
    Schedule {
        /// What.
        news: super::ScheduleNews,
    },
    /// A code is asked for: the second factor of a login. It is given by `code_give`; without it the login waits for
    /// five minutes.
    CodeAsked {
        /// The question's id.
        id: String,
        /// Who asks: a connector or a host.
        who: String,
        /// The question.
        message: String,
    },
    /// A request to a webhook came, or its records were stored. Not every one is told: the list shows all.
    Webhook {
        /// The request.
        event: super::WebhookEvent,
    },
    /// A link of `tapwright://open` was followed. Nothing was fetched: the person is asked first.
    LinkAsked {
        /// Where the link leads.
        url: String,
    },
    /// Files are held over the window.
    Dragged {
        /// Their names. None: they are not any more.
        names: Vec<String>,
    },
    /// A file was dropped on the window.
    Dropped {
        /// Its text, to be opened like pasted text.
        text: String,
        /// Its name.
        name: String,
        /// How many came with it, itself counted: each is told.
        of: u32,
    },
}
