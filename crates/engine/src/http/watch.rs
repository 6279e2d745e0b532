//! Who is told about what is sent, and what is counted.

use super::latency::LatencyTally;
use super::pace::Reason;
use crate::capture::{Capture, CapturedPage, Recent};
use crate::event::{EventSink, LogLevel, RunEvent};
use definition::Problem;
use futures::future::BoxFuture;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Who is told about tries: a stream's name, its events and its counts.
#[derive(Clone, Default)]
pub struct SendWatch {
    /// The stream.
    pub stream: String,
    /// Where events go.
    pub events: Option<EventSink>,
    /// Requests, repeats and bytes so far.
    pub tally: Arc<Tally>,
    /// Where requests beside the pages are kept, for a preview.
    pub capture: Option<Capture>,
    /// How often a request is sent at most, where a person waits and the definition's own number is too patient.
    pub tries: Option<u32>,
    /// Asked each time, just before a request is handed to the network.
    pub gate: Option<Gate>,
    /// Keeps the answer that came last, whatever it means.
    pub last: Option<LastAnswer>,
    /// Remembers the last requests, for an error that is met later.
    pub recent: Option<Recent>,
}

/// The request that was sent last and its answer, masked. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct LastAnswer(Arc<Mutex<Option<CapturedPage>>>);

impl LastAnswer {
    /// The answer, where one came.
    pub fn take(&self) -> Option<CapturedPage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn put_back(&self, page: CapturedPage) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    }
}

/// What must be done before a request may leave: to write down that it does. A problem keeps it from being sent.
pub type Gate = Arc<dyn Fn() -> BoxFuture<'static, Result<(), Problem>> + Send + Sync>;

impl std::fmt::Debug for SendWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendWatch").field("stream", &self.stream).finish_non_exhaustive()
    }
}

/// Counts of what was sent and received.
#[derive(Debug, Default)]
pub struct Tally {
    /// Requests sent, repeats included.
    pub requests: AtomicU64,
    /// Repeats among them.
    pub retries: AtomicU64,
    /// Bytes received, unpacked.
    pub bytes: AtomicU64,
    /// How long answers took.
    pub(crate) latency: LatencyTally,
}

impl Tally {
    /// Adds what another counted, which begins at nothing again.
    pub(crate) fn take_over(&self, other: &Self) {
        let pairs = [(&self.requests, &other.requests), (&self.retries, &other.retries), (&self.bytes, &other.bytes)];
        for (to, from) in pairs.into_iter().chain(self.latency.pairs(&other.latency)) {
            to.fetch_add(from.swap(0, Ordering::Relaxed), Ordering::Relaxed);
        }
    }
}

impl SendWatch {
    pub(super) fn tell(&self, event: RunEvent) {
        if let Some(events) = &self.events {
            events(event);
        }
    }

    /// A request waits for its turn.
    pub(super) fn paused(&self, wait: Duration, reason: Reason) {
        let reason = match reason {
            Reason::Asked => "the server asked for a pause",
            Reason::Learned => "the server takes no more requests until then",
            Reason::Ahead => "another request goes ahead",
            Reason::Configured => "http.rate_limit allows no more requests until then",
        };
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.tell(RunEvent::Paused { stream: self.stream.clone(), wait_ms, reason: reason.to_owned() });
    }

    /// A line for the log.
    pub fn log(&self, level: LogLevel, message: String) {
        self.tell(RunEvent::Log { level, stream: Some(self.stream.clone()), message });
    }
}
