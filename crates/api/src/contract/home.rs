//! Home: what there is.

use super::HealthBrief;
use super::RunSummary;
use definition::Definition;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What Home shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Home {
    /// Connectors, the last used first. Drafts among them.
    pub connectors: Vec<ConnectorCard>,
    /// The latest runs of all connections, newest first, at most 10.
    pub runs: Vec<RunSummary>,
}

/// One connector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ConnectorCard {
    /// Its id here.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// The name that people see.
    pub title: String,
    /// The host that it calls.
    pub host: String,
    /// Its streams' names.
    pub streams: Vec<String>,
    /// Whether it was not accepted yet.
    pub draft: bool,
    /// Its connections.
    pub connections: Vec<ConnectionCard>,
    /// When it was last changed, RFC 3339.
    pub changed_at: String,
}

/// A connection: what it is and what it can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ConnectionView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its connector's id.
    pub connector: String,
    /// Its connector's title.
    pub title: String,
    /// Where its records go.
    pub destination: String,
    /// Its connector's definition.
    pub definition: Definition,
    /// Its last run.
    pub last_run: Option<RunSummary>,
}

/// One connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ConnectionCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its connector's id.
    pub connector: String,
    /// Its last run.
    pub last_run: Option<RunSummary>,
    /// When its schedule's next run is due, RFC 3339. None without a schedule, and while it is paused.
    pub next_run: Option<String>,
    /// How its last health check came out.
    #[serde(default)]
    pub health: Option<HealthBrief>,
}
