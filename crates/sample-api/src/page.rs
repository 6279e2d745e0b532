//! The ways to cut a collection into pages, as real APIs do.

use crate::data::Collection;
use crate::fault::FaultKind;
use crate::library::{Library, Span};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The largest page.
const LARGEST: u64 = 1_000;
/// What a server says that has pages without an end.
const ENDLESS: u64 = 1_000_000_000;

/// What is asked for.
#[derive(Debug)]
pub struct Ask<'a> {
    /// The collection.
    pub collection: Collection,
    /// The parameters.
    pub query: &'a [(String, String)],
    /// The path.
    pub path: &'a str,
    /// `http://127.0.0.1:8123`, as the client wrote it.
    pub base: &'a str,
    /// What goes wrong with the paging, if anything.
    pub fault: Option<FaultKind>,
    /// The records.
    pub library: &'a Library,
}

/// A bad request, with what is wrong.
pub fn bad_request(message: &str) -> Response {
    let body = json!({"error": {"code": "bad_request", "message": message}});
    (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
}

/// One page.
///
/// # Errors
/// The answer to a request that can't be met.
pub fn page(ask: &Ask<'_>) -> Result<Response, Box<Response>> {
    let set = ask.set()?;
    let body = match ask.collection {
        Collection::Customers => numbered(ask, &set)?,
        Collection::Orders => offset(ask, &set)?,
        Collection::Events => return cursor(ask, &set).map(json_response),
        Collection::Products => Value::Array(set.slice(0, set.total)),
        Collection::Invoices => next_url(ask, &set)?,
        Collection::Tickets => return linked(ask, &set),
        Collection::Shipments => nested(ask, &set)?,
    };
    Ok(json_response(body))
}

/// A page of a search whose parameters stand in the body.
///
/// # Errors
/// The answer to a request that can't be met.
pub fn search(ask: &Ask<'_>) -> Result<Response, Box<Response>> {
    let set = ask.set()?;
    cursor(ask, &set).map(json_response)
}

fn json_response(body: Value) -> Response {
    axum::Json(body).into_response()
}

/// The records that a request picks from.
struct Set<'a> {
    library: &'a Library,
    collection: Collection,
    matching: Option<Vec<u64>>,
    total: u64,
}

impl Set<'_> {
    /// The record's place in the collection, of a place in this set.
    fn place(&self, at: u64) -> Option<u64> {
        match &self.matching {
            None => Some(at),
            Some(matching) => usize::try_from(at).ok().and_then(|at| matching.get(at)).copied(),
        }
    }

    fn slice(&self, start: u64, count: u64) -> Vec<Value> {
        let end = start.saturating_add(count).min(self.total);
        (start..end).filter_map(|at| self.place(at)).map(|index| self.library.record(self.collection, index)).collect()
    }
}

impl<'a> Ask<'a> {
    fn find(&self, name: &str) -> Option<&'a str> {
        self.query
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn number(&self, name: &str, default: u64) -> Result<u64, Box<Response>> {
        self.find(name).map_or(Ok(default), |text| {
            text.parse()
                .map_err(|_| Box::new(bad_request(&format!("`{name}` must be a whole number from 0, not `{text}`."))))
        })
    }

    /// The page's size, within what the server allows.
    fn size(&self, name: &str, default: u64) -> Result<u64, Box<Response>> {
        match self.number(name, default)? {
            0 => Err(Box::new(bad_request(&format!("`{name}` must be from 1 to {LARGEST}.")))),
            size => Ok(size.min(LARGEST)),
        }
    }

    fn time(&self, name: &str) -> Result<Option<i64>, Box<Response>> {
        let Some(text) = self.find(name) else { return Ok(None) };
        // A plus that was not escaped arrives as a space.
        let text = text.replace(' ', "+");
        let parsed = text.parse::<jiff::Timestamp>().ok().or_else(|| {
            let date: jiff::civil::Date = text.parse().ok()?;
            date.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
        });
        parsed.map(|at| Some(at.as_second())).ok_or_else(|| {
            Box::new(bad_request(&format!("`{name}` must be a time like 2024-01-01T00:00:00Z, not `{text}`.")))
        })
    }

    fn set(&self) -> Result<Set<'a>, Box<Response>> {
        let span = Span { since: self.time("updated_since")?, until: self.time("updated_until")? };
        let matching = self.library.matching(self.collection, span);
        let total =
            matching.as_ref().map_or_else(|| self.library.len(self.collection), |matching| matching.len() as u64);
        let (matching, total) =
            if self.fault == Some(FaultKind::Endless) { (None, ENDLESS) } else { (matching, total) };
        Ok(Set { library: self.library, collection: self.collection, matching, total })
    }

    fn repeats(&self) -> bool {
        self.fault == Some(FaultKind::RepeatPage)
    }

    /// This request's URL, with other values for some parameters.
    fn url(&self, base: &str, changed: &[(&str, String)]) -> String {
        let kept = self.query.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        let all = kept
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(changed.iter().map(|(name, value)| (*name, value.as_str())));
        let mut url = format!("{base}{}", self.path);
        for (place, (name, value)) in all.enumerate() {
            let separator = if place == 0 { '?' } else { '&' };
            let _ = write!(url, "{separator}{}={}", crate::query::escape(name), crate::query::escape(value));
        }
        url
    }
}

