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
    /// JSON; every text in it may hold expressions.
    Json(#[ts(type = "unknown")] Value),
    /// An HTML form.
    Form(#[ts(as = "std::collections::BTreeMap<String, Scalar>")] IndexMap<String, Scalar>),
    /// Form data in parts.
    Multipart(Vec<MultipartPart>),
    /// Text as it is.
    Text(Template),
    /// A GraphQL query with its variables.
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
    /// Its file name, for a file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub file_name: Option<Template>,
    /// Its media type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub content_type: Option<String>,
}

/// A GraphQL request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct GraphqlBody {
    /// The query.
    pub query: String,
    /// Its variables; every text may hold expressions.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "unknown")]
    pub variables: Option<Value>,
}
