//! Looking after connectors and connections: settings, what depends on them, versions, updates.

use super::InputAsk;
use definition::difference::{Change, TextLine};
use definition::{Fault, Secret};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What can be set at a connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ConnectionSettings {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its connector's id.
    pub connector: String,
    /// Its connector's short name.
    pub connector_name: String,
    /// Where its records go: a SQLite file.
    pub destination: String,
    /// When it was made, RFC 3339.
    pub created_at: String,
    /// Its inputs with their values. Of a secret it is told whether there is one.
    pub inputs: Vec<InputAsk>,
    /// Why secrets are not kept, where they are not.
    pub not_kept: Option<String>,
}

/// Changes of a connection. What is not named stays.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct UpdateConnection {
    /// The connection's id or name.
    pub id: String,
    /// Another name.
    #[serde(default)]
    pub name: Option<String>,
    /// Values that are no secrets, as text. An empty one is taken away.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub values: BTreeMap<String, String>,
    /// Secrets. An empty one is forgotten.
    #[serde(default)]
    #[ts(optional = nullable, type = "Record<string, string>")]
    pub secrets: BTreeMap<String, Secret>,
    /// Another SQLite file. What was read stays in the old one.
    #[serde(default)]
    pub destination: Option<String>,
}

/// A copy to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Duplicate {
    /// What is copied: its id or name.
    pub id: String,
    /// The copy's name. Default: the old one with a number.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether a connection's secrets are copied too. Tokens of a sign-in never are.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub secrets: bool,
}

/// A thing that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MadeThing {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// All that goes when a connector or a connection is deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Dependents {
    /// What is deleted: its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The connections that go with it; of a connection, it alone.
    pub connections: Vec<DependentConnection>,
    /// The versions that go with it.
    pub versions: u32,
    /// Why it can't be deleted now: a sync goes on.
    pub busy: Option<String>,
}

/// All that goes when a connection is deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DependentConnection {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its runs.
    pub runs: u32,
    /// The tables of its database, with their rows.
    pub tables: Vec<Counted>,
    /// The rows of all its tables.
    #[ts(type = "number")]
    pub rows: u64,
    /// The bytes of its database.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Its database.
    pub destination: String,
    /// Whether the database is deleted. One outside the app's folder stays.
    pub data_goes: bool,
    /// The names of its secrets.
    pub secrets: Vec<String>,
    /// Its schedule, in words.
    pub schedule: Option<String>,
    /// What else hangs on it: events of webhooks, batches, results of actions.
    pub others: Vec<Counted>,
}

/// So many of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counted {
    /// What.
    pub name: String,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// New names of a connector. What is not named stays.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RenameConnector {
    /// The connector's id.
    pub id: String,
    /// Its short name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
}

/// One version of a connector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VersionView {
    /// Its number, from 1.
    pub number: u32,
    /// When it was made, RFC 3339.
    pub at: String,
    /// Why, in words: `accepted`, `updated from acme.connector.yaml`, `rolled back to version 2`.
    pub why: String,
    /// Why, as a word for programs: `accepted`, `edited`, `imported`, `updated`, `rolled_back`, `renamed`, `kept`.
    pub cause: String,
    /// The program that made it: `the window`, `the command line`.
    pub made_by: String,
    /// Whether it is what the connector is now.
    pub current: bool,
    /// How many differences it has from the version before it. None for the oldest, and where one can't be read.
    pub changes: Option<u32>,
}

/// Two versions to compare.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct VersionPair {
    /// The connector's id.
    pub id: String,
    /// The old one.
    pub from: u32,
    /// The new one. Default: the connector as it is now.
    #[serde(default)]
    pub to: Option<u32>,
}

/// What is different between two versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Difference {
    /// The differences, in words.
    pub changes: Vec<Change>,
    /// Both texts as one list of lines.
    pub lines: Vec<TextLine>,
}

/// One version of a connector, by its number.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneVersion {
    /// The connector's id.
    pub id: String,
    /// The version's number.
    pub number: u32,
}

/// A newer definition for connectors that are here.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PlanUpdate {
    /// The new text.
    #[serde(default)]
    #[ts(optional = nullable, type = "string")]
    pub text: Option<Secret>,
    /// Or the workbench that holds it.
    #[serde(default)]
    pub workbench: Option<String>,
    /// The connector to update. Default: all of the definition's name.
    #[serde(default)]
    pub connector: Option<String>,
}

/// What an update would change. Nothing is changed yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct UpdatePlan {
    /// The connector's id.
    pub connector: String,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether the new definition is the one that is here.
    pub same: bool,
    /// The differences, in words.
    pub changes: Vec<Change>,
    /// What changes for each connection.
    pub connections: Vec<ConnectionImpact>,
    /// Hosts that requests and keys would newly go to. Each has to be confirmed.
    pub new_hosts: Vec<String>,
    /// Why it can't be applied: the new definition's faults.
    pub faults: Vec<Fault>,
}

/// What an update changes for a connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ConnectionImpact {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What changes, the gravest first.
    pub impacts: Vec<Impact>,
}

/// One thing that changes for a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Impact {
    /// A word for programs: `input_needed`, `stream_removed`, `key_changed`.
    pub code: String,
    /// How grave.
    pub level: ImpactLevel,
    /// What it is about: `config.token`, `streams.tickets.key`.
    pub path: String,
    /// What happens, in words.
    pub words: String,
}

/// How grave a change is for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImpactLevel {
    /// It does not work before somebody did something.
    Needed,
    /// It works, and something is different that somebody may not expect.
    Attention,
    /// Good to know.
    Info,
}

/// An update to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ApplyUpdate {
    /// The connector's id.
    pub connector: String,
    /// The new text.
    #[serde(default)]
    #[ts(optional = nullable, type = "string")]
    pub text: Option<Secret>,
    /// Or the workbench that holds it. It goes: the connector takes its place.
    #[serde(default)]
    pub workbench: Option<String>,
    /// The new hosts that were confirmed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hosts: Vec<String>,
    /// Where the text came from, for the list of versions.
    #[serde(default)]
    pub source: Option<String>,
}
