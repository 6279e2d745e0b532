//! Recordings of databases and folders: made while they are there, replayed when they are gone.

use crate::run::Place;
use rusqlite::Connection;
use serde_json::{Value, json};

const FOLDER: &str = "fixtures/shop";

fn database(place: &Place) {
    let conn = Connection::open(place.path("shop.db")).expect("opens");
    conn.execute_batch(
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, mail TEXT, price NUMERIC, note TEXT, api_key TEXT, changed TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
         INSERT INTO orders SELECT i, 'p' || i || '@acme.test', i * 12345678901.5, 'canary-7777 ' || i, 'k' || i,
             '2024-01-01T00:00:' || printf('%02d', i % 60) || 'Z' FROM n;
         CREATE TABLE empty (id INTEGER PRIMARY KEY);",
    )
    .expect("made");
}

/// A table, a query, a table without rows; the query's secret stands in the rows.
fn shop(place: &Place) -> String {
    let url = format!("sqlite:{}", place.path("shop.db").display());
    let fields = "fields: [{name: id, from: \"$.id\", type: integer, required: true}, {name: mail, from: \"$.mail\"}, \
                  {name: price, from: \"$.price\", type: decimal}, {name: note, from: \"$.note\"}, {name: api_key, from: \"$.api_key\"}]";
    format!(
        "tapwright: 1\nname: shop\nconfig: [{{name: word, type: secret}}]\nstreams:\n  - name: orders\n    \
         source: {{type: database, url: \"{url}\", password: \"{{{{ config.word }}}}\", table: orders}}\n    key: [id]\n    \
         incremental: {{cursor: \"$.changed\", formats: [rfc3339]}}\n    {fields}\n  - name: dear\n    \
         source: {{type: database, url: \"{url}\", query: \"SELECT id, price FROM orders WHERE id > 1190\"}}\n    key: [id]\n  \
         - name: empty\n    source: {{type: database, url: \"{url}\", table: empty}}\n    key: [id]\n"
    )
}

fn test_of(place: &Place, more: &[&str], code: i32) -> Value {
    let args = [&["test", "shop.connector.yaml", "--json"], more].concat();
    place.run(&args).exits(code).json()["connectors"][0].clone()
}

/// The failed checks of all streams, in one text.
fn failures(report: &Value) -> String {
    let streams = report["streams"].as_array().expect("streams");
    let checks = streams.iter().flat_map(|stream| stream["checks"].as_array().expect("checks"));
    checks.filter(|check| check["verdict"] == "fail").map(|check| format!("{check}\n")).collect()
}

fn recorded_text(place: &Place, part: &str) -> (std::path::PathBuf, String) {
    let files = std::fs::read_dir(place.path(FOLDER)).expect("a folder").filter_map(Result::ok);
    let path = files.map(|file| file.path()).find(|path| path.to_string_lossy().contains(part));
    let path = path.unwrap_or_else(|| panic!("no file of {part}"));
    let text = std::fs::read_to_string(&path).expect("read");
    (path, text)
}

