//! Previews: the loop with small limits, and offline mapping of the pages that it brought.

mod curl;
mod expressions;
mod extras;
mod look;
mod marks;
mod nodes;
mod read;
mod rows;
mod samples;
mod seen;
mod selected;
mod shown;
mod table;
mod tree;
mod value;

pub(crate) use expressions::{members, try_out};
pub(crate) use marks::{RecordsAt, plain};
pub(crate) use nodes::{nodes, nodes_of, steps};
pub(crate) use read::{put, read, refresh, run, run_from, shown as shown_now};
pub(crate) use seen::seen;
pub(crate) use shown::{Shown, page_answer, remap, view};
pub(crate) use table::shorten;
pub(crate) use tree::kind;
pub(crate) use value::whole;

pub(crate) use curl::curl;

use crate::app::{App, blocking};
use crate::contract::{FindRows, OneStream, PreviewRow, RowWindow, RowsFound, RowsLook, StatePreview};
use definition::{Problem, ProblemKind, Stage};
use engine::state::StreamState;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::PathBuf;
use std::sync::Arc;

/// The most rows or nodes of one window.
const MOST: usize = 500;

/// Mapped records.
pub(crate) async fn rows(app: &App, request: RowWindow) -> Result<Vec<PreviewRow>, Problem> {
    let shown = shown(app, &request.id, &request.stream).await?;
    let (from, limit) = (request.offset as usize, (request.limit as usize).min(MOST));
    let places: Vec<u32> = match looked(&shown, request.look).await? {
        Some(found) => found.iter().skip(from).take(limit).copied().collect(),
        None => (0..shown.table.rows.len()).skip(from).take(limit).filter_map(|at| u32::try_from(at).ok()).collect(),
    };
    Ok(places.into_iter().filter_map(|at| shown.table.short(at)).collect())
}

/// Counts the records that are looked for.
pub(crate) async fn find(app: &App, request: FindRows) -> Result<RowsFound, Problem> {
    let shown = shown(app, &request.id, &request.stream).await?;
    let rows = match looked(&shown, request.look).await? {
        Some(found) => found.len(),
        None => shown.table.rows.len(),
    };
    Ok(RowsFound { rows: u32::try_from(rows).unwrap_or(u32::MAX) })
}

/// The places of the records that are looked for, in order. `None`: all, as they came.
async fn looked(shown: &Arc<Shown>, look: RowsLook) -> Result<Option<Arc<Vec<u32>>>, Problem> {
    if look == RowsLook::default() {
        return Ok(None);
    }
    let shown = Arc::clone(shown);
    blocking(move || Ok(Some(shown.table.look(&look)))).await
}

/// The preview of a stream that is at hand.
async fn shown(app: &App, id: &str, stream: &str) -> Result<Arc<Shown>, Problem> {
    app.bench(id).await?.with(|state| state.shown.get(stream).cloned()).ok_or_else(|| {
        Problem::new(
            "no_preview",
            ProblemKind::Config,
            Stage::Open,
            format!("There are no pages of `{stream}` at hand."),
        )
        .hint("Read the stream's first pages.")
    })
}

/// The state that the next sync of a stream starts from.
pub(crate) async fn state(app: &App, request: OneStream) -> Result<StatePreview, Problem> {
    let bench = app.bench(&request.id).await?;
    let connection = bench.with(|state| state.connection.clone());
    let kept = match connection {
        Some(id) => app.store().connection(&id).await?,
        None => None,
    };
    let stream = request.stream.clone();
    let state = match kept {
        Some(kept) => blocking(move || Ok(kept_state(PathBuf::from(kept.destination), &stream))).await?,
        None => None,
    };
    Ok(StatePreview { stream: request.stream, state })
}

/// A stream's state in its database; nothing where there is none yet.
pub(crate) fn kept_state(path: PathBuf, stream: &str) -> Option<StreamState> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    let sql = "SELECT state FROM _tapwright_state WHERE stream = ?1";
    let text: Option<String> = connection.query_row(sql, [stream], |row| row.get(0)).optional().ok()?;
    serde_json::from_str(&text?).ok()
}
