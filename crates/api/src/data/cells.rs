//! Values of the database as text to show.

use super::TableColumn;
use crate::preview::shorten;
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// Characters of a value that are shown.
const SHOWN: usize = 500;

/// A row's cells; `first` is the place of the first column.
pub(super) fn cells(row: &Row<'_>, first: usize, columns: &[TableColumn]) -> rusqlite::Result<Vec<Option<String>>> {
    columns.iter().enumerate().map(|(place, column)| Ok(cell(row.get_ref(first + place)?, column))).collect()
}

fn cell(value: ValueRef<'_>, column: &TableColumn) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(0) if column.boolean => Some("false".to_owned()),
        ValueRef::Integer(1) if column.boolean => Some("true".to_owned()),
        ValueRef::Integer(value) => Some(value.to_string()),
        ValueRef::Real(value) => Some(value.to_string()),
        ValueRef::Text(bytes) => Some(shorten(&String::from_utf8_lossy(bytes), SHOWN)),
        ValueRef::Blob(bytes) => Some(format!("{} bytes", bytes.len())),
    }
}
