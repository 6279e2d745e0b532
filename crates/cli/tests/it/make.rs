//! `new`: from a URL or a curl command to a definition that works.

use crate::run::{Place, Ran, server};
use sample_api::{SAMPLE_KEY, SAMPLE_PASSWORD, SAMPLE_USER};
use serde_json::Value;

/// Reads everything with a definition; gives how many records came.
fn read_all(place: &Place, file: &str, secrets: &[&str]) -> usize {
    let mut args = vec!["sync", file, "--to", "jsonl:-"];
    args.extend(secrets);
    let ran: Ran = place.command(&args).env("PASSWORD", SAMPLE_PASSWORD).output().expect("runs").into();
    ran.exits(0).stdout.lines().count()
}

fn choice<'a>(answer: &'a Value, part: &str) -> &'a Value {
    let parts = answer["detection"].as_array().expect("parts");
    parts.iter().find(|given| given["part"] == part).unwrap_or_else(|| panic!("{part}: {answer}"))
}

#[test]
fn every_paging_of_the_open_api_is_found_and_reads_to_its_end() {
    let (place, server) = (Place::new(), server());
    for (path, count) in [
        ("customers", 600),
        ("orders", 300),
        ("events", 600),
        ("products", 40),
        ("invoices", 120),
        ("tickets", 120),
        ("shipments", 120),
    ] {
        let file = format!("{path}.connector.yaml");
        let ran =
            place.run(&["new", &server.url(&format!("/open/{path}")), "--out", &file, "--yes", "--json"]).exits(0);
        let answer = ran.json();
        assert!(
            choice(&answer, "records")["choice"].is_string() && choice(&answer, "key")["evidence"].is_string(),
            "{answer}"
        );
        assert_eq!(read_all(&place, &file, &[]), count, "{path}");
        place.run(&["validate", &file]).exits(0);
    }
}

#[test]
fn every_auth_is_taken_from_the_servers_answer_and_from_what_is_given() {
    let (place, server) = (Place::new(), server());
    let secret = ["--secret", "token=env:SAMPLE_KEY"];
    for (name, path, more, read) in [
        ("bearer", "/v1/customers", vec![], &secret[..]),
        ("header", "/header/orders", vec!["--auth", "api_key"], &secret[..]),
        ("query", "/query/orders", vec!["--auth", "api_key", "--query-param", "api_key"], &secret[..]),
    ] {
        let (file, url) = (format!("{name}.connector.yaml"), server.url(path));
        let mut args = vec!["new", &url, "--out", &file, "--yes"];
        args.extend(secret.iter().chain(&more));
        let ran = place.run(&args).exits(0);
        assert!(ran.stdout.contains("records"), "{ran:?}");
        assert!(read_all(&place, &file, read) >= 300, "{name}");
        assert!(!std::fs::read_to_string(place.path(&file)).expect("a file").contains(SAMPLE_KEY));
    }
    let user = format!("username={SAMPLE_USER}");
    let url = server.url("/basic/events");
    let args = [
        "new",
        &url,
        "--out",
        "basic.connector.yaml",
        "--yes",
        "--auth",
        "basic",
        "--config",
        &user,
        "--secret",
        "password=env:PASSWORD",
    ];
    let ran: Ran = place.command(&args).env("PASSWORD", SAMPLE_PASSWORD).output().expect("runs").into();
    ran.exits(0);
    let count = read_all(&place, "basic.connector.yaml", &["--config", &user, "--secret", "password=env:PASSWORD"]);
    assert_eq!(count, 600);
}

#[test]
fn a_curl_command_brings_its_key_along_and_leaves_it_out_of_the_file() {
    let (place, server) = (Place::new(), server());
    let curl = format!("curl -H 'Authorization: Bearer {SAMPLE_KEY}' '{}'", server.url("/v1/customers"));
    let ran = place.run(&["new", &curl, "--out", "c.connector.yaml", "--yes"]).exits(0);
    assert!(!ran.stdout.contains(SAMPLE_KEY) && !ran.stderr.contains(SAMPLE_KEY));
    assert!(!std::fs::read_to_string(place.path("c.connector.yaml")).expect("a file").contains(SAMPLE_KEY));
    // From standard input it is the same.
    let again = place.run_with(&["new", "-", "--out", "d.connector.yaml", "--yes"], &curl).exits(0);
    assert_eq!(again.stdout.replace("d.conn", "c.conn"), ran.stdout);
}

#[test]
fn without_a_key_the_server_s_wish_is_told_with_the_command_that_meets_it() {
    let (place, server) = (Place::new(), server());
    for (path, word) in
        [("/v1/customers", "--auth bearer"), ("/basic/events", "--auth basic"), ("/header/orders", "--auth api_key")]
    {
        let ran = place.run(&["new", &server.url(path), "--out", "c.connector.yaml"]).exits(3);
        assert!(ran.stderr.contains(word) && ran.stderr.contains("env:VARIABLE"), "{ran:?}");
        assert!(!place.path("c.connector.yaml").exists());
    }
    assert!(server.log().iter().all(|line| line.credentials.is_empty()), "no key was made up");
}

#[test]
fn a_file_that_is_there_stays_and_a_host_that_is_not_is_told() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", "mine");
    let url = server.url("/open/products");
    place.run(&["new", &url, "--out", &file, "--yes"]).exits(2);
    assert_eq!(std::fs::read_to_string(place.path(&file)).expect("a file"), "mine");
    place.run(&["new", &url, "--out", &file, "--yes", "--force", "--name", "goods"]).exits(0);
    assert!(std::fs::read_to_string(place.path(&file)).expect("a file").contains("name: goods"));
    server.stop();
    place.run(&["new", &url, "--out", "d.connector.yaml", "--yes"]).exits(4);
    place.run(&["new", "what is this", "--out", "d.connector.yaml", "--yes"]).exits(2);
    assert!(!place.path("d.connector.yaml").exists());
}
