//! Mapped records on their way to a sink: one page, its text, and an arena for text that is not in it as it stands.

use crate::map::Scratch;
use bytestring::ByteString;
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

/// One value. Text stands in the page as it came or in the batch's arena, so that no value is an allocation.
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

/// A place in the batch's text, in bytes: the page first, the arena behind it.
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
    page: ByteString,
    arena: String,
    extras: Vec<Option<Span>>,
    whole: bool,
    apart: bool,
    pub(crate) scratch: Scratch,
}

/// Longer pages are not pointed into: places in the text have 32 bits.
const LONGEST_PAGE: usize = 1 << 30;

impl Batch {
    /// An empty batch of records with `width` columns.
    pub fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// An empty batch of about `records` records of a page, whose text it points into instead of copying it.
    pub fn of_page(width: usize, page: ByteString, records: usize) -> Self {
        let page = if page.len() <= LONGEST_PAGE { page } else { ByteString::new() };
        let (cells, extras) = (Vec::with_capacity(width * records), Vec::with_capacity(records));
        Self { width, cells, page, extras, ..Self::default() }
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

    /// The members that no column took (`rest: keep`), as the text of a JSON object on one line.
    pub fn extra(&self, index: usize) -> Option<&str> {
        self.extras[index].map(|span| self.text(span))
    }

    /// Whether [`Batch::extra`] is each record as it came, with the members of the key in it too: the columns repeat
    /// them.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether it is known that no member of [`Batch::extra`] is named like a column or like another member.
    pub fn is_apart(&self) -> bool {
        self.apart
    }

    /// The text at a place.
    pub fn text(&self, span: Span) -> &str {
        let (start, end) = (span.start as usize, span.end as usize);
        match start.checked_sub(self.page.len()) {
            Some(start) => &self.arena[start..end - self.page.len()],
            None => &self.page[start..end],
        }
    }

    /// Adds a value to the record that is being made.
    pub fn push(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// Keeps text: where it stands in the page it is not copied.
    pub fn store(&mut self, text: &str) -> Span {
        if let Some(start) = text.as_ptr().addr().checked_sub(self.page.as_ptr().addr())
            && start + text.len() <= self.page.len()
            && start < self.page.len()
        {
            return Span { start: start as u32, end: (start + text.len()) as u32 };
        }
        let start = self.page.len() + self.arena.len();
        self.arena.push_str(text);
        Span { start: start as u32, end: (start + text.len()) as u32 }
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

    /// Says that the extras are the records as they came.
    pub(crate) fn set_whole(&mut self) {
        self.whole = true;
    }

    /// Says whether the extras' members are known to be named apart.
    pub(crate) fn set_apart(&mut self, apart: bool) {
        self.apart = apart;
    }
}

#[cfg(test)]
mod tests {
    use super::Batch;

    #[test]
    fn text_of_the_page_is_pointed_at_and_other_text_is_kept() {
        let page = bytestring::ByteString::from("{\"a\":\"é1\"}");
        let mut batch = Batch::of_page(1, page.clone(), 1);
        let (whole, inside) = (batch.store(&page), batch.store(&page[6..9]));
        let other = batch.store("other");
        let empty = batch.store("");
        assert_eq!((batch.text(whole), batch.text(inside)), (&*page, "é1"));
        assert_eq!((batch.text(other), batch.text(empty)), ("other", ""));
        assert_eq!(batch.arena, "other");
    }
}
