//! Sends the difference: new rows first, then changed ones, then those that are gone. Each is written down before it
//! leaves and after its answer.

use super::diff::{Step, Steps};
use super::plan::{Doing, Pusher};
use crate::app::{lock, now};
use crate::batches::{Call, End, Line};
use crate::contract::{BatchOutcome, PushFailure, PushView};
use definition::Problem;
use engine::action::ActionAnswer;
use futures::StreamExt;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use store::{Entry, PushStep, PushedRow};
use tokio_util::sync::CancellationToken;

/// Rows that are taken from the difference at once.
const CHUNK: u32 = 200;
/// Failures that are told.
const TOLD: usize = 200;

/// A push that runs here.
#[derive(Debug)]
pub struct LivePush {
    view: Mutex<PushView>,
    changed: AtomicBool,
    pub(super) stop: CancellationToken,
}

impl LivePush {
    pub(super) fn new(view: PushView, stop: CancellationToken) -> Self {
        Self { view: Mutex::new(view), changed: AtomicBool::new(true), stop }
    }

    /// As it stands.
    pub fn view(&self) -> PushView {
        lock(&self.view).clone()
    }

    /// Stops it: what is on its way is waited for.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    pub(super) fn news(&self) -> Option<PushView> {
        self.changed.swap(false, Ordering::AcqRel).then(|| self.view())
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut PushView)) {
        change(&mut lock(&self.view));
        self.changed.store(true, Ordering::Release);
    }
}

/// What all rows share.
pub(super) struct Sending {
    pub line: Line,
    pub pusher: Arc<Pusher>,
    pub connection: Arc<str>,
    pub destination: Arc<str>,
    pub live: Arc<LivePush>,
    pub failures: AtomicU64,
    pub allowed: u64,
    pub halt: Mutex<Option<Problem>>,
}

impl Sending {
    /// Sends all steps. Gives how it ended.
    pub async fn run(&self, steps: &Mutex<Steps>, concurrency: usize) -> (BatchOutcome, Option<Problem>) {
        let result = self.all(steps, concurrency).await;
        let kept = self.line.journal.commit(Vec::new()).await;
        let problem = lock(&self.halt).take().or(result.err()).or(kept.err());
        let counts = self.live.view().counts;
        let outcome = if problem.is_some() || self.failures.load(Ordering::Relaxed) > self.allowed {
            BatchOutcome::Failed
        } else if self.live.stop.is_cancelled() {
            BatchOutcome::Cancelled
        } else if counts.failed + counts.skipped + counts.uncertain > 0 {
            BatchOutcome::Partial
        } else {
            BatchOutcome::Done
        };
        (outcome, problem)
    }

    async fn all(&self, steps: &Mutex<Steps>, concurrency: usize) -> Result<(), Problem> {
        for doing in [Doing::Create, Doing::Update, Doing::Delete] {
            let mut place = 0;
            loop {
                let some = lock(steps).after(doing, place, CHUNK)?;
                let Some(last) = some.last().filter(|_| !self.line.stop.is_cancelled()) else { break };
                place = last.place;
                futures::stream::iter(some).for_each_concurrent(concurrency, |step| self.one(step)).await;
            }
        }
        Ok(())
    }

    async fn one(&self, step: Step) {
        if self.line.stop.is_cancelled() {
            return;
        }
        let Some(action) = self.pusher.action(step.doing) else { return };
        let params = match self.pusher.params(step.doing, &step.row, step.remote.as_ref()) {
            Ok(params) => params,
            Err(faults) => return self.failed(&step, faults.join(" "), false),
        };
        let key = self.key(&step);
        let call = Call {
            action: &action.action.name,
            params: &params,
            key: &key,
            leaves: self.entry(&step, PushStep::Doing { doing: step.doing.word().to_owned(), hash: step.hash.clone() }),
            stays: self.entry(&step, PushStep::Not),
        };
        match self.line.call(call).await {
            End::Sent(answer) => self.done(&step, &answer),
            End::Failed { message, .. } => self.failed(&step, message, true),
            End::Silent(message) => {
                self.line.journal.note(self.entry(&step, PushStep::Silent { error: message.clone() }));
                self.live.change(|view| {
                    view.counts.uncertain += 1;
                    tell(view, &step, message);
                });
                self.too_many();
            }
            End::Halt(problem) => {
                lock(&self.halt).get_or_insert(problem);
                self.line.stop.cancel();
            }
            End::Stopped => {}
        }
    }

    fn done(&self, step: &Step, answer: &ActionAnswer) {
        let entry = match step.doing {
            Doing::Delete => PushStep::Gone,
            // What the API gave when the row was created stays at hand.
            Doing::Update if step.remote.is_some() => PushStep::Done { hash: step.hash.clone(), remote: None },
            _ => {
                let remote = answer.records.first().map(ToString::to_string);
                PushStep::Done { hash: step.hash.clone(), remote }
            }
        };
        self.line.journal.note(self.entry(step, entry));
        self.live.change(|view| match step.doing {
            Doing::Create => view.counts.created += 1,
            Doing::Update => view.counts.updated += 1,
            Doing::Delete => view.counts.deleted += 1,
        });
    }

    fn failed(&self, step: &Step, message: String, sent: bool) {
        if sent {
            self.line.journal.note(self.entry(step, PushStep::Failed { error: message.clone() }));
        }
        self.live.change(|view| {
            view.counts.failed += 1;
            tell(view, step, message);
        });
        self.too_many();
    }

    fn too_many(&self) {
        if self.failures.fetch_add(1, Ordering::Relaxed) >= self.allowed {
            self.line.stop.cancel();
        }
    }

    fn entry(&self, step: &Step, done: PushStep) -> Entry {
        Entry::Push(PushedRow {
            connection: Arc::clone(&self.connection),
            destination: Arc::clone(&self.destination),
            key: step.key.clone(),
            step: done,
            at: now(),
        })
    }

    /// The idempotency key of a row: the same until the server refuses it or the row changes.
    fn key(&self, step: &Step) -> String {
        let mut digest = Sha256::new();
        let (connection, destination) = (&self.connection, &self.destination);
        let what = step.doing.word();
        digest.update(format!("{connection}/{destination}/{what}/{}/{}/{}", step.key, step.hash, step.tries));
        let text = hex::encode(digest.finalize());
        format!("tapwright-{}", text.get(..32).unwrap_or(&text))
    }
}

fn tell(view: &mut PushView, step: &Step, message: String) {
    if view.failures.len() < TOLD {
        view.failures.push(PushFailure { what: step.doing.word().to_owned(), key: step.key.clone(), message });
    }
}
