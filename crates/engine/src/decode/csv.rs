//! Comma-separated values (RFC 4180 and what servers make of it): each row is a record, each value text.

use super::rows::Rows;
use crate::json::push_string;
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use definition::model::CsvDecode;
use std::collections::HashSet;

/// Bytes of a value that are read at once.
const VALUE: usize = 4096;

/// Reads CSV.
pub(super) struct Csv {
    reader: Reader,
    rows: Rows,
    header: bool,
    /// The columns' names as JSON, the colon behind them.
    names: Vec<Vec<u8>>,
    /// The row that is read: its values one behind the other, and where each ends.
    values: Vec<u8>,
    ends: Vec<usize>,
    buffer: Vec<u8>,
}

impl Csv {
    pub(super) fn new(settings: &CsvDecode) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(settings.delimiter_byte().unwrap_or(b','));
        match settings.quote_byte() {
            Ok(Some(quote)) => builder.quote(quote),
            Ok(None) => builder.quoting(false),
            Err(_) => &mut builder,
        };
        Self {
            reader: builder.build(),
            rows: Rows::default(),
            header: !settings.no_header,
            names: Vec::new(),
            values: Vec::new(),
            ends: Vec::new(),
            buffer: vec![0; VALUE],
        }
    }

    pub(super) fn feed(&mut self, mut text: &[u8], out: &mut Vec<u8>) {
        // Nothing at all would mean the end.
        while !text.is_empty() {
            let read = self.step(text, out).1;
            text = &text[read..];
        }
    }

    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        while self.step(&[], out).0 {}
        self.rows.finish(out);
    }

    /// Reads on, at most to the end of a value. Tells whether there may be more, and how many bytes were used.
    fn step(&mut self, text: &[u8], out: &mut Vec<u8>) -> (bool, usize) {
        let (result, read, written) = self.reader.read_field(text, &mut self.buffer);
        self.values.extend_from_slice(&self.buffer[..written]);
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => return (false, read),
            ReadFieldResult::Field { record_end } => {
                self.ends.push(self.values.len());
                if record_end {
                    self.row(out);
                    self.values.clear();
                    self.ends.clear();
                }
            }
        }
        (true, read)
    }

    fn row(&mut self, out: &mut Vec<u8>) {
        if std::mem::take(&mut self.header) {
            let mut from = 0;
            let given = self.ends.iter().map(|end| {
                let name = String::from_utf8_lossy(&self.values[std::mem::replace(&mut from, *end)..*end]);
                name.trim().to_owned()
            });
            self.names = names(given.collect()).iter().map(|name| key(name)).collect();
            return;
        }
        for column in self.names.len()..self.ends.len() {
            self.names.push(key(&format!("column_{}", column + 1)));
        }
        self.rows.next(out);
        let mut from = 0;
        for (column, name) in self.names.iter().enumerate() {
            out.push(if column == 0 { b'{' } else { b',' });
            out.extend_from_slice(name);
            match self.ends.get(column) {
                Some(end) => push_string(out, &self.values[std::mem::replace(&mut from, *end)..*end]),
                None => out.extend_from_slice(b"null"),
            }
        }
        out.push(b'}');
    }
}

fn key(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    push_string(&mut out, name.as_bytes());
    out.push(b':');
    out
}

/// A name for each column: where the header has none, `column_3`; where it has one twice, `name_2`.
fn names(given: Vec<String>) -> Vec<String> {
    let taken: HashSet<String> = given.iter().cloned().collect();
    let mut used = HashSet::new();
    let mut out = Vec::with_capacity(given.len());
    for (column, name) in given.into_iter().enumerate() {
        let base = if name.is_empty() { format!("column_{}", column + 1) } else { name };
        let mut found = base.clone();
        let mut number = 2;
        while used.contains(&found) || (found != base && taken.contains(&found)) {
            found = format!("{base}_{number}");
            number += 1;
        }
        used.insert(found.clone());
        out.push(found);
    }
    out
}
