//! `webhooks`: who sent an event, where its parts are, and where it goes.

use super::Checker;
use super::template::{EVENT, ROUTE, SHARED, SIGNED};
use crate::model::{
    Duration, HmacVerify, Locator, Template, TimestampPlace, Webhook, WebhookAnswer, WebhookChallenge, WebhookRoute,
    WebhookSample, WebhookVerify,
};

/// The most bytes of a body that a definition may allow: GitHub's own ceiling is 25 MB.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Headers that belong to the connection itself.
const RESERVED: &[&str] = &["host", "content-length", "transfer-encoding", "connection"];

impl Checker<'_> {
    pub(super) fn webhook(&mut self, webhook: &Webhook) {
        self.at("name", |checker| checker.stream_name(&webhook.name));
        if let Some(bytes) = webhook.body_bytes
            && !(1..=MOST_BYTES).contains(&bytes)
        {
            self.at("body_bytes", |checker| checker.fault("out_of_range", format!("1 to {MOST_BYTES} bytes.")));
        }
        self.at("verify", |checker| checker.webhook_verify(&webhook.verify));
        self.some("challenge", webhook.challenge.as_ref(), Checker::webhook_challenge);
        self.some("id", webhook.id.as_ref(), Checker::locator);
        self.some("event", webhook.event.as_ref(), Checker::locator);
        self.each("routes", &webhook.routes, |checker, route| checker.webhook_route(route, webhook.event.is_some()));
        self.some("answer", webhook.answer.as_ref(), Checker::webhook_answer);
        self.unique("samples", &webhook.samples, "sample", |sample| &sample.name);
        self.each("samples", &webhook.samples, Checker::webhook_sample);
    }

    fn webhook_verify(&mut self, verify: &WebhookVerify) {
        match verify {
            WebhookVerify::None => {}
            WebhookVerify::Hmac(hmac) => self.hmac_verify(hmac),
            WebhookVerify::Token { header, value, .. } => {
                self.at("header", |checker| checker.event_header(header));
                self.event_secret("value", value);
            }
            WebhookVerify::Basic { username, password } => {
                self.at("username", |checker| checker.template(username, SHARED));
                self.event_secret("password", password);
            }
        }
    }

    fn hmac_verify(&mut self, hmac: &HmacVerify) {
        self.at("header", |checker| checker.event_header(&hmac.header));
        self.event_secret("secret", &hmac.secret);
        self.each("old_secrets", &hmac.old_secrets, |checker, secret| checker.secret_here(secret));
        self.some("content", hmac.content.as_ref(), |checker, content| {
            checker.template(content, SIGNED);
            if !content.as_str().contains("body") {
                let message = "The body is not signed: whoever sees one event could send any other. Add {{ body }}.";
                checker.fault("unsigned_body", message);
            }
        });
        self.some("timestamp", hmac.timestamp.as_ref(), |checker, place| checker.timestamp_place(hmac, place));
        self.some("tolerance", hmac.tolerance.as_ref(), |checker, tolerance| {
            checker.tolerance(tolerance);
            if hmac.timestamp.is_none() {
                let message = "Nothing says when an event was signed: `timestamp` names the place.";
                checker.fault("no_timestamp", message);
            }
        });
    }

    fn tolerance(&mut self, tolerance: &Duration) {
        if let Err(why) = tolerance.exact() {
            self.fault("bad_duration", format!("`{}` is no length of time: {why}.", tolerance.0));
        }
    }

    fn timestamp_place(&mut self, hmac: &HmacVerify, place: &TimestampPlace) {
        let in_header = match place {
            TimestampPlace::Header(header) => {
                self.at("header", |checker| checker.event_header(header));
                header.to_lowercase()
            }
            TimestampPlace::Item(prefix) => {
                if prefix.is_empty() || hmac.separator.is_empty() {
                    let message =
                        "An item is found by the text before it (`t=`), in a header whose `separator` is known.";
                    self.at("item", |checker| checker.fault("no_separator", message));
                }
                String::new()
            }
            TimestampPlace::Path(path) => return self.at("path", |checker| checker.json_path(path)),
        };
        let content = hmac.content.as_ref().map_or("", Template::as_str);
        let signed = content.contains("timestamp") || (!in_header.is_empty() && content.contains(&in_header));
        if !signed {
            let message =
                "The moment is not signed, so that anybody could change it: `content` must hold {{ timestamp }}.";
            self.fault("unsigned_timestamp", message);
        }
    }

    fn webhook_challenge(&mut self, challenge: &WebhookChallenge) {
        match challenge {
            WebhookChallenge::Body { when, answer } => {
                self.some("when", when.as_ref(), |checker, when| checker.condition(when, EVENT));
                self.some("answer", answer.as_ref(), |checker, answer| checker.template(answer, EVENT));
            }
            WebhookChallenge::Query { param, token_param, token, answer } => {
                if param.is_empty() {
                    self.at("param", |checker| checker.fault("empty", "The parameter has no name."));
                }
                self.some("token", token.as_ref(), Checker::secret_here);
                self.some("answer", answer.as_ref(), |checker, answer| checker.template(answer, EVENT));
                if token_param.is_some() != token.is_some() {
                    self.fault(
                        "half_a_token",
                        "`token_param` and `token` go together: where the token is, and what it is.",
                    );
                }
            }
            WebhookChallenge::Header { header } => self.at("header", |checker| checker.event_header(header)),
        }
    }

    fn locator(&mut self, locator: &Locator) {
        match locator {
            Locator::Header(header) => self.at("header", |checker| checker.event_header(header)),
            Locator::Path(path) => self.at("path", |checker| checker.json_path(path)),
            Locator::Query(param) if param.is_empty() => {
                self.at("query", |checker| checker.fault("empty", "The parameter has no name."));
            }
            Locator::Query(_) => {}
            Locator::Expression(template) => self.at("expression", |checker| checker.condition(template, EVENT)),
        }
    }

    fn webhook_route(&mut self, route: &WebhookRoute, named: bool) {
        if !named && route.event != "*" {
            let message =
                "Events have no name here: the webhook's `event` says where it is. Without it only `*` takes them.";
            self.at("event", |checker| checker.fault_near("no_event_name", message, Some("*")));
        }
        self.some("when", route.when.as_ref(), |checker, when| checker.condition(when, ROUTE));
        self.some("records", route.records.as_ref(), |checker, path| checker.json_path(path));
        self.at("stream", |checker| checker.known_stream(&route.stream));
        let keyless = self.definition.stream(&route.stream).is_some_and(|stream| stream.key.is_empty());
        if keyless && route.then == crate::model::RouteThen::Delete {
            let message = format!("The stream `{}` has no key, so that no record of it can be found.", route.stream);
            self.at("then", |checker| checker.fault("no_key", message));
        }
    }

    fn webhook_answer(&mut self, answer: &WebhookAnswer) {
        if answer.status.is_some_and(|status| !(200..=299).contains(&status)) {
            let message = "200 to 299: with anything else the sender takes the event for lost and sends it again.";
            self.at("status", |checker| checker.fault("out_of_range", message));
        }
        if answer.content_type.chars().any(|c| !c.is_ascii_graphic() && c != ' ') {
            self.at("content_type", |checker| checker.fault("bad_header", "This can't be the value of a header."));
        }
    }

    fn webhook_sample(&mut self, sample: &WebhookSample) {
        if sample.name.trim().is_empty() {
            self.at("name", |checker| checker.fault("bad_name", "A sample needs a name."));
        }
        self.at("headers", |checker| {
            for name in sample.headers.keys() {
                checker.at(name, |checker| checker.event_header(name));
            }
        });
    }

    fn event_secret(&mut self, key: &str, value: &Template) {
        self.at(key, |checker| checker.secret_here(value));
    }

    fn secret_here(&mut self, value: &Template) {
        if value.is_literal() {
            self.literal_secret();
        } else {
            self.template(value, SHARED);
        }
    }

    fn event_header(&mut self, name: &str) {
        self.header_name(name);
        if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
            self.fault("bad_header", format!("The header `{name}` belongs to the connection itself."));
        }
    }
}
