//! The work of a sync: it reads on its own task, while news go to the window and the store keeps up.

use super::turn::Turn;
use super::{Live, facts};
use crate::app::App;
use crate::contract::RunView;
use crate::headless::{Destination, Read, StreamEnd, read};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::ConfigValues;
use engine::event::{LogLevel, Outcome};
use engine::run::ReadLimits;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{LogLine, Run, StreamRow};

/// How often news are told.
const NEWS: Duration = Duration::from_millis(100);
/// How often the store is told.
const SAVE: Duration = Duration::from_secs(1);
/// How often the store is told of the charts: after a kill they end a little earlier.
const SAVE_FACTS: Duration = Duration::from_secs(10);

/// What is to be read.
pub(super) struct Job {
    pub definition: Definition,
    pub config: ConfigValues,
    pub destination: Destination,
    pub full: bool,
    /// At most so many records of each stream.
    pub records: Option<u64>,
}

/// Reads all streams and settles the run.
pub(super) async fn work(app: App, live: Arc<Live>, job: Job, turn: Turn) {
    let reading = tokio::spawn(reading(Arc::clone(&live), job));
    let ends = follow(&app, &live, reading).await;
    drop(turn);
    let (outcome, problem) = match ends {
        Ok(ends) => (outcome(&ends), ends.into_iter().find_map(|end| end.problem)),
        Err(problem) => (Outcome::Failed, Some(problem)),
    };
    tracing::info!(run = live.id(), ?outcome, "a sync ended");
    live.end(outcome, problem);
    live.look();
    for result in [flush(&app, &live).await, save(&app, &live).await, facts::save(&app, &live).await] {
        if let Err(problem) = result {
            tracing::error!(run = live.id(), %problem, "a run's end could not be kept");
        }
    }
    if let Err(problem) = crate::health::metrics::keep(&app, &live.view()).await {
        tracing::warn!(run = live.id(), %problem, "a run's metrics could not be kept");
    }
    live.notices().into_iter().chain(live.news()).for_each(|news| app.tell(news));
    app.lock_runs().remove(live.id());
    live.ended.cancel();
}

async fn reading(live: Arc<Live>, job: Job) -> Result<Vec<StreamEnd>, Problem> {
    let listener = Arc::clone(&live);
    let options = Read {
        streams: Vec::new(),
        part: None,
        limits: ReadLimits { records: job.records, ..ReadLimits::default() },
        full: job.full,
        wait: false,
        events: Arc::new(move |event| listener.take(&event)),
        cancel: live.cancel.clone(),
    };
    read(&job.definition, &job.config, job.destination, options).await
}

/// Tells of the run and keeps it, until the reading ends.
async fn follow(
    app: &App,
    live: &Live,
    mut reading: tokio::task::JoinHandle<Result<Vec<StreamEnd>, Problem>>,
) -> Result<Vec<StreamEnd>, Problem> {
    let mut tick = tokio::time::interval(NEWS);
    let (mut saved, mut looked) = (Instant::now(), Instant::now());
    loop {
        tokio::select! {
            ends = &mut reading => return ends.unwrap_or_else(|error| Err(crashed(&error))),
            _ = tick.tick() => {}
        }
        live.notices().into_iter().chain(live.news()).for_each(|news| app.tell(news));
        live.look();
        if looked.elapsed() >= SAVE_FACTS {
            looked = Instant::now();
            if let Err(problem) = facts::save(app, live).await {
                tracing::warn!(run = live.id(), %problem, "a run's charts could not be kept");
            }
        }
        if saved.elapsed() >= SAVE {
            saved = Instant::now();
            for result in [flush(app, live).await, save(app, live).await] {
                if let Err(problem) = result {
                    tracing::warn!(run = live.id(), %problem, "a run could not be kept");
                }
            }
        }
    }
}

fn crashed(error: &tokio::task::JoinError) -> Problem {
    Problem::new("worker_stopped", ProblemKind::Internal, Stage::Send, "A part of the program stopped.")
        .hint("What was read is kept. Run it again; if it comes back, report it with the log file.")
        .detail(error.to_string())
}

/// The worst of the streams' ends.
fn outcome(ends: &[StreamEnd]) -> Outcome {
    Outcome::of_streams(&ends.iter().map(|end| end.outcome).collect::<Vec<_>>())
}

/// Keeps the log's lines that wait.
pub(super) async fn flush(app: &App, live: &Live) -> Result<(), Problem> {
    let lines: Vec<LogLine> = live
        .take_lines()
        .into_iter()
        .map(|line| LogLine {
            at: line.at,
            level: level(line.level).to_owned(),
            stream: line.stream,
            message: line.message,
        })
        .collect();
    if lines.is_empty() { Ok(()) } else { app.store().append_log(live.id(), &lines).await }
}

fn level(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Info => "info",
        LogLevel::Warn => "warn",
        LogLevel::Error => "error",
    }
}

/// Keeps a run as it stands.
pub(super) async fn save(app: &App, live: &Live) -> Result<(), Problem> {
    let (run, streams) = rows(&live.view());
    app.store().put_run(&run, &streams).await
}

/// A view as the store keeps it.
pub(super) fn rows(view: &RunView) -> (Run, Vec<StreamRow>) {
    // The contract's own types: they always serialize.
    let streams = view.streams.iter().map(|stream| StreamRow {
        stream: stream.stream.clone(),
        view: serde_json::to_string(stream).unwrap_or_default(),
    });
    let run = Run {
        id: view.run.id.clone(),
        connection: view.run.connection.clone(),
        started_at: view.run.started_at.clone(),
        ended_at: view.run.ended_at.clone(),
        outcome: view.run.outcome.and_then(|outcome| serde_json::to_value(outcome).ok()?.as_str().map(str::to_owned)),
        counts: serde_json::to_string(&view.run.counts).unwrap_or_default(),
        problem: view.problem.as_ref().and_then(|problem| serde_json::to_string(problem).ok()),
    };
    (run, streams.collect())
}
