//! From one database into another: actions proposed by the catalogue, a destination bound to them, a push of what changed.

use crate::run::{Place, Ran};
use rusqlite::Connection;
use serde_json::{Value, json};

fn run_sql(place: &Place, sql: &str) {
    Connection::open(place.path("shop.db")).expect("opens").execute_batch(sql).expect("runs");
}

fn counts(ran: &Ran) -> [u64; 5] {
    let counts = &ran.json()["push"]["counts"];
    ["created", "updated", "deleted", "failed", "same"].map(|name| counts[name].as_u64().unwrap_or(99))
}

#[test]
fn actions_are_proposed_for_the_tables_that_are_asked_for() {
    let place = Place::new();
    run_sql(
        &place,
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT NOT NULL, \"unit price\" NUMERIC);
         CREATE TABLE tags (name TEXT PRIMARY KEY); CREATE VIEW seen AS SELECT * FROM orders",
    );
    let address = format!("sqlite:{}", place.path("shop.db").display());
    let file = place.path("shop.connector.yaml").display().to_string();
    let new = |more: &[&str]| {
        let args = [&["new", &address, "--name", "shop", "--out", &file, "--force", "--json"], more].concat();
        let made = place.run(&args).exits(0).json();
        place.run(&["validate", &file]).exits(0);
        made["actions"].clone()
    };
    assert_eq!(new(&[]), json!([]));
    assert_eq!(new(&["--actions=tags"]), json!(["insert_tags", "upsert_tags", "delete_tags"]));
    let all = new(&["--actions"]).to_string();
    assert!(all.contains("insert_orders") && all.contains("update_orders") && !all.contains("seen"), "{all}");
    place.run(&["connect", &file, "--name", "shop"]).exits(0);
    let act = |args: &[&str]| place.run(&[&["action", "shop"], args].concat());
    act(&["insert_orders", "-p", "id=7", "-p", "note=a", "-p", "unit_price=19.90"]).exits(0);
    act(&["update_orders", "-p", "id=7", "-p", "unit_price=20"]).exits(0);
    act(&["upsert_orders", "-p", "id=8", "-p", "note=b"]).exits(0);
    assert_ne!(act(&["update_orders", "-p", "note=c"]).code, Some(0), "the key must be given");
    assert_ne!(act(&["insert_orders", "-p", "id=seven", "-p", "note=c"]).code, Some(0), "the type is the column's");
    act(&["delete_orders", "-p", "id=8"]).exits(0);
    let conn = Connection::open(place.path("shop.db")).expect("opens");
    let row = conn
        .query_row("SELECT group_concat(id || note || \"unit price\") FROM orders", [], |row| row.get::<_, String>(0));
    assert_eq!(row.expect("a row"), "7a20");
    let refused =
        place.run(&["new", &address, "--table", "tags", "--actions=orders", "--out", &file, "--force", "--json"]);
    assert_eq!(refused.exits(2).problem(), "unknown_table");
}

