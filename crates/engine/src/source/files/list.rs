//! The files of a folder: those that a glob names, in the order of their paths.

use definition::{Problem, ProblemKind, Stage};
use globset::{GlobBuilder, GlobMatcher};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::WalkDir;

/// Files of a folder, at most.
const MOST: usize = 500_000;
/// What a file's name ends with that looks like data.
const DATA: [&str; 9] = ["csv", "tsv", "tab", "psv", "txt", "json", "jsonl", "ndjson", "geojson"];
const PACKED: [&str; 5] = ["gz", "gzip", "zst", "zstd", "zip"];

/// A file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listed {
    /// Where it is.
    pub at: PathBuf,
    /// Its path in the folder, with `/`.
    pub path: String,
    pub size: u64,
    /// When it was changed last.
    pub modified: Timestamp,
}

/// What is in a folder.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub files: Vec<Listed>,
    /// What could not be looked at, and why.
    pub unread: Vec<(String, String)>,
}

/// A glob that was checked before.
pub(crate) fn matcher(glob: &str) -> Option<GlobMatcher> {
    let text = if glob.is_empty() { "**" } else { glob };
    GlobBuilder::new(text).literal_separator(true).build().ok().map(|glob| glob.compile_matcher())
}

/// Lists a folder, or the one file that it is.
pub(crate) fn list(folder: &Path, glob: &str) -> Result<Listing, Problem> {
    let root = folder.canonicalize().map_err(|error| no_folder(folder, &error))?;
    let about = root.metadata().map_err(|error| no_folder(folder, &error))?;
    if about.is_file() {
        let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files = vec![listed(root.clone(), name, &about)];
        return Ok(Listing { files, ..Listing::default() });
    }
    let matcher = matcher(glob)
        .ok_or_else(|| Problem::new("bad_glob", ProblemKind::Config, Stage::Plan, format!("`{glob}` is no glob.")))?;
    let hidden = glob.starts_with('.') || glob.contains("/.");
    let mut listing = Listing::default();
    let mut walk = WalkDir::new(&root).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().and_then(|path| path.strip_prefix(&root).ok()).unwrap_or(Path::new("."));
                let why = error.io_error().map_or_else(|| error.to_string(), words);
                if error.depth() == 0 {
                    return Err(no_folder(folder, &std::io::Error::other(why)));
                }
                listing.unread.push((slashed(path), why));
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        if !hidden && entry.file_name().to_string_lossy().starts_with('.') {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        let path = slashed(entry.path().strip_prefix(&root).unwrap_or(entry.path()));
        let fits = matcher.is_match(&path) && (!glob.is_empty() || looks_like_data(&path));
        if entry.file_type().is_dir() || !fits {
            continue;
        }
        match inside(&root, entry.path()) {
            Ok(Some((at, about))) => listing.files.push(listed(at, path, &about)),
            Ok(None) => {}
            Err(why) => listing.unread.push((path, why)),
        }
        if listing.files.len() > MOST {
            let message = format!("The folder {} has more than {MOST} files that fit.", folder.display());
            return Err(Problem::new("too_many_files", ProblemKind::Config, Stage::Plan, message)
                .hint("Name fewer with `source.glob`, or take a folder further down."));
        }
    }
    listing.files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(listing)
}

/// A file, also behind a link that stays in the folder. Nothing: it is none, such as a pipe.
fn inside(root: &Path, path: &Path) -> Result<Option<(PathBuf, std::fs::Metadata)>, String> {
    let at = path.canonicalize().map_err(|error| words(&error))?;
    if !at.starts_with(root) {
        return Err("it is a link that leads out of the folder".to_owned());
    }
    let about = at.metadata().map_err(|error| words(&error))?;
    Ok(about.is_file().then_some((at, about)))
}

fn listed(at: PathBuf, path: String, about: &std::fs::Metadata) -> Listed {
    let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let modified = Timestamp::try_from(modified).unwrap_or(Timestamp::UNIX_EPOCH);
    Listed { at, path, size: about.len(), modified }
}

/// Whether a file's name is one that data has.
pub(crate) fn looks_like_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut parts = name.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let end = if PACKED.contains(&last) { parts.next().unwrap_or_default() } else { last };
    name.contains('.') && (DATA.contains(&end) || (PACKED.contains(&last) && last != "zip"))
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Why a file can't be read, without the number of the system.
pub(crate) fn words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "it may not be read (permission denied)".to_owned(),
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ => error.to_string(),
    }
}

fn no_folder(folder: &Path, error: &std::io::Error) -> Problem {
    let why = words(error);
    let message = format!("The folder {} can't be read: {why}.", folder.display());
    Problem::new("no_folder", ProblemKind::Config, Stage::Plan, message)
        .hint("Check the path, and that the disk is there. Nothing was changed.")
        .detail(error.to_string())
}
