//! What an error of the server means to a person.

use definition::{Problem, ProblemKind, Stage};
use sqlx::Error;

/// An error of the server or of the way to it. `place` is the address without a password.
pub(super) fn problem(error: &Error, place: &str) -> Problem {
    let new = |code, kind, message: String| Problem::new(code, kind, Stage::Write, message);
    let Error::Database(told) = error else { return lost(error, place) };
    let code = told.code().unwrap_or_default().into_owned();
    let problem = match (&code[..code.len().min(2)], code.as_str()) {
        ("28", _) => new("refused", ProblemKind::Auth, format!("{place} refused the user or the password."))
            .hint("Check the user in the address, and the password (PGPASSWORD, ~/.pgpass, or the connection's)."),
        (_, "3D000") => new("no_database", ProblemKind::Config, format!("{place}: there is no such database."))
            .hint("Make it (`createdb NAME`), or correct the address."),
        (_, "3F000") => new("no_schema", ProblemKind::Config, format!("{place}: there is no such schema.")),
        (_, "42501") => new("not_allowed", ProblemKind::Auth, format!("{place}: the user may not do this."))
            .hint("The user needs the right to create in the schema, and to write its tables."),
        ("53", _) => {
            new("server_full", ProblemKind::Storage, format!("{place} has no room or no free connection left."))
                .hint("What was written before is kept: sync again when there is room.")
                .retryable()
        }
        (_, "55P03" | "40P01" | "40001") => {
            new("busy", ProblemKind::Storage, format!("Another program holds the table in {place}."))
                .hint("Wait for it, then sync again: whole pages are kept.")
                .retryable()
        }
        ("57" | "08", _) => return lost(error, place),
        (_, "0A000") => new("column_in_use", ProblemKind::Storage, format!("{place}: a column can't change its type."))
            .hint("A view or a rule uses it: drop that, sync, and make it again."),
        ("23", _) => {
            new("constraint", ProblemKind::Data, format!("{place}: the table has a rule that a record breaks."))
                .hint("Look for a constraint or a trigger that was added to the table.")
        }
        ("22", _) => new("value_unfit", ProblemKind::Data, format!("{place}: a value does not fit its column."))
            .hint("Give the field the type string, or on_error: null."),
        _ => new("write_failed", ProblemKind::Storage, format!("{place} could not be written.")),
    };
    problem.detail(told.to_string())
}

fn lost(error: &Error, place: &str) -> Problem {
    Problem::new(
        "database_unreachable",
        ProblemKind::Network,
        Stage::Write,
        format!("{place} could not be reached, or the connection broke."),
    )
    .hint("Check the host and the port, and that the server runs. What was written before is kept.")
    .detail(error.to_string())
    .retryable()
}

/// Nothing came back in time.
pub(super) fn slow(place: &str) -> Problem {
    Problem::new("database_unreachable", ProblemKind::Network, Stage::Write, format!("{place} did not answer in time."))
        .hint("Check the host and the port, and that a firewall lets it through.")
        .retryable()
}
