//! A unit's pages, part by part and in order. Where the next page does not depend on the answer, several are fetched
//! ahead.

use super::ahead::{Ahead, Opened};
use super::guard::Guard;
use super::units::{Unit, feed_floor};
use crate::page::{Next, PageHead, PagePart, Pager};
use crate::plan::CursorValue;
use definition::Problem;
use serde_json::Value;
use std::sync::Arc;

/// A part of a page on its way to the mapping.
#[derive(Debug)]
pub(crate) struct FetchedPart {
    pub part: PagePart,
    pub head: Arc<PageHead>,
    /// The token that its page was asked for with.
    pub token: Value,
    /// Whether the page begins with it.
    pub first: bool,
}

/// A unit's pages.
pub(crate) struct Pages {
    pager: Pager,
    guard: Guard,
    /// The page that is read next.
    token: Value,
    open: Option<Open>,
    ahead: Ahead,
    /// Pages read.
    pages: u64,
    floor: Option<CursorValue>,
    /// Records that came, before the filter, and how many the server said last that there are.
    came: u64,
    told: Option<u64>,
    /// Whether it began with the first page: else what came before is not known.
    whole: bool,
    end: Option<Result<(), Problem>>,
}

/// The page that is being read.
struct Open {
    page: Opened,
    head: Arc<PageHead>,
    first: bool,
    /// Records so far.
    records: u64,
    /// Whether a record older than the feed's floor was met.
    old: bool,
}

impl Pages {
    /// Of a unit. Up to `ahead` pages more than the next one are fetched where they can be told.
    pub(crate) fn new(pager: Pager, unit: &Unit, ahead: usize) -> Self {
        let floor = feed_floor(&pager, unit);
        let ahead = if floor.is_some() { 0 } else { ahead };
        let (guard, token) = (Guard::default(), unit.read.page.clone());
        let (whole, ahead) = (token == pager.first(), Ahead::new(ahead));
        let (open, pages, came, told, end) = (None, 0, 0, None, None);
        let mut pages = Self { pager, guard, token, open, ahead, pages, floor, came, told, whole, end };
        let token = pages.token.clone();
        pages.check(&token);
        pages
    }

    /// The next part. Nothing comes behind the last.
    pub(crate) async fn next(&mut self) -> Result<Option<FetchedPart>, Problem> {
        if let Some(end) = self.end.take() {
            self.end = Some(Ok(()));
            return end.map(|()| None);
        }
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.open().await?,
        };
        let Some(mut part) = open.page.next().await? else { return Err(super::internal("reading a page")) };
        let may_loop = self.pager.stream().source.may_loop();
        if may_loop {
            self.guard.part(&part.body, &part.records);
        }
        open.records += part.records.len() as u64;
        open.old = open.old || self.is_old(&part);
        let fetched = |part, open: &mut Open, token: &Value| {
            let (head, first) = (Arc::clone(&open.head), std::mem::take(&mut open.first));
            FetchedPart { part, head, token: token.clone(), first }
        };
        let Some(end) = &mut part.end else {
            let fetched = fetched(part, &mut open, &self.token);
            self.open = Some(open);
            return Ok(Some(fetched));
        };
        self.pages += 1;
        if may_loop {
            self.guard.page(self.pages, &self.pager.stream().field)?;
        }
        open.page.settle();
        if open.old && matches!(end.next, Next::Page(_)) {
            end.next = crate::paginate::done("a record older than the last read");
        }
        let (next, total) = (end.next.clone(), end.total);
        self.came += open.records;
        self.told = total.or(self.told);
        if self.whole && !open.old {
            self.pager.ended_with(&next, self.came, self.told);
        }
        let fetched = fetched(part, &mut open, &self.token);
        self.turn(next, total, open.records);
        Ok(Some(fetched))
    }

    /// Opens the page of the token: fetched ahead, or now.
    async fn open(&mut self) -> Result<Open, Problem> {
        let page = match self.ahead.take(&self.token) {
            Some(page) => page.await?,
            None => Opened::now(&self.pager, &self.token).await?,
        };
        let head = page.head();
        Ok(Open { page, head, first: true, records: 0, old: false })
    }

    /// Goes on to the next page, or ends.
    fn turn(&mut self, next: Next, total: Option<u64>, records: u64) {
        let Next::Page(following) = next else {
            self.ahead.clear();
            self.end = Some(Ok(()));
            return;
        };
        self.token = following.clone();
        self.check(&following);
        if self.end.is_none() {
            self.ahead.fill(&self.pager, &following, total, records, self.pages);
        }
    }

    fn check(&mut self, token: &Value) {
        if let Err(problem) = self.guard.token(token, self.pages, &self.pager.stream().field) {
            self.ahead.clear();
            self.end = Some(Err(problem));
        }
    }

    fn is_old(&self, part: &PagePart) -> bool {
        let (Some(floor), Some(incremental)) = (&self.floor, &self.pager.stream().incremental) else { return false };
        let text = std::str::from_utf8(&part.body).unwrap_or_default();
        let old = |record: &str| {
            let raw = incremental.cursor.first(record)?;
            Some(incremental.parse(&super::plain_text(raw))?.compare(floor).is_lt())
        };
        part.records.iter().filter_map(|range| old(text.get(range.clone())?)).any(|old| old)
    }
}
