//! Webhooks: the listener, what came, and what became of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Starts the listener.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ListenStart {
    /// The address of this computer to listen at. Default: `127.0.0.1`, which only this computer reaches.
    #[serde(default)]
    pub address: Option<String>,
    /// The port. Default: 47114. 0 takes a free one.
    #[serde(default)]
    pub port: Option<u16>,
    /// Whether other computers may reach it: needed for any address that is not loopback.
    #[serde(default)]
    pub allow_remote: bool,
}

/// Whether the listener runs, and where.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ListenStatus {
    /// Whether it runs in this program.
    pub listening: bool,
    /// Where: `http://127.0.0.1:47114`.
    pub url: Option<String>,
    /// What to know about an address that others reach.
    pub warning: Option<String>,
}

/// A webhook of a connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WebhookInfo {
    /// Its name.
    pub name: String,
    /// What it brings.
    pub description: String,
    /// The path of its address: `/hooks/CONNECTION/NAME`.
    pub path: String,
    /// Its address, while the listener runs.
    pub url: Option<String>,
    /// How events prove who sent them: `hmac`, `token`, `basic`, `none`.
    pub proof: String,
    /// A secret that the proof needs and that has no value here: events are refused until it has one.
    pub lacks: Option<String>,
    /// The events that its routes take.
    pub events: Vec<String>,
    /// The names of its samples.
    pub samples: Vec<String>,
    /// The most bytes of a body.
    #[ts(type = "number")]
    pub body_bytes: u64,
}

/// A connection's webhooks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WebhooksView {
    /// The connection's id.
    pub connection: String,
    /// The listener.
    pub listener: ListenStatus,
    /// The webhooks.
    pub webhooks: Vec<WebhookInfo>,
    /// How many events have each status.
    pub counts: Vec<WebhookCount>,
}

/// How many events have a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WebhookCount {
    /// The status.
    pub status: WebhookStatus,
    /// How many.
    #[ts(type = "number")]
    pub events: i64,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WebhookStatus {
    /// Verified and kept; its records are not stored yet.
    Waiting,
    /// Its records are stored.
    Done,
    /// No route takes it.
    Unknown,
    /// Its records could not be stored.
    Dead,
    /// It was refused.
    Refused,
    /// It came before.
    Duplicate,
    /// The sender asked whether the address is wanted.
    Challenge,
}

/// A request to a webhook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WebhookEvent {
    /// Its id.
    #[ts(type = "number")]
    pub id: i64,
    /// Its connection's id. None: no connection has the address.
    pub connection: Option<String>,
    /// The connection as it stands in the address.
    pub address: String,
    /// The webhook.
    pub webhook: String,
    /// When it came, RFC 3339.
    pub received_at: String,
    /// What became of it.
    pub status: WebhookStatus,
    /// The event's name.
    pub event: String,
    /// The event's id, or a hash of what was signed.
    pub event_id: String,
    /// The status that the sender got.
    pub answered: u16,
    /// A word for why it is not done.
    pub code: Option<String>,
    /// Why it is not done.
    pub reason: Option<String>,
    /// What was expected, or what to do.
    pub expected: Option<String>,
    /// Bytes of the body.
    #[ts(type = "number")]
    pub body_bytes: i64,
    /// How often it was worked on.
    #[ts(type = "number")]
    pub attempts: i64,
    /// How often it was replayed.
    #[ts(type = "number")]
    pub replays: i64,
    /// What became of its records.
    pub results: Vec<WebhookResult>,
}

/// What became of an event's records in a stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct WebhookResult {
    /// The stream.
    pub stream: String,
    /// Records that were not there.
    #[ts(type = "number")]
    pub new: u64,
    /// Records that were there and differed.
    #[ts(type = "number")]
    pub updated: u64,
    /// Records that were there and did not differ.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// Records that are gone now.
    #[ts(type = "number")]
    pub deleted: u64,
    /// Values that did not fit, in words.
    pub faults: Vec<String>,
}

/// An event with all that came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WebhookDetail {
    /// The event.
    pub event: WebhookEvent,
    /// The method.
    pub method: String,
    /// The query.
    pub query: Vec<(String, String)>,
    /// The headers, secrets masked.
    pub headers: Vec<(String, String)>,
    /// The body, as far as it is text.
    pub body: String,
}

/// A window of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WebhookWindow {
    /// The connection's id or name. None: all, also requests to addresses of none.
    #[serde(default)]
    pub id: Option<String>,
    /// Only these. Empty: all.
    #[serde(default)]
    pub statuses: Vec<WebhookStatus>,
    /// Only older ones than this event.
    #[serde(default)]
    #[ts(type = "number | null", optional = nullable)]
    pub before: Option<i64>,
    /// How many; at most 500.
    pub limit: u32,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WebhookOne {
    /// Its id.
    #[ts(type = "number")]
    pub event: i64,
}

/// Works on events again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WebhookReplay {
    /// The connection's id or name.
    pub id: String,
    /// One event.
    #[serde(default)]
    #[ts(type = "number | null", optional = nullable)]
    pub event: Option<i64>,
    /// All events of these statuses, where no event is named: `dead`, `unknown`, `done`.
    #[serde(default)]
    pub statuses: Vec<WebhookStatus>,
    /// Whether to wait until they are settled.
    #[serde(default)]
    pub wait: bool,
}

/// A test event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WebhookTest {
    /// The connection's id or name.
    pub id: String,
    /// The webhook. Default: the first.
    #[serde(default)]
    pub webhook: Option<String>,
    /// The sample. Default: the first.
    #[serde(default)]
    pub sample: Option<String>,
    /// A body in place of the sample's; it goes out as it is, with the sample's headers.
    #[serde(default)]
    #[ts(type = "unknown")]
    pub payload: Option<Value>,
    /// The event's name, where a header or the query carries it.
    #[serde(default)]
    pub event: Option<String>,
    /// Where to. Default: the listener of this program; where it does not run, one is started for this event.
    #[serde(default)]
    pub url: Option<String>,
    /// Whether it is only shown, not sent.
    #[serde(default)]
    pub dry_run: bool,
}

/// A test event as it was sent, and the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WebhookTested {
    /// The method.
    pub method: String,
    /// Where to.
    pub url: String,
    /// The headers, tokens masked; a signature is shown, the secret never.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The answer's status. None: it was not sent.
    pub status: Option<u16>,
    /// The answer's body.
    pub answer: Option<String>,
}
