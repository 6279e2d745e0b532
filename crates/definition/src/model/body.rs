//! `request.body`: what a request carries.

use super::{Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// What a request carries: `{json: …}`, `{form: …}`, `{multipart: …}`, `{text: …}` or `{graphql: …}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// JSON; every text in it may hold expressions: `{json: {filter: {since: "{{ config.start }}"}}}`.
    Json(#[ts(type = "unknown")] Value),
    /// An HTML form (`application/x-www-form-urlencoded`). Names are sent as they are given: `filter[state]`.
    Form(#[ts(as = "std::collections::BTreeMap<String, Scalar>")] IndexMap<String, Scalar>),
    /// Form data in parts (`multipart/form-data`, RFC 7578): `[{name: query, value: "{}", file_name: q.json}]`.
    Multipart(Vec<MultipartPart>),
    /// Text as it is. Set its media type by the header `Content-Type`; else it is plain text.
    Text(Template),
    /// A GraphQL query with its variables. The method is `POST` where none is said. An answer with `errors` and without
    /// data is a failure; one with both is read, and the errors are told as a warning.
    Graphql(GraphqlBody),
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct MultipartPart {
    /// The part's name.
    pub name: String,
    /// Its value.
    pub value: Template,
    /// Its file name. A part with one is sent as a file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub file_name: Option<Template>,
    /// Its media type. Default: none for a value, `application/octet-stream` for a file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub content_type: Option<String>,
}

/// A GraphQL request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct GraphqlBody {
    /// The query. Taken as it is written: what changes goes into the variables.
    pub query: String,
    /// Its variables; every text may hold expressions. A paging's cursor is put beside them by
    /// `inject: {body: variables.after}`.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "unknown")]
    pub variables: Option<Value>,
}
