//! How a webhook's event proves who sent it.

use super::{Duration, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an event proves who sent it. What does not is refused with 401 and never stored as a record. All comparisons take
/// the same time whether the first or the last character differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WebhookVerify {
    /// It does not: whoever knows the address can send events.
    #[default]
    None,
    /// A keyed digest (RFC 2104) of the raw body, or of text that holds it.
    Hmac(Box<HmacVerify>),
    /// A token in a header, such as GitLab's `X-Gitlab-Token`.
    Token {
        /// The header.
        header: String,
        /// Text before the token in the header: `"Bearer "`.
        #[serde(default, skip_serializing_if = "is_default")]
        prefix: String,
        /// The token: a reference to a secret input, `"{{ config.webhook_token }}"`.
        value: Template,
    },
    /// HTTP basic auth (RFC 7617).
    Basic {
        /// The user name.
        username: Template,
        /// The password: a reference to a secret input.
        password: Template,
    },
}

/// A keyed digest. GitHub needs `algorithm`, `header`, `prefix` and `secret`; Slack, Stripe and Standard Webhooks sign a
/// moment too: `timestamp` and `content`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct HmacVerify {
    /// The digest.
    pub algorithm: HmacAlgorithm,
    /// The header that carries the signature: `X-Hub-Signature-256`.
    pub header: String,
    /// Text before the signature: `"sha256="`, `"v0="`. Where the header holds several items, those without it are passed over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: String,
    /// What parts the items of a header that holds several: `","` (Stripe), `" "` (Standard Webhooks). One fitting
    /// signature is enough. Default: the header is one signature.
    #[serde(default, skip_serializing_if = "is_default")]
    pub separator: String,
    /// How the signature is written. Default: `hex`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Encoding,
    /// The shared secret: a reference to a secret input, `"{{ config.webhook_secret }}"`.
    pub secret: Template,
    /// Secrets that still count while the sender changes to the new one. Those without a value are passed over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub old_secrets: Vec<Template>,
    /// Text before the secret that is not part of it: `whsec_`. A secret without it is taken as it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub secret_prefix: String,
    /// How the secret is written. Default: `text`, its characters are the key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub secret_encoding: SecretEncoding,
    /// What is signed. At hand are `body` (the raw bytes), `timestamp` (as sent), `id`, `headers` (names in lower case),
    /// `query` and `config`: `"v0:{{ timestamp }}:{{ body }}"`. Default: the raw body alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub content: Option<Template>,
    /// Where the signed moment is. Unix seconds, milliseconds, or RFC 3339.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timestamp: Option<TimestampPlace>,
    /// How far the signed moment may lie from this computer's clock, before or after. Default: `5m`, as Slack, Stripe and
    /// Standard Webhooks advise.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tolerance: Option<Duration>,
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

impl HmacAlgorithm {
    /// How many bytes a digest has.
    pub fn bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
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

/// How a shared secret is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretEncoding {
    /// Its characters are the key.
    #[default]
    Text,
    /// Base64 of the key.
    Base64,
    /// Hexadecimal digits of the key.
    Hex,
}

/// Where the signed moment is: `{header: X-Slack-Request-Timestamp}`, `{item: "t="}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum TimestampPlace {
    /// In a header of its own.
    Header(String),
    /// An item of the signature's header, by the text before it: `"t="`.
    Item(String),
    /// In the body, by JSONPath. The body is signed, and so is it.
    Path(String),
}
