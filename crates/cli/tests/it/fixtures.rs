//! Recordings: made against a server that runs, replayed when it is gone.

use crate::run::{Place, customers, open_customers, sample, server};
use sample_api::{Fault, FaultKind, SAMPLE_KEY, SampleServer};
use serde_json::{Value, json};
use std::process::Stdio;

const SECRET: [&str; 2] = ["--secret", "token=env:SAMPLE_KEY"];
const FILE: &str = "c.connector.yaml";
const FOLDER: &str = "fixtures/sample-customers";

/// A place with a recording of two pages of customers; the server is stopped.
fn recorded() -> (Place, Value) {
    let (place, server) = (Place::new(), server());
    place.write(FILE, &customers(&server));
    let live = place.run(&["preview", FILE, "--json", "-n", "150", SECRET[0], SECRET[1]]).exits(0).json();
    place.run(&["record", FILE, "--pages", "2", SECRET[0], SECRET[1]]).exits(0);
    server.stop();
    (place, live)
}

fn test_of(place: &Place, more: &[&str], code: i32) -> Value {
    let args = [&["test", FILE, "--json"], more].concat();
    place.run(&args).exits(code).json()["connectors"][0].clone()
}

/// The checks of the only stream that failed.
fn failures(report: &Value) -> Vec<String> {
    let checks = report["streams"][0]["checks"].as_array().expect("checks");
    let failed = checks.iter().filter(|check| check["verdict"] == "fail");
    failed.map(|check| format!("{}: {} {}", check["name"], check["message"], check["details"])).collect()
}

#[test]
fn what_is_replayed_is_what_was_recorded() {
    let (place, live) = recorded();
    let replayed = place.run(&["preview", FILE, "--json", "-n", "150", "--fixtures", FOLDER]).exits(0).json();
    assert_eq!(replayed["records"], live["records"]);
    assert_eq!(replayed["columns"], live["columns"]);
    place.run(&["sync", FILE, "--fixtures", "fixtures", "--to", "jsonl:out.jsonl"]).exits(0);
    let rows = std::fs::read_to_string(place.path("out.jsonl")).expect("written");
    assert_eq!(rows.lines().count(), 200, "two pages");
    // Twice the same, into a database that keeps state too.
    for _ in 0..2 {
        place.run(&["sync", FILE, "--fixtures", FOLDER, "--to", "sqlite:c.db"]).exits(0);
    }
    let report = test_of(&place, &[], 0);
    assert_eq!((&report["ok"], &report["streams"][0]["records"]), (&json!(true), &json!(200)), "{report}");
}

#[test]
fn files_of_a_recording_that_ends_early_are_whole() {
    let (place, _) = recorded();
    // Of an earlier sync: another file than that which comes.
    std::fs::create_dir_all(place.path("out")).expect("a folder");
    place.write("out/customers.csv", "old\n");
    let ran = place.run(&["sync", FILE, "--fixtures", FOLDER, "--to", "csv:out", "--json"]).exits(0).json();
    assert_eq!((ran["outcome"].as_str(), ran["new"].as_u64()), (Some("limited"), Some(200)), "{ran}");
    let table = std::fs::read_to_string(place.path("out/customers.csv")).expect("a file");
    assert!(table.starts_with("id,") && table.lines().count() == 201, "{} lines", table.lines().count());
    place.run(&["sync", FILE, "--fixtures", FOLDER, "--to", "parquet:out"]).exits(0);
    let bytes = std::fs::read(place.path("out/customers.parquet")).expect("a file");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{} bytes", bytes.len());
    let parts = place.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "part")).count();
    assert_eq!(parts, 0, "nothing is left beside them");
    // A read that fails half way is no limit: the file of before stays.
    let page = place.files().into_iter().map(|(path, _)| path).find(|path| path.ends_with("002-GET-v1-customers.json"));
    let page = page.expect("the second page");
    let answer = std::fs::read_to_string(&page).expect("read");
    std::fs::write(&page, answer.replacen("\"status\": 200", "\"status\": 404", 1)).expect("written");
    let ran = place.run(&["sync", FILE, "--fixtures", FOLDER, "--to", "csv:out"]).exits(2);
    assert!(ran.stderr.contains("404 Not Found"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(place.path("out/customers.csv")).expect("a file"), table);
}

#[test]
fn a_mapping_is_edited_with_no_network() {
    let (place, _) = recorded();
    let text = std::fs::read_to_string(place.path(FILE)).expect("read");
    place.write(FILE, &text.replace("type: string}", "type: string, transform: [upper]}"));
    let replayed = place.run(&["preview", FILE, "--json", "-n", "3", "--fixtures", FOLDER]).exits(0).json();
    let name = replayed["records"][0]["name"].as_str().expect("a name");
    assert_eq!(name, name.to_uppercase());
    let failed = failures(&test_of(&place, &[], 5));
    assert!(failed.len() == 1 && failed[0].contains("snapshot") && failed[0].contains("record 1: "), "{failed:?}");
    test_of(&place, &["--update"], 0);
    assert!(failures(&test_of(&place, &[], 0)).is_empty());
}

