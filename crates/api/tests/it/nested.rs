//! A server of a few lines on this machine, and a small API of things within things.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// Answers each connection by a function. Gives the address.
pub fn serve(answer: fn(TcpStream) -> Option<()>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

/// The path and query that a request asks for.
pub fn target(stream: &TcpStream) -> Option<String> {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    reader.read_line(&mut head).ok()?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    head.split(' ').nth(1).map(str::to_owned)
}

/// Serves projects, their issues, users and events. Gives its address.
pub fn nested() -> String {
    serve(answer)
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let target = target(&stream)?;
    let (status, body) = records(target.split('?').next()?);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

fn records(path: &str) -> (&'static str, String) {
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
            Some(json!(all.collect::<Vec<_>>()))
        }
        _ => None,
    };
    found.map_or(("404 Not Found", r#"{"message":"Not Found"}"#.to_owned()), |found| ("200 OK", found.to_string()))
}
