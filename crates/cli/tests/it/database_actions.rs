//! Actions that write to a database, from outside.

use crate::run::Place;
use rusqlite::Connection;
use serde_json::{Value, json};

fn run_sql(place: &Place, sql: &str) {
    let conn = Connection::open(place.path("shop.db")).expect("opens");
    conn.execute_batch(sql).expect("runs");
}

fn count(place: &Place, sql: &str) -> i64 {
    let conn = Connection::open(place.path("shop.db")).expect("opens");
    conn.busy_timeout(std::time::Duration::from_secs(30)).expect("waits");
    conn.query_row(sql, [], |row| row.get(0)).expect("a number")
}

/// A definition with all four kinds of writes, `key` being the insert's.
fn shop(place: &Place, key: &str) -> String {
    let url = place.path("shop.db").display().to_string();
    let params = "[{name: id, type: integer}, {name: note}, {name: code, secret: true}]";
    let text = format!(
        "tapwright: 1\nname: shop\nstreams:\n  - name: orders\n    source: {{type: database, url: \"sqlite:{url}\", table: orders}}\n    \
         key: [id]\nactions:\n  - name: add\n    stream: orders\n    params: {params}\n    database: {{write: insert, key: [{key}], returning: [id, note]}}\n  \
         - name: save\n    stream: orders\n    params: {params}\n    database: {{write: upsert, key: [id]}}\n  \
         - name: change\n    stream: orders\n    params: [{{name: id, type: integer, required: true}}, {{name: text}}]\n    \
         database: {{write: update, key: [id], values: {{id: \"{{{{ params.id }}}}\", note: \"<{{{{ params.text }}}}>\"}}}}\n  \
         - name: remove\n    stream: orders\n    params: [{{name: id, type: integer, required: true}}]\n    \
         database: {{write: delete, key: [id]}}\n"
    );
    place.write("shop.connector.yaml", &text)
}

const TABLE: &str = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT NOT NULL UNIQUE, code TEXT)";

#[test]
fn a_row_is_added_changed_and_removed_and_a_dry_run_shows_the_statement() {
    let place = Place::new();
    run_sql(&place, TABLE);
    let file = shop(&place, "");
    place.run(&["connect", &file, "--name", "shop"]).exits(0);
    let act = |args: &[&str]| place.run(&[&["action", "shop"], args].concat());
    let dry = act(&["add", "-p", "id=1", "-p", "note=it's; --", "-p", "code=hush-hush-9", "--dry-run"]).exits(0);
    assert!(dry.stdout.contains("INSERT INTO \"orders\" (\"id\", \"note\", \"code\")\nVALUES (?, ?, ?)"), "{dry:?}");
    assert!(dry.stdout.contains("-- ? 2 = it's; --") && !dry.stdout.contains("hush"), "{dry:?}");
    assert_eq!(count(&place, "SELECT count(*) FROM orders"), 0);
    let added = act(&["add", "-p", "id=1", "-p", "note=it's; --", "-p", "code=hush-hush-9", "--json"]).exits(0).json();
    assert_eq!(
        (added["outcome"].as_str(), added["rows"].as_u64(), added["status"].is_null()),
        (Some("done"), Some(1), true)
    );
    assert_eq!(added["records"], json!([{"id": 1, "note": "it's; --"}]));
    assert!(!added.to_string().contains("hush"), "{added}");
    assert_eq!(count(&place, "SELECT count(*) FROM orders WHERE code = 'hush-hush-9'"), 1);
    for (args, code) in [
        (&["add", "-p", "id=2", "-p", "note=it's; --"][..], "unique_violation"),
        (&["add", "-p", "id=2"], "not_null"),
        (&["add", "-p", "id=two", "-p", "note=x"], "bad_params"),
        (&["save", "-p", "note=x"], "no_key"),
        (&["change", "-p", "id=9", "-p", "text=x"], "not_found"),
        (&["remove", "-p", "id=9"], "not_found"),
    ] {
        let ran = place.run(&[&["action", "shop"], args, &["--json"]].concat());
        assert_ne!(ran.code, Some(0), "{args:?}");
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains(&format!("\"{code}\"")), "{args:?} {said}");
    }
    assert!(act(&["save", "-p", "id=1", "-p", "note=new"]).exits(0).stdout.is_empty());
    act(&["change", "-p", "id=1", "-p", "text=newer"]).exits(0);
    assert_eq!(count(&place, "SELECT count(*) FROM orders WHERE note = '<newer>' AND code = 'hush-hush-9'"), 1);
    act(&["remove", "-p", "id=1"]).exits(0);
    assert_eq!(count(&place, "SELECT count(*) FROM orders"), 0);
    assert!(act(&["--history"]).exits(0).stdout.contains("remove  done  1 row"));
    let listed = act(&["--json"]).exits(0).json();
    let kinds: Vec<_> =
        listed.as_array().expect("a list").iter().map(|one| one["kind"].as_str().unwrap_or("")).collect();
    assert_eq!(kinds, ["create", "update", "update", "delete"]);
    assert!(
        place.files().iter().all(|(name, bytes)| {
            name.ends_with("shop.db") || !bytes.windows(11).any(|part| part == b"hush-hush-9")
        })
    );
}

