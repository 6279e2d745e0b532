//! JSON lines (NDJSON): one value a line.

use super::fault::{broken, cut, shown};
use super::rows::{Lines, Rows};
use definition::Problem;
use serde::de::IgnoredAny;

/// Reads JSON lines.
#[derive(Debug, Default)]
pub(super) struct Jsonl {
    lines: Lines,
    rows: Rows,
    number: u64,
}

impl Jsonl {
    pub(super) fn feed(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<(), Problem> {
        let Self { lines, rows, number } = self;
        lines.feed(text, |line| {
            *number += 1;
            take(line, *number, rows, out).map_err(|(problem, _)| problem)
        })
    }

    pub(super) fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), Problem> {
        if let Some(line) = self.lines.finish() {
            let number = self.number + 1;
            take(&line, number, &mut self.rows, out).map_err(|(problem, half)| match half {
                true => cut(format!("The answer stops in the middle of its line {number}.")),
                false => problem,
            })?;
        }
        self.rows.finish(out);
        Ok(())
    }
}

/// Takes a line. The error tells whether the line only stops too early.
fn take(line: &[u8], number: u64, rows: &mut Rows, out: &mut Vec<u8>) -> Result<(), (Problem, bool)> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    if let Err(error) = serde_json::from_slice::<IgnoredAny>(line) {
        let message = format!("Line {number} of the answer is not JSON. It starts: {}", shown(line));
        let problem = broken("bad_line", message)
            .hint("JSON lines have one whole JSON value on each line. Check the stream's `decode`.")
            .detail(error.to_string());
        return Err((problem, error.is_eof()));
    }
    rows.next(out);
    out.extend_from_slice(line);
    Ok(())
}
