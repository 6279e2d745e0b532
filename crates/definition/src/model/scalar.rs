//! The small values that the other kinds are made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether a value is its type's default, and so left out of the file.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Text that may hold Jinja expressions (`{{ config.subdomain }}`). One whole expression keeps its type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(transparent)]
pub struct Template(pub String);

impl Template {
    /// Whether there is anything to render.
    pub fn is_literal(&self) -> bool {
        !self.0.contains("{{") && !self.0.contains("{%") && !self.0.contains("{#")
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Template {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Template {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// A value of a parameter: text (may hold expressions), a number, or true/false.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(untagged)]
pub enum Scalar {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// Text; may hold expressions.
    Text(Template),
}

impl Scalar {
    /// The value as the text that goes over the wire, expressions not rendered.
    pub fn as_text(&self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(template) => template.0.clone(),
        }
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

/// A length of time: `30s`, `5m`, `1h`, `250ms`, or ISO 8601 (`PT1H`, `P30D`). Kept as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(transparent)]
pub struct Duration(pub String);

impl From<&str> for Duration {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Duration {
    /// The calendar span (months and years included), or why the text is not one.
    pub fn span(&self) -> Result<jiff::Span, String> {
        self.0.parse::<jiff::Span>().map_err(|error| error.to_string())
    }

    /// The exact length, where the text names one (no months, no years; a day is 24 hours).
    pub fn exact(&self) -> Result<std::time::Duration, String> {
        let span = self.span()?;
        if span.get_years() != 0 || span.get_months() != 0 {
            return Err("months and years have no fixed length".to_owned());
        }
        let signed = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(|error| error.to_string())?;
        std::time::Duration::try_from(signed).map_err(|_| "a length of time can't be negative".to_owned())
    }
}

/// How far two values of a cursor lie apart: a length of time for moments (`P30D`, `PT1H`), a whole number for numbers
/// (`1000`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(untagged)]
pub enum Distance {
    /// For numbers.
    Number(#[ts(type = "number")] i64),
    /// For moments.
    Time(Duration),
}

impl From<&str> for Distance {
    fn from(text: &str) -> Self {
        Self::Time(text.into())
    }
}
