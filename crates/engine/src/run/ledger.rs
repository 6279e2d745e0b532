//! The state after each part: what a killed run goes on from, and what the next one starts from.

use super::fetch::UnitPart;
use super::greatest::Greatest;
use super::units::{Begin, Unit};
use crate::page::{Next, Pager};
use crate::partition::{Partition, Walked};
use crate::plan::{CursorValue, IncrementalPlan};
use crate::sink::Parts;
use crate::state::{OpenRead, PartitionState, StreamState};
use definition::model::Deletions;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Partitions that keep a cursor of their own. Those beyond are read from the start each time: nothing is ever lost
/// by it, and the state stays bounded.
const PARTITIONS: usize = 50_000;
/// Files of a folder whose states are kept: all that may be listed.
const FILES: usize = 500_000;

/// Keeps the state of a read.
pub(super) struct Ledger {
    pager: Pager,
    begin: Arc<Begin>,
    walked: Arc<Walked>,
    /// What stands, without its partitions.
    state: StreamState,
    /// The read of the stream.
    whole: OpenRead,
    /// The read of the partition at hand; of the stream, where it is read as one.
    own: OpenRead,
    unit: Option<Arc<Unit>>,
    greatest: Greatest,
    /// The partitions' states after the read, where they are kept.
    kept: BTreeMap<String, PartitionState>,
}

/// What a part did.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    /// Records taken.
    pub records: u64,
    /// Raw records passed of its page, those of earlier parts included.
    pub raw: u64,
    /// Whether a limit cut it off.
    pub cut: bool,
}

/// The state after a part.
#[derive(Default)]
pub(super) struct After {
    /// With the partitions that changed.
    pub state: StreamState,
    /// The state after the whole read, with all partitions, where it ends.
    pub finished: Option<StreamState>,
    /// The read's name, where it covers everything and what it does not meet is gone.
    pub mirrored: Option<Arc<str>>,
    /// Files that are read anew or end here.
    pub parts: Parts,
    /// Files that are gone, where the read ends.
    pub gone: Parts,
}

impl Ledger {
    pub(super) fn new(pager: Pager, state: StreamState, begin: Arc<Begin>, walked: Arc<Walked>) -> Self {
        let (whole, own) = (begin.read.clone(), begin.read.clone());
        let mut ledger = Self {
            pager,
            begin,
            walked,
            state,
            whole,
            own,
            unit: None,
            greatest: Greatest::default(),
            kept: BTreeMap::new(),
        };
        ledger.keep_known();
        ledger
    }

    /// The names of members that came in reads before.
    pub(super) fn seen(&self) -> &[String] {
        &self.state.seen
    }

    /// The names of members that came up to now.
    pub(super) fn has_seen(&mut self, names: Vec<String>) {
        self.state.seen = names;
    }

    /// What of the partitions' states stays whether they are met in this run or not.
    fn keep_known(&mut self) {
        let partitions = &self.pager.stream().partitions;
        if !self.keeps() {
            return;
        }
        let own = Some(&self.begin.read.began);
        let stays = |known: &&PartitionState| {
            let read = known.done.as_ref() == own || known.read.as_ref().is_some_and(|read| Some(&read.began) == own);
            read || (partitions.is_incremental() && !self.begin.read.full)
        };
        let known = self.begin.partitions.iter().filter(|(_, known)| stays(known));
        self.kept = known.map(|(key, known)| (key.clone(), known.clone())).collect();
    }

    /// Whether the next read needs to know of partitions.
    fn keeps(&self) -> bool {
        let stream = self.pager.stream();
        !stream.partitions.is_empty() && (stream.incremental.is_some() || stream.partitions.is_incremental())
    }

    /// Begins anew.
    pub(super) fn restart(&mut self, begin: Arc<Begin>) {
        (self.whole, self.begin) = (begin.read.clone(), begin);
        self.state.read = None;
        self.kept.clear();
        self.keep_known();
    }

    /// Begins a unit with its first page. False: it is the one at hand.
    pub(super) fn open(&mut self, unit: &Arc<Unit>) -> bool {
        if self.unit.as_ref().is_some_and(|open| Arc::ptr_eq(open, unit)) {
            return false;
        }
        self.unit = Some(Arc::clone(unit));
        let (pages, records) = (self.own.pages, self.own.records);
        self.own = unit.read.clone();
        if unit.opens {
            let incremental = self.pager.stream().incremental.as_ref();
            let from = |incremental| Greatest::from_text(unit.read.greatest.as_deref(), incremental);
            self.greatest = incremental.map(from).unwrap_or_default();
        } else {
            (self.own.pages, self.own.records) = (pages, records);
        }
        true
    }

    /// The greatest cursor value of the partition at hand.
    pub(super) fn greatest(&self) -> &Greatest {
        &self.greatest
    }

    /// Takes a record's cursor value.
    pub(super) fn take(&mut self, value: CursorValue, text: &str) {
        self.greatest.take(value, text);
    }

    /// The state after a part. `safe` makes a token such that it may be kept.
    pub(super) fn after(&mut self, part: &UnitPart, progress: Progress, safe: impl Fn(Value) -> Value) -> After {
        let end = part.fetched.part.end.as_ref().filter(|_| !progress.cut);
        let page_ends = u64::from(end.is_some() || progress.cut);
        for read in [&mut self.own, &mut self.whole] {
            read.pages += page_ends;
            read.records += progress.records;
        }
        self.own.greatest = self.greatest.text();
        match end.map(|end| &end.next) {
            None => (self.own.page, self.own.skip) = (safe(part.fetched.token.clone()), progress.raw),
            Some(Next::Page(token)) => (self.own.page, self.own.skip) = (safe(token.clone()), 0),
            Some(Next::Done(_)) => {
                (self.own.page, self.own.skip) = (self.pager.first(), 0);
                self.own.window.clone_from(&part.unit.following);
            }
        }
        let span_ends = end.is_some_and(|end| matches!(end.next, Next::Done(_)));
        let ends = span_ends && part.unit.following.is_none();
        let after = match &part.unit.partition {
            None => self.of_whole(&part.unit, span_ends, ends),
            Some(_) => self.of_partition(part, span_ends, ends),
        };
        let finished = part.last.then(|| self.finished(progress.cut)).flatten();
        let gone = if finished.is_some() { self.gone() } else { Parts::default() };
        After { finished, mirrored: self.mirrored(), gone, ..after }
    }

