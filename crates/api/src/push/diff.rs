//! The difference between a table and what was pushed: kept in a file of its own, so that it needs no memory.

use super::plan::{Doing, Pusher};
use crate::app::storage;
use crate::batches::{RowFile, request_text};
use crate::contract::{BatchFault, PushDiff, PushExample};
use definition::Problem;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Rows with faults that are told.
const TOLD: usize = 100;
/// Examples of each kind.
const EXAMPLES: u64 = 3;

/// What is pushed, and where what is known of it stands.
pub(super) struct Between<'a> {
    pub pusher: &'a Pusher,
    pub connection: &'a str,
    /// The app's database.
    pub known: &'a Path,
    /// Whether rows that are gone are deleted.
    pub delete: bool,
    /// Whether rows of which nobody knows are sent again.
    pub resend: bool,
}

/// A row to send.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub place: i64,
    pub doing: Doing,
    pub key: String,
    pub hash: String,
    pub tries: i64,
    pub row: Map<String, Value>,
    pub remote: Option<Value>,
}

/// What is known of a row.
struct Pushed {
    hash: Option<String>,
    remote: Option<String>,
    doing: Option<String>,
    tries: i64,
}

/// The rows to send, in the order of their sending.
#[derive(Debug)]
pub(super) struct Steps {
    path: PathBuf,
    database: Connection,
}

impl Drop for Steps {
    fn drop(&mut self) {
        for tail in ["", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{tail}", self.path.display()));
        }
    }
}

impl Steps {
    /// Makes the file.
    pub fn open(path: PathBuf) -> Result<Self, Problem> {
        let database = Connection::open(&path).map_err(|error| bad(&error))?;
        database
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                 CREATE TABLE steps (place INTEGER PRIMARY KEY, doing TEXT, key TEXT UNIQUE NOT NULL, hash TEXT, tries INTEGER,
                   cells TEXT, remote TEXT);
                 CREATE INDEX steps_by_doing ON steps (doing, place); BEGIN",
            )
            .map_err(|error| bad(&error))?;
        Ok(Self { path, database })
    }

    /// Some steps of a kind behind a place.
    pub fn after(&self, doing: Doing, place: i64, limit: u32) -> Result<Vec<Step>, Problem> {
        const SQL: &str = "SELECT place, key, hash, tries, cells, remote FROM steps WHERE doing = ?1 AND place > ?2 \
            ORDER BY place LIMIT ?3";
        let read = || -> rusqlite::Result<Vec<Step>> {
            let mut statement = self.database.prepare_cached(SQL)?;
            let step = |row: &rusqlite::Row<'_>| {
                let (cells, remote): (String, Option<String>) = (row.get(4)?, row.get(5)?);
                Ok(Step {
                    place: row.get(0)?,
                    doing,
                    key: row.get(1)?,
                    hash: row.get(2)?,
                    tries: row.get(3)?,
                    row: serde_json::from_str(&cells).unwrap_or_default(),
                    remote: remote.and_then(|text| serde_json::from_str(&text).ok()),
                })
            };
            statement.query_map((doing.word(), place, limit), step)?.collect()
        };
        read().map_err(|error| bad(&error))
    }

    /// Adds a row. Gives whether its key is the only one.
    fn add(
        &self,
        doing: Option<Doing>,
        key: &str,
        hash: &str,
        (tries, row, remote): (i64, &Map<String, Value>, Option<&str>),
    ) -> Result<bool, Problem> {
        const SQL: &str =
            "INSERT OR IGNORE INTO steps (doing, key, hash, tries, cells, remote) VALUES (?, ?, ?, ?, ?, ?)";
        let cells = if doing.is_some() { serde_json::to_string(row).unwrap_or_default() } else { String::new() };
        let added = self
            .database
            .prepare_cached(SQL)
            .and_then(|mut statement| statement.execute((doing.map(Doing::word), key, hash, tries, cells, remote)));
        added.map(|count| count > 0).map_err(|error| bad(&error))
    }

    fn has(&self, key: &str) -> Result<bool, Problem> {
        let found = self
            .database
            .prepare_cached("SELECT 1 FROM steps WHERE key = ?1")
            .and_then(|mut statement| statement.exists([key]));
        found.map_err(|error| bad(&error))
    }
}

/// Finds the difference.
pub(super) fn diff(file: &RowFile, between: &Between<'_>, steps: &Steps) -> Result<PushDiff, Problem> {
    let mut told = PushDiff::default();
    let known = open(between.known)?;
    for row in file.rows()? {
        let row = row?;
        told.rows += 1;
        let faults = match &row.cells {
            Err(broken) => vec![broken.message.clone()],
            Ok(cells) => one(cells, between, steps, (&known, &mut told))?,
        };
        if !faults.is_empty() {
            told.invalid += 1;
            if told.faults.len() < TOLD {
                told.faults.push(BatchFault { row: row.number, line: row.line, faults });
            }
        }
    }
    gone(between, steps, (&known, &mut told))?;
    Ok(told)
}

