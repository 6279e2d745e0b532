//! What a connector says of itself. Everything is derived from its definition: nothing is written a second time.

mod hosts;
mod markdown;
mod parts;

pub use markdown::markdown;

use crate::model::{ActionKind, ConfigType, Definition, FieldType};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A connector, described.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Description {
    /// Its short name.
    pub name: String,
    /// The name that people see.
    pub title: String,
    /// Its own version.
    pub version: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Where the vendor documents the API.
    pub docs: String,
    /// What it can do: `read`, `incremental`, `deletions`, `partitions`, `exports`, `actions`, `webhooks`,
    /// `destinations`, `check`, `sign_in`.
    pub capabilities: Vec<String>,
    /// The hosts that it calls, as they are written: they may hold expressions.
    pub hosts: Vec<String>,
    /// How it signs in; several where a value chooses.
    pub auth: Vec<AuthDescription>,
    /// What a person fills in.
    pub inputs: Vec<InputDescription>,
    /// What can be read.
    pub streams: Vec<StreamDescription>,
    /// Named calls.
    pub actions: Vec<ActionDescription>,
    /// Events that it takes.
    pub webhooks: Vec<WebhookDescription>,
    /// Tables that can be pushed back.
    pub destinations: Vec<DestinationDescription>,
    /// The most requests in a span of time: `100 requests per 1m`.
    pub rate_limits: Vec<String>,
    /// The most requests on the way at once.
    pub concurrency: u32,
}

/// One way to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AuthDescription {
    /// The word in the file: `bearer`, `oauth2`.
    pub kind: String,
    /// Its title: `Bearer token`.
    pub title: String,
    /// The value that chooses it, where there are several.
    pub when: Option<String>,
    /// How a token is got, for OAuth: `authorization_code`.
    pub grant: Option<String>,
    /// What it may do, for OAuth.
    pub scopes: Vec<String>,
    /// The inputs that it uses.
    pub inputs: Vec<String>,
    /// Whether a person has to sign in once.
    pub person: bool,
}

/// One value that a person gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct InputDescription {
    /// How expressions call it.
    pub name: String,
    /// Its label.
    pub title: String,
    /// What it is, and where to find it.
    pub description: String,
    /// What kind of value it is.
    #[serde(rename = "type")]
    pub kind: ConfigType,
    /// Whether it must have a value: a connection does not work without one.
    pub required: bool,
    /// Its value where none is given.
    #[ts(type = "unknown")]
    pub default: Option<Value>,
    /// The values to choose from.
    pub options: Vec<String>,
    /// The pattern that it must match.
    pub pattern: Option<String>,
}

/// One stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StreamDescription {
    /// Its name, and its table's.
    pub name: String,
    /// What its records are.
    pub description: String,
    /// Where they come from: `http`, `database`, `files`.
    pub source: String,
    /// What is read: `GET /tickets.json`, a table, a folder and a glob.
    pub reads: String,
    /// The fields that tell a record from all others.
    pub key: Vec<String>,
    /// Its columns.
    pub fields: Vec<FieldDescription>,
    /// What happens to what no field takes: `drop`, `keep`, or a column's name.
    pub rest: String,
    /// How it reads only what changed.
    pub incremental: Option<IncrementalDescription>,
    /// The parts that are read by themselves: `each record of projects`.
    pub partitions: Vec<String>,
    /// How pages follow each other: `cursor`.
    pub paginate: String,
    /// What becomes of records that are gone: `keep`, `mark`, `remove`.
    pub deletions: String,
    /// Whether it is an export that is created, waited for and downloaded.
    pub export: bool,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldDescription {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it is part of the key.
    pub key: bool,
    /// Whether a record without it is at fault.
    pub required: bool,
    /// What it means.
    pub description: String,
}

/// How a stream reads only what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct IncrementalDescription {
    /// The value that grows: `$.updated_at`.
    pub cursor: String,
    /// What it is: `datetime`, `integer`, `text`.
    pub kind: String,
    /// Where the first run starts.
    pub start: Option<String>,
    /// Whether the API leaves older records out itself. Otherwise they are read and left out here.
    pub by_the_api: bool,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ActionDescription {
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: ActionKind,
    /// What it is for.
    pub description: String,
    /// The stream that it writes to.
    pub stream: Option<String>,
    /// What it sends: `POST /users.json`.
    pub sends: String,
    /// Its parameters.
    pub params: Vec<ParamDescription>,
    /// The columns of its answer.
    pub answer: Vec<String>,
    /// Whether a repeated call is known by a key.
    pub idempotent: bool,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ParamDescription {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it must be given.
    pub required: bool,
    /// Its value where none is given.
    #[ts(type = "unknown")]
    pub default: Option<Value>,
    /// What it means.
    pub description: String,
}

/// One webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WebhookDescription {
    /// Its name, and the last part of its address.
    pub name: String,
    /// How an event proves who sent it: `hmac`, `token`, `basic`, `none`.
    pub verify: String,
    /// The inputs that hold what it is proven with.
    pub inputs: Vec<String>,
    /// The events that it takes, and the stream whose table they go to.
    pub events: Vec<EventDescription>,
}

/// Events of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventDescription {
    /// Their name; `*` stands for any part.
    pub event: String,
    /// The stream.
    pub stream: String,
}

/// One destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DestinationDescription {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The stream whose table has the rows. None: any table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub stream: Option<String>,
    /// The columns that tell a row from all others.
    pub key: Vec<String>,
    /// What can be done for a row: `create`, `update`, `delete`.
    pub writes: Vec<String>,
    /// The actions that it calls, in the same order.
    pub actions: Vec<String>,
    /// Whether rows that are gone from the table are deleted there without being asked for.
    pub delete_missing: bool,
}

/// Describes a connector.
pub fn describe(definition: &Definition) -> Description {
    let http = definition.http.as_ref();
    let limits = http.and_then(|http| http.rate_limit.as_ref()).map(|limits| limits.as_slice()).unwrap_or_default();
    let title = if definition.title.is_empty() { &definition.name } else { &definition.title };
    Description {
        name: definition.name.clone(),
        title: title.clone(),
        version: definition.version.clone(),
        description: definition.description.clone(),
        docs: definition.docs.clone(),
        capabilities: parts::capabilities(definition),
        hosts: hosts::of(definition),
        auth: http.map(|http| parts::auth(&http.auth)).unwrap_or_default(),
        inputs: definition.config.iter().map(parts::input).collect(),
        streams: definition.streams.iter().map(parts::stream).collect(),
        actions: definition.actions.iter().map(parts::action).collect(),
        webhooks: definition.webhooks.iter().map(parts::webhook).collect(),
        destinations: parts::destinations(definition),
        rate_limits: limits
            .iter()
            .map(|limit| format!("{} requests per {}", limit.requests, parts::text(&limit.per)))
            .collect(),
        concurrency: http.and_then(|http| http.concurrency).unwrap_or(4),
    }
}
