//! Fewer requests than the server allows: so many in a span of time, so many at once.

use definition::model::RateLimit;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Holds requests back until they may go.
#[derive(Debug)]
pub(super) struct Pace {
    at_once: Arc<Semaphore>,
    window: Option<Window>,
}

#[derive(Debug)]
struct Window {
    requests: usize,
    per: Duration,
    sent: Mutex<VecDeque<Instant>>,
}

impl Pace {
    /// A pace of `limit`, with `concurrency` requests on the way at once.
    pub(super) fn new(limit: Option<&RateLimit>, concurrency: u32) -> Self {
        let window = limit.and_then(|limit| {
            let per = limit.per.exact().ok()?;
            Some(Window { requests: limit.requests.max(1) as usize, per, sent: Mutex::default() })
        });
        Self { at_once: Arc::new(Semaphore::new(concurrency.max(1) as usize)), window }
    }

    /// Waits for a turn. The permit is held while the request is on its way.
    pub(super) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        let permit = Arc::clone(&self.at_once).acquire_owned().await.ok();
        if let Some(window) = &self.window {
            window.wait().await;
        }
        permit
    }
}

impl Window {
    async fn wait(&self) {
        // The lock is held while waiting: turns are given in order.
        let mut sent = self.sent.lock().await;
        if sent.len() >= self.requests
            && let Some(oldest) = sent.pop_front()
        {
            tokio::time::sleep_until(oldest + self.per).await;
        }
        sent.push_back(Instant::now());
    }
}
