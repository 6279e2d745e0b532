//! A full read of a keyless stream: beside the table, and into its place when whole.

use super::catalog::{self, Entries};
use super::name::{quoted, same, staging};
use super::schema;
use engine::sink::Written;
use rusqlite::Connection;

/// Compares the staging table with the table, as multisets, and puts it into its place.
pub(super) fn swap(connection: &Connection, stream: &str, table: &str, entries: &Entries) -> rusqlite::Result<Written> {
    let new = staging(stream);
    let written = compare(connection, table, &new, entries)?;
    schema::take_place(connection, &new, table)?;
    catalog::put_entries(connection, stream, entries)?;
    drop_entries(connection, &new)?;
    Ok(written)
}

fn drop_entries(connection: &Connection, stream: &str) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM _tapwright_streams WHERE stream = ?1", [stream]).map(|_| ())
}

/// Drops the staging table.
pub(super) fn discard(connection: &Connection, stream: &str) -> rusqlite::Result<()> {
    let new = staging(stream);
    connection.execute_batch(&format!("DROP TABLE IF EXISTS {}", quoted(&new)))?;
    drop_entries(connection, &new)
}

/// How many of the new rows were there before. SQLite sorts both tables on disk: memory stays flat.
fn compare(connection: &Connection, old: &str, new: &str, entries: &Entries) -> rusqlite::Result<Written> {
    let count = |sql: &str| -> rusqlite::Result<u64> {
        connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
    };
    let rows = |table: &str| count(&format!("SELECT count(*) FROM {}", quoted(table)));
    let (before, now) = (rows(old)?, rows(new)?);
    if before == 0 || now == 0 || entries.columns.is_empty() {
        let unchanged = if entries.columns.is_empty() { before.min(now) } else { 0 };
        return Ok(Written { new: now - unchanged, unchanged, ..Written::default() });
    }
    let present = catalog::columns(connection, old)?;
    let names = |with: &dyn Fn(usize, &str) -> String| {
        let names = entries.columns.iter().enumerate().map(|(index, entry)| with(index, &entry.column));
        names.collect::<Vec<_>>().join(", ")
    };
    let in_new = names(&|index, column| format!("{} AS c{index}", quoted(column)));
    let in_old = names(&|_, column| {
        if present.iter().any(|old| same(old, column)) { quoted(column) } else { "NULL".to_owned() }
    });
    let group = names(&|index, _| format!("c{index}"));
    let sql = format!(
        "SELECT coalesce(sum(min(before, now)), 0) FROM (SELECT sum(side) AS now, sum(1 - side) AS before FROM \
         (SELECT 1 AS side, {in_new} FROM {} UNION ALL SELECT 0, {in_old} FROM {}) GROUP BY {group})",
        quoted(new),
        quoted(old)
    );
    let unchanged = count(&sql)?;
    Ok(Written { new: now - unchanged, unchanged, ..Written::default() })
}
