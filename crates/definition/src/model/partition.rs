//! `partitions`: the parts of a stream that are read by themselves. Several multiply.

use super::{Duration, Inject, Scalar, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of a stream that is read by itself.
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ListPartition {
    /// How expressions call the value: `partition.NAME`.
    #[serde(rename = "as")]
    pub name: String,
    /// The values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<Scalar>,
    /// An expression that gives the values instead.
    #[serde(default, skip_serializing_if = "is_default")]
    pub from: Option<Template>,
    /// Where the value goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inject: Option<Inject>,
}

/// One part for each record of another stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ParentPartition {
    /// The other stream.
    pub stream: String,
    /// A JSONPath to the value in its records.
    pub value: String,
    /// How expressions call the value: `partition.NAME`.
    #[serde(rename = "as")]
    pub name: String,
    /// Further fields of the parent, at hand as `partition.parent.NAME`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<String>,
    /// Whether only parents that changed are read again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub incremental: bool,
    /// Where the value goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inject: Option<Inject>,
}

/// One part for each span of dates.
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
    /// How long a span is.
    pub step: Duration,
}
