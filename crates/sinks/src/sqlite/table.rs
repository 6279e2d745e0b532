//! A stream's table while it is written to.

use super::catalog::{self, Entries};
use super::deletions::{Mirror, Revival, end_parts};
use super::extras::Rest;
use super::insert::{Failed, Insert};
use super::{connection, deletions, events, lock, name, replace, schema};
use crate::going_on::goes_on;
use definition::Problem;
use engine::batch::Batch;
use engine::sink::{Parts, StreamShape, Written};
use engine::state::StreamState;
use rusqlite::hooks::Action;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How records come into the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// By the key.
    Upsert,
    /// Behind the others.
    Append,
    /// Into a table beside, which takes its place.
    Replace,
}

/// Rows that SQLite inserted and changed, as its hook tells.
#[derive(Debug, Default)]
struct Counter {
    inserted: AtomicU64,
    updated: AtomicU64,
}

/// A stream's table, locked for this sink.
#[derive(Debug)]
pub(super) struct OpenTable {
    connection: Connection,
    path: PathBuf,
    shape: StreamShape,
    mode: Mode,
    /// The stream's table, as its name is written in the file.
    table: String,
    /// The table that records go to: the stream's, or the one beside it.
    target: Target,
    counter: Arc<Counter>,
    /// What stood in the file at the opening, until the first write tells whether a read goes on.
    loaded: Option<StreamState>,
    /// The keys that a whole read meets, where what it does not meet is gone.
    mirror: Option<Mirror>,
    /// What the next write, or the end, does to parts.
    parts: Parts,
    revival: Option<Revival>,
    _lock: File,
}

/// Where records go, and how.
#[derive(Debug, Clone)]
struct Target {
    table: String,
    entries: Entries,
    insert: Insert,
}

/// What the first transaction made ready.
struct Ready {
    mode: Mode,
    table: String,
    target: Target,
    state: Option<StreamState>,
}

impl OpenTable {
    /// Locks and makes ready the table; gives back the state that stands with its rows.
    pub(super) fn open(path: &Path, shape: &StreamShape) -> Result<(Self, Option<StreamState>), Problem> {
        name::check_stream(&shape.name)?;
        let connection = connection::open(path)?;
        let lock = lock::take(path, &shape.name)?;
        let ready = in_transaction(&connection, path, |transaction| make_ready(transaction, shape))?;
        let counter = Arc::new(Counter::default());
        watch(&connection, &counter, &ready.target.table).map_err(|error| connection::problem(&error, path))?;
        let revival = Revival::of(&connection, shape, &ready.table).map_err(|failed| told(failed, path))?;
        let table = Self {
            connection,
            mirror: None,
            parts: Parts::default(),
            revival,
            path: path.to_owned(),
            shape: shape.clone(),
            mode: ready.mode,
            table: ready.table,
            target: ready.target,
            counter,
            loaded: ready.state.clone().filter(|_| ready.mode == Mode::Replace),
            _lock: lock,
        };
        Ok((table, ready.state))
    }

