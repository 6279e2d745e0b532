//! Nested sections: titles become headings by their depth.

use super::blocks::Reader;
use super::html;
use super::inline::Run;
use super::write::Block;
use crate::json::MAX_DEPTH;
use serde_json::{Map, Value};

const TITLES: &[&str] = &["title", "heading", "header", "name", "label"];
const BODIES: &[&str] = &["body", "text", "html", "content", "description", "summary"];
const CHILDREN: &[&str] =
    &["sections", "children", "subsections", "items", "articles", "content", "parts", "chapters", "pages"];

/// The blocks of a section, or of a list of them.
pub(super) fn blocks(value: &Value, reader: &Reader<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    add(value, reader, 1, &mut out);
    out
}

fn add(value: &Value, reader: &Reader<'_>, depth: usize, out: &mut Vec<Block>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| add(one, reader, depth, out)),
        Value::Object(own) if depth <= MAX_DEPTH => section(own, reader, depth, out),
        Value::String(text) => out.extend(body(text, false)),
        _ => {}
    }
}

fn section(own: &Map<String, Value>, reader: &Reader<'_>, depth: usize, out: &mut Vec<Block>) {
    let title = TITLES.iter().find_map(|name| own.get(*name)?.as_str()).filter(|title| !title.trim().is_empty());
    if let Some(title) = title {
        out.push(Block::Heading(depth.min(6) as u8, vec![Run::plain(title)]));
    }
    let children = children(own, reader.children);
    for name in BODIES.iter().filter(|name| children.is_none_or(|(child, _)| child != **name)) {
        match own.get(*name) {
            Some(Value::String(text)) => out.extend(body(text, *name == "html")),
            // A body may be content of blocks.
            Some(inner @ (Value::Array(_) | Value::Object(_))) => out.extend(reader.blocks(inner)),
            _ => {}
        }
    }
    if let Some((_, under)) = children {
        // Without a title there is no level to go down from.
        add(under, reader, depth + usize::from(title.is_some()), out);
    }
}

/// The member that holds the sections under one. A `content` of blocks is a body.
fn children<'v>(own: &'v Map<String, Value>, named: Option<&'v str>) -> Option<(&'v str, &'v Value)> {
    let titled = |value: &Value| {
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        all.iter()
            .any(|one| TITLES.iter().chain(BODIES).any(|name| one.get(*name).is_some()) && one.get("type").is_none())
    };
    if let Some(name) = named {
        return own.get(name).map(|value| (name, value));
    }
    let found = CHILDREN.iter().find(|name| own.get(**name).is_some_and(|value| value.is_array() && titled(value)));
    found.and_then(|name| Some((*name, own.get(*name)?)))
}

/// A text: HTML where it is some, else a paragraph for each part between empty lines.
fn body(text: &str, is_html: bool) -> Vec<Block> {
    if is_html || looks_like_html(text) {
        return html::blocks(text);
    }
    let text = text.replace("\r\n", "\n");
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts.map(|part| Block::Paragraph(vec![Run::plain(part.trim())])).collect()
}

/// Whether a text has an element that is closed, or begins with one.
fn looks_like_html(text: &str) -> bool {
    let name = |rest: &str| rest.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let closed = text.split("</").skip(1).any(|rest| name(rest) && rest.contains('>'));
    let begun = text.trim_start().strip_prefix('<').is_some_and(|rest| name(rest) && rest.contains('>'));
    closed || begun || text.contains("<br>") || text.contains("<br/>")
}
