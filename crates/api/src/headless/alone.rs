//! One read of a connector into a place at a time, over all its streams and all programs: the second waits, or says so.

use super::Destination;
use crate::app::storage;
use definition::{Problem, ProblemKind, Stage};
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often a place that is taken is looked at again.
const LOOK: Duration = Duration::from_millis(100);

/// How long a read looks again before it says that the place is taken: an event of a webhook holds it for a moment.
const GRACE: Duration = Duration::from_secs(1);

/// Takes a connector's place in a database for an event of a webhook. Waits while a read has it.
pub(crate) async fn take_turn(
    database: &std::path::Path,
    connector: &str,
    cancel: &CancellationToken,
) -> Result<Option<File>, Problem> {
    take(place(&Destination::Sqlite(database.to_owned()), connector), connector, true, cancel).await
}

/// Takes a [`place`] for a connector. Free again when the file is dropped, however the program ends. Where another
/// read has it: waits until it is free or the person stops, or is the problem `busy`.
pub(super) async fn take(
    place: Option<PathBuf>,
    connector: &str,
    wait: bool,
    cancel: &CancellationToken,
) -> Result<Option<File>, Problem> {
    let Some(path) = place else { return Ok(None) };
    let bad = |error: &std::io::Error| storage("lock_file", format!("{} can't be locked", path.display()), error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let until = std::time::Instant::now() + GRACE;
    let file = folder
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
        .map_err(|error| bad(&error))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if (wait || std::time::Instant::now() < until) && !cancel.is_cancelled() => {
                tokio::select! {
                    () = tokio::time::sleep(LOOK) => {}
                    () = cancel.cancelled() => {}
                }
            }
            Err(TryLockError::WouldBlock) => return Err(busy(connector)),
            Err(TryLockError::Error(error)) => return Err(bad(&error)),
        }
    }
}

/// What is locked: a hidden file beside what is written. Nothing where records go to a writer or a server.
pub(super) fn place(destination: &Destination, connector: &str) -> Option<PathBuf> {
    match destination {
        Destination::Sqlite(path) => {
            let mut name = OsString::from(".");
            name.push(path.file_name()?);
            name.push(format!(".{connector}.tapwright-run"));
            Some(path.with_file_name(name))
        }
        Destination::Csv(folder) | Destination::Parquet(folder) => {
            Some(folder.join(format!(".{connector}.tapwright-run")))
        }
        // A server locks its own tables.
        Destination::Jsonl(_) | Destination::Postgres(_) => None,
    }
}

fn busy(connector: &str) -> Problem {
    let message = format!("Another sync of {connector} writes to the same place.");
    Problem::new("busy", ProblemKind::Storage, Stage::Write, message).hint("Wait for it, or stop it.").retryable()
}

#[cfg(test)]
mod tests {
    use super::{Destination, place, take};
    use tokio_util::sync::CancellationToken;

    #[tokio::test]
    async fn the_second_is_told_or_waits() {
        let folder = tempfile::tempdir().expect("a folder");
        for destination in
            [Destination::Sqlite(folder.path().join("new").join("x.db")), Destination::Csv(folder.path().join("csv"))]
        {
            let cancel = CancellationToken::new();
            let first = take(place(&destination, "a"), "a", false, &cancel).await.expect("free");
            assert_eq!(take(place(&destination, "a"), "a", false, &cancel).await.expect_err("taken").code, "busy");
            assert!(
                take(place(&destination, "b"), "b", false, &cancel).await.is_ok(),
                "another connector's tables are others"
            );
            let waits = take(place(&destination, "a"), "a", true, &cancel);
            let frees = async {
                tokio::task::yield_now().await;
                drop(first);
            };
            let (waited, ()) = tokio::join!(waits, frees);
            assert!(waited.expect("free").is_some());
            cancel.cancel();
            let second = take(place(&destination, "a"), "a", false, &cancel).await.expect("free");
            assert_eq!(take(place(&destination, "a"), "a", true, &cancel).await.expect_err("stopped").code, "busy");
            drop(second);
        }
    }
}
