//! Finds a stream's partitions, one after the other, while others are read.

use super::parent::{Parent, ParentReader};
use super::pick::{PartPick, no_such_part, plain};
use super::value::{Draft, Item, Partition};
use super::{Kind, Partitions};
use crate::expr::Scope;
use crate::http::SendWatch;
use crate::plan::{CursorValue, IncrementalPlan, Plan, StreamPlan};
use crate::run::greatest::Greatest;
use crate::source::files::{FilesRun, FilesWalk};
use definition::{Problem, ProblemKind, Stage};
use futures::future::BoxFuture;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::task::AbortOnDropHandle;

/// Partitions and parents found ahead of what is read.
const FOUND_AHEAD: usize = 64;
/// Values of a second parent that are held, to not read it again for each of the first. Beyond, it is read again.
const HELD: usize = 10_000;

/// Finds the partitions of one stream.
#[derive(Debug, Clone)]
pub(crate) struct Walk {
    pub(super) plan: Arc<Plan>,
    stream: usize,
    pub(super) watch: SendWatch,
    pub(super) now: Timestamp,
    pub(super) walked: Arc<Walked>,
    /// What stands before the parents' names in their state.
    pub(super) path: String,
    /// Pages of a parent that may be fetched ahead.
    pub(super) ahead: usize,
    /// What is known of files.
    files: FilesWalk,
    /// The one part that is wanted.
    pick: Option<Arc<PartPick>>,
}

/// What is known of the parents whose change decides: where they stood, and the greatest cursor value met.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    before: BTreeMap<String, String>,
    met: Mutex<BTreeMap<String, Greatest>>,
}

/// Why finding partitions ended early.
pub(super) enum Stop {
    Failed(Problem),
    /// Nobody takes them any more.
    Unwanted,
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

/// Partitions on their way. Stops being found when it is dropped.
#[derive(Debug)]
pub(crate) struct Found<T> {
    receiver: Receiver<Result<T, Problem>>,
    _task: AbortOnDropHandle<()>,
}

impl<T: Send + 'static> Found<T> {
    fn by<F>(work: impl FnOnce(Sender<Result<T, Problem>>) -> F) -> Self
    where
        F: Future<Output = Result<(), Stop>> + Send + 'static,
    {
        let (sender, receiver) = channel(FOUND_AHEAD);
        let (failed, work) = (sender.clone(), work(sender));
        let task = tokio::spawn(async move {
            if let Err(Stop::Failed(problem)) = work.await {
                // Nobody waits where the run has ended.
                let _ = failed.send(Err(problem)).await;
            }
        });
        Self { receiver, _task: AbortOnDropHandle::new(task) }
    }

    /// The next one. Nothing is lost where this is not waited for to the end.
    pub(crate) async fn next(&mut self) -> Result<Option<T>, Problem> {
        self.receiver.recv().await.transpose()
    }
}

impl Walk {
    /// Of the stream of a plan, with what is known of its parents. `None`: it is read as one.
    pub(crate) fn new(
        plan: Arc<Plan>,
        stream: &str,
        watch: SendWatch,
        now: Timestamp,
        walked: Arc<Walked>,
        ahead: usize,
        files: FilesWalk,
    ) -> Option<Self> {
        let stream = plan.streams.iter().position(|known| known.name == stream)?;
        let walk = Self { plan, stream, watch, now, walked, path: String::new(), ahead, files, pick: None };
        (!walk.partitions().is_empty()).then_some(walk)
    }

    /// Finds one part alone.
    pub(crate) fn only(self, pick: PartPick) -> Self {
        Self { pick: Some(Arc::new(pick)), ..self }
    }

    /// Of a parent's stream. `None`: it is read as one.
    pub(super) fn of(&self, stream: &str, path: String) -> Result<Option<Self>, Problem> {
        let index = self.plan.streams.iter().position(|known| known.name == stream);
        let stream = index.ok_or_else(|| {
            let message = format!("There is no stream `{stream}` to take partitions from.");
            Problem::new("unknown_stream", ProblemKind::Config, Stage::Plan, message)
        })?;
        let mut walk = Self { stream, path, ..self.clone() };
        // What the part inherits is wanted of the parent's own parts.
        walk.pick = self.pick.as_ref().and_then(|pick| pick.without(self.partitions().names())).map(Arc::new);
        // A parent's files have no state of their own.
        walk.files = FilesWalk { run: FilesRun::default().watched(&self.watch), ..FilesWalk::anew(&self.files) };
        Ok((!walk.partitions().is_empty()).then_some(walk))
    }

