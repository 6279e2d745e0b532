//! Making a table, widening it, and rebuilding it where its types or its key changed.

use super::MAX_COLUMNS;
use super::catalog::{self, Entries, Entry};
use super::name::{free_column, list, quoted, same};
use super::value::declared;
use definition::{Problem, ProblemKind, Stage};
use engine::sink::StreamShape;
use rusqlite::{Connection, ErrorCode};

/// What a table has to become to take a stream: its present columns in their order, then the new ones.
pub(super) fn merge(present: &Entries, shape: &StreamShape) -> Result<Entries, Problem> {
    let mut merged = Entries { columns: present.columns.clone(), key: Vec::new() };
    let asked = |name: &str| shape.columns.iter().any(|column| column.name == name);
    for column in &shape.columns {
        let kind = declared(column.kind).to_owned();
        let find = |fits: &dyn Fn(&Entry) -> bool| merged.columns.iter().position(fits);
        // A member becomes a field in its column; a field renamed in case alone goes on in its own.
        let place = find(&|entry| entry.name == column.name && !entry.extra)
            .or_else(|| find(&|entry| entry.name == column.name))
            .or_else(|| find(&|entry| same(&entry.name, &column.name) && !entry.extra && !asked(&entry.name)));
        match place {
            Some(index) => {
                let entry = &mut merged.columns[index];
                entry.name.clone_from(&column.name);
                (entry.declared, entry.extra) = (kind, false);
            }
            None => add(&mut merged, &column.name, &kind, false)?,
        }
    }
    for name in &shape.key {
        let entry = merged.columns.iter().find(|entry| entry.name == *name && !entry.extra && asked(name));
        merged.key.push(entry.ok_or_else(|| no_key(&shape.name, name))?.column.clone());
    }
    Ok(merged)
}

/// Adds a column to the plan of a table.
pub(super) fn add(entries: &mut Entries, name: &str, kind: &str, extra: bool) -> Result<(), Problem> {
    if entries.columns.len() >= MAX_COLUMNS {
        let message = format!("The table would have more than {MAX_COLUMNS} columns, the most it can have.");
        let problem = Problem::new("too_many_columns", ProblemKind::Config, Stage::Write, message);
        return Err(problem.hint("Leave fields out, or keep the rest of a record in one field: `rest: {as: _extra}`."));
    }
    let column = free_column(name, |free| entries.columns.iter().any(|entry| same(&entry.column, free)));
    entries.columns.push(Entry { name: name.to_owned(), column, declared: kind.to_owned(), extra });
    Ok(())
}

/// Makes a table of these columns.
pub(super) fn create(connection: &Connection, table: &str, entries: &Entries) -> rusqlite::Result<()> {
    let rowid = match entries.key.as_slice() {
        [one] => entries.columns.iter().any(|entry| entry.column == *one && entry.declared == "INTEGER"),
        _ => false,
    };
    let mut parts: Vec<String> = Vec::new();
    for entry in &entries.columns {
        let key = entries.key.contains(&entry.column);
        let rule = if key && rowid {
            " PRIMARY KEY NOT NULL"
        } else if key {
            " NOT NULL"
        } else {
            ""
        };
        parts.push(format!("{} {}{rule}", quoted(&entry.column), entry.declared));
    }
    if !entries.key.is_empty() && !rowid {
        parts.push(format!("PRIMARY KEY ({})", list(entries.key.iter().map(String::as_str))));
    }
    // SQLite knows no table without columns: a stream of none still has records to count.
    if parts.is_empty() {
        parts.push("\"_\"".to_owned());
    }
    connection.execute_batch(&format!("CREATE TABLE {} ({})", quoted(table), parts.join(", ")))
}

/// Widens a table by the columns that it lacks.
pub(super) fn widen(connection: &Connection, table: &str, from: &Entries, to: &Entries) -> rusqlite::Result<()> {
    for entry in to.columns.iter().filter(|entry| !from.columns.iter().any(|old| old.column == entry.column)) {
        let (table, column) = (quoted(table), quoted(&entry.column));
        connection.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {column} {}", entry.declared))?;
    }
    Ok(())
}

