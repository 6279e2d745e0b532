//! The local table over time: keyless reads, changes of its shape, and any sequence of pages.

use crate::sqlite::file;
use crate::support::{V, batch, done, reading, shape, text};
use definition::model::FieldType;
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::Config;
use rusqlite::types::Value;
use sinks::sqlite::SqliteSink;
use std::collections::BTreeMap;

const ID: (&str, FieldType) = ("id", FieldType::Integer);
const NAME: (&str, FieldType) = ("name", FieldType::String);

fn counts(new: u64, updated: u64, unchanged: u64) -> Written {
    Written { new, updated, unchanged, deleted: 0 }
}

fn ints(ids: &[i64]) -> engine::batch::Batch {
    batch(&ids.iter().map(|id| vec![V::Int(*id), V::Null]).collect::<Vec<_>>())
}

fn keyless() -> StreamShape {
    shape("s", &[ID, NAME], &[])
}

#[test]
fn a_full_read_without_a_key_replaces() {
    let file = file();
    let all = "SELECT group_concat(id, ',') FROM (SELECT id FROM s ORDER BY id)";
    assert_eq!(file.sync(&keyless(), &[ints(&[1, 1, 2]), ints(&[3])]), counts(4, 0, 0));
    file.run("CREATE INDEX mine ON s (id); CREATE VIEW seen AS SELECT id FROM s");
    assert_eq!(file.sync(&keyless(), &[ints(&[1, 1, 1, 3, 4])]), counts(2, 0, 3));
    assert_eq!(file.one(all), Value::Text("1,1,1,3,4".to_owned()));
    assert_eq!(file.one("SELECT count(*) FROM seen"), Value::Integer(5));
    assert_eq!(file.one("SELECT count(*) FROM sqlite_master WHERE name = 'mine'"), Value::Integer(1));
    assert_eq!(file.sync(&keyless(), &[]), counts(0, 0, 0));
    assert_eq!(file.one("SELECT count(*) FROM s"), Value::Integer(0));
}

/// Opens, writes one page behind `pages` earlier ones, and is killed.
fn cut_off(path: &std::path::Path, shape: &StreamShape, page: u64, ids: &[i64]) -> Option<StreamState> {
    let mut sink = SqliteSink::new(path.to_owned());
    let state = sink.open(shape).unwrap();
    sink.write(&ints(ids), &reading(page)).unwrap();
    state
}

#[test]
fn a_read_that_was_cut_off_leaves_the_old_table_and_goes_on() {
    let file = file();
    file.sync(&keyless(), &[ints(&[7])]);
    assert_eq!(cut_off(&file.path, &keyless(), 1, &[1, 2]), Some(done("z")));
    assert_eq!(cut_off(&file.path, &keyless(), 2, &[3]), Some(reading(1)));
    assert_eq!(file.one("SELECT id FROM s"), Value::Integer(7));
    let mut sink = SqliteSink::new(file.path.clone());
    assert_eq!(sink.open(&keyless()).unwrap(), Some(reading(2)));
    assert_eq!(sink.finish(&done("z")).unwrap(), counts(3, 0, 0));
    assert_eq!(file.one("SELECT sum(id) FROM s"), Value::Integer(6));
}

#[test]
fn a_read_that_begins_anew_forgets_the_pages_before() {
    let file = file();
    cut_off(&file.path, &keyless(), 1, &[1, 2]);
    cut_off(&file.path, &keyless(), 2, &[3]);
    let mut sink = SqliteSink::new(file.path.clone());
    sink.open(&keyless()).unwrap();
    sink.write(&ints(&[4]), &reading(1)).unwrap();
    sink.write(&ints(&[5]), &done("z")).unwrap();
    assert_eq!(sink.finish(&done("z")).unwrap(), counts(2, 0, 0));
    drop(sink);
    cut_off(&file.path, &keyless(), 1, &[1]);
    let mut full = keyless();
    full.full = true;
    assert_eq!(file.sync(&full, &[ints(&[4, 6])]), counts(1, 0, 1));
    cut_off(&file.path, &keyless(), 1, &[1]);
    // Other columns: the pages before do not fit any more.
    let wider = shape("s", &[ID, NAME, ("more", FieldType::String)], &[]);
    let mut sink = SqliteSink::new(file.path.clone());
    assert_eq!(sink.open(&wider).unwrap().unwrap().read, None);
    sink.write(&batch(&[vec![V::Int(4), V::Null, V::Null]]), &reading(1)).unwrap();
    assert_eq!(sink.finish(&done("z")).unwrap(), counts(0, 0, 1));
}

