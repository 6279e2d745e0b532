//! Opening databases, files and folders: what is found is shown first, what is chosen becomes streams.

use crate::rig::Rig;
use serde_json::{Value, json};
use std::path::Path;

const SHOP: &str = "
CREATE TABLE orders (id INTEGER PRIMARY KEY, total NUMERIC, updated_at TIMESTAMP);
CREATE INDEX by_change ON orders (updated_at);
INSERT INTO orders VALUES (1, 9.5, '2024-01-02 03:04:05'), (2, 7, '2024-01-03 03:04:05');
CREATE TABLE notes (text TEXT);
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO customers VALUES (7, 'Ann');
CREATE VIEW totals AS SELECT count(*) AS n FROM orders;";

fn shop(folder: &Path) -> String {
    let path = folder.join("shop.db");
    rusqlite::Connection::open(&path).expect("a file").execute_batch(SHOP).expect("tables");
    path.display().to_string()
}

fn streams(bench: &Value) -> Vec<&str> {
    let streams = bench["definition"]["streams"].as_array().map(Vec::as_slice).unwrap_or_default();
    streams.iter().filter_map(|stream| stream["name"].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_a_file_are_chosen_read_and_added_to() {
    let rig = Rig::new().await;
    let path = shop(rig.folder.path());
    let bench = rig.call("source_open", json!({"text": path})).await;
    assert_eq!((&bench["stage"], &bench["database"]["product"]), (&json!("tables"), &json!("SQLite")), "{bench}");
    assert_eq!(bench["database"]["password"], Value::Null);
    let id = bench["id"].clone();
    let list = rig.call("tables", json!({"id": id})).await;
    let table = |name: &str| {
        list["tables"].as_array().expect("tables").iter().find(|table| table["name"] == name).expect("it").clone()
    };
    let orders = table("orders");
    assert_eq!((&orders["key"], &orders["cursor"], &orders["rows"]), (&json!(["id"]), &json!("updated_at"), &json!(2)));
    assert_eq!((&table("totals")["view"], &table("notes")["key"]), (&json!(true), &json!([])));

    let nothing = rig.refused("tables_take", json!({"id": id, "tables": []})).await;
    assert_eq!(nothing.code, "nothing_chosen");
    let unknown = rig.refused("tables_take", json!({"id": id, "tables": ["nope"]})).await;
    assert_eq!(unknown.code, "unknown_table");
    // Pasting it again goes on with the same draft.
    let again = rig.call("source_open", json!({"text": format!("sqlite:{path}")})).await;
    assert_eq!(again["id"], id);
    let bench = rig.call("tables_take", json!({"id": id, "tables": ["orders", "notes"]})).await;
    assert_eq!((&bench["stage"], streams(&bench)), (&json!("ready"), vec!["orders", "notes"]), "{bench}");
    assert_eq!((&bench["preview"]["rows"], &bench["faults"]), (&json!(2), &json!([])), "{bench}");
    let connection = rig.call("accept", json!({"id": id})).await["connection"].clone();
    let run = rig.sync(&connection).await;
    assert_eq!((&run["run"]["outcome"], &run["run"]["counts"]["new"]), (&json!("done"), &json!(2)), "{run}");

    let list = rig.call("tables", json!({"id": id})).await;
    let taken = |name: &str| {
        list["tables"].as_array().expect("tables").iter().any(|table| table["name"] == name && table["taken"] == true)
    };
    assert!(taken("orders") && !taken("customers"), "{list}");
    let query =
        json!({"name": "by day", "sql": "SELECT date(updated_at) AS day, count(*) AS n FROM orders GROUP BY 1;"});
    let request = json!({"id": id, "tables": ["customers"], "query": query});
    let bench = rig.call("tables_take", request).await;
    assert_eq!(streams(&bench), ["orders", "notes", "customers", "by_day"], "{bench}");
    let fields = &bench["definition"]["streams"][3]["fields"];
    assert_eq!((&fields[0]["name"], &fields[1]["type"]), (&json!("day"), &json!("integer")), "{fields}");
    assert_eq!(bench["faults"], json!([]), "{bench}");
    let run = rig.sync(&connection).await;
    assert_eq!(run["run"]["counts"]["new"], json!(3), "{run}");
    let bench = rig.call("undo", json!({"id": id})).await;
    assert_eq!(streams(&bench), ["orders", "notes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_does_not_read_is_refused_in_its_place() {
    let rig = Rig::new().await;
    let path = shop(rig.folder.path());
    let id = rig.call("source_open", json!({"text": path})).await["id"].clone();
    for (sql, code) in [
        ("DELETE FROM orders", "query_writes"),
        ("SELECT nope FROM orders", "unknown_column"),
        (" ; ", "missing_value"),
    ] {
        let query = json!({"id": id, "query": {"name": "q", "sql": sql}});
        let problem = rig.refused("tables_take", query).await;
        assert_eq!((problem.code.as_str(), problem.field.as_deref()), (code, Some("query")), "{sql}: {problem:?}");
    }
    let bench = rig.call("workbench_get", json!({"id": id})).await;
    assert_eq!(bench["stage"], "tables", "it stays where it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_the_address_lacks_is_asked_for_and_kept_in_the_keyring_alone() {
    let url = std::env::var("TAPWRIGHT_TEST_MARIADB")
        .expect("TAPWRIGHT_TEST_MARIADB names no server: run the tests by tools/with-databases.sh");
    let rig = Rig::new().await;
    let bare = url.replace("tests:tests@", "tests@");
    let bench = rig.call("source_open", json!({"text": bare})).await;
    assert_eq!(
        (&bench["stage"], &bench["database"]["password"]["refused"]),
        (&json!("tables"), &json!(false)),
        "{bench}"
    );
    let id = bench["id"].clone();
    let wrong = rig.call("database_sign_in", json!({"id": id, "password": "not-it-at-all"})).await;
    assert_eq!(wrong["database"]["password"]["refused"], true, "{wrong}");
    let right = rig.call("database_sign_in", json!({"id": id, "username": "tests", "password": "tests"})).await;
    assert_eq!(right["database"]["password"], Value::Null, "{right}");
    let bench = rig.call("tables_take", json!({"id": id, "tables": ["help_category"]})).await;
    assert_eq!((&bench["stage"], &bench["problem"]), (&json!("ready"), &Value::Null), "{bench}");
    let connection = rig.call("accept", json!({"id": id})).await["connection"].clone();
    assert_eq!(rig.sync(&connection).await["run"]["outcome"], "done");
    rig.has_nowhere("not-it-at-all").await;

    // One that stands in the address is taken out of it at once, also where the server refuses it.
    let pasted = rig.call("source_open", json!({"text": url.replace("tests:tests@", "tests:wr0ng-secret@")})).await;
    assert_eq!(pasted["database"]["password"]["refused"], true, "{pasted}");
    assert!(pasted["notes"].to_string().contains("keyring"), "{pasted}");
    rig.has_nowhere("wr0ng-secret").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_there_is_told_in_place() {
    let rig = Rig::new().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    let missing = rig.folder.path().join("none.db");
    for (text, code, word) in [
        (format!("postgres://me@127.0.0.1:{closed}/shop"), "unreachable", "refused"),
        ("mysql://me@no-such-host.invalid/shop".to_owned(), "unreachable", "no computer of this name"),
        (format!("sqlite:{}", missing.display()), "no_file", "opened"),
        ("postgres://h/x?sslmode=maybe".to_owned(), "bad_address", "sslmode"),
    ] {
        let problem = rig.refused("source_open", json!({"text": text})).await;
        assert_eq!(problem.code, code, "{problem:?}");
        assert!(problem.message.contains(word) && problem.hint.is_some(), "{problem:?}");
    }
    assert_eq!(rig.call("home", json!({})).await["connectors"], json!([]), "nothing is kept of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_connectors_is_looked_at_and_one_is_opened() {
    let rig = Rig::new().await;
    let root = rig.folder.path().join("team");
    std::fs::create_dir_all(root.join("connectors")).expect("folders");
    std::fs::create_dir_all(root.join("fixtures/good")).expect("folders");
    let write = |path: &str, text: &str| std::fs::write(root.join(path), text).expect("written");
    write("tapwright.yaml", "workspace: 1\n");
    let good = "tapwright: 1\nname: good\ntitle: Good\nhttp: {base_url: 'https://a.test'}\nstreams:\n  - name: x\n    request: {path: /x}\n";
    write("connectors/good.connector.yaml", good);
    write("connectors/bad.connector.yaml", "tapwright: 1\nname: bad\nnonsense: 1\n");
    let look = rig.call("folder_look", json!({"text": root})).await;
    assert_eq!((&look["workspace"], &look["data"]), (&json!(true), &json!(false)), "{look}");
    let names: Vec<_> = look["connectors"].as_array().expect("some").iter().map(|each| &each["name"]).collect();
    assert_eq!(names, ["bad", "good"]);
    assert!(look["connectors"][0]["faults"].as_u64() > Some(0), "{look}");
    let good = &look["connectors"][1];
    assert_eq!(
        (&good["streams"], &good["recorded"], &good["kept"]),
        (&json!(1), &json!(true), &json!(false)),
        "{look}"
    );
    let bench = rig.call("source_open", json!({"text": good["path"]})).await;
    assert_eq!((&bench["stage"], &bench["definition"]["title"]), (&json!("trust"), &json!("Good")), "{bench}");
    let look = rig.call("folder_look", json!({"text": root})).await;
    assert_eq!(look["connectors"][1]["kept"], true, "{look}");
    // What is no folder is none.
    let look = rig.call("folder_look", json!({"text": "https://a.test/x"})).await;
    assert_eq!((&look["folder"], &look["connectors"]), (&json!(""), &json!([])));
}