#[test]
fn a_table_and_a_query_are_tested_with_no_database() {
    let place = Place::new();
    database(&place);
    let text = shop(&place);
    let file = place.write("shop.connector.yaml", &text);
    let secret = ["--secret", "word=-"];
    let record = [&["record", &file, "--json", "--scrub", "note"], &secret[..]].concat();
    let ran = place.run_with(&record, "canary-7777").exits(0).json();
    let counts: Vec<_> =
        ran["streams"].as_array().expect("streams").iter().map(|stream| stream["records"].as_u64()).collect();
    assert_eq!(counts, [Some(500), Some(10), Some(0)], "{ran}");
    let (orders, rows) = recorded_text(&place, "ROWS-orders");
    assert!(rows.contains("12345678901.5"), "digits stay");
    for (path, bytes) in place.files() {
        if path.components().any(|part| part.as_os_str() == "fixtures") {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("canary"), "the secret is in {path:?}");
            assert!(!text.contains("\"k77\"") && !text.contains("7777 77"), "a private column is in {path:?}");
        }
    }
    std::fs::remove_file(place.path("shop.db")).expect("removed");
    let report = test_of(&place, &[], 0);
    assert_eq!((&report["ok"], &report["streams"][0]["records"]), (&json!(true), &json!(500)), "{report}");
    assert_eq!(report["streams"][1]["records"], json!(10), "{report}");
    let names: Vec<_> =
        report["streams"][0]["checks"].as_array().expect("checks").iter().map(|one| &one["name"]).collect();
    for name in ["requests", "records", "key", "required", "types", "values"] {
        assert!(names.contains(&&json!(name)), "{name}: {names:?}");
    }
    // Offline everywhere else, too; and again, from the state that the first sync left.
    let seen = place.run(&["preview", &file, "--stream", "orders", "--json", "--fixtures", FOLDER]).exits(0).json();
    // In the order of the cursor.
    assert_eq!(seen["records"][2]["mail"], json!("p180@acme.test"), "{seen}");
    for _ in 0..2 {
        place.run(&["sync", &file, "--fixtures", FOLDER, "--to", "sqlite:try.db"]).exits(0);
    }
    let conn = Connection::open(place.path("try.db")).expect("opens");
    assert_eq!(conn.query_row("SELECT count(*) FROM orders", [], |row| row.get::<_, i64>(0)).expect("counts"), 500);
    assert!(!place.path("shop.db").exists(), "a replay opens no database");

    for (what, definition, recorded, words) in [
        ("a missing id", text.clone(), rows.replacen("\"id\": 1,", "", 1), "no usable key"),
        ("a repeated id", text.clone(), rows.replacen("\"id\": 1,", "\"id\": 2,", 1), "not unique"),
        ("another type", text.clone(), rows.replacen("\"id\": 1,", "\"id\": \"one\",", 1), "no usable key"),
        (
            "a type of the definition",
            text.replace("{name: mail, from: \"$.mail\"}", "{name: mail, from: \"$.mail\", transform: [upper]}"),
            rows.clone(),
            "snapshot",
        ),
        (
            "another table",
            text.replace("table: orders", "table: customers"),
            rows.clone(),
            "the rows of the table customers",
        ),
    ] {
        place.write("shop.connector.yaml", &definition);
        std::fs::write(&orders, recorded).expect("written");
        let failed = failures(&test_of(&place, &[], 5));
        assert!(failed.contains(words), "{what}: {failed}");
    }
    place.write("shop.connector.yaml", &text);
    std::fs::write(&orders, &rows).expect("written");
    assert_eq!(failures(&test_of(&place, &[], 0)), "");
}

fn folder(place: &Place) -> String {
    std::fs::create_dir_all(place.path("in/deep")).expect("made");
    let rows: String = (1..=900).map(|row| format!("{row};Zoë {row};pw{row};\"two\nlines\"\r\n")).collect();
    let text = format!("exported by acme\r\n\r\nid;name;password;note\r\n{rows}");
    let latin = latin(&text);
    std::fs::write(place.path("in/a.csv"), latin).expect("written");
    std::fs::write(place.path("in/deep/b.csv"), "id;name;password;note\n5001;Bob;pw-last;x\n").expect("written");
    std::fs::write(place.path("in/c.jsonl"), "{\"n\":1,\"token\":\"t1\"}\n{\"n\":12345678901234567890}\n")
        .expect("written");
    "tapwright: 1\nname: shop\nconfig: [{name: folder, type: string, required: true}]\nstreams:\n  - name: people\n    \
         source: {type: files, folder: \"{{ config.folder }}\", glob: \"**/*.csv\"}\n    key: [id]\n    \
         fields: [{name: id, from: \"$.id\", type: integer, required: true}, {name: name, from: \"$.name\"}, \
         {name: password, from: \"$.password\"}, {name: file, from: \"$._path\"}]\n  - name: lines\n    \
         source: {type: files, folder: \"{{ config.folder }}\", glob: \"*.jsonl\"}\n"
        .to_owned()
}

/// A text in Windows-1252.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect()
}

