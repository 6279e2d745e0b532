//! Whether every stream can be read: its first page, by the same loop as a sync, into nothing.

use super::report::{HealthCheck, HealthState, StreamHealth};
use super::{Checking, HealthOptions, HealthStreams, facts, ms, out_of_time};
use crate::event::Outcome;
use crate::plan::StreamPlan;
use crate::run::{ReadLimits, RunOptions, StreamResult, read_stream};
use crate::sink::Nowhere;
use definition::ProblemKind;
use futures::StreamExt;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Records of a stream that are looked at.
const RECORDS: u64 = 10_000;

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Streams {
    done: Vec<StreamHealth>,
    pub requests: u64,
    pub bytes: u64,
}

impl Streams {
    pub(super) fn of(&self, name: &str) -> Option<&StreamHealth> {
        self.done.iter().find(|one| one.stream == name)
    }

    fn take(&mut self, name: &str, took: Duration, result: StreamResult) {
        self.requests += result.counts.requests;
        self.bytes += result.counts.bytes;
        self.done.push(health(name, took, result));
    }
}

impl Checking {
    /// Reads one stream's first page, in the time that is left.
    pub(super) async fn read_one(&mut self, name: &str) {
        let (begin, left) = (Instant::now(), self.left());
        match tokio::time::timeout(left, self.page_of(name)).await {
            Ok(result) => self.streams.take(name, begin.elapsed(), result),
            Err(_) => self.streams.done.push(late(name, left)),
        }
    }

    fn page_of(&self, name: &str) -> impl Future<Output = StreamResult> + use<> {
        let (plan, name, cancel) = (Arc::clone(&self.plan), name.to_owned(), CancellationToken::new());
        let options = RunOptions {
            limits: ReadLimits { pages: Some(1), records: Some(RECORDS), bytes: None },
            full: true,
            state: None,
            capture: None,
            part: None,
            events: Arc::new(|_| {}),
            cancel: cancel.clone(),
        };
        async move {
            let _stop = cancel.drop_guard();
            read_stream(plan, &name, Box::new(Nowhere), options).await
        }
    }

    /// The check of all streams that are asked for. `why_not`: they are left out.
    pub(super) async fn read_streams(&mut self, options: &HealthOptions, why_not: Option<&str>) -> HealthCheck {
        const NAME: &str = "streams";
        let begin = Instant::now();
        let plan = Arc::clone(&self.plan);
        let mut wanted: Vec<String> = Vec::new();
        let mut aside: Vec<StreamHealth> = Vec::new();
        for stream in &plan.streams {
            match why_left_out(stream, options) {
                Some(Some(why)) => aside.push(left_out(&stream.name, why)),
                Some(None) => {}
                None if self.streams.of(&stream.name).is_some() => {}
                None => wanted.push(stream.name.clone()),
            }
        }
        if let Some(why) = why_not {
            aside.extend(wanted.drain(..).map(|name| left_out(&name, why)));
        } else if let Some(left) = facts::nearly_out(&self.observed.facts(), wanted.len() as u64) {
            let why = format!("Only {left} requests are left: they are not spent on this.");
            aside.extend(wanted.drain(..).map(|name| left_out(&name, &why)));
        }
        self.read_all(wanted).await;
        let mut done = std::mem::take(&mut self.streams.done);
        done.append(&mut aside);
        let place = |name: &str| plan.streams.iter().position(|stream| stream.name == name);
        done.sort_by_key(|one| place(&one.stream));
        if options.streams == HealthStreams::None && done.iter().all(|one| one.state == HealthState::Pass) {
            let why = "Only what is quick was checked: the streams were left out.";
            return HealthCheck { streams: done, ..HealthCheck::new(NAME, HealthState::Skipped, why) };
        }
        let mut check = told(NAME, done);
        check.duration_ms = ms(begin.elapsed());
        check
    }

