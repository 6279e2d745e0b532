//! Values on one line: `{query: page}`, `[trim, lower]`.

use super::scalar::{key_text, scalar_text};
use serde_json::Value;

/// A value on one line; nothing where a text in it has several lines of its own.
pub(super) fn of(value: &Value) -> Option<String> {
    write(value, false)
}

fn write(value: &Value, inside: bool) -> Option<String> {
    match value {
        Value::Object(map) => {
            let entries: Option<Vec<String>> = map
                .iter()
                .map(|(key, value)| {
                    let short = key.len() <= 200;
                    write(value, true).filter(|_| short).map(|text| format!("{}: {text}", key_text(key)))
                })
                .collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| write(item, true)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::String(text) if inside && text.contains('\n') => None,
        other => Some(scalar_text(other, inside)),
    }
}

/// How many plain values are in a value.
pub(super) fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(map) => map.values().map(leaves).sum(),
        Value::Array(items) => items.iter().map(leaves).sum(),
        _ => 1,
    }
}
