//! The compiled mapping of a stream, and what it makes of a record.

use super::field::{Plan, Source};
use super::listed::Listed;
use super::places::{Finder, Names, Places};
use super::relations::{COLUMN, Relations};
use super::rest::{Member, left_over, rest};
use super::steps::{StepTrace, Steps};
use super::transform::Context;
use super::types::Typed;
use super::value::{Val, shorten};
use super::{FieldFault, Mapped, PageScope};
use crate::batch::{Batch, Cell, Column};
use crate::expr::fast::Fast;
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::{Path, to_value};
use definition::model::{Field, FieldType, OnError, Rest, Stream};
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::Value;
use std::borrow::Cow;
use std::cell::OnceCell;

/// A stream's compiled mapping.
#[derive(Debug)]
pub struct Mapper {
    columns: Vec<Column>,
    /// All fields of the file, hidden ones too.
    pub(super) fields: Vec<Plan>,
    pub(super) filter: Option<Filter>,
    filter_path: String,
    /// Changes to the whole record, before its fields are read.
    steps: Steps,
    relations: Relations,
    /// What is looked for in a record as it comes: what the filter, the cursor and the steps need, and where there are
    /// no steps what the fields need too.
    before: Finder,
    /// What is looked for in a record as it is after the steps, where there are some.
    after: Option<Finder>,
    /// Where the cursor's slot is.
    cursor: Option<u32>,
    /// The slots of members that bear the name of a column and that no column takes.
    clashes: std::ops::Range<u32>,
    rest: Rest,
    /// Members that the fields take whole.
    taken: Names,
    /// Whether records pass as they came, the columns being those of the key alone.
    whole: bool,
    /// Whether the key is all that is looked for.
    only_key: bool,
    /// What the definition uses of a record, where it lists its fields and drops the rest.
    listed: Option<Listed>,
}

/// Which records are kept.
#[derive(Debug)]
pub(super) struct Filter {
    pub slow: Compiled,
    fast: Option<(Fast, u32)>,
}

/// What is kept from record to record, so that none needs memory of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    places: Places,
    members: Vec<Member>,
    text: String,
}

/// A record's tree, made when an expression asks for it.
struct Lazy<'a> {
    record: &'a str,
    tree: OnceCell<Option<Value>>,
}