#[test]
fn what_reads_only_news_is_appended() {
    let file = file();
    let mut shape = keyless();
    shape.incremental = true;
    assert_eq!(file.sync(&shape, &[ints(&[1])]), counts(1, 0, 0));
    assert_eq!(file.sync(&shape, &[ints(&[1, 2])]), counts(2, 0, 0));
    assert_eq!(file.one("SELECT count(*) FROM s"), Value::Integer(3));
    shape.full = true;
    assert_eq!(file.sync(&shape, &[ints(&[1, 2])]), counts(0, 0, 2));
    assert_eq!(file.one("SELECT count(*) FROM s"), Value::Integer(2));
}

#[test]
fn fields_come_and_go() {
    let file = file();
    file.sync(&shape("s", &[ID, NAME], &["id"]), &[batch(&[vec![V::Int(1), text("a")]])]);
    let other = shape("s", &[ID, ("age", FieldType::Integer)], &["id"]);
    file.sync(&other, &[batch(&[vec![V::Int(1), V::Int(9)], vec![V::Int(2), V::Int(8)]])]);
    let rows = file.rows("SELECT id, name, age FROM s ORDER BY id");
    let int = Value::Integer;
    assert_eq!(rows[0], [int(1), Value::Text("a".to_owned()), int(9)]);
    assert_eq!(rows[1], [int(2), Value::Null, int(8)]);
}

#[test]
fn a_changed_type_converts_what_is_there() {
    let file = file();
    let of = |kind| shape("s", &[ID, ("v", kind)], &["id"]);
    let values = [text("12"), text("x"), text("true"), V::Null];
    let rows: Vec<_> = values.into_iter().enumerate().map(|(id, v)| vec![V::Int(id as i64), v]).collect();
    file.sync(&of(FieldType::String), &[batch(&rows)]);
    file.run("CREATE INDEX mine ON s (v)");
    let seen = |kind| {
        file.sync(&of(kind), &[]);
        file.rows("SELECT v FROM s ORDER BY id").into_iter().flatten().collect::<Vec<Value>>()
    };
    let t = |text: &str| Value::Text(text.to_owned());
    assert_eq!(seen(FieldType::Integer), [Value::Integer(12), t("x"), t("true"), Value::Null]);
    assert_eq!(seen(FieldType::Boolean), [Value::Integer(12), t("x"), t("true"), Value::Null]);
    assert_eq!(seen(FieldType::Date), [t("12"), t("x"), t("true"), Value::Null]);
    assert_eq!(seen(FieldType::Boolean), [Value::Integer(12), t("x"), Value::Integer(1), Value::Null]);
    assert_eq!(file.one("SELECT count(*) FROM sqlite_master WHERE name = 'mine'"), Value::Integer(1));
}

#[test]
fn a_changed_key_rebuilds_or_is_refused() {
    let file = file();
    let rows = [vec![V::Int(1), text("a")], vec![V::Int(2), text("b")]];
    file.sync(&shape("s", &[ID, NAME], &["id"]), &[batch(&rows)]);
    let by_name = shape("s", &[ID, NAME], &["name"]);
    assert_eq!(file.sync(&by_name, &[batch(&[vec![V::Int(3), text("b")]])]), counts(0, 1, 0));
    file.sync(&by_name, &[batch(&[vec![V::Int(3), text("c")]])]);
    let problem = SqliteSink::new(file.path.clone()).open(&shape("s", &[ID, NAME], &["id"])).unwrap_err();
    assert_eq!(problem.code, "key_not_unique");
    assert_eq!(file.one("SELECT count(*) FROM s"), Value::Integer(3));
    assert_eq!(file.sync(&by_name, &[]), counts(0, 0, 0));
}

/// Names the database to the process that will be killed.
const VICTIM: &str = "TAPWRIGHT_TEST_VICTIM";

