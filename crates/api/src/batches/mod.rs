//! Batches: an action for each row of a file, a table or a stream. What becomes of each row is written down before it
//! leaves and after its answer, so that a batch that was stopped or killed goes on without sending a row twice.

mod failed;
mod kept;
mod live;
mod look;
mod prepare;
mod propose;
mod run;
mod send;
mod source;
mod survey;
#[cfg(test)]
mod tests;
mod words;

pub use kept::{Prepared, copy_of_input, prepare, resume};
pub(crate) use look::shown as request_text;
pub(crate) use prepare::{Gathered, folder, gather, repeatable};
pub(crate) use send::{Call, End, Line};
pub(crate) use source::RowFile;
pub(crate) use survey::Survey;

pub use live::LiveBatch;
pub use look::{check, look};
pub use prepare::BatchTarget;

use crate::app::{App, blocking};
use crate::contract::{
    BatchCheck, BatchFailedFile, BatchFailedTo, BatchLook, BatchRowView, BatchRowsAfter, BatchView, Id, LookBatch,
    Nothing, ResumeBatch, StartBatch,
};
use crate::headless;
use definition::{Problem, ProblemKind, Stage};
use std::path::PathBuf;
use std::sync::Arc;
use store::{Batch, RowState};

/// Batches that are listed.
const LISTED: u32 = 100;
/// Rows of one window.
const ROWS: u32 = 200;
/// Rows that were not taken.
const NOT_TAKEN: [RowState; 4] = [RowState::Failed, RowState::Invalid, RowState::Uncertain, RowState::Sending];

/// A connection as the one who does the action.
///
/// # Errors
/// Where there is no such connection, or its connector has faults.
pub async fn target(app: &App, connection: &str) -> Result<BatchTarget, Problem> {
    let kept = headless::connection(app, connection).await?;
    app.wake_sample(&kept.definition).await?;
    Ok(BatchTarget {
        definition: kept.definition,
        config: kept.config,
        name: kept.id.clone(),
        connection: Some(kept.id),
    })
}

/// Looks at rows: what they are, and which column goes where.
pub(crate) async fn look_command(app: &App, request: LookBatch) -> Result<BatchLook, Problem> {
    look(app, &target(app, &request.connection).await?, &request).await
}

/// Checks all rows without sending one.
pub(crate) async fn check_command(app: &App, request: LookBatch) -> Result<BatchCheck, Problem> {
    check(app, &target(app, &request.connection).await?, &request).await
}

/// Starts a batch.
pub(crate) async fn start(app: &App, request: StartBatch) -> Result<BatchView, Problem> {
    let target = target(app, &request.connection).await?;
    Ok(begin(app, prepare(app, target, request).await?))
}

/// Goes on with a batch.
pub(crate) async fn resume_command(app: &App, request: ResumeBatch) -> Result<BatchView, Problem> {
    let batch = of(app, &request.id).await?;
    let connection = batch.connection.ok_or_else(|| {
        Problem::new("batch_of_a_file", ProblemKind::Config, Stage::Open, "This batch ran from a definition's file.")
            .hint(format!("Go on with it on the command line: tapwright batch {} --resume {}", batch.target, batch.id))
    })?;
    let target = target(app, &connection).await?;
    Ok(begin(app, resume(app, target, request).await?))
}

/// Runs it on its own.
fn begin(app: &App, prepared: Prepared) -> BatchView {
    let view = prepared.live().view();
    app.spawn(async move {
        prepared.run().await;
    });
    view
}

/// Stops a batch: what is on its way is waited for.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    let live = app.lock_batches().get(&request.id).cloned();
    if let Some(live) = live {
        live.stop.cancel();
    }
    Ok(Nothing {})
}

/// A batch as it stands.
pub(crate) async fn get(app: &App, request: Id) -> Result<BatchView, Problem> {
    view(app, of(app, &request.id).await?).await
}

/// The batches of a connection, newest first.
pub(crate) async fn list(app: &App, request: Id) -> Result<Vec<BatchView>, Problem> {
    let connection = crate::sync::connection(app, &request.id).await?;
    past(app, Some(&connection.id)).await
}

/// Batches of a target, or of all, newest first.
///
/// # Errors
/// Where the store refuses.
pub async fn past(app: &App, target: Option<&str>) -> Result<Vec<BatchView>, Problem> {
    let mut views = Vec::new();
    for batch in app.store().batches(target, LISTED).await? {
        views.push(view(app, batch).await?);
    }
    Ok(views)
}

async fn view(app: &App, batch: Batch) -> Result<BatchView, Problem> {
    let live: Option<Arc<LiveBatch>> = app.lock_batches().get(&batch.id).cloned();
    if let Some(live) = live {
        return Ok(live.view());
    }
    let states = app.store().batch_states(&batch.id).await?;
    Ok(live::view(&batch, live::counts(u64::try_from(batch.total).unwrap_or_default(), &states)))
}

/// Rows of a batch that were not taken.
pub(crate) async fn rows(app: &App, request: BatchRowsAfter) -> Result<Vec<BatchRowView>, Problem> {
    let rows = app.store().batch_rows(&request.id, &NOT_TAKEN, request.after, ROWS).await?;
    let word = |state: RowState| match state {
        RowState::Failed => "failed",
        RowState::Invalid => "skipped",
        _ => "uncertain",
    };
    let shown = |row: store::BatchRow| BatchRowView {
        row: row.row,
        state: word(row.state).to_owned(),
        status: row.status,
        message: row.message.unwrap_or_else(|| kept::KILLED.to_owned()),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Writes the rows that were not taken to a file.
///
/// # Errors
/// Where there is no such batch, its rows are gone, or the file can't be written.
pub async fn failed_to(app: &App, request: BatchFailedTo) -> Result<BatchFailedFile, Problem> {
    let batch = of(app, &request.id).await?;
    let spec = kept::spec(&batch)?;
    let path = std::path::absolute(&request.path).unwrap_or_else(|_| PathBuf::from(&request.path));
    let store = app.store().clone();
    let runtime = tokio::runtime::Handle::current();
    let (to, id) = (path.clone(), batch.id);
    let rows = blocking(move || {
        let next = |after| {
            runtime.block_on(async {
                let mut rows = store.batch_rows(&id, &NOT_TAKEN, after, 1000).await?;
                for row in &mut rows {
                    row.message.get_or_insert_with(|| kept::KILLED.to_owned());
                }
                Ok(rows)
            })
        };
        failed::write(&spec.file, &spec.columns, &to, next)
    })
    .await?;
    Ok(BatchFailedFile { path: path.display().to_string(), rows })
}

/// As a command.
pub(crate) async fn failed_to_command(app: &App, request: BatchFailedTo) -> Result<BatchFailedFile, Problem> {
    failed_to(app, request).await
}

/// A batch of an id.
pub(crate) async fn of(app: &App, id: &str) -> Result<Batch, Problem> {
    app.store().batch(id).await?.ok_or_else(|| {
        Problem::new("no_batch", ProblemKind::Config, Stage::Open, format!("There is no batch `{id}`."))
            .hint("`tapwright batch --list` shows them.")
    })
}
