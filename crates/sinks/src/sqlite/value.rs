//! Values as SQLite takes them.

use definition::model::FieldType;
use engine::batch::{Batch, Cell};
use engine::json::unescape;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use std::borrow::Cow;

/// The type that a column is declared with.
pub(super) fn declared(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Integer => "INTEGER",
        FieldType::Number => "REAL",
        FieldType::Boolean => "BOOLEAN",
        FieldType::String
        | FieldType::Decimal
        | FieldType::Date
        | FieldType::Datetime
        | FieldType::Time
        | FieldType::Json
        | FieldType::Array
        | FieldType::Object => "TEXT",
    }
}

/// How a column takes truth values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    /// As words.
    Text,
    /// As 0 and 1.
    Other,
}

impl Declared {
    /// Of a column that is declared `declared`.
    pub(super) fn of(declared: &str) -> Self {
        if declared == "TEXT" { Self::Text } else { Self::Other }
    }
}

/// A value on its way into a statement. Text is borrowed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bound<'a> {
    Null,
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Float(value) => ValueRef::Real(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl<'a> Bound<'a> {
    /// A value of a column.
    pub(super) fn of(batch: &'a Batch, cell: Cell, declared: Declared) -> Self {
        match cell {
            Cell::Null => Self::Null,
            // In a column of text a truth value is the word: 0 and 1 would be lost among other numbers.
            Cell::Bool(value) if declared == Declared::Text => {
                Self::Text(if value { "true".into() } else { "false".into() })
            }
            Cell::Bool(value) => Self::Int(i64::from(value)),
            Cell::Int(value) => Self::Int(value),
            Cell::Float(value) => Self::Float(value),
            Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => Self::Text(batch.text(span).into()),
        }
    }

    /// A value of a column without a type: what JSON says it is, with every digit. Arrays and objects are their text.
    pub(super) fn of_json(json: &'a str) -> Self {
        match json.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't') => Self::Int(1),
            Some(b'f') => Self::Int(0),
            Some(b'"') => Self::Text(json.get(1..json.len() - 1).map_or(Cow::Borrowed(json), unescape)),
            Some(b'[' | b'{') => Self::Text(json.into()),
            _ => number(json),
        }
    }
}

/// A number as itself where nothing of it is lost, else as its digits.
fn number(digits: &str) -> Bound<'_> {
    if let Ok(whole) = digits.parse::<i64>() {
        return Bound::Int(whole);
    }
    match digits.parse::<f64>() {
        Ok(float) if is_short(digits) || float.to_string() == digits => Bound::Float(float),
        _ => Bound::Text(digits.into()),
    }
}

/// Whether a number is so short that a float holds it as it is written: up to fifteen digits, no exponent, no nought
/// that could be left out.
fn is_short(digits: &str) -> bool {
    let Some((whole, fraction)) = digits.strip_prefix('-').unwrap_or(digits).split_once('.') else { return false };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let lean = !fraction.ends_with('0') && (whole.len() == 1 || !whole.starts_with('0'));
    whole.len() + fraction.len() <= 15 && plain(whole) && plain(fraction) && lean
}

#[cfg(test)]
mod tests {
    use super::{Bound, is_short, number};
    use proptest::prelude::{prop_assert, proptest};

    #[test]
    fn json_values_keep_every_digit() {
        let table = [
            ("null", Bound::Null),
            ("true", Bound::Int(1)),
            ("9223372036854775807", Bound::Int(i64::MAX)),
            ("9223372036854775808", Bound::Text("9223372036854775808".into())),
            ("0.5", Bound::Float(0.5)),
            ("1.10", Bound::Text("1.10".into())),
            (r#""a\nb""#, Bound::Text("a\nb".into())),
            ("[1, 2]", Bound::Text("[1, 2]".into())),
        ];
        for (json, bound) in table {
            assert_eq!(Bound::of_json(json), bound, "{json}");
        }
    }

    proptest! {
        #[test]
        fn short_numbers_read_back_as_they_were_written(digits in "-?(0|[1-9][0-9]{0,7})\\.[0-9]{1,8}") {
            if is_short(&digits) {
                prop_assert!(digits.parse::<f64>().unwrap().to_string() == digits);
            }
            prop_assert!(matches!(number(&digits), Bound::Float(_) | Bound::Text(_)));
        }
    }
}
