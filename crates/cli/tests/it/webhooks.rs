//! Webhooks from outside: vendors' published vectors posted to the built program, every refusal explained, nothing lost by a
//! kill, nothing stored twice.

use crate::run::Place;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a line is waited for: a slow computer has its time.
const PATIENCE: Duration = Duration::from_secs(60);
/// GitHub's published example: https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
const GITHUB_SECRET: &str = "It's a Secret to Everybody";
const GITHUB_SIGNATURE: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

/// A `listen` that runs, or a `serve --listen`.
pub struct Listener {
    child: Child,
    pub url: String,
    /// What it said first.
    pub first: Value,
    lines: Receiver<Value>,
}

impl Listener {
    pub fn start(place: &Place, args: &[&str]) -> Self {
        Self::of(place, &[&["listen", "--port", "0", "--json"], args].concat())
    }

    /// Any command whose first line tells where it listens.
    pub fn of(place: &Place, args: &[&str]) -> Self {
        Self::with(place, args, GITHUB_SECRET)
    }

    /// The same, with another secret in the environment.
    pub fn with(place: &Place, args: &[&str], secret: &str) -> Self {
        let mut command = place.command(args);
        command.env("HOOK_SECRET", secret);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("starts");
        let stdout = child.stdout.take().expect("a pipe");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let Ok(value) = serde_json::from_str::<Value>(&line) else { continue };
                if sender.send(value).is_err() {
                    break;
                }
            }
        });
        let first = lines.recv_timeout(PATIENCE).expect("it says where it listens");
        let url = first["listening"].as_str().expect("a URL").to_owned();
        Self { child, url, lines, first }
    }

    /// The next line of all.
    pub fn line(&self) -> Value {
        self.lines.recv_timeout(PATIENCE).expect("a line")
    }

    /// The next line about a status.
    pub fn next(&self, status: &str) -> Value {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no event is {status}"));
            if line["status"] == status {
                return line;
            }
        }
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, String) {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).expect("connects");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).expect("written");
        stream.write_all(body).expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned())
    }

    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ends");
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    std::fs::read_to_string(path).expect("an example")
}

/// A connection `hub` of GitHub's example, its database, and the arguments with its secret.
fn hub(place: &Place) -> PathBuf {
    let file = place.write(
        "g.connector.yaml",
        &example("github-webhooks.connector.yaml").replace("    verify:\n", "    body_bytes: 4096\n    verify:\n"),
    );
    let mut command = place.command(&["connect", &file, "--name", "hub", "--secret", "webhook_secret=env:HOOK_SECRET"]);
    assert!(command.env("HOOK_SECRET", GITHUB_SECRET).output().expect("runs").status.success());
    place.run(&["show", "hub", "--json"]).exits(0).json()["database"].as_str().expect("a path").into()
}

const SECRET: &[&str] = &["--secret", "webhook_secret=env:HOOK_SECRET"];

