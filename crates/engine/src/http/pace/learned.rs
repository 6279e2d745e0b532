//! What the server's answers say about what is left.

use super::quota::Quota;
use super::{Blocked, Reason};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// The end of one and the same window is told with differences up to this: it is often rounded to whole seconds.
const SAME: Duration = Duration::from_millis(1100);

/// The server's own counts, by the name of its limit.
#[derive(Debug, Default)]
pub(super) struct Learned(BTreeMap<String, Bucket>);

#[derive(Debug)]
struct Bucket {
    /// How many may still go.
    left: u64,
    /// When the count starts anew. `None`: it has, and the next answer tells how.
    until: Option<Instant>,
}

impl Learned {
    /// Whether one more may go, with `out` on their way.
    pub(super) fn free(&mut self, now: Instant, out: u64) -> Result<(), Blocked> {
        for bucket in self.0.values_mut() {
            if bucket.until.is_some_and(|until| now >= until) {
                // One goes ahead and brings the new count.
                (bucket.left, bucket.until) = (1, None);
            }
        }
        // Where nothing is on its way, nothing will be brought: the server tells no more.
        self.0.retain(|_, bucket| bucket.left > 0 || bucket.until.is_some() || out > 0);
        let blocked = self.0.values().filter(|bucket| bucket.left == 0);
        let ends: Vec<Option<Instant>> = blocked.map(|bucket| bucket.until).collect();
        match ends.iter().flatten().max() {
            Some(until) => Err(Blocked::Until(*until, Reason::Learned)),
            None if ends.is_empty() => Ok(()),
            None => Err(Blocked::Change),
        }
    }

    pub(super) fn take(&mut self) {
        self.0.values_mut().for_each(|bucket| bucket.left = bucket.left.saturating_sub(1));
    }

    /// Takes over what an answer says. `others` are on their way, and perhaps not counted by the server yet.
    pub(super) fn learn(&mut self, quotas: Vec<Quota>, others: u64, now: Instant) {
        for quota in quotas {
            let Some(until) = now.checked_add(quota.reset) else { continue };
            let least = quota.remaining.saturating_sub(others);
            match self.0.get_mut(&quota.name) {
                Some(bucket) if bucket.until.is_some_and(|have| until <= have + SAME) => {
                    // Our own count is the better one as long as both agree: it knows what is on its way.
                    if bucket.left > quota.remaining {
                        bucket.left = least;
                    }
                }
                _ => {
                    self.0.insert(quota.name, Bucket { left: least, until: Some(until) });
                }
            }
        }
    }
}
