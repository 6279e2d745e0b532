//! A CSV file a stream.

use crate::files::{io_problem, safe_stem};
use definition::{Problem, ProblemKind, Stage};
use engine::batch::{Batch, Cell};
use engine::json::{Members, unescape};
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Writes `STREAM.csv` into a folder: UTF-8, a header, RFC 4180 quoting, line feeds, null as nothing, arrays and
/// objects as JSON text, the members that no column took as one JSON object in `_extra`.
///
/// The file holds what this run read, and nothing else; it keeps no state. It is written as `STREAM.csv.part` and
/// renamed when the stream was read to its end: a run that stopped leaves the old file as it was.
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
    path: PathBuf,
    whole: PathBuf,
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
        fs::create_dir_all(folder).map_err(|error| io_problem(&error, folder))?;
        let stem = safe_stem(&shape.name);
        let (path, whole) = (folder.join(format!("{stem}.csv.part")), folder.join(format!("{stem}.csv")));
        // Emptied only under the lock: another sync may be writing it.
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| io_problem(&error, &path))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => busy(&whole),
            TryLockError::Error(error) => io_problem(&error, &path),
        })?;
        file.set_len(0).map_err(|error| io_problem(&error, &path))?;
        let writer = ::csv::WriterBuilder::new().from_writer(BufWriter::with_capacity(1 << 16, file));
        let columns = shape.columns.iter().map(|column| column.name.clone()).collect();
        let mut part = Self { writer, path, whole, extras: shape.extras, columns };
        let extra = shape.extras.then_some("_extra");
        let header: Vec<&str> = shape.columns.iter().map(|column| column.name.as_str()).chain(extra).collect();
        let written = part.writer.write_record(header);
        written.map_err(|error| csv_problem(error, &part.path))?;
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
        let failed = |error: &std::io::Error| io_problem(error, &self.whole);
        self.writer.flush().map_err(|error| failed(&error))?;
        self.writer.get_ref().get_ref().sync_all().map_err(|error| failed(&error))?;
        fs::rename(&self.path, &self.whole).map_err(|error| failed(&error))?;
        self.path = PathBuf::new();
        Ok(())
    }
}

/// A run that stopped leaves nothing half-written behind.
impl Drop for Part {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty()
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!("{} could not be removed: {error}", self.path.display());
        }
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

fn busy(path: &Path) -> Problem {
    let message = format!("Another sync is writing {}.", path.display());
    Problem::new("busy", ProblemKind::Storage, Stage::Write, message).hint("Wait for it, or stop it.").retryable()
}

fn csv_problem(error: ::csv::Error, path: &Path) -> Problem {
    io_problem(&std::io::Error::from(error), path)
}

fn unopened() -> Problem {
    Problem::new("unopened", ProblemKind::Internal, Stage::Write, "Records came before their stream was opened.")
}

impl Sink for CsvSink {
    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.part = None;
        self.part = Some(Part::open(&self.folder, shape)?);
        Ok(None)
    }

    fn write(&mut self, batch: &Batch, _state: &StreamState) -> Result<Written, Problem> {
        let part = self.part.as_mut().ok_or_else(unopened)?;
        part.write(batch).map_err(|error| csv_problem(error, &part.path))?;
        Ok(Written { new: batch.len() as u64, ..Written::default() })
    }

    fn finish(&mut self, _state: &StreamState) -> Result<Written, Problem> {
        self.part.take().ok_or_else(unopened)?.finish()?;
        Ok(Written::default())
    }
}
