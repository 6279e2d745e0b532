//! One mapped record a line.

use crate::extra::members;
use crate::files::io_problem;
use crate::text::{push_cell, push_json, push_string};
use definition::Problem;
use engine::batch::{Batch, Column};
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

/// Writes JSON Lines: one object a record, its members in the order of the columns, behind them the members that no
/// column took; a record of a stream without fields as it came. Whole numbers and decimals keep every digit; dates are strings; null is `null`. Keeps no state.
/// A page is written and flushed as one. A reader that went away is the problem `broken_pipe`.
pub struct JsonlSink {
    writer: Box<dyn Write + Send>,
    /// `{"name":`, `,"other":` and so on, a column each.
    heads: Vec<Vec<u8>>,
    names: HashSet<String>,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for JsonlSink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonlSink").finish_non_exhaustive()
    }
}

impl JsonlSink {
    /// Writes to `writer`: standard output, a file, a buffer.
    pub fn new(writer: Box<dyn Write + Send>) -> Self {
        Self { writer, heads: Vec::new(), names: HashSet::new(), buffer: Vec::new() }
    }

    fn push_row(&mut self, batch: &Batch, index: usize) -> Result<(), Problem> {
        for (head, cell) in self.heads.iter().zip(batch.row(index)) {
            self.buffer.extend_from_slice(head);
            push_cell(&mut self.buffer, batch, *cell);
        }
        if self.heads.is_empty() {
            self.buffer.push(b'{');
        }
        if let Some(extra) = batch.extra(index) {
            if batch.is_apart() { self.push_inside(extra) } else { self.push_members(extra)? }
        }
        self.buffer.extend_from_slice(b"}\n");
        Ok(())
    }

    /// The members of an object as they came, behind the columns.
    fn push_inside(&mut self, extra: &str) {
        let inside = extra.strip_prefix('{').and_then(|inside| inside.strip_suffix('}')).unwrap_or_default();
        if inside.trim_ascii().is_empty() {
            return;
        }
        if !self.heads.is_empty() {
            self.buffer.push(b',');
        }
        self.buffer.extend_from_slice(inside.as_bytes());
    }

    fn push_members(&mut self, extra: &str) -> Result<(), Problem> {
        let mut first = self.heads.is_empty();
        for (name, value) in members(extra)? {
            if !std::mem::take(&mut first) {
                self.buffer.push(b',');
            }
            push_string(&mut self.buffer, free_name(&name, &self.names));
            self.buffer.push(b':');
            push_json(&mut self.buffer, value.get());
        }
        Ok(())
    }

    /// A record as it came.
    fn push_whole(&mut self, batch: &Batch, index: usize) {
        self.buffer.extend_from_slice(batch.extra(index).unwrap_or("{}").as_bytes());
        self.buffer.push(b'\n');
    }

    fn flush(&mut self) -> Result<(), Problem> {
        let written = self.writer.write_all(&self.buffer).and_then(|()| self.writer.flush());
        self.buffer.clear();
        written.map_err(|error| io_problem(&error, Path::new("the output")))
    }
}

/// A column may bear the name of a member that it did not take: then the member gets a number behind its name.
fn free_name(name: &str, taken: &HashSet<String>) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while taken.contains(&free) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}

fn head(index: usize, column: &Column) -> Vec<u8> {
    let mut head = vec![if index == 0 { b'{' } else { b',' }];
    push_string(&mut head, &column.name);
    head.push(b':');
    head
}

impl Sink for JsonlSink {
    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.heads = shape.columns.iter().enumerate().map(|(index, column)| head(index, column)).collect();
        self.names = shape.columns.iter().map(|column| column.name.clone()).collect();
        Ok(None)
    }

    fn write(&mut self, batch: &Batch, _state: &StreamState) -> Result<Written, Problem> {
        for index in 0..batch.len() {
            if batch.is_whole() { self.push_whole(batch, index) } else { self.push_row(batch, index)? }
        }
        self.flush()?;
        Ok(Written { new: batch.len() as u64, ..Written::default() })
    }

    fn finish(&mut self, _state: &StreamState) -> Result<Written, Problem> {
        self.flush()?;
        Ok(Written::default())
    }
}
