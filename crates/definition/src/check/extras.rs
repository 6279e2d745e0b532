//! `actions` and `webhooks`: their names, and the streams that they refer to.

use super::Checker;
use crate::suggest::{closest, listed};

impl Checker<'_> {
    pub(super) fn extras(&mut self) {
        let definition = self.definition;
        self.unique("actions", &definition.actions, "action", |action| &action.name);
        self.each("actions", &definition.actions, Checker::action);
        self.unique("webhooks", &definition.webhooks, "webhook", |webhook| &webhook.name);
        self.each("webhooks", &definition.webhooks, Checker::webhook);
    }

    pub(super) fn known_stream(&mut self, name: &str) {
        if self.definition.stream(name).is_none() {
            let names: Vec<&str> = self.definition.streams.iter().map(|stream| stream.name.as_str()).collect();
            let message = format!("There is no stream `{name}`. Streams: {}.", listed(names.iter().copied()));
            self.fault_near("unknown_stream", message, closest(name, names));
        }
    }
}
