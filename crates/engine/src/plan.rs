//! A definition compiled with a connection's values: it can't be wrong any more.

mod body;
mod incremental;
mod inputs;
mod multipart;
mod request;
mod stream;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod window_tests;

use crate::action::ActionPlan;

pub(crate) use crate::moment::CursorValue;
pub(crate) use body::Node;
pub(crate) use incremental::{IncrementalPlan, Windows};
pub(crate) use request::RequestPlan;
pub(crate) use stream::StreamPlan;
pub(crate) use stream::fnv;

use crate::batch::Column;
use crate::clock::Clock;
use crate::config::ConfigValues;
use crate::expr::{Expressions, Scope};
use crate::fixture::Tape;
use crate::hook::HookPlan;
use crate::host::Host;
use crate::http::{
    Authenticator, HostPolicy, MakingAuth, Redactor, Rules, Sender, SenderParts, Transport, compile_auth,
};
use crate::job::JobPlan;
use crate::json::Path;
use crate::source::SourcePlan;
use crate::source::database::{DatabaseServer, Databases};
use crate::webhook::WebhookPlan;
use definition::model::{Auth, Http, Limits, Template};
use definition::{Definition, Fault, Problem, ProblemKind, Stage};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Bytes of one response, where the definition does not say.
const RESPONSE_BYTES: u64 = 64 * 1024 * 1024;
/// How long one request may take, where the definition does not say.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Requests on the way at once. By digest one goes after the other: each counts how often the server's nonce was used,
/// and servers may want the counts in order.
fn at_once(http: &Http) -> u32 {
    if matches!(http.auth, Auth::Digest(_)) { 1 } else { http.concurrency.unwrap_or(CONCURRENCY) }
}

/// Requests on the way at once, where the definition does not say.
const CONCURRENCY: u32 = 4;

/// The longest wait that a server may ask for, where the definition does not say.
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);

/// A compiled connector. Made once a run; shared by its streams.
#[derive(Debug)]
pub struct Plan {
    pub(crate) expressions: Expressions,
    pub(crate) sender: Sender,
    pub(crate) base: Url,
    pub(crate) streams: Vec<StreamPlan>,
    pub(crate) rules: Rules,
    pub(crate) limits: Limits,
    pub(crate) check: Option<CheckPlan>,
    pub(crate) hooks: Vec<HookPlan>,
    pub(crate) actions: Vec<ActionPlan>,
    pub(crate) webhooks: Vec<WebhookPlan>,
    pub(crate) clock: Clock,
    /// Requests on the way at once.
    pub(crate) concurrency: u32,
    /// What reads databases.
    databases: Option<Arc<dyn Databases>>,
    /// The recording that rows and files go to, or come from.
    tape: Option<Tape>,
}

/// The request that proves the credentials.
#[derive(Debug)]
pub(crate) struct CheckPlan {
    pub request: RequestPlan,
    pub identity: Option<Path>,
}

impl Plan {
    /// Compiles a definition, or tells every fault. Does no I/O.
    pub fn compile(definition: &Definition, config: &ConfigValues) -> Result<Self, Vec<Fault>> {
        Self::compile_at(definition, config, Clock::System)
    }