#[test]
fn a_definition_says_what_is_missing_all_at_once() {
    let place = Place::new();
    let text = "tapwright: 1\nname: shop\nactions:\n  - {name: a}\n  - {name: b, request: {path: /}, database: {write: insert}}\n  \
                - {name: c, database: {write: update, url: \"sqlite:x.db\", table: t, values: {a: \"{{ params.nope }}\"}}}\n  \
                - {name: d, idempotency_header: X, database: {write: delete, key: [a, a], values: {b: 1}}}\n";
    let file = place.write("x.connector.yaml", text);
    let ran = place.run(&["validate", &file, "--json"]);
    assert_ne!(ran.code, Some(0));
    let said = format!("{}{}", ran.stdout, ran.stderr);
    for (path, code) in [
        ("actions[0].request", "missing"),
        ("actions[1].database", "two_ways"),
        ("actions[2].database.key", "missing_key"),
        ("actions[2].database.values.a", "unknown_param"),
        ("actions[3].database.url", "missing"),
        ("actions[3].database.table", "missing"),
        ("actions[3].database.key[0]", "no_value"),
        ("actions[3].database.key[1]", "duplicate_name"),
        ("actions[3].database.values", "unused"),
        ("actions[3].idempotency_header", "unused"),
    ] {
        assert!(
            said.contains(&format!("\"{path}\"")) && said.contains(&format!("\"{code}\"")),
            "{path} {code}: {said}"
        );
    }
}

/// Kills a batch once the table has some rows, twice; what it left is sent, and each row is there once.
#[test]
fn a_batch_into_a_table_that_is_killed_writes_each_row_once() {
    let place = Place::new();
    run_sql(
        &place,
        &format!(
            "{TABLE}; CREATE TABLE log (id); CREATE TRIGGER t AFTER INSERT ON orders BEGIN INSERT INTO log VALUES (new.id); END"
        ),
    );
    let file = shop(&place, "id");
    let rows: String =
        (1..=1500).map(|row| format!("{row},note {}\n", if row % 100 == 50 { 1 } else { row })).collect();
    place.write("rows.csv", &format!("id,note\n{rows}"));
    let args = ["batch", &file, "add", "--from", "csv:rows.csv", "--skip-errors"];
    let again = ["batch", &file, "--resume", "--json"];
    for (args, until) in [(&args[..], 200), (&again[..], 600)] {
        let mut child = place
            .command(args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("starts");
        while count(&place, "SELECT count(*) FROM orders") < until {
            assert!(child.try_wait().expect("a child").is_none(), "it ended before it was killed");
        }
        child.kill().expect("killed");
        child.wait().expect("ends");
    }
    let ran = place.run(&again).exits(6);
    let counts: Value = ran.json()["batch"]["counts"].clone();
    let told = ["total", "sent", "failed", "uncertain", "left"].map(|name| counts[name].as_u64().unwrap_or(99));
    assert_eq!(told, [1500, 1485, 15, 0, 0], "{ran:?}");
    assert_eq!(count(&place, "SELECT count(*) FROM orders"), 1485);
    assert_eq!(count(&place, "SELECT count(*) FROM log"), 1485, "a row was written twice");
}
