//! An answer, part by part: so that a large one can be decoded and mapped as it arrives.

use super::arriving::Arriving;
use super::{Next, Pager};
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::http::{Answer, BodyRest, Opened, OutRequest, header_values, looks_like_html, shown_host, web_page};
use crate::source::Parts;
use bytes::Bytes;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of an answer that is still read whole, where it could be read in parts.
const WHOLE: usize = 2 * 1024 * 1024;
/// Bytes that are decoded at once.
pub(super) const AT_ONCE: usize = 256 * 1024;

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
#[derive(Debug, Default)]
pub(crate) struct PageHead {
    /// The request as it was sent, its secrets masked.
    pub request: RequestSnapshot,
    /// Headers, names in lower case, in order.
    pub headers: Vec<(String, String)>,
}

impl PageHead {
    /// The headers as expressions see them.
    pub(crate) fn values(&self) -> Value {
        header_values(&self.headers)
    }
}

/// An answer's head, and its parts as they arrive.
#[derive(Debug)]
pub(crate) struct PageStream {
    head: Arc<PageHead>,
    pager: Pager,
    token: Value,
    state: State,
    /// How often the page was asked for.
    attempt: u32,
    /// Whether a part was given out: then the page can't be asked for again.
    given: bool,
}

/// What was not given out yet.
#[derive(Debug)]
enum State {
    /// Nothing was looked at.
    Opened(Box<Opened>),
    /// It is decoded as it arrives.
    Arriving(Option<Box<Arriving>>, Option<BodyRest>),
    /// It is there as it is.
    Made(Box<PagePart>),
    /// A source that is not HTTP makes it.
    Source(Box<dyn Parts>),
    /// All was given out.
    Done,
}

impl Pager {
    /// Sends the request of a page (with auth, retries, pacing, host policy); the answer is read by its parts.
    pub(crate) async fn open(&self, token: &Value) -> Result<PageStream, Problem> {
        if let Some(opened) = self.stream().source.open(self, token).await {
            return opened;
        }
        if let Some(job) = &self.stream().job {
            return job.open(self, token).await;
        }
        let mut request = self.request(token)?;
        request.reads = self.stream().request.graphql().unwrap_or(true);
        self.open_request(token, &request).await
    }

    /// As `open`, by a request that was made elsewhere.
    pub(crate) async fn open_request(&self, token: &Value, request: &OutRequest) -> Result<PageStream, Problem> {
        let opened = self.send_open(request, self.whole()).await?;
        let answer = &opened.answer;
        let head = Arc::new(PageHead { request: answer.request.clone(), headers: answer.headers.clone() });
        let state = State::Opened(Box::new(opened));
        Ok(PageStream { head, pager: self.clone(), token: token.clone(), state, attempt: 1, given: false })
    }

    /// The size above which an answer is read in parts. `None`: it is always read whole.
    fn whole(&self) -> Option<usize> {
        let stream = self.stream();
        let rules = [&stream.rules, &self.plan.rules];
        let whole = rules.iter().any(|rules| rules.look_inside()) || stream.request.graphql().is_some();
        // A preview shows the answer as one document.
        (stream.decode.in_parts() && !whole && self.watch.capture.is_none()).then_some(WHOLE)
    }
}

impl PageStream {
    /// A page that was made here, of one part.
    pub(crate) fn made(pager: Pager, token: Value, head: PageHead, part: PagePart) -> Self {
        let (head, state) = (Arc::new(head), State::Made(Box::new(part)));
        Self { head, pager, token, state, attempt: 1, given: false }
    }

    /// A page that a source makes part by part.
    pub(crate) fn of_source(pager: Pager, token: Value, head: PageHead, parts: impl Parts + 'static) -> Self {
        let (head, state) = (Arc::new(head), State::Source(Box::new(parts)));
        Self { head, pager, token, state, attempt: 1, given: false }
    }

    /// What is known before the body.
    pub(crate) fn head(&self) -> Arc<PageHead> {
        Arc::clone(&self.head)
    }