/// Sends a sample of the definition to a listener, as `webhook test` does.
fn test(place: &Place, args: &[&str]) -> Value {
    let all = [&["webhook", "test", "hub", "--json"], SECRET, args].concat();
    let output = place.command(&all).env("HOOK_SECRET", GITHUB_SECRET).output().expect("runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

fn titles(database: &Path) -> Vec<(i64, String)> {
    let database = Connection::open(database).expect("opens");
    let mut rows = database.prepare("SELECT id, title FROM issues ORDER BY id").expect("a table");
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

#[test]
fn published_vectors_are_taken_and_every_refusal_is_explained() {
    let place = Place::new();
    hub(&place);
    let listener = Listener::start(&place, SECRET);
    let path = "/hooks/hub/events";
    let post = |signature: &str, id: &str, body: &str| {
        let headers = [("X-Hub-Signature-256", signature), ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", id)];
        listener.send("POST", path, &headers, body.as_bytes())
    };
    assert_eq!(post(GITHUB_SIGNATURE, "d1", "Hello, World!").0, 200);
    assert_eq!(listener.next("unknown")["event"], "push.", "kept, though no route takes it");
    assert_eq!(post(GITHUB_SIGNATURE, "d1", "Hello, World!").0, 200);
    let again = listener.next("duplicate");
    assert!(again["reason"].as_str().is_some_and(|reason| reason.contains("It came before")), "{again}");
    let (status, answer) = post(GITHUB_SIGNATURE, "d2", "Hello, World?");
    assert_eq!((status, answer.as_str()), (401, "not verified\n"));
    let long = "x".repeat(5000);
    let wrong = [
        ("bad_signature", 401),
        ("too_long", 413),
        ("missing_header", 401),
        ("wrong_method", 405),
        ("unknown_webhook", 404),
        ("unknown_webhook", 404),
    ];
    assert_eq!(post(GITHUB_SIGNATURE, "d3", &long).0, 413);
    assert_eq!(listener.send("POST", path, &[], b"{}").0, 401);
    assert_eq!(listener.send("GET", path, &[], b"").0, 405);
    assert_eq!(listener.send("POST", "/hooks/hub/nothing", &[], b"{}").0, 404);
    assert_eq!(listener.send("POST", "/hooks/nobody/events", &[], b"{}").0, 404);
    for (code, status) in wrong {
        let event = listener.next("refused");
        assert_eq!((event["code"].as_str(), event["answered"].as_u64()), (Some(code), Some(status)), "{event}");
        assert!(event["expected"].as_str().is_some_and(|text| !text.is_empty()), "{event}");
    }
    assert_eq!(listener.send("GET", "/live", &[], b"").0, 200);
    let listed = place.run(&["webhook", "events", "hub", "--json"]).exits(0);
    assert_eq!(listed.json()["events"].as_array().map(Vec::len), Some(7), "{listed:?}");
    let refused = place.run(&["webhook", "events", "--status", "refused"]).exits(0).stdout;
    assert!(refused.contains("bad_signature") && refused.contains("expected: "), "{refused}");
    let first = listed.json()["events"].as_array().and_then(|all| all.last().cloned()).expect("an event");
    let number = first["id"].as_i64().expect("a number").to_string();
    let shown = place.run(&["webhook", "show", "hub", &number]).exits(0).stdout;
    assert!(shown.contains("Hello, World!"), "{shown}");
    for (file, bytes) in place.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(GITHUB_SECRET), "the secret is in {}", file.display());
    }
}

#[test]
fn an_event_survives_a_kill_right_after_the_200_and_is_stored_once() {
    let place = Place::new();
    let database = hub(&place);
    let listener = Listener::start(&place, SECRET);
    // A sync seems to hold the database: the event waits for its turn.
    let folder = database.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("made");
    let name = format!(".{}.github-webhooks.tapwright-run", database.file_name().expect("a name").to_string_lossy());
    let held = OpenOptions::new().create(true).append(true).open(folder.join(name)).expect("opens");
    held.lock().expect("locked");
    assert_eq!(test(&place, &["--url", &listener.url])["status"], 200);
    listener.kill();
    drop(held);
    let waiting = place.run(&["webhook", "events", "hub", "--status", "waiting", "--json"]).exits(0).json();
    assert_eq!(waiting["events"].as_array().map(Vec::len), Some(1), "{waiting}");
    let listener = Listener::start(&place, SECRET);
    let done = listener.next("done");
    assert_eq!(done["results"][0]["new"], 1, "{done}");
    assert_eq!(titles(&database), [(1, "Found a bug".to_owned())]);
    // The same once more by hand: it is there already.
    let number = done["id"].as_i64().expect("a number").to_string();
    let replayed = place.run(&["webhook", "replay", "hub", &number, "--json"]).exits(0).json();
    assert_eq!(replayed["events"][0]["results"][0]["unchanged"], 1, "{replayed}");
    assert_eq!(titles(&database).len(), 1);
}

#[test]
fn dead_letters_say_why_and_every_event_can_be_replayed() {
    let place = Place::new();
    let database = hub(&place);
    let listener = Listener::start(&place, SECRET);
    let body = |action: &str, issue: Value| json!({"action": action, "issue": issue}).to_string();
    place.write("odd.json", &body("opened", json!({"number": 2, "title": "no id"})));
    place.write("fine.json", &body("opened", json!({"id": 7, "title": "seven"})));
    place.write("gone.json", &body("deleted", json!({"id": 7})));
    let send = |file: &str| test(&place, &["--url", &listener.url, "--payload", file]);
    assert_eq!(send("odd.json")["status"], 200, "taken: that its record is odd is not the sender's fault to know");
    let dead = listener.next("dead");
    assert_eq!((dead["code"].as_str(), dead["attempts"].as_i64()), (Some("key_missing"), Some(1)), "{dead}");
    let listed = place.run(&["webhook", "dead", "hub", "--json"]).exits(0).json();
    assert_eq!(listed["events"][0]["code"], "key_missing");
    let again = place.run(&["webhook", "replay", "hub", "--all", "--json"]).exits(5).json();
    assert_eq!((again["replayed"].as_i64(), again["events"][0]["attempts"].as_i64()), (Some(1), Some(2)), "{again}");
    assert_eq!(send("fine.json")["status"], 200);
    listener.next("done");
    assert_eq!(titles(&database), [(7, "seven".to_owned())]);
    assert_eq!(send("gone.json")["status"], 200);
    assert_eq!(listener.next("done")["results"][0]["deleted"], 1);
    assert!(titles(&database).is_empty());
    // A question that no route takes stays, and can be replayed when one does.
    assert_eq!(test(&place, &["--url", &listener.url, "--sample", "ping"])["status"], 200);
    listener.next("unknown");
    place.run(&["webhook", "replay", "hub", "--unknown", "--json"]).exits(5);
    let dry = test(&place, &["--dry-run"]);
    assert!(dry["status"].is_null() && dry["headers"].to_string().contains("sha256="), "{dry}");
    assert!(!dry.to_string().contains(GITHUB_SECRET));
    // Without a listener one runs for the event.
    assert_eq!(test(&place, &[])["status"], 200);
}

#[test]
fn only_loopback_unless_it_is_said() {
    let place = Place::new();
    let refused = place.run(&["listen", "--address", "0.0.0.0", "--port", "0", "--json"]).exits(2);
    assert_eq!(refused.problem(), "not_loopback");
    place.run(&["listen", "--address", "somewhere", "--json"]).exits(2);
    let listener = Listener::start(&place, &["--address", "0.0.0.0", "--allow-remote"]);
    assert!(listener.url.starts_with("http://127.0.0.1:"), "{}", listener.url);
}
