//! Mapping: from a record's text to typed columns, without building what no column needs.
//!
//! One pass over a record finds the places of all columns' values; a number's digits and a text go from there to the
//! batch as they came. Only where an expression looks at the record is it made into a tree.

mod direct;
mod explain;
mod field;
mod listed;
mod mapper;
mod passes;
mod places;
pub mod recognise;
mod relations;
mod rest;
mod steps;
#[cfg(test)]
mod tests;
mod transform;
mod types;
pub(crate) mod utc;
mod value;

pub use explain::{FieldTrace, display};
pub(crate) use listed::Listed;
pub use mapper::Mapper;
pub(crate) use mapper::Scratch;
pub use steps::StepTrace;
pub(crate) use transform::{Amount, Context as OpContext, Op, compile as compile_op};
pub(crate) use value::{Val, shorten};

/// Fits a value to a type as a column does.
pub(crate) fn fit_value(kind: definition::model::FieldType, value: Val<'_>) -> Result<Val<'_>, String> {
    types::fit(kind, value).map(types::Typed::into_val)
}

use serde_json::Value;

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
    /// The column's place among `Mapper::columns`; behind them come the steps and the relations (`Mapper::place`).
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
    /// The stream: its `name`.
    pub stream: Option<&'a Value>,
}
