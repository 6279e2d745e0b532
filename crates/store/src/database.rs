//! The database file: opening, migrations, WAL.

use definition::{Problem, ProblemKind, Stage};
use sqlx::SqlitePool;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file's name in the data folder.
const FILE: &str = "tapwright.db";
/// How long a statement waits for another process (the command line beside the window).
const BUSY: Duration = Duration::from_secs(10);

/// The app's own database, `tapwright.db` in the data folder. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: SqlitePool,
}

impl Store {
    /// Opens it, makes it where it is missing, and brings it up to date.
    pub async fn open(data_dir: &Path) -> Result<Self, Problem> {
        make_private_folder(data_dir)?;
        let path = data_dir.join(FILE);
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|error| unusable(&path, &error))?;
        sqlx::migrate!().run(&pool).await.map_err(|error| not_migrated(&path, &error))?;
        make_private_file(&path);
        Ok(Self { pool })
    }

    /// Ends all use of it.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A statement that failed, as a problem.
pub(crate) fn failed(what: &str) -> impl FnOnce(sqlx::Error) -> Problem {
    let message = format!("The app's database refused to {what}.");
    move |error| Problem::new("store_failed", ProblemKind::Storage, Stage::Store, message).detail(error.to_string())
}

fn unusable(path: &Path, error: &sqlx::Error) -> Problem {
    let message = format!("The app's database {} can't be opened: {error}.", path.display());
    Problem::new("store_unusable", ProblemKind::Storage, Stage::Store, message)
        .hint("Check that the folder can be written. If the file is damaged, move it away: the app makes a new one.")
}

fn not_migrated(path: &Path, error: &MigrateError) -> Problem {
    let newer = matches!(error, MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_));
    let message = if newer {
        format!("The app's database {} was made by a newer Tapwright.", path.display())
    } else {
        format!("The app's database {} can't be brought up to date: {error}.", path.display())
    };
    Problem::new("store_version", ProblemKind::Storage, Stage::Store, message)
        .hint("Install the newer version, or name another data folder.")
}

/// Makes a folder that only its owner can read.
pub(crate) fn make_private_folder(folder: &Path) -> Result<(), Problem> {
    let made = std::fs::create_dir_all(folder);
    made.map_err(|error| {
        let message = format!("The data folder {} can't be made: {error}.", folder.display());
        Problem::new("no_data_folder", ProblemKind::Storage, Stage::Store, message).hint("Name another by --data-dir.")
    })?;
    restrict(folder, 0o700);
    Ok(())
}

/// Makes a file and its WAL readable by its owner alone.
fn make_private_file(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        restrict(&PathBuf::from(name), 0o600);
    }
}

#[cfg(unix)]
pub(crate) fn restrict(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    if path.exists()
        && let Err(error) = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
    {
        tracing::warn!(path = %path.display(), %error, "The permissions could not be set.");
    }
}

#[cfg(not(unix))]
pub(crate) fn restrict(_path: &Path, _mode: u32) {}
