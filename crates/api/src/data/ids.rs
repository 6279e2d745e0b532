//! The ids of the rows that answer a question, in their order: in a file of 8 bytes a row, so that memory does not grow
//! with the table.

use crate::app::{lock, new_id};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Ids in a file that goes with this.
#[derive(Debug)]
pub(super) struct Ids {
    file: Mutex<File>,
    /// How many there are.
    pub count: u64,
    path: PathBuf,
}

/// Takes ids, one after the other.
pub(super) struct Taking {
    writer: BufWriter<File>,
    count: u64,
    path: PathBuf,
}

impl Taking {
    /// Begins a file in a folder of its own.
    pub fn begin(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.ids", new_id()));
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        // Where files may be removed while they are open, nothing is left behind however the program ends.
        #[cfg(unix)]
        std::fs::remove_file(&path)?;
        Ok(Self { writer: BufWriter::with_capacity(1 << 16, file), count: 0, path })
    }

    /// Takes one.
    pub fn take(&mut self, id: i64) -> io::Result<()> {
        self.count += 1;
        self.writer.write_all(&id.to_le_bytes())
    }

    /// All were taken.
    pub fn end(self) -> io::Result<Ids> {
        let Self { writer, count, path } = self;
        let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Ids { file: Mutex::new(file), count, path })
    }
}

impl Ids {
    /// Some of them, from a place on.
    pub fn window(&self, from: u64, limit: u64) -> io::Result<Vec<i64>> {
        let from = from.min(self.count);
        let many = limit.min(self.count - from);
        let mut bytes = vec![0; usize::try_from(many * 8).unwrap_or_default()];
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(from * 8))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes.chunks_exact(8).map(|eight| i64::from_le_bytes(eight.try_into().unwrap_or_default())).collect())
    }
}

impl Drop for Ids {
    fn drop(&mut self) {
        // Gone already where that is possible.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::Taking;

    #[test]
    fn windows_are_what_was_taken_and_nothing_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut taking = Taking::begin(folder.path()).expect("a file");
        (0..1_000).for_each(|id: i64| taking.take(id * id - 500).expect("taken"));
        let ids = taking.end().expect("ended");
        assert_eq!(ids.window(0, 2).expect("read"), [-500, -499]);
        assert_eq!(ids.window(998, 10).expect("read"), [998 * 998 - 500, 999 * 999 - 500]);
        assert!(ids.window(5_000, 10).expect("read").is_empty());
        drop(ids);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
