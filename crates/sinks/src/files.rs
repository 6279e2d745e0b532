//! Files that bear a stream's name, put in their place when they are whole.

use definition::{Problem, ProblemKind, Stage};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A stream's name as the stem of a file name that is safe on every system: no separators, no control characters, no
/// leading dot, no device, at most 120 bytes. Names that had to be changed get a mark of the whole name behind them,
/// so that two streams never share a file.
pub(crate) fn safe_stem(name: &str) -> String {
    let mut stem = String::new();
    for char in name.chars() {
        let bad = char.is_control() || matches!(char, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        if stem.len() + char.len_utf8() > 120 {
            break;
        }
        stem.push(if bad { '_' } else { char });
    }
    let trimmed = stem.trim_start_matches('.').trim_end_matches(['.', ' ']);
    let device = DEVICES.contains(&trimmed.split('.').next().unwrap_or_default().to_lowercase().as_str());
    if trimmed == name && !name.is_empty() && !device {
        return stem;
    }
    format!("{trimmed}_{:08x}", mark(name))
}

/// FNV-1a: a stable mark of a name. Not for secrets.
pub(crate) fn mark(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A file that is being written: beside its place, under a lock, and put there when it is whole. Dropped before, it
/// leaves nothing behind.
#[derive(Debug)]
pub(crate) struct PartFile {
    path: PathBuf,
    whole: PathBuf,
    /// Kept for its lock.
    file: File,
}

impl PartFile {
    /// Begins `STEM.EXTENSION` in a folder, which is made where it is missing. Gives the file to write to. Another
    /// sync that writes it is the problem `busy`.
    pub(crate) fn begin(folder: &Path, stream: &str, extension: &str) -> Result<(Self, File), Problem> {
        fs::create_dir_all(folder).map_err(|error| io_problem(&error, folder))?;
        let stem = safe_stem(stream);
        let whole = folder.join(format!("{stem}.{extension}"));
        let path = folder.join(format!("{stem}.{extension}.part"));
        let failed = |error: &io::Error| io_problem(error, &path);
        // Emptied only under the lock: another sync may be writing it.
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| failed(&error))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => busy(&whole),
            TryLockError::Error(error) => failed(&error),
        })?;
        file.set_len(0).map_err(|error| failed(&error))?;
        let writer = file.try_clone().map_err(|error| failed(&error))?;
        Ok((Self { path, whole, file }, writer))
    }

    /// Where it is written.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the whole file in its place. What wrote to it must have been flushed.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        let done = self.file.sync_all().and_then(|()| fs::rename(&self.path, &self.whole));
        done.map_err(|error| io_problem(&error, &self.whole))?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty()
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!("{} could not be removed: {error}", self.path.display());
        }
    }
}

/// Records that came too early: a fault of the program.
pub(crate) fn unopened() -> Problem {
    Problem::new("unopened", ProblemKind::Internal, Stage::Write, "Records came before their stream was opened.")
}

fn busy(path: &Path) -> Problem {
    let message = format!("Another sync is writing {}.", path.display());
    Problem::new("busy", ProblemKind::Storage, Stage::Write, message).hint("Wait for it, or stop it.").retryable()
}

/// A problem with a file or its folder.
pub(crate) fn io_problem(error: &io::Error, path: &Path) -> Problem {
    let path = path.display();
    let new = |code, message: String| Problem::new(code, ProblemKind::Storage, Stage::Write, message);
    let problem = match error.kind() {
        io::ErrorKind::BrokenPipe => new("broken_pipe", "The program that reads the output has closed it.".to_owned()),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            new("disk_full", format!("There is no room left to write {path}."))
                .hint("Free some space and sync again: what was written before is kept.")
                .retryable()
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            new("not_writable", format!("{path} cannot be written: no permission."))
                .hint("Choose another place, or allow writing there.")
        }
        _ => new("write_failed", format!("{path} could not be written.")).hint("Check the folder and the disk."),
    };
    problem.detail(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::safe_stem;

    #[test]
    fn names_are_safe_and_stay_apart() {
        for kept in ["tickets", "büro", "a b", "x.y"] {
            assert_eq!(safe_stem(kept), kept);
        }
        for bad in ["../../etc/passwd", "a/b", "a:b", "", ".hidden", "con", "NUL.txt", "tail.", "a\0b", "a\nb"] {
            let stem = safe_stem(bad);
            assert!(!stem.contains(['/', '\\', ':', '\0', '\n']) && !stem.starts_with('.'), "{stem}");
            assert_ne!(stem, bad);
        }
        assert_ne!(safe_stem("a/b"), safe_stem("a:b"));
        assert!(safe_stem(&"ü".repeat(500)).len() < 140);
    }
}
