//! One request, and the places that a value can be put into.

use super::{Body, Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One HTTP request. What it does not say comes from `http`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The method. Default `GET`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub method: Method,
    /// The path behind `base_url`, or a whole URL.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path: Template,
    /// Query parameters.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>", optional = nullable)]
    pub query: IndexMap<String, Scalar>,
    /// Headers.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>", optional = nullable)]
    pub headers: IndexMap<String, Scalar>,
    /// The body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body: Option<Body>,
}

/// The HTTP methods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Read.
    #[default]
    Get,
    /// Create, or read with a body.
    Post,
    /// Replace.
    Put,
    /// Change.
    Patch,
    /// Delete.
    Delete,
}

impl Method {
    /// The method as it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Where a value is put into a request: `{query: page}`, `{header: X-Page}`, `{body: variables.after}`, or `path`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Inject {
    /// A query parameter of this name.
    Query(String),
    /// A header of this name.
    Header(String),
    /// A place in the JSON body, dotted: `variables.after`.
    Body(String),
    /// The value replaces the request's path (and query, where the value has one).
    Path,
}