impl Lazy<'_> {
    fn tree(&self) -> Option<&Value> {
        self.tree.get_or_init(|| to_value(self.record)).as_ref()
    }

    /// What expressions see, with the tree.
    fn context<'s>(&'s self, light: &Context<'s>) -> Context<'s> {
        Context { scope: Scope { record: self.tree(), ..light.scope }, ..*light }
    }
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
        let filter = filter.map(|slow| {
            let fast = stream.records.filter.as_ref().and_then(|filter| Fast::compile(filter, expressions));
            Filter { slow, fast: fast.map(|fast| (fast, 0)) }
        });
        let whole = stream.fields.is_empty() && rest == Rest::Keep && relations.is_empty();
        let mut mapper = Self::build(fields, filter, filter_path, (steps, relations), rest);
        mapper.whole = whole;
        mapper.listed = Listed::of(stream);
        let cursor = stream.incremental.as_ref().and_then(|incremental| Path::parse(&incremental.cursor).ok());
        mapper.look_for(cursor.as_ref());
        Ok(mapper)
    }

    fn build(
        fields: Vec<(Plan, bool)>,
        filter: Option<Filter>,
        filter_path: String,
        (steps, relations): (Steps, Relations),
        rest: Rest,
    ) -> Self {
        let mut columns = Vec::new();
        let mut plans = Vec::new();
        for (mut plan, hidden) in fields {
            if !hidden {
                plan.column = Some(columns.len());
                columns.push(Column { name: plan.name.clone(), kind: plan.kind, key: plan.key });
            }
            plans.push(plan);
        }
        if !relations.is_empty() {
            columns.push(Column { name: COLUMN.to_owned(), kind: FieldType::Json, key: false });
        }
        if let Rest::As(name) = &rest {
            columns.push(Column { name: name.clone(), kind: FieldType::Json, key: false });
        }
        let taken = Names::new(plans.iter().filter_map(|plan| plan.takes().map(str::to_owned)));
        Self {
            columns,
            fields: plans,
            filter,
            filter_path,
            steps,
            relations,
            before: Finder::default(),
            after: None,
            cursor: None,
            clashes: 0..0,
            rest,
            taken,
            whole: false,
            only_key: false,
            listed: None,
        }
    }

    /// Settles what one pass over a record has to find.
    fn look_for(&mut self, cursor: Option<&Path>) {
        let mut fields = Finder::default();
        for field in &mut self.fields {
            // A field's slot is its place.
            let walk = match &field.source {
                Source::Path { path, .. } if field.column.is_some() => path.walk(),
                _ => None,
            };
            fields.slot(walk);
        }
        for field in self.fields.iter_mut().filter(|field| field.column.is_some()) {
            if let Source::Template { fast: Some((fast, first)), .. } = &mut field.source {
                *first = fields.slots_of(fast.paths());
            }
        }
        if self.rest == Rest::Keep && !self.whole {
            let names = self.columns.iter().map(|column| &column.name).filter(|name| !self.taken.has(name));
            let names: Vec<Vec<String>> = names.map(|name| vec![name.clone()]).collect();
            let first = fields.slots_of(&names);
            self.clashes = first..first + names.len() as u32;
        }
        let mut record = if self.steps.is_empty() { std::mem::take(&mut fields) } else { Finder::default() };
        let own = record.len();
        if let Some((fast, first)) = self.filter.as_mut().and_then(|filter| filter.fast.as_mut()) {
            *first = record.slots_of(fast.paths());
        }
        let cursor = cursor.filter(|path| path.plain().is_some()).and_then(Path::walk);
        self.cursor = cursor.map(|walk| record.slot(Some(walk)));
        if !self.steps.is_empty() {
            self.steps.look_for(&mut record);
            self.after = Some(fields);
        }
        self.only_key = self.whole && self.after.is_none() && own == record.len();
        self.before = record;
    }

    /// The columns that go to a sink; hidden fields left out.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What the definition uses of a record, where what no field takes goes nowhere.
    pub(crate) fn listed(&self) -> Option<&Listed> {
        self.listed.as_ref()
    }

    /// Whether members that no column took come along.
    pub fn extras(&self) -> bool {
        self.rest == Rest::Keep
    }

    /// Finds in a record (its JSON text) what the mapping and the cursor need: one pass. Comes before
    /// [`Mapper::cursor`] and [`Mapper::map_found`].
    pub(crate) fn find(&self, record: &str, batch: &mut Batch) {
        match self.only_key {
            true => batch.scratch.places.find_members(self.fields.iter().map(|field| field.name.as_str()), record),
            false => batch.scratch.places.find(&self.before, record),
        }
    }

    /// The cursor's value as it stands in the record that was looked through; `Some(None)`: it has none. `None`: the
    /// path is not one that the pass finds.
    pub(crate) fn cursor<'r>(&self, record: &'r str, batch: &Batch) -> Option<Option<&'r str>> {
        self.cursor.map(|slot| batch.scratch.places.text(slot, record))
    }

    /// Looks through a record and maps it: [`Mapper::find`] and [`Mapper::map_found`].
    pub fn map(
        &self,
        expressions: &Expressions,
        scope: &PageScope<'_>,
        record: &str,
        batch: &mut Batch,
        faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        self.find(record, batch);
        self.map_found(expressions, scope, record, batch, faults)
    }

    /// A batch for records of a page.
    pub(crate) fn batch(&self, page: bytestring::ByteString, records: usize) -> Batch {
        let mut batch = Batch::of_page(self.columns.len(), page, records);
        batch.set_apart(true);
        batch
    }

    /// Maps the record that was looked through into the batch. An error ends the run: `on_error: fail`, or a key
    /// without value.
    pub(crate) fn map_found(
        &self,
        expressions: &Expressions,
        scope: &PageScope<'_>,
        record: &str,
        batch: &mut Batch,
        faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        let mut scratch = std::mem::take(&mut batch.scratch);
        let mapped = self.map_places(expressions, scope, record, &mut scratch, batch, faults);
        batch.scratch = scratch;
        mapped
    }

    fn map_places(
        &self,
        expressions: &Expressions,
        scope: &PageScope<'_>,
        record: &str,
        scratch: &mut Scratch,
        batch: &mut Batch,
        faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        let lazy = Lazy { record, tree: OnceCell::new() };
        let light = Context { expressions, scope: in_scope(None, scope), record };
        if !self.keeps(&light, &lazy, scratch)? {
            return Ok(Mapped::Filtered);
        }
        let Some(after) = &self.after else { return self.row(&light, &lazy, scratch, batch, faults) };
        let mut told = Vec::new();
        let changed = match self.steps.splice(record, &scratch.places) {
            Some(changed) => Cow::Owned(changed),
            None => self.steps.apply(record, expressions, in_scope(None, scope), &mut told),
        };
        faults.extend(told.into_iter().map(|fault| FieldFault {
            column: self.columns.len() + fault.step,
            value: fault.value,
            message: fault.message,
        }));
        let lazy = Lazy { record: &changed, tree: OnceCell::new() };
        let light = Context { record: &changed, ..light };
        scratch.places.find(after, &changed);
        self.row(&light, &lazy, scratch, batch, faults)
    }

    /// The fields of a record, as it is after the steps.
    fn row(
        &self,
        light: &Context<'_>,
        lazy: &Lazy<'_>,
        scratch: &mut Scratch,
        batch: &mut Batch,
        faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        let record = lazy.record;
        for (slot, field) in (0u32..).zip(&self.fields) {
            let Some(column) = field.column else { continue };
            if let Some(cell) = field.read_directly(record, slot, &scratch.places, batch) {
                batch.push(cell);
                continue;
            }
            let source = field.read_fast(record, slot, &scratch.places);
            let heavy;
            let context = if field.needs_tree && (source.is_none() || field.steps_use_record) {
                heavy = lazy.context(light);
                &heavy
            } else {
                light
            };
            let source = source.map_or_else(|| field.read(record, scratch.places.all(slot), context), Ok);
            let result = match &source {
                Ok(value) => field.finish(value.borrowed(), context),
                Err(message) => Err(message.clone()),
            };
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
            let heavy = if self.relations.uses_record() { lazy.context(light) } else { *light };
            let relations = self.relations(&heavy, batch, faults);
            batch.push(relations);
        }
        self.end(record, scratch, batch);
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
    pub(crate) fn stepped<'r>(
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
    fn keeps(&self, light: &Context<'_>, lazy: &Lazy<'_>, scratch: &Scratch) -> Result<bool, Problem> {
        let Some(filter) = &self.filter else { return Ok(true) };
        if let Some((fast, first)) = &filter.fast
            && let Some(keep) = fast.is_true(&|path| scratch.places.text(first + path as u32, lazy.record))
        {
            return Ok(keep);
        }
        let record = if filter.slow.uses("record") { lazy.tree() } else { None };
        let scope = Scope { record, ..light.scope };
        filter.slow.is_true(light.expressions, &scope).map_err(|message| {
            let message = format!("The filter can't be told for a record: {message}.");
            Problem::new("filter_failed", ProblemKind::Data, Stage::Map, message)
                .field(self.filter_path.clone())
                .hint("A member that some records lack needs a default: `{{ record.name | default('') }}`.")
        })
    }

    fn end(&self, record: &str, scratch: &mut Scratch, batch: &mut Batch) {
        if self.rest == Rest::Drop {
            return batch.end_row(None);
        }
        if self.whole {
            batch.set_whole();
        }
        let span = match self.whole {
            true => left_over(record, batch),
            false => rest(record, &self.taken, &mut scratch.members, &mut scratch.text, batch),
        };
        match &self.rest {
            Rest::As(_) => {
                batch.push(span.map_or(Cell::Null, Cell::Json));
                batch.end_row(None);
            }
            _ => {
                if self.clashes.clone().any(|slot| scratch.places.has(slot)) {
                    batch.set_apart(false);
                }
                batch.end_row(span);
            }
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
    Scope { record, headers: page.headers, partition: page.partition, stream: page.stream, ..Scope::default() }
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
