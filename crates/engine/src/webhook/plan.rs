//! A webhook, compiled.

use super::challenge::ChallengePlan;
use super::incoming::{Incoming, Parts};
use super::verify::VerifyPlan;
use super::{Event, Refusal, Reply, Verdict};
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::Path;
use crate::run::plain_text;
use definition::Fault;
use definition::model::{Locator, Method, Template, Webhook, WebhookAnswer, WebhookRoute, WebhookSample};

/// Bytes of a body, where the definition does not say.
const BODY_BYTES: u64 = 2 * 1024 * 1024;
/// The longest id and name that are kept as they came.
const LONGEST_NAME: usize = 500;

/// A compiled webhook.
#[derive(Debug)]
pub struct WebhookPlan {
    name: String,
    methods: Vec<Method>,
    body_bytes: u64,
    pub(super) verify: VerifyPlan,
    challenge: Option<ChallengePlan>,
    pub(super) id: Option<Place>,
    pub(super) event: Option<Place>,
    pub(super) routes: Vec<RoutePlan>,
    answer: WebhookAnswer,
    samples: Vec<WebhookSample>,
}

/// Where something is in an event.
#[derive(Debug)]
pub(super) enum Place {
    Header(String),
    Path(Path),
    Query(String),
    Expression(Compiled),
}

/// A compiled route.
#[derive(Debug)]
pub(super) struct RoutePlan {
    pub event: String,
    pub when: Option<Compiled>,
    pub records: Option<Path>,
    pub route: WebhookRoute,
}

/// Compiles a template, with the path of its field.
pub(super) fn compile(template: &Template, field: &str, expressions: &Expressions) -> Result<Compiled, Fault> {
    expressions.compile(template).map_err(|why| Fault::new("bad_template", field, why))
}

impl WebhookPlan {
    /// Compiles all, or tells every fault.
    pub(crate) fn compile_all(webhooks: &[Webhook], expressions: &Expressions) -> Result<Vec<Self>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut plans = Vec::new();
        for (index, webhook) in webhooks.iter().enumerate() {
            match Self::compile(webhook, &format!("webhooks[{index}]"), expressions) {
                Ok(plan) => plans.push(plan),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(plans) } else { Err(faults) }
    }

