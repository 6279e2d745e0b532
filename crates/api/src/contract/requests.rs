//! What each command is given. One type a shape, named by what it holds.

use super::{AuthGiven, DataFilter, DataSort, Role, RowsLook, Settings};
use definition::{Definition, Secret};
use engine::detect::Choice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// A thing, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Id {
    /// The id.
    pub id: String,
}

/// A thing and its new name.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A passphrase.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Passphrase {
    /// The passphrase.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// New settings.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetSettings {
    /// All of them.
    pub settings: Settings,
}

/// What was pasted, dropped or opened. Taken in as a secret: it may hold a key.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenSource {
    /// A URL, a curl command, the text of a definition, the address of a database, or a path.
    #[ts(type = "string")]
    pub text: Secret,
}

/// The key that the server asked for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GiveAuth {
    /// The workbench.
    pub id: String,
    /// The key.
    pub auth: AuthGiven,
}

/// What a definition from elsewhere asked for; from then on it may send requests.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptTrust {
    /// The workbench.
    pub id: String,
    /// Values that are no secrets, as text.
    pub values: BTreeMap<String, String>,
    /// Secrets.
    #[ts(type = "Record<string, string>")]
    pub secrets: BTreeMap<String, Secret>,
}

/// Values of a connector's inputs. Those that are not named stay; an empty one is taken away.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GiveInputs {
    /// The workbench.
    pub id: String,
    /// Values that are no secrets, as text.
    pub values: BTreeMap<String, String>,
    /// Secrets. An empty one keeps what there is.
    #[ts(type = "Record<string, string>")]
    pub secrets: BTreeMap<String, Secret>,
}

/// Another definition.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetDefinition {
    /// The workbench.
    pub id: String,
    /// The definition.
    pub definition: Definition,
}

/// Another reading of a detected part.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Choose {
    /// The workbench.
    pub id: String,
    /// The stream; the first where it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub stream: Option<String>,
    /// The reading.
    pub choice: Choice,
}

/// An offer to loosen what stands fixed in a request, taken.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeOffer {
    /// The workbench.
    pub id: String,
    /// The offer's name.
    pub name: String,
    /// The way: `parent`, `input`, `start` or `now`.
    pub way: String,
}

/// A value of the response, to be used as something.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PointAt {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// The node's path in the response.
    pub path: String,
    /// What it is to be.
    pub role: Role,
}

/// One stream of a workbench.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OneStream {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
}

/// A server's metadata that tells where one signs in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskAddresses {
    /// The metadata's address, as the server named it (RFC 9728).
    pub url: String,
}

/// Where one signs in for OAuth 2.0.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AuthAddresses {
    /// The sign-in page.
    pub authorize_url: Option<String>,
    /// Where tokens are had.
    pub token_url: Option<String>,
}

/// A parameter that may filter a stream by its cursor.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TryFilter {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// The parameter's name: `updated_since`.
    pub name: String,
}

/// A window of a preview's rows.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RowWindow {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// The first row.
    pub offset: u32,
    /// How many, at most 500.
    pub limit: u32,
    /// Which records, and how they are ordered.
    #[serde(default)]
    #[ts(as = "Option<RowsLook>", optional)]
    pub look: RowsLook,
}

/// A value that is wanted whole.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskValue {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// Where it is.
    pub place: ValuePlace,
}

/// Where a value is.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum ValuePlace {
    /// In a page's answer.
    Response {
        /// The page, from 0.
        page: u32,
        /// The node's path; `$` for all of it.
        path: String,
    },
    /// In a mapped record.
    Record {
        /// The record, from 0, as it came.
        row: u32,
        /// The column, from 0: hidden ones have no place.
        column: u32,
    },
    /// A record as it came, unmapped.
    Raw {
        /// The record, from 0, as it came.
        row: u32,
    },
    /// The answer of a request beside the pages.
    Aside {
        /// The request, from 0.
        at: u32,
    },
}

/// The children of a node of a response.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NodeWindow {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// The page, from 0.
    pub page: u32,
    /// The node's path; `$` for the root's children.
    pub path: String,
    /// The first child.
    pub offset: u32,
    /// How many, at most 500.
    pub limit: u32,
}

/// A sync to start.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartSync {
    /// The connection.
    pub connection: String,
    /// Whether all is read anew.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub full: bool,
    /// At most so many records of each stream; the next sync goes on behind them. None: everything.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub records: Option<u64>,
}

/// A sync that is to be done on the command line.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AskSyncLines {
    /// The connection.
    pub connection: String,
    /// At most so many records of each stream.
    #[serde(default)]
    pub records: Option<u64>,
}

/// A window of a run's log.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LogWindow {
    /// The run.
    pub id: String,
    /// The first line.
    pub offset: u32,
    /// How many, at most 500.
    pub limit: u32,
}

/// A window of a table.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DataWindow {
    /// The connection.
    pub connection: String,
    /// The table.
    pub table: String,
    /// The first row.
    #[ts(type = "number")]
    pub offset: u64,
    /// How many, at most 500.
    pub limit: u32,
    /// The order. Default: as written.
    #[serde(default)]
    pub sort: Option<DataSort>,
    /// The conditions; all must hold.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub filters: Vec<DataFilter>,
    /// A name by which `data_cancel` stops it.
    #[serde(default)]
    pub ask: Option<String>,
}
