//! `partitions`: the parts of a stream.

use super::template::SPAN;
use super::{Checker, support};
use crate::model::{ParentPartition, Partition, Stream};
use crate::suggest::{closest, listed};
use std::collections::HashSet;

impl Checker<'_> {
    pub(super) fn partitions(&mut self, stream: &Stream) {
        self.each("partitions", &stream.partitions, |checker, partition| {
            checker.not_yet(support::partition(partition));
            let name = match partition {
                Partition::List(list) => &list.name,
                Partition::Parent(parent) => &parent.name,
                Partition::Window(window) => &window.name,
            };
            checker.at("as", |checker| checker.input_name(name));
            checker.partition(stream, partition);
        });
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
            }
        }
    }

    fn parent(&mut self, stream: &Stream, parent: &ParentPartition) {
        self.at("value", |checker| checker.json_path(&parent.value));
        self.some("inject", parent.inject.as_ref(), Checker::inject);
        if self.definition.stream(&parent.stream).is_none() {
            let names = self.definition.streams.iter().map(|stream| stream.name.as_str());
            let others: Vec<&str> = names.filter(|name| *name != stream.name).collect();
            let message =
                format!("There is no stream `{}`. Streams: {}.", parent.stream, listed(others.iter().copied()));
            let near = closest(&parent.stream, others);
            self.at("stream", |checker| checker.fault_near("unknown_stream", message, near));
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
