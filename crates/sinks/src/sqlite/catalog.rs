//! What the file knows of its streams: their tables' columns and their state.

use super::partitions;
use definition::{Problem, ProblemKind, Stage};
use engine::state::StreamState;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

/// One column of a table that this sink made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The field or the member that goes into it.
    pub name: String,
    /// The column's own name. Another where two fields differ in case alone.
    pub column: String,
    /// The declared type; empty for one of `rest: keep`.
    pub declared: String,
    /// Whether it holds a member that no field took. Such a member may bear a field's name.
    #[serde(default)]
    pub extra: bool,
}

/// A table that this sink made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entries {
    /// Its columns, in order.
    pub columns: Vec<Entry>,
    /// The key's columns, by their own names.
    pub key: Vec<String>,
}

/// Makes the tables that this module reads.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    // Looked for first: reading needs no write lock, so an up-to-date file opens beside a busy writer.
    if table_exists(connection, "_tapwright_state")?.is_some() {
        return Ok(());
    }
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS _tapwright_streams (stream TEXT PRIMARY KEY NOT NULL, entries TEXT NOT NULL);
         CREATE TABLE IF NOT EXISTS _tapwright_state (stream TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL);",
    )
}

/// The name of the table or view, as it is written, that SQLite takes for `name`.
pub(super) fn table_exists(connection: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE";
    connection.query_row(sql, [name], |row| row.get(0)).optional()
}

/// A stream's table, as it was made. `None`: this sink made none.
pub(super) fn entries(connection: &Connection, stream: &str) -> rusqlite::Result<Option<Entries>> {
    let sql = "SELECT entries FROM _tapwright_streams WHERE stream = ?1";
    let text: Option<String> = connection.query_row(sql, [stream], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Keeps how a stream's table was made.
pub(super) fn put_entries(connection: &Connection, stream: &str, entries: &Entries) -> rusqlite::Result<()> {
    let sql = "INSERT INTO _tapwright_streams VALUES (?1, ?2) ON CONFLICT DO UPDATE SET entries = excluded.entries";
    let text = serde_json::to_string(entries).map_err(json_error)?;
    connection.prepare_cached(sql)?.execute([stream, &text]).map(|_| ())
}

/// The names of the columns that a table has.
pub(super) fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// A stream's state. What cannot be read is no state: the next run reads everything, and no record is lost.
pub(super) fn state(connection: &Connection, stream: &str) -> rusqlite::Result<Option<StreamState>> {
    let sql = "SELECT state FROM _tapwright_state WHERE stream = ?1";
    let text: Option<String> = connection.query_row(sql, [stream], |row| row.get(0)).optional()?;
    let Some(mut state) = text.and_then(|text| serde_json::from_str::<StreamState>(&text).ok()) else {
        return Ok(None);
    };
    state.partitions = partitions::load(connection, stream)?;
    Ok(Some(state))
}

/// Keeps a stream's state after its whole read: its partitions are those of this state, and no others.
pub(super) fn put_whole_state(connection: &Connection, stream: &str, state: &StreamState) -> rusqlite::Result<()> {
    partitions::clear(connection, stream)?;
    put_state(connection, stream, state)
}

/// Keeps a stream's state, with the partitions that changed.
pub(super) fn put_state(connection: &Connection, stream: &str, state: &StreamState) -> rusqlite::Result<()> {
    let sql = "INSERT INTO _tapwright_state VALUES (?1, ?2) ON CONFLICT DO UPDATE SET state = excluded.state";
    let text = if state.partitions.is_empty() {
        serde_json::to_string(state)
    } else {
        let rest = StreamState {
            cursor: state.cursor.clone(),
            read: state.read.clone(),
            mark: state.mark.clone(),
            parents: state.parents.clone(),
            seen: state.seen.clone(),
            ..StreamState::default()
        };
        serde_json::to_string(&rest)
    };
    connection.prepare_cached(sql)?.execute([stream, &text.map_err(json_error)?])?;
    partitions::put(connection, stream, &state.partitions)
}

/// Forgets a stream's state.
pub(super) fn drop_state(connection: &Connection, stream: &str) -> rusqlite::Result<()> {
    partitions::clear(connection, stream)?;
    connection.execute("DELETE FROM _tapwright_state WHERE stream = ?1", [stream]).map(|_| ())
}

/// The problem of a table that somebody else made.
pub(super) fn taken(table: &str) -> Problem {
    let message = format!("The file already has a table {table:?} that was not made by a sync of this stream.");
    Problem::new("table_taken", ProblemKind::Storage, Stage::Write, message)
        .hint("Rename the stream, or choose another file. The table was not touched.")
}

pub(super) fn json_error(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
