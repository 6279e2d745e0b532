//! Places in large tables, remembered: every thousandth row's id, and the rows of the last questions.

use super::open::{failed, quoted};
use crate::app::lock;
use definition::Problem;
use rusqlite::Connection;
use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

/// Rows between two remembered ones.
pub(super) const STEP: u64 = 1_000;
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
    questions: VecDeque<(String, Entry<Vec<i64>>)>,
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
    /// The ids of the rows 0, 1,000, 2,000, …
    pub every: Vec<i64>,
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

    /// The rows that answer a question (its SQL with its values), in their order.
    pub(super) fn answer(
        &self,
        path: &Path,
        question: &str,
        ask: impl FnOnce() -> rusqlite::Result<Vec<i64>>,
    ) -> Result<Arc<Vec<i64>>, Problem> {
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
        let what = Arc::new(ask().map_err(|error| failed(&error))?);
        let entry = Entry { stamp, made: Instant::now(), took: made.elapsed(), what: Arc::clone(&what) };
        let mut all = lock(&self.0);
        all.questions.retain(|(asked, _)| *asked != key);
        all.questions.push_front((key, entry));
        all.questions.truncate(QUESTIONS);
        Ok(what)
    }
}

fn find(database: &Connection, table: &str) -> rusqlite::Result<Places> {
    let mut statement = database.prepare(&format!("SELECT rowid FROM {} ORDER BY rowid", quoted(table)))?;
    let mut rows = statement.query([])?;
    let mut places = Places { total: 0, every: Vec::new() };
    while let Some(row) = rows.next()? {
        if places.total.is_multiple_of(STEP) {
            places.every.push(row.get(0)?);
        }
        places.total += 1;
    }
    Ok(places)
}

fn stamp(path: &Path) -> Stamp {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    [path.to_owned(), PathBuf::from(beside)]
        .iter()
        .map(|file| std::fs::metadata(file).ok().and_then(|facts| Some((facts.len(), facts.modified().ok()?))))
        .collect()
}
