//! A value on its way from a record to a column: borrowed from the page's text where it can be.

use crate::json::unescape;
use serde_json::Value;
use std::borrow::Cow;

/// A value between its source and its column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val<'a> {
    Null,
    Bool(bool),
    /// A number's digits as they came.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    /// An array's or an object's JSON text.
    Json(Cow<'a, str>),
}

impl<'a> Val<'a> {
    /// From JSON text that is known to be JSON.
    pub fn from_raw(raw: &'a str) -> Self {
        let raw = raw.trim_ascii();
        match raw.as_bytes().first() {
            None | Some(b'n') => Self::Null,
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'"') => Self::Text(unescape(raw.get(1..raw.len().max(2) - 1).unwrap_or_default())),
            Some(b'{' | b'[') => Self::Json(Cow::Borrowed(raw)),
            Some(_) => Self::Number(Cow::Borrowed(raw)),
        }
    }

    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// The same, borrowing its text.
    pub fn borrowed(&self) -> Val<'_> {
        match self {
            Self::Null => Val::Null,
            Self::Bool(value) => Val::Bool(*value),
            Self::Number(text) => Val::Number(Cow::Borrowed(text)),
            Self::Text(text) => Val::Text(Cow::Borrowed(text)),
            Self::Json(text) => Val::Json(Cow::Borrowed(text)),
        }
    }

    /// The same, holding its own text.
    pub fn into_owned(self) -> Val<'static> {
        match self {
            Self::Null => Val::Null,
            Self::Bool(value) => Val::Bool(value),
            Self::Number(text) => Val::Number(Cow::Owned(text.into_owned())),
            Self::Text(text) => Val::Text(Cow::Owned(text.into_owned())),
            Self::Json(text) => Val::Json(Cow::Owned(text.into_owned())),
        }
    }

    /// As JSON text.
    pub fn to_json(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Owned(Value::from(text.as_ref()).to_string()),
            other => other.plain(),
        }
    }

    /// As plain text: what a person reads, and what text transforms work on.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed("null"),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Number(text) | Self::Text(text) | Self::Json(text) => Cow::Borrowed(text),
        }
    }

    /// As plain text; nothing for null.
    pub fn none_or_plain(&self) -> Cow<'_, str> {
        if *self == Self::Null { Cow::Borrowed("") } else { self.plain() }
    }

    /// As a tree, for expressions. A number beyond a float's range becomes its digits as text.
    pub fn to_tree(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Text(text) => Value::from(text.as_ref()),
            Self::Number(text) | Self::Json(text) => {
                crate::json::to_value(text).unwrap_or_else(|| Value::from(text.as_ref()))
            }
        }
    }

    /// What it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::Json(text) if text.starts_with('[') => "an array",
            Self::Json(_) => "an object",
        }
    }
}

impl From<&Value> for Val<'static> {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_string().into()),
            Value::String(text) => Self::Text(text.clone().into()),
            other => Self::Json(other.to_string().into()),
        }
    }
}

/// A value as it came, shortened to 120 characters.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some(_) => text.chars().take(119).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
