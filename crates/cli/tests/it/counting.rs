//! A server that takes people and counts how often each one came.

use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What it saw.
#[derive(Debug, Default)]
pub struct Seen {
    /// Requests by method, path and email.
    pub requests: Vec<(String, String, Value)>,
    /// How often each email was taken: a repeated key is not taken again.
    pub taken: HashMap<String, usize>,
    keys: HashSet<String>,
}

/// The server; ends with the test.
pub struct Counting {
    pub addr: SocketAddr,
    pub seen: Arc<Mutex<Seen>>,
}

impl Counting {
    /// Starts it. Each answer takes a while.
    pub fn start(takes: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let addr = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &seen, takes));
            }
        });
        Self { addr, seen }
    }

    /// How many requests came.
    pub fn count(&self) -> usize {
        self.seen.lock().expect("not poisoned").requests.len()
    }

    /// How often an email was taken.
    pub fn taken(&self, email: &str) -> usize {
        self.seen.lock().expect("not poisoned").taken.get(email).copied().unwrap_or(0)
    }
}

fn serve(stream: TcpStream, seen: &Mutex<Seen>, takes: Duration) {
    let Ok(mut out) = stream.try_clone() else { return };
    let mut reader = BufReader::new(stream);
    while let Some((head, body)) = request(&mut reader) {
        let first = head[0].clone();
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap_or("").to_owned(), words.next().unwrap_or("").to_owned());
        let key = header(&head, "idempotency-key");
        let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let (status, answer) = take(&mut seen.lock().expect("not poisoned"), (method, path), key, body);
        std::thread::sleep(takes);
        let text = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
            answer.len()
        );
        if out.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}

fn take(seen: &mut Seen, (method, path): (String, String), key: Option<String>, body: Value) -> (u16, String) {
    let email = body["email"].as_str().unwrap_or("").to_owned();
    seen.requests.push((method, path, body));
    if email.starts_with("refused") {
        return (422, r#"{"error":"this address is refused"}"#.to_owned());
    }
    if key.is_none_or(|key| seen.keys.insert(key)) {
        *seen.taken.entry(email.clone()).or_default() += 1;
    }
    (201, format!(r#"{{"id":"id-of-{email}"}}"#))
}

fn request(reader: &mut BufReader<TcpStream>) -> Option<(Vec<String>, Vec<u8>)> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        head.push(line);
    }
    let length = header(&head, "content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    (!head.is_empty()).then_some((head, body))
}

fn header(head: &[String], name: &str) -> Option<String> {
    let pairs = head.iter().filter_map(|line| line.split_once(':'));
    let mut fitting = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    fitting.next().map(|(_, value)| value.trim().to_owned())
}
