//! One column, compiled: its source, its steps, its type.

use super::transform::{Context, Op, compile};
use super::types::{Typed, fit};
use super::value::Val;
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
    /// The field's place in the file, for problems.
    pub path: String,
}

/// Where a column's value comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// A path; whether it can match several times.
    Path {
        path: Path,
        many: bool,
    },
    Template(Compiled),
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
                path,
            }),
            _ => Err(faults),
        }
    }

    /// Whether it needs the record as a tree.
    pub fn uses_record(&self) -> bool {
        let source = matches!(&self.source, Source::Template(template) if template.uses("record"));
        source || self.steps.iter().any(Op::uses_record)
    }

    /// The top-level member that it takes whole, if it does: nothing of it is left for the rest.
    pub fn takes(&self) -> Option<&str> {
        match &self.source {
            Source::Path { path, .. } => match path.plain() {
                Some([Step::Key(name)]) => Some(name),
                _ => None,
            },
            Source::Template(_) => None,
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
            Source::Template(template) => {
                template.value(context.expressions, &context.scope).map(|value| Val::from(&value))
            }
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
        return Ok(Source::Template(compiled));
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
