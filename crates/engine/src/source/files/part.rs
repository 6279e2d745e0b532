//! Files found one by one, each compared with what is known of it.

use super::FilesPlan;
use super::file::goes_on;
use super::head;
use super::list::{Listed, Listing, list, words};
use super::run::FilesRun;
use super::version::{Change, Version, compare};
use crate::expr::{Expressions, Scope};
use crate::fixture::Tape;
use crate::plan::Plan;
use crate::state::PartitionState;
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FilePart {
    pub file: Listed,
    /// What ends before this place was read before and is as it was.
    pub from: u64,
    /// Whether records of the file may be in the table that are not in it any more.
    pub replaces: bool,
}

/// A file that was found.
#[derive(Debug)]
pub(crate) struct FoundFile {
    /// What expressions call `partition.file`.
    pub shown: Value,
    /// Its path, by which it is known.
    pub path: String,
    /// Its version as state.
    pub version: String,
    pub part: Arc<FilePart>,
}

/// What a walk over files begins with.
#[derive(Debug, Clone)]
pub(crate) struct FilesWalk {
    /// The states of the files, by their key.
    pub known: Arc<crate::run::units::Begin>,
    /// Whether a person waits for a first look: then no content is compared.
    pub light: bool,
    pub run: FilesRun,
}

impl FilesWalk {
    /// The same where nothing is known.
    pub(crate) fn anew(other: &Self) -> Self {
        Self { known: Arc::default(), ..other.clone() }
    }
}

/// Ends the work of a thread when nobody waits for it any more.
struct Stopper(Arc<AtomicBool>);

impl Drop for Stopper {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl FilesPlan {
    /// The folder.
    pub(crate) fn folder(&self, expressions: &Expressions) -> Result<PathBuf, Problem> {
        let text = self.folder.text(expressions, &Scope::default()).map_err(|why| {
            let message = format!("The folder can't be told: {why}.");
            Problem::new("no_folder", ProblemKind::Config, Stage::Plan, message)
        })?;
        let text = text.text.trim();
        if text.is_empty() {
            let message = "No folder is given.";
            return Err(Problem::new("no_folder", ProblemKind::Config, Stage::Plan, message));
        }
        match text.strip_prefix("~/").zip(std::env::home_dir()) {
            Some((rest, home)) => Ok(home.join(rest)),
            None => Ok(PathBuf::from(text)),
        }
    }

    /// Lists the folder's files; a recording's, where the plan reads from one.
    pub(crate) async fn list(&self, plan: &Plan, walk: &FilesWalk) -> Result<Vec<Listed>, Problem> {
        let recorder = match plan.tape() {
            Some(Tape::Replay(replay)) => {
                let files: Vec<Listed> = replay.files(&self.stream)?.into_iter().map(Listed::kept).collect();
                walk.run.listed(files.len() as u64, "the recording", &self.glob);
                self.tell_gone(&files, walk, true);
                return Ok(files);
            }
            Some(Tape::Record(recorder)) => Some(Arc::clone(recorder)),
            None => None,
        };
        let (folder, glob) = (self.folder(&plan.expressions)?, self.glob.clone());
        let (stream, asked) = (self.stream.clone(), self.asked.clone());
        let shown = folder.display().to_string();
        let work = move || {
            let mut listing = list(&folder, &glob)?;
            if let Some(recorder) = recorder {
                head::record(&mut listing, &recorder, &asked, &stream);
            }
            Ok(listing)
        };
        let listing = tokio::task::spawn_blocking(work).await;
        let Listing { files, unread } = listing.map_err(|_| stopped())??;
        let whole = unread.is_empty();
        for (path, why) in unread {
            walk.run.unreadable(&path, &why);
        }
        walk.run.listed(files.len() as u64, &shown, &self.glob);
        self.tell_gone(&files, walk, whole);
        Ok(files)
    }

    /// Files that are known and not there any more. Where not everything could be looked at, or nothing is there at
    /// all, as when a disk is not connected, none counts as gone.
    fn tell_gone(&self, files: &[Listed], walk: &FilesWalk, whole: bool) {
        if !whole || files.is_empty() || walk.light {
            return;
        }
        let there: HashSet<String> = files.iter().map(|file| key(&file.path)).collect();
        let gone = walk.known.partitions.keys().filter(|key| !there.contains(*key)).cloned().collect();
        let there = files.iter().map(|file| file.path.clone());
        walk.run.gone(gone, if walk.known.read.full { there.collect() } else { Vec::new() });
    }