fn page_number(ask: &Ask<'_>) -> Result<u64, Box<Response>> {
    match ask.number("page", 1)? {
        0 => Err(Box::new(bad_request("`page` starts at 1."))),
        _ if ask.repeats() => Ok(1),
        page => Ok(page),
    }
}

fn numbered(ask: &Ask<'_>, set: &Set<'_>) -> Result<Value, Box<Response>> {
    let (page, per_page) = (page_number(ask)?, ask.size("per_page", 100)?);
    let data = set.slice((page - 1).saturating_mul(per_page), per_page);
    Ok(
        json!({"data": data, "page": page, "per_page": per_page, "total": set.total, "total_pages": set.total.div_ceil(per_page)}),
    )
}

fn nested(ask: &Ask<'_>, set: &Set<'_>) -> Result<Value, Box<Response>> {
    let (page, size) = (page_number(ask)?, ask.size("page_size", 100)?);
    let rows = set.slice((page - 1).saturating_mul(size), size);
    let result = json!({"rows": rows, "page": page, "page_size": size, "count": set.total});
    Ok(json!({"status": "ok", "response": {"took_ms": 3, "result": result}}))
}

fn offset(ask: &Ask<'_>, set: &Set<'_>) -> Result<Value, Box<Response>> {
    let offset = if ask.repeats() { 0 } else { ask.number("offset", 0)? };
    let limit = ask.size("limit", 100)?;
    Ok(json!({"items": set.slice(offset, limit), "offset": offset, "limit": limit, "total": set.total}))
}

/// A cursor says after which record to go on, in a form that clients can't read anything into.
fn cursor(ask: &Ask<'_>, set: &Set<'_>) -> Result<Value, Box<Response>> {
    let limit = ask.size("limit", 100)?;
    let after = match ask.find("cursor") {
        Some(text) if !ask.repeats() => {
            Some(read_cursor(text).ok_or_else(|| Box::new(bad_request("`cursor` is not one of ours.")))?)
        }
        _ => None,
    };
    let start = match (&set.matching, after) {
        (_, None) => 0,
        (None, Some(after)) => after + 1,
        (Some(matching), Some(after)) => matching.partition_point(|index| *index <= after) as u64,
    };
    let results = set.slice(start, limit);
    let end = start.saturating_add(limit);
    let next = (end < set.total).then(|| set.place(end - 1)).flatten().map(write_cursor);
    Ok(json!({"results": results, "has_more": next.is_some(), "next_cursor": next}))
}

fn write_cursor(index: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("after:{index}"))
}

fn read_cursor(text: &str) -> Option<u64> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    String::from_utf8(bytes).ok()?.strip_prefix("after:")?.parse().ok().filter(|after| *after < u64::MAX)
}

/// The next page's URL in the body: absolute, or relative with `links=relative`. With `next_base=URL` it leads to another
/// server, so that a test can tell that credentials do not follow.
fn next_url(ask: &Ask<'_>, set: &Set<'_>) -> Result<Value, Box<Response>> {
    let start = if ask.repeats() { 0 } else { ask.number("after", 0)? };
    let limit = ask.size("limit", 50)?;
    let relative = ask.find("links") == Some("relative");
    let base = if relative { "" } else { ask.find("next_base").unwrap_or(ask.base) };
    let end = start.saturating_add(limit);
    let next = (end < set.total).then(|| ask.url(base, &[("after", end.to_string()), ("limit", limit.to_string())]));
    let this = ask.url(if relative { "" } else { ask.base }, &[]);
    Ok(json!({"data": set.slice(start, limit), "links": {"self": this, "next": next}, "meta": {"total": set.total}}))
}

/// A bare array; the way on stands in the header `Link` (RFC 8288).
fn linked(ask: &Ask<'_>, set: &Set<'_>) -> Result<Response, Box<Response>> {
    let (page, per_page) = (page_number(ask)?, ask.size("per_page", 50)?);
    let last = set.total.div_ceil(per_page).max(1);
    let to = |page: u64| ask.url(ask.base, &[("page", page.to_string()), ("per_page", per_page.to_string())]);
    let mut links = vec![format!("<{}>; rel=\"first\"", to(1)), format!("<{}>; rel=\"last\"", to(last))];
    if page > 1 {
        links.insert(0, format!("<{}>; rel=\"prev\"", to(page - 1)));
    }
    if page < last {
        links.insert(0, format!("<{}>; rel=\"next\"", to(page + 1)));
    }
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
        headers.insert(header::LINK, value);
    }
    headers.insert("X-Total-Count", HeaderValue::from(set.total));
    let data = set.slice((page - 1).saturating_mul(per_page), per_page);
    Ok((headers, axum::Json(Value::Array(data))).into_response())
}
