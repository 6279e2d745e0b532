//! `job`: an export that is created, waited for and downloaded.

use super::{Duration, Request, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An export that is created, waited for and downloaded. The stream's own `request` creates it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// How its state is asked for.
    pub poll: Poll,
    /// How its files are read.
    pub download: Download,
    /// A request that removes it afterwards.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cleanup: Option<Request>,
}

/// How a job's state is asked for. `job` is the answer that created it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// The request.
    pub request: Request,
    /// The time between two questions. Default `5s`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub every: Option<Duration>,
    /// How long to wait in all. Default `1h`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timeout: Option<Duration>,
    /// An expression over `response` that is true when it is ready.
    pub ready: Template,
    /// An expression over `response` that is true when it failed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub failed: Option<Template>,
}

/// How a job's files are read. `poll` is the answer that said ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Download {
    /// A JSONPath to the URLs in the last answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub urls: Option<String>,
    /// The request, where it is not a plain URL; `url` is at hand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub request: Option<Request>,
}
