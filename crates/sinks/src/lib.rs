//! Where records go, one kind a file.
//!
//! - `memory::MemorySink::new() -> (MemorySink, MemoryRows)`: keeps batches, for previews; `MemoryRows` is a shared handle.
//! - `jsonl::JsonlSink::new(writer: Box<dyn Write + Send>)`: one mapped record a line.
//! - `csv::CsvSink::new(folder: PathBuf)`: `STREAM.csv`, written beside and renamed when whole.
//! - `sqlite::SqliteSink::new(path: PathBuf)`: the local table, with its state in the same file.
