//! Fetching: several units at once, given on in their order.

use super::RunOptions;
use super::guard::ceiling;
use super::pages::{FetchedPart, Pages};
use super::start::Start;
use super::units::{Begin, Unit, Units};
use crate::capture::{Capture, CapturedPage};
use crate::event::{LogLevel, RunEvent};
use crate::http::Tally;
use crate::page::{Next, PageEnd, PagePart, Pager};
use crate::partition::Walk;
use crate::plan::Plan;
use bytes::Bytes;
use definition::Problem;
use definition::model::Limits;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

/// Pages of a read, where the definition does not say.
const MOST_PAGES: u64 = 1_000_000;
/// Ceilings of fewer pages than this are kept to the page: nothing is fetched ahead.
const FEW_PAGES: u64 = 1_000;
/// The most units that are read at once.
const MOST_UNITS: usize = 32;
/// Bytes of pages that wait for the mapping.
const WAITING_BYTES: usize = 8 * 1024 * 1024;

/// What goes to the mapping.
#[derive(Debug)]
pub(super) enum Fetched {
    /// A part of a page of a unit.
    Part(Box<UnitPart>),
    /// There was nothing to read, and so nothing to end the read with.
    Nothing,
}

/// A part of a page, and whose it is.
#[derive(Debug)]
pub(super) struct UnitPart {
    pub fetched: FetchedPart,
    pub unit: Arc<Unit>,
    /// Whether the read ends with it.
    pub last: bool,
    /// Whether the read of all began anew with it, after a saved place was refused.
    pub restarted: Option<Arc<Begin>>,
    /// Room among the pages that wait; free again when the part was mapped.
    pub _room: Option<OwnedSemaphorePermit>,
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
    /// The server does not know a saved place any more.
    Stale(Box<Problem>),
}

/// Fetches a stream's pages.
pub(super) struct Fetcher {
    pager: Pager,
    limits: Limits,
    deadline: Instant,
    options: RunOptions,
    tally: Arc<Tally>,
    /// Units at once.
    width: usize,
    /// Pages ahead within a unit.
    ahead: usize,
    pages: u64,
    /// Bytes of the pages so far.
    bytes: u64,
    room: Arc<Semaphore>,
}

/// A unit that is being read.
struct Running {
    unit: Arc<Unit>,
    parts: Parts,
    /// Whether it gave a part.
    begun: bool,
}

/// How a unit's parts come.
enum Parts {
    /// By a task that reads ahead of its turn.
    Task { parts: Receiver<Result<FetchedPart, Problem>>, _task: AbortOnDropHandle<()> },
    /// Each when it is asked for, so that no request is sent that a limit may make useless.
    Direct(Box<Pages>),
}

/// What happens next.
enum Step {
    Unit(Result<Option<Unit>, Problem>),
    Part(Option<Result<FetchedPart, Problem>>),
    End(FetchEnd),
}

impl Fetcher {
    pub(super) fn new(pager: Pager, plan: &Plan, options: &RunOptions, tally: Arc<Tally>) -> Self {
        let limits = plan.limits.clone();
        let time = limits.time.as_ref().and_then(|time| time.exact().ok());
        let deadline = Instant::now() + time.unwrap_or(Duration::from_secs(86_400 * 365));
        let careful = options.limits != super::ReadLimits::default()
            || limits.pages.is_some_and(|most| most < FEW_PAGES)
            || limits.records.is_some();
        let at_once = plan.concurrency.max(1) as usize;
        let (width, ahead) = if careful { (1, 0) } else { ((2 * at_once).min(MOST_UNITS), at_once - 1) };
        let room = Arc::new(Semaphore::new(WAITING_BYTES));
        Self { pager, limits, deadline, options: options.clone(), tally, width, ahead, pages: 0, bytes: 0, room }
    }

    /// Pages that are fetched ahead within a unit.
    pub(super) fn ahead(&self) -> usize {
        self.ahead
    }

