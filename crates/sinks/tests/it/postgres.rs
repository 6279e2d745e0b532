//! The table of a PostgreSQL server, against a real one: `tools/with-databases.sh` starts it.

use crate::support::{V, batch, batch_with, done, reading, shape, text};
use definition::model::{Deletions, FieldType};
use engine::batch::Batch;
use engine::sink::{Parts, Sink, StreamShape, Written};
use engine::state::PartitionState;
use sinks::postgres::{PostgresAddress, PostgresSink};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use std::sync::atomic::{AtomicU32, Ordering};

/// A schema of its own.
struct Place {
    url: String,
    schema: String,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

fn place() -> Place {
    let url = std::env::var("TAPWRIGHT_TEST_POSTGRES")
        .expect("TAPWRIGHT_TEST_POSTGRES names no server: run the tests by tools/with-databases.sh");
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Place { url, schema: format!("sink \"{}\" {number}", std::process::id()) }
}

impl Place {
    fn sink(&self) -> PostgresSink {
        let mut url = url::Url::parse(&self.url).unwrap();
        url.query_pairs_mut().append_pair("schema", &self.schema);
        PostgresSink::new(PostgresAddress::parse(url.as_str(), None).unwrap())
    }

    fn at<T>(&self, work: impl AsyncFnOnce(&mut PgConnection) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut db = PgConnection::connect(&self.url).await.unwrap();
            let schema = self.schema.replace('"', "\"\"");
            let set = format!("SET search_path TO \"{schema}\"; SET TIME ZONE 'UTC'");
            sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut db).await.unwrap();
            work(&mut db).await
        })
    }

    fn run(&self, sql: &str) {
        self.at(async |db| {
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await.unwrap();
        });
    }

    /// Rows as the server writes them: one text a row.
    fn rows(&self, sql: &str) -> Vec<String> {
        self.at(async |db| {
            let sql = format!("SELECT r::text FROM ({sql}) r");
            let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(db).await.unwrap();
            rows.iter().map(|row| row.get::<String, _>(0)).collect()
        })
    }

    fn sync(&self, shape: &StreamShape, pages: &[Batch]) -> Written {
        let mut sink = self.sink();
        sink.open(shape).unwrap();
        let mut written = Written::default();
        for (index, page) in pages.iter().enumerate() {
            written += sink.write(page, &reading(index as u64 + 1)).unwrap();
        }
        written += sink.finish(&done("z")).unwrap();
        written
    }

    fn open_problem(&self, shape: &StreamShape) -> String {
        self.sink().open(shape).unwrap_err().code
    }
}

fn counts(new: u64, updated: u64, unchanged: u64) -> Written {
    Written { new, updated, unchanged, deleted: 0 }
}

fn people() -> StreamShape {
    shape("people", &[("id", FieldType::Integer), ("name", FieldType::String)], &["id"])
}

fn person(id: i64, name: &str) -> Vec<V> {
    vec![V::Int(id), text(name)]
}

