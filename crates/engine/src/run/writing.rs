//! Writing: the thread that owns the sink. A page's records and the state after them are one transaction of it.

use super::RunOptions;
use super::ledger::After;
use crate::batch::Batch;
use crate::event::{Counts, EventSink, PartitionNow, PartitionsNow, RunEvent};
use crate::http::Tally;
use crate::plan::StreamPlan;
use crate::sink::{Parts, Sink, StreamShape, Written};
use crate::state::{PartitionState, StreamState};
use definition::Problem;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;

/// Pages, or a part of one, on their way to the sink.
#[derive(Default)]
pub(super) struct MappedPart {
    pub batches: Vec<Batch>,
    /// Bytes of their pages.
    pub bytes: usize,
    /// The state after it, with the partitions that changed.
    pub state: StreamState,
    /// The state after the whole read, where it ends here.
    pub finished: Option<StreamState>,
    pub read: u64,
    pub skipped: u64,
    pub faults: u64,
    /// Pages that end with it.
    pub pages: u64,
    pub total: Option<u64>,
    /// Whether a unit ends with it.
    pub unit_ends: bool,
    /// Whether the read began anew with it.
    pub restarted: bool,
    /// The read's name, where it covers everything and what it does not meet is gone.
    pub mirrored: Option<Arc<str>>,
    /// Files that are read anew or end with it.
    pub parts: Parts,
    /// Files that are gone, where the read ends here.
    pub gone: Parts,
}

impl MappedPart {
    pub(super) fn new(batch: Batch, after: After) -> Self {
        let batches = vec![batch];
        Self {
            batches,
            state: after.state,
            finished: after.finished,
            mirrored: after.mirrored,
            parts: after.parts,
            gone: after.gone,
            ..Self::default()
        }
    }

    /// With what comes behind it.
    pub(super) fn and(self, later: Self) -> Self {
        let mut batches = self.batches;
        batches.extend(later.batches);
        let mut partitions = self.state.partitions;
        partitions.extend(later.state.partitions);
        let parts = self.parts.and(later.parts);
        Self {
            state: StreamState { partitions, ..later.state },
            batches,
            parts,
            bytes: self.bytes + later.bytes,
            read: self.read + later.read,
            skipped: self.skipped + later.skipped,
            faults: self.faults + later.faults,
            pages: self.pages + later.pages,
            restarted: self.restarted || later.restarted,
            ..later
        }
    }
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
    /// The read whose deletions are mirrored.
    mirrored: Option<Arc<str>>,
    /// Partitions that were read whole.
    done: u64,
}

/// Partitions that are told of with a page.
const TOLD: usize = 8;

impl Writer {
    pub(super) fn new(sink: Box<dyn Sink>, stream: &StreamPlan, options: &RunOptions, tally: Arc<Tally>) -> Self {
        let shape = StreamShape {
            name: stream.name.clone(),
            columns: stream.mapper.columns().to_vec(),
            key: stream.key.clone(),
            extras: stream.mapper.extras(),
            full: options.full,
            deletions: stream.deletions,
            incremental: stream.incremental.is_some() || stream.partitions.is_incremental(),
        };
        Self {
            sink,
            shape,
            events: Arc::clone(&options.events),
            tally,
            end: WriterEnd::default(),
            mirrored: None,
            done: 0,
        }
    }

    /// Opens the sink, tells its state, and writes what comes. Behind the last page it waits to be told whether a limit
    /// ended the read.
    pub(super) fn run(
        mut self,
        opened: oneshot::Sender<Option<StreamState>>,
        mut pages: Receiver<MappedPart>,
        limited: oneshot::Receiver<bool>,
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
                return self.end;
            }
        }
        if limited.blocking_recv() == Ok(true) {
            self.end.problem = self.sink.limited().err();
        }
        self.end
    }

    fn write(&mut self, page: MappedPart) -> Result<(), Problem> {
        if page.restarted && self.shape.key.is_empty() && !self.shape.incremental {
            // Records without a key can't be told from those that the cut-off read left: they begin anew too.
            let shape = StreamShape { full: true, ..self.shape.clone() };
            self.sink.open(&shape)?;
        }
        if let Some(read) = &page.mirrored
            && self.mirrored.as_ref() != Some(read)
        {
            self.sink.mirror(read)?;
            self.mirrored = Some(Arc::clone(read));
        }
        if !page.parts.is_empty() {
            self.sink.parts(page.parts)?;
        }
        let written = match page.batches.as_slice() {
            [one] => self.sink.write(one, &page.state)?,
            several => self.sink.write_together(several, &page.state)?,
        };
        let counts = &mut self.end.counts;
        counts.read += page.read;
        counts.skipped += page.skipped;
        counts.faults += page.faults;
        counts.pages += page.pages;
        count(counts, written);
        let now = self.partitions(&page.state);
        self.end.state = page.state;
        if let Some(state) = page.finished {
            if !page.gone.is_empty() {
                self.sink.parts(page.gone)?;
            }
            let written = self.sink.finish(&state)?;
            count(&mut self.end.counts, written);
            self.end.state = state;
        }
        let mut counts = self.end.counts;
        counts.requests = self.tally.requests.load(Ordering::Relaxed);
        counts.retries = self.tally.retries.load(Ordering::Relaxed);
        counts.bytes = self.tally.bytes.load(Ordering::Relaxed);
        let stream = self.shape.name.clone();
        (self.events)(RunEvent::Page {
            stream,
            page: counts.pages,
            counts,
            total: page.total,
            latency: self.tally.latency.now(),
            partitions: PartitionsNow { done: self.done, now },
        });
        Ok(())
    }

    /// The partitions that a batch changed, as far as they are told.
    fn partitions(&mut self, state: &StreamState) -> Vec<PartitionNow> {
        let is_done = |one: &PartitionState| one.read.is_none() && one.done.is_some();
        self.done += state.partitions.values().filter(|one| is_done(one)).count() as u64;
        let told = state.partitions.iter().rev().take(TOLD).map(|(partition, one)| PartitionNow {
            partition: partition.clone(),
            pages: one.read.as_ref().map_or(0, |read| read.pages),
            records: one.read.as_ref().map_or(0, |read| read.records),
            done: is_done(one),
        });
        told.collect()
    }
}

fn count(counts: &mut Counts, written: Written) {
    counts.new += written.new;
    counts.updated += written.updated;
    counts.unchanged += written.unchanged;
    counts.deleted += written.deleted;
}