    /// Writes pages and the state after them.
    pub(super) fn write(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Problem> {
        let (written, wider) = in_transaction(&self.connection, &self.path, |transaction| {
            self.begin_read(transaction, state)?;
            self.counter.inserted.store(0, Ordering::Relaxed);
            self.counter.updated.store(0, Ordering::Relaxed);
            let mut wider: Option<Target> = None;
            for batch in batches {
                let target = wider.as_ref().unwrap_or(&self.target);
                wider = self.insert(transaction, target, batch)?.or(wider);
                if let Some(mirror) = &self.mirror {
                    mirror.meet(transaction, batch)?;
                }
                if let Some(revival) = &self.revival {
                    revival.run(transaction, batch)?;
                }
            }
            let mut written = self.written(batches.iter().map(|batch| batch.len() as u64).sum());
            let mirror = self.mirror.as_ref();
            written.deleted += end_parts(transaction, &self.shape, &self.table, mirror, &self.parts)?;
            catalog::put_state(transaction, &self.shape.name, state)?;
            Ok((written, wider))
        })?;
        self.loaded = None;
        self.parts = Parts::default();
        if let Some(wider) = wider {
            self.target = wider;
        }
        Ok(written)
    }

    /// Applies the records of an event, once.
    pub(super) fn apply(&mut self, batch: &Batch, remove: bool, mark: &str) -> Result<Option<Written>, Problem> {
        let (written, wider) = in_transaction(&self.connection, &self.path, |transaction| {
            if !events::is_first(transaction, mark)? {
                return Ok((None, None));
            }
            if remove {
                return Ok((Some(deletions::remove(transaction, &self.shape, &self.table, batch)?), None));
            }
            self.counter.inserted.store(0, Ordering::Relaxed);
            self.counter.updated.store(0, Ordering::Relaxed);
            let wider = self.insert(transaction, &self.target, batch)?;
            if let Some(revival) = &self.revival {
                revival.run(transaction, batch)?;
            }
            // The end of a read that is half-finished must not take for gone what it passed before the event came.
            if let Some(mirror) = Mirror::waiting(transaction, &self.shape, &self.table)? {
                mirror.meet(transaction, batch)?;
            }
            Ok((Some(self.written(batch.len() as u64)), wider))
        })?;
        if let Some(wider) = wider {
            self.target = wider;
        }
        Ok(written)
    }

    /// Prepares to find what is gone.
    pub(super) fn mirror(&mut self, read: &str) -> Result<(), Problem> {
        let (mirror, entries) = in_transaction(&self.connection, &self.path, |transaction| {
            let mirror = Mirror::begin(transaction, &self.shape, &self.table, read)?;
            Ok((mirror, catalog::entries(transaction, &self.shape.name)?))
        })?;
        self.take_entries(entries.filter(|_| mirror.is_some()));
        self.mirror = mirror;
        Ok(())
    }

    /// Takes what the next write, or the end, does to parts.
    pub(super) fn parts(&mut self, parts: Parts) -> Result<(), Problem> {
        if parts.anew && self.mirror.is_none() {
            self.mirror = in_transaction(&self.connection, &self.path, |transaction| {
                Mirror::begin_parts(transaction, &self.shape, &self.table, &parts)
            })?;
            let entries = in_transaction(&self.connection, &self.path, |transaction| {
                Ok(catalog::entries(transaction, &self.shape.name)?)
            })?;
            self.take_entries(entries);
        }
        self.parts = parts;
        Ok(())
    }

    /// The table may have got a column.
    fn take_entries(&mut self, entries: Option<Entries>) {
        if let Some(entries) = entries.filter(|entries| *entries != self.target.entries) {
            self.target.insert = Insert::new(&self.target.table, &entries, &self.shape);
            self.target.entries = entries;
        }
    }

    /// Ends the read.
    pub(super) fn finish(&mut self, state: &StreamState) -> Result<Written, Problem> {
        in_transaction(&self.connection, &self.path, |transaction| {
            let mut written = Written::default();
            if self.mode == Mode::Replace {
                self.begin_read(transaction, state)?;
                written = replace::swap(transaction, &self.shape.name, &self.table, &self.target.entries)?;
            }
            written.deleted += end_parts(transaction, &self.shape, &self.table, None, &self.parts)?;
            if let Some(mirror) = &self.mirror {
                written += mirror.finish(transaction)?;
            }
            catalog::put_whole_state(transaction, &self.shape.name, state)?;
            Ok(written)
        })
    }

    /// Empties the table beside, if what is in it belongs to a read that is not gone on with.
    fn begin_read(&self, transaction: &Transaction<'_>, state: &StreamState) -> Result<(), Failed> {
        if let Some(loaded) = &self.loaded
            && !goes_on(loaded, state)
        {
            transaction.execute_batch(&format!("DELETE FROM {}", name::quoted(&self.target.table)))?;
        }
        Ok(())
    }

    fn insert(&self, transaction: &Transaction<'_>, target: &Target, batch: &Batch) -> Result<Option<Target>, Failed> {
        if !self.shape.extras {
            target.insert.run(transaction, batch, &Rest::default())?;
            return Ok(None);
        }
        let rest = Rest::of_page(batch, &target.insert);
        let Some(entries) = rest.widened(&target.entries)? else {
            target.insert.run(transaction, batch, &rest)?;
            return Ok(None);
        };
        let table = &target.table;
        schema::widen(transaction, table, &target.entries, &entries)?;
        let stream = if self.mode == Mode::Replace { name::staging(&self.shape.name) } else { self.shape.name.clone() };
        catalog::put_entries(transaction, &stream, &entries)?;
        let insert = Insert::new(table, &entries, &self.shape);
        insert.run(transaction, batch, &Rest::of_page(batch, &insert))?;
        Ok(Some(Target { table: table.clone(), entries, insert }))
    }

    fn written(&self, records: u64) -> Written {
        match self.mode {
            Mode::Append => Written { new: records, ..Written::default() },
            Mode::Replace => Written::default(),
            Mode::Upsert => {
                let new = self.counter.inserted.load(Ordering::Relaxed);
                let updated = self.counter.updated.load(Ordering::Relaxed);
                Written { new, updated, unchanged: records.saturating_sub(new + updated), deleted: 0 }
            }
        }
    }
}

/// Runs a change as one transaction. An error undoes it.
fn in_transaction<T>(
    connection: &Connection,
    path: &Path,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, Failed>,
) -> Result<T, Problem> {
    let sql = |error: rusqlite::Error| connection::problem(&error, path);
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(sql)?;
    let value = change(&transaction).map_err(|failed| told(failed, path))?;
    transaction.commit().map_err(sql)?;
    Ok(value)
}

fn told(failed: Failed, path: &Path) -> Problem {
    match failed {
        Failed::Sql(error) => connection::problem(&error, path),
        Failed::Told(problem) => problem,
    }
}

fn watch(connection: &Connection, counter: &Arc<Counter>, table: &str) -> rusqlite::Result<()> {
    let (counter, table) = (counter.clone(), table.to_owned());
    connection.update_hook(Some(move |action, _: &str, changed: &str, _| {
        if changed == table {
            match action {
                Action::SQLITE_INSERT => _ = counter.inserted.fetch_add(1, Ordering::Relaxed),
                Action::SQLITE_UPDATE => _ = counter.updated.fetch_add(1, Ordering::Relaxed),
                _ => {}
            }
        }
    }))
}

fn make_ready(transaction: &Transaction<'_>, shape: &StreamShape) -> Result<Ready, Failed> {
    let stream = &shape.name;
    let there = catalog::table_exists(transaction, stream)?;
    let prepared = catalog::table_exists(transaction, "_tapwright_streams")?.is_some();
    let mut known = if prepared { catalog::entries(transaction, stream)? } else { None };
    if let (Some(table), None) = (&there, &known) {
        return Err(catalog::taken(table).into());
    }
    catalog::prepare(transaction)?;
    if there.is_none() && known.take().is_some() {
        // Somebody dropped the table: the state spoke of its rows.
        catalog::drop_state(transaction, stream)?;
        replace::discard(transaction, stream)?;
    }
    let table = there.unwrap_or_else(|| stream.clone());
    let present = known.map(|known| schema::present(transaction, &table, known)).transpose()?;
    let state = catalog::state(transaction, stream)?.filter(|_| !shape.full);
    let staged = staged(transaction, shape)?.filter(|_| state.as_ref().is_some_and(|state| state.read.is_some()));
    let mode = match () {
        () if !shape.key.is_empty() => Mode::Upsert,
        () if shape.incremental && !shape.full && staged.is_none() => Mode::Append,
        () => Mode::Replace,
    };
    if mode == Mode::Replace {
        return ready_to_replace(transaction, shape, table, present, staged, state);
    }
    replace::discard(transaction, stream)?;
    let entries = match present {
        None => {
            let entries = schema::merge(&Entries::default(), shape)?;
            schema::create(transaction, &table, &entries)?;
            entries
        }
        Some(present) => change(transaction, shape, &table, &present)?,
    };
    catalog::put_entries(transaction, stream, &entries)?;
    let insert = Insert::new(&table, &entries, shape);
    Ok(Ready { mode, table: table.clone(), target: Target { table, entries, insert }, state })
}

/// Brings a table that is there to what the stream needs.
fn change(
    transaction: &Transaction<'_>,
    shape: &StreamShape,
    table: &str,
    present: &Entries,
) -> Result<Entries, Failed> {
    let entries = schema::merge(present, shape)?;
    if schema::must_rebuild(present, &entries) {
        schema::rebuild(transaction, &shape.name, table, present, &entries)??;
    } else {
        schema::widen(transaction, table, present, &entries)?;
    }
    Ok(entries)
}

/// The table beside, of a read that was cut off, if it still fits the stream.
fn staged(transaction: &Transaction<'_>, shape: &StreamShape) -> Result<Option<Entries>, Failed> {
    let staging = name::staging(&shape.name);
    if catalog::table_exists(transaction, &staging)?.is_none() {
        return Ok(None);
    }
    let Some(entries) = catalog::entries(transaction, &staging)? else { return Ok(None) };
    let fits = shape.key.is_empty() && schema::merge(&entries, shape)? == entries;
    Ok(fits.then_some(entries))
}

fn ready_to_replace(
    transaction: &Transaction<'_>,
    shape: &StreamShape,
    table: String,
    present: Option<Entries>,
    staged: Option<Entries>,
    mut state: Option<StreamState>,
) -> Result<Ready, Failed> {
    let staging = name::staging(&shape.name);
    let there = present.is_some();
    let entries = match staged {
        Some(entries) => entries,
        None => {
            replace::discard(transaction, &shape.name)?;
            forget_open_read(transaction, &shape.name, &mut state)?;
            let entries = schema::merge(&present.unwrap_or_default(), shape)?;
            schema::create(transaction, &staging, &entries)?;
            catalog::put_entries(transaction, &staging, &entries)?;
            entries
        }
    };
    if !there {
        schema::create(transaction, &table, &entries)?;
        catalog::put_entries(transaction, &shape.name, &entries)?;
    }
    let insert = Insert::new(&staging, &entries, shape);
    Ok(Ready { mode: Mode::Replace, table, target: Target { table: staging, entries, insert }, state })
}

/// The pages of an open read are gone with the table beside: it has to begin anew.
fn forget_open_read(
    transaction: &Transaction<'_>,
    stream: &str,
    state: &mut Option<StreamState>,
) -> Result<(), Failed> {
    if let Some(mut stored) = catalog::state(transaction, stream)?
        && stored.read.take().is_some()
    {
        catalog::put_state(transaction, stream, &stored)?;
    }
    if let Some(state) = state {
        state.read = None;
    }
    Ok(())
}
