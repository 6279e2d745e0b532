//! Where a read starts: anew, from a cursor, or where the last one was cut off.

use super::RunOptions;
use crate::page::{Interval, Pager};
use crate::plan::{CursorValue, IncrementalPlan};
use crate::state::{OpenRead, StreamState};
use serde_json::Value;

/// Where a read starts.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// The state that stood before.
    pub state: StreamState,
    /// The first page's token.
    pub token: Value,
    /// The interval that is read.
    pub interval: Interval,
    /// The read that goes on; a new one has no pages yet.
    pub read: OpenRead,
    /// Whether it goes on from a read that was cut off.
    pub resumed: bool,
}

impl Start {
    /// Chooses from what the sink kept, or what was given.
    pub(super) fn choose(pager: &Pager, kept: Option<StreamState>, options: &RunOptions) -> Self {
        let stream = pager.stream();
        let mut state = if options.full { None } else { kept.or_else(|| options.state.clone()) }.unwrap_or_default();
        let same = state.mark == stream.mark;
        state.mark.clone_from(&stream.mark);
        if let Some(read) = state.read.clone().filter(|_| same) {
            let interval = Interval { start: read.start.clone(), end: read.end.clone() };
            return Self { state, token: read.page.clone(), interval, read, resumed: true };
        }
        state.read = None;
        let mut interval = pager.interval().clone();
        if let Some(incremental) = &stream.incremental
            && let Some(cursor) = state.cursor.clone().filter(|cursor| incremental.parse(cursor).is_some())
        {
            interval.start = Some(cursor);
        }
        let token = pager.first();
        let read = OpenRead { start: interval.start.clone(), end: interval.end.clone(), ..OpenRead::default() };
        Self { state, token, interval, read, resumed: false }
    }
}

/// The greatest cursor value seen, as it stood in its record.
#[derive(Debug, Clone, Default)]
pub(super) struct Greatest {
    best: Option<(CursorValue, String)>,
}

impl Greatest {
    /// Starts from a text.
    pub(super) fn from_text(text: Option<&str>, incremental: &IncrementalPlan) -> Self {
        let best = text.and_then(|text| Some((incremental.parse(text)?, text.to_owned())));
        Self { best }
    }

    /// Takes a value where it is greater.
    pub(super) fn take(&mut self, value: CursorValue, text: &str) {
        if self.best.as_ref().is_none_or(|(best, _)| value.compare(best).is_gt()) {
            self.best = Some((value, text.to_owned()));
        }
    }

    /// The text of the greatest, borrowed.
    pub(super) fn as_str(&self) -> Option<&str> {
        self.best.as_ref().map(|(_, text)| text.as_str())
    }

    #[cfg(test)]
    pub(super) fn of_moment(text: &str) -> Self {
        let at = text.parse().unwrap_or_default();
        Self { best: Some((CursorValue::Moment(at), text.to_owned())) }
    }

    /// The text of the greatest.
    pub(super) fn text(&self) -> Option<String> {
        self.best.as_ref().map(|(_, text)| text.clone())
    }
}
