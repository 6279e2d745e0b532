//! Text: each line is a record with one field, `text`.

use super::rows::{Lines, Rows};
use crate::json::push_string;
use std::convert::Infallible;

/// Reads text.
#[derive(Debug, Default)]
pub(super) struct Text {
    lines: Lines,
    rows: Rows,
}

impl Text {
    pub(super) fn feed(&mut self, text: &[u8], out: &mut Vec<u8>) {
        let Self { lines, rows } = self;
        let Ok(()) = lines.feed(text, |line| {
            take(line, rows, out);
            Ok::<(), Infallible>(())
        });
    }

    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        if let Some(line) = self.lines.finish() {
            take(&line, &mut self.rows, out);
        }
        self.rows.finish(out);
    }
}

fn take(line: &[u8], rows: &mut Rows, out: &mut Vec<u8>) {
    rows.next(out);
    out.extend_from_slice(b"{\"text\":");
    push_string(out, line);
    out.push(b'}');
}
