//! Connectors and connections are looked after: versions, updates, copies, what depends on them.

use crate::run::{Place, Ran, open_customers, server};
use serde_json::{Value, json};

/// A connector with a connection `mine` that has synced once.
fn connected(place: &Place, text: &str) {
    let file = place.write("first.connector.yaml", text);
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    place.run(&["sync", "mine"]).exits(0);
}

fn words(list: &Value) -> Vec<String> {
    let all = list.as_array().unwrap_or_else(|| panic!("a list: {list}"));
    all.iter().filter_map(|one| one["words"].as_str().map(str::to_owned)).collect()
}

fn codes(plan: &Value) -> Vec<String> {
    let impacts = plan["connections"][0]["impacts"].as_array().expect("impacts");
    impacts.iter().filter_map(|one| one["code"].as_str().map(str::to_owned)).collect()
}

#[test]
fn an_update_says_what_changes_and_keeps_the_connections() {
    let (place, server) = (Place::new(), server());
    let old = open_customers(&server);
    connected(&place, &old);
    let before = place.run(&["show", "mine", "--json"]).exits(0).json();
    let new = old
        .replace("streams:\n", "config:\n  - {name: region, required: true}\nstreams:\n")
        .replace("key: [id]", "key: [account_no]")
        + "  - name: orders\n    request: {path: /orders}\n    records: {path: '$.items[*]'}\n";
    let file = place.write("second.connector.yaml", &new);
    let dry = place.run(&["update", "sample-customers", &file, "--dry-run", "--json"]).exits(0).json();
    assert_eq!(dry["applied"], false);
    let found = codes(&dry["plan"]);
    for code in ["input_needed", "key_changed", "stream_added"] {
        assert!(found.iter().any(|other| other == code), "{code}: {dry}");
    }
    assert_eq!(found[0], "input_needed", "the gravest first");
    let told = words(&dry["plan"]["changes"]);
    assert!(told.contains(&"stream customers: key changed from id to account_no".to_owned()), "{told:?}");
    assert!(told.contains(&"stream orders added".to_owned()), "{told:?}");
    // Nothing was changed, and nobody can be asked here.
    assert_eq!(
        place.run(&["connector", "versions", "sample-customers", "--json"]).exits(0).json()["versions"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    place.run(&["update", "sample-customers", &file]).exits(2);
    place.run(&["update", "sample-customers", &file, "--yes"]).exits(0);
    let after = place.run(&["show", "mine", "--json"]).exits(0).json();
    assert_eq!(after["connection"]["id"], before["connection"]["id"]);
    assert_eq!(after["tables"], before["tables"], "what was read is there");
    // The new input is missing, and the sync says so; given, it reads both.
    let missing = place.run(&["sync", "mine", "--json"]);
    assert_ne!(missing.code, Some(0), "{missing:?}");
    place.run(&["connection", "set", "mine", "--config", "region=eu"]).exits(0);
    let synced = place.run(&["sync", "mine", "--json"]).exits(0).json();
    assert_eq!(synced["streams"].as_array().map(Vec::len), Some(2), "{synced}");
}

#[test]
fn a_new_host_has_to_be_confirmed_by_its_name() {
    let (place, first, second) = (Place::new(), server(), server());
    connected(&place, &open_customers(&first));
    let file = place.write("second.connector.yaml", &open_customers(&second));
    let host = second.addr.to_string();
    let refused = place.run(&["update", "sample-customers", &file, "--yes", "--json"]).exits(2);
    assert_eq!(refused.problem(), "hosts_not_confirmed", "{refused:?}");
    assert!(refused.stderr.contains(&host));
    place.run(&["sync", "mine", "--json"]).exits(0);
    assert_eq!(second.log().len(), 0, "nothing went to the new host");
    place.run(&["update", "sample-customers", &file, "--yes", "--allow-host", &host]).exits(0);
    place.run(&["sync", "mine"]).exits(0);
    assert!(!second.log().is_empty());
}

#[test]
fn versions_are_listed_compared_and_gone_back_to() {
    let (place, server) = (Place::new(), server());
    let old = format!("# mine\n{}", open_customers(&server));
    connected(&place, &old);
    let file = place.write("second.connector.yaml", &old.replace("path: /customers", "path: /customers?x=1"));
    place.run(&["update", "sample-customers", &file, "--yes"]).exits(0);
    let list = |place: &Place| place.run(&["connector", "versions", "sample-customers", "--json"]).exits(0).json();
    let versions = list(&place);
    let told: Vec<_> = versions["versions"]
        .as_array()
        .expect("versions")
        .iter()
        .map(|one| (one["number"].clone(), one["cause"].clone(), one["current"].clone()))
        .collect();
    assert_eq!(told, [(json!(2), json!("updated"), json!(true)), (json!(1), json!("imported"), json!(false))]);
    assert_eq!(versions["versions"][0]["why"], "updated from second.connector.yaml");
    let diff = place.run(&["connector", "diff", "sample-customers", "1", "2", "--json"]).exits(0).json();
    assert_eq!(words(&diff["changes"]).len(), 1, "{diff}");
    let said = place.run(&["connector", "diff", "sample-customers", "--lines"]).exits(0).stdout;
    assert!(said.contains("path changed from /customers to /customers?x=1") && said.contains("\n+ "), "{said}");
    place.run(&["connector", "rollback", "sample-customers", "7"]).exits(2);
    place.run(&["connector", "rollback", "sample-customers", "1"]).exits(0);
    assert_eq!(list(&place)["versions"][0]["why"], "rolled back to version 1");
    let shown = place.run(&["connector", "show", "sample-customers"]).exits(0).stdout;
    assert!(shown.starts_with("# mine\n"), "comments come back: {shown}");
    // Syncing what is there already makes no version.
    place.run(&["sync", "mine"]).exits(0);
    assert_eq!(list(&place)["versions"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_cursor_of_another_field_begins_anew() {
    let (place, server) = (Place::new(), server());
    let old = open_customers(&server);
    connected(&place, &old);
    let file =
        place.write("second.connector.yaml", &old.replace("cursor: \"$.updated_at\"", "cursor: \"$.created_at\""));
    let plan = place.run(&["update", "sample-customers", &file, "--yes", "--json"]).exits(0).json();
    assert!(codes(&plan["plan"]).contains(&"cursor_changed".to_owned()), "{plan}");
    let database =
        place.run(&["show", "mine", "--json"]).exits(0).json()["database"].as_str().expect("a path").to_owned();
    let database = rusqlite::Connection::open(database).expect("opens");
    let states: i64 =
        database.query_row("SELECT count(*) FROM _tapwright_state", [], |row| row.get(0)).expect("a count");
    assert_eq!(states, 0, "the old cursor's value is forgotten");
}

#[test]
fn copies_and_names() {
    let (place, server) = (Place::new(), server());
    connected(&place, &open_customers(&server));
    let copy = place.run(&["connection", "duplicate", "mine", "--json"]).exits(0).json();
    assert_eq!(copy["name"], "mine-2");
    assert_eq!(place.run(&["sync", "mine-2", "--json"]).exits(0).json()["new"], 600, "a database of its own");
    place.run(&["connection", "rename", "mine-2", "mine"]).exits(2);
    place.run(&["connection", "rename", "mine-2", "a/b"]).exits(2);
    place.run(&["connection", "rename", "mine-2", "second"]).exits(0);
    place.run(&["connection", "show", "second"]).exits(0);
    let wrong = place.run(&["connection", "set", "second", "--config", "nothing=1", "--name", "", "--json"]).exits(2);
    assert!(wrong.stderr.contains("bad_name") && wrong.stderr.contains("unknown_input"), "all at once: {wrong:?}");
    place.run(&["connector", "duplicate", "sample-customers", "--name", "Bad Name"]).exits(2);
    place.run(&["connector", "duplicate", "sample-customers", "--name", "others"]).exits(0);
    place.run(&["connector", "rename", "others", "more", "--title", "More of them"]).exits(0);
    let list = place.run(&["connector", "list", "--json"]).exits(0).json();
    let more = list["connectors"].as_array().expect("connectors").iter().find(|one| one["name"] == "more");
    assert_eq!(more.expect("renamed")["title"], "More of them");
    // Another database: what was read stays, and the next sync begins in the new one.
    let elsewhere = place.path("else/where.db");
    let elsewhere = elsewhere.to_str().expect("text");
    place.write("text.txt", "no database");
    place.run(&["connection", "set", "second", "--destination", "text.txt"]).exits(2);
    place.run(&["connection", "set", "second", "--destination", elsewhere]).exits(0);
    assert_eq!(place.run(&["sync", "second", "--json"]).exits(0).json()["new"], 600);
    let went = place.run(&["connection", "delete", "second", "--yes", "--json"]).exits(0).json();
    assert_eq!(went["went"]["connections"][0]["data_goes"], false);
    assert!(std::path::Path::new(elsewhere).exists(), "a database outside the data folder stays");
}

#[test]
fn deleting_shows_what_goes_first() {
    let (place, server) = (Place::new(), server());
    connected(&place, &open_customers(&server));
    place.run(&["schedule", "set", "mine", "--every", "2h"]).exits(0);
    let asked: Ran = place.run(&["connector", "delete", "sample-customers"]).exits(2);
    for part in ["1 version", "1 connection", "mine: 1 run", "600 rows in 1 table", "its schedule: every 2 hours"] {
        assert!(asked.stderr.contains(part), "{part}: {asked:?}");
    }
    place.run(&["show", "mine"]).exits(0);
    let went = place.run(&["delete", "sample-customers", "--yes", "--json"]).exits(0).json();
    assert_eq!(went["went"]["connections"][0]["rows"], 600);
    place.run(&["show", "mine"]).exits(2);
    assert_eq!(place.run(&["schedule", "list", "--json"]).exits(0).json()["schedules"], json!([]));
}

#[test]
fn an_update_takes_the_values_of_new_inputs_with_it() {
    let (place, server) = (Place::new(), server());
    let text = open_customers(&server);
    let file = place.write("c.connector.yaml", &text);
    place.run(&["connect", &file, "--name", "one"]).exits(0);
    place.run(&["connection", "duplicate", "one", "--name", "two"]).exits(0);
    let inputs = "config:\n- {name: region, required: true}\nhttp:";
    let newer = place.write("n.connector.yaml", &text.replacen("http:", inputs, 1));
    let command = |more: &[&str]| {
        let all = [&["update", "sample-customers", newer.as_str(), "--yes", "--json"], more].concat();
        place.run(&all)
    };
    command(&["--config", "nothing=1"]).exits(2);
    command(&["--secret", "region=env:HOME"]).exits(2);
    command(&["--config", "region=eu", "--connection", "three"]).exits(2);
    let done = command(&["--config", "region=eu", "--connection", "one"]).exits(0).json();
    let needed = |name: &str| {
        let all = done["plan"]["connections"].as_array().expect("connections");
        let one = all.iter().find(|one| one["name"] == name).expect("the connection");
        one["impacts"].as_array().expect("impacts").iter().any(|impact| impact["code"] == "input_needed")
    };
    assert_eq!((needed("one"), needed("two")), (false, true), "{done}");
    place.run(&["sync", "one"]).exits(0);
    // The same definition again, with a value for all.
    command(&["--config", "region=us"]).exits(0);
    place.run(&["sync", "two"]).exits(0);
}
