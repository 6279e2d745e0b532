//! The sender: pacing, timeout, retries, rules and redaction around one exchange.

use super::Observed;
use super::auth::{AuthLine, AuthWire, Authenticator, Generation, LineParts, Refused, take_off};
use super::body::BodyRest;
use super::exchange::{Failure, Raw, exchange, host};
use super::pace::{Pace, TooLong, Turn, asked, quotas};
use super::rules::{Rules, Ruling, Seen};
use super::transport::{Transport, WireRequest};
use super::watch::SendWatch;
use super::{Answer, HostPolicy, OutRequest, Redactor, Trouble, TroubleKind};
use super::{backoff, body, classify};
use crate::capture::{CapturedPage, RequestSnapshot, ResponseSnapshot};
use crate::clock::Clock;
use crate::event::{LogLevel, RunEvent};
use crate::expr::Expressions;
use crate::host::Host;
use bytes::Bytes;
use definition::Problem;
use definition::model::{ResponseThen, Retry};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// The longest wait that a server may ask a person for, who looks at a preview or a check.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest wait that a health check allows itself.
const SHORT: Duration = Duration::from_secs(2);

/// What a sender is made of.
#[derive(Debug)]
pub(crate) struct SenderParts {
    pub auth: Authenticator,
    pub hosts: HostPolicy,
    pub redactor: Redactor,
    pub retry: Retry,
    pub timeout: Duration,
    pub ceiling: u64,
    pub redirects: u32,
    pub rate_limit: Option<definition::model::RateLimits>,
    pub concurrency: u32,
    /// The longest wait that a server may ask for before the run ends instead.
    pub longest_wait: Duration,
    pub clock: Clock,
}

/// Sends requests. One for a plan: its connections, pace and host policy are shared by all streams.
#[derive(Debug)]
pub struct Sender {
    parts: SenderParts,
    pace: Pace,
    line: Arc<LineParts>,
    body_told: AtomicBool,
}

/// A good answer whose body may still be on its way.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The answer; its body is whole, or its first bytes.
    pub answer: Answer,
    /// The same bytes as they came: neither turned into UTF-8 nor masked.
    pub raw: Bytes,
    /// What is still to come.
    pub rest: Option<BodyRest>,
}

/// What becomes of a try.
enum Verdict {
    Good(Box<Opened>),
    Again {
        wait: Option<Duration>,
        problem: Box<Problem>,
        rate_limited: bool,
    },
    Bad(Box<Problem>),
    /// The credentials were refused: once renewed, they may be taken.
    Refused(Box<Refusal>),
}

/// A refusal of the credentials.
struct Refusal {
    problem: Problem,
    status: u16,
    headers: Vec<(String, String)>,
    generation: Generation,
}

impl Sender {
    /// A sender. Makes its connections when the first request is sent.
    pub(crate) fn new(parts: SenderParts) -> Self {
        let pace = Pace::new(parts.rate_limit.as_ref(), parts.concurrency);
        let line = Arc::new(LineParts {
            transport: OnceLock::new(),
            host: OnceLock::new(),
            redactor: parts.redactor.clone(),
            retry: parts.retry.clone(),
            timeout: parts.timeout,
            clock: parts.clock,
            observed: None,
        });
        Self { parts, pace, line, body_told: AtomicBool::new(false) }
    }

    /// For a health check: one try, no long waits, and what answers say about themselves is gathered. To be called
    /// before anything is sent.
    pub(crate) fn hurry(&mut self, each: Duration, observed: &Arc<Observed>) {
        self.parts.retry.max_attempts = 1;
        self.parts.timeout = self.parts.timeout.min(each);
        self.parts.longest_wait = self.parts.longest_wait.min(SHORT);
        if let Some(line) = Arc::get_mut(&mut self.line) {
            line.retry.max_attempts = 1;
            line.timeout = line.timeout.min(each);
            line.observed = Some(Arc::clone(observed));
        }
    }