    /// Begins to find them.
    pub(crate) fn start(self) -> Found<Partition> {
        Found::by(|out| async move {
            let mut walking = Walking {
                walk: &self,
                seen: HashSet::new(),
                hash: RandomState::new(),
                held: Vec::new(),
                passed: Vec::new(),
            };
            walking.held.resize_with(self.partitions().kinds.len(), || None);
            walking.level(0, Draft::default(), &out).await?;
            match &self.pick {
                Some(pick) if walking.seen.is_empty() => {
                    Err(Stop::Failed(no_such_part(&self.stream().name, pick, &walking.passed)))
                }
                _ => Ok(()),
            }
        })
    }

    pub(super) fn uses(&self, name: &str) -> bool {
        self.partitions().used.contains(name)
    }

    /// A parent's value that is told: nothing needs to be read for it, unless something else of the parent is used.
    fn told(&self, parent: &Parent) -> Option<Item> {
        let pick = self.pick.as_deref()?;
        let value = pick.value(&parent.name)?;
        let needed = self.inherited(&parent.stream, 8);
        if parent.has_fields() || !needed.iter().all(|name| pick.names(name)) {
            return None;
        }
        let inherited = needed.into_iter().filter_map(|name| Some((name.to_owned(), pick.value(name)?))).collect();
        Some(Item { value, inherited, ..Item::default() })
    }

    /// The names of a parent's own parts, and those of its parents, that the stream uses.
    fn inherited(&self, stream: &str, deep: usize) -> Vec<&str> {
        let Some(plan) = self.plan.streams.iter().find(|known| known.name == stream) else { return Vec::new() };
        let mut names: Vec<&str> = plan.partitions.names().filter(|name| self.uses(name)).collect();
        for kind in &plan.partitions.kinds {
            if let (Kind::Parent(parent), true) = (kind, deep > 0) {
                names.extend(self.inherited(&parent.stream, deep - 1));
            }
        }
        names
    }

    fn stream(&self) -> &StreamPlan {
        &self.plan.streams[self.stream]
    }

    fn partitions(&self) -> &Partitions {
        &self.stream().partitions
    }

    fn parent(&self, kind: usize) -> Option<&Parent> {
        self.partitions()
            .kinds
            .get(kind)
            .and_then(|kind| if let Kind::Parent(parent) = kind { Some(parent) } else { None })
    }

    /// Begins to read a parent.
    fn read(&self, kind: usize) -> Found<Item> {
        let walk = self.clone();
        Found::by(move |out| -> BoxFuture<'static, _> {
            Box::pin(async move {
                let Some(parent) = walk.parent(kind) else { return Ok(()) };
                ParentReader::new(parent, &walk)?.run(&out).await
            })
        })
    }
}

/// One walk through all values of all kinds.
struct Walking<'a> {
    walk: &'a Walk,
    /// Marks of the partitions given out: one that comes again is not read twice.
    seen: HashSet<u64>,
    hash: RandomState,
    /// The values of a later parent, once they were all read.
    held: Vec<Option<Vec<Item>>>,
    /// Some values that were met and are not wanted.
    passed: Vec<String>,
}

/// Values that a problem names.
const NAMED: usize = 8;

