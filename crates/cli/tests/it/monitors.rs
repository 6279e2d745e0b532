//! What monitors see: `/health` and `/metrics` of a program that listens, and the exit codes of `check`, against servers
//! that are up, down, wrongly keyed, and nearly out of quota.

use crate::run::{Place, customers, open_customers, server};
use crate::webhooks::Listener;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An API that answers every request with the same records, and counts its requests.
struct Steady {
    url: String,
    requests: Arc<AtomicUsize>,
}

fn steady(status: &'static str, headers: &'static str) -> Steady {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let mut asked = false;
            loop {
                let mut line = String::new();
                match reader.read_line(&mut line) {
                    Ok(0) | Err(_) => break,
                    Ok(_) if line.trim().is_empty() => break,
                    Ok(_) => asked = true,
                }
            }
            if asked {
                count.fetch_add(1, Ordering::SeqCst);
                let body = r#"{"items":[{"id":1,"email":"a@b.test"}]}"#;
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n{headers}\
                     Content-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                let _ = (&stream).write_all(answer.as_bytes());
            }
        }
    });
    Steady { url, requests }
}

/// A connector of one stream that reads it.
fn connector(api: &Steady) -> String {
    format!(
        "tapwright: 1\nname: steady\nhttp: {{base_url: \"{}\"}}\nstreams:\n  - name: items\n    request: {{path: /items}}\n    \
         records: {{path: \"$.items[*]\"}}\n    key: [id]\n    fields:\n      - {{name: id, from: \"$.id\", type: integer}}\n",
        api.url
    )
}

fn get(listener: &Listener, path: &str) -> (u16, Value) {
    let (status, body) = listener.send("GET", path, &[], b"");
    (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
}

#[test]
fn a_listening_serve_answers_monitors_and_takes_schedules_and_webhooks_together() {
    let (place, sample) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&sample));
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    place.run(&["sync", "mine"]).exits(0);
    place.run(&["schedule", "set", "mine", "--every", "24h"]).exits(0);
    let serve = Listener::of(&place, &["serve", "--listen", "0", "--json"]);
    let (status, health) = get(&serve, "/health");
    assert_eq!((status, health["status"].as_str()), (200, Some("pass")), "{health}");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert!(health["uptimeSeconds"].is_u64(), "{health}");
    let check = |health: &Value, name: &str| health["checks"][format!("mine:{name}")][0].clone();
    assert_eq!(check(&health, "reachable")["observedUnit"], "ms");
    assert_eq!(
        (check(&health, "last_sync")["status"].as_str(), check(&health, "streams")["skipped"].as_bool()),
        (Some("pass"), Some(true))
    );
    let (_, read) = get(&serve, "/health/mine?streams=true");
    assert_eq!(check(&read, "streams")["observedValue"].as_f64(), Some(1.0), "{read}");
    assert_eq!(get(&serve, "/health/nobody").0, 404);
    assert_eq!(get(&serve, "/live").1["version"], env!("CARGO_PKG_VERSION"));
    let (status, metrics) = get(&serve, "/metrics");
    let text = metrics.as_str().expect("text");
    assert_eq!(status, 200);
    assert!(text.contains("tapwright_records_read_total{connection=\"mine\",stream=\"customers\"} 600"), "{text}");
    assert!(
        text.contains("tapwright_uptime_seconds") && text.contains("tapwright_health{connection=\"mine\"} 1"),
        "{text}"
    );
    // A webhook's address is served beside: nobody has this one, which is said and noted.
    assert_eq!(serve.send("POST", "/hooks/nobody/events", &[], b"{}").0, 404);
    let line = serve.line();
    assert_eq!((line["event"].as_str(), line["webhook"]["code"].as_str()), (Some("webhook"), Some("unknown_webhook")));
}

