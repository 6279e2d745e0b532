//! Edits on the workbench: mapped again without the network, taken back, and pointed at.

use crate::rig::{Rig, field, opened, server};
use serde_json::{Value, json};

async fn rows(rig: &Rig, bench: &Value, limit: u32) -> Vec<Value> {
    let stream = &bench["definition"]["streams"][0]["name"];
    let window = json!({"id": bench["id"], "stream": stream, "offset": 0, "limit": limit});
    rig.call("preview_rows", window).await.as_array().expect("rows").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_follow_at_once_and_can_be_taken_back() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let sent = server.log().len();
    let before = rows(&rig, &bench, 5).await;
    let mut definition = bench["definition"].clone();
    let fields = definition["streams"][0]["fields"].as_array_mut().expect("fields");
    let email = fields.iter_mut().find(|field| field["name"] == "email").expect("a field");
    email["transform"] = json!(["upper"]);
    let place = fields.iter().position(|field| field["name"] == "email").expect("a place");
    let changed = rig.call("definition_set", json!({"id": bench["id"], "definition": definition})).await;
    assert!(changed["preview"]["version"].as_u64() > bench["preview"]["version"].as_u64());
    let after = rows(&rig, &bench, 5).await;
    let text = |row: &Value| row["cells"][place].as_str().expect("an e-mail").to_owned();
    assert_eq!(text(&after[0]), text(&before[0]).to_uppercase());
    let sample = changed["preview"]["fields"].as_array().expect("samples")[place].clone();
    assert_eq!(sample["samples"][0]["before"], text(&before[0]).as_str());

    let undone = rig.call("undo", json!({"id": bench["id"]})).await;
    assert_eq!((&undone["definition"], &undone["can_redo"]), (&bench["definition"], &json!(true)));
    assert_eq!(rows(&rig, &bench, 5).await, before);
    let redone = rig.call("redo", json!({"id": bench["id"]})).await;
    assert_eq!(redone["definition"], changed["definition"]);
    assert_eq!(server.log().len(), sent, "nothing was sent");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_edit_is_told_and_shows_the_last_good_table() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let mut definition = bench["definition"].clone();
    definition["streams"][0]["fields"][0]["template"] = json!("{{ record.a");
    let faulty = rig.call("definition_set", json!({"id": bench["id"], "definition": definition})).await;
    assert!(!faulty["faults"].as_array().expect("faults").is_empty());
    assert_eq!(faulty["preview"]["rows"], bench["preview"]["rows"]);
    assert_eq!(rig.refused("accept", json!({"id": bench["id"]})).await.code, "faulty_definition");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_the_response_become_what_they_are_pointed_to() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/shipments").await;
    let (id, stream) = (bench["id"].clone(), bench["definition"]["streams"][0]["name"].clone());
    let point = |path: &str, role: &str| json!({"id": id, "stream": stream, "path": path, "role": role});
    let list = bench["definition"]["streams"][0]["records"]["path"].as_str().expect("a path").replace("[*]", "");
    let window = |path: &str| json!({"id": id, "stream": stream, "page": 0, "path": path, "offset": 0, "limit": 100});
    let record = rig.call("response_nodes", window(&format!("{list}[0]"))).await;
    let record = record.as_array().expect("nodes").clone();
    let first = record.iter().find(|node| node["children"] == 0).expect("a value")["path"].clone();
    assert!(record.iter().any(|node| !node["marks"].as_array().expect("marks").is_empty()));

    let changed = rig.call("point_at", point(first.as_str().expect("a path"), "key")).await;
    let key = changed["definition"]["streams"][0]["key"].as_array().expect("a key").clone();
    assert_eq!(key.len(), 1);
    assert!(field(&changed, key[0].as_str().expect("a name")).is_object());

    let changed = rig.call("point_at", point(&format!("{list}[3]"), "records")).await;
    assert_eq!(changed["definition"]["streams"][0]["records"]["path"], format!("{list}[*]"));
    assert!(changed["preview"]["rows"].as_u64() > Some(0), "{changed}");

    for (path, role) in [("$.nowhere[", "key"), ("$", "column"), (list.as_str(), "next_page")] {
        let problem = rig.refused("point_at", point(path, role)).await;
        assert!(!problem.message.is_empty(), "{path} {role}");
    }
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_loses_no_draft() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    let mut definition = bench["definition"].clone();
    definition["title"] = json!("Mine");
    rig.call("definition_set", json!({"id": bench["id"], "definition": definition})).await;
    // No close: the program is gone.
    let Rig { folder, .. } = rig;
    let rig = Rig::bare(folder).await;
    rig.call("keyring_unlock", json!({"passphrase": "correct horse"})).await;
    let home = rig.call("home", json!({})).await;
    assert_eq!((&home["connectors"][0]["title"], &home["connectors"][0]["draft"]), (&json!("Mine"), &json!(true)));
    let again = rig.call("workbench_get", json!({"id": bench["id"]})).await;
    assert_eq!((&again["stage"], &again["definition"]["title"]), (&json!("ready"), &json!("Mine")), "{again}");
    assert_eq!(again["preview"]["rows"], bench["preview"]["rows"]);
    assert!(again["detection"].is_object());
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_reading_is_taken_and_stands_first() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let choice = json!({"part": "key", "fields": ["email"]});
    let bench = rig.call("choose", json!({"id": bench["id"], "choice": choice})).await;
    assert_eq!(bench["definition"]["streams"][0]["key"], json!(["email"]));
    let choice = json!({"part": "records", "path": "$.data[*]"});
    let bench = rig.call("choose", json!({"id": bench["id"], "choice": choice})).await;
    assert_eq!(bench["definition"]["streams"][0]["key"], json!(["id"]), "another list has its own key");
    assert_eq!(bench["definition"]["streams"][0]["paginate"]["type"], "page", "what was proved stays");
    rig.app.close().await;
}

