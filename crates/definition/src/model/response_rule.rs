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
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResponseThen {
    /// It is good.
    Success,
    /// Try again.
    Retry,
    /// Too many requests: wait, then try again.
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
    /// A header with the moment to wait for, as epoch seconds or a date.
    HeaderTime(String),
    /// A number of seconds that a regular expression finds in the body.
    Regex(String),
}
