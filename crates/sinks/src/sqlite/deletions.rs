//! Deletions mirrored: what a whole read did not meet is gone.
//!
//! The keys met stand in a table beside, written with their records in one transaction, so that a read that was cut
//! off and went on knows them all. Only the end of the read looks at them.

use super::catalog::{self, Entry};
use super::insert::Failed;
use super::name::{list, quoted};
use super::schema;
use super::value::{Bound, Declared};
use definition::model::Deletions;
use engine::batch::Batch;
use engine::sink::{Parts, StreamShape, Written};
use rusqlite::{Connection, OptionalExtension};

/// The column that tells when a record was found to be gone.
const DELETED_AT: &str = "_deleted_at";

/// What a read that covers everything keeps of the keys that it met.
#[derive(Debug)]
pub(super) struct Mirror {
    how: Deletions,
    /// Whether the read covers everything, so that its end tells what is gone.
    whole: bool,
    /// The stream's table.
    table: String,
    /// The table of keys.
    met: String,
    stream: String,
    /// The key's columns with their declared types, and their places in a batch's rows.
    key: Vec<(String, String, usize)>,
}

/// Brings records back that were marked as gone, when they are met again.
#[derive(Debug)]
pub(super) struct Revival {
    sql: String,
    key: Vec<(String, String, usize)>,
}

impl Mirror {
    /// Begins to remember keys for a read, or goes on with it.
    pub(super) fn begin(
        connection: &Connection,
        shape: &StreamShape,
        table: &str,
        read: &str,
    ) -> Result<Option<Self>, Failed> {
        if shape.deletions == Deletions::Keep {
            return Ok(None);
        }
        Self::remember(connection, shape, table, read, shape.deletions, true)
    }

    /// Begins to remember keys of the parts that are read anew, or goes on with it.
    pub(super) fn begin_parts(
        connection: &Connection,
        shape: &StreamShape,
        table: &str,
        parts: &Parts,
    ) -> Result<Option<Self>, Failed> {
        Self::remember(connection, shape, table, &parts.read, parts.how, false)
    }

    /// What a read that was cut off keeps of the keys that it met, so that an event's records count as met. None: no read
    /// waits to be gone on with.
    pub(super) fn waiting(connection: &Connection, shape: &StreamShape, table: &str) -> Result<Option<Self>, Failed> {
        if shape.key.is_empty() || catalog::table_exists(connection, "_tapwright_mirrors")?.is_none() {
            return Ok(None);
        }
        let sql = "SELECT 1 FROM _tapwright_mirrors WHERE stream = ?1";
        if connection.query_row(sql, [&shape.name], |_| Ok(())).optional()?.is_none() {
            return Ok(None);
        }
        let key = key(connection, shape)?;
        let met = format!("_tapwright_met_{}", shape.name);
        // One by another key belongs to a definition that was: that read does not go on.
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = statement.query_map([&met], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let same = columns.iter().eq(key.iter().map(|(column, _, _)| column));
        let mirror =
            Self { how: shape.deletions, whole: true, table: table.to_owned(), met, stream: shape.name.clone(), key };
        Ok(same.then_some(mirror))
    }

    fn remember(
        connection: &Connection,
        shape: &StreamShape,
        table: &str,
        read: &str,
        how: Deletions,
        whole: bool,
    ) -> Result<Option<Self>, Failed> {
        if shape.key.is_empty() {
            return Ok(None);
        }
        let key = key(connection, shape)?;
        let met = format!("_tapwright_met_{}", shape.name);
        let mirror = Self { how, whole, table: table.to_owned(), met, stream: shape.name.clone(), key };
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS _tapwright_mirrors (stream TEXT PRIMARY KEY NOT NULL, read TEXT NOT NULL)",
        )?;
        let sql = "SELECT read FROM _tapwright_mirrors WHERE stream = ?1";
        let before: Option<String> = connection.query_row(sql, [&shape.name], |row| row.get(0)).optional()?;
        if before.as_deref() != Some(read) || catalog::table_exists(connection, &mirror.met)?.is_none() {
            mirror.create(connection, read)?;
        }
        if mirror.how == Deletions::Mark {
            add_column(connection, shape, table)?;
        }
        Ok(Some(mirror))
    }

