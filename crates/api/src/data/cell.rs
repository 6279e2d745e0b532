//! One value, whole: as text, and as a tree where it is JSON.

use super::open::{failed, open, quoted};
use super::tables;
use crate::contract::{AskCell, DataCell};
use definition::{Definition, Problem, ProblemKind, Stage};
use rusqlite::OptionalExtension;
use rusqlite::types::ValueRef;
use std::path::Path;

/// Bytes of a value that are given as text.
const MOST: usize = 1024 * 1024;

/// A value as it stands. `None`: null.
pub(super) fn text(path: &Path, definition: &Definition, ask: &AskCell) -> Result<Option<String>, Problem> {
    let Some(database) = open(path)? else { return Err(gone()) };
    if !tables::names(&database)?.contains(&ask.table) {
        return Err(gone());
    }
    let columns = tables::columns(&database, &ask.table, definition)?;
    let column = columns.iter().find(|column| column.shown.name == ask.column).ok_or_else(gone)?;
    let id: i64 = ask.id.parse().map_err(|_| gone())?;
    let sql = format!("SELECT {} FROM {} WHERE rowid = ?1", column.quoted, quoted(&ask.table));
    let value = database
        .query_row(&sql, [id], |row| {
            Ok(match row.get_ref(0)? {
                ValueRef::Null => None,
                ValueRef::Integer(value) if column.boolean && (0..=1).contains(&value) => {
                    Some((value == 1).to_string())
                }
                ValueRef::Integer(value) => Some(value.to_string()),
                ValueRef::Real(value) => Some(value.to_string()),
                ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                ValueRef::Blob(bytes) => Some(hex::encode(bytes)),
            })
        })
        .optional();
    value.map_err(|error| failed(&error))?.ok_or_else(gone)
}

/// A value as it is shown.
pub(super) fn shown(text: Option<String>) -> DataCell {
    let Some(mut text) = text else { return DataCell { text: None, json: false, bytes: 0, cut: false } };
    let bytes = text.len();
    let json = text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
    if bytes > MOST {
        let end = (0..=MOST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
    DataCell { text: Some(text), json, bytes: bytes as u64, cut: bytes > MOST }
}

fn gone() -> Problem {
    Problem::new("no_cell", ProblemKind::Config, Stage::Store, "This value is not here any more.")
        .hint("The table was written anew: look at its rows again.")
}

#[cfg(test)]
mod tests {
    use super::{MOST, shown};

    #[test]
    fn what_is_json_is_told_and_long_text_is_cut_between_characters() {
        assert!(shown(Some("{\"a\":[1]}".to_owned())).json && shown(Some("[]".to_owned())).json);
        assert!(!shown(Some("{a}".to_owned())).json && !shown(Some("12".to_owned())).json && !shown(None).json);
        let long = shown(Some("é".repeat(MOST)));
        assert_eq!((long.cut, long.bytes, long.text.map(|text| text.len())), (true, 2 * MOST as u64, Some(MOST)));
    }
}
