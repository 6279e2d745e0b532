//! What is read by itself: one span of one partition. Found one after the other, begun or gone on with.

use crate::expr::Scope;
use crate::page::{Interval, Pager};
use crate::partition::{Found, Partition, Walk};
use crate::plan::{CursorValue, Windows};
use crate::state::{OpenRead, PartitionState};
use definition::Problem;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use std::iter::Peekable;
use std::sync::Arc;

/// What a read begins with: the state of the reads before it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Begin {
    /// When the read began.
    pub now: Timestamp,
    /// The read that goes on, or a new one.
    pub read: OpenRead,
    /// Whether a read goes on.
    pub resumed: bool,
    /// Where a stream that is read as one stood.
    pub cursor: Option<String>,
    /// Where the partitions stood.
    pub partitions: HashMap<String, PartitionState>,
}

/// One span of one partition.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// The partition; none for a stream that is read as one.
    pub partition: Option<Arc<Partition>>,
    /// The partition's read as this span begins or goes on with it.
    pub read: OpenRead,
    /// The span that is asked for.
    pub interval: Interval,
    /// Where the next span of the partition starts. None: this is its last.
    pub following: Option<String>,
    /// Whether the partition's read begins, or goes on, with it.
    pub opens: bool,
    /// Whether it goes on with pages of a read that was cut off.
    pub resumed: bool,
}

/// A stream's units, one after the other.
#[derive(Debug)]
pub(crate) struct Units {
    pager: Pager,
    begin: Arc<Begin>,
    source: Source,
    spans: Option<Spans>,
}

#[derive(Debug)]
enum Source {
    Whole { taken: bool },
    Parts(Found<Partition>),
}

#[derive(Debug)]
struct Spans {
    partition: Option<Arc<Partition>>,
    read: OpenRead,
    /// A stream that reads everything has one span without ends.
    windows: Option<Peekable<Windows>>,
    opens: bool,
    resumed: bool,
}

impl Begin {
    /// A new read.
    pub(crate) fn at(now: Timestamp) -> Self {
        let read = OpenRead { began: now.to_string(), ..OpenRead::default() };
        Self { now, read, ..Self::default() }
    }
}

impl Unit {
    /// The partition's values, as expressions see them.
    pub(crate) fn values(&self) -> Option<&Value> {
        self.partition.as_ref().map(|partition| &partition.values)
    }
}

impl Units {
    /// Of a stream, by its partitions where it has some.
    pub(crate) fn new(pager: Pager, begin: Arc<Begin>, walk: Option<Walk>) -> Self {
        let source = walk.map_or(Source::Whole { taken: false }, |walk| Source::Parts(walk.start()));
        Self { pager, begin, source, spans: None }
    }

