//! Mapping: pages to batches, on a thread of its own.

use super::fetch::FetchedPart;
use super::guard::ceiling;
use super::order::TextOrder;
use super::start::{Greatest, Start};
use super::writing::MappedPart;
use super::{MapEnd, RunOptions, plain_text};
use crate::batch::Batch;
use crate::event::{EventSink, LogLevel, RunEvent};
use crate::http::header_values;
use crate::map::{FieldFault, Mapped, PageScope};
use crate::page::{Next, Pager};
use crate::plan::{CursorValue, Plan};
use crate::state::{OpenRead, StreamState};
use bytestring::ByteString;
use definition::Problem;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::mpsc::{Receiver, Sender};

/// Faults of one column that are told one by one.
const FAULTS_TOLD: u64 = 20;

/// Maps a stream's pages.
pub(super) struct Mapping {
    plan: Arc<Plan>,
    pager: Arc<Pager>,
    before: StreamState,
    read: OpenRead,
    /// Whether a part was taken: the first page of a read that goes on may have records to pass over.
    begun: bool,
    /// Raw records of the page at hand that are committed already.
    pass: u64,
    greatest: Greatest,
    floor: Option<CursorValue>,
    order: TextOrder,
    /// Records that may still be taken, and whether the definition says so (or the person).
    left: Option<(u64, bool)>,
    events: EventSink,
    faults_by_column: Vec<u64>,
    unread_cursors: u64,
}

/// What mapping one part gave.
#[derive(Default)]
struct PageCounts {
    read: u64,
    skipped: u64,
    faults: u64,
    /// Whether a limit cut the part off.
    cut: bool,
}

impl Mapping {
    pub(super) fn new(plan: Arc<Plan>, pager: Arc<Pager>, start: &Start, options: &RunOptions) -> Self {
        let stream = pager.stream();
        let incremental = stream.incremental.as_ref();
        let greatest = incremental
            .map(|incremental| Greatest::from_text(start.read.greatest.as_deref(), incremental))
            .unwrap_or_default();
        let floor = incremental.and_then(|incremental| incremental.floor(start.interval.start.as_deref()));
        let order = TextOrder::new(incremental, floor.as_ref());
        let ceiling = plan.limits.records.map(|most| (most, true));
        let limit = options.limits.records.map(|most| (most, false));
        let left = ceiling.into_iter().chain(limit).min();
        let (before, read, events) = (start.state.clone(), start.read.clone(), Arc::clone(&options.events));
        let faults_by_column = vec![0; stream.mapper.places()];
        Self {
            plan,
            pager,
            before,
            read,
            begun: false,
            pass: 0,
            greatest,
            floor,
            order,
            left,
            events,
            faults_by_column,
            unread_cursors: 0,
        }
    }

    /// Maps part after part until none comes, a limit is met, or a record ends the run.
    pub(super) fn run(mut self, mut parts: Receiver<FetchedPart>, to_write: &Sender<MappedPart>) -> MapEnd {
        while let Some(part) = parts.blocking_recv() {
            if part.restarted {
                self.read =
                    OpenRead { start: self.read.start.take(), end: self.read.end.take(), ..OpenRead::default() };
            }
            if part.first && self.begun {
                self.read.skip = 0;
            }
            self.begun = true;
            // What is no text was refused when the page was read.
            let text = ByteString::try_from(part.part.body.clone()).unwrap_or_default();
            let mut batch = self.pager.stream().mapper.batch(text.clone(), part.part.records.len());
            let counts = match self.map(&part, &text, &mut batch) {
                Ok(counts) => counts,
                Err(problem) => return MapEnd::Failed(Box::new(problem)),
            };
            let more = counts.cut || !part.part.end.as_ref().is_some_and(|end| matches!(end.next, Next::Done(_)));
            let limited = more && matches!(self.left, Some((0, _)));
            let mapped = self.part(part, batch, &counts);
            if to_write.blocking_send(mapped).is_err() {
                return MapEnd::Drained;
            }
            if limited {
                return MapEnd::Limited(self.ceiling());
            }
        }
        MapEnd::Drained
    }

