//! Syncs: the loop with the database. One at a time for a connection; what was read is kept whatever happens.

mod command;
mod compare;
mod errors;
mod facts;
mod lines;
mod live;
mod past;
mod resume;
mod series;
mod small;
mod turn;
mod work;

pub(crate) use command::lines_of;
pub(crate) use compare::compare;
pub(crate) use errors::errors;
pub(crate) use lines::line;
pub(crate) use live::{Live, per_second};
pub(crate) use past::{latest, settle_killed, view};
pub(crate) use resume::resume;

use crate::app::App;
use crate::contract::{
    AskRuns, AskSeries, Id, LogWindow, Nothing, RunLogLine, RunSeries, RunSummary, RunView, StartSync,
};
use crate::headless::Destination;
use definition::{Document, Problem, ProblemKind, Stage};
use engine::event::LogLevel;
use std::sync::Arc;
use store::Connection;
pub(crate) use turn::Turn;

/// The most lines of one window.
const MOST: u32 = 500;
/// The runs of a connection that are listed.
const RUNS: u32 = 100;

/// Starts a sync of a connection into its database.
pub(crate) async fn start(app: &App, request: StartSync) -> Result<RunView, Problem> {
    Ok(begin(app, request).await?.view())
}

/// Starts a sync; gives the run that goes on.
pub(crate) async fn begin(app: &App, request: StartSync) -> Result<Arc<Live>, Problem> {
    let connection = connection(app, &request.connection).await?;
    let connector = app.store().connector(&connection.connector).await?.ok_or_else(gone)?;
    let definition = Document::parse(&connector.text).map_err(Problem::faulty)?.definition().clone();
    let config = app.vault().config(&connection.id, &definition, &connection.values).await?;
    // Faults are told at once, not by a run that fails.
    crate::headless::plan(&definition, &config)?;
    app.wake_sample(&definition).await?;
    let password = app.vault().get(&connection.id, crate::headless::DESTINATION_PASSWORD).await?;
    let destination = Destination::parse(&connection.destination, password.as_ref())?;
    let turn = Turn::take(app.data_dir(), &connection.id)?;
    // What is run is worth a version: edits since the last one are one.
    crate::connectors::note(app, &connector.id, crate::connectors::Why::Edited, "").await?;
    let live = Arc::new(Live::new(&connection, &definition, app.token()));
    app.lock_runs().insert(live.id().to_owned(), Arc::clone(&live));
    let saved = match work::save(app, &live).await {
        Ok(()) => facts::save_columns(app, live.id(), &definition).await,
        Err(problem) => Err(problem),
    };
    if let Err(problem) = saved {
        app.lock_runs().remove(live.id());
        return Err(problem);
    }
    let job = work::Job { definition, config, destination, full: request.full, records: request.records };
    app.spawn(work::work(app.clone(), Arc::clone(&live), job, turn));
    Ok(live)
}

/// Stops a run; what was read is kept.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    if let Some(live) = app.lock_runs().get(&request.id) {
        live.stop();
    }
    Ok(Nothing {})
}

/// A run as it stands.
pub(crate) async fn get(app: &App, request: Id) -> Result<RunView, Problem> {
    let live = app.lock_runs().get(&request.id).cloned();
    match live {
        Some(live) => Ok(live.view()),
        None => past::view(app, &request.id).await,
    }
}

/// The runs of a connection, newest first.
pub(crate) async fn list(app: &App, request: Id) -> Result<Vec<RunSummary>, Problem> {
    let connection = connection(app, &request.id).await?;
    latest(app, Some(&connection.id), RUNS).await
}

/// The runs of a connection that fit, newest first.
pub(crate) async fn history(app: &App, request: AskRuns) -> Result<Vec<RunSummary>, Problem> {
    let connection = connection(app, &request.id).await?;
    let query = store::RunQuery {
        connection: Some(&connection.id),
        outcome: request.outcome.as_deref(),
        stream: request.stream.as_deref(),
        before: request.before.as_deref(),
        limit: request.limit.unwrap_or(RUNS).min(RUNS),
    };
    past::found(app, &query).await
}

/// What a run did over time.
pub(crate) async fn series_of(app: &App, request: AskSeries) -> Result<RunSeries, Problem> {
    let live = app.lock_runs().get(&request.id).cloned();
    match live {
        Some(live) => Ok(live.series(request.stream.as_deref())),
        None => facts::series(app, &request.id, request.stream.as_deref()).await,
    }
}

/// A run's log.
pub(crate) async fn log(app: &App, request: LogWindow) -> Result<Vec<RunLogLine>, Problem> {
    let live = app.lock_runs().get(&request.id).cloned();
    if let Some(live) = live {
        work::flush(app, &live).await?;
    }
    let lines = app.store().log(&request.id, request.offset, request.limit.min(MOST)).await?;
    let line = |line: store::LogLine| RunLogLine {
        level: match line.level.as_str() {
            "error" => LogLevel::Error,
            "warn" => LogLevel::Warn,
            _ => LogLevel::Info,
        },
        at: line.at,
        stream: line.stream,
        message: line.message,
    };
    Ok(lines.into_iter().map(line).collect())
}

/// Whether a sync of a connection goes on here.
pub(crate) fn is_running(app: &App, connection: &str) -> bool {
    app.lock_runs().values().any(|live| live.connection() == connection)
}

/// A connection, by its id or its name.
pub(crate) async fn connection(app: &App, id: &str) -> Result<Connection, Problem> {
    app.store().connection(id).await?.ok_or_else(gone)
}

fn gone() -> Problem {
    Problem::new("no_connection", ProblemKind::Config, Stage::Open, "This connection is not here any more.")
        .hint("It may have been deleted in another window. Go back to Home.")
}
