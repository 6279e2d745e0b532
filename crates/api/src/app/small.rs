//! Small things that every room needs.

use definition::{Problem, ProblemKind, Stage};
use std::fmt::Display;
use std::path::Path;

/// A new id: 16 hex digits, made by chance.
pub(crate) fn new_id() -> String {
    format!("{:016x}", fastrand::u64(..))
}

/// The moment, RFC 3339, to the millisecond.
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Millisecond).unwrap_or(now).to_string()
}

/// A problem with a file or a database.
pub(crate) fn storage(code: &str, message: impl Display, error: &dyn Display) -> Problem {
    Problem::new(code, ProblemKind::Storage, Stage::Store, format!("{message}: {error}."))
}

/// Runs work that blocks apart from the async threads.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Problem> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Problem::new("worker_stopped", ProblemKind::Internal, Stage::Open, "A part of the program stopped.")
            .hint("Try again; if it comes back, report it with the log file.")
            .detail(error.to_string()))
    })
}

/// Takes the rights of others from a folder.
#[cfg(unix)]
pub(super) fn private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // A folder on a file system without rights works all the same.
    let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700));
}

#[cfg(not(unix))]
pub(super) fn private(_folder: &Path) {}