    fn create(&self, connection: &Connection, read: &str) -> rusqlite::Result<()> {
        let columns: Vec<String> =
            self.key.iter().map(|(column, declared, _)| format!("{} {declared} NOT NULL", quoted(column))).collect();
        connection.execute_batch(&format!(
            "DROP TABLE IF EXISTS {met}; CREATE TABLE {met} ({}, PRIMARY KEY ({})) WITHOUT ROWID",
            columns.join(", "),
            self.names(),
            met = quoted(&self.met),
        ))?;
        let sql = "INSERT INTO _tapwright_mirrors VALUES (?1, ?2) ON CONFLICT DO UPDATE SET read = excluded.read";
        connection.execute(sql, [&self.stream, read]).map(|_| ())
    }

    fn names(&self) -> String {
        list(self.key.iter().map(|(column, _, _)| column.as_str()))
    }

    /// Remembers the keys of a batch.
    pub(super) fn meet(&self, connection: &Connection, batch: &Batch) -> rusqlite::Result<()> {
        let places = vec!["?"; self.key.len()].join(", ");
        let sql = format!("INSERT OR IGNORE INTO {} ({}) VALUES ({places})", quoted(&self.met), self.names());
        run(connection, &sql, &self.key, batch).map(|_| ())
    }

    /// The read is whole: what it did not meet is gone.
    pub(super) fn finish(&self, connection: &Connection) -> rusqlite::Result<Written> {
        let (table, met) = (quoted(&self.table), quoted(&self.met));
        let same: Vec<String> = self.key.iter().map(|(c, _, _)| format!("m.{0} = {table}.{0}", quoted(c))).collect();
        let gone = format!("NOT EXISTS (SELECT 1 FROM {met} m WHERE {})", same.join(" AND "));
        let sql = match self.how {
            Deletions::Remove => format!("DELETE FROM {table} WHERE {gone}"),
            Deletions::Keep | Deletions::Mark => format!(
                "UPDATE {table} SET {at} = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE {at} IS NULL AND {gone}",
                at = quoted(DELETED_AT)
            ),
        };
        let deleted = if self.whole { connection.execute(&sql, [])? as u64 } else { 0 };
        connection.execute_batch(&format!("DROP TABLE {met}"))?;
        connection.execute("DELETE FROM _tapwright_mirrors WHERE stream = ?1", [&self.stream])?;
        Ok(Written { deleted, ..Written::default() })
    }
}

/// Lets what parts (files) had and have no more be gone: with `mirror`, what of the ended ones the read did not meet;
/// and all of those that are gone themselves.
pub(super) fn end_parts(
    connection: &Connection,
    shape: &StreamShape,
    table: &str,
    mirror: Option<&Mirror>,
    parts: &Parts,
) -> Result<u64, Failed> {
    let known = catalog::entries(connection, &shape.name)?.unwrap_or_default();
    let Some(column) = known.columns.iter().find(|entry| entry.name == Parts::COLUMN && !entry.extra) else {
        return Ok(0);
    };
    if parts.how == Deletions::Keep || (parts.ended.is_empty() && parts.gone.is_empty() && parts.there.is_none()) {
        return Ok(0);
    }
    if parts.how == Deletions::Mark {
        add_column(connection, shape, table)?;
    }
    let (quoted_table, column) = (quoted(table), quoted(&column.column));
    connection.execute_batch(&format!(
        "CREATE INDEX IF NOT EXISTS {} ON {quoted_table} ({column})",
        quoted(&format!("_tapwright_parts_{}", shape.name))
    ))?;
    let change = match parts.how {
        Deletions::Remove => format!("DELETE FROM {quoted_table} WHERE"),
        Deletions::Keep | Deletions::Mark => format!(
            "UPDATE {quoted_table} SET {at} = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE {at} IS NULL AND",
            at = quoted(DELETED_AT)
        ),
    };
    let mut deleted = 0;
    if let Some(mirror) = mirror {
        let same = mirror.key.iter().map(|(c, _, _)| format!("m.{0} = {quoted_table}.{0}", quoted(c)));
        let same: Vec<String> = same.collect();
        let met = quoted(&mirror.met);
        let sql = format!("{change} {column} = ?1 AND NOT EXISTS (SELECT 1 FROM {met} m WHERE {})", same.join(" AND "));
        let mut statement = connection.prepare_cached(&sql)?;
        for part in &parts.ended {
            deleted += statement.execute([part])? as u64;
        }
    }
    let mut statement = connection.prepare_cached(&format!("{change} {column} = ?1"))?;
    for part in &parts.gone {
        deleted += statement.execute([part])? as u64;
    }
    if let Some(there) = &parts.there {
        connection
            .execute_batch("CREATE TEMP TABLE IF NOT EXISTS _there (part TEXT PRIMARY KEY); DELETE FROM _there")?;
        let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO _there VALUES (?1)")?;
        for part in there {
            insert.execute([part])?;
        }
        let sql = format!("{change} {column} IS NOT NULL AND {column} NOT IN (SELECT part FROM _there)");
        deleted += connection.execute(&sql, [])? as u64;
        connection.execute_batch("DELETE FROM _there")?;
    }
    Ok(deleted)
}

