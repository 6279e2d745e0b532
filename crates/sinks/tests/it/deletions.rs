//! What is gone where it was read is marked or removed, and only when all was read.

use crate::sqlite::file;
use crate::support::{V, batch, done, reading, shape, text};
use definition::model::{Deletions, FieldType};
use engine::sink::{Sink, StreamShape};
use rusqlite::Connection;
use sinks::sqlite::SqliteSink;
use std::path::Path;

fn items(how: Deletions) -> StreamShape {
    let columns = [("id", FieldType::Integer), ("name", FieldType::String)];
    StreamShape { deletions: how, ..shape("items", &columns, &["id"]) }
}

fn page(ids: &[i64]) -> engine::batch::Batch {
    batch(&ids.iter().map(|id| vec![V::Int(*id), text("n")]).collect::<Vec<_>>())
}

/// A whole read of some pages.
fn read(path: &Path, how: Deletions, name: &str, pages: &[&[i64]]) -> u64 {
    let mut sink = SqliteSink::new(path.to_owned());
    sink.open(&items(how)).unwrap();
    sink.mirror(name).unwrap();
    for (index, ids) in pages.iter().enumerate() {
        sink.write(&page(ids), &reading(index as u64 + 1)).unwrap();
    }
    sink.finish(&done("c")).unwrap().deleted
}

fn ids(path: &Path, condition: &str) -> Vec<i64> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare(&format!("SELECT id FROM items WHERE {condition} ORDER BY id")).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

#[test]
fn what_is_gone_is_marked_and_comes_back_as_new() {
    let file = file();
    assert_eq!(read(&file.path, Deletions::Mark, "one", &[&[1, 2], &[3]]), 0);
    assert_eq!(read(&file.path, Deletions::Mark, "two", &[&[1], &[3]]), 1);
    assert_eq!(ids(&file.path, "_deleted_at IS NOT NULL"), [2]);
    assert_eq!(read(&file.path, Deletions::Mark, "three", &[&[2, 3]]), 1);
    assert_eq!(ids(&file.path, "_deleted_at IS NOT NULL"), [1]);
    // A read of what changed brings it back as well.
    let mut sink = SqliteSink::new(file.path.clone());
    sink.open(&items(Deletions::Mark)).unwrap();
    sink.write(&page(&[1]), &reading(1)).unwrap();
    sink.finish(&done("d")).unwrap();
    assert_eq!(ids(&file.path, "_deleted_at IS NULL"), [1, 2, 3]);
}

#[test]
fn what_is_gone_is_removed() {
    let file = file();
    read(&file.path, Deletions::Remove, "one", &[&[1, 2, 3]]);
    assert_eq!(read(&file.path, Deletions::Remove, "two", &[&[3], &[4]]), 2);
    assert_eq!(ids(&file.path, "1"), [3, 4]);
    assert_eq!(read(&file.path, Deletions::Keep, "three", &[&[4]]), 0);
    assert_eq!(ids(&file.path, "1"), [3, 4]);
}

#[test]
fn a_read_that_was_cut_off_removes_nothing_and_the_one_that_completes_it_all() {
    let file = file();
    read(&file.path, Deletions::Remove, "one", &[&[1, 2, 3]]);
    let cut_off = |name: &str, ids: &[i64]| {
        let mut sink = SqliteSink::new(file.path.clone());
        sink.open(&items(Deletions::Remove)).unwrap();
        sink.mirror(name).unwrap();
        sink.write(&page(ids), &reading(1)).unwrap();
    };
    cut_off("two", &[1]);
    assert_eq!(ids(&file.path, "1"), [1, 2, 3]);
    // The same read goes on: what it met before counts.
    assert_eq!(read(&file.path, Deletions::Remove, "two", &[&[2]]), 1);
    assert_eq!(ids(&file.path, "1"), [1, 2]);
    cut_off("three", &[1]);
    // Another read begins: what that one met does not count.
    assert_eq!(read(&file.path, Deletions::Remove, "four", &[&[2]]), 1);
    assert_eq!(ids(&file.path, "1"), [2]);
}
