//! What lets the next run go on where this one stopped.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
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
    /// How far its partitions were read, by their values as canonical JSON. What goes to a sink with a batch holds
    /// those that the batch changes; what ends a read, and what a sink gives back, holds all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub partitions: BTreeMap<String, PartitionState>,
    /// The greatest cursor value of the parents whose change decides what is read, by the names of their partitions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parents: BTreeMap<String, String>,
    /// The names of the members that records had so far, where the stream lists its fields: what comes later is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<String>,
}

impl StreamState {
    /// Takes over a later state that holds only the partitions that changed: for sinks that keep the state whole.
    pub fn absorb(&mut self, later: Self) {
        let mut partitions = std::mem::take(&mut self.partitions);
        partitions.extend(later.partitions);
        *self = Self { partitions, ..later };
    }
}

/// The state of one partition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct PartitionState {
    /// The greatest cursor value of its finished reads. Its next read starts from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// The cursor values of its parents when it was read, where only changed parents are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The read (by its `began`) in which it was read whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
    /// Its read that is not finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<OpenRead>,
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
    /// Where the span that is being read starts, where the read is cut into spans and the first is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// When the read began. A mark of it, too: no two reads of a stream have the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub began: String,
    /// Whether it reads everything anew: what partitions had before it does not count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub full: bool,
    /// Whether it covers everything there is, so that what it does not meet is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
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
