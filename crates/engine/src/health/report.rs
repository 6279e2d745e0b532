//! What a health check says.

use definition::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a check came out. Ordered: the worst is the greatest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// It does not apply here, or could not be tried.
    Skipped,
    /// All is well.
    #[default]
    Pass,
    /// It works, and somebody should look at it.
    Warn,
    /// It does not work.
    Fail,
}

/// Everything that was checked of a connection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct HealthReport {
    /// The worst of the checks.
    pub state: HealthState,
    /// When it was checked, RFC 3339.
    pub checked_at: String,
    /// Milliseconds in all.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Who is signed in, where that can be told.
    pub identity: Option<String>,
    /// What the credentials may do, where the API says so.
    pub scopes: Vec<String>,
    /// Requests sent for it.
    #[ts(type = "number")]
    pub requests: u64,
    /// Bytes received.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The checks, in a fixed order.
    pub checks: Vec<HealthCheck>,
}

/// One check.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct HealthCheck {
    /// Its name: `inputs`, `reachable`, `certificate`, `signed_in`, `clock_skew`, `rate_limit`, `files`,
    /// `streams`, `last_sync`.
    pub name: String,
    /// How it came out.
    pub state: HealthState,
    /// What was found, in a sentence. Where it was skipped: why.
    pub detail: String,
    /// Milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// The number behind it: milliseconds, days, seconds, requests left, streams read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<f64>,
    /// What that counts: `ms`, `days`, `s`, `requests`, `files`, `streams`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What is wrong, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Each stream, for `streams`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<StreamHealth>,
}

/// Whether one stream can be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StreamHealth {
    /// The stream.
    pub stream: String,
    /// How it came out.
    pub state: HealthState,
    /// What was found.
    pub detail: String,
    /// Milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Records of its first page.
    #[ts(type = "number")]
    pub records: u64,
    /// Values that do not fit their column.
    #[ts(type = "number")]
    pub faults: u64,
    /// What is wrong, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

impl HealthCheck {
    /// A check that came out so.
    pub fn new(name: &str, state: HealthState, detail: impl Into<String>) -> Self {
        Self { name: name.to_owned(), state, detail: detail.into(), ..Self::default() }
    }

    /// One that failed by a problem.
    pub fn failed(name: &str, problem: Problem) -> Self {
        Self { problem: Some(problem.clone()), ..Self::new(name, HealthState::Fail, problem.message) }
    }

    /// With the number behind it.
    #[must_use]
    pub fn number(mut self, observed: f64, unit: &str) -> Self {
        self.observed = Some(observed);
        self.unit = Some(unit.to_owned());
        self
    }
}

impl HealthReport {
    /// Adds a check; the worst decides.
    pub fn push(&mut self, check: HealthCheck) {
        self.state = self.state.max(check.state);
        self.checks.push(check);
    }

    /// A check by its name.
    pub fn check(&self, name: &str) -> Option<&HealthCheck> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// The first problem among failed checks and streams.
    pub fn problem(&self) -> Option<&Problem> {
        let failed = self.checks.iter().filter(|check| check.state == HealthState::Fail);
        failed
            .flat_map(|check| check.problem.iter().chain(check.streams.iter().filter_map(|one| one.problem.as_ref())))
            .next()
    }
}
