//! The compiled mapping of a stream, and what it makes of a record.

use super::field::{Plan, Source};
use super::relations::{COLUMN, Relations};
use super::rest::rest;
use super::steps::{StepTrace, Steps};
use super::transform::Context;
use super::types::Typed;
use super::value::{Val, shorten};
use super::{FieldFault, Mapped, PageScope};
use crate::batch::{Batch, Cell, Column};
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::{Found, Scanner, Trie, to_value};
use definition::model::{Field, FieldType, OnError, Rest, Stream};
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;

/// A stream's compiled mapping.
#[derive(Debug)]
pub struct Mapper {
    columns: Vec<Column>,
    /// All fields of the file, hidden ones too.
    pub(super) fields: Vec<Plan>,
    pub(super) filter: Option<Compiled>,
    filter_path: String,
    /// Changes to the whole record, before its fields are read.
    steps: Steps,
    relations: Relations,
    /// The paths of the shown fields: one pass finds them all. The slot is the field's place.
    trie: Trie,
    rest: Rest,
    /// Members that the fields take whole.
    taken: HashSet<String>,
    /// Whether an expression needs the record as a tree.
    tree: bool,
}

/// What to do with a record whose value does not fit.
enum Unfit {
    Cell(Cell),
    Skip,
}

impl Mapper {
    /// Compiles a stream's filter and fields, or tells every fault (paths under `prefix`, such as `streams[0]`).
    ///
    /// `rest: {as: NAME}` adds a column of JSON behind the others. Without fields `rest` is `keep`, and the key's
    /// members become columns of text. A member counts as taken where a field's path is that member alone: what a
    /// path deeper into it leaves behind stays in the rest.
    pub fn compile(stream: &Stream, prefix: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let filter_path = format!("{prefix}.records.filter");
        let filter = stream.records.filter.as_ref().and_then(|filter| {
            let bad = |message| faults.push(Fault::new("bad_template", filter_path.clone(), message));
            expressions.compile(filter).map_err(bad).ok()
        });
        let mut fields = Vec::new();
        for (place, field) in declared(stream).iter().enumerate() {
            let key = stream.key.contains(&field.name);
            match Plan::compile(field, format!("{prefix}.fields[{place}]"), key, expressions) {
                Ok(plan) => fields.push((plan, field.hidden)),
                Err(more) => faults.extend(more),
            }
        }
        let steps = Steps::compile(&stream.steps, &format!("{prefix}.steps"), expressions);
        let steps = steps.unwrap_or_else(|more| {
            faults.extend(more);
            Steps::default()
        });
        let relations = Relations::compile(&stream.relations, &format!("{prefix}.relations"), expressions);
        let relations = relations.unwrap_or_else(|more| {
            faults.extend(more);
            Relations::default()
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        let unset = if stream.fields.is_empty() { Rest::Keep } else { Rest::Drop };
        let rest = stream.rest.clone().unwrap_or(unset);
        Ok(Self::build(fields, filter, filter_path, (steps, relations), rest))
    }

    fn build(
        fields: Vec<(Plan, bool)>,
        filter: Option<Compiled>,
        filter_path: String,
        (steps, relations): (Steps, Relations),
        rest: Rest,
    ) -> Self {
        let mut columns = Vec::new();
        let mut trie = Trie::default();
        let mut plans = Vec::new();
        for (slot, (mut plan, hidden)) in (0u32..).zip(fields) {
            if !hidden {
                plan.column = Some(columns.len());
                columns.push(Column { name: plan.name.clone(), kind: plan.kind, key: plan.key });
                if let Source::Path { path, .. } = &plan.source
                    && let Some(walk) = path.walk()
                {
                    trie.add(walk, slot);
                }
            }
            plans.push(plan);
        }
        if !relations.is_empty() {
            columns.push(Column { name: COLUMN.to_owned(), kind: FieldType::Json, key: false });
        }
        if let Rest::As(name) = &rest {
            columns.push(Column { name: name.clone(), kind: FieldType::Json, key: false });
        }
        let taken = plans.iter().filter_map(|plan| plan.takes().map(str::to_owned)).collect();
        let shown = |plan: &&Plan| plan.column.is_some();
        let tree = filter.as_ref().is_some_and(|filter| filter.uses("record"))
            || plans.iter().filter(shown).any(Plan::uses_record)
            || relations.uses_record();
        Self { columns, fields: plans, filter, filter_path, steps, relations, trie, rest, taken, tree }
    }

    /// The columns that go to a sink; hidden fields left out.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Whether members that no column took come along.
    pub fn extras(&self) -> bool {
        self.rest == Rest::Keep
    }

    /// Maps one record (its JSON text) into the batch. An error ends the run: `on_error: fail`, or a key without value.
    pub fn map(
        &self,
        expressions: &Expressions,
        scope: &PageScope<'_>,
        record: &str,
        batch: &mut Batch,
        faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        let tree = if self.tree { to_value(record) } else { None };
        let context = Context { expressions, scope: in_scope(tree.as_ref(), scope), record };
        if !self.keeps(&context)? {
            return Ok(Mapped::Filtered);
        }
        if self.steps.is_empty() {
            return self.row(&context, record, batch, faults);
        }
        let mut told = Vec::new();
        let record = &*self.steps.apply(record, expressions, in_scope(None, scope), &mut told);
        faults.extend(told.into_iter().map(|fault| FieldFault {
            column: self.columns.len() + fault.step,
            value: fault.value,
            message: fault.message,
        }));
        let tree = if self.tree { to_value(record) } else { None };
        let context = Context { expressions, scope: in_scope(tree.as_ref(), scope), record };
        self.row(&context, record, batch, faults)
    }

    /// The fields of a record, as it is after the steps.
    fn row(
        &self,
        context: &Context<'_>,
        record: &str,
        batch: &mut Batch,
        faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        let mut found = Found::with_capacity(self.fields.len());
        // What is no JSON has nothing in it: `select` has read the page already.
        let _ = self.trie.walk(record, &mut Scanner::new(record), &mut found);
        // By column, and for each in the order of the text: mostly sorted already.
        found.sort_by_key(|(slot, _)| *slot);
        let mut ahead = found.as_slice();
        for (slot, field) in (0u32..).zip(&self.fields) {
            let (own, others) = ahead.split_at(ahead.iter().take_while(|(of, _)| *of == slot).count());
            ahead = others;
            let Some(column) = field.column else { continue };
            let places = own.iter().map(|(_, range)| range);
            let source = field.read(record, places, context);
            let result = source.clone().and_then(|value| field.finish(value, context));
            let outcome = match result {
                Ok(Typed::Null) if field.key => keyless(field, record, "is null or missing", column, faults)?,
                Ok(typed) => Unfit::Cell(typed.cell(batch)),
                Err(message) => unfit(field, record, source.ok(), message, column, batch, faults)?,
            };
            match outcome {
                Unfit::Cell(cell) => batch.push(cell),
                Unfit::Skip => {
                    batch.abandon_row();
                    return Ok(Mapped::Skipped);
                }
            }
        }
        if !self.relations.is_empty() {
            let relations = self.relations(context, batch, faults);
            batch.push(relations);
        }
        self.end(record, batch);
        Ok(Mapped::Kept)
    }

    fn relations(&self, context: &Context<'_>, batch: &mut Batch, faults: &mut Vec<FieldFault>) -> Cell {
        let mut told = Vec::new();
        let made = self.relations.of(context, &mut told);
        faults.extend(told.into_iter().map(|(place, message)| FieldFault {
            column: self.columns.len() + self.steps.len() + place,
            value: String::new(),
            message,
        }));
        made.map_or(Cell::Null, |text| Cell::Json(batch.store(&text)))
    }

    /// How many places can be at fault: the columns, then the steps, then the relations.
    pub fn places(&self) -> usize {
        self.columns.len() + self.steps.len() + self.relations.len()
    }

    /// What to call the place of a fault: the column's name, or `steps[1]`.
    pub fn place(&self, column: usize) -> String {
        let steps = self.columns.len() + self.steps.len();
        match self.columns.get(column) {
            Some(known) => known.name.clone(),
            None if column < steps => format!("steps[{}]", column - self.columns.len()),
            None => format!("relations[{}]", column - steps),
        }
    }

    /// The record as it is after the steps: what the fields see.
    pub(super) fn stepped<'r>(
        &self,
        expressions: &Expressions,
        scope: &PageScope<'_>,
        record: &'r str,
    ) -> Cow<'r, str> {
        self.steps.apply(record, expressions, in_scope(None, scope), &mut Vec::new())
    }

