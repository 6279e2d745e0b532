//! What kinds ask for tokens over: a request of their own, its masked copy told to whoever watches.

use crate::capture::{AsideRequest, RequestSnapshot, ResponseSnapshot};
use crate::clock::Clock;
use crate::event::{LogLevel, RunEvent};
use crate::expr::Expressions;
use crate::host::{Host, MemoryHost};
use crate::http::transport::{Transport, WireRequest};
use crate::http::{HttpClient, Observed, Redactor, SendWatch, Trouble, TroubleKind, backoff, body, shown_host};
use bytes::Bytes;
use definition::model::{Method, Retry};
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use url::Url;

/// Bytes of an answer to a token request.
const CEILING: u64 = 1024 * 1024;
/// The longest wait that a token URL may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Characters of an answer that are shown.
const SHOWN: usize = 20_000;

/// What the sender and its token requests share. Made once a plan.
#[derive(Debug)]
pub(crate) struct LineParts {
    pub transport: OnceLock<Result<Arc<dyn Transport>, Trouble>>,
    pub host: OnceLock<Arc<dyn Host>>,
    pub redactor: Redactor,
    pub retry: Retry,
    pub timeout: Duration,
    pub clock: Clock,
    /// Where a health check gathers what answers say about themselves.
    pub observed: Option<Arc<Observed>>,
}

impl LineParts {
    /// The transport, made at the first call.
    pub(crate) fn transport(&self) -> Result<&Arc<dyn Transport>, Trouble> {
        let made = self.transport.get_or_init(|| {
            HttpClient::new(self.observed.clone()).map(|client| Arc::new(client) as Arc<dyn Transport>)
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// Whether a wait before a request can change anything.
    pub(crate) fn waits(&self) -> bool {
        self.transport.get().is_none_or(|made| made.as_ref().is_ok_and(|transport| transport.waits()))
    }

    /// The program around the engine; one that only remembers where none was given.
    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        self.host.get_or_init(|| Arc::new(MemoryHost::default()))
    }
}

/// A line for token requests. Borrows nothing, so that a renewal outlives the request that it was made for.
#[derive(Debug, Clone)]
pub(crate) struct AuthLine {
    pub parts: Arc<LineParts>,
    pub watch: SendWatch,
}

/// What a kind of auth works with.
#[derive(Debug)]
pub(crate) struct AuthWire<'a> {
    /// Requests of its own, clock, redactor and host.
    pub line: AuthLine,
    /// The connection's values.
    pub expressions: &'a Expressions,
}

/// A request for a token: goes to where the auth says and nowhere else; redirects are not followed.
#[derive(Debug, Clone)]
pub(crate) struct AuthRequest {
    /// What it is for, in a word: `token`, `login`, `device code`.
    pub what: &'static str,
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(String, String)>,
    pub body: Option<Bytes>,
}

/// Its answer, secrets still in it.
pub(crate) struct AuthAnswer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl AuthLine {
    /// The moment now.
    pub(crate) fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// From now on the text is masked everywhere.
    pub(crate) fn learn(&self, secret: &str) {
        self.parts.redactor.learn(secret);
    }

    /// The program around the engine.
    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        self.parts.host()
    }

    /// A line for the log.
    pub(crate) fn log(&self, level: LogLevel, message: &str) {
        self.watch.log(level, self.parts.redactor.text(message));
    }

    /// Sends a request and reads its answer, whatever its status. `read` learns what is secret in it; only then is the
    /// masked copy told.
    pub(crate) async fn send<T>(
        &self,
        request: &AuthRequest,
        read: impl FnOnce(&AuthAnswer) -> Result<T, Problem>,
    ) -> Result<T, Box<Problem>> {
        let start = Instant::now();
        let (answer, attempts) = match self.answer(request).await {
            Ok(done) => done,
            Err(problem) => {
                self.tell(request, None, &problem.message);
                return Err(Box::new(self.name(*problem, request)));
            }
        };
        let took = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let result = if (300..400).contains(&answer.status) { Err(redirected(request)) } else { read(&answer) };
        let why = result.as_ref().err().map(|problem| problem.message.clone()).unwrap_or_default();
        self.tell(request, Some((&answer, took, attempts)), &why);
        result.map_err(|problem| Box::new(self.name(problem, request)))
    }