#[test]
fn a_monitor_that_asks_often_does_not_hammer_the_api_and_a_failure_is_a_503() {
    let (place, api) = (Place::new(), steady("200 OK", ""));
    let file = place.write("c.connector.yaml", &connector(&api));
    place.run(&["connect", &file, "--name", "up"]).exits(0);
    let gone = place.write(
        "d.connector.yaml",
        &connector(&Steady { url: "http://127.0.0.1:1".into(), ..steady("200 OK", "") }).replace("steady", "gone"),
    );
    place.run(&["connect", &gone, "--name", "down"]).exits(0);
    let listener = Listener::start(&place, &["up"]);
    assert_eq!(get(&listener, "/health").0, 200, "only what is served counts");
    let once = api.requests.load(Ordering::SeqCst);
    for _ in 0..20 {
        assert_eq!(get(&listener, "/health").0, 200);
    }
    // A report is given out again for 15 seconds: on a slow computer it may have been made once more.
    let after = api.requests.load(Ordering::SeqCst);
    assert!(after < once * 10, "{once} requests for one report, {after} for 21");
    assert_eq!(get(&listener, "/health/down").0, 404);
    drop(listener);
    let all = Listener::start(&place, &[]);
    let (status, health) = get(&all, "/health");
    assert_eq!((status, health["status"].as_str()), (503, Some("fail")));
    assert_eq!(health["checks"]["down:reachable"][0]["status"], "fail", "{health}");
    assert_eq!(health["checks"]["up:reachable"][0]["status"], "pass", "{health}");
}

#[test]
fn codes_for_monitors_tell_wrongly_keyed_nearly_out_and_down_apart() {
    let (place, sample) = (Place::new(), server());
    let state = |report: &Value, name: &str| {
        let checks = report["checks"].as_array().expect("checks");
        checks.iter().find(|check| check["name"] == name).expect("the check")["state"].as_str().unwrap_or("").to_owned()
    };
    // Wrongly keyed: the key's code, and what to do.
    let file = place.write("k.connector.yaml", &customers(&sample));
    let output =
        place.command(&["check", &file, "--secret", "token=env:WRONG", "--json"]).env("WRONG", "nope").output();
    let output = output.expect("runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!((output.status.code(), state(&report, "signed_in").as_str()), (Some(3), "fail"), "{report}");
    let checks = report["checks"].as_array().expect("checks");
    let keyed = checks.iter().find(|check| check["name"] == "signed_in").expect("the check");
    assert!(keyed["problem"]["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{keyed}");
    // Nearly out of quota: a warning, so 0, and 1 with --strict.
    let nearly = steady("200 OK", "RateLimit-Limit: 100\r\nRateLimit-Remaining: 9\r\nRateLimit-Reset: 60\r\n");
    let file = place.write("q.connector.yaml", &connector(&nearly));
    let report = place.run(&["check", &file, "--json"]).exits(0).json();
    assert_eq!((state(&report, "rate_limit").as_str(), report["state"].as_str()), ("warn", Some("warn")), "{report}");
    place.run(&["check", &file, "--strict"]).exits(1);
    // Used up, and down: the network's code.
    let out = steady("429 Too Many Requests", "Retry-After: 60\r\n");
    let file = place.write("o.connector.yaml", &connector(&out));
    let report = place.run(&["check", &file, "--json"]).exits(4).json();
    assert_eq!(state(&report, "rate_limit"), "fail", "{report}");
    let broken = steady("503 Service Unavailable", "");
    let file = place.write("b.connector.yaml", &connector(&broken));
    let report = place.run(&["check", &file, "--json"]).exits(4).json();
    assert_eq!(state(&report, "reachable"), "fail", "{report}");
}

fn of(report: &Value, name: &str) -> Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["name"] == name).cloned().unwrap_or_else(|| panic!("no {name}: {report}"))
}

