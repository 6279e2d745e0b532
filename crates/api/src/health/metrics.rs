//! What runs counted: added to the store at a run's end, and put together again.

use crate::app::App;
use crate::contract::{ConnectionMetrics, RunMetrics, RunView, StreamMetrics};
use crate::sync;
use definition::{Problem, ProblemKind, Stage};
use engine::event::{Counts, Outcome};
use engine::http::{BOUNDS_MS, Latency};
use std::collections::BTreeMap;
use store::Metric;

/// The names of the counters, with how each is read and written.
macro_rules! counters {
    ($($name:ident),*) => {
        fn of_counts(counts: &Counts) -> Vec<(String, u64)> {
            vec![$((stringify!($name).to_owned(), counts.$name)),*]
        }

        fn into_counts(counts: &mut Counts, name: &str, value: u64) {
            match name {
                $(stringify!($name) => counts.$name = value,)*
                _ => {}
            }
        }
    };
}

counters!(read, new, updated, unchanged, deleted, skipped, faults, pages, requests, retries, bytes);

/// Adds what a run counted.
pub(crate) async fn keep(app: &App, view: &RunView) -> Result<(), Problem> {
    let mut all = Vec::new();
    let mut add = |stream: &str, name: String, value: u64| {
        if value > 0 {
            let (connection, stream) = (view.run.connection.clone(), stream.to_owned());
            all.push(Metric { connection, stream, name, value });
        }
    };
    for stream in &view.streams {
        of_counts(&stream.counts).into_iter().for_each(|(name, value)| add(&stream.stream, name, value));
        latency(&stream.latency, |name, value| add(&stream.stream, name, value));
    }
    if let Some(outcome) = view.run.outcome {
        add("", format!("runs_{}", word(outcome)), 1);
        add("", "duration_ms".to_owned(), view.duration_ms);
    }
    app.store().add_metrics(&all).await
}

/// Adds what a sync of a connection counted that is kept as no run: one with `--to`, or of some streams.
///
/// # Errors
/// Where the store refuses.
pub async fn keep_read(
    app: &App,
    connection: &str,
    ends: &[crate::headless::StreamEnd],
    duration_ms: u64,
) -> Result<(), Problem> {
    let mut all = Vec::new();
    let mut add = |stream: &str, name: String, value: u64| {
        if value > 0 {
            let (connection, stream) = (connection.to_owned(), stream.to_owned());
            all.push(Metric { connection, stream, name, value });
        }
    };
    for end in ends {
        of_counts(&end.counts).into_iter().for_each(|(name, value)| add(&end.stream, name, value));
        latency(&end.latency, |name, value| add(&end.stream, name, value));
    }
    let outcome = Outcome::of_streams(&ends.iter().map(|end| end.outcome).collect::<Vec<_>>());
    add("", format!("runs_{}", word(outcome)), 1);
    add("", "duration_ms".to_owned(), duration_ms);
    app.store().add_metrics(&all).await
}

/// The counters of a latency.
fn latency(latency: &Latency, mut add: impl FnMut(String, u64)) {
    add("latency_sum_us".to_owned(), latency.sum_us);
    for (index, value) in latency.buckets.iter().enumerate() {
        add(format!("latency_{index}"), *value);
    }
}

/// An outcome as one word.
pub(super) fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Limited => "limited",
        Outcome::Failed => "failed",
        Outcome::Partial => "partial",
        Outcome::Cancelled => "cancelled",
    }
}

