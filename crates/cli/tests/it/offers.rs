//! `new` lists what stands fixed in a URL, and takes it where it is told to.

use crate::run::Place;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};

/// Serves the records of a small API on this machine: projects, their issues, users, rates. Gives its address.
pub fn nested() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: std::net::TcpStream) -> Option<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    reader.read_line(&mut head).ok()?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    let target = head.split(' ').nth(1)?;
    let (status, body) = records(target.split('?').next()?, target);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

fn records(path: &str, target: &str) -> (&'static str, String) {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let issues = |project: usize| -> Vec<Value> {
        (1..=4).map(|n| json!({"number": n, "title": format!("issue {n} of {project}")})).collect()
    };
    let found = match parts.as_slice() {
        ["api", "v4", "projects"] => {
            Some(json!((1..=5).map(|n| json!({"id": n, "name": format!("p{n}")})).collect::<Vec<_>>()))
        }
        ["api", "v4", "projects", id, "issues"] => {
            id.parse().ok().filter(|id| (1..=5).contains(id)).map(|id| json!(issues(id)))
        }
        // Teams have members, and no list of their own.
        ["teams", _, "members"] => Some(json!([{"id": 7, "name": "Ann"}, {"id": 8, "name": "Bob"}])),
        ["users", "ann"] => Some(json!({"login": "ann", "company": "Acme", "score": 3})),
        ["events"] => {
            let all = (1..=20).map(|n| json!({"id": n, "updated_at": format!("2024-01-{n:02}T00:00:00Z")}));
            // Whatever is asked for, all come: no parameter filters.
            let _ = target;
            Some(json!(all.collect::<Vec<_>>()))
        }
        _ => None,
    };
    found.map_or(("404 Not Found", r#"{"message":"Not Found"}"#.to_owned()), |found| ("200 OK", found.to_string()))
}

#[test]
fn offers_are_listed_and_taken_by_name() {
    let (place, base) = (Place::new(), nested());
    let url = format!("{base}/api/v4/projects/3/issues");
    let listed = place.run(&["new", &url, "--out", "a.connector.yaml", "--yes"]).exits(0);
    assert!(listed.stdout.contains("`3` in the path is one project"), "{listed:?}");
    assert!(listed.stdout.contains("--take project_id "), "{listed:?}");
    assert!(listed.stdout.contains("--take project_id=input"), "{listed:?}");
    let text = std::fs::read_to_string(place.path("a.connector.yaml")).expect("a file");
    assert!(text.contains("/projects/3/issues"), "nothing is taken by itself: {text}");
    let as_json = place.run(&["new", &url, "--out", "a.connector.yaml", "--yes", "--force", "--json"]).exits(0).json();
    assert_eq!(as_json["offers"][0]["ways"][0]["take"], "project_id=parent", "{as_json}");

    place.run(&["new", &url, "--out", "b.connector.yaml", "--yes", "--take", "all"]).exits(0);
    let read = place.run(&["sync", "b.connector.yaml", "--stream", "issues", "--to", "jsonl:-"]).exits(0);
    assert_eq!(read.stdout.lines().count(), 20, "{read:?}");

    place.run(&["new", &url, "--out", "c.connector.yaml", "--yes", "--take", "project_id=input"]).exits(0);
    let read = place.run(&["sync", "c.connector.yaml", "--to", "jsonl:-", "--config", "project_id=5"]).exits(0);
    assert!(read.stdout.contains("of 5") && !read.stdout.contains("of 3"), "{read:?}");

    let wrong = place.run(&["new", &url, "--out", "d.connector.yaml", "--yes", "--take", "nope"]).exits(2);
    assert!(wrong.stderr.contains("project_id=parent"), "{wrong:?}");
    assert!(!place.path("d.connector.yaml").exists());
}
