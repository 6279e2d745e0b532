//! What lets the next run go on where this one stopped.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// The state of one stream. Commits together with the records that it covers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct StreamState {
    /// The greatest cursor value of all finished reads, as it stood in the record. The next read starts from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// A read that is not finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<OpenRead>,
    /// A mark of the definition's request and paging. A read with another mark is not resumed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
}

/// A read that is not finished.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenRead {
    /// The paginator's memory: what the next request needs.
    #[ts(type = "unknown")]
    pub page: Value,
    /// Raw records of that page that are committed already: they are passed over when it is read again.
    #[serde(default)]
    #[ts(type = "number")]
    pub skip: u64,
    /// Where it started from (the cursor then).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Where it ends, where the request says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// The greatest cursor value seen in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greatest: Option<String>,
    /// Pages committed.
    #[ts(type = "number")]
    pub pages: u64,
    /// Records committed.
    #[ts(type = "number")]
    pub records: u64,
}