    /// Whether requests go somewhere else than over the network.
    pub(crate) fn is_replaced(&self) -> bool {
        self.line.transport.get().is_some()
    }

    /// Another transport, for tests. Has no effect once a request was sent.
    pub fn use_transport(&self, transport: Arc<dyn Transport>) {
        transport.know(&self.parts.redactor);
        if !transport.waits() {
            self.pace.lift();
        }
        let _ = self.line.transport.set(Ok(transport));
    }

    /// What the program around the engine provides. Has no effect once a token was asked for.
    pub fn use_host(&self, host: Arc<dyn Host>) {
        let _ = self.line.host.set(host);
    }

    /// Whether a wait before a request can change anything.
    pub(crate) fn waits(&self) -> bool {
        self.line.waits()
    }

    /// The names of query parameters that carry credentials.
    pub(crate) fn credential_query(&self) -> Vec<&str> {
        self.parts.auth.query_names()
    }

    /// Waits until a token that is being renewed is stored.
    pub(crate) async fn settled(&self) {
        self.parts.auth.settled().await;
    }

    /// The connector's OAuth client, where it has one.
    pub(crate) fn oauth2(&self) -> Option<&super::oauth2::OAuth2> {
        match &self.parts.auth {
            Authenticator::OAuth2(oauth) => Some(oauth),
            _ => None,
        }
    }

    /// A line for requests of the auth's own.
    pub(crate) fn line(&self, watch: &SendWatch) -> AuthLine {
        AuthLine { parts: Arc::clone(&self.line), watch: watch.clone() }
    }

