//! What an update changes for a stream's table.

use super::impact::tell;
use crate::contract::{Impact, ImpactLevel};
use definition::model::{Field, Stream};

/// Changes of the key and the columns.
pub(super) fn table_impacts(before: &Stream, after: &Stream, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info};
    let name = &before.name;
    let path = |part: &str| format!("streams.{name}.{part}");
    if before.key != after.key {
        all.push(tell(Attention, "key_changed", path("key"), key_words(name, &before.key, &after.key)));
    }
    let shown =
        |stream: &Stream| -> Vec<Field> { stream.fields.iter().filter(|field| !field.hidden).cloned().collect() };
    let (old, new) = (shown(before), shown(after));
    for field in &new {
        let column = format!("{name}.{}", field.name);
        let at = path(&format!("fields.{}", field.name));
        match old.iter().find(|other| other.name == field.name) {
            None => {
                let words = format!(
                    "The column {column} ({}) is added: empty in rows that are there, until they are read again.",
                    field.kind.as_str()
                );
                all.push(tell(Info, "column_added", at, words));
            }
            Some(other) if other.kind != field.kind => {
                let words = format!(
                    "The column {column} changes from {} to {}: the table is rebuilt at the next sync, its values converted.",
                    other.kind.as_str(),
                    field.kind.as_str()
                );
                all.push(tell(Attention, "column_retyped", at, words));
            }
            Some(other) if other != field => {
                let words = format!(
                    "The column {column} gets its values in another way: rows that are there keep theirs until they are read again."
                );
                all.push(tell(Info, "column_changed", at, words));
            }
            Some(_) => {}
        }
    }
    for field in old.iter().filter(|field| !new.iter().any(|other| other.name == field.name)) {
        let words = format!("The column {name}.{} is not filled any more. It stays with what it holds.", field.name);
        all.push(tell(Attention, "column_removed", path(&format!("fields.{}", field.name)), words));
    }
}

fn key_words(name: &str, before: &[String], after: &[String]) -> String {
    let list = |key: &[String]| if key.is_empty() { "none".to_owned() } else { key.join(", ") };
    let (from, to) = (list(before), list(after));
    let then = if after.is_empty() {
        "records that come again are new rows from then on."
    } else {
        "the table is rebuilt by the new key at the next sync. Where rows share a value of it, the sync stops and says so."
    };
    format!("The key of {name} changes from {from} to {to}: {then}")
}
