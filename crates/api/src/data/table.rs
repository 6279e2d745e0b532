//! Tables and their columns, read from the database itself.

use crate::contract::DataTable;
use definition::model::FieldType;
use definition::{Problem, ProblemKind, Stage};
use engine::batch::Column;
use rusqlite::{Connection, OpenFlags};
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

/// What a definition says of columns, by table and name.
pub(super) type Kinds = HashMap<(String, String), FieldType>;

/// Opens a database for reading alone.
pub(super) fn open(path: &Path) -> Result<Connection, Problem> {
    if !path.exists() {
        return Err(Problem::new("nothing_synced", ProblemKind::Storage, Stage::Store, "Nothing was synced yet."));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| unread(&error))?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(|error| unread(&error))?;
    Ok(connection)
}

/// Every table that holds records.
pub(super) fn list(path: &Path, kinds: &Kinds) -> Result<Vec<DataTable>, Problem> {
    const SQL: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_tapwright%' ESCAPE '\\' \
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    let connection = open(path)?;
    let read = || -> rusqlite::Result<Vec<String>> { connection.prepare(SQL)?.query_map([], |row| row.get(0))?.collect() };
    let mut tables = Vec::new();
    for name in read().map_err(|error| unread(&error))? {
        let columns = columns(&connection, &name, kinds)?;
        let columns = columns.into_iter().map(|column| (column.name, column.kind)).collect();
        let rows = count(&connection, &name).map_err(|error| unread(&error))?;
        tables.push(DataTable { name, rows, columns });
    }
    Ok(tables)
}

/// How many rows a table has.
pub(super) fn count(connection: &Connection, table: &str) -> rusqlite::Result<u64> {
    connection.query_row(&format!("SELECT count(*) FROM {}", quoted(table)), [], |row| row.get(0))
}

/// A table's columns. A problem where there is no such table.
pub(super) fn columns(connection: &Connection, table: &str, kinds: &Kinds) -> Result<Vec<Column>, Problem> {
    let read = || -> rusqlite::Result<Vec<Column>> {
        let mut statement = connection.prepare("SELECT name, type, pk FROM pragma_table_info(?1)")?;
        let rows = statement.query_map([table], |row| {
            let name: String = row.get(0)?;
            let kind = kinds.get(&(table.to_owned(), name.clone())).copied();
            let kind = kind.unwrap_or(declared(&row.get::<_, String>(1)?));
            Ok(Column { name, kind, key: row.get::<_, i64>(2)? > 0 })
        })?;
        rows.collect()
    };
    let columns = read().map_err(|error| unread(&error))?;
    if columns.is_empty() || table.starts_with("_tapwright") || table.starts_with("sqlite_") {
        let message = format!("There is no table “{table}”.");
        return Err(Problem::new("no_table", ProblemKind::Storage, Stage::Store, message));
    }
    Ok(columns)
}

fn declared(kind: &str) -> FieldType {
    match kind {
        "INTEGER" => FieldType::Integer,
        "REAL" => FieldType::Number,
        "BOOLEAN" => FieldType::Boolean,
        _ => FieldType::String,
    }
}

/// A name as SQL takes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A read that failed, as a problem.
pub(super) fn unread(error: &rusqlite::Error) -> Problem {
    let interrupted = matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::OperationInterrupted));
    if interrupted {
        return Problem::new("slow_query", ProblemKind::Storage, Stage::Store, "Sorting or filtering took over 10 seconds.")
            .hint("Filter to fewer rows, or sort by the key.");
    }
    Problem::new("data_unread", ProblemKind::Storage, Stage::Store, format!("The synced data can't be read: {error}."))
}
