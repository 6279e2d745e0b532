//! Opening a connection's database for reading, with bounds on how long a question may take and what it may do.

use definition::{Problem, ProblemKind, Stage};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How long a question of the grid may take.
const LONGEST: Duration = Duration::from_secs(60);
/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 20_000;
/// Bytes of one value that a person's SQL may make.
const LARGEST: i32 = 64 * 1024 * 1024;
/// Bytes of a person's SQL.
const SQL: i32 = 1024 * 1024;

/// Opens a database. `None`: nothing was synced yet.
pub(crate) fn open(path: &Path) -> Result<Option<Connection>, Problem> {
    open_until(path, Some(LONGEST), CancellationToken::new())
}

/// Opens a database whose questions end after a while, or when they are stopped.
pub(super) fn open_until(
    path: &Path,
    longest: Option<Duration>,
    stop: CancellationToken,
) -> Result<Option<Connection>, Problem> {
    if !path.exists() {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(|error| failed(&error))?;
    database.busy_timeout(Duration::from_secs(5)).map_err(|error| failed(&error))?;
    let begun = Instant::now();
    let is_over = move || stop.is_cancelled() || longest.is_some_and(|longest| begun.elapsed() > longest);
    database.progress_handler(STEPS, Some(is_over)).map_err(|error| failed(&error))?;
    Ok(Some(database))
}

/// Lets nothing through that does not read: no writing, no other file, no setting, no extension.
pub(super) fn only_reads(database: &Connection) -> rusqlite::Result<()> {
    database.pragma_update(None, "query_only", true)?;
    // Not kept in memory: a large sort goes to a temporary file.
    database.pragma_update(None, "temp_store", "FILE")?;
    database.set_limit(Limit::SQLITE_LIMIT_LENGTH, LARGEST)?;
    database.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, SQL)?;
    database.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    database.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Allow
        }
        AuthAction::Pragma { pragma_name, pragma_value } if tells(pragma_name, pragma_value) => Authorization::Allow,
        _ => Authorization::Deny,
    }))
}

/// Pragmas that only tell.
fn tells(name: &str, value: Option<&str>) -> bool {
    match name.to_ascii_lowercase().as_str() {
        "table_info" | "table_xinfo" | "index_list" | "index_info" | "index_xinfo" | "foreign_key_list" => true,
        "table_list" | "compile_options" | "function_list" | "collation_list" => value.is_none(),
        _ => false,
    }
}

/// What SQLite says, as a problem.
pub(super) fn failed(error: &rusqlite::Error) -> Problem {
    if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        return Problem::new("too_slow", ProblemKind::Storage, Stage::Store, "This takes longer than a minute.")
            .hint("Filter first, or look at the rows as they were written.");
    }
    Problem::new("database_unreadable", ProblemKind::Storage, Stage::Store, "The data can't be read.")
        .hint("If another program has the file, close it there.")
        .detail(error.to_string())
}

/// A person stopped it.
pub(super) fn stopped() -> Problem {
    Problem::new("stopped", ProblemKind::Cancelled, Stage::Store, "You stopped this question.")
}

/// A name, quoted for SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
