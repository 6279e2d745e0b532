//! Mapping: from a record's text to typed columns, without building what no column needs.

pub mod dates;
pub mod recognise;

use crate::batch::{Batch, Column};
use crate::expr::Expressions;
use definition::model::Stream;
use definition::{Fault, Problem};
use serde_json::Value;

/// A stream's compiled mapping.
#[derive(Debug)]
pub struct Mapper {}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapped {
    /// It is in the batch.
    Kept,
    /// The filter left it out.
    Filtered,
    /// `on_error: skip` left it out.
    Skipped,
}

/// A value that did not fit its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The column's place among `Mapper::columns`.
    pub column: usize,
    /// The value as it came, shortened to 120 characters.
    pub value: String,
    /// Why it does not fit.
    pub message: String,
}

/// The page that a record stands in.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageScope<'a> {
    /// The answer's headers, names in lower case.
    pub headers: Option<&'a Value>,
    /// The partition's values.
    pub partition: Option<&'a Value>,
}

impl Mapper {
    /// Compiles a stream's filter and fields, or tells every fault (paths under `prefix`, such as `streams[0]`).
    pub fn compile(_stream: &Stream, _prefix: &str, _expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        Err(Vec::new())
    }

    /// The columns that go to a sink; hidden fields left out.
    pub fn columns(&self) -> &[Column] {
        &[]
    }

    /// Whether members that no column took come along.
    pub fn extras(&self) -> bool {
        false
    }

    /// Maps one record (its JSON text) into the batch. An error ends the run: `on_error: fail`, or a key without value.
    pub fn map(
        &self,
        _expressions: &Expressions,
        _scope: &PageScope<'_>,
        _record: &str,
        _batch: &mut Batch,
        _faults: &mut Vec<FieldFault>,
    ) -> Result<Mapped, Problem> {
        Ok(Mapped::Filtered)
    }
}