    /// The program around the engine.
    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        self.line.host()
    }

    /// Where credentials may go.
    pub fn hosts(&self) -> &HostPolicy {
        &self.parts.hosts
    }

    /// Takes secrets out of text.
    pub fn redactor(&self) -> &Redactor {
        &self.parts.redactor
    }

    /// Sends a request until it is answered well, may not be repeated, or was tried often enough.
    pub(crate) async fn send(
        &self,
        request: &OutRequest,
        rules: &[&Rules],
        expressions: &Expressions,
        watch: &SendWatch,
    ) -> Result<Answer, Problem> {
        self.open(request, rules, expressions, watch, None).await.map(|opened| opened.answer)
    }

    /// As `send`; of a good answer with more than `whole` bytes the rest is left to be read by the caller.
    pub(crate) async fn open(
        &self,
        request: &OutRequest,
        rules: &[&Rules],
        expressions: &Expressions,
        watch: &SendWatch,
        whole: Option<usize>,
    ) -> Result<Opened, Problem> {
        let most = self.parts.retry.max_attempts.min(watch.tries.unwrap_or(u32::MAX)).max(1);
        let via = AuthWire { line: self.line(watch), expressions };
        let (mut attempt, mut renewed) = (1, 0);
        loop {
            let (wait, problem, rate_limited) = match self.attempt(request, rules, &via, attempt, whole).await {
                Verdict::Good(opened) => return Ok(*opened),
                Verdict::Bad(problem) => return Err(self.finish(*problem, request)),
                Verdict::Again { wait, problem, rate_limited } => (wait, problem, rate_limited),
                Verdict::Refused(refusal) => {
                    let again = self.renew(&refusal, renewed, &via).await;
                    if !again.map_err(|problem| self.finish(*problem, request))? {
                        return Err(self.finish(refusal.problem, request));
                    }
                    renewed += 1;
                    watch.tally.retries.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
            };
            if let Some(wait) = wait.filter(|wait| *wait > self.longest(watch)) {
                return Err(self.finish(classify::waits_too_long(&host(&request.url), wait), request));
            }
            if attempt >= most {
                return Err(self.finish(*problem, request));
            }
            attempt += 1;
            self.pause(attempt, wait, &problem, rate_limited, watch).await;
        }
    }

    /// How long the server may make us wait: not for long where a person waits.
    fn longest(&self, watch: &SendWatch) -> Duration {
        let longest = self.parts.longest_wait;
        if watch.tries.is_some() { longest.min(PATIENCE) } else { longest }
    }

    /// Waits before a repeat, and tells of it.
    async fn pause(
        &self,
        attempt: u32,
        wait: Option<Duration>,
        problem: &Problem,
        rate_limited: bool,
        watch: &SendWatch,
    ) {
        let wait = wait.unwrap_or_else(|| backoff::wait(&self.parts.retry.backoff, attempt));
        watch.tally.retries.fetch_add(1, Ordering::Relaxed);
        watch.tell(RunEvent::Retry {
            stream: watch.stream.clone(),
            attempt,
            wait_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
            reason: self.parts.redactor.text(&problem.message),
            rate_limited,
        });
        // A rate limit holds everybody back: the pace waits.
        if !rate_limited && self.line.waits() {
            tokio::time::sleep(wait).await;
        }
    }

    /// A turn of what is not HTTP: waits for the rate limit, and for a free place among those at once.
    pub(crate) async fn turn(&self, watch: &SendWatch) -> Result<Turn, Problem> {
        let turn = self.pace.turn(self.longest(watch), |wait, reason| watch.paused(wait, reason)).await;
        turn.map_err(|TooLong(wait)| classify::waits_too_long("the connector's own rate limit", wait))
    }

    /// Before an answer that came but could not be read is asked for again: waits, and tells whether it may be.
    pub(crate) async fn may_repeat(&self, attempt: u32, problem: &Problem, watch: &SendWatch) -> bool {
        let most = self.parts.retry.max_attempts.min(watch.tries.unwrap_or(u32::MAX));
        if !problem.retry || attempt >= most {
            return false;
        }
        self.pause(attempt + 1, None, problem, false, watch).await;
        true
    }

    /// Makes the credentials ready anew after a refusal: once for a request, and a few times more where the refusal says
    /// nothing against them.
    async fn renew(&self, refusal: &Refusal, before: u32, via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        let Refusal { status, headers, generation, .. } = refusal;
        let refused = Refused { status: *status, headers, generation: *generation };
        let harmless = self.parts.auth.is_harmless(&refused);
        if before > 0 && (before > 4 || !(harmless || self.parts.auth.is_anothers(&refused))) {
            return Ok(false);
        }
        let renewed = self.parts.auth.renew(&refused, via).await?;
        if renewed && !harmless {
            via.line
                .log(LogLevel::Info, "The server refused the credentials; they were renewed, and it is asked again.");
        }
        Ok(renewed)
    }

    /// One try and what becomes of it.
    async fn attempt(
        &self,
        request: &OutRequest,
        rules: &[&Rules],
        via: &AuthWire<'_>,
        attempt: u32,
        whole: Option<usize>,
    ) -> Verdict {
        let watch = &via.line.watch;
        if self.parts.hosts.allows(&request.url)
            && let Err(problem) = self.parts.auth.prepare(via).await
        {
            return Verdict::Bad(problem);
        }
        let turn = match self.pace.turn(self.longest(watch), |wait, reason| watch.paused(wait, reason)).await {
            Ok(turn) => turn,
            Err(TooLong(wait)) => return Verdict::Bad(Box::new(classify::waits_too_long(&host(&request.url), wait))),
        };
        if let Some(gate) = &watch.gate
            && let Err(problem) = gate().await
        {
            return Verdict::Bad(Box::new(problem));
        }
        watch.tally.requests.fetch_add(1, Ordering::Relaxed);
        let start = Instant::now();
        let done = tokio::time::timeout(self.parts.timeout, exchange(self, request, via, whole)).await;
        let mut raw = match done {
            Ok(Ok(raw)) => raw,
            Ok(Err(Failure::Refused(problem))) => return Verdict::Bad(problem),
            Ok(Err(Failure::Trouble(trouble))) => return self.trouble(&trouble, request),
            Err(_) => return self.trouble(&Trouble::new(TroubleKind::Timeout, "no whole answer in time"), request),
        };
        let took = raw.took.unwrap_or_else(|| start.elapsed());
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        watch.tally.latency.add(took);
        watch.tally.bytes.fetch_add(raw.body.len() as u64, Ordering::Relaxed);
        let (bytes, rest) = (raw.body.clone(), raw.rest.take());
        self.clean(&mut raw, request, watch);
        self.keep_last(&raw, watch, (attempt, duration_ms));
        if let Some(recent) = &watch.recent {
            recent.answered(&raw.request, || self.response(&raw, attempt, duration_ms), &raw.body);
        }
        if self.parts.hosts.allows(&raw.url) {
            let now = self.parts.clock.now();
            if let Some(observed) = &self.line.observed {
                observed.answer(raw.status, &raw.headers, took, now);
            }
            turn.learn(quotas(&raw.headers, now));
        }
        let status = raw.status;
        let rest = rest.map(|stream| BodyRest {
            stream,
            read: bytes.len() as u64,
            ceiling: self.parts.ceiling,
            patience: self.parts.timeout,
            host: host(&raw.url),
            tally: Arc::clone(&watch.tally),
            start,
        });
        let verdict = self.judge(raw, (bytes, rest), request, rules, via.expressions, (attempt, duration_ms));
        self.held(verdict, status, attempt, &turn)
    }

    /// Holds everybody back where the server asked for it, before this request gives its turn away.
    fn held(&self, mut verdict: Verdict, status: u16, attempt: u32, turn: &Turn) -> Verdict {
        if let Verdict::Again { wait, rate_limited, .. } = &mut verdict {
            if *rate_limited {
                wait.get_or_insert_with(|| backoff::wait(&self.parts.retry.backoff, attempt + 1));
            }
            if let Some(wait) = wait.filter(|_| *rate_limited || status == 503) {
                turn.hold(wait);
            }
        }
        verdict
    }

    /// Keeps the answer for whoever asks for the last one.
    fn keep_last(&self, raw: &Raw, watch: &SendWatch, (attempts, duration_ms): (u32, u64)) {
        let Some(last) = &watch.last else { return };
        let response = self.response(raw, attempts, duration_ms);
        let (request, body) = (raw.request.clone(), raw.body.clone());
        last.put_back(CapturedPage { request, response, body, records: 0, partition: None });
    }

    fn response(&self, raw: &Raw, attempts: u32, duration_ms: u64) -> ResponseSnapshot {
        ResponseSnapshot {
            status: raw.status,
            headers: self.parts.redactor.headers(&raw.headers),
            bytes: raw.body.len() as u64,
            duration_ms,
            attempts,
        }
    }

    /// Takes secrets out of an answer before anything else sees it.
    fn clean(&self, raw: &mut Raw, request: &OutRequest, watch: &SendWatch) {
        let content_type = raw.headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
        let text = body::to_utf8(std::mem::take(&mut raw.body), content_type);
        let (clean, found) = self.parts.redactor.body(text);
        raw.body = clean;
        for (_, value) in &mut raw.headers {
            *value = self.parts.redactor.text(value);
        }
        let private = request.secrets.query.iter().map(String::as_str);
        take_off(&mut raw.url, self.parts.auth.query_names().into_iter().chain(private));
        if found && !self.body_told.swap(true, Ordering::Relaxed) {
            watch.log(
                LogLevel::Warn,
                "The server sends a secret of this connection back; it was masked in the answer.".into(),
            );
        }
    }

    fn judge(
        &self,
        raw: Raw,
        (bytes, rest): (Bytes, Option<BodyRest>),
        request: &OutRequest,
        rules: &[&Rules],
        expressions: &Expressions,
        (attempts, duration_ms): (u32, u64),
    ) -> Verdict {
        let now = self.parts.clock.now();
        let seen = Seen { status: raw.status, headers: &raw.headers, body: &raw.body };
        let judged =
            rules.iter().enumerate().find_map(|(place, rules)| Some((place, rules.judge(&seen, expressions, now)?)));
        let (place, ruling) = judged.map_or((0, None), |(place, ruling)| (place, Some(ruling)));
        let then = ruling.as_ref().map(|ruling| ruling.then);
        let good = matches!(then, Some(ResponseThen::Success | ResponseThen::Ignore))
            || (then.is_none() && (200..300).contains(&raw.status));
        if good {
            let answer = self.answer(raw, then == Some(ResponseThen::Ignore), attempts, duration_ms);
            return Verdict::Good(Box::new(Opened { answer, raw: bytes, rest }));
        }
        let host = host(&raw.url);
        let mut problem = classify::problem(&seen, &host, raw.credentials.is_some(), attempts);
        if let (Some(left), 401 | 403) = (&raw.left_for, raw.status) {
            problem = problem
                .hint(format!("A redirect led to {left}, where the credentials don't go. Use {left} in base_url."));
        }
        let limited = raw.status == 429 || then == Some(ResponseThen::RateLimited);
        let asked = if limited { asked(&raw.headers, now) } else { backoff::retry_after_of(&raw.headers, now) };
        let refresh = then == Some(ResponseThen::RefreshAuth) || (then.is_none() && raw.status == 401);
        if let (true, Some(generation)) = (refresh, raw.credentials) {
            if let Some(ruling) = ruling {
                problem = refused(ruling, problem, &host);
            }
            let (status, headers) = (raw.status, raw.headers);
            return Verdict::Refused(Box::new(Refusal { problem, status, headers, generation }));
        }
        match ruling {
            // A rule that all requests share does not know that this one would be done twice.
            Some(ruling) if request.once() && ruling.then == ResponseThen::Retry && place > 0 => {
                Verdict::Bad(Box::new(unsure(problem)))
            }
            Some(ruling) => ruled(ruling, problem, asked, &host),
            None if request.once() && raw.status >= 500 && !(raw.status == 503 && asked.is_some()) => {
                Verdict::Bad(Box::new(unsure(problem)))
            }
            None if classify::may_pass(raw.status) && (request.repeatable() || matches!(raw.status, 429 | 503)) => {
                Verdict::Again { wait: asked, problem: Box::new(problem), rate_limited: raw.status == 429 }
            }
            None => Verdict::Bad(Box::new(problem)),
        }
    }

    fn trouble(&self, trouble: &Trouble, request: &OutRequest) -> Verdict {
        let problem = Box::new(trouble.problem(&host(&request.url), self.parts.timeout, self.parts.ceiling));
        if trouble.may_pass() && (request.repeatable() || trouble.before_sending()) {
            Verdict::Again { wait: None, problem, rate_limited: false }
        } else if request.once() && !trouble.not_sent() {
            Verdict::Bad(Box::new(unknown(*problem)))
        } else {
            Verdict::Bad(problem)
        }
    }

    fn answer(&self, raw: Raw, ignored: bool, attempts: u32, duration_ms: u64) -> Answer {
        let response = self.response(&raw, attempts, duration_ms);
        let Raw { status, headers, body, url, request, .. } = raw;
        Answer { status, headers, body, url, request, response, ignored }
    }

    /// Names the request and masks the whole.
    fn finish(&self, mut problem: Problem, request: &OutRequest) -> Problem {
        // Where nobody is signed in, no request was sent.
        if problem.code != "sign_in_needed" {
            let url = request.shown.as_ref().map_or(&request.url, |shown| &shown.url);
            let shown = format!("{} {}", request.method.as_str(), self.parts.redactor.url(url));
            problem.request.get_or_insert(shown);
        }
        self.parts.redactor.problem(problem)
    }

    /// The request as sent, masked.
    pub(super) fn snapshot(&self, wire: &WireRequest, request: &OutRequest) -> RequestSnapshot {
        let redactor = &self.parts.redactor;
        let shown = request.shown.as_ref();
        let mut headers = wire.headers.clone();
        for (name, value) in shown.iter().flat_map(|shown| &shown.headers) {
            if let Some((_, have)) = headers.iter_mut().find(|(have, _)| have.eq_ignore_ascii_case(name)) {
                have.clone_from(value);
            }
        }
        let body = shown.map_or(wire.body.as_ref(), |shown| wire.body.as_ref().and(shown.body.as_ref()));
        // Behind a redirect the address is the server's.
        let url = shown.filter(|_| wire.url.path() == request.url.path()).map_or(&wire.url, |shown| &shown.url);
        RequestSnapshot {
            method: wire.method.as_str().to_owned(),
            url: redactor.url(url),
            headers: redactor.headers(&headers),
            body: body.map(|body| redactor.text(&String::from_utf8_lossy(body))),
        }
    }

    /// What a request will carry to prove who sends it: what is known is put on, what has to be got is shown by its place.
    pub(super) fn rehearse_credentials(&self, wire: &mut WireRequest) -> Result<(), Box<Problem>> {
        self.parts.auth.rehearse(wire)
    }

    pub(super) fn transport(&self) -> Result<&Arc<dyn Transport>, Trouble> {
        self.line.transport()
    }

    pub(super) async fn put_credentials(
        &self,
        wire: &mut WireRequest,
        via: &AuthWire<'_>,
    ) -> Result<Generation, Box<Problem>> {
        self.parts.auth.put_on(wire, via).await
    }

    pub(crate) fn has_credentials(&self) -> bool {
        !self.parts.auth.is_empty()
    }

    pub(super) fn redirects(&self) -> u32 {
        self.parts.redirects
    }

    /// The most bytes of one answer.
    pub(crate) fn ceiling(&self) -> u64 {
        self.parts.ceiling
    }
}

