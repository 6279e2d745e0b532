//! Where records go, one kind a file.
//!
//! - [`memory::MemorySink`]: keeps batches in memory; [`memory::MemoryRows`] is the shared handle.
//! - [`jsonl::JsonlSink`]: one mapped record a line, to any writer.
//! - [`csv::CsvSink`]: `STREAM.csv` in a folder, written beside and renamed when whole.
//! - [`parquet::ParquetSink`]: `STREAM.parquet` in a folder, likewise.
//! - [`postgres::PostgresSink`]: a table of a PostgreSQL server, with its state in the same database.
//! - [`sqlite::SqliteSink`]: the local table, with its state in the same file.
//!
//! All are synchronous and meant for a thread of their own. None grows with the number of records, but for memory.

pub mod csv;
mod extra;
mod files;
mod going_on;
pub mod jsonl;
pub mod memory;
pub mod parquet;
pub mod postgres;
pub mod sqlite;
mod text;
mod unfit;
