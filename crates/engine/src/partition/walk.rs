//! Finds a stream's partitions, one after the other, while others are read.

use super::parent::{Parent, ParentReader};
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
        let walk = Self { plan, stream, watch, now, walked, path: String::new(), ahead, files };
        (!walk.partitions().is_empty()).then_some(walk)
    }

    /// Of a parent's stream. `None`: it is read as one.
    pub(super) fn of(&self, stream: &str, path: String) -> Result<Option<Self>, Problem> {
        let index = self.plan.streams.iter().position(|known| known.name == stream);
        let stream = index.ok_or_else(|| {
            let message = format!("There is no stream `{stream}` to take partitions from.");
            Problem::new("unknown_stream", ProblemKind::Config, Stage::Plan, message)
        })?;
        let mut walk = Self { stream, path, ..self.clone() };
        // A parent's files have no state of their own.
        walk.files = FilesWalk { run: FilesRun::default().watched(&self.watch), ..FilesWalk::anew(&self.files) };
        Ok((!walk.partitions().is_empty()).then_some(walk))
    }

    /// Begins to find them.
    pub(crate) fn start(self) -> Found<Partition> {
        Found::by(|out| async move {
            let mut walking = Walking { walk: &self, seen: HashSet::new(), hash: RandomState::new(), held: Vec::new() };
            walking.held.resize_with(self.partitions().kinds.len(), || None);
            walking.level(0, Draft::default(), &out).await
        })
    }

    pub(super) fn uses(&self, name: &str) -> bool {
        self.partitions().used.contains(name)
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
}

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
                        self.level(depth + 1, draft.with(&list.name, item), out).await?;
                    }
                }
                Kind::Window(window) => {
                    for item in window.spans(&walk.plan.expressions, &scope, walk.now)? {
                        self.level(depth + 1, draft.with(&window.name, item), out).await?;
                    }
                }
                Kind::Files => self.files(&draft, out).await?,
                Kind::Parent(parent) => self.parent(depth, &parent.name, &draft, out).await?,
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
                self.level(depth + 1, draft.with(name, item.clone()), out).await?;
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
            self.level(depth + 1, draft.with(name, item), out).await?;
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

    async fn give(&mut self, draft: Draft, out: &Sender<Result<Partition, Problem>>) -> Result<(), Stop> {
        let partition = draft.finish();
        if !self.seen.insert(self.hash.hash_one(&partition.key)) {
            return Ok(());
        }
        out.send(Ok(partition)).await.map_err(|_| Stop::Unwanted)
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
