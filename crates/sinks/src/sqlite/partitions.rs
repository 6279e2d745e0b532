//! Partitions' states: a row each, so that a commit writes those that changed and no others.

use super::catalog::json_error;
use engine::state::PartitionState;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Makes the table that this module reads.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS _tapwright_partitions (stream TEXT NOT NULL, partition TEXT NOT NULL,
         state TEXT NOT NULL, PRIMARY KEY (stream, partition)) WITHOUT ROWID;",
    )
}

/// All partitions of a stream. What cannot be read is left out: it is read anew.
pub(super) fn load(connection: &Connection, stream: &str) -> rusqlite::Result<BTreeMap<String, PartitionState>> {
    if super::catalog::table_exists(connection, "_tapwright_partitions")?.is_none() {
        return Ok(BTreeMap::new());
    }
    let sql = "SELECT partition, state FROM _tapwright_partitions WHERE stream = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([stream], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut partitions = BTreeMap::new();
    for row in rows {
        let (partition, state) = row?;
        if let Ok(state) = serde_json::from_str(&state) {
            partitions.insert(partition, state);
        }
    }
    Ok(partitions)
}

/// Keeps those that changed.
pub(super) fn put(
    connection: &Connection,
    stream: &str,
    partitions: &BTreeMap<String, PartitionState>,
) -> rusqlite::Result<()> {
    if partitions.is_empty() {
        return Ok(());
    }
    prepare(connection)?;
    let sql = "INSERT INTO _tapwright_partitions VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET state = excluded.state";
    let mut statement = connection.prepare_cached(sql)?;
    for (partition, state) in partitions {
        let text = serde_json::to_string(state).map_err(json_error)?;
        statement.execute([stream, partition, &text])?;
    }
    Ok(())
}

/// Forgets all of a stream.
pub(super) fn clear(connection: &Connection, stream: &str) -> rusqlite::Result<()> {
    if super::catalog::table_exists(connection, "_tapwright_partitions")?.is_none() {
        return Ok(());
    }
    connection.execute("DELETE FROM _tapwright_partitions WHERE stream = ?1", [stream]).map(|_| ())
}
