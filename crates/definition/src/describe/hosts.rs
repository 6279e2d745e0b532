//! The hosts that a connector calls, as its definition writes them.

use crate::model::Definition;
use serde_json::Value;

/// The hosts, in the order in which they stand, each once.
pub(super) fn of(definition: &Definition) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(http) = &definition.http {
        add(&mut found, http.base_url.as_str());
        for host in &http.hosts {
            note(&mut found, host.as_str().to_owned());
        }
        urls(&mut found, &serde_json::json!(http.auth));
    }
    for stream in &definition.streams {
        urls(&mut found, &serde_json::json!([stream.source, stream.request, stream.job]));
    }
    urls(&mut found, &serde_json::json!([definition.actions, definition.check, definition.hooks]));
    found
}

/// Every address among the values.
fn urls(found: &mut Vec<String>, value: &Value) {
    match value {
        Value::String(text) => add(found, text),
        Value::Array(items) => items.iter().for_each(|item| urls(found, item)),
        Value::Object(members) => members.values().for_each(|member| urls(found, member)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The host of an address, where a text is one.
fn add(found: &mut Vec<String>, text: &str) {
    let Some((scheme, rest)) = text.split_once("://") else { return };
    if !scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+') || scheme.is_empty() {
        return;
    }
    note(found, host(rest));
}

/// What stands before the path; a slash inside an expression ends nothing.
fn host(rest: &str) -> String {
    let (mut end, mut depth) = (rest.len(), 0_i32);
    for (place, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '/' | '?' | '#' if depth == 0 => {
                end = place;
                break;
            }
            _ => {}
        }
    }
    let authority = &rest[..end];
    authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_owned()
}

fn note(found: &mut Vec<String>, host: String) {
    if !host.is_empty() && !found.contains(&host) {
        found.push(host);
    }
}