#[test]
fn values_keep_their_types_and_every_digit() {
    use FieldType::{Array, Boolean, Date, Datetime, Decimal, Integer, Json, Number, String, Time};
    let place = place();
    let columns = [
        ("id", Integer),
        ("text", String),
        ("price", Decimal),
        ("ratio", Number),
        ("yes", Boolean),
        ("day", Date),
        ("at", Datetime),
        ("local", Datetime),
        ("clock", Time),
        ("any", Json),
        ("list", Array),
    ];
    let row = vec![
        V::Int(i64::MAX),
        text("a\tb\\N\n\"ü\r\0"),
        V::Decimal("12345678901234567890.1234567890"),
        V::Float(0.1),
        V::Bool(true),
        text("2024-02-29"),
        text("2024-02-29T12:00:00.123456+02:00"),
        text("2024-02-29T12:00:00"),
        text("23:59:59.5"),
        V::Json(r#"{"n": 1.10, "z": "\u0000\ud800"}"#),
        V::Json("[1, 2]"),
    ];
    let nulls = std::iter::once(V::Int(2)).chain(std::iter::repeat_n(V::Null, 10)).collect();
    assert_eq!(place.sync(&shape("odd", &columns, &["id"]), &[batch(&[row, nulls])]), counts(2, 0, 0));
    let types = place.rows(
        "SELECT string_agg(format_type(atttypid, atttypmod), ',' ORDER BY attnum) FROM pg_attribute \
         WHERE attrelid = 'odd'::regclass AND attnum > 0",
    );
    let wanted = "bigint,text,numeric,double precision,boolean,date,timestamp with time zone,timestamp with time zone,\
                  time without time zone,jsonb,jsonb";
    assert_eq!(types, [format!("(\"{wanted}\")")]);
    let values = place.rows(
        "SELECT text, price, ratio, yes, day, at, local, clock, any_, list FROM \
         (SELECT *, \"any\" AS any_ FROM odd WHERE id > 2) o",
    );
    let value = &values[0];
    for part in [
        "12345678901234567890.1234567890",
        "0.1,t,2024-02-29",
        "2024-02-29 10:00:00.123456+00",
        "2024-02-29 12:00:00+00",
        "23:59:59.5",
        "1.10",
        "a\tb\\\\N\n\"\"ü\r\u{fffd}",
    ] {
        assert!(value.contains(part), "{part:?} in {value:?}");
    }
    assert_eq!(place.rows("SELECT count(*) FROM odd WHERE id = 2 AND list IS NULL AND \"any\" IS NULL"), ["(1)"]);
}

#[test]
fn records_are_inserted_updated_and_left_alone_by_their_key() {
    let place = place();
    let first = batch(&[person(1, "ann"), person(2, "ben")]);
    assert_eq!(place.sync(&people(), &[first]), counts(2, 0, 0));
    // Of two records with one key in a commit the last counts.
    let second = batch(&[person(1, "ann"), person(2, "bea"), person(3, "cy"), person(3, "cyd")]);
    assert_eq!(place.sync(&people(), &[second]), counts(1, 1, 2));
    assert_eq!(place.rows("SELECT * FROM people ORDER BY id"), ["(1,ann)", "(2,bea)", "(3,cyd)"]);
    let mut sink = place.sink();
    sink.open(&people()).unwrap();
    let problem = sink.write(&batch(&[person(4, "x"), vec![V::Null, text("y")]]), &reading(1)).unwrap_err();
    assert_eq!(problem.code, "null_key");
    // The connection goes on, and nothing of the page is there.
    assert_eq!(sink.write(&batch(&[person(4, "dan")]), &reading(1)).unwrap(), counts(1, 0, 0));
    assert_eq!(place.rows("SELECT count(*) FROM people"), ["(4)"]);
}

#[test]
fn the_state_stands_with_the_rows() {
    let place = place();
    let mut sink = place.sink();
    assert_eq!(sink.open(&people()).unwrap(), None);
    let mut state = reading(1);
    state
        .partitions
        .insert("{\"a\":1}".into(), PartitionState { cursor: Some("c".into()), ..PartitionState::default() });
    sink.write(&batch(&[person(1, "ann")]), &state).unwrap();
    drop(sink);
    assert_eq!(place.sink().open(&people()).unwrap(), Some(state.clone()));
    // Only what changed is given: the rest stays.
    let mut sink = place.sink();
    sink.open(&people()).unwrap();
    let mut later = reading(2);
    later.partitions.insert("{\"a\":2}".into(), PartitionState::default());
    sink.write(&batch(&[person(2, "ben")]), &later).unwrap();
    drop(sink);
    let kept = place.sink().open(&people()).unwrap().unwrap();
    assert_eq!(kept.partitions.len(), 2);
    let mut sink = place.sink();
    sink.open(&people()).unwrap();
    sink.finish(&done("z")).unwrap();
    drop(sink);
    assert_eq!(place.sink().open(&people()).unwrap(), Some(done("z")));
    let full = StreamShape { full: true, ..people() };
    assert_eq!(place.sink().open(&full).unwrap(), None);
    // A table that somebody dropped takes its state with it.
    place.run("DROP TABLE people");
    assert_eq!(place.sink().open(&people()).unwrap(), None);
}

#[test]
fn a_keyless_stream_takes_the_old_rows_place_when_it_is_whole() {
    let place = place();
    let lines = shape("lines", &[("n", FieldType::Integer), ("note", FieldType::Json)], &[]);
    let line = |n| vec![V::Int(n), V::Json("{}")];
    assert_eq!(place.sync(&lines, &[batch(&[line(1), line(1)]), batch(&[line(2)])]), counts(3, 0, 0));
    place.run("CREATE VIEW seen AS SELECT n FROM lines");
    // Cut off: the old rows stay, and the read goes on.
    let mut sink = place.sink();
    sink.open(&lines).unwrap();
    sink.write(&batch(&[line(1)]), &reading(1)).unwrap();
    drop(sink);
    assert_eq!(place.rows("SELECT count(*) FROM lines"), ["(3)"]);
    let mut sink = place.sink();
    assert_eq!(sink.open(&lines).unwrap(), Some(reading(1)));
    sink.write(&batch(&[line(3)]), &reading(2)).unwrap();
    assert_eq!(sink.finish(&done("")).unwrap(), counts(1, 0, 1));
    drop(sink);
    assert_eq!(place.rows("SELECT n FROM seen ORDER BY n"), ["(1)", "(3)"]);
    // A read that begins anew drops what the cut-off one left.
    let mut sink = place.sink();
    sink.open(&lines).unwrap();
    sink.write(&batch(&[line(8)]), &reading(1)).unwrap();
    drop(sink);
    let mut sink = place.sink();
    sink.open(&lines).unwrap();
    let mut anew = reading(1);
    anew.mark = "m2".into();
    sink.write(&batch(&[line(9)]), &anew).unwrap();
    let mut end = done("");
    end.mark = "m2".into();
    assert_eq!(sink.finish(&end).unwrap(), counts(1, 0, 0));
    assert_eq!(place.rows("SELECT n FROM seen"), ["(9)"]);
}

#[test]
fn a_keyless_stream_of_changes_is_appended_to() {
    let place = place();
    let log = StreamShape { incremental: true, ..shape("log", &[("n", FieldType::Integer)], &[]) };
    assert_eq!(place.sync(&log, &[batch(&[vec![V::Int(1)]])]), counts(1, 0, 0));
    assert_eq!(place.sync(&log, &[batch(&[vec![V::Int(1)], vec![V::Int(2)]])]), counts(2, 0, 0));
    assert_eq!(place.rows("SELECT n FROM log ORDER BY n"), ["(1)", "(1)", "(2)"]);
}

#[test]
fn a_column_widens_for_a_value_that_it_does_not_take() {
    let place = place();
    let columns = [("id", FieldType::Integer), ("at", FieldType::Datetime), ("n", FieldType::Integer)];
    let odd = shape("odd", &columns, &["id"]);
    let row = |id, at: &str, n| vec![V::Int(id), text(at), n];
    place.sync(&odd, &[batch(&[row(1, "2024-01-01T00:00:00Z", V::Int(7))])]);
    let wider = batch(&[row(2, "soon", V::Decimal("18446744073709551616"))]);
    assert_eq!(place.sync(&odd, &[wider]), counts(1, 0, 0));
    let rows = place.rows("SELECT at, n, pg_typeof(at), pg_typeof(n) FROM odd ORDER BY id");
    assert_eq!(rows[0], "(\"2024-01-01 00:00:00+00\",7,text,numeric)");
    assert_eq!(rows[1], "(soon,18446744073709551616,text,numeric)");
    // It stays wide, and a changed type of the field is taken over where the rows allow it.
    assert_eq!(place.sync(&odd, &[batch(&[row(3, "2024-01-01T00:00:00Z", V::Int(1))])]), counts(1, 0, 0));
    let retyped = shape("odd", &[columns[0], columns[1], ("n", FieldType::String)], &["id"]);
    assert_eq!(place.sync(&retyped, &[batch(&[vec![V::Int(3), text("x"), text("y")]])]), counts(0, 1, 0));
    let back = shape("odd", &columns, &["id"]);
    assert_eq!(place.open_problem(&back), "rows_unfit");
}

#[test]
fn what_is_gone_is_removed_or_marked_and_comes_back() {
    let place = place();
    let read = |shape: &StreamShape, name: &str, ids: &[i64]| {
        let mut sink = place.sink();
        sink.open(shape).unwrap();
        sink.mirror(name).unwrap();
        let rows: Vec<Vec<V>> = ids.iter().map(|id| person(*id, "x")).collect();
        let mut written = sink.write(&batch(&rows), &reading(1)).unwrap();
        written += sink.finish(&done("")).unwrap();
        (written.new, written.updated, written.deleted)
    };
    let remove = StreamShape { deletions: Deletions::Remove, ..people() };
    assert_eq!(read(&remove, "r1", &[1, 2, 3]), (3, 0, 0));
    assert_eq!(read(&remove, "r2", &[1, 3]), (0, 0, 1));
    let mark = StreamShape { deletions: Deletions::Mark, ..people() };
    assert_eq!(read(&mark, "r3", &[3]), (0, 0, 1));
    assert_eq!(place.rows("SELECT id FROM people WHERE _deleted_at IS NOT NULL"), ["(1)"]);
    assert_eq!(read(&mark, "r4", &[1, 3]), (0, 1, 0));
    assert_eq!(place.rows("SELECT count(*) FROM people WHERE _deleted_at IS NULL"), ["(2)"]);
    // A read that was cut off and goes on remembers what it met.
    let mut sink = place.sink();
    sink.open(&mark).unwrap();
    sink.mirror("r5").unwrap();
    sink.write(&batch(&[person(1, "x")]), &reading(1)).unwrap();
    drop(sink);
    let mut sink = place.sink();
    sink.open(&mark).unwrap();
    sink.mirror("r5").unwrap();
    sink.write(&batch(&[person(3, "x")]), &reading(2)).unwrap();
    assert_eq!(sink.finish(&done("")).unwrap().deleted, 0);
}

#[test]
fn what_a_part_had_and_has_no_more_is_gone_and_a_kill_between_forgets_nothing() {
    let place = place();
    let columns = [("_path", FieldType::String), ("_line", FieldType::Integer), ("name", FieldType::String)];
    let shape = shape("files", &columns, &["_path", "_line"]);
    let row = |path: &str, line: i64| vec![text(path), V::Int(line), text("x")];
    let long = "p/".repeat(2000);
    let rows = [row("a", 1), row("a", 2), row("a", 3), row("b", 1), row(&long, 1), row("c", 1)];
    place.sync(&shape, &[batch(&rows)]);
    let told = |ended: &[&str]| Parts {
        read: "r2".to_owned(),
        anew: true,
        ended: ended.iter().map(|part| (*part).to_owned()).collect(),
        how: Deletions::Remove,
        ..Parts::default()
    };
    // The first page of a part, and the program is killed.
    let mut sink = place.sink();
    sink.open(&shape).unwrap();
    sink.parts(told(&[])).unwrap();
    assert_eq!(sink.write(&batch(&[row("a", 1)]), &reading(1)).unwrap(), counts(0, 0, 1));
    drop(sink);
    let mut sink = place.sink();
    sink.open(&shape).unwrap();
    sink.parts(told(&["a"])).unwrap();
    assert_eq!(sink.write(&batch(&[row("a", 3)]), &reading(2)).unwrap().deleted, 1);
    // What is told holds for one write.
    assert_eq!(sink.write(&batch(&[row("b", 1)]), &reading(3)).unwrap().deleted, 0);
    let gone = Parts { gone: vec![long], ..told(&[]) };
    sink.parts(gone).unwrap();
    assert_eq!(sink.finish(&done("")).unwrap().deleted, 1);
    assert_eq!(place.rows("SELECT _path, _line FROM files ORDER BY 1, 2"), ["(a,1)", "(a,3)", "(b,1)", "(c,1)"]);
    drop(sink);
    let mut sink = place.sink();
    sink.open(&shape).unwrap();
    sink.parts(Parts { there: Some(vec!["a".to_owned(), "c".to_owned()]), ..told(&[]) }).unwrap();
    assert_eq!(sink.finish(&done("")).unwrap().deleted, 1);
    assert_eq!(place.rows("SELECT count(*) FROM files WHERE _path = 'b'"), ["(0)"]);
}

#[test]
fn fields_come_and_the_key_changes() {
    let place = place();
    place.sync(&people(), &[batch(&[person(1, "ann"), person(2, "ann")])]);
    let mut wider = shape("people", &[("id", FieldType::Integer), ("mail \"x\"", FieldType::String)], &["id"]);
    wider.extras = true;
    let row = (vec![V::Int(1), text("a@x.test")], Some(r#"{"more": [1]}"#));
    assert_eq!(place.sync(&wider, &[batch_with(&[row])]), counts(0, 1, 0));
    assert_eq!(place.rows("SELECT name, _extra->'more'->>0 AS more FROM people WHERE id = 1"), ["(ann,1)"]);
    let other = shape("people", &[("id", FieldType::Integer), ("name", FieldType::String)], &["name"]);
    assert_eq!(place.open_problem(&other), "key_not_unique");
    place.run("DELETE FROM people WHERE id = 2");
    let row = || vec![V::Int(9), text("ann")];
    assert_eq!(place.sync(&other, &[batch(&[row()])]), counts(0, 1, 0));
}

#[test]
fn who_is_in_the_way_is_told() {
    let place = place();
    let mut sink = place.sink();
    sink.open(&people()).unwrap();
    assert_eq!(place.open_problem(&people()), "busy");
    assert_eq!(place.sink().open(&shape("others", &[("id", FieldType::Integer)], &["id"])).unwrap(), None);
    drop(sink);
    place.run("CREATE TABLE mine (x int)");
    assert_eq!(place.open_problem(&shape("mine", &[("id", FieldType::Integer)], &[])), "table_taken");
    assert_eq!(place.open_problem(&shape("_tapwright_state", &[], &[])), "bad_name");
    let gone = PostgresAddress::parse("postgres://tests@127.0.0.1:1/none", None).unwrap();
    let problem = PostgresSink::new(gone).open(&people()).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.retry), ("database_unreachable", true));
    let none = PostgresAddress::parse(&self::place().url.replace("/postgres", "/nowhere"), None).unwrap();
    assert_eq!(PostgresSink::new(none).open(&people()).unwrap_err().code, "no_database");
}

#[test]
fn a_broken_connection_leaves_whole_pages() {
    let place = place();
    let mut sink = place.sink();
    sink.open(&people()).unwrap();
    sink.write(&batch(&[person(1, "ann")]), &reading(1)).unwrap();
    place.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND \
         pid IN (SELECT pid FROM pg_stat_activity WHERE application_name = 'tapwright') AND \
         objid IN (SELECT (hashtextextended('tapwright ' || quote_ident(current_schema()) || '.people', 0) & 4294967295)::oid)");
    let problem = sink.write(&batch(&[person(2, "ben")]), &reading(2)).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.retry), ("database_unreachable", true), "{problem}");
    drop(sink);
    assert_eq!(place.rows("SELECT id FROM people"), ["(1)"]);
    assert_eq!(place.sink().open(&people()).unwrap(), Some(reading(1)));
}

#[test]
fn a_stream_without_fields_is_its_records() {
    let place = place();
    let raw = StreamShape { extras: true, ..shape("raw", &[], &[]) };
    assert_eq!(
        place.sync(&raw, &[batch_with(&[(vec![], Some(r#"{"a": 1}"#)), (vec![], Some("{}"))])]),
        counts(2, 0, 0)
    );
    assert_eq!(place.rows("SELECT _extra FROM raw ORDER BY _extra"), ["({})", "(\"{\"\"a\"\": 1}\")"]);
}