    /// The next part. The last one has `end`; after it there is none. An answer that was cut off is asked for again,
    /// unless some of it was given out.
    pub(crate) async fn next(&mut self) -> Result<Option<PagePart>, Problem> {
        loop {
            match self.step().await {
                Ok(part) => {
                    self.given = true;
                    return Ok(part);
                }
                Err(problem) if self.given => return Err(problem),
                Err(problem) => self.again(problem).await?,
            }
        }
    }

    /// Asks for the page again, where that may help.
    async fn again(&mut self, problem: Problem) -> Result<(), Problem> {
        self.state = State::Done;
        if !self.pager.plan.sender.may_repeat(self.attempt, &problem, &self.pager.watch).await {
            return Err(problem);
        }
        let fresh = self.pager.open(&self.token).await?;
        (self.head, self.state) = (fresh.head, fresh.state);
        self.attempt += 1;
        Ok(())
    }

    async fn step(&mut self) -> Result<Option<PagePart>, Problem> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(None),
                State::Made(part) => return Ok(Some(*part)),
                State::Source(mut parts) => {
                    let part = parts.next().await?;
                    if part.as_ref().is_some_and(|part| part.end.is_none()) {
                        self.state = State::Source(parts);
                    }
                    return Ok(part);
                }
                State::Opened(opened) => {
                    let decode = &self.pager.stream().decode;
                    let empty = opened.answer.status == 204 && opened.raw.is_empty();
                    if opened.answer.ignored || empty || (opened.rest.is_none() && decode.plain(&opened.raw)) {
                        return whole(self.pager.clone(), self.token.clone(), opened.answer).await.map(Some);
                    }
                    let Opened { answer, raw, rest } = *opened;
                    if decode.no_web_page() && looks_like_html(&raw) {
                        return Err(self.pager.name(web_page(&raw, &shown_host(&answer.url)), &answer));
                    }
                    let work = Box::new(Arriving::new(&self.pager, &self.token, answer));
                    let work = feed(work, vec![raw], rest.is_none()).await?;
                    self.state = State::Arriving(Some(work), rest);
                }
                State::Arriving(work, mut rest) => {
                    let Some(mut work) = work else { return Err(stopped()) };
                    if let Some(part) = work.ready.pop_front() {
                        if part.end.is_none() {
                            self.state = State::Arriving(Some(work), rest);
                        }
                        return Ok(Some(part));
                    }
                    let chunks = gather(&mut rest, &mut work).await?;
                    let work = feed(work, chunks, rest.is_none()).await?;
                    self.state = State::Arriving(Some(work), rest);
                }
            }
        }
    }
}

/// A page that is there as a whole. Reading a large one happens beside the event loop.
async fn whole(pager: Pager, token: Value, answer: Answer) -> Result<PagePart, Problem> {
    if answer.body.len() <= READ_HERE {
        return read_whole(&pager, &token, answer);
    }
    let read = tokio::task::spawn_blocking(move || read_whole(&pager, &token, answer));
    read.await.unwrap_or_else(|_| Err(stopped()))
}

/// Waits for some more bytes. Where none come any more, `rest` is nothing afterwards.
async fn gather(rest: &mut Option<BodyRest>, work: &mut Arriving) -> Result<Vec<Bytes>, Problem> {
    let (mut chunks, mut bytes) = (Vec::new(), 0);
    while let Some(body) = rest
        && bytes < AT_ONCE
    {
        let next = body.next().await;
        work.so_far = Some(body.so_far());
        match next.map_err(|problem| work.name(problem))? {
            Some(chunk) => {
                bytes += chunk.len();
                chunks.push(chunk);
            }
            None => *rest = None,
        }
    }
    Ok(chunks)
}

/// Decodes some bytes beside the event loop; `last`: there are no more.
async fn feed(mut work: Box<Arriving>, chunks: Vec<Bytes>, last: bool) -> Result<Box<Arriving>, Problem> {
    let fed = tokio::task::spawn_blocking(move || {
        work.feed(&chunks, last)?;
        Ok(work)
    });
    fed.await.unwrap_or_else(|_| Err(stopped()))
}

/// A page up to this size is read where it arrives: that takes less than a millisecond, and waking a thread for it takes
/// longer than reading where the machine is busy.
const READ_HERE: usize = 512 * 1024;

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
