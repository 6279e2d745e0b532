//! A table of a connection's database, copied to a file of JSON lines: its rows as they are now.

use definition::model::{Field, FieldType};
use definition::{Definition, Problem, ProblemKind, Stage};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::{Map, Value};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Duration;

/// The tables of a database that hold records.
fn tables_of(database: &Path) -> Result<Vec<String>, Problem> {
    const SQL: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_tapwright%' ESCAPE '\\' \
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";
    if !database.exists() {
        return Ok(Vec::new());
    }
    let connection = open(database)?;
    let read =
        || -> rusqlite::Result<Vec<String>> { connection.prepare(SQL)?.query_map([], |row| row.get(0))?.collect() };
    read().map_err(|error| unread(&error))
}

/// Copies the rows of a table, in the order of its making. Gives how many there are.
pub(crate) fn copy_table(
    database: &Path,
    definition: &Definition,
    (table, condition): (&str, Option<&str>),
    to: &Path,
) -> Result<u64, Problem> {
    let known = tables_of(database)?;
    if !known.iter().any(|name| name == table) {
        let there = if known.is_empty() {
            "Nothing was synced yet.".to_owned()
        } else {
            format!("There are: {}.", known.join(", "))
        };
        let message = format!("There is no table `{table}`.");
        return Err(Problem::new("no_table", ProblemKind::Config, Stage::Open, message).hint(there));
    }
    let connection = open(database)?;
    let quoted = format!("\"{}\"", table.replace('"', "\"\""));
    let sql = match condition {
        Some(condition) => format!("SELECT * FROM {quoted} WHERE ({condition}\n)"),
        None => format!("SELECT * FROM {quoted}"),
    };
    let mut statement = connection.prepare(&sql).map_err(|error| bad_condition(condition, &error))?;
    let booleans = booleans(&connection, table).map_err(|error| unread(&error))?;
    let fields = definition.stream(table).map(|stream| stream.fields.as_slice()).unwrap_or_default();
    let columns: Vec<(String, Option<FieldType>)> =
        statement.column_names().into_iter().map(|name| (name.to_owned(), kind(fields, name, &booleans))).collect();
    let file = std::fs::File::create(to).map_err(|error| unwritable(to, &error))?;
    let mut out = BufWriter::new(file);
    let mut rows = statement.query([]).map_err(|error| bad_condition(condition, &error))?;
    let mut count = 0;
    while let Some(row) = rows.next().map_err(|error| bad_condition(condition, &error))? {
        let line = Value::Object(object(row, &columns).map_err(|error| unread(&error))?);
        writeln!(out, "{line}").map_err(|error| unwritable(to, &error))?;
        count += 1;
    }
    out.flush().map_err(|error| unwritable(to, &error))?;
    Ok(count)
}

fn object(row: &Row<'_>, columns: &[(String, Option<FieldType>)]) -> rusqlite::Result<Map<String, Value>> {
    let mut object = Map::new();
    for (at, (name, kind)) in columns.iter().enumerate() {
        object.insert(name.clone(), value(row.get_ref(at)?, *kind));
    }
    Ok(object)
}

fn value(value: ValueRef<'_>, kind: Option<FieldType>) -> Value {
    match (value, kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(number), Some(FieldType::Boolean)) => Value::Bool(number != 0),
        (ValueRef::Integer(number), _) => Value::from(number),
        (ValueRef::Real(number), _) => Value::from(number),
        (ValueRef::Text(text), kind) => {
            let text = String::from_utf8_lossy(text);
            let nested = matches!(kind, Some(FieldType::Json | FieldType::Array | FieldType::Object));
            match serde_json::from_str(&text) {
                Ok(parsed) if nested => parsed,
                _ => Value::from(text.into_owned()),
            }
        }
        (ValueRef::Blob(bytes), _) => Value::from(hex::encode(bytes)),
    }
}

fn kind(fields: &[Field], name: &str, booleans: &[String]) -> Option<FieldType> {
    let field = fields.iter().find(|field| field.name == name).map(|field| field.kind);
    field.or_else(|| booleans.iter().any(|column| column == name).then_some(FieldType::Boolean))
}

/// The columns that hold 0 and 1 for false and true.
fn booleans(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) WHERE type = 'BOOLEAN'")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

fn open(path: &Path) -> Result<Connection, Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| unread(&error))?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(|error| unread(&error))?;
    Ok(connection)
}

fn unread(error: &rusqlite::Error) -> Problem {
    Problem::new("table_unread", ProblemKind::Storage, Stage::Open, format!("The table can't be read: {error}."))
        .hint("If another program has the file, close it there.")
}

fn bad_condition(condition: Option<&str>, error: &rusqlite::Error) -> Problem {
    match condition {
        None => unread(error),
        Some(condition) => {
            let message = format!("The condition `{condition}` can't be used: {error}.");
            Problem::new("bad_where", ProblemKind::Config, Stage::Open, message)
                .hint("It is what stands behind WHERE in SQL: \"status = 'open' AND amount > 10\".")
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    let message = format!("The rows can't be kept in {}: {error}.", path.display());
    Problem::new("rows_not_kept", ProblemKind::Storage, Stage::Store, message).hint("Is there space on the disk?")
}
