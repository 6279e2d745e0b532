//! An incremental read: where it starts, in which spans, what is sent, what is greater.

use crate::expr::{Compiled, Expressions, Scope};
use crate::json::Path;
use crate::moment::{CursorValue, Moment, before, format_moment, parse_moment};
use crate::page::Interval;
use definition::model::{CursorKind, Distance, Incremental, IncrementalInject, Template};
use definition::{Fault, Problem, ProblemKind, Stage};
use jiff::{Span, Timestamp};
use serde_json::Value;

/// A compiled incremental read.
#[derive(Debug)]
#[allow(dead_code)] // The loop over spans reads the rest.
pub(crate) struct IncrementalPlan {
    pub cursor: Path,
    pub inject: IncrementalInject,
    /// Whether answers are sorted newest first, so that reading may stop at the old value.
    pub data_feed: bool,
    kind: CursorKind,
    formats: Vec<String>,
    start: Option<Compiled>,
    end: Option<Compiled>,
    step: Option<Shift>,
    granularity: Option<Shift>,
    lookback: Option<Shift>,
    field: String,
}

/// How far a cursor value is moved.
#[derive(Debug, Clone, Copy)]
enum Shift {
    Time(Span),
    Number(i128),
}

impl Shift {
    fn compile(distance: &Distance) -> Result<Self, String> {
        match distance {
            Distance::Time(time) => time.span().map(Self::Time),
            Distance::Number(number) => Ok(Self::Number(i128::from(*number))),
        }
    }

    fn back(self) -> Self {
        match self {
            Self::Time(span) => Self::Time(span.negate()),
            Self::Number(number) => Self::Number(-number),
        }
    }

    /// The value so much later. What can't be moved stays.
    fn move_on(self, value: CursorValue) -> CursorValue {
        match (self, value) {
            (Self::Time(span), CursorValue::Moment(at)) => CursorValue::Moment(before(at, span.negate())),
            (Self::Number(by), CursorValue::Integer(number)) => CursorValue::Integer(number.saturating_add(by)),
            (_, value) => value,
        }
    }
}

#[allow(dead_code)] // The loop over spans calls the rest.
impl IncrementalPlan {
    pub(super) fn compile(
        incremental: &Incremental,
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut template = |given: Option<&Template>, part: &str| {
            let compiled = given.map(|template| expressions.compile(template)).transpose();
            compiled
                .map_err(|why| faults.push(Fault::new("bad_template", format!("{field}.{part}"), why)))
                .ok()
                .flatten()
        };
        let start = template(incremental.start.as_ref(), "start");
        let end = template(incremental.end.as_ref(), "end");
        let cursor = Path::parse(&incremental.cursor)
            .map_err(|why| faults.push(Fault::new("bad_path", format!("{field}.cursor"), why)))
            .ok();
        let mut shift = |given: Option<&Distance>, part: &str| {
            let compiled = given.map(Shift::compile).transpose();
            compiled
                .map_err(|why| faults.push(Fault::new("bad_duration", format!("{field}.{part}"), why)))
                .ok()
                .flatten()
        };
        let step = shift(incremental.step.as_ref(), "step");
        let granularity = shift(incremental.granularity.as_ref(), "granularity");
        let lookback = shift(incremental.lookback.as_ref(), "lookback");
        let mut formats = incremental.formats.clone();
        if formats.is_empty() {
            formats.push("rfc3339".to_owned());
        }
        let (kind, inject, data_feed) = (incremental.kind, incremental.inject.clone(), incremental.data_feed);
        let field = field.to_owned();
        match cursor {
            Some(cursor) if faults.is_empty() => {
                Ok(Self { cursor, inject, data_feed, kind, formats, start, end, step, granularity, lookback, field })
            }
            _ => Err(faults),
        }
    }

    /// Reads a cursor value as it stands in a record.
    pub(crate) fn parse(&self, text: &str) -> Option<CursorValue> {
        CursorValue::parse(text, self.kind, &self.formats)
    }

    /// Whether moments in UTC as RFC 3339 writes them are read as what they say, whatever the formats.
    pub(crate) fn is_plain_utc(&self) -> bool {
        let plain =
            |format: &String| matches!(format.as_str(), "rfc3339" | "%Y-%m-%dT%H:%M:%SZ" | "%Y-%m-%dT%H:%M:%S%z");
        self.kind == CursorKind::Datetime && self.formats.iter().all(plain)
    }

    /// Whether the definition says where the first read starts.
    pub(crate) fn has_start(&self) -> bool {
        self.start.is_some()
    }

