//! One column, compiled: its source, its steps, its type.

use super::direct::direct;
use super::places::Places;
use super::transform::{Context, Op, compile};
use super::types::{Typed, fit};
use super::value::Val;
use crate::batch::{Batch, Cell};
use crate::expr::fast::Fast;
use crate::expr::{Compiled, Expressions};
use crate::json::{Path, Step};
use definition::Fault;
use definition::model::{Field, FieldType, OnError};
use std::borrow::Cow;
use std::ops::Range;

/// A compiled column.
#[derive(Debug)]
pub(super) struct Plan {
    pub name: String,
    pub kind: FieldType,
    /// Its place among the columns; hidden ones have none.
    pub column: Option<usize>,
    pub source: Source,
    pub steps: Vec<Op>,
    /// Whether the first step, or without steps the column, takes an array.
    pub listed: bool,
    pub required: bool,
    pub key: bool,
    pub on_error: OnError,
    /// Whether its source or a step asks for the record as a tree, unless its source is evaluated on the text.
    pub needs_tree: bool,
    /// Whether a step asks for the record as a tree.
    pub steps_use_record: bool,
    /// Whether it takes a single value without steps.
    pub plain: bool,
    /// The field's place in the file, for problems.
    pub path: String,
}

/// Where a column's value comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// A path; whether it can match several times.
    Path { path: Path, many: bool },
    /// An expression; where it can be evaluated on the record's text, that with its first slot.
    Template { slow: Compiled, fast: Option<(Fast, u32)> },
}

impl Plan {
    /// Compiles a field, or tells all of its faults.
    pub fn compile(field: &Field, path: String, key: bool, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let source = source(field, &path, expressions).map_err(|fault| faults.push(fault)).ok();
        let last = field.transform.len().saturating_sub(1);
        let steps = field.transform.iter().enumerate().filter_map(|(place, transform)| {
            let target = (place == last).then_some(field.kind);
            let compiled = compile(transform, &format!("{path}.transform[{place}]"), target, expressions);
            compiled.map_err(|fault| faults.push(fault)).ok()
        });
        let steps: Vec<Op> = steps.collect();
        let listed = steps.first().map_or(field.kind == FieldType::Array, Op::takes_list);
        let steps_use_record = steps.iter().any(Op::uses_record);
        let needs_tree =
            steps_use_record || matches!(&source, Some(Source::Template { slow, .. }) if slow.uses("record"));
        let single = matches!(&source, Some(Source::Path { path, many: false }) if path.walk().is_some());
        let plain = single && steps.is_empty();
        match source {
            Some(source) if faults.is_empty() => Ok(Self {
                name: field.name.clone(),
                kind: field.kind,
                column: None,
                source,
                steps,
                listed,
                required: field.required,
                key,
                on_error: field.on_error,
                needs_tree,
                steps_use_record,
                plain,
                path,
            }),
            _ => Err(faults),
        }
    }

    /// The top-level member that it takes whole, if it does: nothing of it is left for the rest.
    pub fn takes(&self) -> Option<&str> {
        match &self.source {
            Source::Path { path, .. } => match path.plain() {
                Some([Step::Key(name)]) => Some(name),
                _ => None,
            },
            Source::Template { .. } => None,
        }
    }

    /// The source value. `found`: the places that the one pass over the record found for this column.
    pub fn read<'r>(
        &self,
        record: &'r str,
        found: impl Iterator<Item = &'r Range<usize>>,
        context: &Context<'_>,
    ) -> Result<Val<'r>, String> {
        match &self.source {
            Source::Path { path, many } if path.walk().is_some() => {
                let mut found = found.filter_map(|range| record.get(range.clone()));
                if *many {
                    Ok(several(found.collect(), self.listed))
                } else {
                    Ok(found.next().map_or(Val::Null, Val::from_raw))
                }
            }
            Source::Path { path, .. } => Ok(several(path.all(record), self.listed)),
            Source::Template { slow, .. } => {
                slow.value(context.expressions, &context.scope).map(|value| Val::from(&value))
            }
        }
    }

    /// The column's cell, where the value stands in the record as it is stored.
    pub fn read_directly(&self, record: &str, slot: u32, places: &Places, batch: &mut Batch) -> Option<Cell> {
        if !self.plain {
            return None;
        }
        let cell = places.text(slot, record).map_or(Some(Cell::Null), |raw| direct(self.kind, raw, batch))?;
        (cell != Cell::Null || !(self.key || self.required)).then_some(cell)
    }

    /// The source value, where it is had without a tree and without trying several places.
    pub fn read_fast<'r>(&'r self, record: &'r str, slot: u32, places: &Places) -> Option<Val<'r>> {
        match &self.source {
            Source::Path { path, many: false } if path.walk().is_some() => {
                Some(places.text(slot, record).map_or(Val::Null, Val::from_raw))
            }
            Source::Template { fast: Some((fast, first)), .. } => {
                fast.value(&|path| places.text(first + path as u32, record))
            }
            _ => None,
        }
    }

    /// The value that goes into the column.
    pub fn finish<'v>(&self, value: Val<'v>, context: &Context<'_>) -> Result<Typed<'v>, String> {
        let mut value = value;
        for step in &self.steps {
            value = step.apply(value, context)?;
        }
        let typed = fit(self.kind, value)?;
        if self.required && typed == Typed::Null {
            return Err("is required, but there is none".to_owned());
        }
        Ok(typed)
    }
}

fn source(field: &Field, path: &str, expressions: &Expressions) -> Result<Source, Fault> {
    if let Some(template) = &field.template {
        let bad = |message| Fault::new("bad_template", format!("{path}.template"), message);
        let compiled = expressions.compile(template).map_err(bad)?;
        if compiled.secret() {
            let message = "A secret can't become part of a record.";
            return Err(Fault::new("secret_in_record", format!("{path}.template"), message));
        }
        let fast = Fast::compile(template, expressions).map(|fast| (fast, 0));
        return Ok(Source::Template { slow: compiled, fast });
    }
    let parsed = match &field.from {
        Some(from) => Path::parse(from).map_err(|message| Fault::new("bad_path", format!("{path}.from"), message))?,
        None => Path::of(&[Step::Key(field.name.clone())]),
    };
    let many = parsed.plain().is_none();
    Ok(Source::Path { path: parsed, many })
}

/// One match is its value, several are an array of them; where an array is wanted (`listed`), one match is an array too.
fn several(found: Vec<&str>, listed: bool) -> Val<'_> {
    match found.as_slice() {
        [] => Val::Null,
        [one] if !listed => Val::from_raw(one),
        many => Val::Json(Cow::Owned(format!("[{}]", many.join(",")))),
    }
}