    /// Sends until there is an answer that more patience does not change.
    async fn answer(&self, request: &AuthRequest) -> Result<(AuthAnswer, u32), Box<Problem>> {
        let most = self.parts.retry.max_attempts.min(self.watch.tries.unwrap_or(u32::MAX)).max(1);
        let mut attempt = 1;
        loop {
            self.watch.tally.requests.fetch_add(1, Ordering::Relaxed);
            let done = match tokio::time::timeout(self.parts.timeout, self.exchange(request)).await {
                Ok(done) => done,
                Err(_) => Err(Trouble::new(TroubleKind::Timeout, "no whole answer in time")),
            };
            let wait = match done {
                Ok(answer) if attempt < most && may_pass(answer.status) => {
                    let asked = answer.headers.iter().find(|(name, _)| name == "retry-after");
                    asked.and_then(|(_, value)| backoff::retry_after(value, self.now()))
                }
                Ok(answer) => return Ok((answer, attempt)),
                Err(trouble) if attempt < most && trouble.may_pass() => None,
                Err(trouble) => {
                    return Err(Box::new(trouble.problem(&shown_host(&request.url), self.parts.timeout, CEILING)));
                }
            };
            attempt += 1;
            self.watch.tally.retries.fetch_add(1, Ordering::Relaxed);
            let wait = wait.unwrap_or_else(|| backoff::wait(&self.parts.retry.backoff, attempt)).min(LONGEST_WAIT);
            if self.parts.waits() {
                tokio::time::sleep(wait).await;
            }
        }
    }

    async fn exchange(&self, request: &AuthRequest) -> Result<AuthAnswer, Trouble> {
        let answer = self.parts.transport()?.send(dressed(request)).await?;
        let body = body::read(answer.body, CEILING).await?;
        self.watch.tally.bytes.fetch_add(body.len() as u64, Ordering::Relaxed);
        Ok(AuthAnswer { status: answer.status, headers: answer.headers, body })
    }

    /// Tells whoever watches of a request and its answer, masked.
    fn tell(&self, request: &AuthRequest, answer: Option<(&AuthAnswer, u64, u32)>, problem: &str) {
        let redactor = &self.parts.redactor;
        let wire = dressed(request);
        let text = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            redactor.text(&text).chars().take(SHOWN).collect::<String>()
        };
        let aside = AsideRequest {
            what: request.what.to_owned(),
            stream: None,
            request: RequestSnapshot {
                method: wire.method.as_str().to_owned(),
                url: redactor.url(&wire.url),
                headers: redactor.headers(&wire.headers),
                body: wire.body.as_ref().map(|body| text(body)),
            },
            response: answer.map(|(answer, duration_ms, attempts)| ResponseSnapshot {
                status: answer.status,
                headers: redactor.headers(&answer.headers),
                bytes: answer.body.len() as u64,
                duration_ms,
                attempts,
            }),
            body: answer.map(|(answer, ..)| text(&answer.body)).unwrap_or_default(),
            problem: (!problem.is_empty()).then(|| redactor.text(problem)),
        };
        if let Some(capture) = &self.watch.capture {
            capture.keep_aside(aside.clone());
        }
        self.watch.tell(RunEvent::Aside { stream: self.watch.stream.clone(), aside });
    }

    fn name(&self, mut problem: Problem, request: &AuthRequest) -> Problem {
        let shown = format!("{} {}", request.method.as_str(), self.parts.redactor.url(&request.url));
        problem.request.get_or_insert(shown);
        self.parts.redactor.problem(problem)
    }
}

fn dressed(request: &AuthRequest) -> WireRequest {
    let mut headers = request.headers.clone();
    for (name, value) in
        [("Accept", "application/json"), ("User-Agent", concat!("Tapwright/", env!("CARGO_PKG_VERSION")))]
    {
        if !headers.iter().any(|(have, _)| have.eq_ignore_ascii_case(name)) {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    WireRequest { method: request.method, url: request.url.clone(), headers, body: request.body.clone() }
}

fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
}

fn redirected(request: &AuthRequest) -> Problem {
    let host = shown_host(&request.url);
    let message = format!("{host} redirects the {} request. It holds secrets, so it is not sent on.", request.what);
    Problem::new("auth_redirected", ProblemKind::Config, Stage::Auth, message)
        .hint("Write the address that it redirects to, where you trust it.")
}
