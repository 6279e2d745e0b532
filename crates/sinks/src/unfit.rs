//! A value that is not of its column's type.

use definition::model::FieldType;
use definition::{Problem, ProblemKind, Stage};
use engine::batch::{Batch, Cell};

/// The problem of a value that a typed column can't take; `place` names what has one type a column.
pub(crate) fn unfit(column: &str, kind: FieldType, batch: &Batch, cell: Cell, place: &str) -> Problem {
    let mut text = Vec::new();
    crate::text::push_cell(&mut text, batch, cell);
    let shown: String = String::from_utf8_lossy(&text).chars().take(60).collect();
    let word = serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    let message = format!("The field {column} has the type {word}, and a record has {shown} in it.");
    Problem::new("value_unfit", ProblemKind::Data, Stage::Write, message).field(column.to_owned()).hint(format!(
        "{place} has one type: give the field the type string (decimal for long numbers), or on_error: null."
    ))
}
