//! A table of a PostgreSQL server: one a stream, with the state beside the records.
//!
//! - A stream with a key: a page is copied into a staging table (COPY), and one statement inserts or updates by the key.
//! - A stream without a key that reads only what changed: records are appended.
//! - A stream without a key that reads everything: pages go to a table beside it, whose rows take the old ones' place
//!   when the read is whole.
//!
//! A page's records and the state after them are one transaction: killed at any point, the database holds whole pages.

mod address;
mod copy;
mod kind;
mod merge;
mod name;
mod parts;
mod problem;
mod schema;
mod state;
mod table;

pub use address::PostgresAddress;

use crate::files::unopened;
use definition::{Problem, ProblemKind, Stage};
use engine::batch::Batch;
use engine::sink::{Parts, Sink, StreamShape, Written};
use engine::state::StreamState;
use std::time::Duration;
use table::OpenTable;
use tokio::runtime::{Builder, Runtime};

/// How long the server may take to let somebody in.
const CONNECT: Duration = Duration::from_secs(15);

/// Writes a stream into a table named after it, one typed column a field.
///
/// | field | column |
/// | --- | --- |
/// | string | text |
/// | integer | bigint |
/// | number | double precision |
/// | decimal | numeric |
/// | boolean | boolean |
/// | date, datetime, time | date, timestamptz (without a zone: UTC), time |
/// | json, array, object | jsonb |
///
/// Members kept by `rest: keep` are one jsonb object in `_extra`. A new field becomes a column; one that left keeps its
/// column, null in new rows. Where a record brings a value that its column can't take (a whole number over 64 bits, text
/// that `on_error: raw` kept), the column is widened to numeric or text, and nothing is lost. PostgreSQL's text holds no
/// NUL character: U+FFFD stands in its place.
///
/// Two syncs never write to one table at once: the second gets the problem `busy`. A table of that name which this
/// sink has not made is the problem `table_taken`, and is not touched. To be used on a thread of its own, outside of
/// asynchronous code.
#[derive(Debug)]
pub struct PostgresSink {
    address: PostgresAddress,
    open: Option<(Runtime, OpenTable)>,
}

/// Why a statement failed.
#[derive(Debug)]
pub(crate) enum Failed {
    Sql(sqlx::Error),
    Told(Box<Problem>),
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}

impl PostgresSink {
    /// Writes into the database at `address`, into its schema, which is made where it is missing.
    pub fn new(address: PostgresAddress) -> Self {
        Self { address, open: None }
    }

    fn with<T>(&mut self, work: impl AsyncFnOnce(&mut OpenTable) -> Result<T, Failed>) -> Result<T, Problem> {
        let (runtime, table) = self.open.as_mut().ok_or_else(unopened)?;
        runtime.block_on(work(table)).map_err(|failed| told(failed, self.address.shown()))
    }
}

fn told(failed: Failed, place: &str) -> Problem {
    match failed {
        Failed::Sql(error) => problem::problem(&error, place),
        Failed::Told(problem) => *problem,
    }
}

impl Sink for PostgresSink {
    fn keeps_state(&self) -> bool {
        true
    }

    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.open = None;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| {
            let message = "The program could not start its work with the database.";
            Problem::new("internal", ProblemKind::Internal, Stage::Write, message).detail(error.to_string())
        })?;
        let place = self.address.shown();
        let opened = runtime.block_on(async { tokio::time::timeout(CONNECT, OpenTable::connect(&self.address)).await });
        let connection = opened.map_err(|_| problem::slow(place))?.map_err(|failed| told(failed, place))?;
        let opened = runtime.block_on(OpenTable::open(connection, &self.address, shape));
        let (table, state) = opened.map_err(|failed| told(failed, place))?;
        self.open = Some((runtime, table));
        Ok(state)
    }

    fn write(&mut self, batch: &Batch, state: &StreamState) -> Result<Written, Problem> {
        self.write_together(std::slice::from_ref(batch), state)
    }

    fn write_together(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Problem> {
        self.with(async |table| table.write(batches, state).await)
    }

    fn mirror(&mut self, read: &str) -> Result<(), Problem> {
        self.with(async |table| table.mirror(read).await)
    }

    fn parts(&mut self, parts: Parts) -> Result<(), Problem> {
        self.with(async |table| table.parts(parts).await)
    }

    fn finish(&mut self, state: &StreamState) -> Result<Written, Problem> {
        self.with(async |table| table.finish(state).await)
    }
}
