//! A CSV file a stream.

use crate::files::{PartFile, io_problem, unopened};
use definition::Problem;
use engine::batch::{Batch, Cell};
use engine::json::{Members, unescape};
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Writes `STREAM.csv` into a folder: UTF-8, a header, RFC 4180 quoting, line feeds, null as nothing, arrays and
/// objects as JSON text, the members that no column took as one JSON object in `_extra`.
///
/// The file holds what this run read, and nothing else; it keeps no state. It is written as `STREAM.csv.part` and
/// renamed when the stream was read to its end, or to a limit: a run that failed or was stopped leaves the old file as
/// it was.
///
/// Values are written as they are. A spreadsheet may take one that begins with `=`, `+`, `-` or `@` for a formula:
/// changing it would falsify the data, so open files from sources that you don't trust as text.
#[derive(Debug)]
pub struct CsvSink {
    folder: PathBuf,
    part: Option<Part>,
}

/// The file that is being written.
#[derive(Debug)]
struct Part {
    writer: ::csv::Writer<BufWriter<File>>,
    file: PartFile,
    extras: bool,
    columns: Vec<String>,
}

impl CsvSink {
    /// Writes into `folder`, which is made where it is missing.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, part: None }
    }
}

impl Part {
    fn open(folder: &Path, shape: &StreamShape) -> Result<Self, Problem> {
        let (file, writer) = PartFile::begin(folder, &shape.name, "csv")?;
        let writer = ::csv::WriterBuilder::new().from_writer(BufWriter::with_capacity(1 << 16, writer));
        let columns = shape.columns.iter().map(|column| column.name.clone()).collect();
        let mut part = Self { writer, file, extras: shape.extras, columns };
        let extra = shape.extras.then_some("_extra");
        let header: Vec<&str> = shape.columns.iter().map(|column| column.name.as_str()).chain(extra).collect();
        let written = part.writer.write_record(header);
        written.map_err(|error| csv_problem(error, part.file.path()))?;
        Ok(part)
    }

    fn write(&mut self, batch: &Batch) -> Result<(), ::csv::Error> {
        let mut number = String::new();
        for index in 0..batch.len() {
            for cell in batch.row(index) {
                self.writer.write_field(cell_text(batch, *cell, &mut number))?;
            }
            if self.extras {
                let extra = batch.extra(index).unwrap_or_default();
                match batch.is_whole() && !self.columns.is_empty() {
                    true => self.writer.write_field(without(extra, &self.columns))?,
                    false => self.writer.write_field(extra)?,
                }
            }
            self.writer.write_record(None::<&[u8]>)?;
        }
        self.writer.flush()?;
        Ok(())
    }

    fn finish(mut self) -> Result<(), Problem> {
        self.writer.flush().map_err(|error| io_problem(&error, self.file.path()))?;
        self.file.finish()
    }
}

/// A record without the members that have a column.
fn without(record: &str, columns: &[String]) -> String {
    let mut out = String::new();
    for (name, value) in Members::of(record).filter(|(name, _)| !columns.iter().any(|column| *column == unescape(name)))
    {
        out.push_str(if out.is_empty() { "{\"" } else { ",\"" });
        out.push_str(name);
        out.push_str("\":");
        out.push_str(value);
    }
    out.push_str(if out.is_empty() { "" } else { "}" });
    out
}

fn cell_text<'a>(batch: &'a Batch, cell: Cell, number: &'a mut String) -> &'a str {
    number.clear();
    match cell {
        Cell::Null => {}
        Cell::Bool(value) => return if value { "true" } else { "false" },
        Cell::Int(value) => number.push_str(&value.to_string()),
        Cell::Float(value) => number.push_str(&value.to_string()),
        Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => return batch.text(span),
    }
    number
}

fn csv_problem(error: ::csv::Error, path: &Path) -> Problem {
    io_problem(&std::io::Error::from(error), path)
}

impl Sink for CsvSink {
    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.part = None;
        self.part = Some(Part::open(&self.folder, shape)?);
        Ok(None)
    }

    fn write(&mut self, batch: &Batch, _state: &StreamState) -> Result<Written, Problem> {
        let part = self.part.as_mut().ok_or_else(unopened)?;
        part.write(batch).map_err(|error| csv_problem(error, part.file.path()))?;
        Ok(Written { new: batch.len() as u64, ..Written::default() })
    }

    fn finish(&mut self, _state: &StreamState) -> Result<Written, Problem> {
        self.part.take().ok_or_else(unopened)?.finish()?;
        Ok(Written::default())
    }

    fn limited(&mut self) -> Result<(), Problem> {
        self.part.take().map_or(Ok(()), Part::finish)
    }
}
