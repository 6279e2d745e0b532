//! The local table: a SQLite file, one table a stream, with the state beside the records.
//!
//! - A stream with a key: records are inserted or updated by it. Rows are never deleted, unless the stream says so
//!   (`deletions`) and everything was read.
//! - A stream without a key that reads only what changed: records are appended.
//! - A stream without a key that reads everything: pages go to a table beside it, which takes the old one's place when
//!   the read is whole. A read that was cut off leaves the old table as it was, and can go on.
//!
//! A page's records and the state after them are one transaction: killed at any point, the file holds whole pages.

mod catalog;
mod connection;
mod deletions;
mod events;
mod extras;
mod insert;
mod lock;
mod name;
mod partitions;
mod replace;
mod schema;
mod table;
mod value;

use crate::files::unopened;
use crate::sqlite::table::OpenTable;
use definition::Problem;
use engine::batch::Batch;
use engine::sink::{Parts, Sink, StreamShape, Written};
use engine::state::StreamState;
use std::path::PathBuf;

/// The most columns that a table may have, those of `rest: keep` counted.
pub const MAX_COLUMNS: usize = 999;

/// Writes a stream into a table of a SQLite file, named after the stream, one column a field.
///
/// Text, dates, decimals (with every digit), arrays and objects are TEXT; whole numbers INTEGER; numbers REAL;
/// booleans BOOLEAN (0 or 1). Members kept by `rest: keep` become columns without a type as they are met.
/// A new field becomes a column. One that left keeps its column, null in new rows. Where a type or the key changed,
/// the table is rebuilt in one transaction: values are converted where that loses nothing, else kept as they are.
///
/// Two syncs never write to one table at once: the second gets the problem `busy`. A table of that name which this
/// sink has not made is the problem `table_taken`, and is not touched.
#[derive(Debug)]
pub struct SqliteSink {
    path: PathBuf,
    table: Option<OpenTable>,
}

impl SqliteSink {
    /// Writes into the file at `path`, which is made where it is missing, with its folder.
    pub fn new(path: PathBuf) -> Self {
        Self { path, table: None }
    }

    /// Applies the records of an event, in one transaction: stores them, or removes those with their keys. The state of
    /// the stream's syncs stays as it is. `mark` names the event: what was applied once is not applied again, and None is
    /// given back.
    ///
    /// # Errors
    /// Where the stream was not opened, or the database refuses.
    pub fn apply(&mut self, batch: &Batch, remove: bool, mark: &str) -> Result<Option<Written>, Problem> {
        self.table()?.apply(batch, remove, mark)
    }

    fn table(&mut self) -> Result<&mut OpenTable, Problem> {
        self.table.as_mut().ok_or_else(unopened)
    }
}

impl Sink for SqliteSink {
    fn keeps_state(&self) -> bool {
        true
    }

    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.table = None;
        let (table, state) = OpenTable::open(&self.path, shape)?;
        self.table = Some(table);
        Ok(state)
    }

    fn write(&mut self, batch: &Batch, state: &StreamState) -> Result<Written, Problem> {
        self.table()?.write(std::slice::from_ref(batch), state)
    }

    fn write_together(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Problem> {
        self.table()?.write(batches, state)
    }

    fn mirror(&mut self, read: &str) -> Result<(), Problem> {
        self.table()?.mirror(read)
    }

    fn parts(&mut self, parts: Parts) -> Result<(), Problem> {
        self.table()?.parts(parts)
    }

    fn finish(&mut self, state: &StreamState) -> Result<Written, Problem> {
        self.table()?.finish(state)
    }
}
