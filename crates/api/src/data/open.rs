//! Opening a connection's database for reading, with a bound on how long a question may take.

use definition::{Problem, ProblemKind, Stage};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a question may take.
const LONGEST: Duration = Duration::from_secs(10);
/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 20_000;

/// Opens a database. `None`: nothing was synced yet.
pub(super) fn open(path: &Path) -> Result<Option<Connection>, Problem> {
    if !path.exists() {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(|error| failed(&error))?;
    database.busy_timeout(Duration::from_secs(5)).map_err(|error| failed(&error))?;
    let begun = Instant::now();
    database.progress_handler(STEPS, Some(move || begun.elapsed() > LONGEST)).map_err(|error| failed(&error))?;
    Ok(Some(database))
}

/// What SQLite says, as a problem.
pub(super) fn failed(error: &rusqlite::Error) -> Problem {
    if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        return Problem::new("too_slow", ProblemKind::Storage, Stage::Store, "This takes longer than 10 seconds.")
            .hint("Filter first, or look at the rows as they were written.");
    }
    Problem::new("database_unreadable", ProblemKind::Storage, Stage::Store, "The data can't be read.")
        .hint("If another program has the file, close it there.")
        .detail(error.to_string())
}

/// A name, quoted for SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
