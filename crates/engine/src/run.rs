//! The one loop: preview, sync and the command line run this with different limits and sinks.

mod ahead;
mod blame;
mod check;
mod fetch;
pub(crate) mod greatest;
mod guard;
mod ledger;
mod mapping;
mod order;
pub(crate) mod pages;
mod start;
pub(crate) mod units;
mod unmapped;
mod writing;

pub use crate::partition::PartPick;
pub use blame::blamed;
pub use check::check;

use crate::capture::{Capture, Recent};
use crate::event::{Counts, EventSink, LogLevel, NewField, Outcome, RunEvent};
use crate::http::Latency;
use crate::http::{SendWatch, Tally};
use crate::job::JobPlan;
use crate::json::unescape;
use crate::page::Pager;
use crate::partition::{Walk, Walked};
use crate::plan::Plan;
use crate::sink::Sink;
use crate::source::files::FilesWalk;
use crate::state::StreamState;
use definition::{Problem, ProblemKind, Stage};
use fetch::{FetchEnd, Fetcher};
use ledger::Ledger;
use mapping::Mapping;
use start::Start;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use writing::{Writer, WriterEnd};

/// The small limits of a preview; a sync has none of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadLimits {
    /// Pages of a stream.
    pub pages: Option<u64>,
    /// Records of a stream.
    pub records: Option<u64>,
    /// Bytes of its answers. The page that goes beyond is the last.
    pub bytes: Option<u64>,
}

/// How often a request is sent while a person waits for a preview or a check.
const TRIES_WHILE_WAITING: u32 = 3;

/// How a stream is read.
#[derive(Clone)]
pub struct RunOptions {
    /// Small limits.
    pub limits: ReadLimits,
    /// Whether saved state is left aside.
    pub full: bool,
    /// The state to start from, where the sink keeps none.
    pub state: Option<StreamState>,
    /// Where pages are kept, for a preview.
    pub capture: Option<Capture>,
    /// The one part to read, of a stream with partitions.
    pub part: Option<PartPick>,
    /// Where events go.
    pub events: EventSink,
    /// Stops the run.
    pub cancel: CancellationToken,
}

/// How reading a stream ended.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamResult {
    /// How.
    pub outcome: Outcome,
    /// What it did.
    pub counts: Counts,
    /// The state after it.
    pub state: StreamState,
    /// How long its requests took.
    pub latency: Latency,
    /// Why it did not end well.
    pub problem: Option<Problem>,
    /// Members of its records that are in no column and did not come before.
    pub new_fields: Vec<NewField>,
}

/// Pages on their way between two steps: enough to overlap, few enough to stay small.
const ON_THE_WAY: usize = 2;
/// Parts of partitions, which may be small.
const PARTS_ON_THE_WAY: usize = 64;

/// Reads one stream into a sink. Never panics on what a server sends; every way out drains and commits what is whole.
pub async fn read_stream(plan: Arc<Plan>, stream: &str, sink: Box<dyn Sink>, options: RunOptions) -> StreamResult {
    let (tally, recent) = (Arc::new(Tally::default()), Recent::default());
    let events = Arc::clone(&options.events);
    let result = match Pager::new(Arc::clone(&plan), stream) {
        Ok(pager) if pager.stream().partitions.is_empty() && options.part.is_some() => {
            let message = format!("`{stream}` is read as one: it has no partitions to choose from.");
            let problem = Problem::new("no_partition", ProblemKind::Config, Stage::Build, message);
            failed(StreamState::default(), problem.hint("Read it without a partition."))
        }
        Ok(pager) => {
            let own = pager.stream();
            let field = own.source.may_loop().then(|| own.field.clone());
            let counted = (Arc::clone(&tally), recent.clone());
            let mut result = beside(pager, plan, stream.to_owned(), sink, options, counted).await;
            if let Some(field) = field {
                result.problem = result.problem.map(|problem| blamed(problem, &field));
            }
            result
        }
        Err(problem) => failed(StreamState::default(), problem),
    };
    events(RunEvent::StreamFinished {
        stream: stream.to_owned(),
        outcome: result.outcome,
        counts: result.counts,
        latency: result.latency.clone(),
        problem: result.problem.clone(),
        failed: result.problem.as_ref().and_then(|problem| recent.of(problem)).map(Box::new),
        new_fields: result.new_fields.clone(),
    });
    result
}

