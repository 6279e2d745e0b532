//! A run that goes on: what its events add up to.

use super::lines::{line, seconds};
use super::series::{Now, Series};
use super::small::small;
use crate::app::{lock, now};
use crate::contract::{AppEvent, RunLogLine, RunSeries, RunSummary, RunView, StreamRun};
use definition::{Definition, Problem};
use engine::capture::SentRequest;
use engine::event::{Counts, Outcome, PartitionNow, RunEvent};
use engine::http::Latency;
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::Connection;
use tokio_util::sync::CancellationToken;

/// Over how long the rate is told.
const WINDOW: Duration = Duration::from_secs(3);
/// How long a run that goes on is silent at most.
const TICK: Duration = Duration::from_secs(1);
/// Lines that wait to be kept. More in a moment are counted, not kept.
const WAITING: usize = 2_000;

/// A run that goes on.
pub(crate) struct Live {
    id: String,
    connection: String,
    view: Mutex<RunView>,
    begun: Instant,
    /// Records so far at some moments of the last seconds.
    rate: Mutex<VecDeque<(Instant, u64)>>,
    lines: Mutex<Vec<RunLogLine>>,
    /// What hooks want to be shown: title and text.
    notices: Mutex<Vec<(String, String)>>,
    /// What it did over time.
    series: Mutex<Series>,
    /// The requests that met problems, by streams.
    failed: Mutex<HashMap<String, SentRequest>>,
    changed: AtomicBool,
    /// When news were told last.
    told: Mutex<Instant>,
    pub cancel: CancellationToken,
    /// Cancelled once it ended and was kept.
    pub ended: CancellationToken,
}

