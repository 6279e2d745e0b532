//! What stands between a column's value and its JSON, for all databases.

use crate::sql::Column;
use serde_json::Value;

/// What a person should know of rows: a column whose values were not what they seem.
#[derive(Debug, Default)]
pub(crate) struct Notes(pub Vec<String>);

impl Notes {
    /// Notes once.
    pub fn add(&mut self, column: &Column, what: &str) {
        let note = format!("`{}` {what}", column.name);
        if !self.0.contains(&note) {
            self.0.push(note);
        }
    }
}

/// A JSON scalar's text as a token keeps it: a number as its digits.
pub(crate) fn token(json: &[u8]) -> Value {
    let text = std::str::from_utf8(json).unwrap_or("null");
    match text.as_bytes().first() {
        Some(b'"') => serde_json::from_str(text).unwrap_or(Value::Null),
        Some(b'n') | None => Value::Null,
        _ => Value::from(text),
    }
}

/// A token's or a cursor's value as text.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hexadecimal digits as bytes.
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    digits.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}
