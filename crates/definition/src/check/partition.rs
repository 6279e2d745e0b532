//! `partitions`: the parts of a stream.

use super::Checker;
use super::template::SPAN;
use crate::model::{ParentPartition, Partition, Stream};
use crate::suggest::{closest, listed};
use std::collections::HashSet;

impl Checker<'_> {
    pub(super) fn partitions(&mut self, stream: &Stream) {
        let mut names = HashSet::new();
        self.each("partitions", &stream.partitions, |checker, partition| {
            let name = match partition {
                Partition::List(list) => &list.name,
                Partition::Parent(parent) => &parent.name,
                Partition::Window(window) => &window.name,
            };
            checker.at("as", |checker| checker.partition_name(name, !names.insert(name.clone())));
            checker.partition(stream, partition);
        });
    }

    fn partition_name(&mut self, name: &str, again: bool) {
        self.input_name(name);
        if name == "parent" {
            self.fault("bad_name", "`parent` is taken: it holds the further fields of the parents.");
        } else if again {
            self.fault("duplicate_name", format!("Two partitions are called `{name}`."));
        }
    }

    fn partition(&mut self, stream: &Stream, partition: &Partition) {
        match partition {
            Partition::List(list) => {
                if list.values.is_empty() == list.from.is_none() {
                    self.at("values", |checker| {
                        checker.fault("bad_values", "A list has either `values` or `from`.");
                    });
                }
                self.some("from", list.from.as_ref(), |checker, from| checker.template(from, SPAN));
                self.some("inject", list.inject.as_ref(), Checker::inject);
            }
            Partition::Parent(parent) => self.parent(stream, parent),
            Partition::Window(window) => {
                self.at("start", |checker| checker.template(&window.start, SPAN));
                self.some("end", window.end.as_ref(), |checker, end| checker.template(end, SPAN));
                self.at("step", |checker| checker.span(&window.step));
                self.some("granularity", window.granularity.as_ref(), Checker::span);
            }
        }
    }

    fn parent(&mut self, stream: &Stream, parent: &ParentPartition) {
        self.at("value", |checker| checker.json_path(&parent.value));
        self.some("inject", parent.inject.as_ref(), Checker::inject);
        if parent.incremental {
            self.changed_parents(stream, parent);
        }
        if self.definition.stream(&parent.stream).is_none() {
            let names = self.definition.streams.iter().map(|stream| stream.name.as_str());
            let others: Vec<&str> = names.filter(|name| *name != stream.name).collect();
            let message =
                format!("There is no stream `{}`. Streams: {}.", parent.stream, listed(others.iter().copied()));
            let near = closest(&parent.stream, others);
            self.at("stream", |checker| checker.fault_near("unknown_stream", message, near));
        }
    }

    /// What reading only changed parents needs.
    fn changed_parents(&mut self, stream: &Stream, parent: &ParentPartition) {
        let other = self.definition.stream(&parent.stream);
        if other.is_some_and(|other| other.incremental.is_none()) {
            let message =
                format!("`{}` does not say by which cursor its records change (`incremental`).", parent.stream);
            self.at("incremental", |checker| checker.fault("no_cursor", message));
        }
        if stream.key.is_empty() {
            let message = "Without a `key` the records of a part that is read again can't be told from the old ones.";
            self.at("incremental", |checker| checker.fault("no_key", message));
        }
    }

    /// Streams that would wait for each other, or for themselves.
    pub(super) fn parent_cycles(&mut self) {
        let definition = self.definition;
        self.each("streams", &definition.streams, |checker, stream| {
            let mut seen = HashSet::new();
            let mut open: Vec<&str> = parents(stream).collect();
            while let Some(name) = open.pop() {
                if name == stream.name {
                    let message = format!("`{name}` would be read after itself: its parents lead back to it.");
                    return checker.at("partitions", |checker| checker.fault("parent_cycle", message));
                }
                if seen.insert(name) {
                    open.extend(definition.stream(name).into_iter().flat_map(parents));
                }
            }
        });
    }
}

fn parents(stream: &Stream) -> impl Iterator<Item = &str> {
    stream.partitions.iter().filter_map(|partition| match partition {
        Partition::Parent(parent) => Some(parent.stream.as_str()),
        _ => None,
    })
}
