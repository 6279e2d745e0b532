//! A test event: a payload as the sender would send it, signed by the webhook's own rules.

use super::incoming::{Incoming, Parts};
use super::plan::{Place, WebhookPlan};
use super::signature::{encode, sign, unmade};
use super::verify::{HmacPlan, MomentPlace, VerifyPlan, value};
use super::{Refusal, moment};
use crate::json::{Path, Step};
use crate::plan::Plan;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use definition::model::{Method, WebhookSample};
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;
use serde_json::{Value, json};

/// What is to be sent.
#[derive(Debug, Clone)]
pub struct SampleAsk {
    /// The event's name. Empty: the sample's, or the first route's.
    pub event: String,
    /// More headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Value,
    /// Whether the body goes out as it is, also where an id or a moment belongs into it.
    pub verbatim: bool,
    /// The event's id.
    pub id: String,
    /// When it is signed.
    pub at: Timestamp,
}

/// A request that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// The method.
    pub method: Method,
    /// The query's parameters.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl SampleAsk {
    /// A sample of the definition, as a new event.
    pub fn of(sample: &WebhookSample, id: String, at: Timestamp) -> Self {
        let headers = sample.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { event: sample.event.clone(), headers, body: sample.body.clone(), verbatim: false, id, at }
    }
}

impl Plan {
    /// Signs a test event.
    ///
    /// # Errors
    /// Where the secret has no value, or what is signed can't be told.
    pub fn test_event(&self, webhook: &WebhookPlan, ask: &SampleAsk) -> Result<SignedRequest, Problem> {
        webhook.test_event(ask, &self.expressions).map_err(|refusal| {
            Problem::new(&refusal.code, ProblemKind::Config, Stage::Build, refusal.message).hint(refusal.expected)
        })
    }
}

impl WebhookPlan {
    fn test_event(&self, ask: &SampleAsk, expressions: &crate::expr::Expressions) -> Result<SignedRequest, Refusal> {
        let mut out = Incoming {
            method: self.method().as_str().to_owned(),
            query: Vec::new(),
            headers: ask.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect(),
            body: Bytes::new(),
            at: ask.at,
        };
        let mut body = ask.body.clone();
        let event = if ask.event.is_empty() { self.usual_event() } else { ask.event.clone() };
        put(self.id.as_ref(), &ask.id, &mut out, (!ask.verbatim).then_some(&mut body));
        if !event.is_empty() {
            put(self.event.as_ref(), &event, &mut out, None);
        }
        let seconds = ask.at.as_second();
        if let VerifyPlan::Hmac(hmac) = &self.verify
            && let Some(MomentPlace::Path(path)) = &hmac.timestamp
            && !ask.verbatim
        {
            set(&mut body, path, json!(seconds));
        }
        let is_text =
            matches!(&body, Value::String(text) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err());
        out.body = match body {
            Value::String(text) => Bytes::from(text),
            other => Bytes::from(other.to_string()),
        };
        let content_type = if is_text { "text/plain; charset=utf-8" } else { "application/json" };
        set_header(&mut out.headers, "content-type", content_type.to_owned(), false);
        self.prove(&mut out, expressions)?;
        let Incoming { query, headers, body, .. } = out;
        Ok(SignedRequest { method: self.method(), query, headers, body })
    }

    /// The name of an event that the first route takes.
    fn usual_event(&self) -> String {
        self.routes.first().map(|route| route.event.replace('*', "test")).unwrap_or_default()
    }

