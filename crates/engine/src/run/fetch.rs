//! Fetching: one page after the other, the next request as soon as its token is known.

use super::RunOptions;
use super::guard::{Guard, ceiling};
use super::start::Start;
use crate::capture::CapturedPage;
use crate::event::{LogLevel, RunEvent};
use crate::http::Tally;
use crate::page::{Next, PageEnd, PageHead, PagePart, Pager};
use crate::plan::Plan;
use bytes::Bytes;
use definition::Problem;
use definition::model::Limits;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;

/// Pages of a read, where the definition does not say.
const MOST_PAGES: u64 = 1_000_000;

/// A part of a page on its way to the mapping.
#[derive(Debug)]
pub(super) struct FetchedPart {
    pub part: PagePart,
    pub head: Arc<PageHead>,
    /// The token that its page was asked for with.
    pub token: Value,
    /// Whether the page begins with it.
    pub first: bool,
    /// Whether the read began anew with it, after its saved place was refused.
    pub restarted: bool,
}

/// How fetching ended.
#[derive(Debug)]
pub(super) enum FetchEnd {
    /// There are no more pages.
    Done,
    /// A limit; with the problem where it is a ceiling of the definition.
    Limited(Option<Box<Problem>>),
    /// A page could not be read.
    Failed(Box<Problem>),
    /// The person stopped it.
    Cancelled,
    /// A later step stopped.
    Stopped,
}

/// Fetches a stream's pages.
pub(super) struct Fetcher {
    pager: Arc<Pager>,
    limits: Limits,
    deadline: Option<Instant>,
    options: RunOptions,
    tally: Arc<Tally>,
    guard: Guard,
}

impl Fetcher {
    pub(super) fn new(pager: Arc<Pager>, plan: &Plan, options: &RunOptions, tally: Arc<Tally>) -> Self {
        let limits = plan.limits.clone();
        let time = limits.time.as_ref().and_then(|time| time.exact().ok());
        let deadline = time.map(|time| Instant::now() + time);
        Self { pager, limits, deadline, options: options.clone(), tally, guard: Guard::default() }
    }

    /// Fetches until the end, a limit, an error, or until nobody takes the pages any more.
    pub(super) async fn run(mut self, start: &Start, to_map: Sender<FetchedPart>) -> FetchEnd {
        let mut token = start.token.clone();
        let (mut pages, mut resumed) = (0, start.resumed);
        let mut restarted = false;
        let field = self.pager.stream().field.clone();
        if let Err(problem) = self.guard.token(&token, 0, &field) {
            return failed(problem);
        }
        loop {
            let next = match self.page(&token, pages + 1, restarted, &to_map).await {
                Ok(next) => next,
                Err(FetchEnd::Failed(problem)) if resumed && is_stale(&problem) => {
                    self.tell_restart(&problem);
                    (token, restarted, resumed) = (self.pager.first(), true, false);
                    self.guard = Guard::default();
                    continue;
                }
                Err(end) => return end,
            };
            (resumed, restarted) = (false, false);
            pages += 1;
            let Next::Page(following) = next else { return FetchEnd::Done };
            if let Some(end) = self.limit(pages) {
                return end;
            }
            if let Err(problem) = self.guard.token(&following, pages, &field) {
                return failed(problem);
            }
            token = following;
        }
    }

