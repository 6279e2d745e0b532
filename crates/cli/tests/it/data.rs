//! Reading: what goes to standard output, to files and to a database.

use crate::run::{Place, open_customers, server};
use rusqlite::Connection;
use sample_api::Collection;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Stdio;

#[test]
fn json_lines_are_records_and_nothing_else() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let ran = place.run(&["sync", &file, "--to", "jsonl:-", "--json"]).exits(0);
    let records: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let ids: BTreeSet<u64> = records.iter().filter_map(|record| record["id"].as_u64()).collect();
    assert_eq!((records.len(), ids.len()), (600, 600));
    let first = server_record(&server, 1);
    assert_eq!(records[0]["account_no"], first["account_no"]);
    assert_eq!(records[0]["name"], first["name"]);
    let summary = ran.last_note();
    // Six full pages, and the empty one that ends it.
    assert_eq!(
        (summary["outcome"].as_str(), summary["read"].as_u64(), summary["requests"].as_u64()),
        (Some("done"), Some(600), Some(7))
    );
    assert_eq!(summary["streams"][0]["stream"], "customers");
    // For people the summary stands on standard error too.
    let ran = place.run(&["sync", &file, "--to", "jsonl:-"]).exits(0);
    assert_eq!(ran.stdout.lines().count(), 600);
    assert!(ran.stderr.contains("600 read"), "{}", ran.stderr);
}

fn server_record(server: &sample_api::SampleServer, id: u64) -> Value {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(server.addr).expect("connects");
    write!(stream, "GET /open/customers/{id} HTTP/1.0\r\nHost: x\r\n\r\n").expect("written");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("read");
    serde_json::from_str(text.split("\r\n\r\n").nth(1).expect("a body")).expect("json")
}

#[test]
fn a_preview_reads_so_many_pages_and_one_part_alone() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let two = place.run(&["preview", &file, "--pages", "2", "--json"]).exits(0).json();
    let read = |answer: &Value, name: &str| answer[name].as_u64();
    assert_eq!(two["records"].as_array().map(Vec::len), Some(200), "{two}");
    assert_eq!((read(&two, "pages"), read(&two, "requests"), two["limited"].as_bool()), (Some(2), Some(2), Some(true)));
    let told = place.run(&["preview", &file, "--pages", "2", "--records", "150"]).exits(0);
    assert!(told.stderr.contains("150 records of customers, from 2 requests"), "{}", told.stderr);
    let told = place.run(&["preview", &file, "--pages", "1"]).exits(0);
    assert!(told.stderr.contains("from 1 request, stopped at 1 page; there are more"), "{}", told.stderr);
    // A stream that is read as one has no parts.
    let refused = place.run(&["preview", &file, "--partition", "region=eu"]).exits(2);
    assert!(refused.stderr.contains("no partitions to choose from"), "{}", refused.stderr);
    let refused = place.run(&["preview", &file, "--partition", "eu"]).exits(2);
    assert!(refused.stderr.contains("--partition NAME=VALUE"), "{}", refused.stderr);
    let url = server.url("");
    let text = format!(
        "tapwright: 1\nname: p\nhttp: {{base_url: \"{url}\"}}\nstreams:\n  - name: one\n    request: {{path: \"/open/customers/{{{{ partition.id }}}}\"}}\n    \
         partitions: [{{type: parent, stream: customers, value: $.id, as: id}}]\n  - name: customers\n    request: {{path: /open/customers}}\n    \
         records: {{path: \"$.data[*]\"}}\n"
    );
    let file = place.write("p.connector.yaml", &text);
    let one = place.run(&["preview", &file, "--partition", "id=17", "--json"]).exits(0).json();
    assert_eq!((read(&one, "requests"), &one["partition"]), (Some(1), &serde_json::json!({"id": 17})), "{one}");
    assert_eq!(one["records"][0]["id"], 17, "{one}");
}

