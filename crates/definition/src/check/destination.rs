//! `destinations`: tables that are written by actions.

use super::Checker;
use super::names::short;
use super::template::Names;
use crate::model::{Action, Destination, PushAction, Rest, Stream};
use crate::suggest::{closest, listed};

/// A new row.
const NEW: Names = &["config", "record"];
/// A row that was pushed before.
const KNOWN: Names = &["config", "record", "remote"];

impl Checker<'_> {
    pub(super) fn destinations(&mut self) {
        let definition = self.definition;
        self.unique("destinations", &definition.destinations, "destination", |destination| &destination.name);
        self.each("destinations", &definition.destinations, Checker::destination);
    }

    fn destination(&mut self, destination: &Destination) {
        let definition = self.definition;
        self.at("name", |checker| checker.stream_name(&destination.name));
        self.some("stream", destination.stream.as_ref(), |checker, name| {
            if definition.stream(name).is_none() {
                let names: Vec<&str> = definition.streams.iter().map(|stream| stream.name.as_str()).collect();
                let message = format!("There is no stream `{name}`. Streams: {}.", listed(names.iter().copied()));
                checker.fault_near("unknown_stream", message, closest(name, names));
            }
        });
        let columns = destination.stream.as_deref().and_then(|name| definition.stream(name)).and_then(columns);
        if destination.key.is_empty() {
            self.at("key", |checker| {
                checker.fault("missing_key", "A destination needs a key: what tells a row from others.")
            });
        }
        self.each("key", &destination.key, |checker, column| checker.pushed_column(column, columns.as_deref()));
        if destination.create.is_none() && destination.update.is_none() && destination.delete.is_none() {
            self.fault("missing_action", "A destination needs an action: `create`, `update` or `delete`.");
        }
        if destination.delete_missing && destination.delete.is_none() {
            let message = "Rows that are gone can't be deleted without a `delete` action.";
            self.at("delete_missing", |checker| checker.fault("missing_action", message));
        }
        let all = columns.as_deref();
        self.some("create", destination.create.as_ref(), |checker, push| checker.push_action(push, NEW, all));
        self.some("update", destination.update.as_ref(), |checker, push| checker.push_action(push, KNOWN, all));
        let key: Vec<&str> = destination.key.iter().map(String::as_str).collect();
        self.some("delete", destination.delete.as_ref(), |checker, push| checker.push_action(push, KNOWN, Some(&key)));
    }

    fn push_action(&mut self, push: &PushAction, names: Names, columns: Option<&[&str]>) {
        let action = self.definition.actions.iter().find(|action| action.name == push.action);
        if action.is_none() {
            let names: Vec<&str> = self.definition.actions.iter().map(|action| action.name.as_str()).collect();
            let message =
                format!("There is no action `{}`. Actions: {}.", short(&push.action), listed(names.iter().copied()));
            self.at("action", |checker| checker.fault_near("unknown_action", message, closest(&push.action, names)));
        }
        self.at("params", |checker| {
            for (name, from) in &push.params {
                checker.at(name, |checker| {
                    if let Some(action) = action {
                        checker.pushed_param(name, action);
                    }
                    if from.is_literal() {
                        checker.pushed_column(from.as_str(), columns);
                    } else {
                        checker.template(from, names);
                    }
                });
            }
        });
    }

    fn pushed_param(&mut self, name: &str, action: &Action) {
        if action.params.iter().all(|param| param.name != name) {
            let known: Vec<&str> = action.params.iter().map(|param| param.name.as_str()).collect();
            let message = format!(
                "The action `{}` has no parameter `{name}`. It has: {}.",
                action.name,
                listed(known.iter().copied())
            );
            self.fault_near("unknown_param", message, closest(name, known));
        }
    }

    fn pushed_column(&mut self, name: &str, columns: Option<&[&str]>) {
        if let Some(columns) = columns.filter(|columns| !columns.contains(&name)) {
            let message =
                format!("There is no column `{}` here. Columns: {}.", short(name), listed(columns.iter().copied()));
            self.fault_near("unknown_column", message, closest(name, columns.iter().copied()));
        }
    }
}

/// A stream's columns, where all of them are known.
fn columns(stream: &Stream) -> Option<Vec<&str>> {
    let known = !stream.fields.is_empty() && matches!(stream.rest, None | Some(Rest::Drop));
    known.then(|| stream.fields.iter().map(|field| field.name.as_str()).collect())
}
