//! Data: what was synced, as a grid's windows.

use definition::Problem;
use definition::model::FieldType;
use engine::batch::Column;
use engine::event::Outcome;
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
    /// The rows' ids, by which one is found again.
    pub ids: Vec<String>,
    /// How many rows there are with this filter.
    #[ts(type = "number")]
    pub total: u64,
}

/// One value of a table.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskCell {
    /// The connection.
    pub connection: String,
    /// The table.
    pub table: String,
    /// The row's id.
    pub id: String,
    /// The column.
    pub column: String,
}

/// The children of a node of a value.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskCellNodes {
    /// The value.
    pub cell: AskCell,
    /// The node's path; `$` for the root's children.
    pub path: String,
    /// The first child.
    pub offset: u32,
    /// How many, at most 500.
    pub limit: u32,
}

/// One value, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DataCell {
    /// It as text, up to 1 MB of it; none is null.
    pub text: Option<String>,
    /// Whether it is an object or an array.
    pub json: bool,
    /// How many bytes it has.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Whether the text was cut.
    pub cut: bool,
}

/// A question in SQL.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AskSql {
    /// The connection.
    pub connection: String,
    /// One statement that reads.
    pub sql: String,
    /// How many rows are given, at most 10,000. Default: 1,000.
    #[serde(default)]
    pub limit: Option<u32>,
    /// A name by which `data_cancel` stops it.
    #[serde(default)]
    pub ask: Option<String>,
}

/// What a question in SQL was answered.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SqlAnswer {
    /// The columns; their types are what their values are.
    pub columns: Vec<Column>,
    /// The rows, as text to show; `None` is null. Long values are shortened to 500 characters.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether there are more rows than these.
    pub more: bool,
    /// How long it took, in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
}

/// What a file of rows is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// CSV with a header.
    Csv,
    /// An object a line.
    Jsonl,
    /// Parquet, compressed with Snappy.
    Parquet,
}

/// Rows to be written to a file: of a table, or of SQL.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AskExport {
    /// The connection.
    pub connection: String,
    /// The file. One that is there is replaced when the new one is whole.
    pub path: String,
    /// What it is to be. Default: by the file's extension.
    #[serde(default)]
    pub format: Option<ExportFormat>,
    /// The table.
    #[serde(default)]
    pub table: Option<String>,
    /// The columns, in order. Default: all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub columns: Vec<String>,
    /// The order. Default: as written.
    #[serde(default)]
    pub sort: Option<DataSort>,
    /// The conditions; all must hold.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub filters: Vec<DataFilter>,
    /// SQL, instead of a table.
    #[serde(default)]
    pub sql: Option<String>,
}

/// An export as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExportView {
    /// Its id.
    pub id: String,
    /// The connection.
    pub connection: String,
    /// The file.
    pub path: String,
    /// Rows that were written.
    #[ts(type = "number")]
    pub rows: u64,
    /// Rows in all, where that is known.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// Rows a second.
    pub rate: f64,
    /// How it ended. None while it goes on.
    pub outcome: Option<Outcome>,
    /// Why it did not end well.
    pub problem: Option<Problem>,
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
    /// Is null, or text without a character.
    IsNull,
    /// Is neither.
    NotNull,
}