/// The metrics of one connection, or of all.
pub(crate) async fn of(app: &App, connection: Option<&str>, runs: u32) -> Result<Vec<ConnectionMetrics>, Problem> {
    let connections = match connection {
        None => app.store().connections().await?,
        Some(name) => {
            let found = app.store().connection(name).await?;
            vec![found.ok_or_else(|| {
                Problem::new(
                    "unknown_connection",
                    ProblemKind::Config,
                    Stage::Open,
                    format!("There is no connection `{name}`."),
                )
                .hint("`tapwright list` shows the connections.")
            })?]
        }
    };
    let mut all = Vec::new();
    for connection in connections {
        let metrics = app.store().metrics(Some(&connection.id)).await?;
        let (runs_so_far, streams) = totals(&metrics);
        all.push(ConnectionMetrics {
            runs: runs_so_far,
            streams,
            latest: latest(app, &connection.id, runs).await?,
            health: super::brief(app, &connection.id).await?,
            connection: connection.id,
            name: connection.name,
        });
    }
    Ok(all)
}

/// Counters as numbers by stream.
fn totals(metrics: &[Metric]) -> (BTreeMap<String, u64>, Vec<StreamMetrics>) {
    let mut runs = BTreeMap::new();
    let mut streams: Vec<StreamMetrics> = Vec::new();
    for metric in metrics {
        if metric.stream.is_empty() {
            if let Some(outcome) = metric.name.strip_prefix("runs_") {
                runs.insert(outcome.to_owned(), metric.value);
            }
            continue;
        }
        if streams.last().is_none_or(|last| last.stream != metric.stream) {
            streams.push(StreamMetrics { stream: metric.stream.clone(), ..StreamMetrics::default() });
        }
        let Some(stream) = streams.last_mut() else { continue };
        match metric.name.strip_prefix("latency_") {
            Some("sum_us") => stream.latency.sum_us = metric.value,
            Some(index) => bucket(&mut stream.latency, index, metric.value),
            None => into_counts(&mut stream.counts, &metric.name, metric.value),
        }
    }
    for stream in &mut streams {
        // Count and percentiles come from the buckets.
        let mut whole = Latency::default();
        whole += &stream.latency;
        stream.latency = whole;
    }
    (runs, streams)
}

fn bucket(latency: &mut Latency, index: &str, value: u64) {
    let Some(index) = index.parse::<usize>().ok().filter(|index| *index <= BOUNDS_MS.len()) else { return };
    if latency.buckets.len() <= index {
        latency.buckets.resize(BOUNDS_MS.len() + 1, 0);
    }
    latency.buckets[index] = value;
}

async fn latest(app: &App, connection: &str, most: u32) -> Result<Vec<RunMetrics>, Problem> {
    let mut runs = Vec::new();
    for summary in sync::latest(app, Some(connection), most.min(200)).await? {
        let view = sync::view(app, &summary.id).await?;
        let streams = view.streams.into_iter().map(|stream| StreamMetrics {
            stream: stream.stream,
            counts: stream.counts,
            latency: stream.latency,
        });
        runs.push(RunMetrics {
            run: summary.id,
            started_at: summary.started_at,
            ended_at: summary.ended_at,
            outcome: summary.outcome,
            duration_ms: view.duration_ms,
            streams: streams.collect(),
        });
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::{Metric, of_counts, totals};

    #[test]
    fn counters_come_back_by_stream() {
        let metric = |stream: &str, name: &str, value| Metric {
            connection: "c".into(),
            stream: stream.into(),
            name: name.into(),
            value,
        };
        let (runs, streams) = totals(&[
            metric("", "duration_ms", 9),
            metric("", "runs_done", 2),
            metric("a", "latency_12", 1),
            metric("a", "latency_2", 3),
            metric("a", "latency_99", 3),
            metric("a", "latency_sum_us", 70),
            metric("a", "read", 5),
            metric("b", "bytes", 7),
        ]);
        assert_eq!(runs.get("done"), Some(&2));
        assert_eq!((streams[0].counts.read, streams[1].counts.bytes), (5, 7));
        assert_eq!((streams[0].latency.count, streams[0].latency.sum_us, streams[0].latency.p50_ms), (4, 70, Some(20)));
        assert_eq!(of_counts(&streams[0].counts).len(), 11, "every count is kept");
    }
}
