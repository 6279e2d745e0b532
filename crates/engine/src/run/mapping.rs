//! Mapping: pages to batches, on a thread of its own.

use super::fetch::{Fetched, UnitPart};
use super::guard::ceiling;
use super::ledger::{After, Ledger, Progress};
use super::order::TextOrder;
use super::unmapped::{Found, Unmapped};
use super::writing::MappedPart;
use super::{MapEnd, RunOptions, plain_text};
use crate::batch::Batch;
use crate::event::{EventSink, LogLevel, RunEvent};
use crate::map::{FieldFault, Mapped, PageScope};
use crate::page::{Next, Pager};
use crate::plan::{CursorValue, Plan};
use bytestring::ByteString;
use definition::Problem;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{Receiver, Sender};

/// Faults of one column that are told one by one.
const FAULTS_TOLD: u64 = 20;
/// Small partitions go to the sink together, up to so many records and bytes of text.
const RECORDS_TOGETHER: usize = 2_000;
const BYTES_TOGETHER: usize = 1024 * 1024;

/// Maps a stream's pages.
pub(super) struct Mapping {
    plan: Arc<Plan>,
    pager: Pager,
    ledger: Ledger,
    /// Raw records of the page at hand: seen so far, and how many of them are committed already.
    raw: u64,
    pass: u64,
    floor: Option<CursorValue>,
    ceiling: Option<CursorValue>,
    order: TextOrder,
    /// Records that may still be taken, and whether the definition says so (or the person).
    left: Option<(u64, bool)>,
    events: EventSink,
    faults_by_column: Vec<u64>,
    unread_cursors: u64,
    /// Where fields are listed: looks for members that are in no column.
    unmapped: Option<Unmapped>,
    read: u64,
}

/// What mapping one part gave.
#[derive(Default)]
struct PartCounts {
    read: u64,
    skipped: u64,
    faults: u64,
    /// Whether a limit cut the part off.
    cut: bool,
}

impl Mapping {
    pub(super) fn new(plan: Arc<Plan>, pager: Pager, ledger: Ledger, options: &RunOptions, keeps: bool) -> Self {
        let ceiling = plan.limits.records.map(|most| (most, true));
        let limit = options.limits.records.map(|most| (most, false));
        let left = ceiling.into_iter().chain(limit).min();
        let faults_by_column = vec![0; pager.stream().mapper.places()];
        let events = Arc::clone(&options.events);
        let unmapped = pager.stream().mapper.listed().map(|_| Unmapped::new(ledger.seen(), keeps));
        Self {
            plan,
            pager,
            ledger,
            raw: 0,
            pass: 0,
            floor: None,
            ceiling: None,
            order: TextOrder::default(),
            left,
            events,
            faults_by_column,
            unread_cursors: 0,
            unmapped,
            read: 0,
        }
    }

    /// Maps what comes, and tells what of it is in no column.
    pub(super) fn run(mut self, parts: Receiver<Fetched>, to_write: &Sender<MappedPart>, found: &Found) -> MapEnd {
        let end = self.all(parts, to_write);
        if let Some(unmapped) = self.unmapped.take() {
            unmapped.tell(&self.pager.stream().name, self.read, &self.events, found);
        }
        end
    }

    /// Maps part after part until none comes, a limit is met, or a record ends the run. Parts of small partitions that
    /// wait already are written together.
    fn all(&mut self, mut parts: Receiver<Fetched>, to_write: &Sender<MappedPart>) -> MapEnd {
        let together = !self.pager.stream().partitions.is_empty();
        let mut waiting: Option<MappedPart> = None;
        loop {
            let next = match &waiting {
                Some(mapped) if mapped.ends_here(together) => Err(TryRecvError::Empty),
                Some(_) => parts.try_recv(),
                None => parts.blocking_recv().ok_or(TryRecvError::Disconnected),
            };
            let limited = match next {
                Ok(fetched) => match self.take(fetched, &mut waiting) {
                    Ok(limited) => limited,
                    Err(problem) => {
                        // What was mapped before the record is whole.
                        if let Some(mapped) = waiting {
                            let _ = to_write.blocking_send(mapped);
                        }
                        return MapEnd::Failed(Box::new(problem));
                    }
                },
                Err(_) => match waiting.take() {
                    Some(mapped) => {
                        if to_write.blocking_send(mapped).is_err() {
                            return MapEnd::Drained;
                        }
                        false
                    }
                    None => return MapEnd::Drained,
                },
            };
            if limited {
                if let Some(mapped) = waiting {
                    let _ = to_write.blocking_send(mapped);
                }
                return MapEnd::Limited(self.records_ceiling());
            }
        }
    }