    /// Fetches until the end, a limit, an error, or until nobody takes the pages any more.
    pub(super) async fn run(mut self, start: &Start, walk: Option<Walk>, to_map: Sender<Fetched>) -> FetchEnd {
        let first = self.read(Arc::clone(&start.begin), walk.clone(), None, &to_map).await;
        let FetchEnd::Stale(problem) = first else { return first };
        self.tell_restart(&problem);
        let anew = Arc::new(start.anew());
        match self.read(Arc::clone(&anew), walk, Some(anew), &to_map).await {
            FetchEnd::Stale(problem) => FetchEnd::Failed(problem),
            end => end,
        }
    }

    async fn read(
        &mut self,
        begin: Arc<Begin>,
        walk: Option<Walk>,
        mut restarted: Option<Arc<Begin>>,
        to_map: &Sender<Fetched>,
    ) -> FetchEnd {
        let mut units = Units::new(self.pager.clone(), begin, walk);
        let mut open: VecDeque<Running> = VecDeque::new();
        // Whether all units are known, and why no more can be.
        let mut known: Option<Option<Problem>> = None;
        // The last part of the last unit known: whether more follow is not known yet.
        let mut held: Option<(FetchedPart, Arc<Unit>)> = None;
        let mut any = false;
        loop {
            if let Some((part, unit)) = held.take_if(|_| known.is_some() || !open.is_empty()) {
                let last = open.is_empty() && matches!(known, Some(None));
                if let Err(end) = self.give(part, unit, last, restarted.take(), to_map).await {
                    return end;
                }
            }
            if known.is_some() && open.is_empty() {
                break;
            }
            let step = tokio::select! {
                biased;
                () = self.options.cancel.cancelled() => Step::End(FetchEnd::Cancelled),
                () = tokio::time::sleep_until(self.deadline) => Step::End(self.out_of_time()),
                unit = units.next(), if known.is_none() && open.len() < self.width => Step::Unit(unit),
                part = next_part(&mut open), if !open.is_empty() => Step::Part(part),
            };
            match step {
                Step::Unit(Ok(Some(unit))) => open.push_back(self.start(unit)),
                Step::Unit(Ok(None)) => known = Some(None),
                Step::Unit(Err(problem)) => known = Some(Some(problem)),
                Step::Part(Some(Ok(part))) => {
                    any = true;
                    let Some(running) = open.front_mut() else { continue };
                    running.begun = true;
                    let unit = Arc::clone(&running.unit);
                    if part.part.end.as_ref().is_some_and(|end| matches!(end.next, Next::Done(_))) {
                        open.pop_front();
                        held = Some((part, unit));
                    } else if let Err(end) = self.give(part, unit, false, restarted.take(), to_map).await {
                        return end;
                    }
                }
                Step::Part(Some(Err(problem))) => return self.failed(problem, open.front()),
                Step::Part(None) => return failed(super::internal("reading a part")),
                Step::End(end) => return end,
            }
        }
        match known.flatten() {
            Some(problem) => failed(problem),
            None if any => FetchEnd::Done,
            None => {
                if to_map.send(Fetched::Nothing).await.is_ok() {
                    FetchEnd::Done
                } else {
                    FetchEnd::Stopped
                }
            }
        }
    }

    /// Begins to read a unit.
    fn start(&self, unit: Unit) -> Running {
        let unit = Arc::new(unit);
        let mut pages = Pages::new(self.pager.of(&unit), &unit, self.ahead);
        if self.width == 1 {
            return Running { unit, parts: Parts::Direct(Box::new(pages)), begun: false };
        }
        let (out, parts) = channel(1);
        let task = tokio::spawn(async move {
            loop {
                let next = pages.next().await.transpose();
                let Some(next) = next else { return };
                let failed = next.is_err();
                // Nobody takes it where the run has ended.
                if out.send(next).await.is_err() || failed {
                    return;
                }
            }
        });
        Running { unit, parts: Parts::Task { parts, _task: AbortOnDropHandle::new(task) }, begun: false }
    }

