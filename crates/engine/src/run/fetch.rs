//! Fetching: one page after the other, the next request as soon as its token is known.

use super::RunOptions;
use super::guard::{Guard, ceiling};
use super::start::Start;
use crate::capture::CapturedPage;
use crate::event::{LogLevel, RunEvent};
use crate::http::{Answer, Tally};
use crate::page::{Next, PageRead, Pager};
use crate::plan::Plan;
use definition::Problem;
use definition::model::Limits;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;

/// Pages of a read, where the definition does not say.
const MOST_PAGES: u64 = 1_000_000;

/// A page on its way to the mapping.
#[derive(Debug)]
pub(super) struct FetchedPage {
    pub answer: Answer,
    pub read: PageRead,
    /// The token that it was asked for with.
    pub token: Value,
    /// Whether the read began anew with this page, after its saved place was refused.
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
    pub(super) async fn run(mut self, start: &Start, to_map: Sender<FetchedPage>) -> FetchEnd {
        let mut token = start.token.clone();
        let (mut pages, mut restarted, mut resumed) = (0, false, start.resumed);
        let field = self.pager.stream().field.clone();
        if let Err(problem) = self.guard.token(&token, 0, &field) {
            return FetchEnd::Failed(Box::new(problem));
        }
        loop {
            let (answer, read) = match self.page(&token).await {
                Ok(page) => page,
                Err(FetchEnd::Failed(problem)) if resumed && is_stale(&problem) => {
                    self.tell_restart(&problem);
                    (token, restarted, resumed) = (self.pager.first(), true, false);
                    self.guard = Guard::default();
                    continue;
                }
                Err(end) => return end,
            };
            resumed = false;
            pages += 1;
            if let Err(problem) = self.guard.page(&answer.body, &read.selected.records, pages, &field) {
                return FetchEnd::Failed(Box::new(problem));
            }
            self.keep(&answer, &read);
            let next = read.next.clone();
            let page = FetchedPage { answer, read, token: token.clone(), restarted: std::mem::take(&mut restarted) };
            tokio::select! {
                sent = to_map.send(page) => if sent.is_err() { return FetchEnd::Stopped },
                () = self.options.cancel.cancelled() => return FetchEnd::Cancelled,
            }
            let Next::Page(following) = next else { return FetchEnd::Done };
            if let Some(end) = self.limit(pages) {
                return end;
            }
            if let Err(problem) = self.guard.token(&following, pages, &field) {
                return FetchEnd::Failed(Box::new(problem));
            }
            token = following;
        }
    }

    /// One page: its request, its answer, and what that says. Reading it happens beside the event loop.
    async fn page(&self, token: &Value) -> Result<(Answer, PageRead), FetchEnd> {
        let failed = |problem: Problem| FetchEnd::Failed(Box::new(problem));
        let request = self.pager.request(token).map_err(failed)?;
        let deadline = self.deadline.unwrap_or_else(|| Instant::now() + std::time::Duration::from_secs(86_400 * 365));
        let answer = tokio::select! {
            answer = self.pager.send(&request) => answer.map_err(failed)?,
            () = self.options.cancel.cancelled() => return Err(FetchEnd::Cancelled),
            () = tokio::time::sleep_until(deadline) => return Err(self.out_of_time()),
        };
        let (pager, token) = (Arc::clone(&self.pager), token.clone());
        let read = tokio::task::spawn_blocking(move || {
            let read = pager.read(&token, &answer);
            (answer, read)
        });
        let (answer, read) = read.await.map_err(|_| failed(super::internal("reading a page")))?;
        Ok((answer, read.map_err(failed)?))
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

    fn keep(&self, answer: &Answer, read: &PageRead) {
        if let Some(capture) = &self.options.capture {
            capture.keep(CapturedPage {
                request: answer.request.clone(),
                response: answer.response.clone(),
                body: answer.body.clone(),
                records: read.selected.records.len() as u64,
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

/// Whether a saved place may be what the server refused.
fn is_stale(problem: &Problem) -> bool {
    matches!(problem.code.as_str(), "not_found" | "request_rejected")
}
