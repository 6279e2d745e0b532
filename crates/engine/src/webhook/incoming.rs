//! A request as it came, and what stands in it.

use crate::expr::Scope;
use crate::http::header_values;
use crate::json::to_value;
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::OnceCell;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The method, in capitals.
    pub method: String,
    /// The query's parameters, decoded.
    pub query: Vec<(String, String)>,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The raw body.
    pub body: Bytes,
    /// When it came.
    pub at: Timestamp,
}

impl Incoming {
    /// The first header of a name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first parameter of a name.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }
}

/// A request with its parts as values, made when they are asked for.
pub(super) struct Parts<'a> {
    pub incoming: &'a Incoming,
    headers: OnceCell<Value>,
    query: OnceCell<Value>,
    text: OnceCell<Option<String>>,
    payload: OnceCell<Value>,
}

impl<'a> Parts<'a> {
    pub fn new(incoming: &'a Incoming) -> Self {
        Self {
            incoming,
            headers: OnceCell::new(),
            query: OnceCell::new(),
            text: OnceCell::new(),
            payload: OnceCell::new(),
        }
    }

    pub fn headers(&self) -> &Value {
        self.headers.get_or_init(|| header_values(&self.incoming.headers))
    }

    pub fn query(&self) -> &Value {
        self.query.get_or_init(|| object(&self.incoming.query))
    }

    /// The body as JSON text.
    pub fn text(&self) -> Option<&str> {
        let make = || payload_of(&self.incoming.body, self.incoming.header("content-type")).map(Cow::into_owned);
        self.text.get_or_init(make).as_deref()
    }

    /// The body as a tree; null where it is none.
    pub fn payload(&self) -> &Value {
        self.payload.get_or_init(|| self.text().and_then(to_value).unwrap_or(Value::Null))
    }

    /// What expressions see. Only what one of them `uses` is made.
    pub fn scope(&self, uses: impl Fn(&str) -> bool) -> Scope<'_> {
        Scope {
            headers: Some(self.headers()),
            query: Some(self.query()),
            payload: uses("payload").then(|| self.payload()),
            ..Scope::default()
        }
    }
}

/// The body as JSON text: JSON as it came, a form as an object. A form with the one field `payload` that holds JSON (as
/// GitHub and Slack send it) is that JSON.
pub fn payload_of<'b>(body: &'b [u8], content_type: Option<&str>) -> Option<Cow<'b, str>> {
    let text = std::str::from_utf8(body).ok()?;
    let is_form = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("x-www-form-urlencoded"));
    if !is_form {
        return Some(Cow::Borrowed(text)).filter(|text| !text.trim().is_empty());
    }
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    if let [(name, value)] = pairs.as_slice()
        && name == "payload"
        && to_value(value).is_some()
    {
        return Some(Cow::Owned(value.clone()));
    }
    Some(Cow::Owned(object(&pairs).to_string()))
}

/// Names and values as an object; a name that stands several times has a list.
fn object(pairs: &[(String, String)]) -> Value {
    let mut object = Map::new();
    for (name, value) in pairs {
        let value = Value::String(value.clone());
        match object.get_mut(name) {
            None => _ = object.insert(name.clone(), value),
            Some(Value::Array(several)) => several.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
    Value::Object(object)
}
