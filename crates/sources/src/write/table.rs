//! A table that is written to: its columns, and what the server can do.

use crate::conn::Conn;
use crate::sql::{Column, Dialect, Kind};
use crate::{mysql, postgres, sqlite};
use definition::model::WriteKind;
use definition::{Problem, ProblemKind, Stage, suggest};
use engine::source::database::{DatabaseFrom, RowWrite};
use sqlx::Row;
use std::collections::BTreeMap;

/// Why a table can't be looked at.
pub(super) enum Unread {
    Sql(sqlx::Error),
    Problem(Box<Problem>),
}

impl From<sqlx::Error> for Unread {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Problem> for Unread {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    name: String,
    targets: Vec<Target>,
    /// The columns of each unique index, where it has to be known beforehand.
    unique: Option<Vec<Vec<String>>>,
    /// The kinds of writes that can give rows back.
    gives_back: fn(WriteKind) -> bool,
}

/// A column that is written.
#[derive(Debug)]
pub(super) struct Target {
    pub column: Column,
    /// Its type, in the database's words.
    pub type_name: String,
    /// Whether it is a list of values.
    pub array: bool,
}

impl Target {
    /// The parameter as the column's type; `compared`: it stands in a comparison.
    pub fn param(&self, dialect: Dialect, param: &str, compared: bool) -> String {
        match (dialect, &self.column.cast) {
            (Dialect::Postgres, _) => format!("{param}::text::{}", self.type_name),
            (Dialect::MySql, _) if self.column.select.starts_with("ST_AsText(") => format!("ST_GeomFromText({param})"),
            (Dialect::MySql, Some(cast)) if compared => format!("CAST({param} AS {cast})"),
            _ => param.to_owned(),
        }
    }

    /// The column as it is given back.
    pub fn selected(&self, dialect: Dialect) -> String {
        let (quoted, select) = (dialect.quote(&self.column.name), &self.column.select);
        if *select == quoted { quoted } else { format!("{select} AS {quoted}") }
    }
}

impl Table {
    /// Asks the server.
    pub async fn read(conn: &mut Conn, table: &str, dialect: Dialect) -> Result<Self, Unread> {
        let text = dialect.table(table)?;
        let from = DatabaseFrom::Table(table.to_owned());
        let parts = definition::table_parts(table).unwrap_or_default();
        let (name, schema) = (parts.last().cloned(), parts.iter().rev().nth(1).cloned());
        let mut types: BTreeMap<String, (String, bool)> = BTreeMap::new();
        let (columns, unique, gives_back): (_, _, fn(WriteKind) -> bool) = match conn {
            Conn::Postgres(conn) => {
                let columns = postgres::describe(conn, &from, &text, &[]).await?;
                let sql = "SELECT a.attname::text, format_type(a.atttypid, -1), (t.typcategory = 'A')::text \
                           FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid \
                           WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped";
                for row in sqlx::query(sql).bind(&text).fetch_all(&mut **conn).await? {
                    let is_array: String = row.try_get(2)?;
                    types.insert(row.try_get(0)?, (row.try_get(1)?, is_array == "true"));
                }
                (columns, None, |_| true)
            }
            Conn::MySql(conn) => {
                let columns = mysql::describe(conn, &from, &text).await?;
                let sql = "SELECT CAST(COLUMN_NAME AS CHAR), CAST(COLUMN_TYPE AS CHAR) FROM information_schema.COLUMNS \
                           WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ?";
                for row in sqlx::query(sql).bind(&schema).bind(&name).fetch_all(&mut **conn).await? {
                    types.insert(row.try_get_unchecked(0)?, (row.try_get_unchecked(1)?, false));
                }
                let sql = "SELECT CAST(INDEX_NAME AS CHAR), CAST(COLUMN_NAME AS CHAR) FROM information_schema.STATISTICS \
                           WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? AND NON_UNIQUE = 0";
                let mut unique: BTreeMap<String, Vec<String>> = BTreeMap::new();
                for row in sqlx::query(sql).bind(&schema).bind(&name).fetch_all(&mut **conn).await? {
                    unique.entry(row.try_get_unchecked(0)?).or_default().push(row.try_get_unchecked(1)?);
                }
                let version = sqlx::query("SELECT VERSION()").fetch_one(&mut **conn).await?;
                let maria = version.try_get_unchecked::<String, _>(0)?.contains("MariaDB");
                let gives: fn(WriteKind) -> bool = if maria { |write| write != WriteKind::Update } else { |_| false };
                (columns, Some(unique.into_values().collect()), gives)
            }
            Conn::Sqlite(conn) => {
                let columns = sqlite::describe(conn, &from, &text).await?;
                let sql = "SELECT name, type FROM pragma_table_xinfo(?)";
                for row in sqlx::query(sql).bind(&name).fetch_all(&mut **conn).await? {
                    types.insert(row.try_get(0)?, (row.try_get::<String, _>(1)?.to_lowercase(), false));
                }
                (columns, None, |_| true)
            }
        };
        let target = |mut column: Column| {
            let (type_name, array) = types.get(&column.name).cloned().unwrap_or_else(|| ("text".to_owned(), false));
            // Text that is compared by its bytes looks like bytes while the table is empty.
            let is_text = ["text", "char", "json", "enum", "set"].iter().any(|word| type_name.contains(word));
            if dialect == Dialect::MySql && column.kind == Kind::Bytes && is_text {
                column.kind = Kind::Text;
            }
            Target { column, type_name, array }
        };
        Ok(Self { name: table.to_owned(), targets: columns.into_iter().map(target).collect(), unique, gives_back })
    }

