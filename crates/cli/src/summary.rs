//! What a sync did, in numbers: for people, and as JSON for scripts.

use api::headless::StreamEnd;
use definition::Problem;
use engine::event::{Counts, NewField, Outcome};
use serde::Serialize;

/// One stream's part.
#[derive(Debug, Serialize)]
pub struct StreamSummary {
    /// The stream.
    pub stream: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What it did.
    #[serde(flatten)]
    pub counts: Counts,
    /// Milliseconds.
    pub duration_ms: u64,
    /// Why it did not end well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Members of its records that are in no column and did not come before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub new_fields: Vec<NewField>,
}

/// The whole.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// How it ended: the worst of the streams'.
    pub outcome: Outcome,
    /// All streams' numbers.
    #[serde(flatten)]
    pub counts: Counts,
    /// Milliseconds.
    pub duration_ms: u64,
    /// Where the records went.
    pub destination: String,
    /// Each stream's.
    pub streams: Vec<StreamSummary>,
}

impl From<StreamEnd> for StreamSummary {
    fn from(end: StreamEnd) -> Self {
        let StreamEnd { stream, outcome, counts, duration_ms, problem, new_fields, .. } = end;
        Self { stream, outcome, counts, duration_ms, problem, new_fields }
    }
}

impl Summary {
    /// The sum of the streams.
    pub fn of(streams: Vec<StreamSummary>, destination: String, duration_ms: u64) -> Self {
        let mut counts = Counts::default();
        streams.iter().for_each(|stream| counts += stream.counts);
        let outcome = Outcome::of_streams(&streams.iter().map(|stream| stream.outcome).collect::<Vec<_>>());
        Self { outcome, counts, duration_ms, destination, streams }
    }

    /// A few lines for people.
    pub fn text(&self) -> String {
        let many = self.streams.len() > 1;
        let mut lines: Vec<String> =
            self.streams.iter().map(|stream| line(&stream.stream, stream.outcome, &stream.counts)).collect();
        if many {
            lines.push(line("all", self.outcome, &self.counts));
        }
        #[expect(clippy::cast_precision_loss, reason = "a duration for people")]
        let seconds = self.duration_ms as f64 / 1000.0;
        lines.push(format!("in {seconds:.1} s, into {}", self.destination));
        lines.join("\n")
    }
}

/// What came that is in no column, in a line.
pub fn fresh(stream: &str, fields: &[NewField]) -> Option<String> {
    let most = fields.iter().max_by_key(|field| field.records)?;
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    Some(format!("{stream}: In {} of {} records, but in no column: {}.", most.records, most.of, names.join(", ")))
}

fn line(name: &str, outcome: Outcome, counts: &Counts) -> String {
    let word = match outcome {
        Outcome::Done => "done",
        Outcome::Limited => "limited",
        Outcome::Failed => "failed",
        Outcome::Partial => "partly done",
        Outcome::Cancelled => "stopped",
    };
    let mut text = format!(
        "{name}: {word}. {} read, {} new, {} updated, {} unchanged, {} skipped, {} requests, {} retries",
        counts.read, counts.new, counts.updated, counts.unchanged, counts.skipped, counts.requests, counts.retries
    );
    if counts.faults > 0 {
        text.push_str(&format!(", {} values that did not fit", counts.faults));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{StreamSummary, Summary};
    use engine::event::{Counts, Outcome};

    #[test]
    fn numbers_add_up_and_stand_at_the_top() {
        let stream = |name: &str, outcome| StreamSummary {
            stream: name.to_owned(),
            outcome,
            counts: Counts { read: 5, new: 2, requests: 1, ..Counts::default() },
            duration_ms: 1,
            problem: None,
            new_fields: Vec::new(),
        };
        let streams = vec![stream("a", Outcome::Done), stream("b", Outcome::Failed)];
        let summary = Summary::of(streams, "jsonl:-".to_owned(), 12);
        let json = serde_json::to_value(&summary).expect("json");
        assert_eq!(
            (json["outcome"].as_str(), json["read"].as_u64(), json["new"].as_u64()),
            (Some("partial"), Some(10), Some(4))
        );
        assert_eq!(json["streams"][1]["read"], 5);
        assert!(summary.text().contains("all: partly done. 10 read"));
    }
}
