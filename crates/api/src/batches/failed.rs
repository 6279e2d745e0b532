//! The rows that were not taken, as a file in the shape that they came in, with the reason.

use super::source::{RowFile, RowFormat, SourceRow};
use crate::app::storage;
use definition::Problem;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use store::BatchRow;

/// The column with a row's number.
const ROW: &str = "_row";
/// The column with the reason.
const ERROR: &str = "_error";

/// Writes rows. `next` gives the rows behind a number, in order, and none at the end.
pub(super) fn write(
    file: &RowFile,
    columns: &[String],
    to: &Path,
    mut next: impl FnMut(i64) -> Result<Vec<BatchRow>, Problem>,
) -> Result<u64, Problem> {
    let mut out = Out::open(file, columns, to)?;
    let mut wanted: HashMap<i64, BatchRow> = HashMap::new();
    let (mut last, mut written) = (0, 0);
    let mut ended = false;
    for row in file.rows()? {
        let row = row?;
        if row.number > last && !ended {
            let rows = next(last)?;
            ended = rows.is_empty();
            last = rows.last().map_or(i64::MAX, |row| row.row);
            wanted = rows.into_iter().map(|row| (row.row, row)).collect();
        }
        if let Some(bad) = wanted.remove(&row.number) {
            out.write(&row, bad.message.as_deref().unwrap_or_default()).map_err(|error| unwritable(to, &error))?;
            written += 1;
        } else if ended && wanted.is_empty() {
            break;
        }
    }
    out.end().map_err(|error| unwritable(to, &error))?;
    Ok(written)
}

enum Out<'a> {
    Csv { writer: Box<csv::Writer<BufWriter<File>>>, columns: &'a [String] },
    Jsonl(BufWriter<File>),
}

impl<'a> Out<'a> {
    fn open(file: &RowFile, columns: &'a [String], to: &Path) -> Result<Self, Problem> {
        let bad = |error: &dyn std::fmt::Display| unwritable(to, error);
        let out = BufWriter::new(File::create(to).map_err(|error| bad(&error))?);
        let extension = to.extension().and_then(|word| word.to_str()).unwrap_or_default().to_ascii_lowercase();
        let (shaped, delimiter) = match &file.format {
            RowFormat::Csv(shape) => (true, shape.delimiter),
            RowFormat::Jsonl => (false, b','),
        };
        let as_csv = match extension.as_str() {
            "csv" | "tsv" => true,
            "jsonl" | "ndjson" | "json" => false,
            _ => shaped,
        };
        if !as_csv {
            return Ok(Self::Jsonl(out));
        }
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(out);
        let head = columns.iter().map(String::as_str).chain([ROW, ERROR]);
        writer.write_record(head).map_err(|error| bad(&error))?;
        Ok(Self::Csv { writer: Box::new(writer), columns })
    }

    fn write(&mut self, row: &SourceRow, why: &str) -> std::io::Result<()> {
        match self {
            Self::Csv { writer, columns } => {
                let mut values: Vec<String> = match &row.cells {
                    Ok(cells) => columns.iter().map(|name| plain(cells.get(name))).collect(),
                    Err(broken) => broken.values.iter().take(columns.len()).cloned().collect(),
                };
                values.resize(columns.len(), String::new());
                let beyond = row.cells.as_ref().err().and_then(|broken| broken.values.get(columns.len()..));
                let why = match beyond {
                    Some(more) if !more.is_empty() => format!("{why} Beyond the columns: {}", more.join(", ")),
                    _ => why.to_owned(),
                };
                values.extend([row.number.to_string(), why]);
                writer.write_record(&values).map_err(std::io::Error::other)
            }
            Self::Jsonl(out) => {
                let mut object = match &row.cells {
                    Ok(cells) => cells.clone(),
                    Err(broken) => Map::from_iter([("_line".to_owned(), json!(broken.values.join("\u{1f}")))]),
                };
                object.insert(ROW.to_owned(), Value::from(row.number));
                object.insert(ERROR.to_owned(), Value::from(why));
                writeln!(out, "{}", Value::Object(object))
            }
        }
    }

    fn end(self) -> std::io::Result<()> {
        match self {
            Self::Csv { mut writer, .. } => writer.flush(),
            Self::Jsonl(mut out) => out.flush(),
        }
    }
}

fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Problem {
    storage("failed_rows", format!("{} can't be written", path.display()), error)
}
