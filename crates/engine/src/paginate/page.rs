//! Pages are counted.

use super::{PageFacts, Placed, ends_by_count};
use crate::page::Next;
use definition::model::{Inject, PagePaginate};
use serde_json::Value;

/// `?page=1`, `?page=2`. The token is the page's number.
#[derive(Debug)]
pub(crate) struct Pages {
    pub start: i64,
    inject: Inject,
    omit_first: bool,
    stop_on_short: Option<bool>,
}

impl Pages {
    pub(super) fn new(page: &PagePaginate) -> Self {
        let (inject, omit_first, stop_on_short) = (page.inject.clone(), page.omit_first, page.stop_on_short);
        Self { start: page.start.unwrap_or(1), inject, omit_first, stop_on_short }
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
        Next::Page(facts.token.as_i64().unwrap_or(self.start).saturating_add(1).into())
    }
}
