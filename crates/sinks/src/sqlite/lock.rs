//! One sync at a time writes to a table.

use crate::files::{io_problem, safe_stem};
use definition::{Problem, ProblemKind, Stage};
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Takes the lock of a stream's table: a small hidden file beside the database, locked by the operating system, and so
/// free again however the holder ended. The file stays: removing it would let two hold "the" lock.
pub(super) fn take(database: &Path, stream: &str) -> Result<File, Problem> {
    let database = database.canonicalize().map_err(|error| io_problem(&error, database))?;
    let mut name = OsString::from(".");
    name.push(database.file_name().unwrap_or_default());
    name.push(format!(".{}.tapwright-lock", safe_stem(&stream.to_lowercase())));
    let path = database.with_file_name(name);
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let file = file.map_err(|error| io_problem(&error, &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(busy(&database, stream)),
        Err(TryLockError::Error(error)) => Err(io_problem(&error, &path)),
    }
}

fn busy(database: &Path, stream: &str) -> Problem {
    let message = format!("Another sync writes to the table {stream:?} of {}.", database.display());
    Problem::new("busy", ProblemKind::Storage, Stage::Write, message).hint("Wait for it, or stop it.").retryable()
}
