//! Runs that ended: as the store kept them.

use super::live::{idle, per_second};
use super::turn::Turn;
use super::work::rows;
use crate::app::{App, now};
use crate::contract::{RunSummary, RunView, StreamRun};
use definition::{Problem, ProblemKind, Stage};
use engine::event::Outcome;
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;
use store::{Run, StreamRow};

/// Runs that are looked through for killed ones.
const LOOKED_AT: u32 = 200;

/// The latest runs, newest first: of one connection, or of all. One that goes on is told as it stands.
pub(crate) async fn latest(app: &App, connection: Option<&str>, limit: u32) -> Result<Vec<RunSummary>, Problem> {
    found(app, &store::RunQuery { connection, limit, ..store::RunQuery::default() }).await
}

/// The runs that fit, newest first.
pub(super) async fn found(app: &App, query: &store::RunQuery<'_>) -> Result<Vec<RunSummary>, Problem> {
    let runs = app.store().find_runs(query).await?;
    let names: HashMap<String, String> =
        app.store().connections().await?.into_iter().map(|connection| (connection.id, connection.name)).collect();
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let summary = |run: Run| match app.lock_runs().get(&run.id) {
        Some(live) => live.view().run,
        None => summary(&run, name(&run.connection)),
    };
    Ok(runs.into_iter().map(summary).collect())
}

/// A run that ended.
pub(crate) async fn view(app: &App, id: &str) -> Result<RunView, Problem> {
    let gone = || {
        Problem::new("no_run", ProblemKind::Config, Stage::Open, "This run is not here any more.")
            .hint("Old runs are forgotten. Its records are in the data.")
    };
    let (run, streams) = app.store().run(id).await?.ok_or_else(gone)?;
    let connection = app.store().connection(&run.connection).await?;
    let (name, destination) =
        connection.map(|connection| (connection.name, connection.destination)).unwrap_or_default();
    Ok(past(&run, &streams, name, destination))
}

fn past(run: &Run, streams: &[StreamRow], name: String, destination: String) -> RunView {
    let summary = summary(run, name);
    let lasted = lasted(run);
    let stream = |row: &StreamRow| serde_json::from_str::<StreamRun>(&row.view).unwrap_or_else(|_| idle(&row.stream));
    RunView {
        rate: per_second(summary.counts.read, lasted),
        duration_ms: u64::try_from(lasted.as_millis()).unwrap_or(u64::MAX),
        streams: streams.iter().map(stream).collect(),
        problem: run.problem.as_ref().and_then(|text| serde_json::from_str(text).ok()),
        run: summary,
        destination,
    }
}

fn summary(run: &Run, name: String) -> RunSummary {
    RunSummary {
        id: run.id.clone(),
        connection: run.connection.clone(),
        name,
        started_at: run.started_at.clone(),
        ended_at: run.ended_at.clone(),
        outcome: run.outcome.clone().and_then(|word| serde_json::from_value(Value::String(word)).ok()),
        counts: serde_json::from_str(&run.counts).unwrap_or_default(),
    }
}

fn lasted(run: &Run) -> Duration {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let end = run.ended_at.as_deref().and_then(moment);
    let (Some(start), Some(end)) = (moment(&run.started_at), end) else { return Duration::ZERO };
    Duration::try_from(end.duration_since(start)).unwrap_or_default()
}

/// Settles runs that a killed program left behind: they are partly done. Those of another program that goes on are
/// left alone.
pub(crate) async fn settle_killed(app: &App) -> Result<(), Problem> {
    for run in app.store().runs(None, LOOKED_AT).await?.into_iter().filter(|run| run.outcome.is_none()) {
        let Ok(_turn) = Turn::take(app.data_dir(), &run.connection) else { continue };
        let Some((run, streams)) = app.store().run(&run.id).await? else { continue };
        let mut view = past(&run, &streams, String::new(), String::new());
        let problem = stopped();
        view.run.outcome = Some(Outcome::Partial);
        view.run.ended_at = Some(now());
        for stream in view.streams.iter_mut().filter(|stream| stream.outcome.is_none() && stream.counts.pages > 0) {
            stream.outcome = Some(Outcome::Partial);
            stream.waiting = None;
        }
        view.problem = Some(problem);
        let (run, streams) = rows(&view);
        app.store().put_run(&run, &streams).await?;
    }
    Ok(())
}

fn stopped() -> Problem {
    Problem::new("app_stopped", ProblemKind::Internal, Stage::Write, "The app stopped before the sync was done.")
        .hint("What was read is kept. Run it again: it goes on where it stopped.")
        .retryable()
}