#[test]
fn a_killed_run_leaves_whole_pages_and_their_state() {
    let shape = shape("s", &[ID, NAME], &["id"]);
    if let Some(path) = std::env::var_os(VICTIM) {
        let mut sink = SqliteSink::new(path.into());
        sink.open(&shape).unwrap();
        for page in 1.. {
            let ids: Vec<i64> = (0..100).map(|id| (page - 1) * 100 + id).collect();
            sink.write(&ints(&ids), &reading(page.unsigned_abs())).unwrap();
        }
    }
    let file = file();
    let mut victim = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sqlite_change::a_killed_run_leaves_whole_pages_and_their_state"])
        .env(VICTIM, &file.path)
        .spawn()
        .unwrap();
    while !file.path.exists() || rows_so_far(&file.path).unwrap_or(0) < 500 {
        assert_eq!(victim.try_wait().unwrap(), None, "the writer ended by itself");
        std::thread::yield_now();
    }
    victim.kill().unwrap();
    victim.wait().unwrap();
    let rows = rows_so_far(&file.path).unwrap();
    let state = SqliteSink::new(file.path.clone()).open(&shape).unwrap().unwrap();
    assert_eq!(state, reading(rows / 100));
    assert_eq!(rows % 100, 0);
}

fn rows_so_far(path: &std::path::Path) -> Option<u64> {
    let connection = rusqlite::Connection::open(path).ok()?;
    let count = connection.query_row("SELECT count(*) FROM s", [], |row| row.get::<_, i64>(0));
    count.ok().map(i64::unsigned_abs)
}

fn value() -> impl Strategy<Value = V> {
    prop_oneof![
        Just(V::Null),
        any::<bool>().prop_map(V::Bool),
        any::<i64>().prop_map(V::Int),
        (-4i64..4).prop_map(V::Int),
        any::<f64>().prop_filter("a number", |float| !float.is_nan()).prop_map(V::Float),
        "[a-c\\x00ü0-9.]{0,4}".prop_map(V::Text),
    ]
}

/// How a value stands in a column of text.
fn stands(value: &V) -> Option<String> {
    match value {
        V::Null => None,
        V::Bool(value) => Some(value.to_string()),
        V::Int(value) => Some(value.to_string()),
        V::Text(text) => Some(text.clone()),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, ..Config::default() })]
    #[test]
    fn any_pages_make_the_table_of_the_model(
        syncs in prop::collection::vec(prop::collection::vec(prop::collection::vec(
            (0i64..90, value().prop_filter("no float", |v| !matches!(v, V::Float(_)))), 0..130), 0..3), 1..4),
    ) {
        let file = file();
        let shape = shape("s", &[ID, NAME], &["id"]);
        let mut model: BTreeMap<i64, Option<String>> = BTreeMap::new();
        for pages in syncs {
            let mut expected = Written::default();
            for (id, value) in pages.iter().flatten() {
                let value = stands(value);
                match model.insert(*id, value.clone()) {
                    None => expected.new += 1,
                    Some(old) if old == value => expected.unchanged += 1,
                    Some(_) => expected.updated += 1,
                }
            }
            let pages: Vec<_> = pages.iter().map(|page| {
                batch(&page.iter().map(|(id, value)| vec![V::Int(*id), value.clone()]).collect::<Vec<_>>())
            }).collect();
            prop_assert_eq!(file.sync(&shape, &pages), expected);
        }
        let rows: BTreeMap<i64, Option<String>> = file.rows("SELECT id, name FROM s").into_iter().map(|row| {
            let Value::Integer(id) = row[0] else { panic!("{row:?}") };
            let name = match &row[1] { Value::Null => None, Value::Text(text) => Some(text.clone()), other => panic!("{other:?}") };
            (id, name)
        }).collect();
        prop_assert_eq!(rows, model);
    }

    #[test]
    fn the_same_page_again_changes_nothing(
        rows in prop::collection::vec(prop::collection::vec(value(), 4), 1..80),
    ) {
        let file = file();
        let kinds = [FieldType::Integer, FieldType::Number, FieldType::Boolean, FieldType::String];
        let columns: Vec<_> = ["a", "b", "c", "d"].into_iter().zip(kinds).collect();
        let count = rows.len() as u64;
        let keyed: Vec<Vec<V>> =
            rows.iter().enumerate().map(|(id, row)| [&[V::Int(id as i64)], row.as_slice()].concat()).collect();
        let shape_keyed = shape("k", &[&[ID], columns.as_slice()].concat(), &["id"]);
        let shape_free = shape("f", &columns, &[]);
        prop_assert_eq!(file.sync(&shape_keyed, &[batch(&keyed)]), counts(count, 0, 0));
        prop_assert_eq!(file.sync(&shape_keyed, &[batch(&keyed)]), counts(0, 0, count));
        prop_assert_eq!(file.sync(&shape_free, &[batch(&rows)]), counts(count, 0, 0));
        prop_assert_eq!(file.sync(&shape_free, &[batch(&rows)]), counts(0, 0, count));
    }
}