    /// Maps a part, behind those that wait to be written. True: a limit ends the read.
    fn take(&mut self, fetched: Fetched, waiting: &mut Option<MappedPart>) -> Result<bool, Problem> {
        let Fetched::Part(part) = fetched else {
            let width = self.pager.stream().mapper.columns().len();
            let after = self.ledger.nothing();
            *waiting = Some(MappedPart::new(Batch::new(width), after));
            return Ok(false);
        };
        if let Some(begin) = &part.restarted {
            self.ledger.restart(Arc::clone(begin));
        }
        if part.fetched.first {
            self.begin_page(&part);
        }
        // What is no text was refused when the page was read.
        let text = ByteString::try_from(part.fetched.part.body.clone()).unwrap_or_default();
        let mut batch = self.pager.stream().mapper.batch(text.clone(), part.fetched.part.records.len());
        let counts = self.map(&part, &text, &mut batch)?;
        let more = counts.cut || !part.last;
        let limited = more && matches!(self.left, Some((0, _)));
        self.read += counts.read;
        if let Some(unmapped) = &mut self.unmapped {
            if counts.cut || part.fetched.part.end.is_some() {
                unmapped.page_ends();
            }
            if let Some(names) = unmapped.names() {
                self.ledger.has_seen(names);
            }
        }
        let after = self.state_after(&part, &counts);
        let mut mapped = MappedPart::new(batch, after);
        mapped.bytes = text.len();
        mapped.read = counts.read;
        mapped.skipped = counts.skipped;
        mapped.faults = counts.faults;
        let end = part.fetched.part.end.as_ref();
        mapped.pages = u64::from(end.is_some() || counts.cut);
        // A partition's own total says nothing of the stream's.
        mapped.total = end.and_then(|end| end.total).filter(|_| part.unit.partition.is_none());
        mapped.unit_ends = end.is_some_and(|end| matches!(end.next, Next::Done(_)));
        mapped.restarted = part.restarted.is_some();
        *waiting = Some(match waiting.take() {
            Some(before) => before.and(mapped),
            None => mapped,
        });
        Ok(limited)
    }

    fn begin_page(&mut self, part: &UnitPart) {
        (self.raw, self.pass) = (0, 0);
        let unit = &part.unit;
        let passes_over = self.pager.stream().source.passes_over();
        if part.fetched.token == unit.read.page && unit.resumed && passes_over {
            self.pass = unit.read.skip;
        }
        if self.ledger.open(unit) {
            let incremental = self.pager.stream().incremental.as_ref();
            self.floor = incremental.and_then(|incremental| incremental.floor(unit.read.start.as_deref()));
            self.ceiling = incremental.and_then(|incremental| incremental.ceiling(unit.read.end.as_deref()));
            self.order = match self.ceiling {
                None => TextOrder::new(incremental, self.floor.as_ref()),
                Some(_) => TextOrder::default(),
            };
        }
    }

    /// Maps a part's records. Nothing here waits, locks or looks at a clock.
    fn map(&mut self, part: &UnitPart, text: &str, batch: &mut Batch) -> Result<PartCounts, Problem> {
        let plan = Arc::clone(&self.plan);
        let pager = self.pager.clone();
        let stream = pager.stream();
        let headers = stream.uses_headers.then(|| part.fetched.head.values());
        let scope =
            PageScope { headers: headers.as_ref(), partition: part.unit.values(), stream: Some(pager.name_value()) };
        let mut counts = PartCounts::default();
        let mut faults = Vec::new();
        for range in &part.fetched.part.records {
            if matches!(self.left, Some((0, _))) {
                counts.cut = true;
                break;
            }
            self.raw += 1;
            if self.raw <= self.pass {
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
                    if let (Some(unmapped), Some(listed)) = (&mut self.unmapped, stream.mapper.listed())
                        && unmapped.is_due()
                    {
                        unmapped.look(&stream.mapper.stepped(&plan.expressions, &scope, record), listed);
                    }
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

    /// Looks at a record's cursor value. False: the record lies outside of what is read.
    fn cursor(&mut self, record: &str, batch: &Batch) -> bool {
        let Some(incremental) = &self.pager.stream().incremental else { return true };
        let found = self.pager.stream().mapper.cursor(record, batch);
        let raw = found.unwrap_or_else(|| incremental.cursor.first(record)).unwrap_or("null");
        if self.order.is_settled(raw, self.ledger.greatest()) {
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
        let below = self.floor.as_ref().is_some_and(|floor| value.compare(floor).is_lt());
        if below || self.ceiling.as_ref().is_some_and(|ceiling| value.compare(ceiling).is_gt()) {
            return false;
        }
        self.ledger.take(value, &text);
        true
    }

    fn state_after(&mut self, part: &UnitPart, counts: &PartCounts) -> After {
        let progress = Progress { records: counts.read, raw: self.raw, cut: counts.cut };
        let plan = Arc::clone(&self.plan);
        // A token that holds a secret is of no use later, but must not lie in a database.
        self.ledger.after(part, progress, |token| match token {
            Value::String(text) => Value::String(plan.sender().redactor().text(&text)),
            other => other,
        })
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

    fn records_ceiling(&self) -> Option<Box<Problem>> {
        let most = self.plan.limits.records.filter(|_| matches!(self.left, Some((_, true))))?;
        Some(ceiling("records", &format!("{most} records")))
    }
}

impl MappedPart {
    /// Whether nothing more is put to it. Only whole small partitions go together.
    fn ends_here(&self, together: bool) -> bool {
        let records: usize = self.batches.iter().map(Batch::len).sum();
        let small = records < RECORDS_TOGETHER && self.bytes < BYTES_TOGETHER;
        !together || !self.unit_ends || !small || self.finished.is_some()
    }
}
