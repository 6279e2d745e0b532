//! Many rows a statement.

use super::catalog::{Entries, Entry};
use super::extras::Rest;
use super::name::{list, quoted};
use super::value::{Bound, Declared};
use definition::{Problem, ProblemKind, Stage};
use engine::batch::{Batch, Cell};
use engine::sink::StreamShape;
use rusqlite::{CachedStatement, Connection};
use std::collections::HashMap;

/// Rows a statement: more gain nothing.
const ROWS: usize = 50;
/// The most values that SQLite takes in one statement.
const VALUES: usize = 32_766;

/// How a stream's records go into a table. Made anew where the table gets columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Insert {
    /// Statements with their number of rows, the largest first.
    statements: Vec<(usize, String)>,
    /// The names of the fields.
    fields: Vec<String>,
    /// How every field's column takes its values.
    declared: Vec<Declared>,
    /// The fields of the key, by their place.
    key: Vec<usize>,
    /// The places behind the fields, by the member that goes there.
    extras: HashMap<String, usize>,
}

/// An error of SQLite, or one that is told already.
pub(super) enum Failed {
    /// Of SQLite.
    Sql(rusqlite::Error),
    /// Told.
    Told(Problem),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Told(problem)
    }
}

impl Insert {
    /// Inserts into `table`, and updates by the key where the table has one.
    pub(super) fn new(table: &str, entries: &Entries, shape: &StreamShape) -> Self {
        let entry = |name: &str| entries.columns.iter().find(|entry| entry.name == name && !entry.extra);
        let fields: Vec<_> = shape.columns.iter().filter_map(|field| entry(&field.name)).collect();
        let is_field = |name: &str| shape.columns.iter().any(|field| field.name == name);
        let is_rest = |entry: &&Entry| shape.extras && (entry.extra || !is_field(&entry.name));
        let rest: Vec<_> = entries.columns.iter().filter(is_rest).collect();
        let columns: Vec<&str> = fields.iter().chain(&rest).map(|entry| entry.column.as_str()).collect();
        let most = (VALUES / columns.len().max(1)).clamp(1, ROWS);
        let sizes = [most, 8, 1].into_iter().enumerate().filter(|(index, size)| *index == 0 || *size < most);
        Self {
            statements: sizes.map(|(_, size)| (size, sql(table, &columns, &entries.key, size))).collect(),
            fields: shape.columns.iter().map(|field| field.name.clone()).collect(),
            declared: fields.iter().map(|entry| Declared::of(&entry.declared)).collect(),
            key: shape
                .columns
                .iter()
                .enumerate()
                .filter(|(_, c)| shape.key.contains(&c.name))
                .map(|(i, _)| i)
                .collect(),
            extras: rest.iter().enumerate().map(|(index, entry)| (entry.name.clone(), index)).collect(),
        }
    }

    /// Whether a field has this name.
    pub(super) fn is_field(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field == name)
    }

    /// The place of a member's column behind the fields, where it has one.
    pub(super) fn extra(&self, member: &str) -> Option<usize> {
        self.extras.get(member).copied()
    }

    /// Inserts all records of a page. `rest` holds their members that no field took, or is empty.
    pub(super) fn run(&self, connection: &Connection, batch: &Batch, rest: &Rest<'_>) -> Result<(), Failed> {
        let mut done = 0;
        let mut members = vec![None; self.extras.len()];
        for (size, sql) in &self.statements {
            if batch.len() - done < *size {
                continue;
            }
            let mut statement = connection.prepare_cached(sql)?;
            while batch.len() - done >= *size {
                let mut place = 1;
                for row in done..done + size {
                    self.bind(&mut statement, &mut place, batch, row)?;
                    bind_rest(&mut statement, &mut place, &mut members, rest.row(row))?;
                }
                statement.raw_execute()?;
                done += size;
            }
        }
        Ok(())
    }

    fn bind(
        &self,
        statement: &mut CachedStatement<'_>,
        place: &mut usize,
        batch: &Batch,
        row: usize,
    ) -> Result<(), Failed> {
        let cells = batch.row(row);
        // A table whose key is a whole number would make one up for null.
        if self.key.iter().any(|index| cells[*index] == Cell::Null) {
            return Err(null_key().into());
        }
        for (cell, declared) in cells.iter().zip(&self.declared) {
            statement.raw_bind_parameter(*place, Bound::of(batch, *cell, *declared))?;
            *place += 1;
        }
        Ok(())
    }
}

/// Binds a record's members, and null where it has none: the row before left its values behind.
fn bind_rest<'a>(
    statement: &mut CachedStatement<'_>,
    place: &mut usize,
    members: &mut [Option<&'a str>],
    values: &[(usize, &'a str)],
) -> Result<(), Failed> {
    members.fill(None);
    for (index, value) in values {
        if let Some(member) = members.get_mut(*index) {
            *member = Some(value);
        }
    }
    for member in members {
        statement.raw_bind_parameter(*place, member.map_or(Bound::Null, Bound::of_json))?;
        *place += 1;
    }
    Ok(())
}

/// The statement for `size` rows. Rows that do not differ are not written, and so are not counted as updated.
fn sql(table: &str, columns: &[&str], key: &[String], size: usize) -> String {
    let table = quoted(table);
    if columns.is_empty() {
        return format!("INSERT INTO {table} DEFAULT VALUES");
    }
    let row = format!("({})", vec!["?"; columns.len()].join(","));
    let rows = vec![row.as_str(); size].join(",");
    let mut sql = format!("INSERT INTO {table} ({}) VALUES {rows}", list(columns.iter().copied()));
    if key.is_empty() {
        return sql;
    }
    sql.push_str(&format!(" ON CONFLICT ({}) DO ", list(key.iter().map(String::as_str))));
    let others: Vec<String> =
        columns.iter().filter(|column| !key.iter().any(|key| key == *column)).map(|column| quoted(column)).collect();
    if others.is_empty() {
        sql.push_str("NOTHING");
        return sql;
    }
    let join = |with: &dyn Fn(&String) -> String| others.iter().map(with).collect::<Vec<_>>().join(",");
    let set = join(&|column| format!("{column}=excluded.{column}"));
    let old = join(&|column| format!("{table}.{column}"));
    let new = join(&|column| format!("excluded.{column}"));
    sql.push_str(&format!("UPDATE SET {set} WHERE ({old}) IS NOT ({new})"));
    sql
}

fn null_key() -> Problem {
    Problem::new("null_key", ProblemKind::Data, Stage::Write, "A record has no value in its key.")
        .hint("Choose another key, or leave such records out with a filter.")
}
