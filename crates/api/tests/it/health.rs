//! Health reports that are kept, and what monitors are answered over HTTP.

use crate::rig::{Rig, opened, server};
use api::health::status;
use serde_json::{Value, json};
use std::io::{Read, Write};

/// Status, head and body of an answer.
async fn get(address: std::net::SocketAddr, path: &str) -> (u16, String, String) {
    let path = path.to_owned();
    let work = move || {
        let mut stream = std::net::TcpStream::connect(address).expect("connects");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, head.to_ascii_lowercase(), body.to_owned())
    };
    tokio::task::spawn_blocking(work).await.expect("done")
}

#[tokio::test(flavor = "multi_thread")]
async fn monitors_are_answered_and_do_not_hammer_the_api() {
    let rig = Rig::new().await;
    let server = server();
    let bench = opened(&rig, &server, "/v1/customers").await;
    let connection = rig.call("accept", json!({"id": bench["id"]})).await["connection"].clone();
    let name = rig.call("connection_get", json!({"id": connection})).await["name"].as_str().expect("a name").to_owned();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = status::router(&rig.app, Vec::new());
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let before = server.log().len();
    let (code, head, body) = get(address, "/health").await;
    let told: Value = serde_json::from_str(&body).expect("json");
    assert_eq!((code, told["status"].as_str().is_some()), (200, true), "{body}");
    assert!(head.contains("application/health+json"), "{head}");
    assert!(told["version"].is_string() && told["uptimeSeconds"].is_u64(), "{body}");
    assert_eq!(told["checks"][format!("{name}:reachable")][0]["status"], "pass", "{body}");
    let asked = server.log().len();
    assert!(asked > before);
    let each = futures::future::join_all((0..5).map(|_| get(address, "/health"))).await;
    assert!(each.iter().all(|(code, ..)| *code == 200));
    assert_eq!(server.log().len(), asked, "the report is given out again");
    assert_eq!(get(address, "/health/nobody").await.0, 404);
    let (code, head, text) = get(address, "/metrics").await;
    assert!(code == 200 && head.contains("text/plain; version=0.0.4"), "{head}");
    assert!(text.contains("tapwright_build_info{version=") && text.contains("tapwright_uptime_seconds "), "{text}");
    // What was found is kept for Home and the connection's room.
    let kept = rig.call("health_get", json!({"id": connection})).await;
    assert!(kept["checks"].as_array().is_some_and(|checks| checks.len() == 8), "{kept}");
    server.stop();
    let report = rig.call("health_check", json!({"connection": connection, "timeout_ms": 5_000})).await;
    assert_eq!(report["state"], "fail");
    let home = rig.call("home", json!({})).await;
    let cards = home["connectors"]
        .as_array()
        .expect("cards")
        .iter()
        .flat_map(|card| card["connections"].as_array().cloned().unwrap_or_default());
    let states: Vec<Value> = cards.map(|card| card["health"]["state"].clone()).collect();
    assert_eq!(states, [json!("fail")]);
    let id = connection.as_str().expect("an id").to_owned();
    let down = status::router(&rig.app, vec![id]);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let other = tokio::spawn(async move { axum::serve(listener, down).await });
    assert_eq!(get(address, "/health").await.0, 503);
    serving.abort();
    other.abort();
    rig.app.close().await;
}