#[tokio::test]
async fn a_cursor_that_is_moved_in_the_text_forgets_its_mark() {
    let server = server();
    let rig = Rig::new().await;
    let bench = crate::rig::opened(&rig, &server, "/open/orders").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    rig.sync(&bench["connection"]).await;
    let text = bench["yaml"].as_str().expect("a text");
    assert!(text.contains("cursor: \"$.updated_at\""), "{text}");
    let moved = text.replace("cursor: \"$.updated_at\"", "cursor: \"$.created_at\"");
    let bench = rig.call("text_set", json!({"id": bench["id"], "text": moved})).await;
    assert!(bench["notes"].to_string().contains("read by another field now"), "{bench}");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_added_is_detected_as_the_first_was_and_has_readings_of_its_own() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let id = &bench["id"];
    let mut definition = bench["definition"].clone();
    let path = definition["streams"][0]["request"]["path"].as_str().expect("a path").replace("customers", "orders");
    definition["streams"].as_array_mut().expect("streams").push(json!({"name": "orders", "request": {"path": path}}));
    rig.call("definition_set", json!({"id": id, "definition": definition})).await;
    let one = json!({"id": id, "stream": "orders"});
    assert_eq!(rig.call("preview_shown", one.clone()).await, Value::Null, "nothing was read of it");

    let found = rig.call("stream_detect", one.clone()).await;
    let orders = &found["definition"]["streams"][1];
    assert_eq!((&orders["records"]["path"], &orders["key"]), (&json!("$.items[*]"), &json!(["id"])), "{orders}");
    assert_eq!(orders["paginate"]["type"], "offset", "{orders}");
    assert!(orders["fields"].as_array().is_some_and(|fields| fields.len() > 10), "{orders}");
    assert_eq!(found["definition"]["streams"][0], bench["definition"]["streams"][0], "the first is as it was");
    let shown = rig.call("preview_shown", one.clone()).await;
    assert!(shown["rows"].as_u64() > Some(100) && shown["detection"]["parts"].is_array(), "{shown}");

    // Another reading is of this stream, and nothing is sent for it.
    let sent = server.log().len();
    let choice = json!({"part": "key", "fields": ["number"]});
    let chosen = rig.call("choose", json!({"id": id, "stream": "orders", "choice": choice})).await;
    assert_eq!(chosen["definition"]["streams"][1]["key"], json!(["number"]));
    assert_eq!(chosen["definition"]["streams"][0], bench["definition"]["streams"][0]);
    assert_eq!(chosen["detection"], bench["detection"], "what is known of the first stays");
    let shown = rig.call("preview_shown", one.clone()).await;
    let key = |part: &Value| part["part"] == "key" && part["candidates"][0]["choice"]["fields"] == json!(["number"]);
    assert!(shown["detection"]["parts"].as_array().expect("parts").iter().any(key), "{shown}");
    assert_eq!(server.log().len(), sent);
    // It is one step back to the bare stream.
    let back = rig.call("undo_many", json!({"id": id, "steps": 2})).await;
    assert_eq!(back["definition"], definition);
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_told_whole() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let stream = &bench["definition"]["streams"][0]["name"];
    let ask = |place: Value| json!({"id": bench["id"], "stream": stream, "place": place});
    let page = rig.call("value_whole", ask(json!({"in": "response", "page": 0, "path": "$"}))).await;
    let page: Value = serde_json::from_str(page["text"].as_str().expect("a text")).expect("the whole answer");
    let first = &page["data"][0];
    let mail = rig.call("value_whole", ask(json!({"in": "response", "page": 0, "path": "$.data[0].email"}))).await;
    assert_eq!(mail, json!({"text": first["email"], "cut": false}));
    let fields = bench["definition"]["streams"][0]["fields"].as_array().expect("fields");
    let column = fields.iter().position(|field| field["name"] == "email");
    let cell = rig.call("value_whole", ask(json!({"in": "record", "row": 0, "column": column}))).await;
    assert_eq!(cell["text"], first["email"]);
    let gone = rig.refused("value_whole", ask(json!({"in": "record", "row": 9_999, "column": 0}))).await;
    assert_eq!(gone.code, "no_node");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_in_parts_does_what_the_whole_does() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let (id, text) = (&bench["id"], bench["yaml"].as_str().expect("a text"));
    let mut definition = bench["definition"].clone();
    definition["streams"][0]["fields"][0]["description"] = json!("The number of the 😀.");
    let whole = rig.call("definition_set", json!({"id": id, "definition": definition})).await;
    rig.call("undo", json!({"id": id})).await;

    let mut rest = definition.clone();
    let streams = rest["streams"].take();
    rest["streams"] = json!([]);
    let change = json!({"rest": rest, "from": 0, "gone": 1, "streams": streams});
    let edit = json!({"id": id, "revision": bench["revision"], "change": change});
    let edited = rig.call("definition_edit", edit.clone()).await;
    assert_eq!((&edited["definition"], &edited["workbench"]["yaml"]), (&Value::Null, &json!("")));
    assert_eq!(edited["workbench"]["revision"], whole["revision"]);
    assert_eq!(spliced(text, &edited["text"]), whole["yaml"].as_str().expect("a text"));
    assert_eq!(rig.refused("definition_edit", edit).await.code, "moved_on");

    let text = whole["yaml"].as_str().expect("a text");
    let place = text.find("of the 😀").expect("the description");
    let units = |part: &str| part.encode_utf16().count();
    let change = json!({"from": units(&text[..place]), "gone": units("of the 😀"), "with": "of it"});
    let edit = json!({"id": id, "revision": whole["revision"], "change": change});
    let edited = rig.call("text_edit", edit.clone()).await;
    let field = &edited["definition"]["streams"][0]["fields"][0];
    assert_eq!((&field["description"], &edited["text"]), (&json!("The number of it."), &Value::Null));
    assert_eq!(rig.refused("text_edit", edit).await.code, "moved_on");
    let half = json!({"from": 0, "gone": 10_000_000, "with": ""});
    let edit = json!({"id": id, "revision": edited["workbench"]["revision"], "change": half});
    assert_eq!(rig.refused("text_edit", edit).await.code, "moved_on");
    rig.app.close().await;
}

/// A text with one change, as the page makes it.
fn spliced(text: &str, change: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let number = |name: &str| usize::try_from(change[name].as_u64().expect("a number")).expect("a place");
    let with: Vec<u16> = change["with"].as_str().expect("a text").encode_utf16().collect();
    let (from, to) = (number("from"), number("from") + number("gone"));
    String::from_utf16(&[&units[..from], &with, &units[to..]].concat()).expect("whole characters")
}
