//! Values as SQLite takes them.

use definition::model::FieldType;
use engine::batch::{Batch, Cell};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use serde_json::value::RawValue;
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
    /// A value of a column that is declared `declared`.
    pub(super) fn of(batch: &'a Batch, cell: Cell, declared: &str) -> Self {
        match cell {
            Cell::Null => Self::Null,
            // In a column of text a truth value is the word: 0 and 1 would be lost among other numbers.
            Cell::Bool(value) if declared == "TEXT" => Self::Text(if value { "true".into() } else { "false".into() }),
            Cell::Bool(value) => Self::Int(i64::from(value)),
            Cell::Int(value) => Self::Int(value),
            Cell::Float(value) => Self::Float(value),
            Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => Self::Text(batch.text(span).into()),
        }
    }

    /// A value of a column without a type: what JSON says it is, with every digit. Arrays and objects are their text.
    pub(super) fn of_json(value: &'a RawValue) -> Self {
        let json = value.get();
        match json.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't') => Self::Int(1),
            Some(b'f') => Self::Int(0),
            Some(b'"') => Self::Text(serde_json::from_str(json).map_or(Cow::Borrowed(json), Cow::Owned)),
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
        Ok(float) if float.to_string() == digits => Bound::Float(float),
        _ => Bound::Text(digits.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::Bound;
    use serde_json::value::RawValue;

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
            let raw: &RawValue = serde_json::from_str(json).unwrap();
            assert_eq!(Bound::of_json(raw), bound, "{json}");
        }
    }
}
