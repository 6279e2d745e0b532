//! `incremental`: reading only what changed since the last run.

use super::{Distance, Inject, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Reading only what changed since the last run, by a value that grows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Incremental {
    /// A JSONPath to the growing value in a record: `$.updated_at`.
    pub cursor: String,
    /// What the value is. Default `datetime`.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: CursorKind,
    /// How it is written, for `datetime`: `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `epoch_us`, `date`, or a strftime
    /// pattern such as `%Y-%m-%dT%H:%M:%S.%fZ`. All are read, the first is the one that is sent. Default `rfc3339`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub formats: Vec<CursorFormat>,
    /// Where the first run starts: `2024-01-01T00:00:00Z`, or `{{ config.start_date }}`. Without it, all is read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start: Option<Template>,
    /// Where a run ends. Default now, for `datetime`. Where it is said and not injected, later records are left out here.
    #[serde(default, skip_serializing_if = "is_default")]
    pub end: Option<Template>,
    /// The longest span that one request asks for, from the start to the end: `P30D`; a number for `integer`: `1000`.
    /// Default: one span, also where the start or the end is not known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub step: Option<Distance>,
    /// The smallest difference that the API tells apart: `PT1S`. A span ends by it before the next one starts. Default:
    /// a span ends where the next one starts, and what lies on it is read twice and kept once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub granularity: Option<Distance>,
    /// How far before the last value a run starts, for records that arrive late: `PT1H`; a number for `integer`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lookback: Option<Distance>,
    /// Where start and end go. `{{ interval.start }}` and `{{ interval.end }}` stand in templates as well. Without
    /// either, all is read and older records are left out here.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inject: IncrementalInject,
    /// Whether answers are sorted newest first and reading may stop at the old value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub data_feed: bool,
}

/// What a cursor is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CursorKind {
    /// A moment.
    #[default]
    Datetime,
    /// A whole number that grows.
    Integer,
    /// Text that sorts.
    Text,
}

/// How a moment is written: `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `epoch_us`, `date`, or a strftime pattern.
pub type CursorFormat = String;

/// Where the start and the end of a span go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct IncrementalInject {
    /// Where the start goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start: Option<Inject>,
    /// Where the end goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub end: Option<Inject>,
}
