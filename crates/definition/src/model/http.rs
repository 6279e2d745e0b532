//! `http`: what all requests of a connector share.

use super::{Auth, Duration, Request, ResponseRule, Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use ts_rs::TS;

/// Settings shared by every HTTP request of the connector.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Where every path starts, with scheme and host: `https://api.acme.test/v2`. It may be left out where nothing is sent
    /// over HTTP: `limits`, `rate_limit`, `retry` and `concurrency` hold for databases and files, too.
    #[serde(default, skip_serializing_if = "is_default")]
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
    /// The most requests in a span of time: one limit, or a list of limits that all hold. What the server says of its
    /// own limits (`RateLimit`, `X-RateLimit-*`, `Retry-After`) is kept as well, for all streams together.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rate_limit: Option<RateLimits>,
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

/// One limit, or several that all hold: `{requests: 100, per: 1m}`,
/// `[{requests: 10, per: 1s}, {requests: 500, per: 10m}]`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema, TS)]
#[serde(untagged)]
pub enum RateLimits {
    /// One limit.
    One(RateLimit),
    /// Several limits.
    Several(Vec<RateLimit>),
}

impl RateLimits {
    /// The limits.
    pub fn as_slice(&self) -> &[RateLimit] {
        match self {
            Self::One(limit) => std::slice::from_ref(limit),
            Self::Several(limits) => limits,
        }
    }
}

/// Read by hand, so that a fault inside names its place.
impl<'de> Deserialize<'de> for RateLimits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Limits;
        impl<'de> Visitor<'de> for Limits {
            type Value = RateLimits;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a limit (`{requests: 100, per: 1m}`) or a list of limits")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RateLimits, A::Error> {
                RateLimit::deserialize(MapAccessDeserializer::new(map)).map(RateLimits::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RateLimits, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(RateLimits::Several)
            }
        }
        deserializer.deserialize_any(Limits)
    }
}

/// The most requests in a span of time, kept ahead of time. A request counts until `per` after its answer.
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
    /// The longest wait that a server may ask for (`Retry-After`, `RateLimit-Reset`). Default `5m`. Where it asks for
    /// more, the run ends and says when to run it again; it then goes on where it stopped.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wait: Option<Duration>,
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