#[test]
fn a_second_sync_reads_what_changed_and_nothing_is_new() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let sync = || place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(0).json();
    let first = sync();
    assert_eq!((first["read"].as_u64(), first["new"].as_u64()), (Some(600), Some(600)));
    let second = sync();
    assert_eq!((second["new"].as_u64(), second["updated"].as_u64()), (Some(0), Some(0)));
    assert!(second["read"].as_u64() < Some(100), "it read only what may have changed: {second}");
    server.touch(Collection::Customers, "17");
    let third = sync();
    assert_eq!((third["new"].as_u64(), third["updated"].as_u64()), (Some(0), Some(1)));
    server.add(Collection::Customers);
    assert_eq!(sync()["new"], 1);
    let full = place.run(&["sync", &file, "--to", "sqlite:c.db", "--full", "--json"]).exits(0).json();
    assert_eq!(
        (full["read"].as_u64(), full["new"].as_u64(), full["unchanged"].as_u64()),
        (Some(601), Some(0), Some(601))
    );
    let database = Connection::open(place.path("c.db")).expect("opens");
    let count: i64 =
        database.query_row("select count(distinct id) from customers", [], |row| row.get(0)).expect("a count");
    assert_eq!(count, 601);
}

#[test]
fn preview_and_sync_give_the_same_records() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let preview = place.run(&["preview", &file, "--limit", "30", "--json"]).exits(0).json();
    let records = preview["records"].as_array().cloned().expect("records");
    assert_eq!((records.len(), preview["limited"].as_bool()), (30, Some(true)));
    assert_eq!(preview["columns"][0]["name"], "id");
    let synced = place.run(&["sync", &file, "--to", "jsonl:-"]).exits(0).stdout;
    let synced: Vec<Value> = synced.lines().take(30).map(|line| serde_json::from_str(line).expect("json")).collect();
    assert_eq!(records, synced);
    let table = place.run(&["preview", &file, "-n", "3"]).exits(0).stdout;
    assert_eq!(table.lines().count(), 5, "{table}");
    assert!(place.run(&["check", &file, "--json"]).exits(0).json()["ok"].as_bool().unwrap_or(false));
}

#[test]
fn csv_goes_to_a_folder_and_a_reader_that_leaves_ends_it_quietly() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    place.run(&["sync", &file, "--to", "csv:out"]).exits(0);
    let text = std::fs::read_to_string(place.path("out/customers.csv")).expect("a file");
    assert!(text.starts_with("id,account_no,name,"));
    assert_eq!(text.lines().count(), 601);
    let mut command = place.command(&["sync", &file, "--to", "jsonl:-"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{stderr}");
}

#[test]
fn check_tells_who_is_signed_in_where_the_definition_asks() {
    let (place, server) = (Place::new(), server());
    let text = format!("{}check: {{request: {{path: /me}}, identity: \"$.email\"}}\n", open_customers(&server));
    let file = place.write("c.connector.yaml", &text);
    let answer = place.run(&["check", &file, "--json"]).exits(0).json();
    assert_eq!((answer["identity"].as_str(), answer["records"].as_u64()), (Some("sample@example.com"), Some(100)));
    assert!(place.run(&["check", &file]).exits(0).stdout.starts_with("signed in as sample@example.com\nok: "));
}

#[test]
fn several_streams_need_a_place_each() {
    let (place, server) = (Place::new(), server());
    let more = "  - name: goods\n    request: {path: /products}\n    records: {path: \"$[*]\"}\n    key: [id]\n    rest: keep\n    \
                fields:\n      - {name: id, from: \"$.id\", type: integer}\n";
    let file = place.write("c.connector.yaml", &format!("{}{more}", open_customers(&server)));
    let refused = place.run(&["sync", &file, "--to", "jsonl:-"]).exits(2);
    assert!(refused.stderr.contains("customers, goods"), "{refused:?}");
    assert_eq!(place.run(&["sync", &file, "--to", "jsonl:-", "--stream", "goods"]).exits(0).stdout.lines().count(), 40);
    let both = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(0).json();
    assert_eq!((both["read"].as_u64(), both["streams"].as_array().map(Vec::len)), (Some(640), Some(2)));
}
