//! The requests that prove a detection: few, counted, to the same host, never repeated.

use super::node::Node;
use crate::config::ConfigValues;
use crate::http::{Answer, refusal, retry_after, shown_host, waits_too_long};
use crate::page::{Next, Pager};
use crate::plan::Plan;
use definition::model::{ResponseRule, ResponseThen, ResponseWhen};
use definition::{Definition, Problem, ProblemKind, Stage};
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// The most requests of one detection, beside the first.
pub(super) const MOST_REQUESTS: usize = 12;
/// How long a server that asks for fewer requests is waited for, in all.
const MOST_WAIT: Duration = Duration::from_secs(10);

/// Fetches pages of candidate definitions.
pub trait Probe: Send + Sync {
    /// What comes after the first page, by a candidate's paging. Sends nothing.
    fn next(&self, candidate: &Definition, first: &Answer) -> Result<Next, Problem>;
    /// Fetches a page by its token; `None`: the first. An answer of any status is an answer.
    fn page<'a>(&'a self, candidate: &'a Definition, token: Option<Value>) -> BoxFuture<'a, Result<Answer, Problem>>;
}

/// The real one: a plan and a pager for each candidate.
#[derive(Debug, Clone)]
pub struct PagerProbe {
    config: ConfigValues,
}

impl PagerProbe {
    /// Sends with a connection's values.
    pub fn new(config: ConfigValues) -> Self {
        Self { config }
    }

    fn pager(&self, candidate: &Definition) -> Result<Pager, Problem> {
        // A server that asks for fewer requests gives its answer, too: it says how long to wait.
        pager(candidate, &self.config, 1, &[502, 503, 504])
    }
}

impl Probe for PagerProbe {
    fn next(&self, candidate: &Definition, first: &Answer) -> Result<Next, Problem> {
        let pager = self.pager(candidate)?;
        pager.read(&pager.first(), first).map(|read| read.next)
    }

    fn page<'a>(&'a self, candidate: &'a Definition, token: Option<Value>) -> BoxFuture<'a, Result<Answer, Problem>> {
        Box::pin(async move {
            let pager = self.pager(candidate)?;
            let token = token.unwrap_or_else(|| pager.first());
            pager.send(&pager.request(&token)?).await
        })
    }
}

/// Sends a definition's first request, once more at most. An answer of any status is given back, so that the caller
/// can look at a 401.
pub async fn first_request(definition: &Definition, config: &ConfigValues) -> Result<Answer, Problem> {
    let asked = pager(definition, config, 1, &[502, 503, 504])?;
    let answer = asked.send(&asked.request(&asked.first())?).await?;
    if answer.status != 429 {
        return Ok(answer);
    }
    let wait = answer.header("retry-after").and_then(|text| retry_after(text, Timestamp::now()));
    let wait = match wait {
        Some(wait) if wait <= MOST_WAIT => wait,
        Some(wait) => return Err(waits_too_long(&shown_host(&answer.url), wait)),
        None => return Err(refusal(&answer, &shown_host(&answer.url), false)),
    };
    tokio::time::sleep(wait).await;
    let again = pager(definition, config, 1, &[429, 502, 503, 504])?;
    again.send(&again.request(&again.first())?).await
}

/// A pager of the first stream, for which every status but some is an answer.
fn pager(candidate: &Definition, config: &ConfigValues, attempts: u32, but: &[u16]) -> Result<Pager, Problem> {
    let mut definition = candidate.clone();
    definition.streams.truncate(1);
    definition.check = None;
    if let Some(http) = &mut definition.http {
        http.retry.max_attempts = attempts;
        http.responses = vec![any_status(but)];
    }
    let stream = definition.streams.first().map(|stream| stream.name.clone()).ok_or_else(|| {
        Problem::new("no_stream", ProblemKind::Config, Stage::Plan, "The definition has no stream to read.")
    })?;
    let plan = Plan::compile(&definition, config).map_err(Problem::faulty)?;
    Pager::new(Arc::new(plan), &stream)
}

fn any_status(but: &[u16]) -> ResponseRule {
    let status = (200..600).filter(|status| !but.contains(status)).collect();
    ResponseRule {
        when: ResponseWhen { status, ..ResponseWhen::default() },
        then: ResponseThen::Success,
        wait: None,
        message: None,
    }
}