#[test]
fn a_table_is_pushed_into_postgresql_and_kept_as_it_is() {
    let server = std::env::var("TAPWRIGHT_TEST_POSTGRES")
        .expect("TAPWRIGHT_TEST_POSTGRES names no server: run the tests by tools/with-databases.sh");
    let (place, schema) = (Place::new(), format!("pushed_{}", std::process::id()));
    // The table that is pushed into, with a row of its own.
    place.write("seed.csv", "id,mail,total\n9,own@acme.test,1.10\n");
    let folder = format!("folder={}", place.folder.path().display());
    let seed = "tapwright: 1\nname: seed\nconfig: [{name: folder, type: string, required: true}]\nstreams:\n  - name: people\n    source: {type: files, folder: \"{{ config.folder }}\", glob: \"seed.csv\"}\n    \
         key: [id]\n    fields: [{name: id, from: \"$.id\", type: integer}, {name: mail, from: \"$.mail\"}, \
         {name: total, from: \"$.total\", type: decimal}]\n";
    let seed = place.write("seed.connector.yaml", seed);
    place.run(&["sync", &seed, "--config", &folder, "--to", &format!("{server}?schema={schema}")]).exits(0);
    let file = place.path("warehouse.connector.yaml").display().to_string();
    let table = format!("{schema}.people");
    let made =
        place.run(&["new", &server, "--table", &table, "--actions", "--name", "warehouse", "--out", &file, "--json"]);
    let (stream, actions) = (format!("{schema}_people"), made.exits(0).json()["actions"].clone());
    assert!(
        actions.as_array().is_some_and(|all| all.len() == 4 && all[2] == json!(format!("upsert_{stream}"))),
        "{actions}"
    );
    let text = std::fs::read_to_string(&file).expect("read");
    place.write(
        "warehouse.connector.yaml",
        &format!(
            "{text}destinations:\n  - name: people\n    key: [id]\n    create: {{action: upsert_{stream}}}\n    \
             update: {{action: upsert_{stream}}}\n    delete: {{action: delete_{stream}, params: {{id: id}}}}\n    delete_missing: true\n"
        ),
    );
    place.run(&["connect", &file, "--name", "warehouse"]).exits(0);

    run_sql(
        &place,
        "CREATE TABLE people (id INTEGER PRIMARY KEY, mail TEXT, total NUMERIC);
         INSERT INTO people VALUES (1, 'a@b.test', 12.5), (2, 'it''s; --', NULL), (3, 'Zoë', 1234567890123)",
    );
    let shop = format!(
        "tapwright: 1\nname: shop\nstreams:\n  - name: people\n    source: {{type: database, url: \"sqlite:{}\", table: people}}\n    \
         key: [id]\n    deletions: remove\n",
        place.path("shop.db").display()
    );
    let shop = place.write("shop.connector.yaml", &shop);
    place.run(&["connect", &shop, "--name", "shop"]).exits(0);
    let push = |more: &[&str]| {
        place.run(&["sync", "shop", "--full"]).exits(0);
        place.run(&[&["push", "warehouse", "people", "--from", "table:shop/people", "--json"], more].concat())
    };
    let there = || {
        let rows = place.run(&["preview", "warehouse", "--json", "-n", "99"]).exits(0).json();
        let mut rows = rows["records"].as_array().expect("records").clone();
        rows.sort_by_key(|row| row["id"].as_i64());
        rows.iter().map(|row| json!([row["id"], row["mail"], row["total"]])).collect::<Value>()
    };
    let dry = push(&["--dry-run"]).exits(0).json();
    assert_eq!([&dry["create"], &dry["update"], &dry["delete"]], [&json!(3), &json!(0), &json!(0)], "{dry}");
    assert!(dry.to_string().contains("INSERT INTO"), "{dry}");
    assert_eq!(there().as_array().map(Vec::len), Some(1), "a dry run writes nothing");
    assert_eq!(counts(&push(&[]).exits(0)), [3, 0, 0, 0, 0]);
    let text = there().to_string();
    assert!(
        text.contains("it's; --") && text.contains("Zoë") && text.contains("12.5") && text.contains("own@"),
        "{text}"
    );
    run_sql(
        &place,
        "DELETE FROM people WHERE id = 1; UPDATE people SET total = 7 WHERE id = 2; INSERT INTO people VALUES (4, 'd', 4)",
    );
    assert_eq!(counts(&push(&[]).exits(0)), [1, 1, 1, 0, 1]);
    let rows = there();
    let ids: Vec<_> = rows.as_array().expect("rows").iter().map(|row| row[0].as_i64()).collect();
    assert_eq!(ids, [Some(2), Some(3), Some(4), Some(9)], "{rows}");
    assert!(rows[0][2].to_string().contains('7'), "{rows}");
    assert_eq!(counts(&push(&[]).exits(0)), [0, 0, 0, 0, 3], "nothing changed, nothing is written");
}
