//! Signing in by commands, against a provider on loopback.

use crate::rig::Rig;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;

/// A provider that gives tokens to anybody who asks, and an API that takes them.
fn provider() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut bytes = vec![0; 16_384];
            let mut have = 0;
            while !bytes[..have].windows(4).any(|four| four == b"\r\n\r\n") {
                have += stream.read(&mut bytes[have..]).expect("a request");
            }
            let head = String::from_utf8_lossy(&bytes[..have]).into_owned();
            let body = if head.starts_with("POST /token") {
                json!({"access_token": "access-canary-1234", "refresh_token": "refresh-canary-1234", "expires_in": 3600})
            } else if head.contains("access-canary-1234") {
                json!({"items": [{"id": 1}], "user": "ann@acme.test"})
            } else {
                json!({"items": [], "user": null})
            };
            let body = body.to_string();
            let _ =
                write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    origin
}

fn definition(origin: &str) -> String {
    format!(
        "{{tapwright: 1, name: acme, http: {{base_url: '{origin}', auth: {{type: oauth2, grant: authorization_code, \
         authorize_url: '{origin}/authorize', token_url: '{origin}/token', client_id: app}}}}, \
         check: {{request: {{path: /me}}, identity: '$.user'}}, \
         streams: [{{name: items, request: {{path: /items}}, records: {{path: '$.items[*]'}}, key: [id], \
         fields: [{{name: id, from: '$.id', type: integer}}]}}]}}"
    )
}

async fn connected(rig: &Rig, origin: &str) -> Value {
    let new = api::headless::NewConnection {
        text: definition(origin),
        name: "acme".to_owned(),
        config: engine::config::ConfigValues::default(),
        destination: None,
        destination_password: None,
    };
    json!(api::headless::connect(&rig.app, new).await.expect("a connection").connection)
}

async fn settled(rig: &Rig, begun: &Value) -> Value {
    loop {
        let state = rig.call("sign_in_state", json!({"id": begun["id"]})).await;
        if state["type"] != "waiting" {
            return state;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// The browser at the end of its way.
fn come_back(url: &str, answer: &str) -> String {
    let url = url::Url::parse(url).expect("an address");
    let value = |name: &str| url.query_pairs().find(|(have, _)| have == name).expect("there").1.into_owned();
    let back = url::Url::parse(&value("redirect_uri")).expect("an address");
    let address = (back.host_str().expect("a host").to_owned(), back.port().expect("a port"));
    let mut stream = std::net::TcpStream::connect(address).expect("somebody listens");
    // Another language than the one that is chosen in the second test.
    let head = "Accept-Language: fr, de;q=0.5\r\n\r\n";
    write!(stream, "GET {}?{answer}&state={} HTTP/1.1\r\n{head}", back.path(), value("state")).expect("sent");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("a page");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_signed_in_and_syncs() {
    let (rig, origin) = (Rig::new().await, provider());
    let id = connected(&rig, &origin).await;
    let run = rig.call("sync_start", json!({"connection": id})).await;
    let ended = rig.ended(&run).await;
    assert_eq!(ended["problem"]["code"], "sign_in_needed", "{ended}");

    let begun = rig.call("sign_in_start", json!({"id": id})).await;
    assert_eq!(rig.call("sign_in_state", json!({"id": begun["id"]})).await, json!({"type": "waiting"}));
    let url = begun["url"].as_str().expect("a page").to_owned();
    let page = tokio::task::spawn_blocking(move || come_back(&url, "code=abc")).await.expect("a thread");
    assert!(page.contains("You are signed in"), "{page}");
    let state = settled(&rig, &begun).await;
    assert_eq!((&state["type"], &state["account"]), (&json!("done"), &json!("ann@acme.test")), "{state}");

    let run = rig.call("sync_start", json!({"connection": id})).await;
    let ended = rig.ended(&run).await;
    assert_eq!(ended["run"]["counts"]["read"], 1, "{ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_can_be_given_up_and_refused() {
    let (rig, origin) = (Rig::new().await, provider());
    let id = connected(&rig, &origin).await;
    let begun = rig.call("sign_in_start", json!({"id": id})).await;
    rig.call("sign_in_cancel", json!({"id": begun["id"]})).await;
    assert_eq!(settled(&rig, &begun).await["problem"]["code"], "cancelled");
    let begun = rig.call("sign_in_start", json!({"id": id, "language": "de"})).await;
    let url = begun["url"].as_str().expect("a page").to_owned();
    let page = tokio::task::spawn_blocking(move || come_back(&url, "error=access_denied")).await.expect("a thread");
    assert!(page.contains("Nicht angemeldet") && page.contains("lang=\"de\""), "{page}");
    assert_eq!(settled(&rig, &begun).await["problem"]["code"], "sign_in_refused");
    let problem = rig.refused("sign_in_start", json!({"id": id, "device": true})).await;
    assert_eq!(problem.code, "no_device_url");
    assert_eq!(rig.refused("sign_in_state", json!({"id": "none"})).await.code, "unknown_sign_in");
}