impl Live {
    pub fn new(connection: &Connection, definition: &Definition, cancel: CancellationToken) -> Self {
        let id = run_id();
        let run = RunSummary {
            id: id.clone(),
            connection: connection.id.clone(),
            name: connection.name.clone(),
            started_at: now(),
            ended_at: None,
            outcome: None,
            counts: Counts::default(),
        };
        let streams: Vec<StreamRun> = definition.streams.iter().map(|stream| idle(&stream.name)).collect();
        let series = Series::new(streams.len());
        let destination = connection.destination.clone();
        let view = RunView { run, streams, problem: None, duration_ms: 0, rate: 0.0, destination };
        let begun = Instant::now();
        Self {
            id,
            connection: connection.id.clone(),
            view: Mutex::new(view),
            begun,
            rate: Mutex::new(VecDeque::from([(begun, 0)])),
            lines: Mutex::default(),
            notices: Mutex::default(),
            series: Mutex::new(series),
            failed: Mutex::default(),
            changed: AtomicBool::new(true),
            told: Mutex::new(begun),
            cancel,
            ended: CancellationToken::new(),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn connection(&self) -> &str {
        &self.connection
    }

    /// Stops it.
    pub fn stop(&self) {
        self.cancel.cancel();
    }

    /// Takes an event in. Called from any thread; does not block.
    pub fn take(&self, event: &RunEvent) {
        {
            let mut view = lock(&self.view);
            match event {
                RunEvent::Notify { title, text } => lock(&self.notices).push((title.clone(), text.clone())),
                RunEvent::Fault { .. } | RunEvent::Aside { .. } | RunEvent::Log { .. } => {}
                RunEvent::StreamStarted { stream, .. }
                | RunEvent::Page { stream, .. }
                | RunEvent::Retry { stream, .. }
                | RunEvent::Paused { stream, .. }
                | RunEvent::StreamFinished { stream, .. } => {
                    if let Some(one) = view.streams.iter_mut().find(|one| one.stream == *stream) {
                        apply(one, event);
                    }
                    let mut counts = Counts::default();
                    view.streams.iter().for_each(|stream| counts += stream.counts);
                    view.run.counts = counts;
                }
            }
        }
        if let RunEvent::StreamFinished { stream, failed: Some(sent), .. } = event {
            lock(&self.failed).insert(stream.clone(), (**sent).clone());
        }
        if let Some(line) = line(event) {
            let mut lines = lock(&self.lines);
            if lines.len() < WAITING {
                lines.push(line);
            }
        }
        self.changed.store(true, Ordering::Release);
    }

    /// Takes a point of what it does over time, where it is time for one.
    pub fn look(&self) {
        let view = lock(&self.view);
        let streams = view.streams.iter().map(|stream| {
            let (counts, ended) = (stream.counts, stream.outcome.is_some());
            let begun = ended || counts.pages > 0 || counts.retries > 0;
            Now { stream: &stream.stream, begun, ended, counts, latency: &stream.latency }
        });
        lock(&self.series).look(self.begun.elapsed(), streams, view.run.outcome.is_some());
    }

    /// What it did over time: a stream, or all together.
    pub fn series(&self, stream: Option<&str>) -> RunSeries {
        lock(&self.series).of(stream)
    }

    /// Every series.
    pub fn every_series(&self) -> Vec<RunSeries> {
        lock(&self.series).every()
    }

    /// The requests that met problems.
    pub fn failed(&self) -> HashMap<String, SentRequest> {
        lock(&self.failed).clone()
    }

    /// The lines that were not kept yet.
    pub fn take_lines(&self) -> Vec<RunLogLine> {
        std::mem::take(&mut *lock(&self.lines))
    }

    /// What hooks wanted to be shown since the last call.
    pub fn notices(&self) -> Vec<AppEvent> {
        let notices = std::mem::take(&mut *lock(&self.notices));
        notices.into_iter().map(|(title, text)| AppEvent::Notify { title, text }).collect()
    }

    /// The news since the last call, small enough for the window's channel.
    pub fn news(&self) -> Option<AppEvent> {
        let mut told = lock(&self.told);
        let changed = self.changed.swap(false, Ordering::AcqRel);
        // While it waits nothing changes but the clock.
        let ticks = told.elapsed() >= TICK && lock(&self.view).run.outcome.is_none();
        (changed || ticks).then(|| {
            *told = Instant::now();
            AppEvent::Run { view: small(self.view()) }
        })
    }

    /// As it stands.
    pub fn view(&self) -> RunView {
        let mut view = lock(&self.view).clone();
        if view.run.outcome.is_none() {
            view.duration_ms = milliseconds(self.begun.elapsed());
            view.rate = self.rate_now(view.run.counts.read);
        }
        view
    }

    fn rate_now(&self, read: u64) -> f64 {
        let now = Instant::now();
        let mut moments = lock(&self.rate);
        moments.push_back((now, read));
        while moments.len() > 2 && moments.get(1).is_some_and(|(at, _)| now.duration_since(*at) >= WINDOW) {
            moments.pop_front();
        }
        let Some((from, before)) = moments.front().copied() else { return 0.0 };
        per_second(read.saturating_sub(before), now.duration_since(from))
    }

    /// Ends it.
    pub fn end(&self, outcome: Outcome, problem: Option<Problem>) {
        let mut view = lock(&self.view);
        let elapsed = self.begun.elapsed();
        view.run.outcome = Some(outcome);
        view.run.ended_at = Some(now());
        view.problem = problem;
        view.duration_ms = milliseconds(elapsed);
        view.rate = per_second(view.run.counts.read, elapsed);
        view.streams.iter_mut().for_each(|stream| stream.waiting = None);
        self.changed.store(true, Ordering::Release);
    }
}

fn apply(stream: &mut StreamRun, event: &RunEvent) {
    match event {
        RunEvent::StreamStarted { resumed, since, .. } => {
            stream.resumed = *resumed;
            stream.since.clone_from(since);
        }
        RunEvent::Page { counts, total, latency, partitions, .. } => {
            stream.counts = *counts;
            stream.total = total.or(stream.total);
            stream.latency.clone_from(latency);
            stream.partitions_done = partitions.done;
            at_work(&mut stream.partitions, &partitions.now);
            stream.waiting = None;
        }
        RunEvent::Retry { wait_ms, rate_limited, reason, .. } => {
            let wait = seconds(*wait_ms);
            stream.waiting = Some(if *rate_limited {
                format!("The server asked to wait {wait} s")
            } else {
                format!("Waits {wait} s to try again: {reason}")
            });
            stream.counts.retries += 1;
        }
        RunEvent::Paused { wait_ms, reason, .. } => {
            stream.waiting = Some(format!("Waits {} s: {reason}", seconds(*wait_ms)));
        }
        RunEvent::StreamFinished { outcome, counts, latency, problem, new_fields, .. } => {
            stream.outcome = Some(*outcome);
            stream.latency.clone_from(latency);
            stream.counts = *counts;
            stream.problem.clone_from(problem);
            stream.new_fields.clone_from(new_fields);
            stream.partitions.clear();
            stream.waiting = None;
        }
        RunEvent::Fault { .. } | RunEvent::Aside { .. } | RunEvent::Log { .. } | RunEvent::Notify { .. } => {}
    }
}

/// Partitions that are told of.
const AT_WORK: usize = 8;

/// Puts the partitions of a page among those that are worked on; those that were read whole go.
fn at_work(all: &mut Vec<PartitionNow>, now: &[PartitionNow]) {
    all.retain(|one| now.iter().all(|other| other.partition != one.partition));
    all.extend(now.iter().filter(|one| !one.done).cloned());
    let from = all.len().saturating_sub(AT_WORK);
    all.drain(..from);
}

pub(super) fn idle(name: &str) -> StreamRun {
    StreamRun {
        stream: name.to_owned(),
        outcome: None,
        counts: Counts::default(),
        total: None,
        resumed: false,
        since: None,
        waiting: None,
        partitions_done: 0,
        partitions: Vec::new(),
        latency: Latency::default(),
        problem: None,
        new_fields: Vec::new(),
    }
}

/// An id that sorts by time.
fn run_id() -> String {
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%3f").to_string();
    format!("{stamp}-{:04x}", fastrand::u16(..))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
pub(crate) fn per_second(count: u64, over: Duration) -> f64 {
    if over.is_zero() { 0.0 } else { count as f64 / over.as_secs_f64() }
}
