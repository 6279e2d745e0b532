//! The files of a folder: those that a glob names, in the order of their paths.

use super::archive::{is_archive, looks_inside, members};
use super::content::Content;
use crate::fixture::KeptFile;
use definition::{Problem, ProblemKind, Stage};
use globset::{GlobBuilder, GlobMatcher};
use jiff::Timestamp;
use std::path::Path;
use std::path::PathBuf;
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
    pub at: Content,
    /// Its path in the folder, with `/`.
    pub path: String,
    pub size: u64,
    /// When it was changed last.
    pub modified: Timestamp,
}

impl Listed {
    /// A file of a recording.
    pub(crate) fn kept(file: KeptFile) -> Self {
        let KeptFile { path, modified, text } = file;
        let at = Content::kept(&path, text);
        Self { size: at.kept_size(), at, path, modified }
    }
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
        let mut listing = Listing::default();
        match is_archive(&name) {
            true => listing.add_archive(&root, &name, &about, &Wish::of(glob)?),
            false => listing.files.push(listed(Content::file(root.clone()), name, about.len(), &about)),
        }
        return Ok(listing);
    }
    let wish = Wish::of(glob)?;
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
        if entry.file_type().is_dir() || !wish.takes(&path) {
            continue;
        }
        match inside(&root, entry.path()) {
            Ok(Some((at, about))) if is_archive(&path) => listing.add_archive(&at, &path, &about, &wish),
            Ok(Some((at, about))) => {
                listing.files.push(listed(Content::file(at), path, about.len(), &about));
            }
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

/// Which files are asked for.
struct Wish {
    matcher: GlobMatcher,
    /// Whether nothing is said: then it is what looks like data.
    any: bool,
    /// Whether files of archives are named.
    inside: bool,
}

impl Wish {
    fn of(glob: &str) -> Result<Self, Problem> {
        let bad = || Problem::new("bad_glob", ProblemKind::Config, Stage::Plan, format!("`{glob}` is no glob."));
        Ok(Self { matcher: matcher(glob).ok_or_else(bad)?, any: glob.is_empty(), inside: looks_inside(glob) })
    }

    fn takes(&self, path: &str) -> bool {
        if is_archive(path) {
            return self.inside || self.matcher.is_match(path);
        }
        self.matcher.is_match(path) && (!self.any || looks_like_data(path))
    }
}

impl Listing {
    /// Adds the files of an archive that look like data where the archive itself is named, or those that are named.
    fn add_archive(&mut self, at: &Path, path: &str, about: &std::fs::Metadata, wish: &Wish) {
        let found = match members(at) {
            Ok(found) => found,
            Err(error) => return self.unread.push((path.to_owned(), words(&error))),
        };
        let whole = wish.any || wish.matcher.is_match(path);
        let only = found.files.len() + found.unread.len() == 1;
        let fits = |inner: &str, name: &str| {
            (whole && (only || looks_like_data(name))) || (!wish.any && wish.matcher.is_match(inner))
        };
        for inside in found.files {
            let inner = format!("{path}/{}", inside.name);
            if fits(&inner, &inside.name) {
                let size = inside.size;
                self.files.push(listed(Content::inside(at, inside), inner, size, about));
            }
        }
        for (name, why) in found.unread {
            let inner = format!("{path}/{name}");
            if fits(&inner, &name) {
                self.unread.push((inner, why));
            }
        }
    }
}

fn listed(at: Content, path: String, size: u64, about: &std::fs::Metadata) -> Listed {
    let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let modified = Timestamp::try_from(modified).unwrap_or(Timestamp::UNIX_EPOCH);
    Listed { at, path, size, modified }
}

/// Whether a file's name is one that data has.
pub(crate) fn looks_like_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut parts = name.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let end = if PACKED.contains(&last) { parts.next().unwrap_or_default() } else { last };
    name.contains('.') && (DATA.contains(&end) || (PACKED.contains(&last) && last != "zip"))
}

/// Whether a file's name is one that data has, or an archive.
pub(crate) fn is_data(path: &str) -> bool {
    is_archive(path) || looks_like_data(path)
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
