//! `paginate`: how one request becomes many.

use super::{Inject, Scalar, Template, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How one request becomes many.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Paginate {
    /// There is one page.
    #[default]
    None,
    /// Pages are counted.
    Page(PagePaginate),
    /// Records are counted.
    Offset(OffsetPaginate),
    /// Each answer names the next page by a token.
    Cursor(CursorPaginate),
    /// Each answer carries the URL of the next page in its body.
    NextUrl(NextUrlPaginate),
    /// Each answer carries the URL of the next page in its `Link` header (RFC 8288, `rel="next"`).
    LinkHeader(LinkHeaderPaginate),
}

/// How many records a page should have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PageSize {
    /// The number; may be an expression.
    pub value: Scalar,
    /// Where it is put. Left out when the request has it already.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inject: Option<Inject>,
}

/// Pages are counted: `?page=1`, `?page=2`. Ends on an empty page, and on a short one where `size` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PagePaginate {
    /// Where the number goes.
    pub inject: Inject,
    /// The first page's number. Default 1.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub start: Option<i64>,
    /// Whether the first request carries no number.
    #[serde(default, skip_serializing_if = "is_default")]
    pub omit_first: bool,
    /// How many records a page has.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: Option<PageSize>,
    /// Whether a page with fewer records than `size` is the last. Default true where `size` is given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stop_on_short: Option<bool>,
    /// An expression that is true on the last page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Template>,
}

/// Records are counted: `?offset=0`, `?offset=100`. Ends on an empty page, and on a short one where `size` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct OffsetPaginate {
    /// Where the offset goes.
    pub inject: Inject,
    /// The first offset. Default 0.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "number")]
    pub start: Option<i64>,
    /// Whether the first request carries no offset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub omit_first: bool,
    /// How many records a page has.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: Option<PageSize>,
    /// Whether a page with fewer records than `size` is the last. Default true where `size` is given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stop_on_short: Option<bool>,
    /// An expression that is true on the last page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Template>,
}

/// Each answer names the next page by a token. Ends where there is no token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct CursorPaginate {
    /// The next token: a JSONPath into the answer, or an expression over `response`, `headers`, `last_record`.
    pub next: Template,
    /// Where the token goes.
    pub inject: Inject,
    /// How many records a page has.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: Option<PageSize>,
    /// An expression that is true on the last page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Template>,
}

/// Each answer carries the URL of the next page. Ends where there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct NextUrlPaginate {
    /// A JSONPath to the URL; absolute or relative.
    pub next: String,
    /// How many records a page has.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: Option<PageSize>,
    /// An expression that is true on the last page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Template>,
}

/// Each answer carries the URL of the next page in its `Link` header.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkHeaderPaginate {
    /// The link's relation. Default `next`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rel: Option<String>,
    /// How many records a page has.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: Option<PageSize>,
    /// An expression that is true on the last page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Template>,
}