/// Runs as a task of its own. A worker that waits for the network then goes on by itself when an answer comes; the
/// thread that waits for the result would have to be woken for every piece of it.
async fn beside(
    pager: Pager,
    plan: Arc<Plan>,
    stream: String,
    sink: Box<dyn Sink>,
    options: RunOptions,
    counted: (Arc<Tally>, Recent),
) -> StreamResult {
    let task = tokio::spawn(async move { run(pager, plan, &stream, sink, options, counted).await });
    let done = AbortOnDropHandle::new(task).await;
    done.unwrap_or_else(|_| failed(StreamState::default(), internal("reading")))
}

async fn run(
    pager: Pager,
    plan: Arc<Plan>,
    stream: &str,
    sink: Box<dyn Sink>,
    options: RunOptions,
    (tally, recent): (Arc<Tally>, Recent),
) -> StreamResult {
    let (mapped, to_write) = mpsc::channel(ON_THE_WAY);
    let (opened, open) = oneshot::channel();
    let (end_is, limited) = oneshot::channel();
    let (keeps_state, tell) = (sink.keeps_state(), Arc::clone(&options.events));
    let writer = Writer::new(sink, pager.stream(), &options, Arc::clone(&tally));
    let writer = tokio::task::spawn_blocking(move || writer.run(opened, to_write, limited));
    let Ok(kept) = open.await else {
        // The sink refused to open: the writer knows why.
        drop(mapped);
        return stop(join(writer, "writing").await, FetchEnd::Stopped, None, &tally);
    };
    let anew = is_anew(kept.as_ref(), &options);
    let start = Start::choose(&pager, kept, &options, plan.clock.now());
    (options.events)(RunEvent::StreamStarted {
        stream: stream.to_owned(),
        resumed: start.begin.resumed,
        since: start.since(&pager),
    });
    let watch = SendWatch {
        stream: stream.to_owned(),
        events: Some(Arc::clone(&options.events)),
        tally: Arc::clone(&tally),
        // Small limits mean that a person waits for it: a dead host is told in seconds, not after the whole backoff.
        capture: options.capture.clone(),
        tries: (options.limits != ReadLimits::default()).then_some(TRIES_WHILE_WAITING),
        last: None,
        gate: None,
        recent: Some(recent),
    };
    let pager = pager.watched(watch.clone());
    let (said, walked) = (pager.clone(), Arc::new(Walked::from(start.state.parents.clone())));
    let fetcher = Fetcher::new(pager.clone(), &plan, &options, Arc::clone(&tally));
    let files =
        FilesWalk { known: Arc::clone(&start.begin), light: watch.tries.is_some(), run: pager.files().watched(&watch) };
    let told = files.run.clone();
    let walk =
        Walk::new(Arc::clone(&plan), stream, watch, start.begin.now, Arc::clone(&walked), fetcher.ahead(), files);
    let walk = match (walk, options.part.clone()) {
        (Some(walk), Some(part)) => Some(walk.only(part)),
        (walk, _) => walk,
    };
    let (fetched, to_map) = mpsc::channel(if walk.is_some() { PARTS_ON_THE_WAY } else { ON_THE_WAY });
    let ledger = Ledger::new(pager.clone(), start.state.clone(), Arc::clone(&start.begin), walked);
    let mapping = Mapping::new(Arc::clone(&plan), pager, ledger, &options, keeps_state);
    let found = unmapped::Found::default();
    let finds = Arc::clone(&found);
    let mapping = tokio::task::spawn_blocking(move || mapping.run(to_map, &mapped, &finds));
    let end = fetcher.run(&start, walk, fetched).await;
    // A stop must not come between a new token and its place in the store.
    plan.sender().settled().await;
    let mapping_end = join(mapping, "mapping").await;
    // Nobody waits for it where writing failed.
    let _ = end_is.send(match &mapping_end {
        Ok(MapEnd::Drained) => matches!(end, FetchEnd::Limited(_)),
        Ok(MapEnd::Limited(_)) => true,
        Ok(MapEnd::Failed(_)) | Err(_) => false,
    });
    let written = join(writer, "writing").await;
    JobPlan::settle(&said).await;
    let mut result = stop(written, end, Some(mapping_end), &tally);
    if result.counts.pages == 0 && result.outcome != Outcome::Done {
        result.state = start.state;
    }
    let (broken, unread) = told.settle();
    result.counts.skipped += broken;
    if let (Outcome::Done, Some(problem)) = (result.outcome, unread) {
        result.outcome = Outcome::Partial;
        result.problem = Some(problem);
    }
    result.new_fields = unmapped::taken(&found);
    say_more(&mut result, &said, anew, &tell);
    result.problem =
        result.problem.map(|problem| guard::goes_on(plan.sender().redactor().problem(problem), keeps_state));
    result
}

