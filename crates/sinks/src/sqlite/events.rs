//! Events that were applied: a mark each, written with their records, so that none is applied twice however the program
//! ended in between.

use rusqlite::Connection;

/// Days that a mark stays.
const KEPT: &str = "-30 days";

/// Notes a mark. False: it was there.
pub(super) fn is_first(connection: &Connection, mark: &str) -> rusqlite::Result<bool> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS _tapwright_events (mark TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
         CREATE INDEX IF NOT EXISTS _tapwright_events_by_age ON _tapwright_events (at);",
    )?;
    connection.prepare_cached("DELETE FROM _tapwright_events WHERE at < datetime('now', ?1)")?.execute([KEPT])?;
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO _tapwright_events VALUES (?1, datetime('now'))")?;
    Ok(insert.execute([mark])? > 0)
}
