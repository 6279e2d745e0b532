//! `actions` and `webhooks`: kept in the file and not run yet, so that only their names and references are checked.

use super::Checker;
use super::template::EVENT;
use crate::model::{Webhook, WebhookVerify};
use crate::suggest::{closest, listed};

impl Checker<'_> {
    pub(super) fn extras(&mut self) {
        let definition = self.definition;
        self.unique("actions", &definition.actions, "action", |action| &action.name);
        self.each("actions", &definition.actions, Checker::action);
        self.unique("webhooks", &definition.webhooks, "webhook", |webhook| &webhook.name);
        self.each("webhooks", &definition.webhooks, Checker::webhook);
    }

    fn webhook(&mut self, webhook: &Webhook) {
        self.at("name", |checker| checker.stream_name(&webhook.name));
        self.at("verify", |checker| match &webhook.verify {
            WebhookVerify::None => {}
            WebhookVerify::Hmac { secret, content, .. } => {
                checker.event_secret("secret", secret);
                checker.some("content", content.as_ref(), |checker, content| checker.template(content, EVENT));
            }
            WebhookVerify::Token { value, .. } => checker.event_secret("value", value),
            WebhookVerify::Basic { password, .. } => checker.event_secret("password", password),
        });
        self.each("routes", &webhook.routes, |checker, route| {
            checker.some("records", route.records.as_ref(), |checker, path| checker.json_path(path));
            checker.at("stream", |checker| checker.known_stream(&route.stream));
        });
    }

    fn event_secret(&mut self, key: &str, value: &crate::model::Template) {
        self.at(key, |checker| {
            if value.is_literal() {
                checker.literal_secret();
            } else {
                checker.template(value, EVENT);
            }
        });
    }

    pub(super) fn known_stream(&mut self, name: &str) {
        if self.definition.stream(name).is_none() {
            let names: Vec<&str> = self.definition.streams.iter().map(|stream| stream.name.as_str()).collect();
            let message = format!("There is no stream `{name}`. Streams: {}.", listed(names.iter().copied()));
            self.fault_near("unknown_stream", message, closest(name, names));
        }
    }
}
