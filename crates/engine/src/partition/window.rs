//! One part for each span of dates.

use super::value::Item;
use crate::expr::{Compiled, Expressions, Scope};
use crate::moment::{before, read_any, timestamp};
use definition::model::{Template, WindowPartition};
use definition::{Fault, Problem, ProblemKind, Stage};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::json;

/// A compiled window.
#[derive(Debug)]
pub(super) struct Window {
    pub name: String,
    start: Compiled,
    end: Option<Compiled>,
    step: Span,
    granularity: Option<Span>,
    field: String,
}

/// A window's spans, one after the other.
#[derive(Debug)]
pub(super) struct Spans {
    next: Option<Timestamp>,
    end: Timestamp,
    step: Span,
    granularity: Option<Span>,
    /// Whether they are written as plain dates.
    dates: bool,
}

impl Window {
    pub(super) fn compile(window: &WindowPartition, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let compile = |template: &Template, part: &str| {
            expressions.compile(template).map_err(|why| Fault::new("bad_template", format!("{field}.{part}"), why))
        };
        let start = compile(&window.start, "start")?;
        let end = window.end.as_ref().map(|end| compile(end, "end")).transpose()?;
        let span = |given: &definition::model::Duration, part: &str| {
            given.span().map_err(|why| Fault::new("bad_duration", format!("{field}.{part}"), why))
        };
        let step = span(&window.step, "step")?;
        if !step.is_positive() {
            return Err(Fault::new("bad_duration", format!("{field}.step"), "A step goes forward."));
        }
        let granularity = window.granularity.as_ref().map(|given| span(given, "granularity")).transpose()?;
        Ok(Self { name: window.name.clone(), start, end, step, granularity, field: field.to_owned() })
    }

    /// The spans from start to end; the end is `now` where none is given.
    pub(super) fn spans(&self, expressions: &Expressions, scope: &Scope<'_>, now: Timestamp) -> Result<Spans, Problem> {
        let text = |template: &Compiled, part: &str| {
            template.text(expressions, scope).map(|text| text.text).map_err(|why| self.bad(part, &why))
        };
        let read = |text: &str, part: &str| {
            read_any(text).and_then(timestamp).ok_or_else(|| self.bad(part, &format!("`{text}` is no moment")))
        };
        let start = text(&self.start, "start")?;
        let dates = start.trim().parse::<Date>().is_ok() && !start.contains(['T', ':']);
        let end = match &self.end {
            Some(end) => read(&text(end, "end")?, "end")?,
            None => now,
        };
        let start = read(&start, "start")?;
        Ok(Spans { next: Some(start), end, step: self.step, granularity: self.granularity, dates })
    }

    fn bad(&self, part: &str, why: &str) -> Problem {
        let field = format!("{}.{part}", self.field);
        let message = format!("The spans of a partition can't be told: {field}: {why}.");
        Problem::new("bad_partition", ProblemKind::Config, Stage::Build, message).field(field)
    }
}

impl Spans {
    fn written(&self, at: Timestamp) -> String {
        if self.dates { at.to_zoned(TimeZone::UTC).date().to_string() } else { at.to_string() }
    }
}

impl Iterator for Spans {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let start = self.next.take()?;
        if start > self.end {
            return None;
        }
        let later = |by: Span| start.to_zoned(TimeZone::UTC).checked_add(by).ok().map(|zoned| zoned.timestamp());
        let following = later(self.step).filter(|following| *following > start && *following < self.end);
        self.next = following;
        let end = match (following, self.granularity) {
            (Some(following), Some(by)) => before(following, by).max(start),
            (Some(following), None) => following,
            (None, _) => self.end,
        };
        let value = json!({"start": self.written(start), "end": self.written(end)});
        Some(Item { value, ..Item::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    fn spans(start: &str, end: &str, step: &str, granularity: Option<&str>, dates: bool) -> Vec<(String, String)> {
        let read = |text: &str| text.parse().unwrap();
        let granularity = granularity.map(|text| text.parse().unwrap());
        let spans = Spans { next: Some(read(start)), end: read(end), step: step.parse().unwrap(), granularity, dates };
        let text = |item: &serde_json::Value, part: &str| item[part].as_str().unwrap().to_owned();
        spans.map(|item| (text(&item.value, "start"), text(&item.value, "end"))).collect()
    }

    #[test]
    fn spans_follow_each_other_without_a_gap() {
        let pair = |start: &str, end: &str| (start.to_owned(), end.to_owned());
        assert_eq!(
            spans("2024-01-30T00:00:00Z", "2024-03-15T00:00:00Z", "P1M", None, true),
            [pair("2024-01-30", "2024-02-29"), pair("2024-02-29", "2024-03-15")]
        );
        assert_eq!(
            spans("2024-01-01T00:00:00Z", "2024-01-03T12:00:00Z", "P1D", Some("PT1S"), false),
            [
                pair("2024-01-01T00:00:00Z", "2024-01-01T23:59:59Z"),
                pair("2024-01-02T00:00:00Z", "2024-01-02T23:59:59Z"),
                pair("2024-01-03T00:00:00Z", "2024-01-03T12:00:00Z")
            ]
        );
        assert_eq!(spans("2024-01-02T00:00:00Z", "2024-01-01T00:00:00Z", "P1D", None, true), []);
        assert_eq!(spans("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "P1D", None, true).len(), 1);
    }
}
