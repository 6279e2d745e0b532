//! What databases say when they refuse a row, in words that help.

use super::verb;
use crate::address::Address;
use crate::problem::{Class, class, told};
use definition::{Problem, ProblemKind, Stage};
use engine::source::database::RowWrite;
use sqlx::error::{DatabaseError, ErrorKind};

/// A refusal, or a lost answer: of stage `send` is what nobody knows the end of.
pub(super) fn refused(error: &sqlx::Error, address: &Address, write: &RowWrite) -> Problem {
    let mut problem = told(error, address);
    let sqlx::Error::Database(said) = error else { return problem };
    if class(said.as_ref()) == Class::Broken {
        return problem;
    }
    problem.stage = Stage::Respond;
    let said = said.as_ref();
    let words = words(said);
    if words.contains("ON CONFLICT") {
        return Problem { request: problem.request, ..super::table::no_unique(write) };
    }
    let Some((code, what, hint)) = row(said, &write.table) else { return of_write(problem, write) };
    problem.code = code.to_owned();
    problem.kind = ProblemKind::Data;
    problem.retry = false;
    problem.message = format!("{what}: nothing was written. The database says: {words}.");
    problem.hint(hint)
}

/// What a row was refused for: its code, in words, and what to do.
fn row(said: &dyn DatabaseError, table: &str) -> Option<(&'static str, String, &'static str)> {
    let place = place(said, table);
    Some(match said.kind() {
        ErrorKind::UniqueViolation => (
            "unique_violation",
            format!("{place} has a row with such a value already"),
            "Change the value, or write by `upsert` with the column in `key`.",
        ),
        ErrorKind::ForeignKeyViolation => (
            "foreign_key",
            format!("{place} refers to a row of another table that is not there, or another table refers to the row"),
            "Write the other row first; before a removal, remove what refers to it.",
        ),
        ErrorKind::NotNullViolation => (
            "not_null",
            format!("{place} needs a value for a column that has none"),
            "Add the column to `values`, and make its parameter required.",
        ),
        ErrorKind::CheckViolation => (
            "check_violation",
            format!("{place} has a rule that the row does not keep"),
            "Give values that keep the table's rule.",
        ),
        _ if class(said) == Class::Row => {
            ("bad_value", format!("{place} can't take a value"), "Give values that fit the columns' types.")
        }
        _ => return None,
    })
}

/// Table, column and constraint, as far as the database says them.
fn place(said: &dyn DatabaseError, table: &str) -> String {
    let mut place = table.to_owned();
    if let Some(postgres) = said.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        && let Some(column) = postgres.column()
    {
        place += &format!(", column `{column}`,");
    }
    match said.constraint() {
        Some(constraint) => format!("{place} (constraint {constraint})"),
        None => place,
    }
}

/// The database's own words, its details included.
fn words(said: &dyn DatabaseError) -> String {
    let mut words = said.message().trim_end_matches('.').to_owned();
    if let Some(detail) = said.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().and_then(|one| one.detail()) {
        words += &format!(". {}", detail.trim_end_matches('.'));
    }
    words
}

/// A problem of reading, in the words of writing.
pub(super) fn of_write(mut problem: Problem, write: &RowWrite) -> Problem {
    let (table, what) = (&write.table, verb(write.write));
    match problem.code.as_str() {
        "not_allowed" => {
            problem.message = format!("The user may not {what} {table}. {}", problem.message);
            problem.hint(format!("Nothing was written. Ask for the right to {what} the table."))
        }
        "query_writes" => Problem {
            code: "read_only".to_owned(),
            message: format!("{table} can't be written to: the database is open for reading alone."),
            ..problem
        }
        .hint("Nothing was written. Is it a standby, or a file without the right to write?"),
        "too_slow" => {
            problem.hint("Nothing was written. Raise the action's `timeout`, or look for what holds the row.")
        }
        _ => problem,
    }
}
