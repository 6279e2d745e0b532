//! A Parquet file a stream.

mod column;

use crate::files::{PartFile, unopened};
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use column::Values;
use definition::{Problem, ProblemKind, Stage};
use engine::batch::Batch;
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::sync::Arc;

/// Records of one row group.
const GROUP_RECORDS: usize = 100_000;
/// Bytes of text that wait for a row group.
const GROUP_BYTES: usize = 32 * 1024 * 1024;

/// Writes `STREAM.parquet` into a folder, compressed with Snappy, one column a field; the members that no column took as
/// one JSON object in `_extra`. Every column may be null.
///
/// | field | Parquet |
/// | --- | --- |
/// | string | STRING |
/// | integer | INT64 |
/// | number | DOUBLE |
/// | decimal | STRING: its digits, for a Parquet decimal has one scale for all |
/// | boolean | BOOLEAN |
/// | date | DATE |
/// | datetime | TIMESTAMP in microseconds, UTC; one without a zone is taken for UTC |
/// | time | TIME in microseconds |
/// | json, array, object | JSON |
///
/// A value that is not of its column's type (`on_error: raw`, a whole number over 64 bits) is the problem
/// `value_unfit`, with the column's name. The file holds what this run read and keeps no state. It is written as
/// `STREAM.parquet.part` and renamed when the stream was read to its end, or to a limit: a run that failed or was
/// stopped leaves the old file as it was. Up to 100,000 records or 32 MB of text wait in memory for their row group.
pub struct ParquetSink {
    folder: PathBuf,
    part: Option<Part>,
}

/// The file that is being written.
struct Part {
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Values>,
    extra: Option<Values>,
    waiting: usize,
    file: PartFile,
}

impl std::fmt::Debug for ParquetSink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetSink").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl ParquetSink {
    /// Writes into `folder`, which is made where it is missing.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, part: None }
    }

    fn part(&mut self) -> Result<&mut Part, Problem> {
        self.part.as_mut().ok_or_else(unopened)
    }
}

impl Part {
    fn open(folder: &std::path::Path, shape: &StreamShape) -> Result<Self, Problem> {
        let columns: Vec<Values> = shape.columns.iter().map(Values::of).collect();
        let extra = shape.extras.then(|| Values::extra(&shape.columns));
        let fields = columns.iter().chain(&extra).map(|column| column.field().map(Arc::new));
        let schema = fields
            .collect::<Result<Vec<_>, _>>()
            .and_then(|fields| Type::group_type_builder("record").with_fields(fields).build());
        let schema = schema.map_err(|error| failed(&error))?;
        let (file, writer) = PartFile::begin(folder, &shape.name, "parquet")?;
        let about = KeyValue::new("tapwright.key".to_owned(), shape.key.join(","));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("tapwright ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(vec![about]))
            .build();
        let writer = BufWriter::with_capacity(1 << 16, writer);
        let writer = SerializedFileWriter::new(writer, Arc::new(schema), Arc::new(properties));
        Ok(Self { writer: writer.map_err(|error| failed(&error))?, columns, extra, waiting: 0, file })
    }

    fn take(&mut self, batch: &Batch) -> Result<(), Problem> {
        for row in 0..batch.len() {
            for (column, cell) in self.columns.iter_mut().zip(batch.row(row)) {
                column.push(batch, *cell)?;
            }
            if let Some(extra) = &mut self.extra {
                extra.push_json(batch.extra(row));
            }
            self.waiting += 1;
        }
        let bytes: usize = self.columns.iter().chain(&self.extra).map(Values::bytes).sum();
        if self.waiting >= GROUP_RECORDS || bytes >= GROUP_BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), Problem> {
        if std::mem::take(&mut self.waiting) == 0 {
            return Ok(());
        }
        let columns = self.columns.iter_mut().chain(&mut self.extra);
        write_group(&mut self.writer, columns).map_err(|error| failed(&error))
    }

    fn finish(mut self) -> Result<(), Problem> {
        self.write_group()?;
        self.writer.finish().map_err(|error| failed(&error))?;
        self.file.finish()
    }
}

fn write_group<'a>(
    writer: &mut SerializedFileWriter<BufWriter<File>>,
    columns: impl Iterator<Item = &'a mut Values>,
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        if let Some(mut place) = group.next_column()? {
            column.write(&mut place)?;
            place.close()?;
        }
    }
    group.close().map(|_| ())
}

fn failed(error: &ParquetError) -> Problem {
    let message = "The Parquet file could not be written.";
    Problem::new("write_failed", ProblemKind::Storage, Stage::Write, message)
        .hint("Check the folder and the disk.")
        .detail(error.to_string())
}

impl Sink for ParquetSink {
    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        self.part = None;
        self.part = Some(Part::open(&self.folder, shape)?);
        Ok(None)
    }

    fn write(&mut self, batch: &Batch, _state: &StreamState) -> Result<Written, Problem> {
        self.part()?.take(batch)?;
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
