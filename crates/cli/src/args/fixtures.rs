//! Arguments of recordings and workspaces.

use super::Values;
use clap::Args;
use std::path::PathBuf;

/// `record`.
#[derive(Debug, Args)]
pub struct Record {
    /// A definition's file, a connector's name in this workspace, or a connection's name
    pub target: String,
    /// The folder to write [default: fixtures/NAME beside the file, or in the workspace; a connection's own]
    #[arg(long, short, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Only this stream (repeatable) [default: all]
    #[arg(long)]
    pub stream: Vec<String>,
    /// Pages a stream; of a folder, files
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    pub pages: u64,
    /// Records a stream [default: as many as the pages have; of a table's rows and a file's lines, 500]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    pub records: Option<u64>,
    /// What is scrubbed besides credentials: emails, names, phones, or members by their names
    #[arg(long, value_delimiter = ',', value_name = "WHAT,…")]
    pub scrub: Vec<String>,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// `test`.
#[derive(Debug, Args)]
pub struct Test {
    /// Definitions' files, folders of them, connectors of this workspace, or connections [default: this workspace]
    pub targets: Vec<String>,
    /// The recording, or the folder of recordings [default: fixtures/NAME beside each file, or in the workspace]
    #[arg(long, value_name = "FOLDER")]
    pub fixtures: Option<PathBuf>,
    /// Accepts what differs from the snapshots
    #[arg(long)]
    pub update: bool,
    /// Writes the results as JUnit XML too, for CI
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
}

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder [default: this one]
    #[arg(default_value = ".", hide_default_value = true)]
    pub folder: PathBuf,
}

/// `lock`.
#[derive(Debug, Args)]
pub struct Lock {
    /// Only tells whether the lock file is current; exit code 5 where it is not
    #[arg(long)]
    pub check: bool,
}

/// `validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// Definitions' files, or connectors of this workspace [default: all of this workspace]
    pub files: Vec<PathBuf>,
}
