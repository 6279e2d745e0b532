//! Where records go: how it is written, and the sink for it.

use definition::{Problem, ProblemKind, Secret, Stage};
use engine::sink::Sink;
use sinks::csv::CsvSink;
use sinks::jsonl::JsonlSink;
use sinks::parquet::ParquetSink;
use sinks::postgres::{PostgresAddress, PostgresSink};
use sinks::sqlite::SqliteSink;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the records go.
pub enum Destination {
    /// A SQLite file: one table a stream. Keeps the state, so that the next read goes on.
    Sqlite(PathBuf),
    /// One mapped record a line. Takes one stream.
    Jsonl(Box<dyn Write + Send>),
    /// A folder: one file a stream.
    Csv(PathBuf),
    /// A folder: one file a stream.
    Parquet(PathBuf),
    /// A PostgreSQL database: one table a stream. Keeps the state, so that the next read goes on.
    Postgres(Box<PostgresAddress>),
}

impl std::fmt::Debug for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Jsonl(_) => f.write_str("Jsonl"),
            Self::Csv(path) => f.debug_tuple("Csv").field(path).finish(),
            Self::Parquet(path) => f.debug_tuple("Parquet").field(path).finish(),
            Self::Postgres(address) => f.debug_tuple("Postgres").field(address).finish(),
        }
    }
}

/// Whether a connection's destination is a file of this machine's own kind: a SQLite database that the app can look into.
pub fn is_local_database(text: &str) -> bool {
    !["csv:", "parquet:", "postgres://", "postgresql://"].iter().any(|other| text.starts_with(other))
}

impl Destination {
    /// Reads a place as it is typed and kept: `sqlite:FILE`, `csv:FOLDER`, `parquet:FOLDER` or
    /// `postgres://USER@HOST/DATABASE?schema=SCHEMA`; a bare path is a SQLite file.
    ///
    /// # Errors
    /// Where it is none of these, or holds a password.
    pub fn parse(text: &str, password: Option<&Secret>) -> Result<Self, Problem> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(Box::new(PostgresAddress::parse(text, password)?)));
        }
        match text.split_once(':') {
            Some((_, "")) => Err(no_destination(text)),
            // A file or folder of this name is not what is meant.
            Some((_, "-")) => Err(no_destination(text).hint("Standard output takes JSON lines: `jsonl:-`.")),
            Some(("sqlite", path)) => Ok(Self::Sqlite(PathBuf::from(path))),
            Some(("csv", path)) => Ok(Self::Csv(PathBuf::from(path))),
            Some(("parquet", path)) => Ok(Self::Parquet(PathBuf::from(path))),
            _ if Path::new(text).is_absolute() => Ok(Self::Sqlite(PathBuf::from(text))),
            _ => Err(no_destination(text)),
        }
    }

    /// As it is shown, typed and kept; nothing for an output that has no name of its own. Paths mean the same from every
    /// working directory.
    pub fn written(&self) -> Option<String> {
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
        match self {
            Self::Sqlite(path) => Some(whole(path)),
            Self::Jsonl(_) => None,
            Self::Csv(path) => Some(format!("csv:{}", whole(path))),
            Self::Parquet(path) => Some(format!("parquet:{}", whole(path))),
            Self::Postgres(address) => Some(address.shown().to_owned()),
        }
    }

    /// Whether it keeps the state, so that the next read goes on where this one stops.
    pub fn keeps_state(&self) -> bool {
        matches!(self, Self::Sqlite(_) | Self::Postgres(_))
    }

    /// A sink for the next stream. One output of JSON lines takes one stream: then there is none left.
    pub(super) fn sink(destination: &mut Option<Self>) -> Option<Box<dyn Sink>> {
        let sink: Box<dyn Sink> = match destination.as_ref()? {
            Self::Jsonl(_) => {
                let Some(Self::Jsonl(writer)) = destination.take() else { return None };
                Box::new(JsonlSink::new(writer))
            }
            Self::Sqlite(path) => Box::new(SqliteSink::new(path.clone())),
            Self::Csv(folder) => Box::new(CsvSink::new(folder.clone())),
            Self::Parquet(folder) => Box::new(ParquetSink::new(folder.clone())),
            Self::Postgres(address) => Box::new(PostgresSink::new((**address).clone())),
        };
        Some(sink)
    }
}

fn no_destination(text: &str) -> Problem {
    let message = format!("`{text}` is no destination.");
    Problem::new("bad_destination", ProblemKind::Config, Stage::Open, message)
        .hint("Use sqlite:FILE, csv:FOLDER, parquet:FOLDER or postgres://USER@HOST/DATABASE.")
}

#[cfg(test)]
mod tests {
    use super::{Destination, is_local_database};

    #[test]
    fn places_read_back_as_they_are_kept() {
        for text in ["/data/x.db", "csv:/data/csv", "parquet:/data/p", "postgres://ann@db.test/sales?schema=raw"] {
            let read = Destination::parse(text, None).expect("a destination");
            assert_eq!(read.written().as_deref(), Some(text));
            assert_eq!(is_local_database(text), matches!(read, Destination::Sqlite(_)));
        }
        for text in ["", "csv:", "csv:-", "sqlite:-", "x", "postgres://ann:pw@db.test/sales", "s3:bucket"] {
            assert!(Destination::parse(text, None).is_err(), "{text}");
        }
    }
}