    /// A column by its exact name.
    pub fn target(&self, name: &str) -> Result<&Target, Problem> {
        self.targets.iter().find(|target| target.column.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.targets.iter().map(|target| target.column.name.as_str()).collect();
            let near = suggest::closest(name, names.iter().copied());
            let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            let listed = suggest::listed(names);
            let message = format!("{} has no column `{name}`.{near} Columns: {listed}.", self.name);
            Problem::new("unknown_column", ProblemKind::Config, Stage::Build, message)
                .hint("Nothing was written. Columns are named as the database writes them.")
        })
    }

    /// The columns that are given back.
    pub fn given_back(&self, names: &[String]) -> Vec<Column> {
        names.iter().filter_map(|name| self.target(name).ok()).map(|target| target.column.clone()).collect()
    }

    /// Whether the server can do what is asked for.
    pub fn check(&self, write: &RowWrite) -> Result<(), Problem> {
        let bad = |code: &str, message: String| Problem::new(code, ProblemKind::Config, Stage::Build, message);
        if !write.returning.is_empty() && !(self.gives_back)(write.write) {
            let message = format!("This server can't give back rows of {} by `{}`.", self.name, write.write.as_str());
            return Err(bad("cannot_return", message).hint("Nothing was written. Take `returning` out of the action."));
        }
        let told = matches!(write.write, WriteKind::Insert | WriteKind::Upsert) && !write.key.is_empty();
        if let (true, Some(unique)) = (told, &self.unique) {
            let same = |index: &Vec<String>| {
                let lower = |names: &[String]| {
                    let mut names: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
                    names.sort();
                    names
                };
                lower(index) == lower(&write.key)
            };
            if !unique.iter().any(same) {
                return Err(no_unique(write));
            }
        }
        Ok(())
    }
}

/// A key that no unique index stands for.
pub(super) fn no_unique(write: &RowWrite) -> Problem {
    let message = format!(
        "{} has no primary key and no unique index over exactly {}: whether a row is there can't be told.",
        write.table,
        write.key.join(", ")
    );
    Problem::new("no_unique_key", ProblemKind::Config, Stage::Build, message)
        .hint("Nothing was written. Name the primary key's columns in `key`, or make a unique index.")
}

/// Whether a column of SQLite keeps whole numbers, by its declared type (<https://www.sqlite.org/datatype3.html>).
pub(super) fn keeps_integers(type_name: &str) -> bool {
    type_name.contains("int")
}

/// Whether a column takes bytes.
pub(super) fn takes_bytes(dialect: Dialect, target: &Target) -> bool {
    match dialect {
        Dialect::Sqlite => target.type_name.contains("blob"),
        Dialect::Postgres | Dialect::MySql => target.column.kind == Kind::Bytes,
    }
}
