//! Where a read starts: anew, from a cursor, or where the last one was cut off.

use super::RunOptions;
use super::units::Begin;
use crate::page::Pager;
use crate::state::{OpenRead, StreamState};
use jiff::Timestamp;
use std::sync::Arc;

/// Where a read starts.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// The state that stood before, without its partitions.
    pub state: StreamState,
    /// What the units begin with.
    pub begin: Arc<Begin>,
}

impl Start {
    /// Chooses from what the sink kept, or what was given.
    pub(super) fn choose(pager: &Pager, kept: Option<StreamState>, options: &RunOptions, now: Timestamp) -> Self {
        let stream = pager.stream();
        // What came once is known, also where all is read anew.
        let seen = kept.as_ref().map(|kept| kept.seen.clone()).unwrap_or_default();
        let mut state = if options.full { None } else { kept.or_else(|| options.state.clone()) }.unwrap_or_default();
        state.seen = if options.full { seen } else { state.seen };
        let same = state.mark == stream.mark && stream.source.resumes();
        state.mark.clone_from(&stream.mark);
        let partitions = std::mem::take(&mut state.partitions).into_iter().collect();
        let open = state.read.take();
        let cursor = state.cursor.clone();
        if let Some(mut read) = open.clone().filter(|_| same) {
            let began = read.began.split('#').next().and_then(|began| began.parse().ok());
            if read.began.is_empty() {
                read.began = now.to_string();
            }
            state.read = open;
            let begin = Begin { now: began.unwrap_or(now), read, resumed: true, cursor, partitions };
            return Self { state, begin: Arc::new(begin) };
        }
        let began = fresh(now, open.as_ref().map(|open| open.began.as_str()));
        let whole = covers_all(pager, options);
        let read = OpenRead { began, full: options.full, whole, ..OpenRead::default() };
        let begin = Begin { now, read, resumed: false, cursor, partitions };
        Self { state, begin: Arc::new(begin) }
    }

    /// The cursor value that the read starts from, where the stream is read as one.
    pub(super) fn since(&self, pager: &Pager) -> Option<String> {
        let Some(incremental) = &pager.stream().incremental else { return None };
        if !pager.stream().partitions.is_empty() {
            return None;
        }
        if self.begin.resumed {
            return self.begin.read.start.clone();
        }
        let cursor = self.begin.cursor.clone().filter(|cursor| incremental.parse(cursor).is_some());
        cursor.or_else(|| incremental.configured_start(pager.expressions()).ok().flatten())
    }

    /// The same read from its start, in which nothing counts that this read has done so far.
    pub(super) fn anew(&self) -> Begin {
        let old = &self.begin.read;
        let began = fresh(self.begin.now, Some(&old.began));
        let read = OpenRead { began, full: old.full, whole: old.whole, ..OpenRead::default() };
        Begin { read, resumed: false, ..(*self.begin).clone() }
    }
}

/// Whether a new read meets all records there are: nothing is left out because it did not change, or is too old.
fn covers_all(pager: &Pager, options: &RunOptions) -> bool {
    let stream = pager.stream();
    if stream.partitions.is_files() {
        // What is gone is told file by file.
        return false;
    }
    match &stream.incremental {
        None => options.full || !stream.partitions.is_incremental(),
        Some(incremental) => options.full && !incremental.has_start() && !incremental.has_end(),
    }
}

/// A name for a read that no read before it has.
fn fresh(now: Timestamp, before: Option<&str>) -> String {
    let now = now.to_string();
    let number = before.filter(|before| before.split('#').next() == Some(now.as_str())).map(|before| {
        before.split_once('#').and_then(|(_, number)| number.parse::<u32>().ok()).unwrap_or(1).saturating_add(1)
    });
    number.map_or(now.clone(), |number| format!("{now}#{number}"))
}