    fn compile(webhook: &Webhook, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let at = |part: &str| format!("{field}.{part}");
        let routes = webhook.routes.iter().enumerate();
        let routes =
            routes.map(|(index, route)| RoutePlan::compile(route, &at(&format!("routes[{index}]")), expressions));
        let place = |locator: Option<&Locator>, part: &str| {
            locator.map(|locator| Place::compile(locator, &at(part), expressions)).transpose()
        };
        let challenge = webhook.challenge.as_ref();
        Ok(Self {
            name: webhook.name.clone(),
            methods: if webhook.methods.is_empty() { vec![Method::Post] } else { webhook.methods.clone() },
            body_bytes: webhook.body_bytes.unwrap_or(BODY_BYTES),
            verify: VerifyPlan::compile(&webhook.verify, &at("verify"), expressions)?,
            challenge: challenge
                .map(|challenge| ChallengePlan::compile(challenge, &at("challenge"), expressions))
                .transpose()?,
            id: place(webhook.id.as_ref(), "id")?,
            event: place(webhook.event.as_ref(), "event")?,
            routes: routes.collect::<Result<_, _>>()?,
            answer: webhook.answer.clone().unwrap_or_default(),
            samples: webhook.samples.clone(),
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The most bytes of a body.
    pub fn body_bytes(&self) -> u64 {
        self.body_bytes
    }

    /// The payloads for trying it out.
    pub fn samples(&self) -> &[WebhookSample] {
        &self.samples
    }

    /// The inputs that its proofs need: `webhook_secret`.
    pub fn needs(&self) -> Vec<String> {
        let challenge = self.challenge.as_ref().and_then(ChallengePlan::token);
        let names = self.verify.secrets().into_iter().chain(challenge).flat_map(Compiled::names);
        names.filter_map(|name| name.strip_prefix("config.")).map(str::to_owned).collect()
    }

    /// The method that events come by.
    pub fn method(&self) -> Method {
        self.methods.first().copied().unwrap_or(Method::Post)
    }

    /// How events prove who sent them: `hmac`, `token`, `basic`, `none`.
    pub fn proof(&self) -> &'static str {
        self.verify.word()
    }

    /// The methods that are allowed: `POST, PUT`.
    pub fn allowed(&self) -> String {
        self.methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn receive(&self, expressions: &Expressions, incoming: &Incoming) -> Verdict {
        let parts = Parts::new(incoming);
        match self.judge(expressions, &parts) {
            Ok(verdict) => verdict,
            Err(refusal) => Verdict::Refused(refusal),
        }
    }

    fn judge(&self, expressions: &Expressions, parts: &Parts<'_>) -> Result<Verdict, Refusal> {
        if let Some(challenge) = &self.challenge
            && let Some(reply) = challenge.before(expressions, parts)?
        {
            return Ok(Verdict::Challenge(reply));
        }
        let incoming = parts.incoming;
        if !self.methods.iter().any(|method| method.as_str() == incoming.method) {
            let method: String = incoming.method.chars().take(20).collect();
            return Err(Refusal::new(
                "wrong_method",
                405,
                format!("It came by {method}."),
                format!("{}. The webhook's `methods` says so.", self.allowed()),
            ));
        }
        let id = self.id.as_ref();
        let given = |uses: bool| if uses { id.and_then(|place| place.find(expressions, parts)) } else { None };
        let proof = self.verify.check(expressions, parts, given)?;
        if let Some(challenge) = &self.challenge
            && let Some(reply) = challenge.after(expressions, parts)?
        {
            return Ok(Verdict::Challenge(reply));
        }
        let id = given(true);
        let name = self.event.as_ref().and_then(|place| place.find(expressions, parts)).unwrap_or_default();
        Ok(Verdict::Event(Event {
            has_id: id.is_some(),
            id: id.map_or(proof.fingerprint, |id| shortened(&id)),
            name: name.chars().take(LONGEST_NAME).collect(),
            signed_at: proof.signed_at,
            reply: self.reply(),
        }))
    }

    /// What a kept event is answered.
    pub fn reply(&self) -> Reply {
        let body = self.answer.body.clone();
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&body).is_ok();
        let content_type = match self.answer.content_type.as_str() {
            "" if is_json => "application/json",
            "" => "text/plain; charset=utf-8",
            given => given,
        };
        let status = self.answer.status.unwrap_or(200);
        Reply { status, body, content_type: content_type.to_owned(), headers: Vec::new() }
    }
}

/// An id that is too long is told apart by its hash.
fn shortened(id: &str) -> String {
    if id.len() <= LONGEST_NAME { id.to_owned() } else { super::signature::fingerprint(&[id]) }
}

impl RoutePlan {
    fn compile(route: &WebhookRoute, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let when = route.when.as_ref().map(|when| compile(when, &format!("{field}.when"), expressions)).transpose()?;
        let records = route.records.as_deref().map(Path::parse).transpose();
        let records = records.map_err(|why| Fault::new("bad_path", format!("{field}.records"), why))?;
        Ok(Self { event: route.event.clone(), when, records, route: route.clone() })
    }
}

impl Place {
    fn compile(locator: &Locator, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        Ok(match locator {
            Locator::Header(name) => Self::Header(name.clone()),
            Locator::Query(name) => Self::Query(name.clone()),
            Locator::Path(path) => {
                Self::Path(Path::parse(path).map_err(|why| Fault::new("bad_path", format!("{field}.path"), why))?)
            }
            Locator::Expression(template) => {
                Self::Expression(compile(template, &format!("{field}.expression"), expressions)?)
            }
        })
    }

    /// What stands there, where something does.
    pub fn find(&self, expressions: &Expressions, parts: &Parts<'_>) -> Option<String> {
        let found = match self {
            Self::Header(name) => parts.incoming.header(name).map(str::to_owned),
            Self::Query(name) => parts.incoming.param(name).map(str::to_owned),
            Self::Path(path) => parts
                .text()
                .and_then(|text| path.first(text))
                .filter(|raw| *raw != "null")
                .map(|raw| plain_text(raw).into_owned()),
            Self::Expression(template) => {
                let scope: Scope<'_> = parts.scope(|name| template.uses(name));
                template.text(expressions, &scope).ok().map(|rendered| rendered.text)
            }
        };
        found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}