    /// Compares a file with what is known of it. Nothing: it is as it was, or can't be read, which is told.
    pub(crate) async fn found(&self, file: Listed, walk: &FilesWalk) -> Result<Option<FoundFile>, Problem> {
        let key = key(&file.path);
        let known = walk.known.partitions.get(&key);
        let counts = known.filter(|_| !walk.known.read.full || known.is_some_and(|known| own(known, walk)));
        let change = match walk.light {
            true => Change::Other(self.glance(&file)),
            false => match self.change(file.clone(), counts).await {
                Ok(change) => change,
                Err(error) => {
                    walk.run.unreadable(&file.path, &words(&error));
                    return Ok(None);
                }
            },
        };
        let modified = file.modified.to_string();
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let shown = json!({"path": file.path, "name": name, "modified": modified, "size": file.size});
        let (version, from) = match change {
            Change::None(version) => {
                // What is read in this very read stays open to it: its state says so.
                let read = known.is_some_and(|known| known.read.is_some() || known.done.is_none());
                if !read {
                    walk.run.unchanged(&key, version.as_ref().map(text));
                    return Ok(None);
                }
                let known = known.and_then(|known| known.version.clone()).unwrap_or_default();
                (known, 0)
            }
            Change::Grown(version, from) if known.is_some_and(|known| known.done.is_some()) => (text(&version), from),
            Change::Grown(version, _) | Change::Other(version) => (text(&version), 0),
        };
        let replaces = from == 0 && (known.is_some() || walk.known.read.full);
        let path = file.path.clone();
        Ok(Some(FoundFile { shown, path, version, part: Arc::new(FilePart { file, from, replaces }) }))
    }

    fn glance(&self, file: &Listed) -> Version {
        Version { size: file.size, modified: file.modified.to_string(), sha256: String::new(), mark: self.mark.clone() }
    }

    async fn change(&self, file: Listed, known: Option<&PartitionState>) -> std::io::Result<Change> {
        let version = known.and_then(|known| known.version.as_deref()).and_then(|text| serde_json::from_str(text).ok());
        let read_at = |known: &PartitionState| {
            let began = known.done.as_deref().or(known.read.as_ref().map(|read| read.began.as_str()))?;
            began.split('#').next()?.parse().ok()
        };
        let read_at = known.and_then(read_at).unwrap_or(Timestamp::UNIX_EPOCH);
        let (mark, format) = (self.mark.clone(), self.asked.format.clone());
        let stop = Arc::new(AtomicBool::new(false));
        let _stopper = Stopper(Arc::clone(&stop));
        let work = move || {
            let version: Option<Version> = version;
            let change = compare(&file, &mark, version.as_ref().map(|version| (version, read_at)), &stop)?;
            let Change::Grown(version, old) = change else { return Ok(change) };
            let from = goes_on(&file.at, old, file.size, &format)?;
            Ok(from.map_or(Change::Other(version.clone()), |from| Change::Grown(version, from)))
        };
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(std::io::Error::other("it was stopped")))
    }
}

/// Whether a state is of the read that goes on.
fn own(known: &PartitionState, walk: &FilesWalk) -> bool {
    let began = &walk.known.read.began;
    known.done.as_ref() == Some(began) || known.read.as_ref().is_some_and(|read| read.began == *began)
}

/// What a file's state is kept by: its partition's values as canonical JSON.
pub(crate) fn key(path: &str) -> String {
    json!({ "file": path }).to_string()
}

/// The path of a file, by what its state is kept by.
pub(crate) fn path_of(key: &str) -> Option<String> {
    let value: HashMap<String, String> = serde_json::from_str(key).ok()?;
    value.get("file").cloned()
}

fn text(version: &Version) -> String {
    serde_json::to_string(version).unwrap_or_default()
}

fn stopped() -> Problem {
    let message = "The program stopped listing files unexpectedly.";
    Problem::new("internal", ProblemKind::Internal, Stage::Plan, message).hint("Please report it with the run's log.")
}
