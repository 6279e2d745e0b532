//! One window of a table, fast at any place: found by the nearest remembered row, or by the rows of the question.

use super::anchors::Asked;
use super::cells::cells;
use super::ids::{Ids, Taking};
use super::open::{failed, open_until, quoted, stopped};
use super::question::Question;
use super::{Anchors, MOST, TableColumn, tables};
use crate::app::storage;
use crate::contract::{DataRows, DataWindow};
use definition::{Definition, Problem};
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

/// How long a question may take.
const LONGEST: Duration = Duration::from_secs(60);

/// Where a window is looked for.
pub(super) struct Where<'a> {
    pub anchors: &'a Anchors,
    pub path: &'a Path,
    /// Where the rows of questions are remembered.
    pub folder: &'a Path,
    pub definition: &'a Definition,
}

/// Answers a window.
pub(super) fn window(place: &Where<'_>, request: &DataWindow, asked: &Asked) -> Result<DataRows, Problem> {
    let empty =
        || DataRows { columns: Vec::new(), offset: request.offset, rows: Vec::new(), ids: Vec::new(), total: 0 };
    let Some(database) = open_until(place.path, Some(LONGEST), asked.stop.clone())? else { return Ok(empty()) };
    let found = find(&database, place, request);
    found
        .map(|found| found.unwrap_or_else(empty))
        .map_err(|problem| if asked.stop.is_cancelled() { stopped() } else { problem })
}

fn find(database: &Connection, place: &Where<'_>, request: &DataWindow) -> Result<Option<DataRows>, Problem> {
    if !tables::names(database)?.contains(&request.table) {
        return Ok(None);
    }
    let columns = tables::columns(database, &request.table, place.definition)?;
    let question = Question::of(&columns, &request.filters, request.sort.as_ref())?;
    let table = quoted(&request.table);
    let limit = u64::from(request.limit.min(MOST));
    let (rows, total) = if question.is_plain() {
        let places = place.anchors.of(database, place.path, &request.table)?;
        let rows = match places.near(request.offset) {
            Some((from, skip)) => plain(database, &table, &columns, (from, skip, limit)),
            None => Ok(Vec::new()),
        };
        (rows.map_err(|error| failed(&error))?, places.total)
    } else {
        let sql = format!("SELECT rowid FROM {table}{} ORDER BY {}rowid", question.conditions, question.order);
        let key = format!("{sql}\n{:?}", question.values);
        let ids = place.anchors.answer(place.path, &key, || ids(database, &sql, &question, place.folder))?;
        let window = ids.window(request.offset, limit).map_err(|error| unkept(&error))?;
        (by_id(database, &table, &columns, &window).map_err(|error| failed(&error))?, ids.count)
    };
    let (ids, rows) = rows.into_iter().map(|(id, cells)| (id.to_string(), cells)).unzip();
    let columns = columns.into_iter().map(|column| column.shown).collect();
    Ok(Some(DataRows { columns, offset: request.offset, rows, ids, total }))
}

type Cells = Vec<Option<String>>;

fn list(columns: &[TableColumn]) -> String {
    columns.iter().map(|column| format!(", {}", column.quoted)).collect()
}

fn plain(
    database: &Connection,
    table: &str,
    columns: &[TableColumn],
    (from, skip, limit): (i64, u64, u64),
) -> rusqlite::Result<Vec<(i64, Cells)>> {
    let sql = format!(
        "SELECT rowid{} FROM {table} WHERE rowid >= ?1 ORDER BY rowid LIMIT {limit} OFFSET {skip}",
        list(columns)
    );
    database.prepare(&sql)?.query_map([from], |row| Ok((row.get(0)?, cells(row, 1, columns)?)))?.collect()
}

fn ids(database: &Connection, sql: &str, question: &Question, folder: &Path) -> Result<Ids, Problem> {
    let mut taking = Taking::begin(folder).map_err(|error| unkept(&error))?;
    let mut statement = database.prepare(sql).map_err(|error| failed(&error))?;
    let mut rows = statement.query(params_from_iter(&question.values)).map_err(|error| failed(&error))?;
    while let Some(row) = rows.next().map_err(|error| failed(&error))? {
        taking.take(row.get(0).map_err(|error| failed(&error))?).map_err(|error| unkept(&error))?;
    }
    taking.end().map_err(|error| unkept(&error))
}

fn unkept(error: &std::io::Error) -> Problem {
    storage("question_file", "The order of the rows can't be remembered in the data folder", error)
}

/// Rows by their ids, in the order of the ids. One that is gone meanwhile is shown empty.
fn by_id(
    database: &Connection,
    table: &str,
    columns: &[TableColumn],
    ids: &[i64],
) -> rusqlite::Result<Vec<(i64, Cells)>> {
    let marks: Vec<String> = ids.iter().map(i64::to_string).collect();
    let sql = format!("SELECT rowid{} FROM {table} WHERE rowid IN ({})", list(columns), marks.join(", "));
    let mut statement = database.prepare(&sql)?;
    let pairs = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, cells(row, 1, columns)?)))?;
    let mut found = pairs.collect::<rusqlite::Result<HashMap<i64, Cells>>>()?;
    Ok(ids.iter().map(|id| (*id, found.remove(id).unwrap_or_else(|| vec![None; columns.len()]))).collect())
}