/// Whether adding columns is not enough.
pub(super) fn must_rebuild(from: &Entries, to: &Entries) -> bool {
    let retyped = |old: &Entry| to.columns.iter().any(|new| new.column == old.column && new.declared != old.declared);
    from.key != to.key || from.columns.iter().any(retyped)
}

/// Copies a table into one of other types or another key, which takes its place. Inside the caller's transaction.
pub(super) fn rebuild(
    connection: &Connection,
    stream: &str,
    table: &str,
    from: &Entries,
    to: &Entries,
) -> rusqlite::Result<Result<(), Problem>> {
    let copy = format!("_tapwright_rebuild_{stream}");
    connection.execute_batch(&format!("DROP TABLE IF EXISTS {}", quoted(&copy)))?;
    create(connection, &copy, to)?;
    let kept: Vec<(&Entry, &Entry)> = from
        .columns
        .iter()
        .filter_map(|old| Some((old, to.columns.iter().find(|new| new.column == old.column)?)))
        .collect();
    if !kept.is_empty() {
        let columns = list(kept.iter().map(|(_, new)| new.column.as_str()));
        let values = kept.iter().map(|(old, new)| converted(old, new)).collect::<Vec<_>>().join(", ");
        let sql = format!("INSERT INTO {} ({columns}) SELECT {values} FROM {}", quoted(&copy), quoted(table));
        match connection.execute_batch(&sql) {
            Err(error)
                if matches!(
                    error.sqlite_error_code(),
                    Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch)
                ) =>
            {
                return Ok(Err(not_unique(table, &to.key).detail(error.to_string())));
            }
            copied => copied?,
        }
    }
    take_place(connection, &copy, table)?;
    Ok(Ok(()))
}

/// The words of truth become 0 and 1, and back; SQLite converts the rest by the column's type.
fn converted(old: &Entry, new: &Entry) -> String {
    let column = quoted(&old.column);
    match (old.declared.as_str(), new.declared.as_str()) {
        ("TEXT", "BOOLEAN") => format!("CASE {column} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE {column} END"),
        ("BOOLEAN", "TEXT") => format!("CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {column} END"),
        _ => column,
    }
}

/// Puts a table into the place of another, with the indexes and triggers that people gave the other.
pub(super) fn take_place(connection: &Connection, from: &str, table: &str) -> rusqlite::Result<()> {
    let sql = "SELECT sql FROM sqlite_master
               WHERE type IN ('index', 'trigger') AND tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL";
    let others: Vec<String> =
        connection.prepare(sql)?.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let (from, table) = (quoted(from), quoted(table));
    connection.execute_batch(&format!("DROP TABLE {table}; ALTER TABLE {from} RENAME TO {table}"))?;
    others.iter().try_for_each(|sql| connection.execute_batch(sql))
}

/// The present columns that the table really has: somebody may have dropped one.
pub(super) fn present(connection: &Connection, table: &str, mut entries: Entries) -> rusqlite::Result<Entries> {
    let columns = catalog::columns(connection, table)?;
    entries.columns.retain(|entry| columns.iter().any(|column| same(column, &entry.column)));
    Ok(entries)
}

fn no_key(stream: &str, name: &str) -> Problem {
    let message = format!("The key of {stream} names {name:?}, which is none of its fields.");
    Problem::new("bad_key", ProblemKind::Config, Stage::Write, message).hint("Add the field, or change the key.")
}

fn not_unique(table: &str, key: &[String]) -> Problem {
    let key = key.join(", ");
    let message =
        format!("The table {table:?} cannot take the key ({key}): rows that it holds share one, or have none.");
    Problem::new("key_not_unique", ProblemKind::Data, Stage::Write, message)
        .hint("Choose another key, or sync into a new file. The table was not changed.")
}
