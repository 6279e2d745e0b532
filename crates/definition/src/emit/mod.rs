//! Stable text: a definition as YAML. Fixed key order, defaults left out, small things on one line.

mod flow;
mod scalar;

use crate::Definition;
use crate::schema::SCHEMA_ID;
use scalar::{block_text, key_text, scalar_text};
use serde_json::{Map, Value};

/// The widest line that a small mapping or list is written on, in characters.
const WIDTH: usize = 100;
/// The most values that a mapping on one line may hold, where it is the value of a key.
const FLOW_LEAVES: usize = 6;
/// The lists whose items each have their own line.
const LISTS: [&str; 9] =
    ["config", "streams", "actions", "webhooks", "hooks", "destinations", "fields", "params", "responses"];

/// The stable text of a definition, its schema named in the first line. Reading it gives the same definition.
pub fn to_yaml(definition: &Definition) -> String {
    let mut out = format!("# yaml-language-server: $schema={SCHEMA_ID}\n");
    let Ok(Value::Object(map)) = serde_json::to_value(definition) else { return out };
    for (key, value) in &map {
        if matches!(value, Value::Object(_) | Value::Array(_)) {
            out.push('\n');
        }
        let spaced = matches!(key.as_str(), "streams" | "actions" | "webhooks" | "destinations");
        match value {
            Value::Array(items) if spaced && !items.is_empty() => {
                out.push_str(&format!("{key}:\n"));
                let blocks: Vec<String> = items.iter().map(|item| item_text(item, 2, false)).collect();
                out.push_str(&blocks.join("\n"));
            }
            _ => entry(&mut out, key, value, 0, key != "http"),
        }
    }
    out
}

/// One `key: value` as it stands in a block of so much indent, with its line break.
pub(crate) fn entry_text(key: &str, value: &Value, indent: usize) -> String {
    let mut out = String::new();
    entry(&mut out, key, value, indent, key != "http");
    out
}

/// A value on one line, where it can stand on one: in a list or mapping of one line where `inside`.
pub(crate) fn flow_text(value: &Value, inside: bool) -> Option<String> {
    match value {
        Value::Object(_) | Value::Array(_) if small(value) => flow::of(value),
        Value::Object(_) | Value::Array(_) => None,
        Value::String(text) if text.contains('\n') => None,
        other => Some(scalar_text(other, inside)),
    }
}

/// One `key: value` of a mapping in block style.
fn entry(out: &mut String, key: &str, value: &Value, indent: usize, may_flow: bool) {
    let pad = " ".repeat(indent);
    let name = key_text(key);
    // A key of over a thousand characters must be announced.
    let long = name.len() > 500;
    let head = if long { format!("{pad}? {name}\n{pad}:") } else { format!("{pad}{name}:") };
    out.push_str(&head);
    if let Value::String(text) = value
        && let Some(block) = block_text(text, indent + 2)
    {
        out.push_str(&block);
        return;
    }
    let used = if long { indent + 1 } else { head.chars().count() };
    let flow = match value {
        Value::Object(_) | Value::Array(_) => {
            let room = WIDTH.checked_sub(used + 1).filter(|_| may_flow && !LISTS.contains(&key) && small(value));
            room.and_then(|room| flow::within(value, room))
        }
        _ => flow::of(value),
    };
    match flow {
        Some(flow) => out.push_str(&format!(" {flow}\n")),
        None => nested(out, value, indent),
    }
}

/// Whether a value holds few enough others to stand on one line.
fn small(value: &Value) -> bool {
    match value {
        Value::Object(_) => flow::leaves(value) <= FLOW_LEAVES,
        Value::Array(items) => !items.iter().any(Value::is_object) || flow::leaves(value) <= FLOW_LEAVES,
        _ => true,
    }
}

/// What stands below a key.
fn nested(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            block(out, map, indent + 2);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                out.push_str(&item_text(item, indent + 2, true));
            }
        }
        Value::Object(_) => out.push_str(" {}\n"),
        Value::Array(_) => out.push_str(" []\n"),
        other => out.push_str(&format!(" {}\n", scalar_text(other, false))),
    }
}

fn block(out: &mut String, map: &Map<String, Value>, indent: usize) {
    for (key, value) in map {
        entry(out, key, value, indent, true);
    }
}

/// One item of a list in block style, with its dash.
pub(crate) fn item_text(item: &Value, indent: usize, may_flow: bool) -> String {
    let pad = " ".repeat(indent);
    if let Value::String(text) = item
        && let Some(block) = block_text(text, indent + 2)
    {
        return format!("{pad}-{block}");
    }
    let room = WIDTH.checked_sub(indent + 2).filter(|_| may_flow);
    let flow = room.and_then(|room| flow::within(item, room));
    let mut body = String::new();
    match (flow, item) {
        (Some(flow), _) => return format!("{pad}- {flow}\n"),
        (None, Value::Object(map)) if !map.is_empty() => block(&mut body, map, indent + 2),
        (None, Value::Array(items)) if !items.is_empty() => {
            for item in items {
                body.push_str(&item_text(item, indent + 2, true));
            }
        }
        (None, other) => {
            let text = flow::of(other).unwrap_or_else(|| scalar_text(other, false));
            return format!("{pad}- {text}\n");
        }
    }
    // The first line of what is nested stands behind the dash.
    format!("{pad}- {}", body.get(indent + 2..).unwrap_or(""))
}
