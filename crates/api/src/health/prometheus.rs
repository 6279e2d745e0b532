//! Metrics as Prometheus reads them: the text format, version 0.0.4.

use crate::contract::ConnectionMetrics;
use engine::event::Outcome;
use engine::health::HealthState;
use engine::http::BOUNDS_MS;
use jiff::Timestamp;
use std::fmt::Write;

/// The media type of the text.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A family of numbers and how each stream gives its own.
type Counter = (&'static str, &'static str, fn(&crate::contract::StreamMetrics) -> u64);

const COUNTERS: &[Counter] = &[
    ("records_read_total", "Records read.", |stream| stream.counts.read),
    ("records_new_total", "Records that were not in the table.", |stream| stream.counts.new),
    ("records_updated_total", "Records that were and differed.", |stream| stream.counts.updated),
    ("records_unchanged_total", "Records that were and did not differ.", |stream| stream.counts.unchanged),
    ("records_deleted_total", "Records that were and are gone.", |stream| stream.counts.deleted),
    ("records_skipped_total", "Records left out.", |stream| stream.counts.skipped),
    ("value_faults_total", "Values that did not fit their column.", |stream| stream.counts.faults),
    ("pages_total", "Pages read.", |stream| stream.counts.pages),
    ("requests_total", "Requests sent, repeats included.", |stream| stream.counts.requests),
    ("retries_total", "Requests that were repeats.", |stream| stream.counts.retries),
    ("received_bytes_total", "Bytes received, unpacked.", |stream| stream.counts.bytes),
];

/// All of it. `up`: seconds since the program began to answer.
pub fn text(all: &[ConnectionMetrics], up: Option<f64>) -> String {
    let mut out = String::new();
    head(&mut out, "build_info", "gauge", "The version of Tapwright.");
    sample(&mut out, "build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
    if let Some(up) = up {
        head(&mut out, "uptime_seconds", "gauge", "Seconds since the start.");
        sample(&mut out, "uptime_seconds", &[], up);
    }
    for (name, help, of) in COUNTERS {
        head(&mut out, name, "counter", help);
        for (connection, stream) in all.iter().flat_map(|one| one.streams.iter().map(move |stream| (one, stream))) {
            let labels = [("connection", connection.name.as_str()), ("stream", stream.stream.as_str())];
            sample(&mut out, name, &labels, number(of(stream)));
        }
    }
    latency(&mut out, all);
    runs(&mut out, all);
    health(&mut out, all);
    out
}

fn latency(out: &mut String, all: &[ConnectionMetrics]) {
    const NAME: &str = "request_duration_seconds";
    head(out, NAME, "histogram", "How long requests took until they were answered.");
    for (connection, stream) in all.iter().flat_map(|one| one.streams.iter().map(move |stream| (one, stream))) {
        let (connection, name) = (connection.name.as_str(), stream.stream.as_str());
        let mut so_far = 0;
        for (index, bound) in BOUNDS_MS.iter().enumerate() {
            so_far += stream.latency.buckets.get(index).copied().unwrap_or(0);
            let le = format!("{}", number(*bound) / 1000.0);
            let labels = [("connection", connection), ("stream", name), ("le", le.as_str())];
            sample(out, &format!("{NAME}_bucket"), &labels, number(so_far));
        }
        let labels = [("connection", connection), ("stream", name), ("le", "+Inf")];
        sample(out, &format!("{NAME}_bucket"), &labels, number(stream.latency.count));
        sample(out, &format!("{NAME}_sum"), &labels[..2], number(stream.latency.sum_us) / 1e6);
        sample(out, &format!("{NAME}_count"), &labels[..2], number(stream.latency.count));
    }
}

fn runs(out: &mut String, all: &[ConnectionMetrics]) {
    head(out, "runs_total", "counter", "Runs, by how they ended.");
    for one in all {
        for (outcome, count) in &one.runs {
            sample(out, "runs_total", &[("connection", &one.name), ("outcome", outcome)], number(*count));
        }
    }
    let last = |one: &ConnectionMetrics| one.latest.iter().find(|run| run.outcome.is_some()).cloned();
    head(out, "last_run_timestamp_seconds", "gauge", "When the last run ended.");
    for one in all {
        let at = last(one).and_then(|run| run.ended_at?.parse::<Timestamp>().ok());
        if let Some(at) = at {
            #[expect(clippy::cast_precision_loss, reason = "seconds fit for millions of years")]
            sample(out, "last_run_timestamp_seconds", &[("connection", &one.name)], at.as_second() as f64);
        }
    }
    head(out, "last_run_duration_seconds", "gauge", "How long the last run took.");
    for one in all {
        if let Some(run) = last(one) {
            let seconds = number(run.duration_ms) / 1000.0;
            sample(out, "last_run_duration_seconds", &[("connection", &one.name)], seconds);
        }
    }
    head(out, "last_run_success", "gauge", "Whether the last run ended well: 1 or 0.");
    for one in all {
        if let Some(run) = last(one) {
            let fine = matches!(run.outcome, Some(Outcome::Done | Outcome::Limited));
            sample(out, "last_run_success", &[("connection", &one.name)], f64::from(u8::from(fine)));
        }
    }
}

fn health(out: &mut String, all: &[ConnectionMetrics]) {
    head(out, "health", "gauge", "The last health check: 1 pass, 0.5 warn, 0 fail.");
    for one in all {
        let value = match one.health.as_ref().map(|brief| brief.state) {
            Some(HealthState::Pass | HealthState::Skipped) => 1.0,
            Some(HealthState::Warn) => 0.5,
            Some(HealthState::Fail) => 0.0,
            None => continue,
        };
        sample(out, "health", &[("connection", &one.name)], value);
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP tapwright_{name} {help}\n# TYPE tapwright_{name} {kind}");
}

fn sample(out: &mut String, name: &str, labels: &[(&str, &str)], value: f64) {
    let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    let _ = writeln!(out, "tapwright_{name}{labels} {value}");
}

/// A label's value: backslash, quote and line's end are escaped.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[expect(clippy::cast_precision_loss, reason = "the format has floats alone")]
fn number(value: u64) -> f64 {
    value as f64
}