/// Whether a read goes into a place that knows nothing of the stream yet: what is not new there came twice in this read.
fn is_anew(kept: Option<&StreamState>, options: &RunOptions) -> bool {
    kept.is_none() && !options.full && options.limits == ReadLimits::default()
}

/// What was read is right; that it is not all must be seen. `anew`: whether nothing was read before.
fn say_more(result: &mut StreamResult, pager: &Pager, anew: bool, tell: &EventSink) {
    if !matches!(result.outcome, Outcome::Done | Outcome::Limited) || result.problem.is_some() {
        return;
    }
    result.problem = pager.more().or_else(|| guard::overwritten(&result.counts, pager.stream()).filter(|_| anew));
    if let Some(problem) = &result.problem {
        let (stream, message) = (Some(pager.stream().name.clone()), problem.message.clone());
        tell(RunEvent::Log { level: LogLevel::Warn, stream, message });
    }
}

/// How mapping ended.
pub(crate) enum MapEnd {
    /// All that came was mapped.
    Drained,
    /// A limit on records was met; with the problem where it is a ceiling of the definition.
    Limited(Option<Box<Problem>>),
    /// A record ended the run.
    Failed(Box<Problem>),
}

/// Puts the ends of the three steps together. What comes later on the way decides.
fn stop(
    written: Result<WriterEnd, Problem>,
    fetched: FetchEnd,
    mapped: Option<Result<MapEnd, Problem>>,
    tally: &Tally,
) -> StreamResult {
    let (mut counts, state, committed, trouble) = match written {
        Ok(end) => (end.counts, end.state, end.counts.pages > 0, end.problem),
        Err(problem) => (Counts::default(), StreamState::default(), false, Some(problem)),
    };
    counts.requests = tally.requests.load(Ordering::Relaxed);
    counts.retries = tally.retries.load(Ordering::Relaxed);
    counts.bytes = tally.bytes.load(Ordering::Relaxed);
    let bad = |problem: Problem| (if committed { Outcome::Partial } else { Outcome::Failed }, Some(problem));
    let (outcome, problem) = match (trouble, mapped, fetched) {
        (Some(problem), _, _) => bad(problem),
        (None, Some(Err(problem)), _) => bad(problem),
        (None, Some(Ok(MapEnd::Failed(problem))), _) => bad(*problem),
        (None, Some(Ok(MapEnd::Limited(problem))), _) => (Outcome::Limited, problem.map(|problem| *problem)),
        (None, _, FetchEnd::Done) => (Outcome::Done, None),
        (None, _, FetchEnd::Limited(problem)) => (Outcome::Limited, problem.map(|problem| *problem)),
        (None, _, FetchEnd::Failed(problem) | FetchEnd::Stale(problem)) => bad(*problem),
        (None, _, FetchEnd::Cancelled) => (Outcome::Cancelled, None),
        (None, _, FetchEnd::Stopped) => bad(internal("a step of the run")),
    };
    StreamResult { outcome, counts, state, latency: tally.latency.now(), problem, new_fields: Vec::new() }
}

fn failed(state: StreamState, problem: Problem) -> StreamResult {
    let (counts, latency) = (Counts::default(), Latency::default());
    StreamResult { outcome: Outcome::Failed, counts, state, latency, problem: Some(problem), new_fields: Vec::new() }
}

async fn join<T>(handle: JoinHandle<T>, step: &str) -> Result<T, Problem> {
    handle.await.map_err(|_| internal(step))
}

fn internal(step: &str) -> Problem {
    let message = format!("The program stopped {step} unexpectedly. What was written before is kept.");
    Problem::new("internal", ProblemKind::Internal, Stage::Map, message).hint("Please report it with the run's log.")
}

/// A scalar's JSON text as plain text: a string without quotes and escapes, a number with every digit.
pub(crate) fn plain_text(raw: &str) -> std::borrow::Cow<'_, str> {
    match raw.strip_prefix('"').and_then(|inside| inside.strip_suffix('"')) {
        Some(inside) => unescape(inside),
        None => raw.into(),
    }
}
