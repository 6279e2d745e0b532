//! The tables of a database, and their columns.

use super::TableColumn;
use super::open::{failed, quoted};
use definition::model::{Field, FieldType};
use definition::{Definition, Problem};
use engine::batch::Column;
use rusqlite::Connection;

/// The tables that a person asked for, in the order of their making.
pub(super) fn names(database: &Connection) -> Result<Vec<String>, Problem> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_tapwright%' ESCAPE '\\' \
               AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";
    let mut statement = database.prepare(sql).map_err(|error| failed(&error))?;
    let names = statement.query_map([], |row| row.get(0)).map_err(|error| failed(&error))?;
    names.collect::<Result<_, _>>().map_err(|error| failed(&error))
}

/// A table's columns. Their types are the fields' where the definition knows them.
pub(super) fn columns(
    database: &Connection,
    table: &str,
    definition: &Definition,
) -> Result<Vec<TableColumn>, Problem> {
    let fields = definition.stream(table).map(|stream| stream.fields.as_slice()).unwrap_or_default();
    let mut statement =
        database.prepare("SELECT name, type, pk FROM pragma_table_info(?1)").map_err(|error| failed(&error))?;
    let column = |row: &rusqlite::Row<'_>| {
        let (name, declared, key): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let boolean = declared == "BOOLEAN";
        let quoted = quoted(&name);
        let kind = kind(fields, &name, &declared);
        Ok(TableColumn { shown: Column { name, kind, key: key > 0 }, quoted, boolean })
    };
    let columns = statement.query_map([table], column).map_err(|error| failed(&error))?;
    columns.collect::<Result<_, _>>().map_err(|error| failed(&error))
}

fn kind(fields: &[Field], name: &str, declared: &str) -> FieldType {
    if let Some(field) = fields.iter().find(|field| field.name == name) {
        return field.kind;
    }
    match declared {
        "INTEGER" => FieldType::Integer,
        "REAL" => FieldType::Number,
        "BOOLEAN" => FieldType::Boolean,
        _ => FieldType::String,
    }
}