impl Walking<'_> {
    fn level<'b>(
        &'b mut self,
        depth: usize,
        draft: Draft,
        out: &'b Sender<Result<Partition, Problem>>,
    ) -> BoxFuture<'b, Result<(), Stop>> {
        Box::pin(async move {
            let walk = self.walk;
            let Some(kind) = walk.partitions().kinds.get(depth) else { return self.give(draft, out).await };
            let name = serde_json::json!({"name": walk.stream().name});
            let values = draft.scope();
            let scope = Scope { partition: Some(&values), stream: Some(&name), ..Scope::default() };
            match kind {
                Kind::List(list) => {
                    for item in list.items(&walk.plan.expressions, &scope)? {
                        if !self.wants(&list.name, &item) {
                            continue;
                        }
                        self.level(depth + 1, draft.with(&list.name, item), out).await?;
                    }
                }
                Kind::Window(window) => {
                    for item in window.spans(&walk.plan.expressions, &scope, walk.now)? {
                        if !self.wants(&window.name, &item) {
                            continue;
                        }
                        self.level(depth + 1, draft.with(&window.name, item), out).await?;
                    }
                }
                Kind::Files => self.files(&draft, out).await?,
                Kind::Parent(parent) => match walk.told(parent) {
                    Some(item) => self.level(depth + 1, draft.with(&parent.name, item), out).await?,
                    None => self.parent(depth, &parent.name, &draft, out).await?,
                },
            }
            Ok(())
        })
    }

    async fn parent(
        &mut self,
        depth: usize,
        name: &str,
        draft: &Draft,
        out: &Sender<Result<Partition, Problem>>,
    ) -> Result<(), Stop> {
        if let Some(held) = self.held[depth].take() {
            for item in &held {
                if self.wants(name, item) {
                    self.level(depth + 1, draft.with(name, item.clone()), out).await?;
                }
            }
            self.held[depth] = Some(held);
            return Ok(());
        }
        let mut found = self.walk.read(depth);
        let mut held = (depth > 0).then(Vec::new);
        while let Some(item) = found.next().await? {
            if let Some(items) = &mut held {
                items.push(item.clone());
            }
            held = held.filter(|items| items.len() <= HELD);
            if self.wants(name, &item) {
                self.level(depth + 1, draft.with(name, item), out).await?;
            }
        }
        self.held[depth] = held;
        Ok(())
    }

    /// Each file that is to be read.
    async fn files(&mut self, draft: &Draft, out: &Sender<Result<Partition, Problem>>) -> Result<(), Stop> {
        let walk = self.walk;
        let Some(plan) = walk.stream().source.files() else { return Ok(()) };
        for file in plan.list(&walk.plan, &walk.files).await? {
            let Some(found) = plan.found(file, &walk.files).await? else { continue };
            if !self.wants("file", &Item { value: found.path.as_str().into(), ..Item::default() }) {
                continue;
            }
            let item = Item {
                value: found.path.into(),
                version: Some(found.version),
                shown: Some(found.shown),
                part: Some(found.part),
                ..Item::default()
            };
            self.give(draft.with("file", item), out).await?;
        }
        Ok(())
    }

    /// Whether a value is of the part that is wanted.
    fn wants(&mut self, name: &str, item: &Item) -> bool {
        let Some(pick) = &self.walk.pick else { return true };
        let wanted = pick.allows(name, &item.value);
        if !wanted && self.passed.len() < NAMED {
            self.passed.push(format!("{name}={}", plain(&item.value)));
        }
        wanted
    }

    async fn give(&mut self, draft: Draft, out: &Sender<Result<Partition, Problem>>) -> Result<(), Stop> {
        let walk = self.walk;
        let own = walk.path.is_empty();
        let pick = walk.pick.as_deref();
        if pick.is_some_and(|pick| own && !draft.fits(pick)) {
            return Ok(());
        }
        let partition = draft.finish();
        if !self.seen.insert(self.hash.hash_one(&partition.key)) {
            return Ok(());
        }
        if let (true, Some(capture)) = (own, &walk.watch.capture) {
            capture.found_part(&partition.key);
        }
        out.send(Ok(partition)).await.map_err(|_| Stop::Unwanted)?;
        // The one that is wanted was found: nothing further is asked for.
        if pick.is_some_and(|pick| walk.partitions().names().all(|name| pick.names(name))) {
            return Err(Stop::Unwanted);
        }
        Ok(())
    }
}

impl Walked {
    /// What is known from the last read.
    pub(crate) fn from(before: BTreeMap<String, String>) -> Self {
        Self { before, met: Mutex::default() }
    }

    pub(super) fn before(&self, path: &str) -> Option<String> {
        self.before.get(path).cloned()
    }

    pub(super) fn take(&self, path: &str, incremental: &IncrementalPlan, value: CursorValue, text: &str) {
        if let Ok(mut met) = self.met.lock() {
            let before = self.before.get(path).map(String::as_str);
            let greatest = met.entry(path.to_owned()).or_insert_with(|| Greatest::from_text(before, incremental));
            greatest.take(value, text);
        }
    }

    pub(super) fn end(&self, path: &str, incremental: &IncrementalPlan, end: Option<&str>) {
        if let Ok(mut met) = self.met.lock()
            && let Some(greatest) = met.get_mut(path)
        {
            *greatest = greatest.up_to(end, incremental);
        }
    }

    /// Where the parents stand after the read.
    pub(crate) fn after(&self) -> BTreeMap<String, String> {
        let mut after = self.before.clone();
        if let Ok(met) = self.met.lock() {
            after.extend(met.iter().filter_map(|(path, greatest)| Some((path.clone(), greatest.text()?))));
        }
        after
    }
}
