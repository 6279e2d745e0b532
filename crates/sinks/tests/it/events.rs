//! Records of events: stored and removed once each, and the state of the syncs as it was.

use crate::sqlite::file;
use crate::support::{V, batch, done, reading, shape, text};
use definition::model::{Deletions, FieldType};
use engine::sink::{Sink, StreamShape, Written};
use rusqlite::Connection;
use sinks::sqlite::SqliteSink;
use std::path::Path;

fn items(how: Deletions, key: &[&str]) -> StreamShape {
    let columns = [("id", FieldType::Integer), ("name", FieldType::String)];
    StreamShape { deletions: how, incremental: true, ..shape("items", &columns, key) }
}

fn rows(path: &Path) -> Vec<(i64, String)> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT id, name FROM items ORDER BY id, name").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

fn apply(path: &Path, shape: &StreamShape, row: (i64, &str), remove: bool, mark: &str) -> Option<Written> {
    let mut sink = SqliteSink::new(path.to_owned());
    sink.open(shape).unwrap();
    sink.apply(&batch(&[vec![V::Int(row.0), text(row.1)]]), remove, mark).unwrap()
}

#[test]
fn an_event_is_applied_once_and_the_state_stays() {
    let file = file();
    let shape = items(Deletions::Keep, &["id"]);
    let mut sink = SqliteSink::new(file.path.clone());
    sink.open(&shape).unwrap();
    sink.write(&batch(&[vec![V::Int(1), text("a")]]), &reading(1)).unwrap();
    sink.finish(&done("c7")).unwrap();
    drop(sink);
    let new = |written: Option<Written>| written.map(|written| (written.new, written.updated, written.deleted));
    assert_eq!(new(apply(&file.path, &shape, (2, "b"), false, "1/0/items")), Some((1, 0, 0)));
    assert_eq!(new(apply(&file.path, &shape, (1, "A"), false, "2/0/items")), Some((0, 1, 0)));
    assert_eq!(new(apply(&file.path, &shape, (1, "again"), false, "2/0/items")), None, "its mark is there");
    assert_eq!(rows(&file.path), [(1, "A".to_owned()), (2, "b".to_owned())]);
    assert_eq!(new(apply(&file.path, &shape, (2, "b"), true, "3/0/items")), Some((0, 0, 1)));
    assert_eq!(rows(&file.path).len(), 1);
    let state = SqliteSink::new(file.path.clone()).open(&shape).unwrap().unwrap();
    assert_eq!((state.cursor.as_deref(), state.read), (Some("c7"), None));
}

#[test]
fn what_an_event_deletes_is_marked_where_the_stream_says_so_and_comes_back() {
    let file = file();
    let shape = items(Deletions::Mark, &["id"]);
    apply(&file.path, &shape, (1, "a"), false, "1");
    apply(&file.path, &shape, (1, "a"), true, "2");
    let marked = |path: &Path| -> bool {
        let sql = "SELECT _deleted_at IS NOT NULL FROM items";
        Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert!(marked(&file.path));
    apply(&file.path, &shape, (1, "a"), false, "3");
    assert!(!marked(&file.path));
}

#[test]
fn records_without_a_key_are_put_behind_the_others() {
    let file = file();
    let shape = items(Deletions::Keep, &[]);
    for mark in ["1", "2", "2"] {
        apply(&file.path, &shape, (1, "a"), false, mark);
    }
    assert_eq!(rows(&file.path).len(), 2);
}

#[test]
fn what_an_event_brought_during_a_half_finished_read_outlives_its_end() {
    for how in [Deletions::Remove, Deletions::Mark] {
        let file = file();
        let shape = StreamShape { incremental: false, ..items(how, &["id"]) };
        let page = |ids: &[i64]| batch(&ids.iter().map(|id| vec![V::Int(*id), text("n")]).collect::<Vec<_>>());
        let mut sink = SqliteSink::new(file.path.clone());
        sink.open(&shape).unwrap();
        sink.write(&page(&[1, 2, 5]), &reading(1)).unwrap();
        sink.finish(&done("c")).unwrap();
        drop(sink);
        // A full read is cut off behind its first page.
        let mut sink = SqliteSink::new(file.path.clone());
        sink.open(&shape).unwrap();
        sink.mirror("two").unwrap();
        sink.write(&page(&[1]), &reading(1)).unwrap();
        drop(sink);
        // One record comes anew, one that the rest of the read will not show again, and one is removed.
        apply(&file.path, &shape, (9, "new"), false, "1");
        apply(&file.path, &shape, (2, "changed"), false, "2");
        apply(&file.path, &shape, (1, "n"), true, "3");
        let mut sink = SqliteSink::new(file.path.clone());
        sink.open(&shape).unwrap();
        sink.mirror("two").unwrap();
        sink.write(&page(&[3]), &reading(2)).unwrap();
        assert_eq!(sink.finish(&done("c")).unwrap().deleted, 1, "{how:?}: 5 was met by nobody");
        drop(sink);
        let condition = if how == Deletions::Mark { "_deleted_at IS NULL" } else { "1" };
        let connection = Connection::open(&file.path).unwrap();
        let mut statement = connection.prepare(&format!("SELECT id FROM items WHERE {condition} ORDER BY id")).unwrap();
        let left = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect::<Vec<i64>>();
        assert_eq!(left, [2, 3, 9], "{how:?}");
    }
}
