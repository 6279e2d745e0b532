//! `job`: an export that is created, waited for and downloaded.

use super::{Duration, Request, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An export that is created, waited for and downloaded. The stream's own `request` creates it; `decode`, `records` and
/// `fields` are for its files. A run that is stopped keeps the job in its state: the next one goes on with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// How its state is asked for.
    pub poll: Poll,
    /// How its files are read.
    pub download: Download,
    /// A request that removes it afterwards: when all is read, when it failed, and when it took too long.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cleanup: Option<Request>,
}

/// How a job's state is asked for. `job` is the answer that created it (`/exports/{{ job.id }}`), `headers` are its
/// `location` headers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// The request.
    pub request: Request,
    /// The time between two questions: `10s`. It grows by half each time, up to a minute; `Retry-After` is kept to.
    /// Default `5s`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub every: Option<Duration>,
    /// How long to wait in all. Default `1h`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timeout: Option<Duration>,
    /// An expression over `response` that is true when it is ready: `{{ response.status == 'done' }}`.
    pub ready: Template,
    /// An expression over `response` that is true when it failed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub failed: Option<Template>,
}

/// How a job's files are read. `poll` is the answer that said ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Download {
    /// A JSONPath to the URLs in the last answer: `$.files[*].url`. They are read one after the other. One that leads
    /// to another host (a pre-signed address) is asked for by a plain `GET`, without credentials.
    #[serde(default, skip_serializing_if = "is_default")]
    pub urls: Option<String>,
    /// The request of a file, where it is not a plain `GET` of its URL; `url` (with `urls`) and `poll` are at hand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub request: Option<Request>,
}