/// What a proving request brought.
#[derive(Debug)]
pub(super) enum Brought {
    /// An answer that is JSON.
    Page(Box<Answer>, Node),
    /// Another answer, a fault, or no request left: in words.
    Nothing(String),
}

/// Sends proving requests and keeps the list of them.
pub(super) struct Prober<'a> {
    probe: Option<&'a dyn Probe>,
    progress: &'a (dyn Fn(&str) + Send + Sync),
    /// The requests sent, masked.
    pub requests: Vec<String>,
    /// Whether the server refuses or is gone: then no more are sent.
    stopped: bool,
    /// Whether it asked for fewer requests: then no more are sent, either.
    limited: bool,
    /// How long it was waited for.
    waited: Duration,
}

impl<'a> Prober<'a> {
    /// Without a probe nothing is sent.
    pub fn new(probe: Option<&'a dyn Probe>, progress: &'a (dyn Fn(&str) + Send + Sync)) -> Self {
        Self { probe, progress, requests: Vec::new(), stopped: false, limited: false, waited: Duration::ZERO }
    }

    /// How many requests may still be sent.
    pub fn left(&self) -> usize {
        if self.probe.is_none() || self.stopped || self.limited {
            0
        } else {
            MOST_REQUESTS.saturating_sub(self.requests.len())
        }
    }

    /// Whether not all was tried because the server asks for fewer requests.
    pub fn limited(&self) -> bool {
        self.limited
    }

    /// What comes after the first page.
    pub fn next(&self, candidate: &Definition, first: &Answer) -> Result<Next, Problem> {
        match self.probe {
            Some(probe) => probe.next(candidate, first),
            None => Ok(Next::Done("nothing is sent".to_owned())),
        }
    }

    /// Fetches a page.
    pub async fn fetch(&mut self, candidate: &Definition, token: Option<Value>, why: &str) -> Brought {
        let Some(probe) = self.probe.filter(|_| self.left() > 0) else {
            return Brought::Nothing(if self.limited { LIMITED } else { "no request was left to prove it" }.to_owned());
        };
        (self.progress)(why);
        loop {
            match probe.page(candidate, token.clone()).await {
                Ok(answer) => {
                    self.requests.push(format!("{} {} → {}", answer.request.method, answer.request.url, answer.status));
                    if answer.status == 429 {
                        if self.wait(&answer).await && self.left() > 0 {
                            continue;
                        }
                        self.limited = true;
                        return Brought::Nothing(LIMITED.to_owned());
                    }
                    return brought(answer);
                }
                Err(problem) => {
                    self.requests.push(format!("{} → {}", problem.request.as_deref().unwrap_or(why), problem.code));
                    self.limited = problem.kind == ProblemKind::RateLimit;
                    self.stopped = matches!(problem.kind, ProblemKind::Network | ProblemKind::Auth);
                    return Brought::Nothing(problem.message);
                }
            }
        }
    }

    /// Waits as the server asks, where that is short. False: it is not, or does not say how long.
    async fn wait(&mut self, answer: &Answer) -> bool {
        let asked = answer.header("retry-after").and_then(|text| retry_after(text, Timestamp::now()));
        let Some(wait) = asked.filter(|wait| self.waited + *wait <= MOST_WAIT) else { return false };
        let seconds = wait.as_secs_f64().ceil();
        (self.progress)(&format!("The server asks to wait {seconds} s"));
        tokio::time::sleep(wait).await;
        self.waited += wait.max(Duration::from_secs(1));
        true
    }
}

/// Why a request was not sent.
const LIMITED: &str = "the server asks for fewer requests";

/// What an answer is to a proof.
fn brought(answer: Answer) -> Brought {
    if !(200..300).contains(&answer.status) {
        return Brought::Nothing(format!("the server answered {}", answer.status));
    }
    match std::str::from_utf8(&answer.body).ok().and_then(Node::parse) {
        Some(node) => Brought::Page(Box::new(answer), node),
        None => Brought::Nothing("the answer was not JSON".to_owned()),
    }
}
