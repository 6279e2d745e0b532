//! Pages that are fetched before their turn. What turns out to lie behind the end is dropped and leaves no trace but
//! the request itself.

use crate::event::{EventSink, RunEvent};
use crate::http::{SendWatch, Tally};
use crate::page::{PageHead, PagePart, PageStream, Pager};
use definition::Problem;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio_util::task::AbortOnDropHandle;

/// The pages of one unit that are on their way before their turn.
#[derive(Debug)]
pub(super) struct Ahead {
    /// How many more than the next one.
    most: usize,
    queue: VecDeque<(Value, Coming)>,
}

/// A page on its way.
#[derive(Debug)]
pub(super) struct Coming {
    task: AbortOnDropHandle<Result<Opened, Problem>>,
    aside: Option<Arc<Aside>>,
    watch: SendWatch,
}

/// An answer, and its first part.
#[derive(Debug)]
pub(super) struct Opened {
    stream: PageStream,
    part: Option<PagePart>,
    aside: Option<(Arc<Aside>, SendWatch)>,
}

/// What happened to a request before its turn: told when somebody waits for it, counted when it came.
#[derive(Default)]
struct Aside {
    tally: Arc<Tally>,
    events: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    waiting: Vec<RunEvent>,
    /// Where events go once somebody waits for the answer.
    live: Option<EventSink>,
}

impl std::fmt::Debug for Aside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aside").finish_non_exhaustive()
    }
}

impl Ahead {
    pub(super) fn new(most: usize) -> Self {
        Self { most, queue: VecDeque::new() }
    }

    /// The page of a token, where it is on its way. Where another was expected, those that follow it are of no use.
    pub(super) fn take(&mut self, token: &Value) -> Option<impl Future<Output = Result<Opened, Problem>> + use<>> {
        let (expected, coming) = self.queue.pop_front()?;
        if expected != *token {
            self.queue.clear();
            coming.drop_counted();
            return None;
        }
        Some(coming.opened())
    }

    /// Drops what is on its way.
    pub(super) fn clear(&mut self) {
        for (_, coming) in self.queue.drain(..) {
            coming.drop_counted();
        }
    }

    /// Sends for the pages from `next` on that are sure to be there, or likely: with a known total up to it; without,
    /// as many as full pages came before.
    pub(super) fn fill(&mut self, pager: &Pager, next: &Value, total: Option<u64>, records: u64, pages: u64) {
        if self.most == 0 || pager.following(next, records).is_none() {
            return;
        }
        let most = match total {
            // As many as this page has: the page may have told its own number.
            Some(total) if total <= records => 0,
            Some(_) => self.most,
            None if pager.size().is_some() => self.most.min(usize::try_from(pages).unwrap_or(usize::MAX)),
            // Only an empty page tells the end.
            None => 0,
        };
        let fits = |token: &Value| total.is_none_or(|total| pager.before(token, records).is_none_or(|at| at < total));
        let mut token = match self.queue.back() {
            Some((last, _)) => pager.following(last, records),
            None => Some(next.clone()),
        };
        while let Some(one) = token.filter(|one| self.queue.len() <= most && fits(one)) {
            // The next one is asked for in any case.
            let coming = Coming::send(pager, &one, one != *next);
            token = pager.following(&one, records);
            self.queue.push_back((one, coming));
        }
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Coming {
    fn send(pager: &Pager, token: &Value, aside: bool) -> Self {
        let watch = pager.watch().clone();
        let aside = aside.then(|| Arc::new(Aside::default()));
        let pager = match &aside {
            Some(aside) => pager.clone().watched(aside.watch(&watch)),
            None => pager.clone(),
        };
        let token = token.clone();
        let task = tokio::spawn(async move {
            let mut opened = Opened::now(&pager, &token).await?;
            opened.part = opened.stream.next().await?;
            Ok(opened)
        });
        Self { task: AbortOnDropHandle::new(task), aside, watch }
    }

    async fn opened(self) -> Result<Opened, Problem> {
        // From now on somebody waits for it: what happens is told when it happens.
        if let Some(aside) = &self.aside {
            aside.follow(&self.watch);
        }
        let opened = self.task.await;
        if let Some(aside) = &self.aside {
            aside.count(&self.watch);
        }
        let mut opened = opened.unwrap_or_else(|_| Err(super::internal("fetching ahead")))?;
        opened.aside = self.aside.map(|aside| (aside, self.watch));
        Ok(opened)
    }

    /// Its request was sent, though nobody wants the answer.
    fn drop_counted(self) {
        if let Some(aside) = &self.aside {
            aside.count(&self.watch);
        }
    }
}

impl Opened {
    /// Sends for a page and waits for its answer's head.
    pub(super) async fn now(pager: &Pager, token: &Value) -> Result<Self, Problem> {
        Ok(Self { stream: pager.open(token).await?, part: None, aside: None })
    }

    pub(super) fn head(&self) -> Arc<PageHead> {
        self.stream.head()
    }

    pub(super) async fn next(&mut self) -> Result<Option<PagePart>, Problem> {
        match self.part.take() {
            Some(part) => Ok(Some(part)),
            None => self.stream.next().await,
        }
    }

    /// Counts what was counted aside.
    pub(super) fn settle(&self) {
        if let Some((aside, watch)) = &self.aside {
            aside.count(watch);
        }
    }
}

impl Aside {
    fn watch(self: &Arc<Self>, watch: &SendWatch) -> SendWatch {
        let keeper = Arc::clone(self);
        let keep: EventSink = Arc::new(move |event| {
            let Ok(mut held) = keeper.events.lock() else { return };
            match &held.live {
                Some(sink) => sink(event),
                None => held.waiting.push(event),
            }
        });
        SendWatch { events: watch.events.as_ref().map(|_| keep), tally: Arc::clone(&self.tally), ..watch.clone() }
    }

    /// Tells what happened so far, and from now on what happens.
    fn follow(&self, watch: &SendWatch) {
        let (Ok(mut held), Some(sink)) = (self.events.lock(), &watch.events) else { return };
        std::mem::take(&mut held.waiting).into_iter().for_each(|event| sink(event));
        held.live = Some(Arc::clone(sink));
    }

    fn count(&self, watch: &SendWatch) {
        watch.tally.take_over(&self.tally);
    }
}
