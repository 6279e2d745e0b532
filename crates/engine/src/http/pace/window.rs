//! So many requests in a span of time.

use super::{Blocked, Reason};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// A limit of the definition. A request counts from when it is let go until `per` after its answer: whenever it
/// reached the server, the server never counts more than `requests` in any span of `per`.
#[derive(Debug)]
pub(super) struct Window {
    requests: usize,
    per: Duration,
    out: usize,
    done: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(requests: u32, per: Duration) -> Self {
        Self { requests: requests.max(1) as usize, per, out: 0, done: VecDeque::new() }
    }

    /// Whether one more may go.
    pub(super) fn free(&mut self, now: Instant) -> Result<(), Blocked> {
        while self.done.front().is_some_and(|at| now >= *at + self.per) {
            self.done.pop_front();
        }
        if self.out + self.done.len() < self.requests {
            return Ok(());
        }
        Err(self.done.front().map_or(Blocked::Change, |at| Blocked::Until(*at + self.per, Reason::Configured)))
    }

    pub(super) fn take(&mut self) {
        self.out += 1;
    }

    pub(super) fn done(&mut self, now: Instant) {
        self.out = self.out.saturating_sub(1);
        self.done.push_back(now);
    }
}