    /// Whether a read is to end where its span does: the definition says an end, or cuts the read into spans.
    pub(crate) fn is_bounded(&self) -> bool {
        self.end.is_some() || self.step.is_some()
    }

    /// Whether the definition says where a read ends.
    pub(crate) fn has_end(&self) -> bool {
        self.end.is_some()
    }

    /// Where a read starts without state.
    pub(crate) fn configured_start(&self, expressions: &Expressions) -> Result<Option<String>, Problem> {
        self.start_in(expressions, &Scope::default())
    }

    /// Where a partition's read starts without state.
    pub(crate) fn start_in(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Option<String>, Problem> {
        self.render(self.start.as_ref(), "start", expressions, scope)
    }

    /// Where a read ends: as configured, or now for moments.
    pub(crate) fn end(&self, expressions: &Expressions, now: Timestamp) -> Result<Option<String>, Problem> {
        self.end_in(expressions, &Scope::default(), now)
    }

    /// Where a partition's read ends.
    pub(crate) fn end_in(
        &self,
        expressions: &Expressions,
        scope: &Scope<'_>,
        now: Timestamp,
    ) -> Result<Option<String>, Problem> {
        let end = self.render(self.end.as_ref(), "end", expressions, scope)?;
        Ok(end.or_else(|| (self.kind == CursorKind::Datetime).then(|| now.to_string())))
    }

    /// A start as it is sent: before by the lookback, in the first format.
    pub(crate) fn sent_start(&self, since: &str) -> Result<Value, Problem> {
        self.sent(&self.looked_back(since)?, "start")
    }

    /// An end as it is sent.
    pub(crate) fn sent_end(&self, end: &str) -> Result<Value, Problem> {
        self.sent(end, "end")
    }

    /// A span of [`Self::windows`] as it is sent: start and end in the first format. What is not known is null.
    pub(crate) fn sent_window(&self, window: &Interval) -> Result<(Value, Value), Problem> {
        let start = window.start.as_deref().map(|start| self.sent(start, "start")).transpose()?;
        let end = window.end.as_deref().map(|end| self.sent(end, "end")).transpose()?;
        Ok((start.unwrap_or(Value::Null), end.unwrap_or(Value::Null)))
    }

    /// The spans that a read from `since` to `end` asks for, one after the other, each at most `step` long and the
    /// lookback already taken off the first. Never none. Without a step, a start or an end it is one span.
    pub(crate) fn windows(&self, since: Option<&str>, end: Option<&str>) -> Result<Windows, Problem> {
        let start = since.map(|since| self.looked_back(since)).transpose()?;
        self.windows_from(start.as_deref(), end)
    }

    /// As [`Self::windows`], from the start of a span: nothing is taken off it.
    pub(crate) fn windows_from(&self, start: Option<&str>, end: Option<&str>) -> Result<Windows, Problem> {
        let whole = Interval { start: start.map(str::to_owned), end: end.map(str::to_owned) };
        let one = Windows { whole: Some(whole.clone()), steps: None };
        let (Some(step), Some(start), Some(end)) = (self.step, start, end) else { return Ok(one) };
        let read = |text: &str, part: &str| {
            self.parse(text).ok_or_else(|| self.bad(part, &format!("`{text}` is {}", self.not_of_kind())))
        };
        let (next, end) = (read(start, "start")?, read(end, "end")?);
        let first = Some(next.clone());
        let steps = Steps { next: first, end, step, granularity: self.granularity, written: whole, start: next };
        Ok(Windows { whole: None, steps: Some(steps) })
    }

    /// The value below which a record is older than the read's start. `None`: the server leaves them out itself.
    pub(crate) fn floor(&self, since: Option<&str>) -> Option<CursorValue> {
        if self.inject.start.is_some() {
            return None;
        }
        let since = self.parse(since?)?;
        Some(self.lookback.map_or(since.clone(), |lookback| lookback.back().move_on(since)))
    }

    /// The value above which a record is newer than the read's end, where the definition says an end that the server
    /// is not told.
    pub(crate) fn ceiling(&self, end: Option<&str>) -> Option<CursorValue> {
        if self.inject.end.is_some() || self.end.is_none() {
            return None;
        }
        self.parse(end?)
    }

    /// A start moved back by the lookback. Without one the text stays as the server wrote it: it understands its own
    /// form.
    fn looked_back(&self, since: &str) -> Result<String, Problem> {
        let Some(lookback) = self.lookback else { return Ok(since.to_owned()) };
        match self.parse(since) {
            Some(value) => Ok(canonical(&lookback.back().move_on(value))),
            None => Err(self.bad("start", &format!("`{since}` is {}", self.not_of_kind()))),
        }
    }

    fn not_of_kind(&self) -> &'static str {
        match self.kind {
            CursorKind::Datetime => "not a moment",
            CursorKind::Integer => "not a whole number",
            CursorKind::Text => "not text",
        }
    }

