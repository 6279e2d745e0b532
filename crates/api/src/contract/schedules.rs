//! Schedules: when a connection is synced by itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When a connection is synced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ScheduleRule {
    /// Every so many minutes, whatever the clock shows.
    Every {
        /// The minutes, 1 to 525,600 (a year).
        minutes: u32,
    },
    /// When the clock shows it.
    Cron {
        /// Five fields: minute, hour, day of the month, month, day of the week. `0 6 * * 1-5`: at 6:00, Monday to Friday.
        expression: String,
    },
}

/// A schedule to keep.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetSchedule {
    /// The connection's id or name.
    pub connection: String,
    /// When.
    pub rule: ScheduleRule,
    /// The time zone of a cron's hours, an IANA name. Default: the system's.
    #[serde(default)]
    pub zone: Option<String>,
    /// Whether it starts nothing for now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub paused: bool,
}

/// A rule to look at.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TryRule {
    /// When.
    pub rule: ScheduleRule,
    /// The time zone.
    #[serde(default)]
    pub zone: Option<String>,
}

/// A schedule to pause, or to let go on.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PauseSchedule {
    /// The connection's id or name.
    pub connection: String,
    /// Whether it is to be paused.
    pub paused: bool,
}

/// What a rule means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleView {
    /// In words: `every 15 minutes`.
    pub words: String,
    /// The time zone.
    pub zone: String,
    /// The next runs, RFC 3339 with the zone's offset.
    pub upcoming: Vec<String>,
}

/// A connection's schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ScheduleView {
    /// The connection's id.
    pub connection: String,
    /// The connection's name.
    pub name: String,
    /// When.
    pub rule: ScheduleRule,
    /// In words.
    pub words: String,
    /// The time zone.
    pub zone: String,
    /// Whether it starts nothing for now.
    pub paused: bool,
    /// When the next run is due, RFC 3339 with the zone's offset. None while it is paused.
    pub next_at: Option<String>,
    /// The runs after that, too.
    pub upcoming: Vec<String>,
    /// When the last run was started or left out, RFC 3339.
    pub last_at: Option<String>,
    /// The last run's id.
    pub last_run: Option<String>,
    /// How it ended: an outcome, or `skipped`. None while it goes on, and before the first.
    pub last_outcome: Option<String>,
    /// Why it did not end well.
    pub last_message: Option<String>,
    /// Failures in a row.
    pub failures: u32,
}

/// A schedule, where there is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MaybeSchedule {
    /// The schedule.
    pub schedule: Option<ScheduleView>,
    /// The system's time zone.
    pub zone: String,
}

/// Something that happened with a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScheduleNews {
    /// What.
    pub what: ScheduleEvent,
    /// When, RFC 3339.
    pub at: String,
    /// The connection's id.
    pub connection: String,
    /// The connection's name.
    pub name: String,
    /// The run's id, where one began.
    pub run: Option<String>,
    /// How many runs were missed and are made up by this one.
    pub missed: u32,
    /// How it ended.
    pub outcome: Option<String>,
    /// Why not well: the problem's code.
    pub code: Option<String>,
    /// Why not well, in words.
    pub message: Option<String>,
    /// When the next run is due, RFC 3339.
    pub next_at: Option<String>,
}

/// What happens with a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleEvent {
    /// A run was started.
    Started,
    /// It ended well, or was stopped by a person.
    Ended,
    /// It failed, or could not be started.
    Failed,
    /// It was left out: another sync of the connection was going on.
    Skipped,
}
