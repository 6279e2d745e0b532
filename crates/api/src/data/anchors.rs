//! Places in large tables, remembered: how their rows are numbered, every thousandth row's id where that has gaps, and the
//! rows of the last questions.

use super::ids::Ids;
use super::open::{failed, quoted};
use crate::app::lock;
use definition::Problem;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use tokio_util::sync::CancellationToken;

/// Rows between two remembered ones.
const STEP: u64 = 1_000;
/// Questions whose rows are remembered.
const QUESTIONS: usize = 4;

/// What the files of a database looked like.
type Stamp = Vec<Option<(u64, SystemTime)>>;

/// Places in tables. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Anchors(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    tables: HashMap<(PathBuf, String), Entry<Places>>,
    questions: VecDeque<(String, Entry<Ids>)>,
    /// What is asked, by the names that its client gave it.
    asked: HashMap<String, CancellationToken>,
}

#[derive(Debug)]
struct Entry<T> {
    stamp: Stamp,
    made: Instant,
    took: Duration,
    what: Arc<T>,
}

/// A table's places.
#[derive(Debug)]
pub(super) struct Places {
    /// How many rows it has.
    pub total: u64,
    /// The first row's id.
    first: i64,
    /// The ids of the rows 0, 1,000, 2,000, …; none where the ids have no gaps.
    every: Option<Vec<i64>>,
}

impl Places {
    /// Where to begin to read from a place on: an id, and how many rows behind it are passed over.
    pub fn near(&self, offset: u64) -> Option<(i64, u64)> {
        if offset >= self.total {
            return None;
        }
        match &self.every {
            None => Some((self.first.checked_add(i64::try_from(offset).ok()?)?, 0)),
            Some(every) => {
                let from = every.get(usize::try_from(offset / STEP).ok()?)?;
                Some((*from, offset % STEP))
            }
        }
    }
}

/// A question that goes on; it is forgotten when this is dropped.
pub(super) struct Asked {
    anchors: Anchors,
    name: Option<String>,
    /// Stops it.
    pub stop: CancellationToken,
}

impl Drop for Asked {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            lock(&self.anchors.0).asked.remove(name);
        }
    }
}

impl<T> Entry<T> {
    /// Still right, or young enough: while a sync writes, places are found anew only now and then.
    fn serves(&self, stamp: &Stamp) -> bool {
        self.stamp == *stamp || self.made.elapsed() < (self.took * 10).max(Duration::from_millis(500))
    }
}

impl Anchors {
    /// A table's places.
    pub(super) fn of(&self, database: &Connection, path: &Path, table: &str) -> Result<Arc<Places>, Problem> {
        let stamp = stamp(path);
        let key = (path.to_owned(), table.to_owned());
        if let Some(entry) = lock(&self.0).tables.get(&key).filter(|entry| entry.serves(&stamp)) {
            return Ok(Arc::clone(&entry.what));
        }
        let made = Instant::now();
        let what = Arc::new(find(database, table).map_err(|error| failed(&error))?);
        let entry = Entry { stamp, made: Instant::now(), took: made.elapsed(), what: Arc::clone(&what) };
        lock(&self.0).tables.insert(key, entry);
        Ok(what)
    }

    /// Makes a question one that can be stopped by its name.
    pub(super) fn begin(&self, name: Option<String>, stop: CancellationToken) -> Asked {
        if let Some(name) = &name {
            lock(&self.0).asked.insert(name.clone(), stop.clone());
        }
        Asked { anchors: self.clone(), name, stop }
    }

    /// Stops a question.
    pub(super) fn stop(&self, name: &str) {
        if let Some(stop) = lock(&self.0).asked.get(name) {
            stop.cancel();
        }
    }

    /// The rows that answer a question (its SQL with its values), in their order.
    pub(super) fn answer(
        &self,
        path: &Path,
        question: &str,
        ask: impl FnOnce() -> Result<Ids, Problem>,
    ) -> Result<Arc<Ids>, Problem> {
        let stamp = stamp(path);
        let key = format!("{}\n{question}", path.display());
        let known = |known: &Known| {
            let entry = known.questions.iter().find(|(asked, _)| *asked == key).map(|(_, entry)| entry);
            entry.filter(|entry| entry.serves(&stamp)).map(|entry| Arc::clone(&entry.what))
        };
        if let Some(rows) = known(&lock(&self.0)) {
            return Ok(rows);
        }
        let made = Instant::now();
        let what = Arc::new(ask()?);
        let entry = Entry { stamp, made: Instant::now(), took: made.elapsed(), what: Arc::clone(&what) };
        let mut all = lock(&self.0);
        all.questions.retain(|(asked, _)| *asked != key);
        all.questions.push_front((key, entry));
        all.questions.truncate(QUESTIONS);
        Ok(what)
    }
}

fn find(database: &Connection, table: &str) -> rusqlite::Result<Places> {
    let table = quoted(table);
    // One look at one state of the table.
    let database = database.unchecked_transaction()?;
    let total = database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))?;
    let total = u64::try_from(total).unwrap_or(0);
    let end = |way: &str| {
        let sql = format!("SELECT rowid FROM {table} ORDER BY rowid {way} LIMIT 1");
        database.query_row(&sql, [], |row| row.get::<_, i64>(0)).optional()
    };
    let (Some(first), Some(last)) = (end("ASC")?, end("DESC")?) else {
        return Ok(Places { total: 0, first: 0, every: None });
    };
    if i128::from(last) - i128::from(first) + 1 == i128::from(total) {
        return Ok(Places { total, first, every: None });
    }
    let mut statement = database.prepare(&format!("SELECT rowid FROM {table} ORDER BY rowid"))?;
    let mut rows = statement.query([])?;
    let (mut count, mut every) = (0_u64, Vec::new());
    while let Some(row) = rows.next()? {
        if count.is_multiple_of(STEP) {
            every.push(row.get(0)?);
        }
        count += 1;
    }
    Ok(Places { total: count, first, every: Some(every) })
}

fn stamp(path: &Path) -> Stamp {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    [path.to_owned(), PathBuf::from(beside)]
        .iter()
        .map(|file| std::fs::metadata(file).ok().and_then(|facts| Some((facts.len(), facts.modified().ok()?))))
        .collect()
}
