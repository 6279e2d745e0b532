//! `webhooks`: events that the other system sends.

use super::{Method, Template, WebhookVerify, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Events that the other system sends. Each is verified, kept, answered, and then mapped and stored like a record of the
/// stream that its route names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its name, and the last part of its address: `/hooks/CONNECTION/NAME`.
    pub name: String,
    /// What it brings, in a sentence.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The methods that carry events. Default: `[POST]`. Others are refused with 405.
    #[serde(default, skip_serializing_if = "is_default")]
    pub methods: Vec<Method>,
    /// The most bytes of a body; a longer one is refused with 413. Default: 2097152 (2 MiB).
    #[serde(default, skip_serializing_if = "is_default")]
    pub body_bytes: Option<u64>,
    /// How an event proves who sent it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub verify: WebhookVerify,
    /// What the sender asks before it sends events.
    #[serde(default, skip_serializing_if = "is_default")]
    pub challenge: Option<WebhookChallenge>,
    /// Where an event's id is. An id that came in the last 7 days is a duplicate: it is answered, and nothing is done
    /// again. Default: a hash of the signed content.
    #[serde(default, skip_serializing_if = "is_default")]
    pub id: Option<Locator>,
    /// Where an event's name is. Default: events have no name; only a route for `*` takes them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event: Option<Locator>,
    /// Which events become which records. Of the routes to one stream the first that fits counts. An event that no route
    /// takes is kept and shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routes: Vec<WebhookRoute>,
    /// What the sender is answered. Default: 200 with an empty body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub answer: Option<WebhookAnswer>,
    /// Payloads for trying it out. A test event is signed by the rules above.
    #[serde(default, skip_serializing_if = "is_default")]
    pub samples: Vec<WebhookSample>,
}

/// What the sender asks before it sends events, to see that the address is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WebhookChallenge {
    /// A request with a body of its own, such as Slack's `url_verification`. It is verified like an event first.
    Body {
        /// Whether a body asks. `payload` is the body. Default: `{{ payload.type == 'url_verification' }}`, as Slack does.
        #[serde(default, skip_serializing_if = "is_default")]
        when: Option<Template>,
        /// What is answered. Default: `{{ payload.challenge }}`.
        #[serde(default, skip_serializing_if = "is_default")]
        answer: Option<Template>,
    },
    /// A query parameter, sent back as it came: Meta's `hub.challenge`, Microsoft Graph's `validationToken`. Any method;
    /// not signed.
    Query {
        /// The parameter: `hub.challenge`.
        param: String,
        /// A parameter that must hold the token: `hub.verify_token`.
        #[serde(default, skip_serializing_if = "is_default")]
        token_param: Option<String>,
        /// The token: a reference to a secret input. Needed with `token_param`.
        #[serde(default, skip_serializing_if = "is_default")]
        token: Option<Template>,
        /// What is answered, where it is not the parameter as it came: `query` holds all parameters.
        #[serde(default, skip_serializing_if = "is_default")]
        answer: Option<Template>,
    },
    /// A header, sent back as it came: Asana's `X-Hook-Secret`.
    Header {
        /// The header.
        header: String,
    },
}

/// Where something is in an event: `{header: X-Event}`, `{path: $.type}` or `{expression: "{{ … }}"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Locator {
    /// In a header.
    Header(String),
    /// In the body, by JSONPath.
    Path(String),
    /// In the query, by the parameter's name.
    Query(String),
    /// Made by an expression. At hand are `payload` (the body), `headers` (names in lower case), `query` and `config`:
    /// `"{{ headers['x-github-event'] }}.{{ payload.action }}"`.
    Expression(Template),
}

/// Which events become which records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct WebhookRoute {
    /// The events' name; `*` stands for any part: `ticket.*`, `*`.
    pub event: String,
    /// Whether the event is taken; `payload`, `headers`, `query` and `event` (its name) are at hand. Default: always.
    #[serde(default, skip_serializing_if = "is_default")]
    pub when: Option<Template>,
    /// A JSONPath to the records. Default: the whole body, or its items where it is a list.
    #[serde(default, skip_serializing_if = "is_default")]
    pub records: Option<String>,
    /// The stream whose mapping and table they take.
    pub stream: String,
    /// What becomes of the records. Default: `store`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub then: RouteThen,
}

/// What becomes of an event's records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RouteThen {
    /// They are stored: new ones added, known ones changed by the stream's key.
    #[default]
    Store,
    /// Those with their keys are removed; marked in `_deleted_at` where the stream's `deletions` is `mark`.
    Delete,
}

/// What the sender is answered once an event is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct WebhookAnswer {
    /// The status, 200 to 299. Default: `200`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Option<u16>,
    /// The body. Default: nothing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body: String,
    /// The header `Content-Type`. Default: `application/json` where the body is JSON, else `text/plain`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub content_type: String,
}

/// A payload for trying a webhook out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct WebhookSample {
    /// Its name.
    pub name: String,
    /// The event's name, where a header or the query carries it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event: String,
    /// More headers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub headers: IndexMap<String, String>,
    /// The body: any JSON; text goes out as it stands.
    #[ts(type = "unknown")]
    pub body: Value,
}
