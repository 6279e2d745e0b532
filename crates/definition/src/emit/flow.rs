//! Values on one line: `{query: page}`, `[trim, lower]`.

use super::scalar::{key_text, scalar_text};
use serde_json::Value;

/// A value on one line; nothing where a text in it has several lines of its own.
pub(super) fn of(value: &Value) -> Option<String> {
    within(value, usize::MAX)
}

/// The same where it has at most so many characters: what is too wide is not written to its end. A plain value may be as
/// long as it likes.
pub(super) fn within(value: &Value, most: usize) -> Option<String> {
    let most = if matches!(value, Value::Object(_) | Value::Array(_)) { most } else { usize::MAX };
    let mut line = Line { text: String::new(), used: 0, most };
    line.value(value, false).then_some(line.text)
}

/// A line that is being written.
struct Line {
    text: String,
    /// Its characters so far.
    used: usize,
    most: usize,
}

impl Line {
    /// Adds text. Whether there was room.
    fn push(&mut self, text: &str) -> bool {
        self.text.push_str(text);
        if self.most < usize::MAX {
            self.used += text.chars().count();
        }
        self.used <= self.most
    }

    fn value(&mut self, value: &Value, inside: bool) -> bool {
        match value {
            Value::Object(map) => {
                let all = map.iter().enumerate().all(|(place, (key, value))| {
                    let joint = if place == 0 { "{" } else { ", " };
                    key.len() <= 200
                        && self.push(joint)
                        && self.push(&key_text(key))
                        && self.push(": ")
                        && self.value(value, true)
                });
                all && self.push(if map.is_empty() { "{}" } else { "}" })
            }
            Value::Array(items) => {
                let mut all = items.iter().enumerate();
                all.all(|(place, item)| self.push(if place == 0 { "[" } else { ", " }) && self.value(item, true))
                    && self.push(if items.is_empty() { "[]" } else { "]" })
            }
            Value::String(text) if inside && text.contains('\n') => false,
            other => self.push(&scalar_text(other, inside)),
        }
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
