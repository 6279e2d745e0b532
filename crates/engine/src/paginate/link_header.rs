//! Each answer carries the URL of the next page in its `Link` header.

use super::{PageFacts, done, link, next_link};
use crate::page::Next;
use definition::model::LinkHeaderPaginate;

/// A `Link` header's target is the next request's URL.
#[derive(Debug)]
pub(crate) struct LinkHeader {
    rel: String,
}

impl LinkHeader {
    pub(super) fn new(paginate: &LinkHeaderPaginate) -> Self {
        Self { rel: paginate.rel.clone().unwrap_or_else(|| "next".to_owned()) }
    }

    pub(super) fn next(&self, facts: &PageFacts<'_>) -> Next {
        let target = facts.links.iter().find_map(|header| link::target(header, &self.rel));
        target.map_or_else(|| done("no next link"), |target| next_link(&target, facts))
    }
}
