//! Mapped records on their way to a sink: one page, one arena of text.

use definition::model::FieldType;
use serde::Serialize;
use ts_rs::TS;

/// A column of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it is part of the key.
    pub key: bool,
}

/// One value. Text stands in the batch's arena, so that a page of records costs one allocation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// Text: strings, dates, moments, times.
    Text(Span),
    /// A number of any length, as its digits.
    Decimal(Span),
    /// JSON text: arrays, objects, values kept as they came.
    Json(Span),
}

/// A place in the arena, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// Mapped records of one page.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    width: usize,
    cells: Vec<Cell>,
    arena: String,
    extras: Vec<Option<Span>>,
}

impl Batch {
    /// An empty batch of records with `width` columns.
    pub fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.extras.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.extras.is_empty()
    }

    /// One record's values, in the order of the columns.
    pub fn row(&self, index: usize) -> &[Cell] {
        &self.cells[index * self.width..(index + 1) * self.width]
    }

    /// The members that no column took (`rest: keep`), as the text of a JSON object.
    pub fn extra(&self, index: usize) -> Option<&str> {
        self.extras[index].map(|span| self.text(span))
    }

    /// The text at a place.
    pub fn text(&self, span: Span) -> &str {
        &self.arena[span.start as usize..span.end as usize]
    }

    /// Adds a value to the record that is being made.
    pub fn push(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// Puts text into the arena.
    pub fn store(&mut self, text: &str) -> Span {
        let start = self.arena.len() as u32;
        self.arena.push_str(text);
        Span { start, end: self.arena.len() as u32 }
    }

    /// Ends the record that is being made. Every column must have been pushed.
    pub fn end_row(&mut self, extra: Option<Span>) {
        debug_assert_eq!(self.cells.len(), (self.extras.len() + 1) * self.width);
        self.extras.push(extra);
    }

    /// Drops what was pushed since the last `end_row`.
    pub fn abandon_row(&mut self) {
        self.cells.truncate(self.extras.len() * self.width);
    }

    /// Bytes of text held.
    pub fn bytes(&self) -> usize {
        self.arena.len()
    }
}