#[test]
fn a_folder_is_tested_when_it_is_gone() {
    let place = Place::new();
    let text = folder(&place);
    let file = place.write("shop.connector.yaml", &text);
    let given = format!("folder={}", place.path("in").display());
    let ran = place.run(&["record", &file, "--config", &given, "--records", "300", "--json"]).exits(0).json();
    assert_eq!(ran["streams"][0]["records"], json!(300), "{ran}");
    let (path, csv) = recorded_text(&place, "FILE-a.csv");
    assert!(csv.contains("id;name;password;note") && csv.contains("Zoë 7;") && csv.contains("exported by"), "{csv}");
    assert!(!csv.contains("pw7") && csv.contains("scrubbed-"), "{csv}");
    let (_, lines) = recorded_text(&place, "FILE-c.jsonl");
    assert!(lines.contains("12345678901234567890") && !lines.contains("t1"), "{lines}");
    std::fs::remove_dir_all(place.path("in")).expect("removed");
    let report = test_of(&place, &[], 0);
    assert_eq!(report["ok"], json!(true), "{report}");
    assert_eq!(report["streams"][1]["records"], json!(2), "{report}");
    let seen =
        place.run(&["preview", &file, "--stream", "people", "--json", "-n", "1", "--fixtures", FOLDER]).exits(0).json();
    assert_eq!(
        (&seen["records"][0]["name"], &seen["records"][0]["file"]),
        (&json!("Zoë 1"), &json!("a.csv")),
        "{seen}"
    );
    place.run(&["sync", &file, "--fixtures", FOLDER, "--to", "csv:out"]).exits(0);

    for (what, recorded, words) in [
        ("a repeated id", csv.replacen("\"2;", "\"1;", 1), "not unique"),
        ("an id that is no number", csv.replacen("\"2;", "\"two;", 1), "no usable key"),
        ("a column that is gone", csv.replacen("id;name;", "id;title;", 1), "snapshot"),
    ] {
        assert_ne!(recorded, csv, "{what}");
        std::fs::write(&path, recorded).expect("written");
        let failed = failures(&test_of(&place, &[], 5));
        assert!(failed.contains(words), "{what}: {failed}");
    }
    std::fs::write(&path, &csv).expect("written");
    place.write("shop.connector.yaml", &text.replace("name: lines", "name: other"));
    let told = test_of(&place, &[], 0)["streams"][1]["checks"].to_string();
    assert!(told.contains("not in the recording"), "{told}");
}

#[test]
fn postgresql_is_replayed_with_its_types() {
    let server = std::env::var("TAPWRIGHT_TEST_POSTGRES")
        .expect("TAPWRIGHT_TEST_POSTGRES names no server: run the tests by tools/with-databases.sh");
    let place = Place::new();
    let query = "SELECT 9007199254740993::bigint AS id, 0.10::numeric AS price, ARRAY[1,2] AS list, '{\\\"a\\\":1}'::jsonb AS doc, \
                 '2024-02-29 01:02:03.456789+02'::timestamptz AS at";
    let text = format!(
        "tapwright: 1\nname: shop\nstreams:\n  - name: kinds\n    source: {{type: database, url: \"{server}\", query: \"{query}\"}}\n    key: [id]\n"
    );
    let file = place.write("shop.connector.yaml", &text);
    place.run(&["record", &file]).exits(0);
    let live = place.run(&["preview", &file, "--json"]).exits(0).stdout;
    assert!(live.contains("9007199254740993") && live.contains("0.10"), "{live}");
    // Nobody listens there.
    place.write("shop.connector.yaml", &text.replace(&server, "postgres://127.0.0.1:1/gone"));
    let replayed = place.run(&["preview", &file, "--json", "--fixtures", FOLDER]).exits(0).stdout;
    // A recording keeps what a JSON means, not the space in it.
    let records = |text: &str| text.split(",\"pages\"").next().map(|text| text.replace("\"a\": 1", "\"a\":1"));
    assert_eq!(records(&replayed), records(&live), "every digit");
    assert_eq!(test_of(&place, &[], 0)["ok"], json!(true));
}
