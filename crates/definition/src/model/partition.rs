//! `partitions`: the parts of a stream that are read by themselves. Several multiply.

use super::{Duration, Inject, Scalar, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of a stream that is read by itself. Its values are `partition.NAME` in the stream's request, filter and
/// fields. Several parts multiply: `[{list of 3}, {list of 4}]` are 12 reads; a later one may use the values of an
/// earlier one in its own expressions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Partition {
    /// One part for each value of a list.
    List(ListPartition),
    /// One part for each record of another stream.
    Parent(ParentPartition),
    /// One part for each span of dates.
    Window(WindowPartition),
}

/// One part for each value of a list.
///
/// `{type: list, values: [open, closed], as: status, inject: {query: status}}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ListPartition {
    /// How expressions call the value: `partition.NAME`.
    #[serde(rename = "as")]
    pub name: String,
    /// The values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<Scalar>,
    /// An expression that gives the values instead: a list, or text with commas. `{{ config.repositories }}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub from: Option<Template>,
    /// Where the value goes, where the request does not name it itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inject: Option<Inject>,
}

/// One part for each record of another stream. The other stream is read for it as its definition says (pages, filter,
/// its own partitions), whether it is itself part of the run or not.
///
/// `{type: parent, stream: projects, value: "$.id", as: project_id}` with a path `/projects/{{ partition.project_id
/// }}/issues`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ParentPartition {
    /// The other stream.
    pub stream: String,
    /// A JSONPath to the value in its records, as they came. A path to several values gives a part for each; records
    /// without a value give none; a value that comes again is read once.
    pub value: String,
    /// How expressions call the value: `partition.NAME`.
    #[serde(rename = "as")]
    pub name: String,
    /// Further fields of the parent, at hand as `partition.parent.NAME`: its columns by their names, as they are
    /// mapped, or else members of its records.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<String>,
    /// Whether only the parts of parents that changed since the last run are read again. The other stream must say by
    /// which cursor it changes (`incremental`), and this one needs a key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub incremental: bool,
    /// Where the value goes, where the request does not name it itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inject: Option<Inject>,
}

/// One part for each span of dates. Spans follow each other without a gap: each ends where the next starts, or by
/// `granularity` before it. Written as plain dates where `start` is one, else as RFC 3339 in UTC.
///
/// `{type: window, as: day, start: "{{ config.start_date }}", step: P1D}` with a query `{from: "{{ partition.day.start
/// }}", to: "{{ partition.day.end }}"}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct WindowPartition {
    /// How expressions call the span: `partition.NAME.start` and `.end`.
    #[serde(rename = "as")]
    pub name: String,
    /// The first moment.
    pub start: Template,
    /// The last moment. Default now.
    #[serde(default, skip_serializing_if = "is_default")]
    pub end: Option<Template>,
    /// How long a span is: `P1D`, `P1M`, `PT6H`.
    pub step: Duration,
    /// How far before the start of the next a span ends, where the API counts both ends in: `P1D` for dates, `PT1S`
    /// for seconds.
    #[serde(default, skip_serializing_if = "is_default")]
    pub granularity: Option<Duration>,
}
