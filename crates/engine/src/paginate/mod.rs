//! How one request becomes many: one state machine a kind, fed facts about a page. They neither send nor loop.

mod cursor;
mod link;
mod link_header;
mod next_url;
mod offset;
mod page;
#[cfg(test)]
mod tests;

use crate::expr::{Compiled, Expressions};
use crate::json::Path;
use crate::page::Next;
use definition::Fault;
use definition::model::{Inject, PageSize, Paginate, Template};
use serde_json::Value;
use url::Url;

pub(crate) use cursor::Cursor;
pub(crate) use link_header::LinkHeader;
pub(crate) use next_url::NextUrl;
pub(crate) use offset::Offset;
pub(crate) use page::Pages;

/// A compiled pagination.
#[derive(Debug)]
pub(crate) struct Paginator {
    pub kind: Kind,
    pub size: Option<Size>,
    pub until: Option<Compiled>,
}

/// The kinds.
#[derive(Debug)]
pub(crate) enum Kind {
    None,
    Page(Pages),
    Offset(Offset),
    Cursor(Cursor),
    NextUrl(NextUrl),
    LinkHeader(LinkHeader),
}

/// How many records a page should have.
#[derive(Debug)]
pub(crate) struct Size {
    pub value: Compiled,
    pub inject: Option<Inject>,
}

/// What a page says.
#[derive(Debug)]
pub(crate) struct PageFacts<'a> {
    /// The token that this page was asked for with.
    pub token: &'a Value,
    /// Records in it, before the filter.
    pub count: u64,
    /// How many it should have had, where that is known.
    pub size: Option<u64>,
    /// What stands at the kind's `next` path or expression.
    pub next: Option<Value>,
    /// The `Link` headers.
    pub links: Vec<&'a str>,
    /// Where the page came from in the end.
    pub url: &'a Url,
}

/// Where a token goes.
#[derive(Debug, PartialEq)]
pub(crate) enum Placed<'a> {
    /// Nowhere: the request stays as it is.
    Nothing,
    /// To a place in the request.
    At(&'a Inject, Value),
    /// It is the whole URL of the request.
    Url(&'a str),
}

impl Paginator {
    pub(crate) fn compile(paginate: &Paginate, path: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let kind = match paginate {
            Paginate::None => Ok(Kind::None),
            Paginate::Page(page) => Ok(Kind::Page(Pages::new(page))),
            Paginate::Offset(offset) => Ok(Kind::Offset(Offset::new(offset))),
            Paginate::Cursor(cursor) => Cursor::compile(cursor, path, expressions).map(Kind::Cursor),
            Paginate::NextUrl(next) => NextUrl::compile(next, path).map(Kind::NextUrl),
            Paginate::LinkHeader(link) => Ok(Kind::LinkHeader(LinkHeader::new(link))),
        };
        let (size, until) = settings(paginate);
        let size = size.map(|size| Size::compile(size, path, expressions)).transpose();
        let until = until
            .map(|until| {
                expressions.compile(until).map_err(|why| Fault::new("bad_template", format!("{path}.until"), why))
            })
            .transpose();
        match (kind, size, until) {
            (Ok(kind), Ok(size), Ok(until)) => return Ok(Self { kind, size, until }),
            (kind, size, until) => {
                faults.extend(kind.err());
                faults.extend(size.err());
                faults.extend(until.err());
            }
        }
        Err(faults)
    }

    /// Whether only one page is read.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.kind, Kind::None)
    }

    /// Whether the next page is told by counting, and not by an answer.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.kind, Kind::Page(_) | Kind::Offset(_))
    }

    /// Whether a page is the last of so many, where pages are counted from one. Behind it some servers answer 400.
    pub(crate) fn is_page(&self, token: &Value, last: Option<u64>) -> bool {
        let Kind::Page(pages) = &self.kind else { return false };
        pages.start == 1 && last.is_some_and(|last| token.as_u64().is_some_and(|page| page >= last.max(1)))
    }

    /// The first page's token.
    pub(crate) fn first(&self) -> Value {
        match &self.kind {
            Kind::Page(page) => page.start.into(),
            Kind::Offset(offset) => offset.start.into(),
            Kind::None | Kind::Cursor(_) | Kind::NextUrl(_) | Kind::LinkHeader(_) => Value::Null,
        }
    }

    /// Where a token goes.
    pub(crate) fn place<'a>(&'a self, token: &'a Value) -> Placed<'a> {
        match &self.kind {
            Kind::None => Placed::Nothing,
            Kind::Page(page) => page.place(token),
            Kind::Offset(offset) => offset.place(token),
            Kind::Cursor(cursor) => cursor.place(token),
            Kind::NextUrl(_) | Kind::LinkHeader(_) => token.as_str().map_or(Placed::Nothing, Placed::Url),
        }
    }

    /// The JSONPath whose value the kind wants as a fact.
    pub(crate) fn next_path(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Cursor(cursor) => cursor.path(),
            Kind::NextUrl(next) => Some(&next.path),
            Kind::None | Kind::Page(_) | Kind::Offset(_) | Kind::LinkHeader(_) => None,
        }
    }

    /// The expression whose value the kind wants as a fact.
    pub(crate) fn next_expression(&self) -> Option<&Compiled> {
        if let Kind::Cursor(cursor) = &self.kind { cursor.expression() } else { None }
    }

    /// What comes after a page. `until` was asked by the caller and is false here.
    pub(crate) fn next(&self, facts: &PageFacts<'_>) -> Next {
        match &self.kind {
            Kind::None => done("one page"),
            Kind::Page(page) => page.next(facts),
            Kind::Offset(offset) => offset.next(facts),
            Kind::Cursor(cursor) => cursor.next(facts),
            Kind::NextUrl(_) => NextUrl::next(facts),
            Kind::LinkHeader(link) => link.next(facts),
        }
    }

    /// The token behind another, where the kind counts and so needs no answer to tell it. A page before it had
    /// `records`; it should have had `size`.
    pub(crate) fn following(&self, token: &Value, records: u64, size: Option<u64>) -> Option<Value> {
        let by = match &self.kind {
            Kind::Page(_) => 1,
            Kind::Offset(_) if size.is_none_or(|size| size == records) => i64::try_from(records).ok()?,
            Kind::None | Kind::Offset(_) | Kind::Cursor(_) | Kind::NextUrl(_) | Kind::LinkHeader(_) => return None,
        };
        (records > 0).then_some(())?;
        token.as_i64()?.checked_add(by).map(Value::from)
    }

    /// How many records stand before the page of a token, where each page has `records`.
    pub(crate) fn before(&self, token: &Value, records: u64) -> Option<u64> {
        match &self.kind {
            Kind::Page(page) => u64::try_from(token.as_i64()?.checked_sub(page.start)?).ok()?.checked_mul(records),
            Kind::Offset(offset) => u64::try_from(token.as_i64()?.checked_sub(offset.start)?).ok(),
            Kind::None | Kind::Cursor(_) | Kind::NextUrl(_) | Kind::LinkHeader(_) => None,
        }
    }

    /// `number` and `offset` of the page asked for with `token`, where the kind knows.
    pub(crate) fn place_of(&self, token: &Value, size: Option<u64>) -> (Value, Value) {
        match &self.kind {
            Kind::Page(_) => (token.clone(), Value::Null),
            Kind::Offset(_) => {
                let number = token.as_u64().zip(size.filter(|size| *size > 0)).map(|(offset, size)| offset / size + 1);
                (number.map_or(Value::Null, Value::from), token.clone())
            }
            Kind::None | Kind::Cursor(_) | Kind::NextUrl(_) | Kind::LinkHeader(_) => (Value::Null, Value::Null),
        }
    }
}

