//! Whether a connection works, as named checks. Ends within its time whatever the API does: each request is sent once,
//! and nothing waits for long.

mod database;
mod facts;
mod files;
mod identity;
mod reach;
mod report;
mod sign_in;
mod streams;

pub use report::{HealthCheck, HealthReport, HealthState, StreamHealth};

use crate::http::{Observed, SendWatch, Tally, shown_host};
use crate::plan::Plan;
use definition::{Problem, ProblemKind, Stage};
use reach::Reach;
use sign_in::SignedIn;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use streams::Streams;

/// The longest that one request of a check may take.
const EACH: Duration = Duration::from_secs(10);
/// The longest that a name or a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// An answer that takes longer is worth a look.
const SLOW: Duration = Duration::from_secs(2);

/// What is checked.
#[derive(Debug, Clone)]
pub struct HealthOptions {
    /// How long it may take in all.
    pub timeout: Duration,
    /// Which streams are read: all, one, or none.
    pub streams: HealthStreams,
    /// Whether the connector speaks HTTP at all.
    pub http: bool,
}

/// Which streams a check reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum HealthStreams {
    /// Each one's first page.
    #[default]
    All,
    /// One's.
    One(String),
    /// None: only what is needed to know that the API answers and takes the credentials.
    None,
}

/// Checks a connection. Takes a plan of its own: it is hurried.
pub async fn check(mut plan: Plan, options: &HealthOptions) -> HealthReport {
    let begin = Instant::now();
    let observed = Arc::new(Observed::default());
    let each = EACH.min(options.timeout / 2).max(Duration::from_millis(100));
    let replaced = plan.sender.is_replaced();
    plan.sender.hurry(each, &observed);
    let tally = Arc::new(Tally::default());
    let plan = Arc::new(plan);
    let clock = plan.clock;
    let mut checking = Checking {
        watch: SendWatch {
            stream: "check".to_owned(),
            tries: Some(1),
            tally: Arc::clone(&tally),
            ..SendWatch::default()
        },
        plan: Arc::clone(&plan),
        observed: Arc::clone(&observed),
        deadline: begin + options.timeout,
        streams: Streams::default(),
    };
    let mut report = HealthReport { checked_at: clock.now().to_string(), ..HealthReport::default() };
    if options.http {
        checking.over_http(&mut report, options, each, replaced).await;
    } else {
        checking.other_source(&mut report, options).await;
    }
    report.duration_ms = ms(begin.elapsed());
    report.scopes = observed.facts().scopes;
    report.requests = tally.requests.load(Ordering::Relaxed) + checking.streams.requests;
    report.bytes = tally.bytes.load(Ordering::Relaxed) + checking.streams.bytes;
    report
}

/// A check on its way.
struct Checking {
    plan: Arc<Plan>,
    observed: Arc<Observed>,
    watch: SendWatch,
    deadline: Instant,
    streams: Streams,
}

impl Checking {
    async fn over_http(&mut self, report: &mut HealthReport, options: &HealthOptions, each: Duration, replaced: bool) {
        let url = self.plan.base.clone();
        let begin = Instant::now();
        let probe =
            if replaced || reach::has_proxy(&url) { None } else { Some(reach::probe(&url, CONNECT.min(each)).await) };
        let probed = begin.elapsed();
        let shut = matches!(probe, Some(Reach::Ends { .. }));
        let signed_in = if shut { SignedIn::not_tried() } else { self.sign_in(options).await };
        let reachable = self.reachable(probe, probed, &signed_in);
        let answers = reachable.state != HealthState::Fail;
        report.push(reachable);
        let now = self.plan.clock.now();
        let certificate =
            |facts| facts::certificate(facts, url.host_str().unwrap_or_default(), url.scheme() == "https", now);
        report.push(certificate(&self.observed.facts()));
        let (check, may_read) = signed_in.told(&self.plan, &self.observed.facts().scopes, answers);
        report.identity.clone_from(&signed_in.identity);
        report.push(check);
        let why = match (answers, may_read) {
            (false, _) => Some("The API can't be reached."),
            (true, false) => Some("The credentials are refused; more tries could lock the account."),
            (true, true) => None,
        };
        let streams = self.read_streams(options, why).await;
        let facts = self.observed.facts();
        report.push(facts::clock_skew(&facts));
        report.push(facts::rate_limit(&facts, None));
        if let Some(folders) = self.folders().await {
            report.push(folders);
        }
        report.push(streams);
    }

