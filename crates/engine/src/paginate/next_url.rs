//! Each answer carries the URL of the next page in its body.

use super::{PageFacts, done, next_link, token_text};
use crate::json::Path;
use crate::page::Next;
use definition::Fault;
use definition::model::NextUrlPaginate;

/// A URL from the body is the next request's; its query is taken as it is.
#[derive(Debug)]
pub(crate) struct NextUrl {
    pub path: Path,
}

impl NextUrl {
    pub(super) fn compile(next: &NextUrlPaginate, path: &str) -> Result<Self, Fault> {
        let path = Path::parse(&next.next).map_err(|why| Fault::new("bad_path", format!("{path}.next"), why))?;
        Ok(Self { path })
    }

    pub(super) fn next(facts: &PageFacts<'_>) -> Next {
        token_text(facts.next.as_ref()).map_or_else(|| done("no next link"), |link| next_link(&link, facts))
    }
}
