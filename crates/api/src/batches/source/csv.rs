//! CSV: dialect, header and charset are detected; every value is text, an empty one is none.

use super::charset::{Utf8, detect as charset_of};
use super::{Broken, CsvSaid, SourceRow, hash_of, open, unreadable};
use csv::{ReaderBuilder, StringRecord};
use definition::{Problem, ProblemKind, Stage};
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// What may stand between values, the likeliest first.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Bytes that a dialect is told by.
const SAMPLE: u64 = 256 * 1024;
/// Rows that a dialect is told by.
const ROWS: usize = 50;

/// How a CSV file is written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct CsvShape {
    /// What stands between values.
    pub delimiter: u8,
    /// The charset's name.
    pub encoding: String,
    /// Whether the first line has names.
    pub header: bool,
    /// The columns.
    pub columns: Vec<String>,
}

impl CsvShape {
    pub(super) fn words(&self) -> String {
        let between = match self.delimiter {
            b',' => "commas".to_owned(),
            b';' => "semicolons".to_owned(),
            b'\t' => "tabs".to_owned(),
            b'|' => "vertical bars".to_owned(),
            other => format!("`{}`", char::from(other)),
        };
        let names = if self.header { "with a header" } else { "without a header" };
        format!("CSV, {between} between the values, {names}, {}", self.encoding)
    }
}

/// Tells the dialect of a file.
pub(super) fn detect(path: &Path, said: &CsvSaid) -> Result<CsvShape, Problem> {
    let encoding = match &said.encoding {
        Some(name) => Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            let message = format!("`{name}` is no charset.");
            Problem::new("bad_encoding", ProblemKind::Config, Stage::Open, message)
                .hint("One looks like utf-8 or windows-1252.")
        })?,
        None => charset_of(open(path)?).map_err(|error| unreadable(path, &error))?,
    };
    let mut sample = Vec::new();
    let mut text = Utf8::new(BufReader::new(open(path)?), encoding).take(SAMPLE);
    text.read_to_end(&mut sample).map_err(|error| unreadable(path, &error))?;
    let whole = (sample.len() as u64) < SAMPLE;
    let delimiter = said.delimiter.unwrap_or_else(|| delimiter_of(&sample, whole));
    let rows = rows_of(&sample, delimiter, whole);
    let Some(first) = rows.first() else {
        let message = format!("The file {} is empty.", path.display());
        return Err(Problem::new("no_rows", ProblemKind::Config, Stage::Open, message));
    };
    let header = said.header.unwrap_or_else(|| is_header(first, &rows));
    let columns = if header { names(first) } else { (1..=first.len()).map(|at| format!("column_{at}")).collect() };
    Ok(CsvShape { delimiter, encoding: encoding.name().to_owned(), header, columns })
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder
}

/// The first rows; the last one may be cut off, and is left out then.
fn rows_of(sample: &[u8], delimiter: u8, whole: bool) -> Vec<StringRecord> {
    let mut rows: Vec<StringRecord> =
        builder(delimiter).from_reader(sample).into_records().map_while(Result::ok).take(ROWS + 1).collect();
    if !whole && rows.len() > 1 {
        rows.pop();
    }
    rows.truncate(ROWS);
    rows
}

/// The delimiter that gives most rows the same number of values, and more than one.
fn delimiter_of(sample: &[u8], whole: bool) -> u8 {
    let score = |delimiter: u8| {
        let rows = rows_of(sample, delimiter, whole);
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        rows.iter().for_each(|row| *widths.entry(row.len()).or_default() += 1);
        let (width, alike) = widths.into_iter().max_by_key(|(width, alike)| (*alike, *width)).unwrap_or((0, 0));
        if width < 2 || rows.is_empty() {
            return (0, 0);
        }
        (alike * 1000 / rows.len(), width)
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    best.filter(|delimiter| score(*delimiter).1 > 1).unwrap_or(b',')
}

/// Names look like no values: no numbers, dates, addresses of mail or of the web.
fn is_header(first: &StringRecord, rows: &[StringRecord]) -> bool {
    let like_a_value = |text: &str| {
        let text = text.trim();
        text.parse::<f64>().is_ok()
            || text.contains('@')
            || text.contains("://")
            || matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "null")
            || (text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || b"-/.:TZ +".contains(&byte)))
    };
    // A file with one line is a header without rows, or a row without a header: by its look alone.
    !first.iter().any(like_a_value) && (rows.len() > 1 || first.iter().all(|name| !name.trim().is_empty()))
}

fn names(first: &StringRecord) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut free = |name: String| {
        let mut number = 2;
        let mut free = name.clone();
        while !taken.insert(free.clone()) {
            free = format!("{name}_{number}");
            number += 1;
        }
        free
    };
    let given = |(at, name): (usize, &str)| match name.trim() {
        "" => format!("column_{}", at + 1),
        name => name.to_owned(),
    };
    first.iter().enumerate().map(given).map(&mut free).collect()
}

/// Reads rows.
pub(super) struct Reader {
    reader: csv::Reader<Utf8<BufReader<File>>>,
    path: PathBuf,
    shape: CsvShape,
    number: i64,
    skip: bool,
    record: StringRecord,
}

impl Reader {
    pub(super) fn new(file: File, path: PathBuf, shape: CsvShape) -> Self {
        let encoding = Encoding::for_label(shape.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        let reader = builder(shape.delimiter).from_reader(Utf8::new(BufReader::new(file), encoding));
        Self { reader, path, skip: shape.header, shape, number: 0, record: StringRecord::new() }
    }

    fn row(&mut self) -> SourceRow {
        self.number += 1;
        let line = self.record.position().map_or(0, csv::Position::line);
        let hash = hash_of(self.record.iter().map(str::as_bytes));
        let (have, wanted) = (self.record.len(), self.shape.columns.len());
        let cells = if have == wanted {
            let value = |text: &str| if text.trim().is_empty() { Value::Null } else { Value::from(text) };
            Ok(self.shape.columns.iter().cloned().zip(self.record.iter().map(value)).collect::<Map<_, _>>())
        } else {
            let s = if have == 1 { "" } else { "s" };
            let message = format!("The line has {have} value{s}, and there are {wanted} columns.");
            Err(Broken { message, values: self.record.iter().map(str::to_owned).collect() })
        };
        SourceRow { number: self.number, line, hash, cells }
    }
}

impl Iterator for Reader {
    type Item = Result<SourceRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.reader.read_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) if std::mem::take(&mut self.skip) => {}
                Ok(true) => return Some(Ok(self.row())),
                Err(error) => return Some(Err(unreadable(&self.path, &error))),
            }
        }
    }
}
