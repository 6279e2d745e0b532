//! What one read knows of its files: those that are open, and what is to be told of them.

use super::file::{FileReader, Page, Place};
use super::part::path_of;
use crate::event::{LogLevel, RunEvent};
use crate::http::SendWatch;
use definition::{Problem, ProblemKind, Stage};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// Broken lines that are told one by one, of a file and of all.
const TOLD_OF_FILE: u64 = 100;
const TOLD: u64 = 2_000;
/// Files whose faults are told one by one.
const FILES_TOLD: u64 = 500;

/// What a read knows of its files. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct FilesRun(Arc<Mutex<Known>>, Option<SendWatch>);

#[derive(Debug, Default)]
struct Known {
    open: HashMap<String, (Place, FileReader)>,
    counts: HashMap<String, FileCounts>,
    listed: u64,
    read: u64,
    unchanged: u64,
    /// Files that were not read, or not to their end, and the first reason.
    failed: BTreeMap<String, String>,
    broken: u64,
    files_broken: u64,
    told: u64,
    files_told: u64,
    /// The keys of files that are not there any more.
    gone: Vec<String>,
    /// The paths of all that are there, where that is sure.
    there: Option<Vec<String>>,
    /// New versions of files that were touched and are as they were.
    touched: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct FileCounts {
    records: u64,
    broken: u64,
    told: u64,
    short: Option<(u64, u64)>,
}

impl FilesRun {
    /// The same, that tells by a watch.
    pub(crate) fn watched(&self, watch: &SendWatch) -> Self {
        Self(Arc::clone(&self.0), Some(watch.clone()))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn tell(&self, event: impl FnOnce(&SendWatch) -> RunEvent) {
        if let Some(watch) = &self.1
            && let Some(events) = &watch.events
        {
            events(event(watch));
        }
    }

    fn log(&self, level: LogLevel, message: String) {
        self.tell(|watch| RunEvent::Log { level, stream: Some(watch.stream.clone()), message });
    }

    pub(super) fn listed(&self, files: u64, folder: &str, glob: &str) {
        self.known().listed += files;
        if files == 0 {
            let glob = if glob.is_empty() { "the endings of data".to_owned() } else { format!("`{glob}`") };
            self.log(LogLevel::Warn, format!("No file of {folder} fits {glob}."));
        }
    }

    /// A file that can't be read is told, and the others go on.
    pub(super) fn unreadable(&self, path: &str, why: &str) {
        let mut known = self.known();
        let first = known.failed.insert(path.to_owned(), why.to_owned()).is_none();
        known.files_told += u64::from(first);
        let told = known.files_told;
        drop(known);
        if first && told <= FILES_TOLD {
            self.log(LogLevel::Error, format!("{path} can't be read: {why}."));
        }
    }

    pub(super) fn gone(&self, keys: Vec<String>, there: Vec<String>) {
        let mut known = self.known();
        known.gone = keys;
        known.there = Some(there);
    }

    pub(super) fn unchanged(&self, key: &str, version: Option<String>) {
        let mut known = self.known();
        known.unchanged += 1;
        if let Some(version) = version {
            known.touched.insert(key.to_owned(), version);
        }
    }

    /// The paths of files that are gone, and their keys.
    pub(crate) fn gone_files(&self) -> Vec<(String, String)> {
        self.known().gone.iter().filter_map(|key| Some((key.clone(), path_of(key)?))).collect()
    }

    /// The new versions of files that were only touched.
    pub(crate) fn touched(&self) -> BTreeMap<String, String> {
        self.known().touched.clone()
    }

    /// The files that are there, where all could be looked at.
    pub(crate) fn there(&self) -> Option<Vec<String>> {
        self.known().there.clone()
    }

    /// Whether a file could not be read to its end.
    pub(crate) fn has_failed(&self, path: &str) -> bool {
        self.known().failed.contains_key(path)
    }

    pub(super) fn take_open(&self, path: &str, place: &Place) -> Option<FileReader> {
        self.known().open.remove(path).filter(|(at, _)| at == place).map(|(_, reader)| reader)
    }

    pub(super) fn keep_open(&self, path: &str, place: Place, reader: FileReader) {
        self.known().open.insert(path.to_owned(), (place, reader));
    }

    /// Counts a page, and tells its broken lines. Gives the file's records and broken lines so far.
    pub(super) fn page(&self, path: &str, page: &Page) -> (u64, u64) {
        let mut told = Vec::new();
        let sums = {
            let mut known = self.known();
            let known = &mut *known;
            let of_file = known.counts.entry(path.to_owned()).or_default();
            of_file.records += page.records.len() as u64;
            known.files_broken += u64::from(of_file.broken == 0 && page.broken_count > 0);
            of_file.broken += page.broken_count;
            known.broken += page.broken_count;
            if let Some((line, count)) = page.short {
                let (first, before) = of_file.short.unwrap_or((line, 0));
                of_file.short = Some((first, before + count));
            }
            for broken in &page.broken {
                if of_file.told >= TOLD_OF_FILE || known.told >= TOLD {
                    break;
                }
                of_file.told += 1;
                known.told += 1;
                told.push(broken.clone());
            }
            (of_file.records, of_file.broken)
        };
        for broken in told {
            let start: String = String::from_utf8_lossy(&broken.text).chars().take(80).collect();
            let start: String = start.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let starts = if start.trim().is_empty() { String::new() } else { format!(" It starts: {}", start.trim()) };
            self.log(LogLevel::Warn, format!("{path}:{} was left out: {}.{starts}", broken.line, broken.why));
        }
        sums
    }

    /// A file was read to its end.
    pub(super) fn ended(&self, path: &str) {
        let mut known = self.known();
        known.read += 1;
        let counts = known.counts.remove(path).unwrap_or_default();
        let quiet = known.files_told >= FILES_TOLD;
        known.files_told += u64::from(counts.broken > 0 || counts.short.is_some());
        drop(known);
        if quiet {
            return;
        }
        if let Some((line, count)) = counts.short {
            let lines = if count == 1 { "One line has".to_owned() } else { format!("{count} lines have") };
            self.log(
                LogLevel::Warn,
                format!("{path}: {lines} fewer values than columns (first: line {line}); the others are null."),
            );
        }
        if counts.broken > counts.told {
            let (all, told) = (counts.broken, counts.told);
            self.log(
                LogLevel::Warn,
                format!("{path}: {all} broken lines were left out; {told} of them are told above."),
            );
        }
    }

    /// Tells how it went. Gives the broken lines in all, and a problem where files could not be read.
    pub(crate) fn settle(&self) -> (u64, Option<Problem>) {
        let mut known = self.known();
        known.open.clear();
        if known.listed == 0 && known.failed.is_empty() {
            return (0, None);
        }
        let mut parts = vec![format!("{} listed, {} read", files(known.listed), known.read)];
        for (count, what) in [
            (known.unchanged, "as before"),
            (known.gone.len() as u64, "gone"),
            (known.failed.len() as u64, "not readable"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        if known.broken > 0 {
            parts.push(format!("{} broken lines left out, in {}", known.broken, files(known.files_broken)));
        }
        let (broken, failed, listed) = (known.broken, known.failed.clone(), known.listed);
        drop(known);
        self.log(LogLevel::Info, format!("Files: {}.", parts.join(", ")));
        let problem = failed.iter().next().map(|(path, why)| {
            let all = listed.max(failed.len() as u64);
            let message = format!("{} of {} could not be read whole: {path}: {why}.", failed.len(), files(all));
            let more: Vec<String> = failed.iter().take(20).map(|(path, why)| format!("{path}: {why}")).collect();
            Problem::new("unreadable_files", ProblemKind::Data, Stage::Decode, message)
                .hint("The others were read. These are tried again by the next run.")
                .detail(more.join("\n"))
        });
        (broken, problem)
    }
}

fn files(count: u64) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
