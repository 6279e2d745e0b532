//! XML as objects: attributes as `@name`, text as `#text`, repeated elements as arrays. Prefixes stay in the names.
//!
//! Entities of a document's own are not expanded, so none can grow; they stay as they are written.

use super::fault::{broken, cut, shown};
use crate::json::MAX_DEPTH;
use crate::json::trie::Walk;
use definition::Problem;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Elements that are lists, also where there is only one of them, or none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    list: bool,
    inner: BTreeMap<String, Lists>,
}

impl Lists {
    /// Says that the place itself is a list.
    pub(crate) fn set(&mut self) {
        self.list = true;
    }

    /// Learns from a path: what stands before a `[*]` or `[0]` is a list.
    pub(crate) fn learn(&mut self, path: &[Walk]) -> &mut Self {
        let mut at = self;
        for step in path {
            match step {
                Walk::Key(name) => at = at.inner.entry(name.clone()).or_default(),
                Walk::Every | Walk::Index(_) => at.list = true,
            }
        }
        at
    }
}

/// Reads XML. It is held until it is whole.
#[derive(Debug, Default)]
pub(super) struct Xml {
    text: Vec<u8>,
}

struct Element<'a> {
    name: String,
    members: Map<String, Value>,
    text: String,
    lists: Option<&'a Lists>,
}

impl Xml {
    pub(super) fn feed(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    pub(super) fn finish(&mut self, lists: &Lists, out: &mut Vec<u8>) -> Result<(), Problem> {
        let bytes = std::mem::take(&mut self.text);
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return Err(super::not_utf8());
        };
        if !text.trim_start().starts_with('<') {
            if text.trim().is_empty() {
                return Err(cut("The answer is empty; XML was expected."));
            }
            let message = format!("The answer is not XML. It starts: {}", shown(&bytes));
            return Err(broken("not_xml", message).hint("Check the address and the stream's `decode`."));
        }
        let value = read(text, lists)?;
        serde_json::to_writer(out, &value).map_err(|error| broken("not_xml", error.to_string()))
    }
}

fn read(text: &str, lists: &Lists) -> Result<Value, Problem> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let root = Element { name: String::new(), members: Map::new(), text: String::new(), lists: Some(lists) };
    let mut open = vec![root];
    loop {
        let position = reader.buffer_position();
        let event = reader.read_event().map_err(|error| wrong(&error, text, position))?;
        let depth = open.len();
        let Some(at) = open.last_mut() else { break };
        match event {
            Event::Start(_) if depth > MAX_DEPTH => {
                let message = format!("The answer nests more than {MAX_DEPTH} elements deep.");
                return Err(broken("too_deep", message));
            }
            Event::Start(start) => {
                let element = begin(&start, at.lists);
                open.push(element);
            }
            Event::End(_) if depth > 1 => {
                let done = open.pop();
                if let (Some(done), Some(outer)) = (done, open.last_mut()) {
                    close(done, outer);
                }
            }
            Event::Text(part) => at.text.push_str(&part.xml10_content()),
            Event::CData(part) => at.text.push_str(&part.into_inner()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => at.text.push(character),
                _ => entity(&reference.into_inner(), &mut at.text),
            },
            Event::Eof => break,
            Event::End(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) | Event::Empty(_) => {
            }
        }
    }
    match open.len() {
        1 => Ok(open.pop().map_or(Value::Null, |root| Value::Object(root.members))),
        _ => Err(half(open.last().map_or("", |element| &element.name))),
    }
}

fn begin<'a>(start: &BytesStart<'_>, lists: Option<&'a Lists>) -> Element<'a> {
    let name = start.name().as_ref().to_owned();
    let mut members = Map::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = format!("@{}", attribute.key.as_ref());
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
        members.insert(key, Value::String(value));
    }
    let lists = lists.and_then(|lists| lists.inner.get(&name));
    Element { name, members, text: String::new(), lists }
}

/// Puts an element that is whole into the one around it.
fn close(mut done: Element<'_>, outer: &mut Element<'_>) {
    for (name, lists) in done.lists.iter().flat_map(|lists| &lists.inner) {
        if lists.list && !done.members.contains_key(name) && !name.starts_with(['@', '#']) {
            done.members.insert(name.clone(), Value::Array(Vec::new()));
        }
    }
    let text = done.text.trim();
    let value = match (done.members.is_empty(), text.is_empty()) {
        (true, true) => Value::Null,
        (true, false) => Value::String(text.to_owned()),
        (false, empty) => {
            if !empty {
                done.members.insert("#text".to_owned(), Value::String(text.to_owned()));
            }
            Value::Object(done.members)
        }
    };
    let list = done.lists.is_some_and(|lists| lists.list);
    match outer.members.get_mut(&done.name) {
        Some(Value::Array(items)) => items.push(value),
        Some(before) => {
            let first = before.take();
            *before = Value::Array(vec![first, value]);
        }
        None => {
            let value = if list { Value::Array(vec![value]) } else { value };
            outer.members.insert(done.name, value);
        }
    }
}

/// The five entities of XML itself. Any other stays as it is written.
fn entity(name: &str, out: &mut String) {
    match name {
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "amp" => out.push('&'),
        "quot" => out.push('"'),
        "apos" => out.push('\''),
        other => {
            out.push('&');
            out.push_str(other);
            out.push(';');
        }
    }
}

fn half(name: &str) -> Problem {
    cut(format!("The answer stops in the middle of its XML: <{name}> is not closed."))
}

fn wrong(error: &Error, text: &str, position: u64) -> Problem {
    if matches!(error, Error::Syntax(_)) {
        // A syntax error of this library is markup that does not end.
        return cut("The answer stops in the middle of its XML.").detail(error.to_string());
    }
    let at = usize::try_from(position).unwrap_or(text.len()).min(text.len());
    let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    broken("not_xml", format!("The answer is not XML (line {line}). It starts: {}", shown(text.as_bytes())))
        .hint("Check the address and the stream's `decode`.")
        .detail(error.to_string())
}
