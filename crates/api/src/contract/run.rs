//! Runs: one sync of a connection, as it goes and as it is kept.

use definition::Problem;
use engine::event::{Counts, LogLevel, Outcome};
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
    /// What it waits for: `the server asked to wait 20 s`.
    pub waiting: Option<String>,
    /// How long its requests took; empty while it goes on.
    #[serde(default)]
    pub latency: Latency,
    /// Why it did not end well.
    pub problem: Option<Problem>,
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
    /// A file was dropped on the window.
    Dropped {
        /// Its text, to be opened like pasted text.
        text: String,
        /// Its name.
        name: String,
    },
}
