//! Records are counted.

use super::{PageFacts, Placed, ends_by_count};
use crate::page::Next;
use definition::model::{Inject, OffsetPaginate};
use serde_json::Value;

/// `?offset=0`, `?offset=100`. The token is the offset; it grows by the records that came.
#[derive(Debug)]
pub(crate) struct Offset {
    pub start: i64,
    inject: Inject,
    omit_first: bool,
    stop_on_short: Option<bool>,
}

impl Offset {
    pub(super) fn new(offset: &OffsetPaginate) -> Self {
        let (inject, omit_first, stop_on_short) = (offset.inject.clone(), offset.omit_first, offset.stop_on_short);
        Self { start: offset.start.unwrap_or(0), inject, omit_first, stop_on_short }
    }

    pub(super) fn place(&self, token: &Value) -> Placed<'_> {
        if self.omit_first && token.as_i64() == Some(self.start) {
            return Placed::Nothing;
        }
        Placed::At(&self.inject, token.clone())
    }

    pub(super) fn next(&self, facts: &PageFacts<'_>) -> Next {
        if let Some(end) = ends_by_count(facts, self.stop_on_short) {
            return end;
        }
        let count = i64::try_from(facts.count).unwrap_or(i64::MAX);
        Next::Page(facts.token.as_i64().unwrap_or(self.start).saturating_add(count).into())
    }
}