#[test]
fn a_changed_answer_or_definition_fails_with_the_right_words() {
    let (place, _) = recorded();
    let text = std::fs::read_to_string(place.path(FILE)).expect("read");
    let page = place.files().into_iter().map(|(path, _)| path).find(|path| path.ends_with("001-GET-v1-customers.json"));
    let page = page.expect("the first page");
    let answer = std::fs::read_to_string(&page).expect("read");
    let cases: [(&str, String, String, &str); 5] = [
        ("a missing id", text.clone(), answer.replacen("\"id\": 1,", "", 1), "key"),
        ("a repeated id", text.clone(), answer.replacen("\"id\": 1,", "\"id\": 2,", 1), "not unique"),
        ("another type", text.clone(), answer.replacen("\"id\": 1,", "\"id\": \"one\",", 1), "id"),
        (
            "a declared type",
            text.replace(
                "{name: account_no, from: \"$.account_no\", type: integer}",
                "{name: account_no, from: \"$.account_no\", type: string}",
            ),
            answer.clone(),
            "column account_no: integer -> string",
        ),
        (
            "another request",
            text.replace("path: /customers", "path: /clients"),
            answer.clone(),
            "the nearest one is GET",
        ),
    ];
    for (what, definition, page_text, words) in cases {
        place.write(FILE, &definition);
        std::fs::write(&page, &page_text).expect("written");
        let failed = failures(&test_of(&place, &[], 5));
        assert!(failed.iter().any(|line| line.contains(words)), "{what}: {failed:?}");
    }
    place.write(FILE, &text);
    std::fs::write(&page, answer).expect("written");
    assert!(failures(&test_of(&place, &[], 0)).is_empty());
    place.write(FILE, &text.replace("key: [id]", "key: [nothing]"));
    place.run(&["test", FILE]).exits(2);
    let preview = place.run(&["preview", "missing.connector.yaml", "--fixtures", FOLDER]);
    assert_eq!(preview.code, Some(2));
}

#[test]
fn actions_are_rehearsed() {
    let (place, _) = recorded();
    let text = std::fs::read_to_string(place.path(FILE)).expect("read");
    let actions = "actions:\n  - name: make\n    params: [{name: city, required: true}, {name: level, type: integer, required: true, min: 3}]\n    \
                   request: {method: POST, path: \"/customers/{{ params.level }}\", body: {json: {city: \"{{ params.city }}\"}}}\n";
    place.write(FILE, &format!("{text}{actions}"));
    let report = test_of(&place, &[], 0);
    let check = report["checks"].as_array().expect("checks").iter().find(|check| check["name"] == "actions");
    let check = check.expect("a check of the actions").to_string();
    assert!(check.contains("pass") && check.contains("/customers/3"), "{check}");
}

#[test]
fn a_page_that_was_not_recorded_is_named() {
    let (place, _) = recorded();
    let text = std::fs::read_to_string(place.path(FILE)).expect("read");
    place.write(FILE, &text.replace("value: 100", "value: 50"));
    let ran = place.run(&["preview", FILE, "--json", "--fixtures", FOLDER]).exits(5);
    assert_eq!(ran.problem(), "not_recorded");
    assert!(ran.stderr.contains("per_page") && ran.stderr.contains("`50` here and `100` there"), "{}", ran.stderr);
}

#[test]
fn nothing_secret_comes_into_the_folder() {
    let (place, server) = (Place::new(), server());
    // In the query, in a header that echoes, and given as a value that is no secret.
    let text = customers(&server)
        .replace("config:\n", "config:\n  - {name: note, type: string}\n")
        .replace("request: {path: /customers}", "request: {path: /customers, query: {note: \"{{ config.note }}\", k: \"{{ config.token }}\"}, headers: {X-Copy: \"{{ config.token }}\"}}");
    place.write(FILE, &text);
    let note = format!("note=it is {SAMPLE_KEY}");
    place.run(&["record", FILE, "--pages", "1", SECRET[0], SECRET[1], "--config", &note]).exits(0);
    server.stop();
    for (path, bytes) in place.files() {
        if path.starts_with(place.path("fixtures")) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(SAMPLE_KEY), "{}: {text}", path.display());
            assert!(!text.to_lowercase().contains("authorization"), "{}", path.display());
        }
    }
    place.run(&["test", FILE]).exits(0);
}

#[test]
fn the_same_answers_give_the_same_files() {
    let (place, server) = (Place::new(), server());
    place.write(FILE, &open_customers(&server));
    let mut before = None;
    for _ in 0..2 {
        place.run(&["record", FILE, "--pages", "2", "--scrub", "emails,phones"]).exits(0);
        let mut files: Vec<_> =
            place.files().into_iter().filter(|(path, _)| path.starts_with(place.path("fixtures"))).collect();
        files.sort();
        assert!(!files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("@example.org")));
        files.retain(|(path, _)| !path.ends_with("manifest.json"));
        assert!(files.len() >= 5, "{files:?}");
        if let Some(before) = before.replace(files.clone()) {
            assert_eq!(before, files);
        }
    }
}

