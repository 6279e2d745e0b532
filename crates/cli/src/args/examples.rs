//! The bundled examples.

use clap::Args;
use std::path::PathBuf;

/// `examples`.
#[derive(Debug, Args)]
pub struct Examples {
    /// The example to print [default: lists them all]
    pub name: Option<String>,
    /// Writes it to a file, by custom called NAME.connector.yaml
    #[arg(long, short, value_name = "FILE", requires = "name")]
    pub out: Option<PathBuf>,
    /// Overwrites FILE
    #[arg(long, requires = "out")]
    pub force: bool,
}
