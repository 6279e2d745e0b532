//! `webhooks`: events that the other system sends.

use super::{Duration, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Events that the other system sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its name, and the last part of its address.
    pub name: String,
    /// How an event proves who sent it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub verify: WebhookVerify,
    /// Where an event's id is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub id: Option<Locator>,
    /// Where an event's name is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event: Option<Locator>,
    /// Which events become which records.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routes: Vec<WebhookRoute>,
}

/// How an event proves who sent it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WebhookVerify {
    /// It does not.
    #[default]
    None,
    /// A keyed digest of the raw body.
    Hmac {
        /// The digest.
        algorithm: HmacAlgorithm,
        /// The header that carries it.
        header: String,
        /// Text before it in the header.
        #[serde(default, skip_serializing_if = "is_default")]
        prefix: String,
        /// How it is written.
        #[serde(default, skip_serializing_if = "is_default")]
        encoding: Encoding,
        /// The shared secret.
        secret: Template,
        /// What is signed, where it is not the raw body alone.
        #[serde(default, skip_serializing_if = "is_default")]
        content: Option<Template>,
        /// How old a signed timestamp may be.
        #[serde(default, skip_serializing_if = "is_default")]
        tolerance: Option<Duration>,
    },
    /// A token in a header.
    Token {
        /// The header.
        header: String,
        /// The token.
        value: Template,
    },
    /// HTTP basic auth.
    Basic {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
}

/// A keyed digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum HmacAlgorithm {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How a digest is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Hexadecimal.
    #[default]
    Hex,
    /// Base64.
    Base64,
}

/// Where something is in an event: `{header: X-Event}` or `{path: $.type}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Locator {
    /// In a header.
    Header(String),
    /// In the body, by JSONPath.
    Path(String),
}

/// Which events become which records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct WebhookRoute {
    /// The events' name; `*` stands for any part.
    pub event: String,
    /// A JSONPath to the records.
    #[serde(default, skip_serializing_if = "is_default")]
    pub records: Option<String>,
    /// The stream whose mapping and table they take.
    pub stream: String,
}
