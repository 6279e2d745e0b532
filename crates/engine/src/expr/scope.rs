//! The names that an expression may use, and what stands behind them.

use super::sandbox::to_template;
use serde_json::Value;
use std::collections::BTreeMap;

/// All names that an expression may use.
pub(super) const NAMES: &[&str] = &[
    "config",
    "record",
    "value",
    "response",
    "headers",
    "last_record",
    "page",
    "cursor",
    "interval",
    "partition",
    "stream",
    "params",
    "token",
    "code",
    "event",
    "body",
    "payload",
    "query",
    "timestamp",
    "id",
    "job",
    "poll",
    "url",
    "run",
    "error",
    "remote",
];

/// The names at hand beside `config`. What is `None` is undefined in the expression.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The record.
    pub record: Option<&'a Value>,
    /// The value so far, in a `template` transform.
    pub value: Option<&'a Value>,
    /// The answer's body.
    pub response: Option<&'a Value>,
    /// The answer's headers, names in lower case.
    pub headers: Option<&'a Value>,
    /// The page's last record.
    pub last_record: Option<&'a Value>,
    /// `number`, `size`, `count`, `offset`.
    pub page: Option<&'a Value>,
    /// The cursor value.
    pub cursor: Option<&'a Value>,
    /// `start`, `end`.
    pub interval: Option<&'a Value>,
    /// The partition's values.
    pub partition: Option<&'a Value>,
    /// `name`.
    pub stream: Option<&'a Value>,
    /// A login's token.
    pub token: Option<&'a Value>,
    /// The code of a login's second step.
    pub code: Option<&'a Value>,
    /// The answer that created a job.
    pub job: Option<&'a Value>,
    /// The answer that said that the job is ready.
    pub poll: Option<&'a Value>,
    /// The address of a job's file.
    pub url: Option<&'a Value>,
    /// The run that a hook belongs to.
    pub run: Option<&'a Value>,
    /// Why the run failed.
    pub error: Option<&'a Value>,
    /// An action's parameters.
    pub params: Option<&'a Value>,
    /// Those among them that are decimals: they are digits as text, and numbers in a JSON body.
    pub decimals: &'a [String],
    /// What the API gave back for a row that was pushed before.
    pub remote: Option<&'a Value>,
    /// The name of a webhook's event.
    pub event: Option<&'a Value>,
    /// The body of a webhook's event.
    pub payload: Option<&'a Value>,
    /// The query of a webhook's request.
    pub query: Option<&'a Value>,
    /// The raw body of a webhook's request.
    pub body: Option<&'a Value>,
    /// The signed moment of a webhook's event.
    pub timestamp: Option<&'a Value>,
    /// The id of a webhook's event.
    pub id: Option<&'a Value>,
}

/// Text made by a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Whether a secret went into it.
    pub secret: bool,
}

impl<'a> Scope<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        match name {
            "record" => self.record,
            "value" => self.value,
            "response" => self.response,
            "headers" => self.headers,
            "last_record" => self.last_record,
            "page" => self.page,
            "cursor" => self.cursor,
            "interval" => self.interval,
            "partition" => self.partition,
            "stream" => self.stream,
            "token" => self.token,
            "code" => self.code,
            "job" => self.job,
            "poll" => self.poll,
            "url" => self.url,
            "run" => self.run,
            "error" => self.error,
            "params" => self.params,
            "remote" => self.remote,
            "event" => self.event,
            "payload" => self.payload,
            "query" => self.query,
            "body" => self.body,
            "timestamp" => self.timestamp,
            "id" => self.id,
            _ => None,
        }
    }

    /// What the template engine gets: only what the expression refers to is converted.
    pub(super) fn context(&self, names: &[String]) -> minijinja::Value {
        let mut pairs: Vec<(&str, minijinja::Value)> = Vec::new();
        for name in names.iter().map(|name| super::root(name)) {
            if pairs.iter().any(|(have, _)| *have == name) {
                continue;
            }
            if let Some(value) = self.get(name) {
                pairs.push((name, to_template(value)));
            }
        }
        minijinja::Value::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
    }

    /// Whether a dotted name leads to a value.
    pub(super) fn has(&self, name: &str, config: &BTreeMap<String, Value>) -> bool {
        let mut parts = name.split('.');
        let first = parts.next().unwrap_or_default();
        let mut at = if first == "config" {
            match parts.next() {
                None => return true,
                Some(input) => config.get(input),
            }
        } else {
            self.get(first)
        };
        for part in parts {
            at = at.and_then(|value| value.get(part));
        }
        at.is_some()
    }
}
