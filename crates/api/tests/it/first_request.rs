//! The first request: what may change something is sent when the person says so, and what came is not asked for again.

use crate::nested::serve;
use crate::rig::Rig;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;

/// The requests that came, by their first line.
static CAME: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut head, mut line, mut length, mut auth) = (String::new(), String::new(), 0, String::new());
    reader.read_line(&mut head).ok()?;
    while reader.read_line(&mut line).ok()? > 2 {
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if lower.starts_with("authorization:") {
            line.trim().clone_into(&mut auth);
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    let (method, target) = head.split_once(' ')?;
    let target = target.split(' ').next()?;
    CAME.lock().ok()?.push(format!("{method} {target}"));
    let path = target.split('?').next()?;
    let page = target.split("page=").nth(1).and_then(|page| page.split('&').next()?.parse::<u64>().ok()).unwrap_or(1);
    let (status, body) = match path {
        "/charges" if auth.ends_with("Basic c2tfa2V5Og==") => {
            ("200 OK", json!({"data": [{"id": "ch_1", "amount": 5}, {"id": "ch_2", "amount": 7}]}))
        }
        "/charges" => (
            "401 Unauthorized\r\nWWW-Authenticate: Basic realm=x",
            json!({"error": {"message": "Use the key as the user name."}}),
        ),
        "/customers" if method == "POST" => ("201 Created", json!({"id": 7, "name": "new"})),
        "/contacts/search" => {
            let all: Vec<Value> = (1..=3).map(|n| json!({"id": n})).collect();
            ("200 OK", json!({"total": 3, "results": all}))
        }
        "/pages" => {
            let all: Vec<Value> = (1..=10).map(|n| json!({"id": (page - 1) * 10 + n})).collect();
            let all = if page <= 3 { all } else { Vec::new() };
            ("200 OK", json!({"page": page, "total": 30, "data": all}))
        }
        _ => return None,
    };
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

fn came(of: &str) -> Vec<String> {
    CAME.lock().expect("a list").iter().filter(|line| line.contains(of)).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_may_write_is_sent_when_the_person_says_so_and_once() {
    let (rig, base) = (Rig::new().await, serve(answer));
    let curl = format!("curl -X POST {base}/customers --data-raw 'name=new+customer&amount=5'");
    let bench = rig.call("source_open", json!({"text": curl})).await;
    assert_eq!((&bench["stage"], &bench["problem"]["code"]), (&json!("failed"), &json!("may_write")), "{bench}");
    let again = rig.call("workbench_get", json!({"id": bench["id"]})).await;
    assert_eq!(again["problem"]["code"], "may_write", "opening it again sends nothing either");
    assert_eq!(came("/customers"), [""; 0]);
    let sent = rig.call("send_once", json!({"id": bench["id"]})).await;
    assert_eq!((&sent["stage"], &sent["preview"]["rows"]), (&json!("ready"), &json!(1)), "{sent}");
    assert_eq!(came("/customers").len(), 1, "what came is shown: {:?}", came("/customers"));
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_detection_saw_is_not_asked_for_again() {
    let (rig, base) = (Rig::new().await, serve(answer));
    let bench = rig.call("source_open", json!({"text": format!("{base}/pages")})).await;
    assert_eq!((&bench["stage"], &bench["preview"]["rows"]), (&json!("ready"), &json!(30)), "{bench}");
    let mut all = came("/pages");
    let sent = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), sent, "each is sent once: {all:?}");
    assert!(bench["preview"]["pages"][0]["response"]["attempts"].as_u64() == Some(1), "{}", bench["preview"]["pages"]);

    let curl = format!("curl {base}/contacts/search -H 'Content-Type: application/json' -d '{{\"limit\": 100}}'");
    let bench = rig.call("source_open", json!({"text": curl})).await;
    assert_eq!((&bench["stage"], &bench["preview"]["rows"]), (&json!("ready"), &json!(3)), "{bench}");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_as_the_user_name_needs_no_password_and_the_servers_words_are_shown() {
    let (rig, base) = (Rig::new().await, serve(answer));
    let bench = rig.call("source_open", json!({"text": format!("{base}/charges")})).await;
    assert_eq!((&bench["stage"], &bench["ask"]["kind"]), (&json!("key"), &json!("basic")), "{bench}");
    let reason = bench["ask"]["reason"].as_str().expect("a reason");
    assert!(reason.contains("Use the key as the user name."), "{reason}");
    let auth = json!({"kind": "basic", "username": "sk_key", "secret": ""});
    let bench = rig.call("auth_give", json!({"id": bench["id"], "auth": auth})).await;
    assert_eq!((&bench["stage"], &bench["preview"]["rows"]), (&json!("ready"), &json!(2)), "{bench}");
    rig.app.close().await;
}
