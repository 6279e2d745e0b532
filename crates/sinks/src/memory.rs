//! Keeps records in memory, for tests.

use definition::Problem;
use engine::batch::{Batch, Cell, Column};
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keeps every batch. Grows with the records: only for reads with small limits.
#[derive(Debug)]
pub struct MemorySink {
    rows: MemoryRows,
}

/// What a [`MemorySink`] holds. Clones share it; it can be read while the sink is written to.
#[derive(Debug, Clone, Default)]
pub struct MemoryRows(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    columns: Vec<Column>,
    batches: Vec<Arc<Batch>>,
    rows: usize,
    state: Option<StreamState>,
    finished: bool,
}

impl MemorySink {
    /// An empty sink and the handle to what it will hold.
    pub fn new() -> (Self, MemoryRows) {
        let rows = MemoryRows::default();
        (Self { rows: rows.clone() }, rows)
    }
}

impl MemoryRows {
    /// The stream's columns; empty before the sink is opened.
    pub fn columns(&self) -> Vec<Column> {
        self.kept().columns.clone()
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.kept().rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The batches, a page each, in order.
    pub fn batches(&self) -> Vec<Arc<Batch>> {
        self.kept().batches.clone()
    }

    /// The state behind the last page.
    pub fn state(&self) -> Option<StreamState> {
        self.kept().state.clone()
    }

    /// Whether the stream was read to its end.
    pub fn finished(&self) -> bool {
        self.kept().finished
    }

    /// One record's values as text, in the order of the columns; `None` for null. Counted over all pages from 0.
    pub fn row(&self, index: usize) -> Option<Vec<Option<String>>> {
        let kept = self.kept();
        let mut left = index;
        for batch in &kept.batches {
            if left < batch.len() {
                return Some(batch.row(left).iter().map(|cell| cell_text(batch, *cell)).collect());
            }
            left -= batch.len();
        }
        None
    }

    /// Every record's values as text; see [`Self::row`].
    pub fn rows(&self) -> Vec<Vec<Option<String>>> {
        let batches = self.batches();
        let rows = batches.iter().flat_map(|batch| (0..batch.len()).map(move |index| (batch, index)));
        rows.map(|(batch, index)| batch.row(index).iter().map(|cell| cell_text(batch, *cell)).collect()).collect()
    }

    // A panic elsewhere leaves whole batches behind: what is kept stays readable.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.rows.kept().columns = shape.columns.clone();
        Ok(None)
    }

    fn write(&mut self, batch: &Batch, state: &StreamState) -> Result<Written, Problem> {
        let mut kept = self.rows.kept();
        kept.rows += batch.len();
        kept.batches.push(Arc::new(batch.clone()));
        kept.state.get_or_insert_default().absorb(state.clone());
        Ok(Written { new: batch.len() as u64, ..Written::default() })
    }

    fn finish(&mut self, state: &StreamState) -> Result<Written, Problem> {
        let mut kept = self.rows.kept();
        kept.state = Some(state.clone());
        kept.finished = true;
        Ok(Written::default())
    }
}

/// A value as text, as it stands in a grid: `None` for null.
pub fn cell_text(batch: &Batch, cell: Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Bool(value) => Some(value.to_string()),
        Cell::Int(value) => Some(value.to_string()),
        Cell::Float(value) => Some(value.to_string()),
        Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => Some(batch.text(span).to_owned()),
    }
}
