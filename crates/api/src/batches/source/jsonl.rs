//! JSON lines: an object a line.

use super::{Broken, SourceRow, hash_of, unreadable};
use definition::Problem;
use engine::rows::row_of_json;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

/// The longest line.
const LONGEST: u64 = 16 * 1024 * 1024;

/// Reads rows.
pub(super) struct Reader {
    reader: BufReader<File>,
    path: PathBuf,
    number: i64,
    line: u64,
    text: Vec<u8>,
}

impl Reader {
    pub(super) fn new(file: File, path: PathBuf) -> Self {
        Self { reader: BufReader::new(file), path, number: 0, line: 0, text: Vec::new() }
    }

    /// The next line; whether it was cut off.
    fn read(&mut self) -> std::io::Result<Option<bool>> {
        self.text.clear();
        let mut limited = (&mut self.reader).take(LONGEST);
        if limited.read_until(b'\n', &mut self.text)? == 0 {
            return Ok(None);
        }
        self.line += 1;
        let cut = self.text.len() as u64 == LONGEST && !self.text.ends_with(b"\n");
        if cut {
            self.reader.skip_until(b'\n')?;
        }
        Ok(Some(cut))
    }

    fn row(&mut self, cut: bool) -> Option<SourceRow> {
        let text = String::from_utf8_lossy(&self.text);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return None;
        }
        self.number += 1;
        let cells = match row_of_json(text) {
            _ if cut => Err("The line is longer than 16 MiB."),
            Some(row) => Ok(row),
            None if text.starts_with('[') => {
                Err("The line is a JSON array; each row must be an object on a line of its own.")
            }
            None => Err("The line is not a JSON object."),
        };
        let cells = cells
            .map_err(|message| Broken { message: message.to_owned(), values: vec![text.chars().take(2000).collect()] });
        Some(SourceRow { number: self.number, line: self.line, hash: hash_of([text.as_bytes()]), cells })
    }
}

impl Iterator for Reader {
    type Item = Result<SourceRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.read() {
                Ok(None) => return None,
                Ok(Some(cut)) => {
                    if let Some(row) = self.row(cut) {
                        return Some(Ok(row));
                    }
                }
                Err(error) => return Some(Err(unreadable(&self.path, &error))),
            }
        }
    }
}
