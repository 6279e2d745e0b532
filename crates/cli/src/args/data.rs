//! Looking at what was done: runs, and the data that they left.

use clap::Args;
use std::path::PathBuf;

/// `runs`.
#[derive(Debug, Args)]
pub struct Runs {
    /// A connection's name
    pub name: String,
    /// One run: its id, or `last`
    #[arg(long, value_name = "ID")]
    pub run: Option<String>,
    /// Two runs side by side: their ids, or `last` and `previous`
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"], conflicts_with = "run")]
    pub compare: Vec<String>,
    /// Only those that ended so: done, limited, partial, failed, cancelled or running
    #[arg(long, value_name = "RESULT", value_parser = ["done", "limited", "partial", "failed", "cancelled", "running"])]
    pub result: Option<String>,
    /// Only those that read this stream
    #[arg(long, value_name = "STREAM")]
    pub stream: Option<String>,
}

/// `sql`.
#[derive(Debug, Args)]
pub struct Sql {
    /// A connection's name
    pub name: String,
    /// One statement that reads, or - for standard input
    pub sql: String,
    /// All rows as CSV; with --json they are an object a line
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// All rows into a file: .csv, .jsonl or .parquet
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["csv", "json"])]
    pub out: Option<PathBuf>,
    /// Overwrites FILE
    #[arg(long)]
    pub force: bool,
    /// How many rows the table for people has
    #[arg(long, short = 'n', default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub limit: u32,
}
