//! What goes wrong names its cause, says what to do, and leads to the field: while a URL is opened and in a stream's
//! preview.

use crate::nested::{serve, target};
use crate::rig::Rig;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

/// Answers each path in its own bad way.
fn answer(mut stream: TcpStream) -> Option<()> {
    let target = target(&stream)?;
    let path = target.split('?').next()?;
    let html = "<!doctype html><html><head><title>Sign in to Acme</title></head><body></body></html>";
    let page = |next: &str| format!(r#"{{"data":[{{"id":1}},{{"id":2}}],"next":{next}}}"#);
    let (status, headers, body) = match path {
        "/unauthorized" => {
            ("401 Unauthorized", "WWW-Authenticate: Bearer\r\n", r#"{"message":"Bad token"}"#.to_owned())
        }
        "/forbidden" => ("403 Forbidden", "", r#"{"message":"No right"}"#.to_owned()),
        "/missing" => ("404 Not Found", "", r#"{"message":"No route"}"#.to_owned()),
        "/busy" => ("429 Too Many Requests", "", "{}".to_owned()),
        "/busy-long" => ("429 Too Many Requests", "Retry-After: 600\r\n", "{}".to_owned()),
        "/broken" => ("500 Internal Server Error", "", r#"{"error":"boom"}"#.to_owned()),
        "/gateway" => ("502 Bad Gateway", "Content-Type: text/html\r\n", html.replace("Sign in to Acme", "502")),
        "/login" => ("200 OK", "Content-Type: text/html\r\n", html.to_owned()),
        "/plain" => ("200 OK", "Content-Type: text/plain\r\n", "this is plain text".to_owned()),
        "/empty" => ("200 OK", "", String::new()),
        "/cut" => ("200 OK", "", r#"[{"id":1},{"id":2,"na"#.to_owned()),
        "/round" => ("302 Found", "Location: /round\r\n", String::new()),
        "/same-cursor" => ("200 OK", "", page("\"again\"")),
        "/slow" => {
            // It says nothing until the other side gives up.
            let _ = stream.read(&mut [0; 16]);
            return None;
        }
        _ => return None,
    };
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

/// A definition of one stream of a path.
fn definition(base: &str, path: &str, more: &str) -> String {
    format!(
        "tapwright: 1\nname: bad\nhttp: {{base_url: '{base}', timeout: 1s, retry: {{max_attempts: 1}}}}\n\
         streams:\n  - {{name: things, request: {{path: {path}}}, key: [id]{more}}}\n"
    )
}

async fn failed(rig: &Rig, text: &str) -> Value {
    let bench = rig.call("source_open", json!({"text": text})).await;
    assert_eq!(bench["stage"], "trust", "{bench}");
    let problem = rig.refused("trust_accept", json!({"id": bench["id"], "values": {}, "secrets": {}})).await;
    serde_json::to_value(problem).expect("a problem")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_of_a_stream_names_cause_field_and_what_to_do() {
    let (rig, base) = (Rig::new().await, serve(answer));
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let path = Some("streams[0].request.path");
    for (path, code, field, says) in [
        ("/unauthorized", "auth_rejected", Some("http.auth"), "Bad token"),
        ("/forbidden", "auth_rejected", Some("http.auth"), "No right"),
        ("/missing", "not_found", path, "No route"),
        ("/busy", "rate_limited", Some("http.rate_limit"), "429"),
        ("/busy-long", "rate_limited", Some("http.rate_limit"), "10 minutes"),
        ("/broken", "server_error", None, "boom"),
        ("/gateway", "server_error", None, "502"),
        ("/login", "html_not_json", Some("http.base_url"), "Sign in to Acme"),
        ("/plain", "not_json", Some("streams[0].decode"), "this is plain"),
        ("/empty", "not_json", Some("streams[0].decode"), "empty"),
        ("/cut", "not_json", Some("streams[0].decode"), "middle"),
        ("/round", "too_many_redirects", path, "redirects"),
        ("/slow", "timeout", Some("http.timeout"), "longer than 1s"),
    ] {
        told(&failed(&rig, &definition(&base, path, "")).await, code, field, says);
    }
    for (base, code, says) in [
        (format!("http://{closed}"), "no_answer", "Nothing answers"),
        ("http://nowhere.invalid".to_owned(), "unknown_host", "nowhere.invalid"),
    ] {
        told(&failed(&rig, &definition(&base, "/things", "")).await, code, Some("http.base_url"), says);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_comes_again_ends_the_read_and_leads_to_the_paging() {
    let (rig, base) = (Rig::new().await, serve(answer));
    let more = ", records: {path: '$.data[*]'}, paginate: {type: cursor, next: '$.next', inject: {query: after}}";
    let bench = rig.call("source_open", json!({"text": definition(&base, "/same-cursor", more)})).await;
    let bench = rig.call("trust_accept", json!({"id": bench["id"], "values": {}, "secrets": {}})).await;
    let problem = &bench["preview"]["problem"];
    told(problem, "page_repeats", Some("streams[0].paginate"), "never end");
    assert!(bench["preview"]["rows"].as_u64().expect("rows") >= 2, "what was read is kept: {bench}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_of_a_pasted_url_names_cause_and_field() {
    let (rig, base) = (Rig::new().await, serve(answer));
    for (path, code, field, says) in [
        ("/missing", "not_found", Some("streams[0].request.path"), "No route"),
        ("/busy-long", "rate_limited", Some("http.rate_limit"), "10 minutes"),
        ("/gateway", "server_error", None, "502"),
        ("/login", "html_not_json", Some("http.base_url"), "Sign in to Acme"),
        ("/plain", "not_json", Some("streams[0].decode"), "plain"),
        ("/empty", "not_json", Some("streams[0].decode"), "empty"),
        ("/cut", "not_json", Some("streams[0].decode"), "middle"),
        ("/round", "too_many_redirects", Some("streams[0].request.path"), "redirects"),
    ] {
        let bench = rig.call("source_open", json!({"text": format!("{base}{path}")})).await;
        assert_eq!(bench["stage"], "failed", "{path}: {bench}");
        told(&bench["problem"], code, field, says);
    }
}

fn told(problem: &Value, code: &str, field: Option<&str>, says: &str) {
    assert_eq!((&problem["code"], problem["field"].as_str()), (&json!(code), field), "{problem}");
    assert!(problem["message"].as_str().is_some_and(|message| message.contains(says)), "{says}: {problem}");
    assert!(problem["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "what to do: {problem}");
}
