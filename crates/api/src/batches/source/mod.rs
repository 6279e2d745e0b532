//! Rows of a file, one after the other: CSV of any dialect and charset, JSON lines. Everything else (a table, a stream,
//! standard input) is written to such a file first, so that a batch has the same rows however often it is stopped.

mod charset;
mod csv;
mod jsonl;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use csv::CsvShape;
#[cfg(test)]
pub(crate) use csv::DELIMITERS;
pub(crate) use table::copy_table;

use definition::{Problem, ProblemKind, Stage};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of rows, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct RowFile {
    /// Where it is.
    pub path: PathBuf,
    /// How it is read.
    pub format: RowFormat,
}

/// What the file is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum RowFormat {
    /// Comma-separated values.
    Csv(CsvShape),
    /// A JSON object a line.
    Jsonl,
}

/// What a person says of a CSV file; the rest is detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CsvSaid {
    pub delimiter: Option<u8>,
    pub encoding: Option<String>,
    pub header: Option<bool>,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SourceRow {
    /// Its number, from 1. A header has none.
    pub number: i64,
    /// The line where it starts.
    pub line: u64,
    /// What tells that it changed.
    pub hash: i64,
    /// Its values by column, or why it can't be read.
    pub cells: Result<Map<String, Value>, Broken>,
}

/// A row that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Why.
    pub message: String,
    /// Its values as far as they were told apart, or its text.
    pub values: Vec<String>,
}

/// Rows as they are read.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<SourceRow, Problem>> + Send>;

impl RowFile {
    /// Reads the rows from the start.
    pub fn rows(&self) -> Result<Rows, Problem> {
        let file = open(&self.path)?;
        let path = self.path.clone();
        Ok(match &self.format {
            RowFormat::Csv(shape) => Box::new(csv::Reader::new(file, path, shape.clone())),
            RowFormat::Jsonl => Box::new(jsonl::Reader::new(file, path)),
        })
    }

    /// The columns, where the file names them.
    pub fn columns(&self) -> Option<&[String]> {
        match &self.format {
            RowFormat::Csv(shape) => Some(&shape.columns),
            RowFormat::Jsonl => None,
        }
    }

    /// What was told of the file, in words.
    pub fn words(&self) -> String {
        match &self.format {
            RowFormat::Csv(shape) => shape.words(),
            RowFormat::Jsonl => "JSON lines".to_owned(),
        }
    }

    /// A CSV file: dialect, charset and header are detected where nothing is said.
    pub fn csv(path: &Path, said: &CsvSaid) -> Result<Self, Problem> {
        let shape = csv::detect(path, said)?;
        Ok(Self { path: path.to_owned(), format: RowFormat::Csv(shape) })
    }

    /// A file of JSON lines.
    pub fn jsonl(path: &Path) -> Result<Self, Problem> {
        open(path)?;
        Ok(Self { path: path.to_owned(), format: RowFormat::Jsonl })
    }

    /// A file of either kind, told by its first sign.
    pub fn sniff(path: &Path, said: &CsvSaid) -> Result<Self, Problem> {
        let mut head = vec![0; 4096];
        let mut file = open(path)?;
        let length = file.read(&mut head).map_err(|error| unreadable(path, &error))?;
        let head = head.get(..length).unwrap_or_default();
        let first = head.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
        if first == Some(&b'{') { Self::jsonl(path) } else { Self::csv(path, said) }
    }
}

fn open(path: &Path) -> Result<File, Problem> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(unreadable(path, &"it is a folder"));
    }
    Ok(file)
}

pub(crate) fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> Problem {
    let message = format!("The file {} can't be read: {why}.", path.display());
    Problem::new("rows_unreadable", ProblemKind::Config, Stage::Open, message)
        .hint("Is the path right, and may you read it?")
}

/// A number that tells a row's content.
pub(super) fn hash_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> i64 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    let mut first = [0; 8];
    first.copy_from_slice(digest.finalize().get(..8).unwrap_or(&[0; 8]));
    i64::from_le_bytes(first)
}
