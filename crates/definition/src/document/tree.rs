//! A text's mappings and lists with the places of their parts, so that one can be written anew and the rest stays.

use serde_saphyr::granit_parser::{Event, Parser, Span};
use std::ops::Range;

/// A part of a text.
#[derive(Debug)]
pub(super) struct Node {
    /// Its place, in bytes. A block's ends with its last part.
    pub range: Range<usize>,
    pub kind: Kind,
}

/// What a part is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A mapping; `flow`: on one line, in braces.
    Map { entries: Vec<Entry>, flow: bool },
    /// A list; `flow`: on one line, in brackets.
    List { items: Vec<Node>, flow: bool },
    /// Anything else.
    Leaf,
}

/// One `key: value`.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    /// Where the key starts.
    pub at: usize,
    pub value: Node,
}

enum Open {
    Map { start: usize, flow: bool, entries: Vec<Entry>, key: Option<(String, usize)> },
    List { start: usize, flow: bool, items: Vec<Node> },
}

/// The tree of a text that reads well. `None` where it does not, or where places are not known.
pub(super) fn tree(text: &str) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let done = match event {
            Event::Scalar(value, ..) => {
                if let Some(Open::Map { key: key @ None, .. }) = open.last_mut() {
                    *key = Some((value.into_owned(), span.start.byte_offset()?));
                    continue;
                }
                leaf(text, &span)?
            }
            Event::Alias(_) => leaf(text, &span)?,
            Event::MappingStart(..) => {
                let start = span.start.byte_offset()?;
                let flow = text.get(start..)?.starts_with('{');
                open.push(Open::Map { start, flow, entries: Vec::new(), key: None });
                continue;
            }
            Event::SequenceStart(..) => {
                let start = span.start.byte_offset()?;
                let flow = text.get(start..)?.starts_with('[');
                open.push(Open::List { start, flow, items: Vec::new() });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => close(open.pop()?, &span)?,
            _ => continue,
        };
        match open.last_mut() {
            None => return Some(done),
            Some(Open::List { items, .. }) => items.push(done),
            Some(Open::Map { entries, key, .. }) => {
                let (key, at) = key.take()?;
                entries.push(Entry { key, at, value: done });
            }
        }
    }
    None
}

fn leaf(text: &str, span: &Span) -> Option<Node> {
    let (start, end) = (span.start.byte_offset()?, span.end.byte_offset()?);
    // A block's text ends with its last line, not with the next thing.
    let end = start + text.get(start..end)?.trim_end().len();
    Some(Node { range: start..end, kind: Kind::Leaf })
}

fn close(open: Open, span: &Span) -> Option<Node> {
    let end = span.end.byte_offset()?;
    Some(match open {
        Open::Map { start, flow, entries, .. } => {
            let last = entries.last().map_or(end, |entry| entry.value.range.end.max(entry.at + entry.key.len()));
            Node { range: start..if flow { end } else { last }, kind: Kind::Map { entries, flow } }
        }
        Open::List { start, flow, items } => {
            let last = items.last().map_or(end, |item| item.range.end);
            Node { range: start..if flow { end } else { last }, kind: Kind::List { items, flow } }
        }
    })
}