impl Revival {
    /// Where there is something to bring back.
    pub(super) fn of(connection: &Connection, shape: &StreamShape, table: &str) -> Result<Option<Self>, Failed> {
        let known = catalog::entries(connection, &shape.name)?.unwrap_or_default();
        let marked = known.columns.iter().any(|entry| entry.column == DELETED_AT);
        if !marked || shape.key.is_empty() || shape.columns.iter().any(|column| column.name == DELETED_AT) {
            return Ok(None);
        }
        let at = quoted(DELETED_AT);
        let any = format!("SELECT 1 FROM {} WHERE {at} IS NOT NULL LIMIT 1", quoted(table));
        if connection.query_row(&any, [], |_| Ok(())).optional()?.is_none() {
            return Ok(None);
        }
        let key = key(connection, shape)?;
        let same: Vec<String> = key.iter().map(|(column, _, _)| format!("{} = ?", quoted(column))).collect();
        let sql = format!("UPDATE {} SET {at} = NULL WHERE {} AND {at} IS NOT NULL", quoted(table), same.join(" AND "));
        Ok(Some(Self { sql, key }))
    }

    pub(super) fn run(&self, connection: &Connection, batch: &Batch) -> rusqlite::Result<()> {
        run(connection, &self.sql, &self.key, batch).map(|_| ())
    }
}

/// Removes the records with a batch's keys, or marks them, as the stream says.
pub(super) fn remove(
    connection: &Connection,
    shape: &StreamShape,
    table: &str,
    batch: &Batch,
) -> Result<Written, Failed> {
    if shape.deletions == Deletions::Mark {
        add_column(connection, shape, table)?;
    }
    let key = key(connection, shape)?;
    let same: Vec<String> = key.iter().map(|(column, _, _)| format!("{} = ?", quoted(column))).collect();
    if same.is_empty() {
        return Ok(Written::default());
    }
    let (table, at, same) = (quoted(table), quoted(DELETED_AT), same.join(" AND "));
    let sql = match shape.deletions {
        Deletions::Mark => {
            format!("UPDATE {table} SET {at} = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE {same} AND {at} IS NULL")
        }
        Deletions::Keep | Deletions::Remove => format!("DELETE FROM {table} WHERE {same}"),
    };
    let deleted = run(connection, &sql, &key, batch)?;
    Ok(Written { deleted, ..Written::default() })
}

/// Runs a statement over the keys of a batch's records. Gives how many rows it changed.
fn run(connection: &Connection, sql: &str, key: &[(String, String, usize)], batch: &Batch) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut changed = 0;
    for row in 0..batch.len() {
        let cells = batch.row(row);
        for (place, (_, declared, at)) in key.iter().enumerate() {
            let Some(cell) = cells.get(*at) else { continue };
            statement.raw_bind_parameter(place + 1, Bound::of(batch, *cell, Declared::of(declared)))?;
        }
        changed += statement.raw_execute()? as u64;
    }
    Ok(changed)
}

fn key(connection: &Connection, shape: &StreamShape) -> Result<Vec<(String, String, usize)>, Failed> {
    let known = catalog::entries(connection, &shape.name)?.unwrap_or_default();
    let column = |name: &String| {
        let place = shape.columns.iter().position(|column| column.name == *name)?;
        let entry = known.columns.iter().find(|entry| entry.name == *name && !entry.extra)?;
        Some((entry.column.clone(), entry.declared.clone(), place))
    };
    Ok(shape.key.iter().filter_map(column).collect())
}

/// Adds the column to a table that lacks it.
fn add_column(connection: &Connection, shape: &StreamShape, table: &str) -> Result<(), Failed> {
    let known = catalog::entries(connection, &shape.name)?.unwrap_or_default();
    if known.columns.iter().any(|entry| entry.column == DELETED_AT) {
        return Ok(());
    }
    let mut wider = known.clone();
    let entry =
        Entry { name: DELETED_AT.to_owned(), column: DELETED_AT.to_owned(), declared: "TEXT".to_owned(), extra: false };
    wider.columns.push(entry);
    schema::widen(connection, table, &known, &wider)?;
    catalog::put_entries(connection, &shape.name, &wider)?;
    Ok(())
}