    fn prove(&self, out: &mut Incoming, expressions: &crate::expr::Expressions) -> Result<(), Refusal> {
        match &self.verify {
            VerifyPlan::None => {}
            VerifyPlan::Token { header, prefix, value: token } => {
                let token = value(expressions, token)?;
                set_header(&mut out.headers, header, format!("{prefix}{}", token.trim()), true);
            }
            VerifyPlan::Basic { username, password } => {
                let both = format!("{}:{}", *value(expressions, username)?, *value(expressions, password)?);
                set_header(&mut out.headers, "authorization", format!("Basic {}", STANDARD.encode(both)), true);
            }
            VerifyPlan::Hmac(hmac) => {
                let text = hmac.stamp(out);
                let header = {
                    let parts = Parts::new(out);
                    let id = self.id.as_ref().and_then(|place| place.find(expressions, &parts)).map(Value::String);
                    let stamp = text.clone().map(Value::String);
                    let content = hmac.content.bytes(expressions, &parts, (id.as_ref(), stamp.as_ref()));
                    let content = content.map_err(|why| unmade(&why))?;
                    let keys = hmac.keys(expressions)?;
                    let key = keys.first().map(|key| key.as_slice()).unwrap_or_default();
                    encode(&sign(hmac.rule.algorithm, key, &content), hmac.rule.encoding)
                };
                let mut signature = format!("{}{header}", hmac.rule.prefix);
                if let (Some(MomentPlace::Item(prefix)), Some(text)) = (&hmac.timestamp, &text) {
                    signature = format!("{prefix}{text}{}{signature}", hmac.rule.separator);
                }
                set_header(&mut out.headers, &hmac.rule.header, signature, true);
            }
        }
        Ok(())
    }
}

impl HmacPlan {
    /// Puts the moment where it belongs; gives it as it is signed.
    fn stamp(&self, out: &mut Incoming) -> Option<String> {
        let seconds = out.at.as_second().to_string();
        match self.timestamp.as_ref()? {
            MomentPlace::Header(name) => {
                // A sample that brings a moment of its own keeps it, where it can be read.
                let own = out.header(name).filter(|text| moment::parse(text).is_some()).map(str::to_owned);
                let text = own.unwrap_or(seconds);
                set_header(&mut out.headers, name, text.clone(), true);
                Some(text)
            }
            MomentPlace::Item(_) => Some(seconds),
            MomentPlace::Path(path) => {
                let text = std::str::from_utf8(&out.body).ok()?;
                path.first(text).map(|raw| crate::run::plain_text(raw).into_owned())
            }
        }
    }
}

/// Puts a value to its place. Into the body only where a new one is wanted there.
fn put(place: Option<&Place>, text: &str, out: &mut Incoming, body: Option<&mut Value>) {
    match place {
        Some(Place::Header(name)) => set_header(&mut out.headers, name, text.to_owned(), false),
        Some(Place::Query(name)) => out.query.push((name.clone(), text.to_owned())),
        Some(Place::Path(path)) => {
            if let Some(body) = body {
                set(body, path, json!(text));
            }
        }
        Some(Place::Expression(_)) | None => {}
    }
}

fn set_header(headers: &mut Vec<(String, String)>, name: &str, value: String, over: bool) {
    let name = name.to_lowercase();
    match headers.iter_mut().find(|(have, _)| *have == name) {
        Some((_, have)) if over => *have = value,
        Some(_) => {}
        None => headers.push((name, value)),
    }
}

/// Sets a member of a body, where the path is plain. A number stays one: ids may be typed.
fn set(body: &mut Value, path: &Path, value: Value) {
    let Some(steps) = path.plain() else { return };
    let mut at = body;
    for step in steps {
        let Step::Key(key) = step else { return };
        let Some(object) = at.as_object_mut() else { return };
        at = object.entry(key.as_str()).or_insert(Value::Null);
        if at.is_null() && steps.last() != Some(step) {
            *at = json!({});
        }
    }
    if at.is_string() || at.is_null() || value.is_number() {
        *at = value;
    }
}

/// Signs a request anew, for tests with bodies that are no text.
#[cfg(test)]
pub(super) fn resign(
    plan: &Plan,
    webhook: &WebhookPlan,
    request: &SignedRequest,
    at: Timestamp,
) -> Result<SignedRequest, Refusal> {
    let mut out = Incoming {
        method: request.method.as_str().to_owned(),
        query: request.query.clone(),
        headers: request.headers.clone(),
        body: request.body.clone(),
        at,
    };
    webhook.prove(&mut out, &plan.expressions)?;
    Ok(SignedRequest { headers: out.headers, ..request.clone() })
}
