//! Shapes, batches and states, shortly.

use definition::model::FieldType;
use engine::batch::{Batch, Cell, Column};
use engine::sink::StreamShape;
use engine::state::{OpenRead, StreamState};

/// A value to put into a batch.
#[derive(Debug, Clone, PartialEq)]
pub enum V {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Decimal(&'static str),
    Json(&'static str),
}

pub fn text(text: &str) -> V {
    V::Text(text.to_owned())
}

pub fn shape(name: &str, columns: &[(&str, FieldType)], key: &[&str]) -> StreamShape {
    StreamShape {
        deletions: definition::model::Deletions::Keep,
        name: name.to_owned(),
        columns: columns
            .iter()
            .map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind, key: key.contains(name) })
            .collect(),
        key: key.iter().map(|name| (*name).to_owned()).collect(),
        extras: false,
        full: false,
        incremental: false,
    }
}

pub fn batch(rows: &[Vec<V>]) -> Batch {
    let rows: Vec<_> = rows.iter().map(|row| (row.clone(), None)).collect();
    batch_with(&rows)
}

pub fn batch_with(rows: &[(Vec<V>, Option<&str>)]) -> Batch {
    let mut batch = Batch::new(rows.first().map_or(0, |(row, _)| row.len()));
    for (row, extra) in rows {
        for value in row {
            let cell = match value {
                V::Null => Cell::Null,
                V::Bool(value) => Cell::Bool(*value),
                V::Int(value) => Cell::Int(*value),
                V::Float(value) => Cell::Float(*value),
                V::Text(text) => Cell::Text(batch.store(text)),
                V::Decimal(text) => Cell::Decimal(batch.store(text)),
                V::Json(text) => Cell::Json(batch.store(text)),
            };
            batch.push(cell);
        }
        let extra = extra.map(|text| batch.store(text));
        batch.end_row(extra);
    }
    batch
}

/// The state behind page `pages` of a read that goes on.
pub fn reading(pages: u64) -> StreamState {
    let read = OpenRead { page: serde_json::json!({"page": pages + 1}), pages, ..OpenRead::default() };
    StreamState { read: Some(read), mark: "m1".to_owned(), ..StreamState::default() }
}

/// The state behind a finished read.
pub fn done(cursor: &str) -> StreamState {
    StreamState { cursor: Some(cursor.to_owned()), mark: "m1".to_owned(), ..StreamState::default() }
}