    /// One page, part by part. Gives back what comes next.
    async fn page(
        &mut self,
        token: &Value,
        number: u64,
        mut restarted: bool,
        to_map: &Sender<FetchedPart>,
    ) -> Result<Next, FetchEnd> {
        let pager = Arc::clone(&self.pager);
        let mut stream = self.bounded(pager.open(token)).await?;
        let head = Arc::new(stream.head().clone());
        let mut captured = Captured::default();
        let mut first = true;
        while let Some(part) = self.bounded(stream.next()).await? {
            self.guard.part(&part.body, &part.records);
            if self.options.capture.is_some() {
                captured.take(&part);
            }
            let next = part.end.as_ref().map(|end| end.next.clone());
            if let Some(end) = &part.end {
                self.guard.page(number, &self.pager.stream().field).map_err(failed)?;
                self.keep(&head, end, std::mem::take(&mut captured));
            }
            let (token, head) = (token.clone(), Arc::clone(&head));
            let part = FetchedPart {
                part,
                head,
                token,
                first: std::mem::take(&mut first),
                restarted: std::mem::take(&mut restarted),
            };
            tokio::select! {
                sent = to_map.send(part) => if sent.is_err() { return Err(FetchEnd::Stopped) },
                () = self.options.cancel.cancelled() => return Err(FetchEnd::Cancelled),
            }
            if let Some(next) = next {
                return Ok(next);
            }
        }
        Err(failed(super::internal("reading a page")))
    }

    /// Waits for something, but no longer than the run may take.
    async fn bounded<T>(&self, work: impl Future<Output = Result<T, Problem>>) -> Result<T, FetchEnd> {
        let deadline = self.deadline.unwrap_or_else(|| Instant::now() + std::time::Duration::from_secs(86_400 * 365));
        tokio::select! {
            done = work => done.map_err(failed),
            () = self.options.cancel.cancelled() => Err(FetchEnd::Cancelled),
            () = tokio::time::sleep_until(deadline) => Err(self.out_of_time()),
        }
    }

    /// Whether a limit ends the read here, though there are more pages.
    fn limit(&self, pages: u64) -> Option<FetchEnd> {
        if self.options.limits.pages.is_some_and(|most| pages >= most) {
            return Some(FetchEnd::Limited(None));
        }
        let most = self.limits.pages.unwrap_or(MOST_PAGES);
        if pages >= most {
            return Some(FetchEnd::Limited(Some(ceiling("pages", &format!("{most} pages")))));
        }
        let bytes = self.tally.bytes.load(Ordering::Relaxed);
        if let Some(most) = self.limits.total_bytes.filter(|most| bytes >= *most) {
            return Some(FetchEnd::Limited(Some(ceiling("total_bytes", &format!("{most} bytes")))));
        }
        self.deadline.filter(|deadline| Instant::now() >= *deadline).map(|_| self.out_of_time())
    }

    fn out_of_time(&self) -> FetchEnd {
        let most = self.limits.time.as_ref().map(|time| time.0.clone()).unwrap_or_default();
        FetchEnd::Limited(Some(ceiling("time", &most)))
    }

    fn keep(&self, head: &PageHead, end: &PageEnd, captured: Captured) {
        if let Some(capture) = &self.options.capture {
            capture.keep(CapturedPage {
                request: head.request.clone(),
                response: end.response.clone(),
                body: captured.body,
                records: captured.records,
            });
        }
    }

    fn tell_restart(&self, problem: &Problem) {
        (self.options.events)(RunEvent::Log {
            level: LogLevel::Warn,
            stream: Some(self.pager.stream().name.clone()),
            message: format!(
                "The server no longer knows the place where the last run stopped, so the read begins anew. {}",
                problem.message
            ),
        });
    }
}

/// What a preview keeps of a page.
#[derive(Debug, Default)]
struct Captured {
    body: Bytes,
    records: u64,
}

impl Captured {
    fn take(&mut self, part: &PagePart) {
        self.records += part.records.len() as u64;
        self.body = match self.body.is_empty() {
            true => part.body.clone(),
            false => [&self.body[..], b"\n", &part.body[..]].concat().into(),
        };
    }
}

fn failed(problem: Problem) -> FetchEnd {
    FetchEnd::Failed(Box::new(problem))
}

/// Whether a saved place may be what the server refused.
fn is_stale(problem: &Problem) -> bool {
    matches!(problem.code.as_str(), "not_found" | "request_rejected")
}