#[test]
fn a_recording_that_is_killed_leaves_what_was_there() {
    let (place, _) = recorded();
    let before = std::fs::read_to_string(place.path(FOLDER).join("manifest.json")).expect("read");
    let slow = Fault { collection: Some("customers".to_owned()), ms: Some(200), ..Fault::new(FaultKind::Slow) };
    let server = sample(3_000, vec![slow]);
    place.write(FILE, &open_customers(&server));
    let mut child = place
        .command(&["record", FILE, "--pages", "30"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    while server.log().len() < 3 {
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("ends");
    assert_eq!(std::fs::read_to_string(place.path(FOLDER).join("manifest.json")).expect("read"), before);
    assert_eq!(std::fs::read_dir(place.path("fixtures")).expect("read").count(), 1, "nothing half made beside it");
}

fn oauth(server: &SampleServer) -> String {
    format!(
        "tapwright: 1\nname: signed\nconfig:\n  - {{name: secret, type: secret, required: true}}\nhttp:\n  base_url: {base}/oauth\n  \
         retry: {{max_attempts: 4, backoff: {{type: constant, wait: 20m}}}}\n  rate_limit: {{requests: 1, per: 1h}}\n  auth:\n    \
         type: oauth2\n    grant: client_credentials\n    token_url: {base}/oauth/token\n    client_id: machine\n    \
         client_secret: \"{{{{ config.secret }}}}\"\ncheck: {{request: {{path: /me}}}}\n\
         streams:\n  - name: products\n    request: {{path: /products}}\n    records: {{path: \"$[*]\"}}\n    key: [id]\n    \
         fields: [{{name: id, from: $.id, type: string}}]\n",
        base = server.url("")
    )
}

#[test]
fn tokens_are_made_up_and_nothing_is_waited_for() {
    let (place, server) = (Place::new(), server());
    let text = oauth(&server);
    place.write("o.connector.yaml", &text.replace("  rate_limit: {requests: 1, per: 1h}\n", ""));
    let recorded = place
        .command(&["record", "o.connector.yaml", "--secret", "secret=env:OAUTH"])
        .env("OAUTH", "sample-client-secret")
        .output()
        .expect("runs");
    server.stop();
    assert!(recorded.status.code().is_some());
    let all: String = place
        .files()
        .into_iter()
        .filter(|(path, _)| path.starts_with(place.path("fixtures")))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(!all.contains("sample-client-secret"), "{all}");
    if recorded.status.success() {
        assert!(all.contains("/oauth/token") && all.contains("\"access_token\": \"scrubbed-"), "{all}");
        // By the definition a second request would wait for an hour.
        place.write("o.connector.yaml", &text);
        place.run(&["test", "o.connector.yaml"]).exits(0);
    } else {
        panic!("{}", String::from_utf8_lossy(&recorded.stderr));
    }
}

#[test]
fn samples_of_webhooks_are_signed_received_and_mapped() {
    let place = Place::new();
    let text = "tapwright: 1\nname: hooked\nconfig: [{name: key, type: secret, required: true}]\nhttp: {base_url: \
                https://api.test}\nstreams:\n- name: issues\n  request: {path: /issues}\n  key: [id]\n  fields:\n  - {name: id, \
                from: $.id, type: integer, required: true}\n  - {name: title, from: $.title}\nwebhooks:\n- name: events\n  \
                verify: {type: hmac, algorithm: sha256, header: X-Signature, secret: '{{ config.key }}'}\n  id: {header: \
                X-Id}\n  event: {path: $.type}\n  routes: [{event: issue.*, records: $.issue, stream: issues}]\n  samples:\n  - \
                {name: made, body: {type: issue.made, issue: {id: 1, title: a}}}\n";
    let check = |text: &str, code: i32| {
        let file = place.write("h.connector.yaml", text);
        let report = place.run(&["test", &file, "--json"]).exits(code).json();
        let checks = report["connectors"][0]["checks"].as_array().expect("checks").clone();
        checks.into_iter().find(|check| check["name"] == "webhook events").unwrap_or_else(|| panic!("{report}"))
    };
    let fine = check(text, 0);
    assert!(fine["verdict"] == "pass" && fine["details"][0] == "made: 1 record for issues", "{fine}");
    for (from, to, words) in [
        ("issue: {id: 1,", "issue: {id: x,", "made: "),
        ("issue: {id: 1, title: a}", "other: {}", "made: "),
        ("type: issue.made", "type: order.made", "no route takes"),
    ] {
        let wrong = check(&text.replace(from, to), 5);
        assert!(
            wrong["verdict"] == "fail" && wrong["details"][0].as_str().is_some_and(|line| line.contains(words)),
            "{wrong}"
        );
    }
    let without = &text[..text.find("  samples:").expect("samples")];
    assert_eq!(check(without, 0)["verdict"], "warn");
}