    /// Compiles with another clock.
    pub fn compile_at(definition: &Definition, config: &ConfigValues, clock: Clock) -> Result<Self, Vec<Fault>> {
        let mut faults = definition::check(definition);
        let config = inputs::check(definition, config).map_err(|more| faults.extend(more)).ok();
        let (Some(config), true) = (config, faults.is_empty()) else { return Err(faults) };
        let none = Http::default();
        let http = definition.http.as_ref().unwrap_or(&none);
        let wire = config.host.0.as_ref().and_then(|host| host.wire());
        // Answers that are replayed came at the moment of the recording; those that are recorded come now.
        let replayed = wire.as_ref().filter(|wire| !wire.transport.waits());
        let sending = replayed.map_or(clock, |wire| Clock::Fixed(wire.now));
        let clock = wire.as_ref().map_or(clock, |wire| Clock::Fixed(wire.now));
        let expressions = Expressions::with_clock(&config, clock);
        // Without a base nothing is sent over HTTP.
        let over_http = definition.http.as_ref().filter(|http| !http.base_url.as_str().trim().is_empty());
        let base = match over_http {
            Some(http) => base_url(http, &expressions).map_err(|fault| vec![fault])?,
            None => nowhere().map_err(|fault| vec![fault])?,
        };
        let mut note = |more: Vec<Fault>| faults.extend(more);
        let making = MakingAuth { expressions: &expressions, http, base: &base, field: "http.auth".to_owned() };
        let auth = compile_auth(&http.auth, &making).map_err(&mut note).ok();
        // Without `http` nothing is sent over HTTP: credentials may go nowhere.
        let hosts = match over_http {
            Some(http) => hosts(http, &base, &expressions).map_err(|fault| note(vec![fault])).ok(),
            None => Some(HostPolicy::default()),
        };
        let rules = Rules::compile(&http.responses, "http.responses", &expressions).map_err(&mut note).ok();
        let check = CheckPlan::compile(definition, http, &expressions).map_err(&mut note).ok();
        let hooks = HookPlan::compile_all(&definition.hooks, http, &expressions).map_err(&mut note).ok();
        let actions = ActionPlan::compile_all(&definition.actions, &definition.streams, http, &expressions)
            .map_err(&mut note)
            .ok();
        let webhooks =
            WebhookPlan::compile_all(&definition.webhooks, &expressions).map_err(&mut note).unwrap_or_default();
        let streams: Vec<_> = definition.streams.iter().enumerate().collect();
        let compile = |(index, stream)| {
            StreamPlan::compile(stream, http, base.as_str(), format!("streams[{index}]"), &expressions)
                .map_err(&mut note)
                .ok()
        };
        let streams: Vec<StreamPlan> = streams.into_iter().filter_map(compile).collect();
        let timeout = duration(http.timeout.as_ref(), "http.timeout").map_err(|fault| note(vec![fault])).ok();
        let (Some(auth), Some(hosts), Some(rules), Some(check), Some(hooks), Some(actions), Some(timeout), true) =
            (auth, hosts, rules, check, hooks, actions, timeout, faults.is_empty())
        else {
            return Err(faults);
        };
        let redactor = redactor(&expressions, &auth, &streams, check.as_ref());
        for place in actions.iter().filter_map(ActionPlan::request).flat_map(RequestPlan::secret_places) {
            redactor.learn_place(place);
        }
        for place in hooks.iter().filter_map(HookPlan::request).flat_map(RequestPlan::secret_places) {
            redactor.learn_place(place);
        }
        let sender = sender(http, auth, hosts, redactor, timeout.unwrap_or(TIMEOUT), sending);
        if let (None, Some(reuse)) = (&wire, config.reuse.0) {
            sender.use_transport(reuse);
        }
        let tape = wire.map(|wire| {
            sender.use_transport(wire.transport);
            wire.tape
        });
        if let Some(host) = config.host.0 {
            sender.use_host(host);
        }
        let (limits, concurrency) = (http.limits.clone(), at_once(http));
        Ok(Self {
            expressions,
            sender,
            base,
            streams,
            rules,
            limits,
            check,
            hooks,
            actions,
            webhooks,
            clock,
            concurrency,
            databases: None,
            tape,
        })
    }

    /// The plan with another transport, for tests.
    #[must_use]
    pub fn with_transport(self, transport: Arc<dyn Transport>) -> Self {
        self.sender.use_transport(transport);
        self
    }

    /// The plan with what the program around it provides: a place for tokens, a person to ask. To be given before the
    /// first request.
    #[must_use]
    pub fn with_host(self, host: Arc<dyn Host>) -> Self {
        self.sender.use_host(host);
        self
    }

    /// The plan with what reads databases. Without it, a stream of a database tells that it can't be read.
    #[must_use]
    pub fn with_databases(self, databases: Arc<dyn Databases>) -> Self {
        let databases = match &self.tape {
            Some(tape) => tape.databases(databases),
            None => databases,
        };
        Self { databases: Some(databases), ..self }
    }

    /// The recording that rows and files go to, or come from.
    pub(crate) fn tape(&self) -> Option<&Tape> {
        self.tape.as_ref()
    }

    /// What reads databases.
    pub(crate) fn databases(&self) -> Result<&Arc<dyn Databases>, Problem> {
        self.databases.as_ref().ok_or_else(|| {
            let message = "This program was built without databases.";
            Problem::new("no_databases", ProblemKind::Internal, Stage::Send, message)
        })
    }

    /// The database servers that streams are read from and actions write to, each once, with their credentials.
    pub fn database_servers(&self) -> Result<Vec<DatabaseServer>, Problem> {
        let mut servers: Vec<DatabaseServer> = Vec::new();
        let read = self.streams.iter().filter_map(|stream| match &stream.source {
            SourcePlan::Database(database) => Some(&database.server),
            SourcePlan::Http | SourcePlan::Files(_) => None,
        });
        let written = self.actions.iter().filter_map(|action| action.database().map(|database| &database.server));
        for place in read.chain(written) {
            let server = place.server(&self.expressions)?;
            if !servers.contains(&server) {
                servers.push(server);
            }
        }
        Ok(servers)
    }

    /// The streams' names, in order.
    pub fn streams(&self) -> Vec<&str> {
        self.streams.iter().map(|stream| stream.name.as_str()).collect()
    }