    fn sent(&self, text: &str, part: &str) -> Result<Value, Problem> {
        let format = self.formats.first().map_or("rfc3339", String::as_str);
        if self.kind != CursorKind::Datetime {
            let number = (self.kind == CursorKind::Integer).then(|| text.trim().parse::<i64>().ok()).flatten();
            return Ok(number.map_or_else(|| Value::from(text), Value::from));
        }
        let written = if parse_moment(text, format).is_ok() {
            text.to_owned()
        } else {
            let Some(CursorValue::Moment(at)) = self.parse(text) else {
                return Err(self.bad(part, &format!("`{text}` is {}", self.not_of_kind())));
            };
            format_moment(Moment::at(at), format).map_err(|why| self.bad("formats", &why))?
        };
        const COUNTS: [&str; 6] = ["epoch", "epoch_ms", "epoch_us", "%s", "%ms", "%epoch_microseconds"];
        let number = COUNTS.contains(&format).then(|| written.parse::<i64>().ok()).flatten();
        Ok(number.map_or_else(|| Value::from(written), Value::from))
    }

    fn render(
        &self,
        template: Option<&Compiled>,
        part: &str,
        expressions: &Expressions,
        scope: &Scope<'_>,
    ) -> Result<Option<String>, Problem> {
        let Some(template) = template else { return Ok(None) };
        // A start that hangs on an input without a value is no start.
        if template.names().iter().any(|name| name.starts_with("config.") && !expressions.has(name)) {
            return Ok(None);
        }
        let text = template.text(expressions, scope).map_err(|why| self.bad(part, &why))?.text;
        Ok((!text.is_empty()).then_some(text))
    }

    fn bad(&self, part: &str, why: &str) -> Problem {
        let field = format!("{}.{part}", self.field);
        Problem::new("bad_interval", ProblemKind::Config, Stage::Build, format!("{field}: {why}.")).field(field)
    }
}

/// A value as text that is read back without loss.
fn canonical(value: &CursorValue) -> String {
    match value {
        CursorValue::Moment(at) => at.to_string(),
        CursorValue::Integer(number) => number.to_string(),
        CursorValue::Text(text) => text.clone(),
    }
}

/// The spans of a read, one after the other. See [`IncrementalPlan::windows`].
#[derive(Debug)]
#[allow(dead_code)]
pub(crate) struct Windows {
    whole: Option<Interval>,
    steps: Option<Steps>,
}

#[derive(Debug)]
#[allow(dead_code)]
struct Steps {
    start: CursorValue,
    next: Option<CursorValue>,
    end: CursorValue,
    step: Shift,
    granularity: Option<Shift>,
    /// The first start and the last end as they were given.
    written: Interval,
}

impl Iterator for Windows {
    type Item = Interval;

    fn next(&mut self) -> Option<Interval> {
        match &mut self.steps {
            Some(steps) => steps.take(),
            None => self.whole.take(),
        }
    }
}

#[allow(dead_code)]
impl Steps {
    fn take(&mut self) -> Option<Interval> {
        let start = self.next.take()?;
        let first = start == self.start;
        let following = self.step.move_on(start.clone());
        let grows = following.compare(&start).is_gt();
        let text = |first: bool, value: &CursorValue, written: &Option<String>| {
            if first { written.clone() } else { Some(canonical(value)) }
        };
        // A start behind the end asks for nothing but what lies on the end.
        let start = if start.compare(&self.end).is_gt() { self.end.clone() } else { start };
        let begins = text(first && start == self.start, &start, &self.written.start);
        if !grows || following.compare(&self.end).is_gt() {
            return Some(Interval { start: begins, end: self.written.end.clone() });
        }
        let last = self.granularity.map_or(following.clone(), |by| by.back().move_on(following.clone()));
        let last = if last.compare(&start).is_lt() { start } else { last };
        // Without granularity the last span may end on the very end.
        if following.compare(&self.end).is_eq() && self.granularity.is_none() {
            return Some(Interval { start: begins, end: self.written.end.clone() });
        }
        self.next = Some(following);
        Some(Interval { start: begins, end: Some(canonical(&last)) })
    }
}
