//! One window of rows: its order, its conditions, its cells as text.

use super::anchors::Anchors;
use super::table::{Kinds, columns, open, quoted, unread};
use crate::contract::{DataFilter, DataRows, DataWindow, FilterOp};
use definition::Problem;
use definition::model::FieldType;
use engine::batch::Column;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a query may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Characters of a cell.
const LONGEST: usize = 500;

/// The rows that a window asks for.
pub(super) fn rows(path: &Path, kinds: &Kinds, anchors: &Anchors, ask: &DataWindow) -> Result<DataRows, Problem> {
    let connection = open(path)?;
    let until = Instant::now() + PATIENCE;
    connection.progress_handler(10_000, Some(move || Instant::now() > until)).map_err(|error| unread(&error))?;
    let columns = columns(&connection, &ask.table, kinds)?;
    let read = if ask.sort.is_none() && ask.filters.is_empty() { as_written } else { ordered };
    let (total, rows) = read(&connection, path, anchors, &columns, ask).map_err(|error| unread(&error))?;
    Ok(DataRows { columns, offset: ask.offset, rows, total })
}

type Found = (u64, Vec<Vec<Option<String>>>);

fn as_written(
    connection: &Connection,
    path: &Path,
    anchors: &Anchors,
    columns: &[Column],
    ask: &DataWindow,
) -> rusqlite::Result<Found> {
    let start = anchors.start(connection, path, &ask.table, ask.offset)?;
    let sql = format!("SELECT {} FROM {} WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2 OFFSET ?3", names(columns), quoted(&ask.table));
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map((start.rowid, ask.limit, start.skip), |row| cells(row, columns))?;
    Ok((start.total, found.collect::<rusqlite::Result<_>>()?))
}

fn ordered(
    connection: &Connection,
    _path: &Path,
    _anchors: &Anchors,
    columns: &[Column],
    ask: &DataWindow,
) -> rusqlite::Result<Found> {
    let mut values = Vec::new();
    let conditions: Vec<String> = ask.filters.iter().map(|filter| condition(filter, columns, &mut values)).collect();
    let filter = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    let table = quoted(&ask.table);
    let count = format!("SELECT count(*) FROM {table}{filter}");
    let total = connection.query_row(&count, params_from_iter(&values), |row| row.get(0))?;
    let sort = ask.sort.as_ref().filter(|sort| columns.iter().any(|column| column.name == sort.column));
    let order = sort.map_or_else(
        || "rowid".to_owned(),
        |sort| format!("{}{}, rowid", quoted(&sort.column), if sort.descending { " DESC" } else { "" }),
    );
    let window = format!(" ORDER BY {order} LIMIT {} OFFSET {}", ask.limit, ask.offset);
    let sql = format!("SELECT {} FROM {table}{filter}{window}", names(columns));
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map(params_from_iter(&values), |row| cells(row, columns))?;
    Ok((total, found.collect::<rusqlite::Result<_>>()?))
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
}

/// A condition as SQL. Names are looked up among the columns, values are bound.
fn condition(filter: &DataFilter, columns: &[Column], values: &mut Vec<Value>) -> String {
    let chosen: Vec<&Column> =
        columns.iter().filter(|column| filter.column.is_empty() || column.name == filter.column).collect();
    let mut one = |column: &Column| {
        let name = quoted(&column.name);
        let number = matches!(column.kind, FieldType::Integer | FieldType::Number | FieldType::Boolean);
        let mut bind = |value: Value| {
            values.push(value);
            format!("?{}", values.len())
        };
        match filter.op {
            FilterOp::IsNull => format!("{name} IS NULL"),
            FilterOp::NotNull => format!("{name} IS NOT NULL"),
            FilterOp::Contains => {
                let pattern = filter.value.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                format!("CAST({name} AS TEXT) LIKE {} ESCAPE '\\'", bind(Value::Text(format!("%{pattern}%"))))
            }
            FilterOp::Equals => format!("{name} = {}", bind(typed(&filter.value, number))),
            FilterOp::Greater => format!("{name} > {}", bind(typed(&filter.value, number))),
            FilterOp::Less => format!("{name} < {}", bind(typed(&filter.value, number))),
        }
    };
    let parts: Vec<String> = chosen.into_iter().map(&mut one).collect();
    if parts.is_empty() { "0".to_owned() } else { format!("({})", parts.join(" OR ")) }
}

/// A value as its column compares: numbers by size, all else as text.
fn typed(text: &str, number: bool) -> Value {
    match text.trim() {
        "true" if number => Value::Integer(1),
        "false" if number => Value::Integer(0),
        trimmed if number => trimmed
            .parse()
            .map(Value::Integer)
            .or_else(|_| trimmed.parse().map(Value::Real))
            .unwrap_or_else(|_| Value::Text(text.to_owned())),
        _ => Value::Text(text.to_owned()),
    }
}

fn cells(row: &Row<'_>, columns: &[Column]) -> rusqlite::Result<Vec<Option<String>>> {
    let shown = |(at, column): (usize, &Column)| {
        Ok(match row.get_ref(at)? {
            ValueRef::Null => None,
            ValueRef::Integer(value) if column.kind == FieldType::Boolean => Some((value != 0).to_string()),
            ValueRef::Integer(value) => Some(value.to_string()),
            ValueRef::Real(value) => Some(value.to_string()),
            ValueRef::Text(text) => Some(shortened(&String::from_utf8_lossy(text))),
            ValueRef::Blob(bytes) => Some(format!("{} bytes", bytes.len())),
        })
    };
    columns.iter().enumerate().map(shown).collect()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
