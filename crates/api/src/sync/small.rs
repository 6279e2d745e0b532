//! A run's view, small enough for one message to the window.

use crate::contract::RunView;

/// Bytes of JSON that a message may have.
const MOST: usize = 8_000;
/// Streams of a long list that are sent.
const STREAMS: usize = 12;

/// Leaves out what `run_get` tells as well: long details, and of many streams those where nothing happens.
pub(super) fn small(mut view: RunView) -> RunView {
    if fits(&view) {
        return view;
    }
    for problem in view.problem.iter_mut().chain(view.streams.iter_mut().filter_map(|stream| stream.problem.as_mut())) {
        problem.detail = None;
        problem.faults.clear();
    }
    for stream in &mut view.streams {
        stream.latency.buckets.clear();
        stream.partitions.clear();
    }
    if !fits(&view) {
        let busy = |stream: &crate::contract::StreamRun| stream.counts.pages > 0 || stream.problem.is_some();
        let mut left: Vec<_> = view.streams.iter().filter(|stream| busy(stream)).cloned().collect();
        let from = left.len().saturating_sub(STREAMS);
        view.streams = left.split_off(from);
    }
    if !fits(&view) {
        view.streams.iter_mut().for_each(|stream| stream.problem = None);
    }
    view
}

fn fits(view: &RunView) -> bool {
    serde_json::to_vec(view).is_ok_and(|json| json.len() < MOST)
}
