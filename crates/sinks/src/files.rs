//! File names made of stream names.

use definition::{Problem, ProblemKind, Stage};
use std::io;
use std::path::Path;

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
fn mark(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
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
