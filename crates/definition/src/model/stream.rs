//! `streams`: the collections of records that can be read.

use super::{
    Decode, Field, Incremental, Job, Paginate, Partition, RecordStep, Relation, Request, ResponseRule, Rest, Source,
};
use super::{Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A collection of records that can be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// Its name, and its table's: letters, digits, `_` and `-`, up to 63 characters.
    pub name: String,
    /// What its records are.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// Where its records come from. Default HTTP.
    #[serde(default, skip_serializing_if = "is_default")]
    pub source: Source,
    /// The parts that are read by themselves. Several multiply.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partitions: Vec<Partition>,
    /// The request of the first page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub request: Request,
    /// An export that is created, waited for and downloaded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub job: Option<Job>,
    /// What the bytes of an answer are. Default JSON.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decode: Decode,
    /// Where the records are in an answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub records: Records,
    /// How one request becomes many.
    #[serde(default, skip_serializing_if = "is_default")]
    pub paginate: Paginate,
    /// Reading only what changed since the last run.
    #[serde(default, skip_serializing_if = "is_default")]
    pub incremental: Option<Incremental>,
    /// The fields that tell a record from all others.
    #[serde(default, skip_serializing_if = "is_default")]
    pub key: Vec<String>,
    /// What becomes of records of the table that a whole read does not meet any more. Needs a `key`. Default `keep`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deletions: Deletions,
    /// Changes to a whole record, before its fields are read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub steps: Vec<RecordStep>,
    /// The columns. Without any, a record passes as it came.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<Field>,
    /// What happens to what no field took. Default `drop`; without fields `keep`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rest: Option<Rest>,
    /// How its records belong to others.
    #[serde(default, skip_serializing_if = "is_default")]
    pub relations: Vec<Relation>,
    /// What its answers mean, before the rules of `http`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub responses: Vec<ResponseRule>,
}

/// What becomes of records that are gone from where they were read. Only a read that covers everything and came to its
/// end can tell: each run of a stream without `incremental`, and a run of everything anew (`--full`) of one with it, if
/// it has no `start`. A run that was cut off or limited changes nothing; the one that completes it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deletions {
    /// They stay.
    #[default]
    Keep,
    /// They stay, and the column `_deleted_at` tells when they were first missed. One that comes back is as new.
    Mark,
    /// They are removed.
    Remove,
}

/// Where the records are in an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Records {
    /// A JSONPath to the records: `$.data[*]`. Default: the items of an array, or the one object.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path: Option<String>,
    /// An expression over `record` that is true for those to keep.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter: Option<Template>,
}