    /// Maps a part's records. Nothing here waits, locks or looks at a clock.
    fn map(&mut self, fetched: &FetchedPart, text: &str, batch: &mut Batch) -> Result<PageCounts, Problem> {
        let plan = Arc::clone(&self.plan);
        let pager = Arc::clone(&self.pager);
        let stream = pager.stream();
        let headers = header_values(&fetched.head.headers);
        let scope = PageScope { headers: Some(&headers), partition: None };
        let mut counts = PageCounts::default();
        let mut faults = Vec::new();
        if fetched.first {
            self.pass = std::mem::take(&mut self.read.skip);
        }
        for range in &fetched.part.records {
            if matches!(self.left, Some((0, _))) {
                counts.cut = true;
                break;
            }
            self.read.skip += 1;
            if self.read.skip <= self.pass {
                continue;
            }
            let Some(record) = text.get(range.clone()) else { continue };
            stream.mapper.find(record, batch);
            if !self.cursor(record, batch) {
                continue;
            }
            match stream.mapper.map_found(&plan.expressions, &scope, record, batch, &mut faults)? {
                Mapped::Filtered => {}
                kept => {
                    counts.read += 1;
                    counts.skipped += u64::from(kept == Mapped::Skipped);
                    if let Some((left, _)) = &mut self.left {
                        *left -= 1;
                    }
                }
            }
            if !faults.is_empty() {
                counts.faults += faults.len() as u64;
                self.tell(faults.drain(..));
            }
        }
        Ok(counts)
    }

    /// Looks at a record's cursor value. False: the record is older than the read's start.
    fn cursor(&mut self, record: &str, batch: &Batch) -> bool {
        let Some(incremental) = &self.pager.stream().incremental else { return true };
        let found = self.pager.stream().mapper.cursor(record, batch);
        let raw = found.unwrap_or_else(|| incremental.cursor.first(record)).unwrap_or("null");
        if self.order.is_settled(raw, &self.greatest) {
            return true;
        }
        let text = plain_text(raw);
        let Some(value) = (raw != "null").then(|| incremental.parse(&text)).flatten() else {
            self.unread_cursors += 1;
            if self.unread_cursors == 1 {
                let shown: String = self.plan.sender().redactor().text(&text).chars().take(80).collect();
                let message = format!(
                    "A record's cursor value can't be read ({shown}). Such records are kept, but don't move the cursor."
                );
                let stream = Some(self.pager.stream().name.clone());
                (self.events)(RunEvent::Log { level: LogLevel::Warn, stream, message });
            }
            return true;
        };
        if self.floor.as_ref().is_some_and(|floor| value.compare(floor).is_lt()) {
            return false;
        }
        self.greatest.take(value, &text);
        true
    }

    /// The part as it goes to the writer, with the state after it.
    fn part(&mut self, fetched: FetchedPart, batch: Batch, counts: &PageCounts) -> MappedPart {
        let end = fetched.part.end.filter(|_| !counts.cut);
        let page_ends = end.is_some() || counts.cut;
        self.read.pages += u64::from(page_ends);
        self.read.records += counts.read;
        self.read.greatest = self.greatest.text();
        let total = end.as_ref().and_then(|end| end.total);
        let (next, done) = match end.map(|end| end.next) {
            Some(Next::Done(_)) => (None, true),
            Some(Next::Page(token)) => (Some(token), false),
            None => (None, false),
        };
        let mut state = self.before.clone();
        if done {
            state.read = None;
            state.cursor = self.final_cursor();
        } else {
            // Without a next page the rest of this one is still to be read.
            let skip = if next.is_some() { 0 } else { self.read.skip };
            let page = self.masked(next.unwrap_or(fetched.token));
            state.read = Some(OpenRead { page, skip, ..self.read.clone() });
        }
        MappedPart {
            batch,
            state,
            read: counts.read,
            skipped: counts.skipped,
            faults: counts.faults,
            pages: u64::from(page_ends),
            total,
            last: done,
            restarted: fetched.restarted,
        }
    }

    /// A token as it may be kept. One that holds a secret is of no use later, but must not lie in a database.
    fn masked(&self, token: Value) -> Value {
        match token {
            Value::String(text) => Value::String(self.plan.sender().redactor().text(&text)),
            other => other,
        }
    }

    /// The greater of the old cursor and the greatest value of this read.
    fn final_cursor(&self) -> Option<String> {
        let Some(incremental) = &self.pager.stream().incremental else { return self.before.cursor.clone() };
        let mut best = Greatest::from_text(self.before.cursor.as_deref(), incremental);
        if let Some(text) = self.greatest.text()
            && let Some(value) = incremental.parse(&text)
        {
            best.take(value, &text);
        }
        best.text()
    }

    fn tell(&mut self, faults: impl Iterator<Item = FieldFault>) {
        let stream = self.pager.stream();
        for fault in faults {
            let Some(count) = self.faults_by_column.get_mut(fault.column) else { continue };
            *count += 1;
            if *count <= FAULTS_TOLD {
                (self.events)(RunEvent::Fault {
                    stream: stream.name.clone(),
                    field: stream.mapper.place(fault.column),
                    value: self.plan.sender().redactor().text(&fault.value),
                    message: self.plan.sender().redactor().text(&fault.message),
                    count: *count,
                });
            }
        }
    }

    fn ceiling(&self) -> Option<Box<Problem>> {
        let most = self.plan.limits.records.filter(|_| matches!(self.left, Some((_, true))))?;
        Some(ceiling("records", &format!("{most} records")))
    }
}
