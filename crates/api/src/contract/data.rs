//! Data: what was synced, as a grid's windows.

use definition::model::FieldType;
use engine::batch::Column;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A table of a connection's database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DataTable {
    /// Its name: the stream's.
    pub name: String,
    /// How many rows it has.
    #[ts(type = "number")]
    pub rows: u64,
    /// Its columns' names and types.
    pub columns: Vec<(String, FieldType)>,
}

/// One window of a table.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DataRows {
    /// The columns.
    pub columns: Vec<Column>,
    /// The first row's place.
    #[ts(type = "number")]
    pub offset: u64,
    /// The rows, as text to show; `None` is null. Long values are shortened to 500 characters.
    pub rows: Vec<Vec<Option<String>>>,
    /// How many rows there are with this filter.
    #[ts(type = "number")]
    pub total: u64,
}

/// The order of rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DataSort {
    /// The column.
    pub column: String,
    /// Whether greatest first.
    pub descending: bool,
}

/// A condition on a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DataFilter {
    /// The column; empty for any.
    pub column: String,
    /// How it is compared.
    pub op: FilterOp,
    /// With what.
    pub value: String,
}

/// How a column is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    /// Has this text in it.
    Contains,
    /// Is this.
    Equals,
    /// Is more.
    Greater,
    /// Is less.
    Less,
    /// Is null.
    IsNull,
    /// Is not null.
    NotNull,
}