/// A write whose answer says that the server failed: the same again could do it twice.
fn unsure(mut problem: Problem) -> Problem {
    problem.retry = false;
    problem.hint("It may have been done all the same: look before you send it again. It was not repeated.")
}

/// A write whose answer never came.
fn unknown(mut problem: Problem) -> Problem {
    problem.code = "outcome_unknown".to_owned();
    problem.retry = false;
    problem.message += " Whether it was done is not known.";
    problem.hint("Look before you send it again. It was not repeated: that could do it twice. An idempotency key makes repeats safe.")
}

/// The problem of an answer that a rule takes for a refusal of the credentials.
fn refused(ruling: Ruling, mut problem: Problem, host: &str) -> Problem {
    if let Some(message) = ruling.message {
        problem.message = format!("{host} says: {message}");
    }
    as_refusal(problem)
}

fn as_refusal(mut problem: Problem) -> Problem {
    problem.code = "auth_rejected".to_owned();
    problem.kind = definition::ProblemKind::Auth;
    problem.stage = definition::Stage::Auth;
    problem
}

/// What a rule of the definition makes of an answer.
fn ruled(ruling: Ruling, mut problem: Problem, asked: Option<Duration>, host: &str) -> Verdict {
    use definition::ProblemKind;
    if let Some(message) = ruling.message {
        problem.message = format!("{host} says: {message}");
    }
    let wait = ruling.wait.or(asked);
    match ruling.then {
        ResponseThen::Retry => Verdict::Again { wait, problem: Box::new(problem.retryable()), rate_limited: false },
        ResponseThen::RateLimited => {
            problem.code = "rate_limited".to_owned();
            problem.kind = ProblemKind::RateLimit;
            Verdict::Again { wait, problem: Box::new(problem.retryable()), rate_limited: true }
        }
        ResponseThen::RefreshAuth => Verdict::Bad(Box::new(as_refusal(problem))),
        ResponseThen::Fail | ResponseThen::Success | ResponseThen::Ignore => {
            if problem.code == "unexpected_status" {
                problem.code = "response_rule".to_owned();
                problem.hint =
                    Some("A rule of the definition (responses) says that this answer is a failure.".to_owned());
            }
            Verdict::Bad(Box::new(problem))
        }
    }
}