impl Size {
    fn compile(size: &PageSize, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let value = expressions
            .compile(&Template(size.value.as_text()))
            .map_err(|why| Fault::new("bad_template", format!("{path}.size.value"), why))?;
        Ok(Self { value, inject: size.inject.clone() })
    }
}

/// What the kinds share.
fn settings(paginate: &Paginate) -> (Option<&PageSize>, Option<&Template>) {
    match paginate {
        Paginate::None => (None, None),
        Paginate::Page(page) => (page.size.as_ref(), page.until.as_ref()),
        Paginate::Offset(offset) => (offset.size.as_ref(), offset.until.as_ref()),
        Paginate::Cursor(cursor) => (cursor.size.as_ref(), cursor.until.as_ref()),
        Paginate::NextUrl(next) => (next.size.as_ref(), next.until.as_ref()),
        Paginate::LinkHeader(link) => (link.size.as_ref(), link.until.as_ref()),
    }
}

/// The end, and why.
pub(crate) fn done(why: &str) -> Next {
    Next::Done(why.to_owned())
}

/// Whether a page is the last because it has no records, or fewer than it should.
fn ends_by_count(facts: &PageFacts<'_>, stop_on_short: Option<bool>) -> Option<Next> {
    if facts.count == 0 {
        return Some(done("empty page"));
    }
    let short = facts.size.is_some_and(|size| facts.count < size);
    (short && stop_on_short.unwrap_or(true)).then(|| done("short page"))
}

/// A token as text: every digit of a number stays. Nothing, null, false and empty text are no token.
fn token_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("true".to_owned()),
        _ => None,
    }
}

/// A link as the next page's URL, joined to the page's own.
fn next_link(link: &str, facts: &PageFacts<'_>) -> Next {
    match facts.url.join(link) {
        Ok(url) => Next::Page(Value::String(url.into())),
        Err(_) => done("the next link is no address"),
    }
}
