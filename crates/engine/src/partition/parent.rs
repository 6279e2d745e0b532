//! One part for each record of another stream. Its pages are read by the same loop, for this stream alone.

use super::value::{Item, value_of};
use super::walk::{Stop, Walk};
use crate::batch::{Batch, Cell};
use crate::capture::AsideRequest;
use crate::json::Path;
use crate::map::{Mapped, PageScope};
use crate::page::Pager;
use crate::run::pages::{FetchedPart, Pages};
use crate::run::units::{Begin, Unit, Units};
use definition::model::{Inject, ParentPartition};
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::{Map, Value};
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

/// Characters of a parent's answer that a preview shows.
const SHOWN: usize = 200_000;

/// A compiled parent.
#[derive(Debug)]
pub(super) struct Parent {
    pub name: String,
    pub stream: String,
    pub inject: Option<Inject>,
    /// Whether only parents that changed are read.
    pub incremental: bool,
    value: Path,
    fields: Vec<String>,
    field: String,
}

impl Parent {
    pub(super) fn compile(parent: &ParentPartition, field: &str) -> Result<Self, Fault> {
        let value = Path::parse(&parent.value).map_err(|why| Fault::new("bad_path", format!("{field}.value"), why))?;
        Ok(Self {
            name: parent.name.clone(),
            stream: parent.stream.clone(),
            inject: parent.inject.clone(),
            incremental: parent.incremental,
            value,
            fields: parent.fields.clone(),
            field: field.to_owned(),
        })
    }

    /// Whether further fields of the parent come along.
    pub(super) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }
}

/// Reads a parent's records, page by page, and gives their values out.
pub(super) struct ParentReader<'a> {
    parent: &'a Parent,
    walk: &'a Walk,
    pager: Pager,
    /// What the parent's state is kept by.
    path: String,
    /// Whether the parent is read as one: then its own cursor says what changed.
    whole: bool,
}

impl<'a> ParentReader<'a> {
    pub(super) fn new(parent: &'a Parent, walk: &'a Walk) -> Result<Self, Problem> {
        let pager = Pager::new(Arc::clone(&walk.plan), &parent.stream)?.watched(walk.watch.clone());
        let whole = pager.stream().partitions.is_empty();
        Ok(Self { parent, walk, pager, path: format!("{}{}", walk.path, parent.name), whole })
    }

    /// Reads all; ends early when nobody takes the items any more.
    pub(super) async fn run(self, out: &Sender<Result<Item, Problem>>) -> Result<(), Stop> {
        let mut begin = Begin::at(self.walk.now);
        if self.parent.incremental && self.whole {
            begin.cursor = self.walk.walked.before(&self.path);
        }
        let walk = self.walk.of(&self.parent.stream, format!("{}/", self.path))?;
        let mut units = Units::new(self.pager.clone(), Arc::new(begin), walk);
        while let Some(unit) = units.next().await? {
            let unit = Arc::new(unit);
            let pager = self.pager.of(&unit);
            let mut pages = Pages::new(pager, &unit, self.walk.ahead);
            while let Some(part) = pages.next().await? {
                self.show(&part);
                for item in self.items(&part, &unit)? {
                    out.send(Ok(item)).await.map_err(|_| Stop::Unwanted)?;
                }
            }
        }
        self.note_end();
        Ok(())
    }

    /// Keeps a page for a preview, beside the stream's own.
    fn show(&self, fetched: &FetchedPart) {
        let (Some(capture), Some(end)) = (&self.walk.watch.capture, &fetched.part.end) else { return };
        let body = String::from_utf8_lossy(&fetched.part.body);
        capture.keep_aside(AsideRequest {
            what: "parent".to_owned(),
            stream: Some(self.parent.stream.clone()),
            request: fetched.head.request.clone(),
            response: Some(end.response.clone()),
            body: body.chars().take(SHOWN).collect(),
            problem: None,
        });
    }

