//! An answer, part by part: so that a large one can be decoded and mapped as it arrives.

use super::{Next, Pager};
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::http::Answer;
use bytes::Bytes;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use std::ops::Range;

/// A part of a page: JSON text, and where the records are in it.
#[derive(Debug, Clone)]
pub(crate) struct PagePart {
    /// JSON text, UTF-8. A range of `records` is one record's text.
    pub body: Bytes,
    /// Where the records are in `body`, before the filter.
    pub records: Vec<Range<usize>>,
    /// What the page says when it has been read whole. There with its last part, which may be without records.
    pub end: Option<PageEnd>,
}

/// What is known when a page has been read whole.
#[derive(Debug, Clone)]
pub(crate) struct PageEnd {
    /// What comes next.
    pub next: Next,
    /// How many records there are in all, where the answer says so.
    pub total: Option<u64>,
    /// The answer as it came: its size and its time are known only now.
    pub response: ResponseSnapshot,
}

/// What is known of an answer before its body.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageHead {
    /// The request as it was sent, its secrets masked.
    pub request: RequestSnapshot,
    /// Headers, names in lower case, in order.
    pub headers: Vec<(String, String)>,
}

/// An answer's head, and its parts as they arrive.
#[derive(Debug)]
pub(crate) struct PageStream {
    head: PageHead,
    pager: Pager,
    token: Value,
    /// What was not given out yet.
    answer: Option<Box<Answer>>,
}

impl Pager {
    /// Sends the request of a page (with auth, retries, pacing, host policy); the answer is read by its parts.
    pub(crate) async fn open(&self, token: &Value) -> Result<PageStream, Problem> {
        let mut answer = self.send(&self.request(token)?).await?;
        let head = PageHead { request: answer.request.clone(), headers: std::mem::take(&mut answer.headers) };
        answer.headers.clone_from(&head.headers);
        Ok(PageStream { head, pager: self.clone(), token: token.clone(), answer: Some(Box::new(answer)) })
    }
}

impl PageStream {
    /// What is known before the body.
    pub(crate) fn head(&self) -> &PageHead {
        &self.head
    }

    /// The next part. The last one has `end`; after it there is none.
    pub(crate) async fn next(&mut self) -> Result<Option<PagePart>, Problem> {
        let Some(answer) = self.answer.take() else { return Ok(None) };
        if answer.body.len() <= AT_ONCE {
            return read_whole(&self.pager, &self.token, *answer).map(Some);
        }
        let (pager, token) = (self.pager.clone(), self.token.clone());
        // Reading a large page happens beside the event loop.
        let read = tokio::task::spawn_blocking(move || read_whole(&pager, &token, *answer));
        read.await.unwrap_or_else(|_| Err(stopped())).map(Some)
    }
}

/// A page up to this size is read where it arrives: that takes less than a millisecond, and waking a thread for it takes
/// longer than reading where the machine is busy.
const AT_ONCE: usize = 512 * 1024;

/// Reads a whole answer as the one part of its page.
fn read_whole(pager: &Pager, token: &Value, answer: Answer) -> Result<PagePart, Problem> {
    let read = pager.read(token, &answer)?;
    let end = PageEnd { next: read.next, total: read.total, response: answer.response };
    Ok(PagePart { body: answer.body, records: read.selected.records, end: Some(end) })
}

fn stopped() -> Problem {
    let message = "The program stopped reading a page unexpectedly. What was written before is kept.";
    Problem::new("internal", ProblemKind::Internal, Stage::Decode, message).hint("Please report it with the run's log.")
}
