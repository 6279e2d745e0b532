//! A definition compiled with a connection's values: it can't be wrong any more.

use crate::batch::Column;
use crate::config::ConfigValues;
use definition::{Definition, Fault};

/// A compiled connector. Made once a run; shared by its streams.
#[derive(Debug)]
pub struct Plan {}

impl Plan {
    /// Compiles a definition, or tells every fault. Does no I/O.
    pub fn compile(_definition: &Definition, _config: &ConfigValues) -> Result<Self, Vec<Fault>> {
        Err(Vec::new())
    }

    /// The streams' names, in order.
    pub fn streams(&self) -> Vec<&str> {
        Vec::new()
    }

    /// A stream's columns as a sink gets them (hidden ones left out).
    pub fn columns(&self, _stream: &str) -> Vec<Column> {
        Vec::new()
    }
}
