//! Opening the file, and what its errors mean.

use crate::files::io_problem;
use definition::{Problem, ProblemKind, Stage};
use rusqlite::{Connection, Error, ErrorCode, ffi};
use std::path::Path;
use std::time::Duration;

/// How long another program may hold the file before a write gives up.
const BUSY: Duration = Duration::from_secs(30);

/// Opens the file, makes it where it is missing.
pub(super) fn open(path: &Path) -> Result<Connection, Problem> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| io_problem(&error, folder))?;
    }
    let connection = Connection::open(path).map_err(|error| problem(&error, path))?;
    prepare(&connection).map_err(|error| problem(&error, path))?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    // A view on the table must not stop a rebuild, which drops and renames.
    connection.pragma_update(None, "legacy_alter_table", true)?;
    // Other people's tables may refer to ours; their rules are not this sink's to enforce while it rebuilds.
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// What an error of SQLite means to a person.
pub(super) fn problem(error: &Error, path: &Path) -> Problem {
    let path = path.display();
    let new = |code, message: String| Problem::new(code, ProblemKind::Storage, Stage::Write, message);
    let code = error.sqlite_error_code();
    let problem = match code {
        Some(ErrorCode::NotADatabase) => new("not_a_database", format!("{path} is not a SQLite database."))
            .hint("Choose another file. This one was not touched."),
        Some(ErrorCode::DatabaseCorrupt) => new("damaged", format!("The database {path} is damaged."))
            .hint("Restore it from a copy, or sync into a new file."),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            new("busy", format!("Another program has held {path} for {} seconds.", BUSY.as_secs()))
                .hint("Close the program that writes to it, then sync again.")
                .retryable()
        }
        Some(ErrorCode::DiskFull) => new("disk_full", format!("There is no room left to write {path}."))
            .hint("Free some space and sync again: whole pages are kept.")
            .retryable(),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            new("not_writable", format!("{path} cannot be written."))
                .hint("Allow writing there, or choose another file.")
        }
        Some(ErrorCode::CannotOpen) => new("not_writable", format!("{path} cannot be opened as a database."))
            .hint("Check that it is a file, and that it may be read and written."),
        Some(ErrorCode::TooBig) => new("too_big", format!("A value is too long for {path}: over 1 GB."))
            .hint("Leave the field out, or shorten it with a transform."),
        Some(ErrorCode::ConstraintViolation) => constraint(error),
        Some(ErrorCode::TypeMismatch) => {
            Problem::new("bad_key", ProblemKind::Data, Stage::Write, "A record's key is not a whole number.")
                .hint("Give the key's field the type string, or a transform that makes it a number.")
        }
        _ => new("write_failed", format!("{path} could not be written.")).hint("Check the file and the disk."),
    };
    problem.detail(error.to_string())
}

fn constraint(error: &Error) -> Problem {
    let extended = match error {
        Error::SqliteFailure(failure, _) => failure.extended_code,
        _ => 0,
    };
    let new = |code, message| Problem::new(code, ProblemKind::Data, Stage::Write, message);
    match extended {
        ffi::SQLITE_CONSTRAINT_NOTNULL => new("null_key", "A record has no value in its key.")
            .hint("Choose another key, or leave such records out with a filter."),
        _ => new("constraint", "The table has a rule that a record breaks.")
            .hint("Look for an index or a trigger that was added to the table."),
    }
}

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn what_cannot_be_opened_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("notes.txt");
        std::fs::write(&text, "These are notes and no database, and that is that.".repeat(50)).unwrap();
        assert_eq!(open(&text).unwrap_err().code, "not_a_database");
        assert_eq!(open(folder.path()).unwrap_err().code, "not_writable");
        assert_eq!(open(&text.join("below")).unwrap_err().code, "write_failed");
        assert!(open(&folder.path().join("new/deep/data.db")).is_ok());
    }
}