    /// A stream's columns as a sink gets them (hidden ones left out).
    pub fn columns(&self, stream: &str) -> Vec<Column> {
        self.stream(stream).map(|stream| stream.mapper.columns().to_vec()).unwrap_or_default()
    }

    /// The sender: host policy and redaction are asked here.
    pub fn sender(&self) -> &Sender {
        &self.sender
    }

    /// The base URL with the connection's values in it.
    pub fn base_url(&self) -> &Url {
        &self.base
    }

    pub(crate) fn stream(&self, name: &str) -> Option<&StreamPlan> {
        self.streams.iter().find(|stream| stream.name == name)
    }
}

impl CheckPlan {
    fn compile(definition: &Definition, http: &Http, expressions: &Expressions) -> Result<Option<Self>, Vec<Fault>> {
        let Some(check) = &definition.check else { return Ok(None) };
        let shared = (&http.query, &http.headers);
        let request = RequestPlan::compile(&check.request, shared, "check.request", expressions)?;
        let identity = check.identity.as_deref().map(Path::parse).transpose();
        let identity = identity.map_err(|why| vec![Fault::new("bad_path", "check.identity", why)])?;
        Ok(Some(Self { request, identity }))
    }
}

/// A template of `http`, rendered with the connection's values alone.
pub(crate) fn render(template: &Template, field: &str, expressions: &Expressions) -> Result<String, Fault> {
    let bad = |why: String| Fault::new("bad_template", field, why);
    let compiled = expressions.compile(template).map_err(bad)?;
    if compiled.secret() {
        return Err(Fault::new("secret_in_url", field, "A secret can't be part of an address: it would be shown."));
    }
    if let Some(input) = compiled.names().iter().find(|name| name.starts_with("config.") && !expressions.has(name)) {
        return Err(Fault::new("missing_value", input.as_str(), format!("The value is missing; {field} needs it.")));
    }
    compiled.text(expressions, &Scope::default()).map(|rendered| rendered.text.trim().to_owned()).map_err(bad)
}

/// The base of a connector that sends nothing over HTTP: a name that no server can have (RFC 2606).
fn nowhere() -> Result<Url, Fault> {
    Url::parse("http://nowhere.invalid/").map_err(|error| Fault::new("bad_url", "http.base_url", error.to_string()))
}

fn base_url(http: &Http, expressions: &Expressions) -> Result<Url, Fault> {
    let text = render(&http.base_url, "http.base_url", expressions)?;
    let bad = |why: &str| Fault::new("bad_url", "http.base_url", format!("`{text}` is not a base URL: {why}."));
    let url = Url::parse(&text).map_err(|error| bad(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(bad("it must start with https:// or http:// and name a host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("a user name or a password belongs in http.auth"));
    }
    Ok(url)
}

fn hosts(http: &Http, base: &Url, expressions: &Expressions) -> Result<HostPolicy, Fault> {
    let mut hosts = Vec::new();
    for (index, host) in http.hosts.iter().enumerate() {
        hosts.push(render(host, &format!("http.hosts[{index}]"), expressions)?);
    }
    HostPolicy::new(base, &hosts).map_err(|why| Fault::new("bad_host", "http.hosts", why))
}

fn duration(given: Option<&definition::model::Duration>, field: &str) -> Result<Option<Duration>, Fault> {
    given.map(|text| text.exact().map_err(|why| Fault::new("bad_duration", field, why))).transpose()
}

/// Knows the secrets, what the auth makes of them, and every place that they go to.
fn redactor(
    expressions: &Expressions,
    auth: &Authenticator,
    streams: &[StreamPlan],
    check: Option<&CheckPlan>,
) -> Redactor {
    let redactor = expressions.redactor().clone();
    auth.teach(&redactor);
    let jobs = streams.iter().filter_map(|stream| stream.job.as_ref()).flat_map(JobPlan::requests);
    let requests = streams.iter().map(|stream| &stream.request).chain(jobs).chain(check.map(|check| &check.request));
    for place in requests.flat_map(RequestPlan::secret_places) {
        redactor.learn_place(place);
    }
    redactor
}

fn sender(
    http: &Http,
    auth: Authenticator,
    hosts: HostPolicy,
    redactor: Redactor,
    timeout: Duration,
    clock: Clock,
) -> Sender {
    Sender::new(SenderParts {
        auth,
        hosts,
        redactor,
        retry: http.retry.clone(),
        timeout,
        ceiling: http
            .limits
            .response_bytes
            .or(crate::http::network::network().response_bytes)
            .unwrap_or(RESPONSE_BYTES),
        redirects: http.limits.redirects.unwrap_or(10),
        rate_limit: http.rate_limit.clone(),
        concurrency: at_once(http),
        longest_wait: http.limits.wait.as_ref().and_then(|wait| wait.exact().ok()).unwrap_or(LONGEST_WAIT),
        clock,
    })
}