    /// The record after each step, for those who write them.
    pub fn explain_steps(&self, expressions: &Expressions, scope: &PageScope<'_>, record: &str) -> Vec<StepTrace> {
        self.steps.trace(record, expressions, in_scope(None, scope))
    }

    /// Whether the filter keeps the record.
    pub(super) fn keeps(&self, context: &Context<'_>) -> Result<bool, Problem> {
        let Some(filter) = &self.filter else { return Ok(true) };
        filter.is_true(context.expressions, &context.scope).map_err(|message| {
            let message = format!("The filter can't be told for a record: {message}.");
            Problem::new("filter_failed", ProblemKind::Data, Stage::Map, message)
                .field(self.filter_path.clone())
                .hint("A member that some records lack needs a default: `{{ record.name | default('') }}`.")
        })
    }

    fn end(&self, record: &str, batch: &mut Batch) {
        let left = if self.rest == Rest::Drop { None } else { rest(record, &self.taken) };
        let span = left.map(|text| batch.store(&text));
        match &self.rest {
            Rest::As(_) => {
                batch.push(span.map_or(Cell::Null, Cell::Json));
                batch.end_row(None);
            }
            _ => batch.end_row(span),
        }
    }
}

/// The fields of the file; where there are none, the key's members as text.
fn declared(stream: &Stream) -> Vec<Field> {
    if !stream.fields.is_empty() {
        return stream.fields.clone();
    }
    stream.key.iter().map(|name| Field { name: name.clone(), ..Field::default() }).collect()
}