    /// Gives a part on, when there is room for it.
    async fn give(
        &mut self,
        fetched: FetchedPart,
        unit: Arc<Unit>,
        last: bool,
        restarted: Option<Arc<Begin>>,
        to_map: &Sender<Fetched>,
    ) -> Result<(), FetchEnd> {
        let page_ends = fetched.part.end.is_some();
        self.bytes += fetched.part.body.len() as u64;
        self.keep(&fetched, &unit);
        let room = fetched.part.body.len().clamp(1, WAITING_BYTES) as u32;
        let given = async {
            let room = Arc::clone(&self.room).acquire_many_owned(room).await.ok();
            to_map.send(Fetched::Part(Box::new(UnitPart { fetched, unit, last, restarted, _room: room }))).await.is_ok()
        };
        tokio::select! {
            given = given => if !given { return Err(FetchEnd::Stopped) },
            () = self.options.cancel.cancelled() => return Err(FetchEnd::Cancelled),
        }
        self.pages += u64::from(page_ends);
        match self.limit() {
            Some(end) if page_ends && !last => Err(end),
            _ => Ok(()),
        }
    }

    /// Why a unit failed: a saved place may be what the server refused.
    fn failed(&self, problem: Problem, running: Option<&Running>) -> FetchEnd {
        let resumed = running.is_some_and(|running| running.unit.resumed && !running.begun);
        let stale = matches!(problem.code.as_str(), "not_found" | "request_rejected" | "job_failed");
        if resumed && stale { FetchEnd::Stale(Box::new(problem)) } else { failed(problem) }
    }

    /// Whether a limit ends the read here, though there are more pages.
    fn limit(&self) -> Option<FetchEnd> {
        let limits = self.options.limits;
        if limits.pages.is_some_and(|most| self.pages >= most) || limits.bytes.is_some_and(|most| self.bytes >= most) {
            return Some(FetchEnd::Limited(None));
        }
        let most = self.limits.pages.unwrap_or(MOST_PAGES);
        if self.pages >= most {
            return Some(FetchEnd::Limited(Some(ceiling("pages", &format!("{most} pages")))));
        }
        let bytes = self.tally.bytes.load(Ordering::Relaxed);
        if let Some(most) = self.limits.total_bytes.filter(|most| bytes >= *most) {
            return Some(FetchEnd::Limited(Some(ceiling("total_bytes", &format!("{most} bytes")))));
        }
        (Instant::now() >= self.deadline).then(|| self.out_of_time())
    }

    fn out_of_time(&self) -> FetchEnd {
        let most = self.limits.time.as_ref().map(|time| time.0.clone()).unwrap_or_default();
        FetchEnd::Limited(Some(ceiling("time", &most)))
    }

    /// Keeps a preview's page.
    fn keep(&self, fetched: &FetchedPart, unit: &Unit) {
        if let Some(capture) = &self.options.capture {
            capture.part(fetched, unit);
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

impl Capture {
    /// Keeps a part: a page's parts become one text.
    fn part(&self, fetched: &FetchedPart, unit: &Unit) {
        let (part, head) = (&fetched.part, &fetched.head);
        if fetched.first {
            self.keep(CapturedPage {
                request: head.request.clone(),
                response: Default::default(),
                body: Bytes::new(),
                records: 0,
                partition: unit.values().cloned(),
            });
        }
        self.with_last(|page| {
            page.take(part);
            if let Some(PageEnd { response, .. }) = &part.end {
                page.response = response.clone();
            }
        });
    }
}

impl CapturedPage {
    fn take(&mut self, part: &PagePart) {
        self.records += part.records.len() as u64;
        self.body = match self.body.is_empty() {
            true => part.body.clone(),
            false => [&self.body[..], b"\n", &part.body[..]].concat().into(),
        };
    }
}

/// The next part of the unit whose turn it is. Where it comes directly, this must be waited for to its end.
async fn next_part(open: &mut VecDeque<Running>) -> Option<Result<FetchedPart, Problem>> {
    match &mut open.front_mut()?.parts {
        Parts::Task { parts, .. } => parts.recv().await,
        Parts::Direct(pages) => pages.next().await.transpose(),
    }
}

fn failed(problem: Problem) -> FetchEnd {
    FetchEnd::Failed(Box::new(problem))
}
