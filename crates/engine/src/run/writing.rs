//! Writing: the thread that owns the sink. A page's records and the state after them are one transaction of it.

use super::RunOptions;
use crate::batch::Batch;
use crate::event::{Counts, EventSink, RunEvent};
use crate::http::Tally;
use crate::plan::StreamPlan;
use crate::sink::{Sink, StreamShape, Written};
use crate::state::StreamState;
use definition::Problem;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;

/// A page, or a part of one, on its way to the sink.
pub(super) struct MappedPart {
    pub batch: Batch,
    /// The state after it.
    pub state: StreamState,
    pub read: u64,
    pub skipped: u64,
    pub faults: u64,
    /// Pages that end with it.
    pub pages: u64,
    pub total: Option<u64>,
    /// Whether the stream ends with it.
    pub last: bool,
    /// Whether the read began anew with it.
    pub restarted: bool,
}

/// How writing ended.
#[derive(Debug, Default)]
pub(super) struct WriterEnd {
    /// What was committed.
    pub counts: Counts,
    /// The state that was committed last.
    pub state: StreamState,
    /// Why it ended early.
    pub problem: Option<Problem>,
}

/// Owns the sink.
pub(super) struct Writer {
    sink: Box<dyn Sink>,
    shape: StreamShape,
    events: EventSink,
    tally: Arc<Tally>,
    end: WriterEnd,
}

impl Writer {
    pub(super) fn new(sink: Box<dyn Sink>, stream: &StreamPlan, options: &RunOptions, tally: Arc<Tally>) -> Self {
        let shape = StreamShape {
            name: stream.name.clone(),
            columns: stream.mapper.columns().to_vec(),
            key: stream.key.clone(),
            extras: stream.mapper.extras(),
            full: options.full,
            incremental: stream.incremental.is_some(),
        };
        Self { sink, shape, events: Arc::clone(&options.events), tally, end: WriterEnd::default() }
    }

    /// Opens the sink, tells its state, and writes what comes.
    pub(super) fn run(
        mut self,
        opened: oneshot::Sender<Option<StreamState>>,
        mut pages: Receiver<MappedPart>,
    ) -> WriterEnd {
        match self.sink.open(&self.shape) {
            Ok(state) => {
                self.end.state = state.clone().unwrap_or_default();
                // Nobody waits where the run was dropped; then no page comes either.
                let _ = opened.send(state);
            }
            Err(problem) => {
                self.end.problem = Some(problem);
                return self.end;
            }
        }
        while let Some(page) = pages.blocking_recv() {
            if let Err(problem) = self.write(page) {
                self.end.problem = Some(problem);
                break;
            }
        }
        self.end
    }

    fn write(&mut self, page: MappedPart) -> Result<(), Problem> {
        if page.restarted && self.shape.key.is_empty() && !self.shape.incremental {
            // Records without a key can't be told from those that the cut-off read left: they begin anew too.
            let shape = StreamShape { full: true, ..self.shape.clone() };
            self.sink.open(&shape)?;
        }
        let written = self.sink.write(&page.batch, &page.state)?;
        let counts = &mut self.end.counts;
        counts.read += page.read;
        counts.skipped += page.skipped;
        counts.faults += page.faults;
        counts.pages += page.pages;
        count(counts, written);
        self.end.state = page.state;
        if page.last {
            let written = self.sink.finish(&self.end.state)?;
            count(&mut self.end.counts, written);
        }
        let mut counts = self.end.counts;
        counts.requests = self.tally.requests.load(Ordering::Relaxed);
        counts.retries = self.tally.retries.load(Ordering::Relaxed);
        counts.bytes = self.tally.bytes.load(Ordering::Relaxed);
        let stream = self.shape.name.clone();
        (self.events)(RunEvent::Page { stream, page: counts.pages, counts, total: page.total });
        Ok(())
    }
}

fn count(counts: &mut Counts, written: Written) {
    counts.new += written.new;
    counts.updated += written.updated;
    counts.unchanged += written.unchanged;
}