/// The names at hand in a record's expressions.
pub(super) fn in_scope<'a>(record: Option<&'a Value>, page: &PageScope<'a>) -> Scope<'a> {
    Scope { record, headers: page.headers, partition: page.partition, ..Scope::default() }
}

/// What becomes of a value that does not fit.
fn unfit(
    field: &Plan,
    record: &str,
    source: Option<Val<'_>>,
    message: String,
    column: usize,
    batch: &mut Batch,
    faults: &mut Vec<FieldFault>,
) -> Result<Unfit, Problem> {
    let value = source.as_ref().map(|value| value.plain().into_owned()).unwrap_or_default();
    let raw = (field.on_error == OnError::Raw).then_some(source).flatten().filter(|value| *value != Val::Null);
    if field.on_error == OnError::Fail {
        let message = format!("The field `{}` of a record can't be read: “{}” {message}.", field.name, shorten(&value));
        return Err(Problem::new("value_unfit", ProblemKind::Data, Stage::Map, message)
            .field(field.path.clone())
            .hint("Change the field's type or transforms, or its `on_error`.")
            .detail(shorten(record)));
    }
    if field.key && raw.is_none() {
        return keyless(field, record, &message, column, faults);
    }
    faults.push(FieldFault { column, value: shorten(&value), message });
    Ok(match field.on_error {
        OnError::Skip => Unfit::Skip,
        _ => Unfit::Cell(raw.map_or(Cell::Null, |value| Cell::Text(batch.store(&value.plain())))),
    })
}

/// A record whose key has no value can't be told from others.
fn keyless(
    field: &Plan,
    record: &str,
    why: &str,
    column: usize,
    faults: &mut Vec<FieldFault>,
) -> Result<Unfit, Problem> {
    if field.on_error == OnError::Skip {
        faults.push(FieldFault { column, value: String::new(), message: why.to_owned() });
        return Ok(Unfit::Skip);
    }
    let message = format!("A record has no usable key: its `{}` {why}. The record: {}", field.name, shorten(record));
    Err(Problem::new("key_missing", ProblemKind::Data, Stage::Map, message)
        .field(field.path.clone())
        .hint("Choose another key, or set the field's `on_error` to `skip` to leave such records out."))
}
