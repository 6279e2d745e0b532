//! An object's text under change.

use crate::json::{Scanner, items_at, members, unescape};
use serde_json::Value;
use std::borrow::Cow;

/// Writes an object member by member.
pub(super) struct Object(String);

impl Object {
    pub fn new(capacity: usize) -> Self {
        let mut out = String::with_capacity(capacity);
        out.push('{');
        Self(out)
    }

    /// Adds a member; the value is JSON text.
    pub fn member(&mut self, name: &str, value: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&Value::from(name).to_string());
        self.0.push(':');
        self.0.push_str(value);
    }

    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// An object's members, each name once.
pub(super) fn entries(object: &str) -> Vec<(Cow<'_, str>, &str)> {
    let all = members(object).unwrap_or_default();
    all.into_iter().filter_map(|(name, range)| Some((name, object.get(range)?))).collect()
}

/// An array's items.
pub(super) fn items(array: &str) -> Vec<&str> {
    let all = items_at(&mut Scanner::new(array)).unwrap_or_default();
    all.into_iter().filter_map(|range| array.get(range)).collect()
}

/// Puts members into an object: in the place of those that have the name, or behind all others. What is no object
/// becomes one first, with the member `value`.
pub(super) fn put(record: &str, added: &[(&str, String)]) -> String {
    let mut out;
    if !record.starts_with('{') {
        out = Object::new(record.len() + 64);
        if !added.iter().any(|(name, _)| *name == "value") {
            out.member("value", record);
        }
        added.iter().for_each(|(name, value)| out.member(name, value));
        return out.end();
    }
    if let Some(inside) = without_any(record, added) {
        // Mostly a name is new: the record is copied as it is.
        out = Object(String::with_capacity(record.len() + 64 * added.len()));
        out.0.push_str(inside);
        let bare = inside.len() == 1;
        for (place, (name, value)) in added.iter().enumerate() {
            out.0.push_str(if place == 0 && bare { "" } else { "," });
            out.0.push_str(&format!("{}:{value}", Value::from(*name)));
        }
        return out.end();
    }
    out = Object::new(record.len() + 64 * added.len());
    let old = entries(record);
    for (name, value) in &old {
        let new = added.iter().find(|(added, _)| added == name);
        out.member(name, new.map_or(value, |(_, value)| value));
    }
    for (name, value) in added.iter().filter(|(name, _)| !old.iter().any(|(have, _)| have == name)) {
        out.member(name, value);
    }
    out.end()
}

/// The record up to its closing brace, where it has none of the names.
fn without_any<'r>(record: &'r str, added: &[(&str, String)]) -> Option<&'r str> {
    let mut scanner = Scanner::new(record);
    scanner.enter(b'{');
    while scanner.peek()? != b'}' {
        let name = unescape(scanner.name()?);
        if added.iter().any(|(added, _)| *added == name) {
            return None;
        }
        scanner.skip()?;
        if !scanner.eat(b',') && scanner.peek()? != b'}' {
            return None;
        }
    }
    Some(record.get(..scanner.at)?.trim_end())
}

/// Copies a JSON text; each value whose place (its start) is among `places` goes through `change`, which gives new
/// text, or `None` to leave the member or item out. Places are sorted.
pub(super) fn edit(json: &str, places: &[usize], change: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(json.len());
    copy(json, json.len() - json.trim_start().len(), places, change, &mut out).then_some(out)
}

/// Copies the value at a place; false where it is left out.
fn copy(
    json: &str,
    at: usize,
    places: &[usize],
    change: &mut dyn FnMut(&str) -> Option<String>,
    out: &mut String,
) -> bool {
    let Some(range) = Scanner::at(json, at).skip() else { return false };
    let text = json.get(range.clone()).unwrap_or_default();
    if places.binary_search(&range.start).is_ok() {
        let changed = change(text);
        out.push_str(changed.as_deref().unwrap_or_default());
        return changed.is_some();
    }
    let inside = places.partition_point(|place| *place < range.start);
    if places.get(inside).is_none_or(|place| *place >= range.end) {
        out.push_str(text);
        return true;
    }
    let object = text.starts_with('{');
    out.push(if object { '{' } else { '[' });
    let first = out.len();
    for (name, child) in children(text) {
        let mark = out.len();
        if mark > first {
            out.push(',');
        }
        if let Some(name) = name {
            out.push_str(&format!("{}:", Value::from(name)));
        }
        if !copy(json, range.start + child, places, change, out) {
            out.truncate(mark);
        }
    }
    out.push(if object { '}' } else { ']' });
    true
}

/// The names and the starts of what stands in an object or an array.
fn children(text: &str) -> Vec<(Option<Cow<'_, str>>, usize)> {
    if text.starts_with('{') {
        let all = members(text).unwrap_or_default();
        return all.into_iter().map(|(name, range)| (Some(name), range.start)).collect();
    }
    let all = items_at(&mut Scanner::new(text)).unwrap_or_default();
    all.into_iter().map(|range| (None, range.start)).collect()
}
