//! What a run did over time: a bounded number of points, however long it goes on. Every point tells what was done so
//! far, so that leaving out every other one loses nothing but detail.

use crate::contract::{RunPoint, RunSeries};
use engine::event::Counts;
use engine::http::Latency;
use std::collections::BTreeMap;
use std::time::Duration;

/// The most points of a series.
const MOST: usize = 300;
/// The fewest that the most may be, where there are many streams.
const FEWEST: usize = 30;
/// Points of all streams together.
const ALL: usize = 9_000;
/// The time between two points at first, in milliseconds.
const STEP: u64 = 250;

/// What was done up to a moment.
#[derive(Debug, Clone, Default)]
struct Mark {
    at_ms: u64,
    counts: Counts,
    latency: Latency,
}

/// One series.
#[derive(Debug)]
struct Line {
    most: usize,
    step: u64,
    marks: Vec<Mark>,
}

impl Line {
    fn new(most: usize) -> Self {
        Self { most, step: STEP, marks: Vec::new() }
    }

    /// Takes a point where it is time for one; `last` takes it always.
    fn take(&mut self, mark: Mark, last: bool) {
        let due = self.marks.last().is_none_or(|before| mark.at_ms >= before.at_ms + self.step);
        if !due && !last {
            return;
        }
        if self.marks.last().is_some_and(|before| before.at_ms == mark.at_ms) {
            self.marks.pop();
        }
        if self.marks.len() >= self.most {
            // The newest stays: what comes next is told by its difference to it.
            let odd = self.marks.len() % 2;
            let mut place = 0;
            self.marks.retain(|_| {
                place += 1;
                place % 2 == odd
            });
            self.step *= 2;
        }
        self.marks.push(mark);
    }

    fn series(&self, stream: &str) -> RunSeries {
        let mut before = Latency::default();
        let point = |mark: &Mark| {
            let since = mark.latency.since(&before);
            before.clone_from(&mark.latency);
            RunPoint {
                at_ms: mark.at_ms,
                read: mark.counts.read,
                bytes: mark.counts.bytes,
                requests: mark.counts.requests,
                retries: mark.counts.retries,
                p50_ms: since.p50_ms,
                p95_ms: since.p95_ms,
                p99_ms: since.p99_ms,
            }
        };
        RunSeries { stream: stream.to_owned(), step_ms: self.step, points: self.marks.iter().map(point).collect() }
    }
}

/// The series of a run: one of all streams together, and one of each stream that was begun.
#[derive(Debug)]
pub(super) struct Series {
    all: Line,
    streams: BTreeMap<String, (Line, bool)>,
    /// Whether the run is of several streams, begun or not.
    several: bool,
    most: usize,
}

/// A stream as it stands.
pub(super) struct Now<'a> {
    pub stream: &'a str,
    pub begun: bool,
    pub ended: bool,
    pub counts: Counts,
    pub latency: &'a Latency,
}

impl Series {
    pub fn new(streams: usize) -> Self {
        let most = (ALL / streams.max(1)).clamp(FEWEST, MOST);
        Self { all: Line::new(MOST), streams: BTreeMap::new(), several: streams > 1, most }
    }

    /// Takes a look at all streams. `last`: the run ended.
    pub fn look<'a>(&mut self, at: Duration, streams: impl Iterator<Item = Now<'a>>, last: bool) {
        let at_ms = u64::try_from(at.as_millis()).unwrap_or(u64::MAX);
        let mut all = Mark { at_ms, ..Mark::default() };
        for now in streams.filter(|now| now.begun) {
            all.counts += now.counts;
            all.latency += now.latency;
            let (line, ended) =
                self.streams.entry(now.stream.to_owned()).or_insert_with(|| (Line::new(self.most), false));
            if !*ended {
                *ended = now.ended;
                line.take(Mark { at_ms, counts: now.counts, latency: now.latency.clone() }, last || now.ended);
            }
        }
        self.all.take(all, last);
    }

    /// The series of a stream, or of all together.
    pub fn of(&self, stream: Option<&str>) -> RunSeries {
        match stream.filter(|name| !name.is_empty()) {
            None => self.all.series(""),
            // As it is told once the run is over.
            Some(name) if !self.several => self.all.series(name),
            Some(name) => match self.streams.get(name) {
                Some((line, _)) => line.series(name),
                None => RunSeries { stream: name.to_owned(), step_ms: STEP, points: Vec::new() },
            },
        }
    }

    /// All of them. An only stream's is the same as all together: it is told once.
    pub fn every(&self) -> Vec<RunSeries> {
        let streams = self.streams.iter().filter(|_| self.several).map(|(name, (line, _))| line.series(name));
        std::iter::once(self.all.series("")).chain(streams).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, MOST, Mark, Now, Series};
    use engine::event::Counts;
    use engine::http::Latency;
    use proptest::prelude::{Strategy, prop_assert, proptest};
    use std::time::Duration;

    fn mark(at_ms: u64, read: u64) -> Mark {
        Mark { at_ms, counts: Counts { read, ..Counts::default() }, latency: Latency::default() }
    }

    proptest! {
        #[test]
        fn a_series_is_bounded_and_tells_the_end(looks in (1_u64..5_000).prop_flat_map(|n| (n..=n, 1_u64..900))) {
            let (looks, pace) = looks;
            let mut line = Line::new(MOST);
            for look in 0..looks {
                line.take(mark(look * pace, look), false);
                prop_assert!(line.marks.len() <= MOST);
            }
            line.take(mark(looks * pace, looks), true);
            let series = line.series("s");
            prop_assert!(series.points.len() <= MOST);
            prop_assert!(series.points.windows(2).all(|two| two[0].at_ms < two[1].at_ms && two[0].read <= two[1].read));
            prop_assert!(series.points.last().is_some_and(|last| last.read == looks));
            // It still tells of the first quarter.
            prop_assert!(series.points.first().is_some_and(|first| first.at_ms <= looks * pace / 4 + 1_000));
        }
    }

    #[test]
    fn all_streams_add_up_and_an_ended_one_stands_still() {
        let mut series = Series::new(2);
        let latency = Latency::default();
        let now = |stream, read, ended| Now {
            stream,
            begun: true,
            ended,
            counts: Counts { read, ..Counts::default() },
            latency: &latency,
        };
        series.look(Duration::from_millis(0), [now("a", 1, false), now("b", 2, false)].into_iter(), false);
        series.look(Duration::from_millis(300), [now("a", 5, true), now("b", 4, false)].into_iter(), false);
        series.look(Duration::from_millis(600), [now("a", 5, true), now("b", 9, true)].into_iter(), true);
        let reads = |stream| series.of(stream).points.iter().map(|point| point.read).collect::<Vec<_>>();
        assert_eq!((reads(None), reads(Some("a")), reads(Some("b"))), (vec![3, 9, 14], vec![1, 5], vec![2, 4, 9]));
        assert_eq!(series.every().len(), 3);
        assert!(reads(Some("none")).is_empty());
        // Of two streams one was begun: its chart is kept beside that of the run.
        let mut series = Series::new(2);
        series.look(Duration::ZERO, [now("a", 1, false)].into_iter(), true);
        assert_eq!(series.every().len(), 2);
    }
}
