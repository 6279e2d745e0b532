//! `http`: what all requests of a connector share.

use super::{Auth, Duration, Request, ResponseRule, Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Settings shared by every HTTP request of the connector.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Where every path starts, with scheme and host: `https://api.acme.test/v2`.
    pub base_url: Template,
    /// The only hosts that credentials may go to. Default: the host of `base_url` (and of a token URL).
    #[serde(default, skip_serializing_if = "is_default")]
    pub hosts: Vec<Template>,
    /// Headers of every request.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>", optional = nullable)]
    pub headers: IndexMap<String, Scalar>,
    /// Query parameters of every request.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>", optional = nullable)]
    pub query: IndexMap<String, Scalar>,
    /// How long one request may take. Default `30s`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timeout: Option<Duration>,
    /// How requests prove who sends them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Auth,
    /// When and how often a failed request is repeated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry: Retry,
    /// The most requests in a span of time.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rate_limit: Option<RateLimit>,
    /// The most requests on the way at once. Default 4.
    #[serde(default, skip_serializing_if = "is_default")]
    pub concurrency: Option<u32>,
    /// What answers mean, in order; the first rule that fits decides.
    #[serde(default, skip_serializing_if = "is_default")]
    pub responses: Vec<ResponseRule>,
    /// The ceilings of one run.
    #[serde(default, skip_serializing_if = "is_default")]
    pub limits: Limits,
}

/// Repeats of a request that failed in a way that may pass: no connection, 408, 425, 429, 5xx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Retry {
    /// How often a request is sent in all. `1` never repeats.
    #[serde(skip_serializing_if = "is_five")]
    #[ts(optional = nullable)]
    pub max_attempts: u32,
    /// How long to wait in between, where the server does not say.
    #[serde(skip_serializing_if = "is_default")]
    #[ts(optional = nullable)]
    pub backoff: Backoff,
}

fn is_five(attempts: &u32) -> bool {
    *attempts == 5
}

impl Default for Retry {
    fn default() -> Self {
        Self { max_attempts: 5, backoff: Backoff::default() }
    }
}

/// The wait between two tries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Backoff {
    /// Each wait is a multiple of the one before.
    Exponential {
        /// The first wait. Default `1s`.
        #[serde(default, skip_serializing_if = "is_default")]
        initial: Option<Duration>,
        /// The longest wait. Default `30s`.
        #[serde(default, skip_serializing_if = "is_default")]
        max: Option<Duration>,
        /// The multiple. Default 2.
        #[serde(default, skip_serializing_if = "is_default")]
        factor: Option<f64>,
        /// The part of a wait that is left to chance, 0 to 1. Default 0.3.
        #[serde(default, skip_serializing_if = "is_default")]
        jitter: Option<f64>,
    },
    /// Every wait is the same.
    Constant {
        /// The wait.
        wait: Duration,
    },
}

impl Default for Backoff {
    fn default() -> Self {
        Self::Exponential { initial: None, max: None, factor: None, jitter: None }
    }
}

/// The most requests in a span of time, kept ahead of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// How many requests.
    pub requests: u32,
    /// In how long.
    pub per: Duration,
}

/// The ceilings of a read. Each has a default; the run says which one it met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Pages of one partition. Default 1,000,000.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub pages: Option<u64>,
    /// Records of one stream. Default: none.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub records: Option<u64>,
    /// Bytes of one response, unpacked. Default 67,108,864 (64 MiB).
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub response_bytes: Option<u64>,
    /// Bytes of all responses together. Default: none.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub total_bytes: Option<u64>,
    /// How long the whole run may take. Default: none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub time: Option<Duration>,
    /// Redirects of one request. Default 10.
    #[serde(default, skip_serializing_if = "is_default")]
    pub redirects: Option<u32>,
}

/// A cheap request that proves the credentials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The request.
    pub request: Request,
    /// A JSONPath to who is signed in, shown to the person.
    #[serde(default, skip_serializing_if = "is_default")]
    pub identity: Option<String>,
}
