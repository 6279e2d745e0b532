//! Another definition in the same text: only the lines of what changed are written anew. Comments, the order of keys,
//! quotes and keys that this version does not know stay.

use super::tree::{Entry, Kind, Node, tree};
use crate::emit::{entry_text, flow_text, item_text};
use serde_json::{Map, Value};
use std::ops::Range;

/// A place and what stands there instead.
type Edit = (Range<usize>, String);

/// The text with what differs between two values written into it. `None` where it can't be told how.
pub(super) fn patch(text: &str, old: &Value, new: &Value) -> Option<String> {
    let root = tree(text)?;
    let mut edits = Vec::new();
    let patcher = Patcher { text };
    patcher.node(&root, old, new, &mut edits).then(|| apply(text, 0..text.len(), edits))
}

/// A part of a text with edits of it.
fn apply(text: &str, part: Range<usize>, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(part.len() + 64);
    let mut at = part.start;
    for (range, with) in edits {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&with);
        at = range.end.max(at);
    }
    out.push_str(text.get(at..part.end).unwrap_or_default());
    out
}

struct Patcher<'a> {
    text: &'a str,
}

impl Patcher<'_> {
    /// Edits a part. Whether it could: else the caller writes what holds it anew.
    fn node(&self, node: &Node, old: &Value, new: &Value, edits: &mut Vec<Edit>) -> bool {
        if old == new {
            return true;
        }
        match (&node.kind, old, new) {
            (Kind::Map { entries, flow }, Value::Object(old), Value::Object(new)) => {
                self.map(entries, *flow, old, new, edits)
            }
            (Kind::List { items, flow }, Value::Array(old), Value::Array(new)) if items.len() == old.len() => {
                self.list(items, *flow, old, new, edits)
            }
            (Kind::Leaf, _, Value::Array(_) | Value::Object(_)) => false,
            (Kind::Leaf, ..) => self.inline(node, new, edits),
            _ => false,
        }
    }

    fn map(
        &self,
        entries: &[Entry],
        flow: bool,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        edits: &mut Vec<Edit>,
    ) -> bool {
        let find = |key: &str| entries.iter().find(|entry| entry.key == key);
        for key in old.keys().filter(|key| !new.contains_key(*key)) {
            let Some(entry) = find(key) else { continue };
            if flow || !self.remove(entry, edits) {
                return false;
            }
        }
        let mut before: Option<&Entry> = None;
        for (key, value) in new {
            match (find(key), old.get(key)) {
                (Some(entry), was) => {
                    if was.is_none_or(|was| was != value)
                        && !self.entry(entry, flow, was.unwrap_or(&Value::Null), value, edits)
                    {
                        return false;
                    }
                    before = Some(entry);
                }
                // It holds by itself, and still does.
                (None, Some(was)) if was == value => {}
                (None, _) => {
                    if flow || !self.insert(entries, before, key, value, edits) {
                        return false;
                    }
                }
            }
        }
        true
    }

    fn entry(&self, entry: &Entry, flow: bool, old: &Value, new: &Value, edits: &mut Vec<Edit>) -> bool {
        let kept = edits.len();
        if self.node(&entry.value, old, new, edits) {
            return true;
        }
        edits.truncate(kept);
        if self.inline(&entry.value, new, edits) {
            return true;
        }
        if flow {
            return false;
        }
        let column = self.column(entry.at);
        let text = entry_text(&entry.key, new, column);
        let from = entry.at;
        let end = self.line_end(entry.value.range.end.max(from));
        edits.push((from..end, text.get(column..).unwrap_or_default().to_owned()));
        true
    }

    /// A value of one line, written on one line.
    fn inline(&self, node: &Node, new: &Value, edits: &mut Vec<Edit>) -> bool {
        let old = self.text.get(node.range.clone()).unwrap_or_default();
        let block = matches!(&node.kind, Kind::Map { flow: false, .. } | Kind::List { flow: false, .. });
        let announced = old.starts_with(['|', '>', '&', '!', '*']);
        let line = &self.text[self.line_start(node.range.start)..node.range.start];
        let inside = line.contains(['{', '[']);
        if block || announced || old.is_empty() || old.contains('\n') {
            return false;
        }
        let Some(text) = flow_text(new, inside) else { return false };
        if matches!(new, Value::Array(_) | Value::Object(_)) && line.chars().count() + text.chars().count() > 100 {
            return false;
        }
        edits.push((node.range.clone(), text));
        true
    }

    fn remove(&self, entry: &Entry, edits: &mut Vec<Edit>) -> bool {
        let start = self.line_start(entry.at);
        // The first key of a list's item stands behind its dash.
        if !self.text[start..entry.at].trim().is_empty() {
            return false;
        }
        edits.push((start..self.line_end(entry.value.range.end.max(entry.at)), String::new()));
        true
    }

    fn insert(
        &self,
        entries: &[Entry],
        before: Option<&Entry>,
        key: &str,
        value: &Value,
        edits: &mut Vec<Edit>,
    ) -> bool {
        let Some(after) = before.or(entries.first()) else { return false };
        let column = self.column(after.at);
        let text = entry_text(key, value, column);
        if before.is_none() {
            // Before the first: that may stand behind a dash.
            let rest = text.get(column..).unwrap_or_default().to_owned();
            edits.push((after.at..after.at, format!("{rest}{}", " ".repeat(column))));
            return true;
        }
        let end = self.line_end(after.value.range.end.max(after.at));
        let broken = !self.text[..end].ends_with('\n');
        edits.push((end..end, if broken { format!("\n{text}") } else { text }));
        true
    }

    fn list(&self, items: &[Node], flow: bool, old: &[Value], new: &[Value], edits: &mut Vec<Edit>) -> bool {
        let named = |items: &[Value]| items.iter().all(|item| item.get("name").is_some());
        if old.len() == new.len() && (flow || !moved(old, new)) {
            return items
                .iter()
                .zip(old.iter().zip(new))
                .all(|(node, (old, new))| self.item(node, flow, old, new, edits));
        }
        if flow || items.is_empty() || new.is_empty() {
            return false;
        }
        let Some(chunks) = self.chunks(items) else { return false };
        let mut used = vec![false; old.len()];
        let mut out = String::new();
        let column = self.dash(&items[0]).map_or(0, |dash| self.column(dash));
        for item in new {
            let same = |(at, was): &(usize, &Value)| {
                !used[*at] && if named(old) { was.get("name") == item.get("name") } else { *was == item }
            };
            let Some((at, was)) = old.iter().enumerate().find(same) else {
                out.push_str(&item_text(item, column, true));
                continue;
            };
            used[at] = true;
            let mut own = Vec::new();
            if !self.item(&items[at], false, was, item, &mut own) {
                return false;
            }
            out.push_str(&apply(self.text, chunks[at].clone(), own));
            if !out.ends_with('\n') {
                out.push('\n');
            }
        }
        let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else { return false };
        edits.push((first.start..last.end, out));
        true
    }

    /// One item; what can't be changed in place is written anew.
    fn item(&self, node: &Node, flow: bool, old: &Value, new: &Value, edits: &mut Vec<Edit>) -> bool {
        let kept = edits.len();
        if self.node(node, old, new, edits) {
            return true;
        }
        edits.truncate(kept);
        if self.inline(node, new, edits) {
            return true;
        }
        let Some(dash) = self.dash(node).filter(|_| !flow) else { return false };
        let column = self.column(dash);
        let text = item_text(new, column, true);
        edits.push((dash..self.line_end(node.range.end), text.get(column..).unwrap_or_default().to_owned()));
        true
    }

    /// The lines of each item, with the comments above it.
    fn chunks(&self, items: &[Node]) -> Option<Vec<Range<usize>>> {
        let mut chunks: Vec<Range<usize>> = Vec::new();
        for item in items {
            let own = self.line_start(self.dash(item)?);
            let from = chunks.last().map_or_else(|| self.remarks(own), |last: &Range<usize>| last.end.min(own));
            chunks.push(from..self.line_end(item.range.end));
        }
        Some(chunks)
    }

    /// Where the comments right above a line begin.
    fn remarks(&self, line: usize) -> usize {
        let mut from = line;
        while from > 0 {
            let above = self.line_start(from - 1);
            if !self.text[above..from].trim_start().starts_with('#') {
                break;
            }
            from = above;
        }
        from
    }

    /// Where the dash of an item stands, on the same line.
    fn dash(&self, item: &Node) -> Option<usize> {
        let start = self.line_start(item.range.start);
        let before = &self.text[start..item.range.start];
        let at = before.rfind('-')?;
        before[at + 1..].trim().is_empty().then_some(start + at)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Behind the line break that ends the line of a place.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// The column of a place, in characters.
    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }
}

/// Whether the same things stand in another order.
fn moved(old: &[Value], new: &[Value]) -> bool {
    let name = |item: &Value| item.get("name").cloned();
    let strange = old.iter().zip(new).any(|(old, new)| name(old) != name(new));
    strange
        && new.iter().filter(|item| old.iter().any(|was| name(was).is_some() && name(was) == name(item))).count()
            == new.len()
}
