//! Where records go, one kind a file.
//!
//! - [`memory::MemorySink`]: keeps batches, for previews; [`memory::MemoryRows`] is the shared handle.
//! - [`jsonl::JsonlSink`]: one mapped record a line, to any writer.
//! - [`csv::CsvSink`]: `STREAM.csv` in a folder, written beside and renamed when whole.
//! - [`sqlite::SqliteSink`]: the local table, with its state in the same file.
//!
//! All are synchronous and meant for a thread of their own. None grows with the number of records, but for memory.

pub mod csv;
mod extra;
mod files;
pub mod jsonl;
pub mod memory;
pub mod sqlite;
mod text;
