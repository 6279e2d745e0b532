//! Where the next sync goes on: told from the state that stands with the records.

use super::connection;
use crate::app::{App, blocking};
use crate::contract::{Id, ResumeStream, ResumeView};
use definition::{Document, Problem};
use engine::state::StreamState;
use std::path::{Path, PathBuf};

/// Where the next sync of a connection goes on. A destination elsewhere keeps its own state: nothing is told of it.
pub(crate) async fn resume(app: &App, request: Id) -> Result<ResumeView, Problem> {
    let connection = connection(app, &request.id).await?;
    let connector = app.store().connector(&connection.connector).await?;
    let parsed = connector.and_then(|connector| Document::parse_shape(&connector.text).ok());
    let streams: Vec<String> = parsed
        .map(|document| document.definition().streams.iter().map(|stream| stream.name.clone()).collect())
        .unwrap_or_default();
    let path = PathBuf::from(connection.destination);
    if crate::headless::local_database(&path).is_err() {
        return Ok(ResumeView { goes_on: false, streams: Vec::new() });
    }
    let streams = blocking(move || {
        let state = |stream: String| {
            let state = crate::preview::kept_state(path.clone(), &stream)?;
            let began = state.read.as_ref().map(|read| read.began.clone()).unwrap_or_default();
            let partitions = partitions(&path, &stream, &began).unwrap_or_default();
            Some(told(stream, &state, partitions))
        };
        Ok(streams.into_iter().filter_map(state).collect::<Vec<_>>())
    })
    .await?;
    let goes_on = streams.iter().any(|stream| stream.pages.is_some());
    Ok(ResumeView { goes_on, streams })
}

/// The partitions that a read has done.
fn partitions(path: &Path, stream: &str, began: &str) -> Option<u64> {
    let database = crate::data::open(path).ok()??;
    let sql = "SELECT count(*) FROM _tapwright_partitions WHERE stream = ?1 AND json_extract(state, '$.done') = ?2";
    let count: i64 = database.query_row(sql, [stream, began], |row| row.get(0)).ok()?;
    u64::try_from(count).ok()
}

fn told(stream: String, state: &StreamState, partitions: u64) -> ResumeStream {
    ResumeStream {
        stream,
        pages: state.read.as_ref().map(|read| read.pages),
        records: state.read.as_ref().map(|read| read.records),
        partitions,
        since: state.cursor.clone(),
    }
}