    /// Reads them side by side, as many as the connector allows, until the time is over.
    async fn read_all(&mut self, wanted: Vec<String>) {
        let begun: Arc<Mutex<HashSet<String>>> = Arc::default();
        let all = wanted.clone();
        let deadline = tokio::time::Instant::from_std(self.deadline);
        let span = self.left();
        let reads = wanted.into_iter().map(|name| {
            let (begun, read) = (Arc::clone(&begun), self.page_of(&name));
            async move {
                begun.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
                let begin = Instant::now();
                let result = read.await;
                (name, begin.elapsed(), result)
            }
        });
        let at_once = self.plan.concurrency.max(1) as usize;
        let mut reading = futures::stream::iter(reads.collect::<Vec<_>>()).buffer_unordered(at_once);
        let mut came = Vec::new();
        while let Ok(Some(one)) = tokio::time::timeout_at(deadline, reading.next()).await {
            came.push(one);
        }
        drop(reading);
        for (name, took, result) in came {
            self.streams.take(&name, took, result);
        }
        let begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
        for name in all {
            if self.streams.of(&name).is_some() {
                continue;
            }
            let late = match begun.contains(&name) {
                true => late(&name, span),
                false => {
                    let why = "Its turn did not come in the time that was given (--timeout).";
                    one(&name, HealthState::Warn, why.to_owned())
                }
            };
            self.streams.done.push(late);
        }
    }
}

/// Why a stream is not read. `Some(None)`: it was not asked for.
fn why_left_out<'a>(stream: &StreamPlan, options: &HealthOptions) -> Option<Option<&'a str>> {
    match &options.streams {
        HealthStreams::None => Some(None),
        HealthStreams::One(name) => (*name != stream.name).then_some(None),
        HealthStreams::All => stream
            .job
            .is_some()
            .then_some(Some("It is an export that the API would have to make; name it (--stream) to have it made.")),
    }
}

fn left_out(name: &str, why: &str) -> StreamHealth {
    one(name, HealthState::Skipped, why.to_owned())
}

fn one(name: &str, state: HealthState, detail: String) -> StreamHealth {
    StreamHealth { stream: name.to_owned(), state, detail, duration_ms: 0, records: 0, faults: 0, problem: None }
}

fn late(name: &str, after: Duration) -> StreamHealth {
    let problem = out_of_time(&format!("The first page of {name}"), after);
    StreamHealth {
        duration_ms: ms(after),
        problem: Some(problem.clone()),
        ..one(name, HealthState::Fail, problem.message)
    }
}

/// How a stream's first page came out.
fn health(name: &str, took: Duration, result: StreamResult) -> StreamHealth {
    let (records, faults) = (result.counts.read, result.counts.faults);
    let fine = matches!(result.outcome, Outcome::Done | Outcome::Limited);
    let (state, detail) = match &result.problem {
        // What the API does not take now says nothing about the stream.
        Some(problem) if problem.kind == ProblemKind::RateLimit => (HealthState::Warn, problem.message.clone()),
        Some(problem) if !fine => (HealthState::Fail, problem.message.clone()),
        _ if !fine => (HealthState::Fail, "It was not read to the end of its first page.".to_owned()),
        _ if faults > 0 => {
            (HealthState::Warn, format!("{} on its first page; {faults} values do not fit.", many(records)))
        }
        _ => (HealthState::Pass, format!("{} on its first page.", many(records))),
    };
    StreamHealth { duration_ms: ms(took), records, faults, problem: result.problem, ..one(name, state, detail) }
}

fn many(records: u64) -> String {
    if records == 1 { "1 record".to_owned() } else { format!("{records} records") }
}

/// All streams in one line.
fn told(name: &str, done: Vec<StreamHealth>) -> HealthCheck {
    let count = |state| done.iter().filter(|one| one.state == state).count();
    let (pass, warn, fail) = (count(HealthState::Pass), count(HealthState::Warn), count(HealthState::Fail));
    let skipped = count(HealthState::Skipped);
    if done.is_empty() {
        return HealthCheck::new(name, HealthState::Skipped, "The connector has no streams.");
    }
    let all = done.len();
    let bad: Vec<&str> =
        done.iter().filter(|one| one.state == HealthState::Fail).map(|one| one.stream.as_str()).take(5).collect();
    let (state, detail) = match () {
        () if fail > 0 => (HealthState::Fail, format!("{fail} of {all} streams can't be read: {}.", bad.join(", "))),
        () if pass + warn == 0 => {
            let why = done.first().map(|one| one.detail.clone()).unwrap_or_default();
            (HealthState::Skipped, why)
        }
        () if warn > 0 => (HealthState::Warn, format!("{warn} of {all} streams are worth a look.")),
        () if skipped > 0 => (HealthState::Pass, format!("{pass} of {all} streams can be read; {skipped} left out.")),
        () if all == 1 => (HealthState::Pass, "The stream can be read.".to_owned()),
        () => (HealthState::Pass, format!("All {all} streams can be read.")),
    };
    #[expect(clippy::cast_precision_loss, reason = "a count for people")]
    let check = HealthCheck::new(name, state, detail).number((pass + warn) as f64, "streams");
    HealthCheck { streams: done, ..check }
}
