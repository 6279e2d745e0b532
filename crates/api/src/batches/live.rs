//! A batch as it goes: its counts, its rate, and the way to stop it.

use crate::app::{lock, now};
use crate::contract::{BatchCounts, BatchOutcome, BatchView};
use definition::Problem;
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::{Batch, RowState};
use tokio_util::sync::CancellationToken;

/// The span that a rate is told over.
const WINDOW: Duration = Duration::from_secs(5);

/// A batch that runs here.
#[derive(Debug)]
pub struct LiveBatch {
    view: Mutex<BatchView>,
    moments: Mutex<VecDeque<(Instant, u64)>>,
    begun: Instant,
    before_ms: u64,
    changed: AtomicBool,
    /// Stops it.
    pub(super) stop: CancellationToken,
}

impl LiveBatch {
    pub(super) fn new(batch: &Batch, counts: BatchCounts, stop: CancellationToken) -> Self {
        let mut view = view(batch, counts);
        view.running = true;
        view.outcome = None;
        view.ended_at = None;
        view.problem = None;
        let before_ms = view.duration_ms;
        Self {
            view: Mutex::new(view),
            moments: Mutex::default(),
            begun: Instant::now(),
            before_ms,
            changed: AtomicBool::new(true),
            stop,
        }
    }

    /// As it stands.
    pub fn view(&self) -> BatchView {
        let mut view = lock(&self.view).clone();
        if view.running {
            view.duration_ms = self.before_ms + milliseconds(self.begun.elapsed());
            view.rate = self.rate_now(view.counts.processed);
            view.remaining_ms = remaining(view.counts.left, view.rate);
        }
        view
    }

    /// Stops it: what is on its way is waited for.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// News since the last time, where there are some.
    pub(super) fn news(&self) -> Option<BatchView> {
        self.changed.swap(false, Ordering::AcqRel).then(|| self.view())
    }

    /// A row goes from one state to another.
    pub(super) fn turn(&self, from: RowState, to: RowState) {
        let mut view = lock(&self.view);
        let counts = &mut view.counts;
        if let Some(place) = place(counts, from) {
            *place = place.saturating_sub(1);
        }
        if let Some(place) = place(counts, to) {
            *place += 1;
        }
        settle(counts);
        self.changed.store(true, Ordering::Release);
    }

    /// Ends it.
    pub(super) fn end(&self, outcome: BatchOutcome, problem: Option<Problem>) {
        let mut view = lock(&self.view);
        let took = self.begun.elapsed();
        view.duration_ms = self.before_ms + milliseconds(took);
        view.running = false;
        view.rate = per_second(view.counts.processed, Duration::from_millis(view.duration_ms));
        view.remaining_ms = None;
        view.outcome = Some(outcome);
        view.problem = problem;
        view.ended_at = Some(now());
        view.success_rate = success(&view.counts);
        view.can_resume = can_resume(&view.counts);
        self.changed.store(true, Ordering::Release);
    }

    fn rate_now(&self, processed: u64) -> f64 {
        let now = Instant::now();
        let mut moments = lock(&self.moments);
        moments.push_back((now, processed));
        while moments.len() > 2 && moments.get(1).is_some_and(|(at, _)| now.duration_since(*at) >= WINDOW) {
            moments.pop_front();
        }
        let Some((from, before)) = moments.front().copied() else { return 0.0 };
        per_second(processed.saturating_sub(before), now.duration_since(from))
    }
}

fn place(counts: &mut BatchCounts, state: RowState) -> Option<&mut u64> {
    match state {
        RowState::Sent => Some(&mut counts.sent),
        RowState::Failed => Some(&mut counts.failed),
        RowState::Invalid => Some(&mut counts.skipped),
        RowState::Uncertain | RowState::Sending => Some(&mut counts.uncertain),
        RowState::Unsent => None,
    }
}

/// The counts that follow from the others.
fn settle(counts: &mut BatchCounts) {
    counts.processed = counts.sent + counts.failed + counts.skipped;
    counts.left = counts.total.saturating_sub(counts.processed + counts.uncertain);
}

/// Counts from what is known of the rows. One that a killed program left on its way is uncertain.
pub(super) fn counts(total: u64, states: &HashMap<RowState, u64>) -> BatchCounts {
    let mut counts = BatchCounts { total, ..BatchCounts::default() };
    for (state, number) in states {
        if let Some(place) = place(&mut counts, *state) {
            *place += number;
        }
    }
    settle(&mut counts);
    counts
}

/// A batch as it is kept.
pub(super) fn view(batch: &Batch, counts: BatchCounts) -> BatchView {
    let outcome = batch.outcome.as_deref().and_then(|word| serde_json::from_value(serde_json::Value::from(word)).ok());
    let duration_ms = u64::try_from(batch.duration_ms).unwrap_or_default();
    BatchView {
        id: batch.id.clone(),
        target: batch.target.clone(),
        action: batch.action.clone(),
        source: batch.source.clone(),
        started_at: batch.started_at.clone(),
        ended_at: batch.ended_at.clone(),
        outcome,
        counts,
        success_rate: success(&counts),
        duration_ms,
        rate: per_second(counts.processed, Duration::from_millis(duration_ms)),
        remaining_ms: None,
        running: false,
        can_resume: can_resume(&counts),
        problem: batch.problem.as_deref().and_then(|text| serde_json::from_str(text).ok()),
    }
}

fn can_resume(counts: &BatchCounts) -> bool {
    counts.sent < counts.total
}

#[expect(clippy::cast_precision_loss, reason = "a share for people")]
fn success(counts: &BatchCounts) -> f64 {
    let ended = counts.processed + counts.uncertain;
    if ended == 0 { 0.0 } else { counts.sent as f64 / ended as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn per_second(count: u64, over: Duration) -> f64 {
    if over.is_zero() { 0.0 } else { count as f64 / over.as_secs_f64() }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a guess for people"
)]
fn remaining(left: u64, rate: f64) -> Option<u64> {
    (rate > 0.0).then(|| (left as f64 / rate * 1000.0) as u64)
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{LiveBatch, counts};
    use crate::contract::BatchOutcome;
    use std::collections::HashMap;
    use store::{Batch, RowState};
    use tokio_util::sync::CancellationToken;

    #[test]
    fn counts_follow_the_rows() {
        let states =
            HashMap::from([(RowState::Sent, 5), (RowState::Failed, 1), (RowState::Sending, 2), (RowState::Unsent, 1)]);
        let begin = counts(20, &states);
        assert_eq!((begin.sent, begin.failed, begin.uncertain, begin.processed, begin.left), (5, 1, 2, 6, 12));
        let batch = Batch {
            id: "b".to_owned(),
            connection: None,
            target: "t".to_owned(),
            action: "a".to_owned(),
            source: "s".to_owned(),
            spec: "{}".to_owned(),
            fingerprint: String::new(),
            total: 20,
            started_at: String::new(),
            ended_at: None,
            outcome: None,
            duration_ms: 0,
            problem: None,
        };
        let live = LiveBatch::new(&batch, begin, CancellationToken::new());
        live.turn(RowState::Uncertain, RowState::Sent);
        live.turn(RowState::Failed, RowState::Sent);
        live.turn(RowState::Unsent, RowState::Invalid);
        live.end(BatchOutcome::Partial, None);
        let view = live.view();
        assert_eq!((view.counts.sent, view.counts.failed, view.counts.uncertain, view.counts.skipped), (7, 0, 1, 1));
        assert!(view.can_resume && !view.running && view.counts.left == 11);
    }
}
