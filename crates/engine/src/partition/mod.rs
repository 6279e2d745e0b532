//! The parts of a stream that are read by themselves: compiled, and found one after the other.
//!
//! One file a kind. Several multiply: for each value of the first, each of the second, and so on. The parts are found
//! while others are read; how many there are is never held.

mod list;
mod parent;
mod pick;
mod value;
mod walk;
mod window;

pub use pick::PartPick;
pub(crate) use value::Partition;
pub(crate) use walk::{Found, Walk, Walked};

use crate::expr::Expressions;
use definition::Fault;
use definition::model::{self, Inject, Stream};
use list::List;
use parent::Parent;
use std::collections::HashSet;
use window::Window;

/// A stream's compiled partitions. Empty: it is read as one.
#[derive(Debug, Default)]
pub(crate) struct Partitions {
    kinds: Vec<Kind>,
    /// The names behind `partition.` in the stream: what it uses of its parents' own partitions.
    used: HashSet<String>,
}

/// The kinds.
#[derive(Debug)]
enum Kind {
    List(List),
    Parent(Parent),
    Window(Window),
    /// Each file of a folder.
    Files,
}

impl Partitions {
    pub(crate) fn compile(stream: &Stream, field: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut kinds = Vec::new();
        for (index, partition) in stream.partitions.iter().enumerate() {
            let field = format!("{field}.partitions[{index}]");
            let kind = match partition {
                model::Partition::List(list) => List::compile(list, &field, expressions).map(Kind::List),
                model::Partition::Parent(parent) => Parent::compile(parent, &field).map(Kind::Parent),
                model::Partition::Window(window) => Window::compile(window, &field, expressions).map(Kind::Window),
            };
            kind.map(|kind| kinds.push(kind)).unwrap_or_else(|fault| faults.push(fault));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if matches!(stream.source, model::Source::Files(_)) {
            kinds.push(Kind::Files);
        }
        let used = if kinds.is_empty() { HashSet::new() } else { used(stream) };
        Ok(Self { kinds, used })
    }

    /// Whether the stream is read as one.
    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Whether only parents or files that changed are read.
    pub(crate) fn is_incremental(&self) -> bool {
        self.is_files() || self.kinds.iter().any(|kind| matches!(kind, Kind::Parent(parent) if parent.incremental))
    }

    /// Whether the parts are files.
    pub(crate) fn is_files(&self) -> bool {
        matches!(self.kinds.as_slice(), [Kind::Files])
    }

    /// What the parts of each kind are called by.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.kinds.iter().map(|kind| match kind {
            Kind::List(list) => list.name.as_str(),
            Kind::Parent(parent) => parent.name.as_str(),
            Kind::Window(window) => window.name.as_str(),
            Kind::Files => "file",
        })
    }

    /// The values that go into the request, and where.
    pub(crate) fn injected(&self) -> impl Iterator<Item = (&str, &Inject)> {
        self.kinds.iter().filter_map(|kind| match kind {
            Kind::List(list) => Some((list.name.as_str(), list.inject.as_ref()?)),
            Kind::Parent(parent) => Some((parent.name.as_str(), parent.inject.as_ref()?)),
            Kind::Window(_) | Kind::Files => None,
        })
    }
}

/// The names that stand behind `partition.` or in `partition['…']`, anywhere in a stream.
fn used(stream: &Stream) -> HashSet<String> {
    let text = serde_json::to_string(stream).unwrap_or_default();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let behind = text.match_indices("partition").filter_map(|(at, word)| {
        let rest = text.get(at + word.len()..)?;
        let rest = rest.strip_prefix('.').or_else(|| rest.strip_prefix("['")).or_else(|| rest.strip_prefix("[\\\""))?;
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        Some(rest[..end].to_owned())
    });
    behind.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::used;
    use definition::model::Stream;
    use serde_json::{from_value, json};

    #[test]
    fn the_names_that_a_stream_uses_are_found() {
        let stream: Stream = from_value(json!({
            "name": "c",
            "request": {"path": "/a/{{ partition.a_id }}/b", "query": {"x": "{{ partition['b id'] ~ partition[\"c\"] }}"}},
            "fields": [{"name": "d", "template": "{{ partition.parent.d | default('') }}"}],
        }))
        .unwrap();
        let mut names: Vec<_> = used(&stream).into_iter().collect();
        names.sort();
        assert_eq!(names, ["a_id", "b", "c", "parent"]);
    }
}
