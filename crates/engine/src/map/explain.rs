//! The mapping of one record in the open: what each field read, and what each step made of it.

use super::PageScope;
use super::field::Plan;
use super::mapper::{Mapper, in_scope};
use super::transform::Context;
use super::types::{Typed, float_text};
use super::value::Val;
use crate::batch::{Batch, Cell};
use crate::expr::Expressions;
use crate::json::to_value;

/// How one field came to its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTrace {
    /// The field.
    pub name: String,
    /// The source value as text. `None`: null, missing, or it could not be read.
    pub before: Option<String>,
    /// The value after each transform, up to the one that failed.
    pub steps: Vec<Option<String>>,
    /// What goes into the column, or why nothing fits.
    pub after: Result<Option<String>, String>,
}

impl Mapper {
    /// Traces every field of the file (also hidden ones) over one record, as it is after the steps, in the file's
    /// order. `on_error` is left aside: a fault is told. The filter is left aside too.
    pub fn explain(&self, expressions: &Expressions, scope: &PageScope<'_>, record: &str) -> Vec<FieldTrace> {
        let record = &*self.stepped(expressions, scope, record);
        let tree = to_value(record);
        let context = Context { expressions, scope: in_scope(tree.as_ref(), scope), record };
        self.fields.iter().map(|field| trace(field, record, &context)).collect()
    }
}

fn trace(field: &Plan, record: &str, context: &Context<'_>) -> FieldTrace {
    let places = match &field.source {
        super::field::Source::Path { path, .. } => path.ranges(record),
        super::field::Source::Template { .. } => Vec::new(),
    };
    let mut trace = FieldTrace { name: field.name.clone(), before: None, steps: Vec::new(), after: Ok(None) };
    let mut value = match field.read(record, places.as_slice().iter().collect::<Vec<_>>().into_iter(), context) {
        Ok(value) => value.into_owned(),
        Err(message) => {
            trace.after = Err(message);
            return trace;
        }
    };
    trace.before = shown(&value);
    let source = value.clone();
    for step in &field.steps {
        match step.apply(value, context) {
            Ok(next) => {
                trace.steps.push(shown(&next));
                value = next;
            }
            Err(message) => {
                trace.after = Err(message);
                return trace;
            }
        }
    }
    trace.after = field.finish(source, context).map(|typed| typed_text(&typed));
    trace
}

fn shown(value: &Val<'_>) -> Option<String> {
    (*value != Val::Null).then(|| value.plain().into_owned())
}

fn typed_text(typed: &Typed<'_>) -> Option<String> {
    match typed {
        Typed::Null => None,
        Typed::Bool(value) => Some(value.to_string()),
        Typed::Int(value) => Some(value.to_string()),
        Typed::Float(value) => Some(float_text(*value)),
        Typed::Text(text) | Typed::Decimal(text) | Typed::Json(text) => Some(text.to_string()),
    }
}

/// A cell as the text that a person reads. `None`: null.
pub fn display(cell: &Cell, batch: &Batch) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Bool(value) => Some(value.to_string()),
        Cell::Int(value) => Some(value.to_string()),
        Cell::Float(value) => Some(float_text(*value)),
        Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => Some(batch.text(*span).to_owned()),
    }
}
