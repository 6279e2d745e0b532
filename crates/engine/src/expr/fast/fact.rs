//! A value on its way through an expression.

use crate::json::unescape;
use crate::map::Val;
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value, borrowed from the record's text where it can be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fact<'r> {
    /// Not there.
    Undefined,
    Null,
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    Text(Cow<'r, str>),
    /// Anything else: arrays, objects, numbers that fit nowhere.
    Other,
}

/// Whole numbers up to here are floats without loss.
const EXACT: i64 = 1 << 53;

impl<'r> Fact<'r> {
    /// From JSON text.
    pub fn of_raw(raw: &'r str) -> Self {
        match raw.as_bytes().first() {
            Some(b'"') => match raw.get(1..raw.len() - 1) {
                Some(inside) => Self::Text(unescape(inside)),
                None => Self::Other,
            },
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'n') => Self::Null,
            Some(b'-' | b'0'..=b'9') => number(raw),
            _ => Self::Other,
        }
    }

    /// From a literal.
    pub fn of_value(value: &'r Value) -> Option<Self> {
        Some(match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => Self::Int(number),
                (None, Some(number)) if number.is_finite() && !number.is_sign_negative() => Self::Float(number),
                _ => return None,
            },
            _ => return None,
        })
    }

    pub fn is_true(&self) -> Option<bool> {
        Some(match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Other => return None,
        })
    }

    pub fn equals(&self, other: &Self) -> Option<bool> {
        use Fact::{Bool, Float, Int, Null, Text, Undefined};
        Some(match (self, other) {
            (Self::Other, _) | (_, Self::Other) => return None,
            (Undefined, Undefined) | (Null, Null) => true,
            (Bool(a), Bool(b)) => a == b,
            (Text(a), Text(b)) => a == b,
            (Int(_) | Float(_), Int(_) | Float(_)) => self.order(other)?.is_eq(),
            (Bool(_), Int(_) | Float(_)) | (Int(_) | Float(_), Bool(_)) => return None,
            _ => false,
        })
    }

    pub fn order(&self, other: &Self) -> Option<Ordering> {
        let float = |whole: i64| (-EXACT..=EXACT).contains(&whole).then_some(whole as f64);
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(b)),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(b),
            (Self::Int(a), Self::Float(b)) => float(*a)?.partial_cmp(b),
            (Self::Float(a), Self::Int(b)) => a.partial_cmp(&float(*b)?),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// As the text that goes over the wire.
    pub fn wire(self) -> Option<Cow<'r, str>> {
        Some(match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
            Self::Int(value) => Cow::Owned(value.to_string()),
            Self::Text(text) => text,
            Self::Undefined | Self::Float(_) | Self::Other => return None,
        })
    }

    /// As `~` writes it.
    pub fn shown(self) -> Option<Cow<'r, str>> {
        Some(match self {
            Self::Undefined => Cow::Borrowed(""),
            Self::Null => Cow::Borrowed("None"),
            Self::Bool(value) => Cow::Borrowed(if value { "True" } else { "False" }),
            other => return other.wire(),
        })
    }

    /// As a value of the mapping.
    pub fn into_val(self) -> Option<Val<'r>> {
        Some(match self {
            Self::Undefined | Self::Null => Val::Null,
            Self::Bool(value) => Val::Bool(value),
            Self::Int(value) => Val::Number(Cow::Owned(value.to_string())),
            Self::Float(value) => Val::Number(Cow::Owned(serde_json::Number::from_f64(value)?.to_string())),
            Self::Text(text) => Val::Text(text),
            Self::Other => return None,
        })
    }
}

/// A number as `serde_json` takes it.
fn number(raw: &str) -> Fact<'static> {
    if !raw.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        // A minus before a nought makes a float of it, and what is longer than 64 bits too.
        return match raw.parse::<i64>() {
            Ok(number) if raw != "-0" => Fact::Int(number),
            _ => Fact::Other,
        };
    }
    match raw.parse::<f64>() {
        Ok(number) if number.is_finite() => Fact::Float(number),
        _ => Fact::Other,
    }
}
