//! From text to a tree, and from the tree back to the text.

use super::scan::{MAX_DEPTH, Scanner, items_at, members_at, unescape};
use serde_json::{Number, Value};
use std::collections::HashMap;
use std::ops::Range;

/// The tree of a JSON text. Kinder than `serde_json`: half a surrogate pair becomes U+FFFD, and a number beyond a
/// float's range its digits as text. `None`: not JSON, or nested deeper than 128.
pub fn to_value(json: &str) -> Option<Value> {
    match serde_json::from_str(json) {
        Ok(value) => Some(value),
        Err(error) if error.is_eof() => None,
        Err(_) => {
            serde_json::from_str::<serde::de::IgnoredAny>(json).ok()?;
            build(json, &mut Scanner::new(json), 0)
        }
    }
}

fn build(text: &str, scanner: &mut Scanner<'_>, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    let child = |range: Range<usize>| build(text, &mut Scanner::at(text, range.start), depth + 1);
    match scanner.peek()? {
        b'{' => members_at(scanner)?
            .into_iter()
            .map(|(name, range)| Some((name.into_owned(), child(range)?)))
            .collect::<Option<serde_json::Map<_, _>>>()
            .map(Value::Object),
        b'[' => items_at(scanner)?.into_iter().map(child).collect::<Option<_>>().map(Value::Array),
        b'"' => Some(Value::String(unescape(scanner.string()?).into_owned())),
        _ => Some(word(text.get(scanner.skip()?)?)),
    }
}

fn word(text: &str) -> Value {
    match text {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        digits => text.parse::<Number>().map_or_else(|_| Value::String(digits.to_owned()), Value::Number),
    }
}

/// The places in the text of some nodes of its tree, in the order of `nodes`.
pub fn locate(text: &str, root: &Value, nodes: &[&Value]) -> Vec<Range<usize>> {
    let wanted = nodes.iter().map(|node| (address(node), None)).collect();
    let mut places = Places { text, wanted };
    places.visit(root, 0..text.len());
    nodes.iter().filter_map(|node| places.wanted.get(&address(node)).cloned().flatten()).collect()
}

fn address(node: &Value) -> usize {
    std::ptr::from_ref(node) as usize
}

struct Places<'a> {
    text: &'a str,
    wanted: HashMap<usize, Option<Range<usize>>>,
}

impl Places<'_> {
    fn visit(&mut self, node: &Value, range: Range<usize>) -> Option<()> {
        let mut scanner = Scanner::at(self.text, range.start);
        if let Some(place) = self.wanted.get_mut(&address(node)) {
            *place = scanner.clone().skip();
        }
        match node {
            Value::Array(children) => {
                for (child, range) in children.iter().zip(items_at(&mut scanner)?) {
                    self.visit(child, range);
                }
            }
            Value::Object(children) => {
                for (name, range) in members_at(&mut scanner)? {
                    if let Some(child) = children.get(&*name) {
                        self.visit(child, range);
                    }
                }
            }
            _ => {}
        }
        Some(())
    }
}
