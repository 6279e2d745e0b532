//! Previews: the loop with small limits, and offline mapping of the pages that it brought.

mod curl;
mod expressions;
mod extras;
mod marks;
mod nodes;
mod read;
mod samples;
mod shown;
mod table;
mod tree;
mod value;

pub(crate) use expressions::{members, try_out};
pub(crate) use marks::{RecordsAt, plain};
pub(crate) use nodes::{nodes, nodes_of, steps};
pub(crate) use read::{put, read, refresh, run, run_from, shown as shown_now};
pub(crate) use shown::{Shown, page_answer, remap, view};
pub(crate) use table::shorten;
pub(crate) use tree::kind;
pub(crate) use value::whole;

pub(crate) use curl::curl;

use crate::app::{App, blocking};
use crate::contract::{OneStream, PreviewRow, RowWindow, StatePreview};
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
    let limit = (request.limit as usize).min(MOST);
    let rows = shown.table.rows.iter().skip(request.offset as usize).take(limit);
    Ok(rows.map(table::short).collect())
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
