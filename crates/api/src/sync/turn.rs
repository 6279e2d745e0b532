//! One sync of a connection at a time, also over several programs: a lock on a file, which ends with the program.

use crate::app::storage;
use definition::{Problem, ProblemKind, Stage};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The right to sync a connection. Ends when it is dropped, or the program ends.
#[derive(Debug)]
pub(crate) struct Turn(File);

impl Turn {
    /// Takes the turn, or says that somebody has it: problem `busy`.
    pub fn take(data_dir: &Path, connection: &str) -> Result<Self, Problem> {
        let folder = data_dir.join("locks");
        let path = folder.join(format!("{connection}.lock"));
        let file = std::fs::create_dir_all(&folder)
            .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
            .map_err(|error| storage("lock_file", format!("{} can't be opened", path.display()), &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Problem::new(
                "busy",
                ProblemKind::Config,
                Stage::Write,
                "A sync of this connection is going on already.",
            )
            .hint("Wait until it ends, or stop it.")
            .retryable()),
            Err(TryLockError::Error(error)) => {
                Err(storage("lock_file", format!("{} can't be locked", path.display()), &error))
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Closing the file ends the lock, too.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::Turn;

    #[test]
    fn the_second_is_told_that_it_is_busy() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Turn::take(folder.path(), "a").expect("free");
        assert_eq!(Turn::take(folder.path(), "a").expect_err("taken").code, "busy");
        assert!(Turn::take(folder.path(), "b").is_ok());
        drop(first);
        assert!(Turn::take(folder.path(), "a").is_ok());
    }
}
