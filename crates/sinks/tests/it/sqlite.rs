//! The local table: what stands in it, what is counted, and what is refused.

use crate::support::{V, batch, batch_with, done, reading, shape, text};
use definition::model::FieldType;
use engine::batch::Batch;
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use rusqlite::Connection;
use rusqlite::types::Value;
use sinks::sqlite::SqliteSink;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct File {
    _folder: TempDir,
    pub path: PathBuf,
}

pub fn file() -> File {
    let folder = tempfile::tempdir().unwrap();
    File { path: folder.path().join("data.db"), _folder: folder }
}

impl File {
    pub fn rows(&self, sql: &str) -> Vec<Vec<Value>> {
        let connection = Connection::open(&self.path).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let width = statement.column_count();
        let rows = statement.query_map([], |row| (0..width).map(|index| row.get(index)).collect()).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    pub fn one(&self, sql: &str) -> Value {
        self.rows(sql).remove(0).remove(0)
    }

    pub fn run(&self, sql: &str) {
        Connection::open(&self.path).unwrap().execute_batch(sql).unwrap();
    }

    /// Reads a stream in pages to its end.
    pub fn sync(&self, shape: &StreamShape, pages: &[Batch]) -> Written {
        let mut sink = SqliteSink::new(self.path.clone());
        sink.open(shape).unwrap();
        let mut written = Written::default();
        for (index, page) in pages.iter().enumerate() {
            written += sink.write(page, &reading(index as u64 + 1)).unwrap();
        }
        written += sink.finish(&done("z")).unwrap();
        written
    }
}

fn counts(new: u64, updated: u64, unchanged: u64) -> Written {
    Written { new, updated, unchanged, deleted: 0 }
}

fn open_problem(path: &Path, shape: &StreamShape) -> String {
    SqliteSink::new(path.to_owned()).open(shape).unwrap_err().code
}

const ID: (&str, FieldType) = ("id", FieldType::Integer);
const NAME: (&str, FieldType) = ("name", FieldType::String);

#[test]
fn every_type_keeps_its_value() {
    let file = file();
    let columns: Vec<(&str, FieldType)> = FieldType::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    let row = |id: i64| {
        vec![
            text("a\0b ü 🦀 '\""),
            V::Int(id),
            V::Float(0.1),
            V::Decimal("123456789012345678901234567890.1200"),
            V::Bool(true),
            text("2024-02-29"),
            text("2024-02-29T12:00:00.000Z"),
            text("12:00:00"),
            V::Json("{\"a\": 1.10}"),
            V::Json("[1]"),
            V::Json("{}"),
        ]
    };
    let mut nulls = vec![V::Null; 11];
    nulls[1] = V::Int(0);
    let page = batch(&[row(i64::MAX), row(i64::MIN), nulls]);
    let shape = shape("all", &columns, &["integer"]);
    assert_eq!(file.sync(&shape, std::slice::from_ref(&page)), counts(3, 0, 0));
    assert_eq!(file.sync(&shape, &[page]), counts(0, 0, 3));
    let rows = file.rows("SELECT * FROM \"all\" ORDER BY integer");
    let t = |text: &str| Value::Text(text.to_owned());
    let expected = |id| {
        vec![
            t("a\0b ü 🦀 '\""),
            Value::Integer(id),
            Value::Real(0.1),
            t("123456789012345678901234567890.1200"),
            Value::Integer(1),
            t("2024-02-29"),
            t("2024-02-29T12:00:00.000Z"),
            t("12:00:00"),
            t("{\"a\": 1.10}"),
            t("[1]"),
            t("{}"),
        ]
    };
    assert_eq!(rows[0], expected(i64::MIN));
    assert_eq!(rows[2], expected(i64::MAX));
    assert_eq!(rows[1].iter().filter(|value| **value == Value::Null).count(), 10);
    let types: Vec<Value> = file.rows("SELECT type FROM pragma_table_info('all')").into_iter().flatten().collect();
    let declared = ["TEXT", "INTEGER", "REAL", "TEXT", "BOOLEAN", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT"];
    assert_eq!(types, declared.map(t));
}

#[test]
fn values_that_did_not_fit_stay_and_do_not_differ() {
    let file = file();
    let kinds = [FieldType::Integer, FieldType::Number, FieldType::Boolean, FieldType::String];
    let columns: Vec<_> = ["a", "b", "c", "d"].into_iter().zip(kinds).collect();
    let shape = shape("raw", &[&[NAME], columns.as_slice()].concat(), &["name"]);
    let page = batch(&[
        vec![text("1"), text("12"), V::Int(3), text("x"), V::Int(5)],
        vec![text("2"), text("n/a"), V::Float(3.0), V::Null, V::Bool(true)],
        vec![text("3"), V::Json("[1]"), text("1e3"), V::Bool(false), V::Float(1.5)],
    ]);
    assert_eq!(file.sync(&shape, std::slice::from_ref(&page)), counts(3, 0, 0));
    assert_eq!(file.sync(&shape, &[page]), counts(0, 0, 3));
    assert_eq!(file.one("SELECT d FROM raw WHERE name = '2'"), Value::Text("true".to_owned()));
    assert_eq!(file.one("SELECT a FROM raw WHERE name = '2'"), Value::Text("n/a".to_owned()));
}

#[test]
fn new_updated_and_unchanged_are_told_apart() {
    let file = file();
    let row = |id, name: &str| vec![V::Int(id), text(name)];
    for (keys, columns) in [(&["id"][..], [ID, NAME]), (&["name"][..], [NAME, ID])] {
        let shape = shape(&format!("by_{}", keys[0]), &columns, keys);
        let flip =
            |row: Vec<V>| if keys[0] == "id" { row } else { vec![text(&format!("{:?}", row[0])), row[1].clone()] };
        let page = |rows: Vec<Vec<V>>| batch(&rows.into_iter().map(flip).collect::<Vec<_>>());
        let first = page((0..130).map(|id| row(id, "a")).collect());
        assert_eq!(file.sync(&shape, &[first]), counts(130, 0, 0));
        let second = page((100..160).map(|id| row(id, if id < 110 { "b" } else { "a" })).collect());
        assert_eq!(file.sync(&shape, &[second]), counts(30, 10, 20));
        // The same key twice in a page: the last one stands.
        let twice = page(vec![row(900, "x"), row(900, "y"), row(900, "y")]);
        assert_eq!(file.sync(&shape, &[twice]), counts(1, 1, 1));
    }
    assert_eq!(file.one("SELECT name FROM by_id WHERE id = 900"), Value::Text("y".to_owned()));
    let both = shape("links", &[ID, NAME], &["id", "name"]);
    assert_eq!(file.sync(&both, &[batch(&[row(1, "a"), row(1, "b"), row(1, "a")])]), counts(2, 0, 1));
}

#[test]
fn a_record_without_a_key_is_refused_and_the_page_undone() {
    let file = file();
    for (name, key) in [("ints", ID), ("texts", ("id", FieldType::String))] {
        let shape = shape(name, &[key, NAME], &["id"]);
        let mut sink = SqliteSink::new(file.path.clone());
        sink.open(&shape).unwrap();
        let page = batch(&[vec![V::Int(1), text("a")], vec![V::Null, text("b")]]);
        assert_eq!(sink.write(&page, &reading(1)).unwrap_err().code, "null_key");
        assert_eq!(file.one(&format!("SELECT count(*) FROM {name}")), Value::Integer(0));
    }
    let mut sink = SqliteSink::new(file.path.clone());
    sink.open(&shape("ints", &[ID, NAME], &["id"])).unwrap();
    assert_eq!(sink.write(&batch(&[vec![text("x"), V::Null]]), &reading(1)).unwrap_err().code, "bad_key");
}

#[test]
fn names_of_any_kind_are_names() {
    let file = file();
    for name in ["select", "Bücher 書", "a\"b", "a;DROP TABLE x", "has space", "😀", "order.items", "UPPER"] {
        let columns = [(name, FieldType::Integer), ("table", FieldType::String), ("rowid", FieldType::String)];
        let shape = shape(name, &columns, &[name]);
        let page = batch(&[vec![V::Int(1), text("x"), text("y")]]);
        assert_eq!(file.sync(&shape, std::slice::from_ref(&page)), counts(1, 0, 0), "{name}");
        assert_eq!(file.sync(&shape, &[page]), counts(0, 0, 1), "{name}");
        let quoted = name.replace('"', "\"\"");
        assert_eq!(file.one(&format!("SELECT \"{quoted}\" FROM \"{quoted}\"")), Value::Integer(1));
    }
    for bad in ["", "sqlite_x", "_tapwright_state", "a\0b"] {
        assert_eq!(open_problem(&file.path, &shape(bad, &[ID], &["id"])), "bad_name");
    }
    let twins = shape("twins", &[("id", FieldType::Integer), ("ID", FieldType::String)], &["id"]);
    file.sync(&twins, &[batch(&[vec![V::Int(1), text("other")]])]);
    assert_eq!(file.one("SELECT \"ID_2\" FROM twins"), Value::Text("other".to_owned()));
}

#[test]
fn wide_tables_up_to_the_ceiling() {
    let file = file();
    for width in [200, 999, 1000] {
        let names: Vec<String> = (0..width).map(|index| format!("c{index}")).collect();
        let columns: Vec<_> = names.iter().map(|name| (name.as_str(), FieldType::Integer)).collect();
        let shape = shape(&format!("wide{width}"), &columns, &["c0"]);
        if width > 999 {
            assert_eq!(open_problem(&file.path, &shape), "too_many_columns");
            continue;
        }
        let rows: Vec<Vec<V>> =
            (0..60).map(|row| (0..width).map(|index| V::Int(row * 10_000 + index)).collect()).collect();
        let page = batch(&rows);
        assert_eq!(file.sync(&shape, std::slice::from_ref(&page)), counts(60, 0, 0));
        assert_eq!(file.sync(&shape, &[page]), counts(0, 0, 60));
        let last = format!("SELECT c{} FROM wide{width} WHERE c0 = 590000", width - 1);
        assert_eq!(file.one(&last), Value::Integer(590_000 + width - 1));
    }
}

#[test]
fn the_state_stands_with_its_rows() {
    let file = file();
    let mut shape = shape("s", &[ID], &["id"]);
    shape.incremental = true;
    let mut sink = SqliteSink::new(file.path.clone());
    assert_eq!(sink.open(&shape).unwrap(), None);
    sink.write(&batch(&[vec![V::Int(1)]]), &reading(1)).unwrap();
    sink.write(&batch(&[]), &reading(2)).unwrap();
    drop(sink);
    let mut sink = SqliteSink::new(file.path.clone());
    assert_eq!(sink.open(&shape).unwrap(), Some(reading(2)));
    sink.finish(&done("9")).unwrap();
    drop(sink);
    let opened =
        |shape: &StreamShape| -> Option<StreamState> { SqliteSink::new(file.path.clone()).open(shape).unwrap() };
    assert_eq!(opened(&shape), Some(done("9")));
    shape.full = true;
    assert_eq!(opened(&shape), None);
    shape.full = false;
    file.run("DROP TABLE s");
    assert_eq!(opened(&shape), None);
    assert_eq!(file.one("SELECT count(*) FROM s"), Value::Integer(0));
}

#[test]
fn tables_and_files_of_others_are_not_touched() {
    let file = file();
    file.run("CREATE TABLE Users (x); INSERT INTO Users VALUES (1); CREATE VIEW v AS SELECT 1");
    for name in ["users", "Users", "v"] {
        assert_eq!(open_problem(&file.path, &shape(name, &[ID], &["id"])), "table_taken");
    }
    assert_eq!(file.one("SELECT count(*) FROM sqlite_master"), Value::Integer(2));
    assert_eq!(file.one("SELECT x FROM users"), Value::Integer(1));
    let text = file.path.with_extension("txt");
    std::fs::write(&text, "no database at all, only words ".repeat(200)).unwrap();
    assert_eq!(open_problem(&text, &shape("s", &[ID], &["id"])), "not_a_database");
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("no database"));
}

#[test]
fn one_sync_at_a_time_writes_to_a_table() {
    let file = file();
    let mut first = SqliteSink::new(file.path.clone());
    first.open(&shape("s", &[ID], &["id"])).unwrap();
    assert_eq!(open_problem(&file.path, &shape("s", &[ID], &["id"])), "busy");
    // Another table of the same file is free.
    let threads: Vec<_> = (0..3)
        .map(|number| {
            let path = file.path.clone();
            std::thread::spawn(move || {
                let mut sink = SqliteSink::new(path);
                sink.open(&shape(&format!("t{number}"), &[ID], &["id"])).unwrap();
                for page in 0..20 {
                    let rows: Vec<_> = (0..100).map(|id| vec![V::Int(page * 100 + id)]).collect();
                    sink.write(&batch(&rows), &reading(page.unsigned_abs() + 1)).unwrap();
                }
                sink.finish(&done("1")).unwrap();
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(file.one("SELECT (SELECT count(*) FROM t0) + (SELECT count(*) FROM t2)"), Value::Integer(4000));
    drop(first);
    assert_eq!(file.sync(&shape("s", &[ID], &["id"]), &[]), counts(0, 0, 0));
}

#[test]
fn the_rest_of_a_record_becomes_columns() {
    let file = file();
    let mut shape = shape("s", &[ID, NAME], &["id"]);
    shape.extras = true;
    let row = |id, extra| (vec![V::Int(id), text("n")], extra);
    let page = batch_with(&[
        row(1, Some(r#"{"size": 1.10, "Name": "other", "": true, "name": [1, 2]}"#)),
        row(2, None),
        row(3, Some(r#"{"big": 18446744073709551615, "size": 2}"#)),
    ]);
    assert_eq!(file.sync(&shape, std::slice::from_ref(&page)), counts(3, 0, 0));
    assert_eq!(file.sync(&shape, &[page]), counts(0, 0, 3));
    let t = |text: &str| Value::Text(text.to_owned());
    let rows = file.rows("SELECT id, name, size, Name_2, _, name_3, big FROM s ORDER BY id");
    let int = Value::Integer;
    assert_eq!(rows[0], [int(1), t("n"), t("1.10"), t("other"), int(1), t("[1, 2]"), Value::Null]);
    assert_eq!(rows[1], [int(2), t("n"), Value::Null, Value::Null, Value::Null, Value::Null, Value::Null]);
    assert_eq!(rows[2][6], t("18446744073709551615"));
    // A member that becomes a field keeps its column.
    shape.columns.push(engine::batch::Column { name: "size".to_owned(), kind: FieldType::Decimal, key: false });
    let page = batch_with(&[(vec![V::Int(3), text("n"), V::Decimal("2")], Some(r#"{"big": 18446744073709551615}"#))]);
    assert_eq!(file.sync(&shape, &[page]), counts(0, 0, 1));
}