#[test]
fn the_last_sync_is_judged_by_the_schedule() {
    let (place, sample) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&sample));
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    place.run(&["sync", "mine"]).exits(0);
    place.run(&["schedule", "set", "mine", "--every", "1h"]).exits(0);
    let check = |code: i32| of(&place.run(&["check", "mine", "--fast", "--json"]).exits(code).json(), "last_sync");
    let change = |sql: &str| {
        let database = rusqlite::Connection::open(place.path("data/tapwright.db")).expect("opens");
        assert_eq!(database.execute(sql, []).expect("changed"), 1, "{sql}");
    };
    assert_eq!(check(0)["state"], "pass");
    // The last run was long ago, and a run was due since.
    change("UPDATE runs SET started_at = '2026-01-01T00:00:00Z'");
    let due = |ago: &str| {
        change(&format!("UPDATE schedules SET next_at = CAST(unixepoch('now', '{ago}') AS INTEGER) * 1000000"));
    };
    assert_eq!(check(0)["state"], "pass", "its schedule is new: nothing was due yet, however old the last sync is");
    due("-30 minutes");
    let late = check(0);
    assert!(late["state"] == "warn" && late["detail"].as_str().is_some_and(|text| text.contains("overdue")), "{late}");
    due("-5 hours");
    let late = check(1);
    assert_eq!((late["state"].as_str(), late["problem"]["code"].as_str()), (Some("fail"), Some("sync_overdue")));
    // By hand is as good; and a pause takes the schedule away.
    place.run(&["sync", "mine"]).exits(0);
    assert_eq!(check(0)["state"], "pass");
    change("UPDATE schedules SET next_at = CAST(unixepoch('now', '+1 hour') AS INTEGER) * 1000000, failures = 3");
    assert_eq!(check(1)["problem"]["code"], "sync_failing");
    place.run(&["schedule", "pause", "mine"]).exits(0);
    assert_eq!(check(0)["state"], "pass");
}

#[test]
fn folders_are_checked_without_being_read() {
    let place = Place::new();
    let file = place.write(
        "f.connector.yaml",
        "tapwright: 1\nname: papers\nconfig: [{name: folder, required: true}]\nstreams:\n- name: rows\n  source: {type: \
         files, folder: '{{ config.folder }}', glob: '**/*.csv'}\n  fields:\n  - {name: id, from: $.id, type: integer}\n",
    );
    let check = |code: i32| {
        let ran = place.run(&["check", &file, "--config", "folder=papers", "--fast", "--json"]).exits(code);
        of(&ran.json(), "files")
    };
    let missing = check(2);
    assert_eq!((missing["state"].as_str(), missing["problem"]["code"].as_str()), (Some("fail"), Some("no_folder")));
    std::fs::create_dir_all(place.path("papers/sub")).expect("a folder");
    let empty = check(0);
    assert!(
        empty["state"] == "warn" && empty["detail"].as_str().is_some_and(|text| text.contains("**/*.csv")),
        "{empty}"
    );
    std::fs::write(place.path("papers/a.csv"), "id\n1\n").expect("written");
    std::fs::write(place.path("papers/sub/b.csv"), "id\n2\n").expect("written");
    let full = check(0);
    assert_eq!((full["state"].as_str(), full["observed"].as_f64()), (Some("pass"), Some(2.0)), "{full}");
    assert!(full["detail"].as_str().is_some_and(|text| text.contains("the newest, ")), "{full}");
    let whole = place.run(&["check", &file, "--config", "folder=papers", "--json"]).exits(0).json();
    assert_eq!(of(&whole, "streams")["state"], "pass", "{whole}");
}

#[test]
fn syncs_elsewhere_are_counted_too() {
    let (place, sample) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&sample));
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    place.run(&["sync", "mine", "--to", "sqlite:other.db"]).exits(0);
    place.run(&["sync", "mine", "--stream", "customers"]).exits(0);
    let all = place.run(&["metrics", "mine", "--json"]).exits(0).json();
    let one = &all["connections"][0];
    assert_eq!(
        (one["runs"]["done"].as_u64(), one["streams"][0]["counts"]["read"].as_u64()),
        (Some(2), Some(1200)),
        "{all}"
    );
    assert_eq!(one["streams"][0]["latency"]["count"], one["streams"][0]["counts"]["requests"]);
    assert_eq!(one["latest"].as_array().map(Vec::len), Some(0), "they are no runs of the connection");
}