    /// The next one. Nothing is lost where this is not waited for to the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Unit>, Problem> {
        loop {
            if let Some(spans) = &mut self.spans {
                if let Some(unit) = spans.take(&self.pager) {
                    return Ok(Some(unit));
                }
                self.spans = None;
            }
            let partition = match &mut self.source {
                Source::Whole { taken } if *taken => return Ok(None),
                Source::Whole { taken } => {
                    *taken = true;
                    None
                }
                Source::Parts(found) => match found.next().await? {
                    Some(partition) => Some(partition),
                    None => return Ok(None),
                },
            };
            self.spans = self.open(partition)?;
        }
    }

    /// Begins a partition, or goes on with it. Nothing: it was read already.
    fn open(&self, partition: Option<Partition>) -> Result<Option<Spans>, Problem> {
        let Some(partition) = partition else {
            let read =
                if self.begin.resumed { self.begin.read.clone() } else { self.anew(self.begin.cursor.clone(), None)? };
            return self.spans(None, read, self.begin.resumed).map(Some);
        };
        let known = self.begin.partitions.get(&partition.key);
        if known.is_some_and(|known| self.is_read(known, &partition)) {
            return Ok(None);
        }
        // A file that changed since is another.
        let fits = |known: &&PartitionState| partition.part.is_none() || known.version == partition.version;
        let open = known.filter(fits).and_then(|known| known.read.clone());
        if let Some(read) = open.filter(|read| self.begin.resumed && read.began == self.begin.read.began) {
            return self.spans(Some(partition), read, true).map(Some);
        }
        let cursor = known.filter(|known| self.counts(known)).and_then(|known| known.cursor.clone());
        let mut read = self.anew(cursor, Some(&partition.values))?;
        read.whole |= partition.part.as_ref().is_some_and(|part| part.replaces);
        self.spans(Some(partition), read, false).map(Some)
    }

    /// Whether what is known of a partition counts: a read of everything leaves aside what was there before it.
    fn counts(&self, known: &PartitionState) -> bool {
        let began = |known: &PartitionState| known.read.as_ref().map(|read| read.began.clone());
        let own = Some(&self.begin.read.began);
        !self.begin.read.full || known.done.as_ref() == own || began(known).as_ref() == own
    }

    /// Whether a partition was read whole: in the read that goes on, or before and its parent did not change since.
    fn is_read(&self, known: &PartitionState, partition: &Partition) -> bool {
        let Some(done) = known.done.as_ref().filter(|_| known.read.is_none()) else { return false };
        let same = known.version == partition.version;
        if self.begin.resumed && *done == self.begin.read.began {
            return same;
        }
        let Some(version) = partition.version.as_deref().filter(|_| same && self.counts(known)) else { return false };
        // A parent may change twice within what its cursor tells apart: the first time that is over, it counts.
        let read_at = done.split('#').next().and_then(|at| at.parse::<Timestamp>().ok());
        let settled = |one: &str| match one.parse::<Timestamp>() {
            Ok(at) => read_at.is_some_and(|read_at| at.as_second() < read_at.as_second()),
            Err(_) => !one.starts_with('?'),
        };
        version.lines().all(settled)
    }

    fn anew(&self, cursor: Option<String>, partition: Option<&Value>) -> Result<OpenRead, Problem> {
        let Begin { now, read, .. } = &*self.begin;
        let mut new = OpenRead { began: read.began.clone(), full: read.full, whole: read.whole, ..OpenRead::default() };
        if let Some(incremental) = &self.pager.stream().incremental {
            let expressions = self.pager.expressions();
            let scope = Scope { partition, stream: Some(self.pager.name_value()), ..Scope::default() };
            new.start = match cursor.filter(|cursor| incremental.parse(cursor).is_some()) {
                Some(cursor) => Some(cursor),
                None => incremental.start_in(expressions, &scope)?,
            };
            new.end = incremental.end_in(expressions, &scope, *now)?;
        }
        new.page = self.pager.first();
        Ok(new)
    }

    fn spans(&self, partition: Option<Partition>, read: OpenRead, resumed: bool) -> Result<Spans, Problem> {
        let end = read.end.as_deref();
        let windows = match (&self.pager.stream().incremental, read.window.as_deref()) {
            (None, _) => None,
            (Some(incremental), Some(window)) => Some(incremental.windows_from(Some(window), end)?.peekable()),
            (Some(incremental), None) => Some(incremental.windows(read.start.as_deref(), end)?.peekable()),
        };
        Ok(Spans { partition: partition.map(Arc::new), read, windows, opens: true, resumed })
    }
}

impl Spans {
    fn take(&mut self, pager: &Pager) -> Option<Unit> {
        let opens = std::mem::take(&mut self.opens);
        let (interval, following) = match &mut self.windows {
            None if !opens => return None,
            None => (Interval::default(), None),
            Some(windows) => (windows.next()?, windows.peek().and_then(|next| next.start.clone())),
        };
        let resumed = std::mem::take(&mut self.resumed);
        if !opens {
            (self.read.page, self.read.skip) = (pager.first(), 0);
            self.read.window.clone_from(&interval.start);
        }
        let (partition, read) = (self.partition.clone(), self.read.clone());
        Some(Unit { partition, read, interval, following, opens, resumed })
    }
}

/// Below which a record ends a feed that is sorted newest first.
pub(crate) fn feed_floor(pager: &Pager, unit: &Unit) -> Option<CursorValue> {
    let incremental = pager.stream().incremental.as_ref().filter(|incremental| incremental.data_feed)?;
    incremental.parse(unit.interval.start.as_deref()?)
}
