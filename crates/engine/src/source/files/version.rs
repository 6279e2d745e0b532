//! What a file's content is, so that one that did not change is not read again.

use super::list::Listed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file as it was read: kept as the version of its partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Version {
    pub size: u64,
    /// When it was changed last (RFC 3339).
    pub modified: String,
    /// SHA-256 of the content. Empty where only a look was taken.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// What the definition makes of it.
    pub mark: String,
}

/// What a file is, beside what was known of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// It is as it was; with what is to be remembered, where it was only touched.
    None(Option<Version>),
    /// It goes on behind so many bytes that are as they were.
    Grown(Version, u64),
    /// It is new, or another.
    Other(Version),
}

/// Compares a file with what is known of it; `read_at` is when it was read. Its content is looked at only where its
/// time or its size changed, or where it changed just when it was read.
pub(crate) fn compare(
    file: &Listed,
    mark: &str,
    known: Option<(&Version, Timestamp)>,
    stop: &AtomicBool,
) -> io::Result<Change> {
    let now = |sha256| Version { size: file.size, modified: file.modified.to_string(), sha256, mark: mark.to_owned() };
    let Some((known, read_at)) = known.filter(|(known, _)| known.mark == mark && !known.sha256.is_empty()) else {
        let (sha256, _) = hash(file, None, stop)?;
        return Ok(Change::Other(now(sha256)));
    };
    let settled = file.modified.as_second() + 2 < read_at.as_second();
    if known.size == file.size && known.modified == file.modified.to_string() && settled {
        return Ok(Change::None(None));
    }
    let old = (known.size > 0 && known.size < file.size).then_some(known.size);
    let (sha256, prefix) = hash(file, old, stop)?;
    let version = now(sha256);
    Ok(match () {
        () if version.sha256 == known.sha256 && version.size == known.size => {
            Change::None((version != *known).then_some(version))
        }
        () if prefix.as_deref() == Some(&known.sha256) => Change::Grown(version, known.size),
        () => Change::Other(version),
    })
}

/// The hash of a file up to the size that it was listed with, and of its first `old` bytes.
fn hash(file: &Listed, old: Option<u64>, stop: &AtomicBool) -> io::Result<(String, Option<String>)> {
    let mut input = file.at.open(0)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let (mut done, mut prefix) = (0u64, None);
    while done < file.size {
        if stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("it was stopped"));
        }
        let until = old.filter(|old| done < *old).unwrap_or(file.size);
        let most = usize::try_from(until - done).unwrap_or(usize::MAX).min(buffer.len());
        let read = input.read(&mut buffer[..most])?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        done += read as u64;
        if Some(done) == old {
            prefix = Some(hex::encode(hasher.clone().finalize()));
        }
    }
    Ok((hex::encode(hasher.finalize()), prefix))
}

#[cfg(test)]
mod tests {
    use super::{Change, Version, compare};
    use crate::source::files::list::{Listed, list};
    use jiff::Timestamp;
    use std::sync::atomic::AtomicBool;

    fn look(folder: &tempfile::TempDir) -> Listed {
        list(folder.path(), "*.csv").unwrap().files.remove(0)
    }

    fn change(file: &Listed, known: &Version, mark: &str) -> Change {
        let read_at = Timestamp::now() + jiff::SignedDuration::from_hours(1);
        compare(file, mark, Some((known, read_at)), &AtomicBool::new(false)).unwrap()
    }

    #[test]
    fn a_change_is_told_by_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "a\n1\n").unwrap();
        let file = look(&folder);
        let Change::Other(first) = compare(&file, "m", None, &AtomicBool::new(false)).unwrap() else { panic!() };
        assert_eq!(change(&file, &first, "m"), Change::None(None));
        assert!(matches!(change(&file, &first, "n"), Change::Other(_)));
        let touched = Listed { modified: file.modified + jiff::SignedDuration::from_secs(5), ..file };
        assert!(matches!(change(&touched, &first, "m"), Change::None(Some(_))));
        std::fs::write(&path, "a\n1\n2\n").unwrap();
        assert!(matches!(change(&look(&folder), &first, "m"), Change::Grown(_, 4)));
        std::fs::write(&path, "a\n2\n2\n").unwrap();
        assert!(matches!(change(&look(&folder), &first, "m"), Change::Other(_)));
    }
}
