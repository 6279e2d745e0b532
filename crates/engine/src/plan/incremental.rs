//! An incremental read: where it starts, what is sent, what is greater.

use super::moment::{self, CursorValue};
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::Path;
use definition::model::{CursorKind, Incremental, IncrementalInject};
use definition::{Fault, Problem, ProblemKind, Stage};
use jiff::{Span, Timestamp};
use serde_json::Value;

/// A compiled incremental read.
#[derive(Debug)]
pub(crate) struct IncrementalPlan {
    pub cursor: Path,
    pub inject: IncrementalInject,
    kind: CursorKind,
    formats: Vec<String>,
    start: Option<Compiled>,
    end: Option<Compiled>,
    lookback: Option<Span>,
    field: String,
}

impl IncrementalPlan {
    pub(super) fn compile(
        incremental: &Incremental,
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut template = |given: Option<&definition::model::Template>, part: &str| {
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
        let lookback = incremental.lookback.as_ref().map(definition::model::Duration::span).transpose();
        let lookback = lookback
            .map_err(|why| faults.push(Fault::new("bad_duration", format!("{field}.lookback"), why)))
            .ok()
            .flatten();
        let mut formats = incremental.formats.clone();
        if formats.is_empty() {
            formats.push("rfc3339".to_owned());
        }
        let (kind, inject) = (incremental.kind, incremental.inject.clone());
        match cursor {
            Some(cursor) if faults.is_empty() => {
                Ok(Self { cursor, inject, kind, formats, start, end, lookback, field: field.to_owned() })
            }
            _ => Err(faults),
        }
    }

    /// Reads a cursor value as it stands in a record.
    pub(crate) fn parse(&self, text: &str) -> Option<CursorValue> {
        CursorValue::parse(text, self.kind, &self.formats)
    }

    /// Where a read starts without state.
    pub(crate) fn configured_start(&self, expressions: &Expressions) -> Result<Option<String>, Problem> {
        self.render(self.start.as_ref(), "start", expressions)
    }

    /// Where a read ends: as configured, or now for moments.
    pub(crate) fn end(&self, expressions: &Expressions, now: Timestamp) -> Result<Option<String>, Problem> {
        let end = self.render(self.end.as_ref(), "end", expressions)?;
        Ok(end.or_else(|| (self.kind == CursorKind::Datetime).then(|| now.to_string())))
    }

    /// A start as it is sent: before by the lookback, in the first format.
    pub(crate) fn sent_start(&self, since: &str) -> Result<Value, Problem> {
        self.sent(since, self.lookback)
    }

    /// An end as it is sent.
    pub(crate) fn sent_end(&self, end: &str) -> Result<Value, Problem> {
        self.sent(end, None)
    }

    /// The value below which a record is older than the read's start. `None`: the server leaves them out itself.
    pub(crate) fn floor(&self, since: Option<&str>) -> Option<CursorValue> {
        if self.inject.start.is_some() {
            return None;
        }
        match self.parse(since?)? {
            CursorValue::Moment(at) => {
                Some(CursorValue::Moment(self.lookback.map_or(at, |span| moment::before(at, span))))
            }
            other => Some(other),
        }
    }

    fn sent(&self, text: &str, lookback: Option<Span>) -> Result<Value, Problem> {
        let format = self.formats.first().map_or("rfc3339", String::as_str);
        if self.kind != CursorKind::Datetime {
            return Ok(text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from));
        }
        let written = if lookback.is_none() && moment::parse(text, format).is_some() {
            // As the server wrote it: it understands its own form.
            text.to_owned()
        } else {
            let Some(CursorValue::Moment(at)) = self.parse(text) else {
                return Err(self.bad("start", &format!("`{text}` is not a moment")));
            };
            let at = lookback.map_or(at, |span| moment::before(at, span));
            moment::write(at, format).map_err(|why| self.bad("formats", &why))?
        };
        let number = matches!(format, "epoch" | "epoch_ms").then(|| written.parse::<i64>().ok()).flatten();
        Ok(number.map_or_else(|| Value::from(written), Value::from))
    }

    fn render(
        &self,
        template: Option<&Compiled>,
        part: &str,
        expressions: &Expressions,
    ) -> Result<Option<String>, Problem> {
        let Some(template) = template else { return Ok(None) };
        // A start that hangs on an input without a value is no start.
        if template.names().iter().any(|name| name.starts_with("config.") && !expressions.has(name)) {
            return Ok(None);
        }
        let text = template.text(expressions, &Scope::default()).map_err(|why| self.bad(part, &why))?.text;
        Ok((!text.is_empty()).then_some(text))
    }

    fn bad(&self, part: &str, why: &str) -> Problem {
        let field = format!("{}.{part}", self.field);
        Problem::new("bad_interval", ProblemKind::Config, Stage::Build, format!("{field}: {why}.")).field(field)
    }
}