    /// The values of a part's records.
    fn items(&self, fetched: &FetchedPart, unit: &Unit) -> Result<Vec<Item>, Problem> {
        let text = std::str::from_utf8(&fetched.part.body).unwrap_or_default();
        let headers = fetched.head.values();
        let own = unit.values();
        let stream = self.pager.name_value();
        let scope = PageScope { headers: Some(&headers), partition: own, stream: Some(stream) };
        let mut items = Vec::new();
        for range in &fetched.part.records {
            let Some(record) = text.get(range.clone()) else { continue };
            if !self.pager.stream().mapper.passes(&self.walk.plan.expressions, &scope, record)? {
                continue;
            }
            let Some(version) = self.version(record, unit) else { continue };
            let parent = self.fields(record, &scope)?;
            for raw in self.parent.value.all(record) {
                let value = value_of(raw);
                if !value.is_null() {
                    let (parent, version) = (parent.clone(), version.clone());
                    items.push(Item { value, parent, inherited: self.inherited(own), version, ..Item::default() });
                }
            }
        }
        Ok(items)
    }

    /// A record's cursor value, where it decides whether the record's part is read again. `None`: the record is older
    /// than what is asked for.
    fn version(&self, record: &str, unit: &Unit) -> Option<Option<String>> {
        let Some(incremental) = self.pager.stream().incremental.as_ref().filter(|_| self.parent.incremental) else {
            return Some(None);
        };
        let raw = incremental.cursor.first(record).unwrap_or("null");
        let text = crate::run::plain_text(raw);
        let Some(value) = incremental.parse(&text).filter(|_| raw != "null") else {
            // What can't be told is read each time.
            return Some(Some(format!("?{}", self.walk.now)));
        };
        if self.whole {
            let floor = incremental.floor(unit.read.start.as_deref());
            if floor.is_some_and(|floor| value.compare(&floor).is_lt()) {
                return None;
            }
            self.walk.walked.take(&self.path, incremental, value, &text);
        }
        Some(Some(text.into_owned()))
    }

    fn note_end(&self) {
        if let Some(incremental) = &self.pager.stream().incremental {
            let end = incremental.end(&self.walk.plan.expressions, self.walk.now).ok().flatten();
            self.walk.walked.end(&self.path, incremental, end.as_deref());
        }
    }

    /// What of the parent's own partition this stream uses.
    fn inherited(&self, own: Option<&Value>) -> Map<String, Value> {
        let members = own.and_then(Value::as_object).into_iter().flatten();
        let used = members.filter(|(name, _)| *name != "parent" && self.walk.uses(name));
        used.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// The parent's further fields: its columns as they are mapped, else its members as they came.
    fn fields(&self, record: &str, scope: &PageScope<'_>) -> Result<Map<String, Value>, Problem> {
        if self.parent.fields.is_empty() {
            return Ok(Map::new());
        }
        let mapper = &self.pager.stream().mapper;
        let columns = mapper.columns();
        let mut batch = Batch::new(columns.len());
        let declared = self.parent.fields.iter().any(|name| columns.iter().any(|column| column.name == *name));
        let mapped = declared
            && mapper.map(&self.walk.plan.expressions, scope, record, &mut batch, &mut Vec::new())? == Mapped::Kept;
        let one = |name: &String| {
            let column = columns.iter().position(|column| column.name == *name).filter(|_| mapped);
            if let Some(cell) = column.and_then(|at| batch.row(0).get(at)) {
                return Ok((name.clone(), value_of_cell(&batch, *cell)));
            }
            let path = if name.starts_with('$') { name.clone() } else { format!("$['{name}']") };
            let path = Path::parse(&path).map_err(|why| self.bad(name, &why))?;
            let last = name.rsplit(['.', '$']).next().unwrap_or(name).trim_matches(['[', ']', '\'', '"']);
            Ok((last.to_owned(), path.first(record).map_or(Value::Null, value_of)))
        };
        self.parent.fields.iter().map(one).collect()
    }

    fn bad(&self, name: &str, why: &str) -> Problem {
        let field = format!("{}.fields", self.parent.field);
        let message = format!("The parent's field `{name}` can't be read: {why}.");
        Problem::new("bad_partition", ProblemKind::Config, Stage::Build, message).field(field)
    }
}

fn value_of_cell(batch: &Batch, cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Bool(value) => value.into(),
        Cell::Int(value) => value.into(),
        Cell::Float(value) => value.into(),
        Cell::Text(span) | Cell::Decimal(span) => batch.text(span).into(),
        Cell::Json(span) => crate::json::to_value(batch.text(span)).unwrap_or(Value::Null),
    }
}
