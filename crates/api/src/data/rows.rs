//! One window of a table, fast at any place: found by the nearest remembered row, or by the rows of the question.

use super::anchors::STEP;
use super::cells::cells;
use super::open::{failed, open, quoted};
use super::question::Question;
use super::{Anchors, MOST, TableColumn, tables};
use crate::contract::{DataRows, DataWindow};
use definition::{Definition, Problem};
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;
use std::path::Path;

/// Rows of a question that are remembered: 8 bytes each.
const REMEMBERED: usize = 5_000_000;

/// Answers a window.
pub(super) fn window(
    anchors: &Anchors,
    path: &Path,
    definition: &Definition,
    request: &DataWindow,
) -> Result<DataRows, Problem> {
    let empty = || DataRows { columns: Vec::new(), offset: request.offset, rows: Vec::new(), total: 0 };
    let Some(database) = open(path)? else { return Ok(empty()) };
    if !tables::names(&database)?.contains(&request.table) {
        return Ok(empty());
    }
    let columns = tables::columns(&database, &request.table, definition)?;
    let question = Question::of(&columns, &request.filters, request.sort.as_ref())?;
    let table = quoted(&request.table);
    let limit = u64::from(request.limit.min(MOST));
    let (rows, total) = if question.is_plain() {
        let places = anchors.of(&database, path, &request.table)?;
        let step = usize::try_from(request.offset / STEP).unwrap_or(usize::MAX);
        let rows = match places.every.get(step) {
            Some(from) => plain(&database, &table, &columns, *from, request.offset % STEP, limit),
            None => Ok(Vec::new()),
        };
        (rows.map_err(|error| failed(&error))?, places.total)
    } else {
        let sql = format!(
            "SELECT rowid FROM {table}{} ORDER BY {}rowid LIMIT {REMEMBERED}",
            question.conditions, question.order
        );
        let ids = anchors.answer(path, &format!("{sql}\n{:?}", question.values), || ids(&database, &sql, &question))?;
        let from = usize::try_from(request.offset).unwrap_or(usize::MAX).min(ids.len());
        let to = from.saturating_add(usize::try_from(limit).unwrap_or_default()).min(ids.len());
        let rows = by_id(&database, &table, &columns, &ids[from..to]).map_err(|error| failed(&error))?;
        (rows, ids.len() as u64)
    };
    let columns = columns.into_iter().map(|column| column.shown).collect();
    Ok(DataRows { columns, offset: request.offset, rows, total })
}

type Cells = Vec<Option<String>>;

fn list(columns: &[TableColumn]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.quoted.as_str()).collect();
    names.join(", ")
}

fn plain(
    database: &Connection,
    table: &str,
    columns: &[TableColumn],
    from: i64,
    skip: u64,
    limit: u64,
) -> rusqlite::Result<Vec<Cells>> {
    let sql =
        format!("SELECT {} FROM {table} WHERE rowid >= ?1 ORDER BY rowid LIMIT {limit} OFFSET {skip}", list(columns));
    database.prepare(&sql)?.query_map([from], |row| cells(row, 0, columns))?.collect()
}

fn ids(database: &Connection, sql: &str, question: &Question) -> rusqlite::Result<Vec<i64>> {
    database.prepare(sql)?.query_map(params_from_iter(&question.values), |row| row.get(0))?.collect()
}

/// Rows by their ids, in the order of the ids. One that is gone meanwhile is shown empty.
fn by_id(database: &Connection, table: &str, columns: &[TableColumn], ids: &[i64]) -> rusqlite::Result<Vec<Cells>> {
    let marks: Vec<String> = ids.iter().map(i64::to_string).collect();
    let sql = format!("SELECT rowid, {} FROM {table} WHERE rowid IN ({})", list(columns), marks.join(", "));
    let mut statement = database.prepare(&sql)?;
    let pairs = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, cells(row, 1, columns)?)))?;
    let mut found = pairs.collect::<rusqlite::Result<HashMap<i64, Cells>>>()?;
    Ok(ids.iter().map(|id| found.remove(id).unwrap_or_else(|| vec![None; columns.len()])).collect())
}
