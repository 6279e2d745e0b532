//! `http.responses`: what answers mean.

use super::{Duration, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A rule over an answer. Rules are asked in order; the first that fits decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ResponseRule {
    /// When the rule fits. All that is given must hold.
    pub when: ResponseWhen,
    /// What the answer means.
    pub then: ResponseThen,
    /// How long to wait before the next try.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wait: Option<ResponseWait>,
    /// What to tell the person.
    #[serde(default, skip_serializing_if = "is_default")]
    pub message: Option<Template>,
}

/// When a rule fits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ResponseWhen {
    /// One of these status codes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Vec<u16>,
    /// An expression over `response` and `headers` that is true.
    #[serde(default, skip_serializing_if = "is_default")]
    pub expr: Option<Template>,
    /// The body has this text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub contains: Option<String>,
    /// A header is there, and is as this says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub header: Option<HeaderWhen>,
}

/// A header of an answer: `{name: X-Status, equals: error}`. With a name alone it has to be there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct HeaderWhen {
    /// The header's name, in any case.
    pub name: String,
    /// Its whole value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub equals: Option<String>,
    /// A regular expression that finds something in its value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub matches: Option<String>,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResponseThen {
    /// It is good.
    Success,
    /// Try again.
    Retry,
    /// Too many requests: wait, then try again. All streams of the connection wait.
    RateLimited,
    /// The credentials are stale: renew them, then try again.
    RefreshAuth,
    /// Read it as a page without records.
    Ignore,
    /// The run failed.
    Fail,
}

/// How long to wait before the next try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResponseWait {
    /// Always this long.
    Constant(Duration),
    /// The backoff of `retry`.
    Exponential,
    /// A header with seconds, or with an HTTP date.
    Header(String),
    /// A header with the moment to wait for: epoch seconds or milliseconds, RFC 3339, or an HTTP date.
    HeaderTime(String),
    /// A length that a regular expression finds in a header: `{name: X-Limit, pattern: "in ([0-9]+) (s|min)"}`.
    HeaderRegex(HeaderPattern),
    /// A length that a regular expression finds in the body: its first group is a number of seconds, or of what its
    /// second group names (`ms`, `s`, `min`, `h`).
    Regex(String),
}

/// A pattern in a header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct HeaderPattern {
    /// The header's name, in any case.
    pub name: String,
    /// The regular expression. Its first group is a number of seconds, or of what its second group names.
    pub pattern: String,
}