    /// A connector without HTTP: its streams tell.
    async fn other_source(&mut self, report: &mut HealthReport, options: &HealthOptions) {
        if let Some(folders) = self.folders().await {
            report.push(folders);
        }
        let why = self.databases(report).await;
        let streams = self.read_streams(options, why).await;
        report.push(streams);
    }

    /// Whether the API was reached, by what was tried so far.
    fn reachable(&self, probe: Option<Reach>, probed: Duration, signed_in: &SignedIn) -> HealthCheck {
        const NAME: &str = "reachable";
        let host = shown_host(&self.plan.base);
        let facts = self.observed.facts();
        let took = probed + facts.first.unwrap_or_default();
        let mut check = match probe {
            Some(Reach::Ends { step, trouble, message }) => {
                let mut problem = trouble.problem(&host, CONNECT, 0);
                if let Some(message) = message {
                    problem.message = message;
                    problem.hint =
                        Some("Check the address, this computer's network, and any firewall between.".to_owned());
                }
                problem.message = format!("{step}: {}", problem.message);
                HealthCheck::failed(NAME, problem)
            }
            probe => match (signed_in.unreachable(&facts), facts.first) {
                (Some(mut problem), _) => {
                    problem.message = format!("{}: {}", step(&problem), problem.message);
                    HealthCheck::failed(NAME, problem)
                }
                (None, Some(first)) => self.answered(probe.as_ref(), first, &host),
                (None, None) => HealthCheck::new(NAME, HealthState::Skipped, "No request was needed."),
            },
        };
        check.duration_ms = ms(took).max(signed_in.unreachable(&facts).map_or(0, |_| ms(signed_in.took)));
        #[expect(clippy::cast_precision_loss, reason = "milliseconds for people")]
        let number = check.duration_ms as f64;
        check.number(number, "ms")
    }

    fn answered(&self, probe: Option<&Reach>, first: Duration, host: &str) -> HealthCheck {
        let tls = if self.plan.base.scheme() == "https" { "TLS, " } else { "" };
        let way = match probe {
            Some(Reach::Open { dns, tcp }) => {
                format!("DNS {} ms, TCP {} ms, {tls}HTTP {} ms", ms(*dns), ms(*tcp), ms(first))
            }
            _ => format!("{tls}HTTP {} ms", ms(first)),
        };
        if first > SLOW {
            let told = format!("{host} answers, but slowly: it took {:.1} s ({way}).", first.as_secs_f64());
            return HealthCheck::new("reachable", HealthState::Warn, told);
        }
        HealthCheck::new("reachable", HealthState::Pass, format!("{host} answers ({way})."))
    }

    /// What is left of the time.
    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// Which step of a connection a problem belongs to.
fn step(problem: &Problem) -> &'static str {
    match problem.code.as_str() {
        "unknown_host" => "DNS",
        "no_answer" | "forbidden_address" => "TCP",
        "bad_certificate" | "tls_failed" => "TLS",
        _ => "HTTP",
    }
}

/// The time was over.
fn out_of_time(what: &str, after: Duration) -> Problem {
    let message = format!("{what} took longer than {:.0} s.", after.as_secs_f64().ceil());
    Problem::new("timeout", ProblemKind::Network, Stage::Send, message)
        .hint("Try again later, or give the check more time (--timeout).")
        .retryable()
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
