//! The database file: opening, migrations, WAL.

use definition::{Problem, ProblemKind, Stage};
use sqlx::SqlitePool;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::fs::{DirBuilder, File, OpenOptions};
use std::path::Path;
use std::time::Duration;

/// The file's name in the data folder.
const FILE: &str = "tapwright.db";
/// How long a statement waits for another process (the command line beside the window).
const BUSY: Duration = Duration::from_secs(10);

/// The app's own database, `tapwright.db` in the data folder. Clones share it. Other processes (the command line beside
/// the window) may use it at the same time.
#[derive(Debug, Clone)]
pub struct Store {
    /// Connections that read.
    pub(crate) pool: SqlitePool,
    /// The one connection that writes: writers of this process queue here, and not at the file's lock.
    pub(crate) writer: SqlitePool,
}

impl Store {
    /// Opens it, makes it where it is missing, and brings it up to date. A folder that is made here, and the file, can be
    /// read by their owner alone; a folder that was there keeps its rights. A damaged file, or one of a newer version, is
    /// a problem of kind storage, and is left as it is.
    pub async fn open(data_dir: &Path) -> Result<Self, Problem> {
        make_private_folder(data_dir)?;
        let path = data_dir.join(FILE);
        // Two processes must not bring the file up to date at once. Freed at the end of this call.
        let _alone = alone(data_dir).await?;
        make_private_file(&path)?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await;
        let writer = writer.map_err(|error| unusable(&path, &error))?;
        sqlx::migrate!().run(&writer).await.map_err(|error| not_migrated(&path, &error))?;
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|error| unusable(&path, &error))?;
        Ok(Self { pool, writer })
    }

    /// Ends all use of it.
    pub async fn close(&self) {
        self.pool.close().await;
        self.writer.close().await;
    }
}

/// Waits until no other process opens the database of this folder.
async fn alone(data_dir: &Path) -> Result<File, Problem> {
    let path = data_dir.join(".tapwright.lock");
    let locked = tokio::task::spawn_blocking(move || {
        let file = private(OpenOptions::new().write(true).create(true).truncate(false)).open(path)?;
        file.lock().map(|()| file)
    });
    let locked = locked.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
    locked.map_err(|error| no_folder(data_dir, &error))
}

/// A statement that failed, as a problem.
pub(crate) fn failed(what: &str) -> impl FnOnce(sqlx::Error) -> Problem {
    let message = format!("The app's database refused to {what}.");
    move |error| {
        let code = match &error {
            sqlx::Error::Database(database) => database.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or(0),
            _ => 0,
        };
        // SQLite's result codes; the low byte is the class.
        let hint = match code & 0xff {
            5 | 6 => "Another program holds it for long: close that one, and try again.",
            8 => "Allow writing to the data folder.",
            11 | 26 => "The file is damaged: move it away, and the app makes a new one.",
            13 => "The disk is full: free some space.",
            _ => "Try again; if it stays so, look at the data folder.",
        };
        let problem = Problem::new("store_failed", ProblemKind::Storage, Stage::Store, message);
        problem.hint(hint).detail(error.to_string())
    }
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
    let hint = if newer {
        "Install the newer version, or name another data folder. The file was not changed."
    } else {
        "If the file is damaged, move it away: the app makes a new one."
    };
    Problem::new("store_version", ProblemKind::Storage, Stage::Store, message).hint(hint)
}

/// Makes a folder that only its owner can read. One that is there keeps its rights: it may be shared on purpose.
pub(crate) fn make_private_folder(folder: &Path) -> Result<(), Problem> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| no_folder(folder, &error))
}

fn no_folder(folder: &Path, error: &std::io::Error) -> Problem {
    let message = format!("The data folder {} can't be used: {error}.", folder.display());
    Problem::new("no_data_folder", ProblemKind::Storage, Stage::Store, message).hint("Name another by --data-dir.")
}

/// Makes the database file, if it is missing, so that its owner alone can read it. SQLite gives the WAL the same rights.
fn make_private_file(path: &Path) -> Result<(), Problem> {
    let made = private(OpenOptions::new().write(true).create(true).truncate(false)).open(path);
    made.map(|_| ()).map_err(|error| unusable(path, &sqlx::Error::Io(error)))
}

/// A file made with these is readable by its owner alone.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