    fn mirrored(&self) -> Option<Arc<str>> {
        // Of a read that is known not to be whole nothing is taken for gone.
        let whole = self.whole.whole && self.pager.more().is_none();
        let mirrors = whole && self.pager.stream().deletions != Deletions::Keep;
        mirrors.then(|| Arc::from(self.whole.began.as_str()))
    }

    /// The state after a read without a single page.
    pub(super) fn nothing(&mut self) -> After {
        let state = StreamState { read: Some(self.whole.clone()), ..self.state.clone() };
        After {
            state,
            finished: self.finished(false),
            mirrored: self.mirrored(),
            gone: self.gone(),
            ..After::default()
        }
    }

    fn of_whole(&mut self, unit: &Unit, span_ends: bool, ends: bool) -> After {
        if span_ends {
            self.state.cursor = self.cursor(self.state.cursor.as_deref(), unit, ends);
        }
        self.state.read = (!ends).then(|| self.own.clone());
        After { state: self.state.clone(), ..After::default() }
    }

    fn of_partition(&mut self, part: &UnitPart, span_ends: bool, ends: bool) -> After {
        let mut state = StreamState { read: Some(self.whole.clone()), ..self.state.clone() };
        let Some(partition) = &part.unit.partition else { return After { state, ..After::default() } };
        let known = self.begin.partitions.get(&partition.key);
        let kept = self.kept.get(&partition.key).or(known).and_then(|known| known.cursor.clone());
        let cursor = if span_ends { self.cursor(kept.as_deref(), &part.unit, ends) } else { kept };
        let ended = ends;
        let (ends, parts) = self.of_file(partition, ends);
        let own = PartitionState {
            cursor,
            version: partition.version.clone(),
            done: ends.then(|| self.own.began.clone()),
            read: (!ended).then(|| self.own.clone()),
        };
        let most = if partition.part.is_some() { FILES } else { PARTITIONS };
        if self.keeps() && (self.kept.len() < most || self.kept.contains_key(&partition.key)) {
            self.kept.insert(partition.key.clone(), own.clone());
        }
        state.partitions.insert(partition.key.clone(), own);
        After { state, parts, ..After::default() }
    }

    /// What the sink has to know of a file. One that could not be read to its end is not read.
    fn of_file(&self, partition: &Partition, ends: bool) -> (bool, Parts) {
        let Some(file) = &partition.part else { return (ends, Parts::default()) };
        let ends = ends && !self.pager.files().has_failed(&file.file.path);
        // Without a key of its own a line has no name but its place: what stood there is replaced.
        let how = if self.pager.stream().own_key { self.pager.stream().deletions } else { Deletions::Remove };
        if !self.own.whole || how == Deletions::Keep {
            return (ends, Parts::default());
        }
        let ended = if ends { vec![file.file.path.clone()] } else { Vec::new() };
        (ends, Parts { read: self.own.began.clone(), anew: true, ended, how, ..Parts::default() })
    }

    /// Files that are gone.
    fn gone(&self) -> Parts {
        let how = self.pager.stream().deletions;
        if how == Deletions::Keep || !self.pager.stream().partitions.is_files() {
            return Parts::default();
        }
        let there = if self.whole.full { self.pager.files().there() } else { None };
        let gone = self.pager.files().gone_files().into_iter().map(|(_, path)| path).collect();
        Parts { read: self.whole.began.clone(), how, gone, there, ..Parts::default() }
    }

    /// The cursor after a span: of what was met, up to the span's end.
    fn cursor(&self, before: Option<&str>, unit: &Unit, ends: bool) -> Option<String> {
        let Some(incremental) = &self.pager.stream().incremental else { return before.map(str::to_owned) };
        let end = if ends { self.own.end.as_deref() } else { unit.interval.end.as_deref() };
        settled(before, &self.greatest, end, incremental)
    }

    /// The state after the whole read.
    fn finished(&mut self, cut: bool) -> Option<StreamState> {
        if cut {
            return None;
        }
        let files = self.pager.files();
        for (key, version) in files.touched() {
            if let Some(kept) = self.kept.get_mut(&key) {
                kept.version = Some(version);
            }
        }
        if self.pager.stream().deletions != Deletions::Keep {
            files.gone_files().iter().for_each(|(key, _)| _ = self.kept.remove(key));
        }
        let by_parent = self.pager.stream().partitions.is_incremental();
        let settle = |(key, kept): (&String, &PartitionState)| {
            let kept = PartitionState { read: None, done: kept.done.clone().filter(|_| by_parent), ..kept.clone() };
            (key.clone(), kept)
        };
        let partitions = self.kept.iter().map(settle).collect();
        Some(StreamState { read: None, partitions, parents: self.walked.after(), ..self.state.clone() })
    }
}

/// The greater of the old cursor and what was met, up to the end of what was read.
fn settled(before: Option<&str>, met: &Greatest, end: Option<&str>, incremental: &IncrementalPlan) -> Option<String> {
    Greatest::from_text(before, incremental).or(met.up_to(end, incremental)).text()
}
