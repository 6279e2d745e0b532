//! How long answers took, in buckets of fixed bounds: a request adds one number and allocates nothing.

use serde::{Deserialize, Serialize};
use std::ops::AddAssign;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use ts_rs::TS;

/// The buckets' upper bounds, in milliseconds. A last bucket takes what is slower.
pub const BOUNDS_MS: [u64; 12] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000];
const BUCKETS: usize = BOUNDS_MS.len() + 1;

/// Counts as requests are answered.
#[derive(Debug, Default)]
pub(crate) struct LatencyTally {
    buckets: [AtomicU64; BUCKETS],
    sum_us: AtomicU64,
}

impl LatencyTally {
    /// Counts an answer.
    pub(crate) fn add(&self, took: Duration) {
        let place = BOUNDS_MS.iter().position(|bound| took <= Duration::from_millis(*bound));
        self.buckets[place.unwrap_or(BUCKETS - 1)].fetch_add(1, Ordering::Relaxed);
        self.sum_us.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Every count beside the same count of another.
    pub(super) fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a AtomicU64, &'a AtomicU64)> {
        self.buckets.iter().zip(&other.buckets).chain([(&self.sum_us, &other.sum_us)])
    }

    /// As it stands.
    pub(crate) fn now(&self) -> Latency {
        let buckets = self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).collect();
        Latency::of(buckets, self.sum_us.load(Ordering::Relaxed))
    }
}

/// How long a stream's requests took until they were answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Latency {
    /// Answers.
    #[ts(type = "number")]
    pub count: u64,
    /// All their times together, in microseconds.
    #[ts(type = "number")]
    pub sum_us: u64,
    /// Answers up to 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000 and 30000 ms, and slower ones. Each answer is
    /// counted in one.
    #[ts(type = "Array<number>")]
    pub buckets: Vec<u64>,
    /// Half of the answers took up to so many milliseconds: an estimate from the buckets.
    #[ts(type = "number | null")]
    pub p50_ms: Option<u64>,
    /// 95 of 100.
    #[ts(type = "number | null")]
    pub p95_ms: Option<u64>,
    /// 99 of 100.
    #[ts(type = "number | null")]
    pub p99_ms: Option<u64>,
}

impl Latency {
    fn of(buckets: Vec<u64>, sum_us: u64) -> Self {
        let count = buckets.iter().sum();
        let at = |part| percentile(&buckets, count, part);
        Self { count, sum_us, p50_ms: at(50), p95_ms: at(95), p99_ms: at(99), buckets }
    }
}

impl Latency {
    /// What was answered since an earlier look.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        let at = |all: &[u64], index: usize| all.get(index).copied().unwrap_or(0);
        let each = |index: usize| at(&self.buckets, index).saturating_sub(at(&before.buckets, index));
        Self::of((0..BUCKETS).map(each).collect(), self.sum_us.saturating_sub(before.sum_us))
    }
}

impl AddAssign<&Self> for Latency {
    fn add_assign(&mut self, other: &Self) {
        let each = |index: usize| {
            self.buckets.get(index).copied().unwrap_or(0).saturating_add(other.buckets.get(index).copied().unwrap_or(0))
        };
        *self = Self::of((0..BUCKETS).map(each).collect(), self.sum_us.saturating_add(other.sum_us));
    }
}

/// The bound below which `part` of a hundred are, taken as spread evenly inside a bucket.
fn percentile(buckets: &[u64], count: u64, part: u64) -> Option<u64> {
    if count == 0 {
        return None;
    }
    let wanted = count.saturating_mul(part).div_ceil(100).max(1);
    let mut before = 0;
    for (index, have) in buckets.iter().enumerate() {
        if before + have >= wanted {
            let low = index.checked_sub(1).and_then(|index| BOUNDS_MS.get(index)).copied().unwrap_or(0);
            let high = BOUNDS_MS.get(index).copied().unwrap_or(low);
            return Some(low + (high - low).saturating_mul(wanted - before).div_ceil((*have).max(1)));
        }
        before += have;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{BOUNDS_MS, Latency, LatencyTally};
    use std::time::Duration;

    fn of(times: &[u64]) -> Latency {
        let tally = LatencyTally::default();
        times.iter().for_each(|ms| tally.add(Duration::from_millis(*ms)));
        tally.now()
    }

    #[test]
    fn each_answer_is_in_one_bucket_and_percentiles_lie_in_theirs() {
        let none = of(&[]);
        assert_eq!((none.count, none.p50_ms, none.p99_ms), (0, None, None));
        let mut times = vec![3; 90];
        times.extend([700; 9]);
        times.push(99_000);
        let latency = of(&times);
        assert_eq!((latency.count, latency.buckets.iter().sum::<u64>()), (100, 100));
        assert_eq!(latency.sum_us, (90 * 3 + 9 * 700 + 99_000) * 1000);
        assert!(latency.p50_ms.is_some_and(|ms| (1..=5).contains(&ms)), "{latency:?}");
        assert!(latency.p95_ms.is_some_and(|ms| (501..=1000).contains(&ms)), "{latency:?}");
        assert_eq!(latency.p99_ms, Some(1000));
        assert_eq!(of(&[99_000]).p50_ms, BOUNDS_MS.last().copied(), "what is slower is told as the last bound");
    }

    #[test]
    fn sums_are_as_if_counted_together() {
        let mut sum = of(&[1, 20, 300]);
        sum += &of(&[4, 40_000]);
        assert_eq!(sum, of(&[1, 20, 300, 4, 40_000]));
        let mut none = Latency::default();
        none += &of(&[7]);
        assert_eq!(none, of(&[7]));
    }
}