/// One row of the table. Gives its faults.
fn one(
    cells: &Map<String, Value>,
    between: &Between<'_>,
    steps: &Steps,
    (known, told): (&Connection, &mut PushDiff),
) -> Result<Vec<String>, Problem> {
    let pusher = between.pusher;
    let key = match pusher.key_of(cells) {
        Ok(key) => key,
        Err(why) => return Ok(vec![why]),
    };
    if steps.has(&key)? {
        return Ok(vec![format!("The key {key} is not the only one of its kind: another row has it too.")]);
    }
    let hash = pusher.hash(cells);
    let before = pushed(known, between, &key)?;
    let (tries, remote) = before.as_ref().map_or((0, None), |pushed| (pushed.tries, pushed.remote.clone()));
    let open = before.as_ref().and_then(|pushed| pushed.doing.as_deref()).map(Doing::of);
    let doing = match before.as_ref().and_then(|pushed| pushed.hash.as_ref()) {
        None => Doing::Create,
        Some(old) if *old == hash && open.is_none() => {
            told.same += 1;
            steps.add(None, &key, &hash, (tries, cells, None))?;
            return Ok(Vec::new());
        }
        Some(_) => Doing::Update,
    };
    let Some(action) = pusher.action(doing) else {
        told.without_action += 1;
        steps.add(None, &key, &hash, (tries, cells, None))?;
        return Ok(Vec::new());
    };
    if open.is_some() && !between.resend && !action.repeatable() {
        told.uncertain += 1;
        steps.add(None, &key, &hash, (tries, cells, None))?;
        return Ok(Vec::new());
    }
    let value: Option<Value> = remote.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let params = match pusher.params(doing, cells, value.as_ref()) {
        Ok(params) => params,
        Err(faults) => {
            steps.add(None, &key, &hash, (tries, cells, None))?;
            return Ok(faults);
        }
    };
    let count = if doing == Doing::Create { &mut told.create } else { &mut told.update };
    *count += 1;
    if *count <= EXAMPLES {
        let request = pusher.plan.action_request(&action.action.name, &params, None)?;
        told.examples.push(PushExample {
            what: doing.word().to_owned(),
            key: key.clone(),
            request: request_text(&request),
        });
    }
    steps.add(Some(doing), &key, &hash, (tries, cells, remote.as_deref()))?;
    Ok(Vec::new())
}

/// Rows that were pushed and are gone from the table.
fn gone(between: &Between<'_>, steps: &Steps, (known, told): (&Connection, &mut PushDiff)) -> Result<(), Problem> {
    const SQL: &str = "SELECT key, remote, doing, tries FROM pushed WHERE connection = ?1 AND destination = ?2 \
        AND (hash IS NOT NULL OR doing IS NOT NULL) ORDER BY key";
    let mut statement = known.prepare(SQL).map_err(|error| bad(&error))?;
    let mut rows = statement.query((between.connection, &between.pusher.name)).map_err(|error| bad(&error))?;
    while let Some(row) = rows.next().map_err(|error| bad(&error))? {
        let read = || -> rusqlite::Result<(String, Pushed)> {
            Ok((row.get(0)?, Pushed { hash: None, remote: row.get(1)?, doing: row.get(2)?, tries: row.get(3)? }))
        };
        let (key, pushed) = read().map_err(|error| bad(&error))?;
        if steps.has(&key)? {
            continue;
        }
        let Some(action) = between.pusher.action(Doing::Delete).filter(|_| between.delete) else {
            told.kept += 1;
            continue;
        };
        let unknown = pushed.doing.as_deref() == Some("create");
        if pushed.doing.is_some() && !between.resend && (unknown || !action.repeatable()) {
            told.uncertain += 1;
            continue;
        }
        let cells = between.pusher.row_of_key(&key);
        let remote: Option<Value> = pushed.remote.as_deref().and_then(|text| serde_json::from_str(text).ok());
        match between.pusher.params(Doing::Delete, &cells, remote.as_ref()) {
            Err(faults) => {
                told.invalid += 1;
                if told.faults.len() < TOLD {
                    told.faults.push(BatchFault {
                        row: 0,
                        line: 0,
                        faults: [vec![format!("{key} is gone.")], faults].concat(),
                    });
                }
            }
            Ok(params) => {
                told.delete += 1;
                if told.delete <= EXAMPLES {
                    let request = between.pusher.plan.action_request(&action.action.name, &params, None)?;
                    let request = request_text(&request);
                    told.examples.push(PushExample { what: "delete".to_owned(), key: key.clone(), request });
                }
                steps.add(Some(Doing::Delete), &key, "", (pushed.tries, &cells, pushed.remote.as_deref()))?;
            }
        }
    }
    Ok(())
}

fn pushed(known: &Connection, between: &Between<'_>, key: &str) -> Result<Option<Pushed>, Problem> {
    const SQL: &str =
        "SELECT hash, remote, doing, tries FROM pushed WHERE connection = ?1 AND destination = ?2 AND key = ?3";
    let read = || -> rusqlite::Result<Option<Pushed>> {
        let mut statement = known.prepare_cached(SQL)?;
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Pushed { hash: row.get(0)?, remote: row.get(1)?, doing: row.get(2)?, tries: row.get(3)? })
        };
        statement.query_row((between.connection, &between.pusher.name, key), row).optional()
    };
    read().map_err(|error| bad(&error))
}

fn open(path: &Path) -> Result<Connection, Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(|error| bad(&error))?;
    database.busy_timeout(Duration::from_secs(10)).map_err(|error| bad(&error))?;
    Ok(database)
}

fn bad(error: &rusqlite::Error) -> Problem {
    storage("push_difference", "The difference to the last push can't be told", error)
}
