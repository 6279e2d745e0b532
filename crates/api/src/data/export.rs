//! Rows written to a file: beside its place until it is whole, with progress and a way out.

use super::reader::Reading;
use super::sql::open_to_read;
use crate::app::{App, blocking, lock, new_id, storage};
use crate::contract::{AppEvent, AskExport, ExportFormat, ExportView, Id, Nothing};
use definition::model::Deletions;
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::batch::{Batch, Cell, Column};
use engine::event::Outcome;
use engine::sink::{Sink, StreamShape};
use engine::state::StreamState;
use sinks::jsonl::JsonlSink;
use sinks::parquet::ParquetSink;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How often news are told.
const NEWS: Duration = Duration::from_millis(250);
/// Exports that are remembered.
const REMEMBERED: usize = 20;

/// The exports of the last while. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exports(Arc<Mutex<VecDeque<(ExportView, CancellationToken)>>>);

impl Exports {
    fn put(&self, view: &ExportView, stop: &CancellationToken) {
        let mut all = lock(&self.0);
        match all.iter_mut().find(|(one, _)| one.id == view.id) {
            Some((one, _)) => one.clone_from(view),
            None => all.push_back((view.clone(), stop.clone())),
        }
        if all.len() > REMEMBERED
            && let Some(place) = all.iter().position(|(one, _)| one.outcome.is_some())
        {
            all.remove(place);
        }
    }

    fn find(&self, id: &str) -> Option<(ExportView, CancellationToken)> {
        lock(&self.0).iter().find(|(one, _)| one.id == id).cloned()
    }
}

/// Starts an export.
pub(crate) async fn start(app: &App, request: AskExport) -> Result<ExportView, Problem> {
    let (path, definition) = super::place(app, &request.connection).await?;
    let to = PathBuf::from(&request.path);
    let format = request.format.map_or_else(|| format_of(&to), Ok)?;
    let view = ExportView {
        id: new_id(),
        connection: request.connection.clone(),
        path: request.path.clone(),
        rows: 0,
        total: None,
        rate: 0.0,
        outcome: None,
        problem: None,
    };
    let stop = app.token();
    app.exports().put(&view, &stop);
    let (app, begun) = (app.clone(), view.clone());
    app.clone().spawn(async move {
        let (told, halt, mut view) = (app.clone(), stop.clone(), begun.clone());
        let mut seen = Instant::now();
        let started = Instant::now();
        let done = blocking(move || {
            let tell = |rows: u64, total: Option<u64>| {
                if seen.elapsed() >= NEWS {
                    seen = Instant::now();
                    view.rows = rows;
                    view.total = total;
                    view.rate = crate::sync::per_second(rows, started.elapsed());
                    told.exports().put(&view, &halt);
                    told.tell(AppEvent::Export { view: view.clone() });
                }
            };
            write(&Job { database: &path, definition: &definition, ask: &request, to: &to, format, stop: &halt }, tell)
        })
        .await;
        let mut view = begun;
        match done {
            Ok(rows) => {
                view.rows = rows;
                view.total = Some(rows);
                view.outcome = Some(Outcome::Done);
            }
            Err(problem) if problem.kind == ProblemKind::Cancelled => view.outcome = Some(Outcome::Cancelled),
            Err(problem) => {
                view.outcome = Some(Outcome::Failed);
                view.problem = Some(problem);
            }
        }
        view.rate = crate::sync::per_second(view.rows, started.elapsed());
        app.exports().put(&view, &stop);
        app.tell(AppEvent::Export { view });
    });
    Ok(view)
}

/// Stops an export.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    if let Some((_, stop)) = app.exports().find(&request.id) {
        stop.cancel();
    }
    Ok(Nothing {})
}

/// An export as it stands.
pub(crate) async fn get(app: &App, request: Id) -> Result<ExportView, Problem> {
    app.exports().find(&request.id).map(|(view, _)| view).ok_or_else(|| {
        Problem::new("no_export", ProblemKind::Config, Stage::Store, "This export is not known any more.")
    })
}

/// A file's format by its name.
pub(super) fn format_of(path: &Path) -> Result<ExportFormat, Problem> {
    match path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).as_deref() {
        Some("csv") => Ok(ExportFormat::Csv),
        Some("jsonl" | "ndjson") => Ok(ExportFormat::Jsonl),
        Some("parquet") => Ok(ExportFormat::Parquet),
        _ => Err(Problem::new(
            "unknown_format",
            ProblemKind::Config,
            Stage::Open,
            format!("It does not show from {} what the file is to be.", path.display()),
        )
        .hint("End its name with .csv, .jsonl or .parquet.")),
    }
}

/// What is written where.
pub(super) struct Job<'a> {
    pub database: &'a Path,
    pub definition: &'a Definition,
    pub ask: &'a AskExport,
    pub to: &'a Path,
    pub format: ExportFormat,
    pub stop: &'a CancellationToken,
}

/// Writes a file. Gives how many rows it has.
pub(super) fn write(job: &Job<'_>, mut tell: impl FnMut(u64, Option<u64>)) -> Result<u64, Problem> {
    let typed = job.format == ExportFormat::Parquet;
    let mut work = || {
        let database = open_to_read(job.database, None, job.stop.clone())?;
        let reading = Reading::of(&database, job.definition, job.ask, typed)?;
        let beside = Beside::make(job.to)?;
        let mut out = Out::open(&beside, job.format, &reading.columns)?;
        let mut rows = 0;
        reading.read(&database, |batch| {
            out.write(batch)?;
            rows += batch.len() as u64;
            tell(rows, reading.total);
            Ok(!job.stop.is_cancelled())
        })?;
        if job.stop.is_cancelled() {
            return Err(super::open::stopped());
        }
        out.finish()?;
        beside.finish(job.to)?;
        Ok(rows)
    };
    work().map_err(|problem| if job.stop.is_cancelled() { super::open::stopped() } else { problem })
}

/// A folder beside a file, in which it is written. Goes when it is dropped.
struct Beside(PathBuf);

impl Beside {
    fn make(to: &Path) -> Result<Self, Problem> {
        let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if to.file_name().is_none() || to.is_dir() {
            let message = format!("{} is no place for a file.", to.display());
            return Err(Problem::new("no_file", ProblemKind::Config, Stage::Write, message));
        }
        let folder = parent.join(format!(".tapwright-{}", new_id()));
        std::fs::create_dir(&folder)
            .map_err(|error| storage("not_writable", format!("{} can't be written to", parent.display()), &error))?;
        Ok(Self(folder))
    }

    fn file(&self) -> PathBuf {
        self.0.join("rows.part")
    }

    fn finish(&self, to: &Path) -> Result<(), Problem> {
        let made = [self.file(), self.0.join("rows.parquet")].into_iter().find(|file| file.exists());
        let moved = made.map_or_else(|| Err(std::io::ErrorKind::NotFound.into()), |made| std::fs::rename(made, to));
        moved.map_err(|error| unwritten(to, &error))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn unwritten(to: &Path, error: &std::io::Error) -> Problem {
    storage("write_failed", format!("{} could not be written", to.display()), error)
        .hint("Check the folder and the disk, or choose another place.")
}

/// What rows are written by.
pub(super) enum Out {
    /// CSV with a header.
    Csv(Box<csv::Writer<Box<dyn Write + Send>>>),
    /// A sink.
    Sink(Box<dyn Sink>),
}

impl Out {
    fn open(beside: &Beside, format: ExportFormat, columns: &[Column]) -> Result<Self, Problem> {
        if format == ExportFormat::Parquet {
            return Self::sink(Box::new(ParquetSink::new(beside.0.clone())), columns);
        }
        let file = File::create(beside.file()).map_err(|error| unwritten(&beside.file(), &error))?;
        Self::stream(Box::new(BufWriter::with_capacity(1 << 16, file)), format == ExportFormat::Csv, columns)
    }

    /// Writes to anything: CSV, or an object a line.
    pub fn stream(writer: Box<dyn Write + Send>, csv: bool, columns: &[Column]) -> Result<Self, Problem> {
        if !csv {
            return Self::sink(Box::new(JsonlSink::new(writer)), columns);
        }
        let mut writer = csv::WriterBuilder::new().from_writer(writer);
        writer.write_record(columns.iter().map(|column| column.name.as_str())).map_err(|error| broken(error.into()))?;
        Ok(Self::Csv(Box::new(writer)))
    }

    fn sink(mut sink: Box<dyn Sink>, columns: &[Column]) -> Result<Self, Problem> {
        sink.open(&StreamShape {
            name: "rows".to_owned(),
            columns: columns.to_vec(),
            key: columns.iter().filter(|column| column.key).map(|column| column.name.clone()).collect(),
            extras: false,
            full: true,
            incremental: false,
            deletions: Deletions::default(),
        })?;
        Ok(Self::Sink(sink))
    }

    pub fn write(&mut self, batch: &Batch) -> Result<(), Problem> {
        match self {
            Self::Sink(sink) => sink.write(batch, &StreamState::default()).map(|_| ()),
            Self::Csv(writer) => csv_rows(writer, batch).map_err(|error| broken(error.into())),
        }
    }

    pub fn finish(self) -> Result<(), Problem> {
        match self {
            Self::Sink(mut sink) => sink.finish(&StreamState::default()).map(|_| ()),
            Self::Csv(mut writer) => writer.flush().map_err(broken),
        }
    }
}

fn csv_rows(writer: &mut csv::Writer<Box<dyn Write + Send>>, batch: &Batch) -> csv::Result<()> {
    for index in 0..batch.len() {
        for cell in batch.row(index) {
            match *cell {
                Cell::Null => writer.write_field("")?,
                Cell::Bool(value) => writer.write_field(if value { "true" } else { "false" })?,
                Cell::Int(value) => writer.write_field(value.to_string())?,
                Cell::Float(value) => writer.write_field(value.to_string())?,
                Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => writer.write_field(batch.text(span))?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

fn broken(error: std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        let message = "The program that reads the output has closed it.";
        return Problem::new("broken_pipe", ProblemKind::Storage, Stage::Write, message);
    }
    storage("write_failed", "The rows could not be written", &error).hint("Check the folder and the disk.")
}
