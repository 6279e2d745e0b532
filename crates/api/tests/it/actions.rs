//! Actions as the window calls them.

use crate::rig::Rig;
use api::headless::{self, NewConnection};
use engine::config::ConfigValues;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_waits_for_its_answer_is_stopped_and_told_as_not_known() {
    let server = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = server.local_addr().expect("an address");
    let rig = Rig::new().await;
    let text = format!(
        "tapwright: 1\nname: slow\nhttp: {{base_url: 'http://{address}'}}\nstreams:\n  - name: x\n    request: {{path: /x}}\n    \
         records: {{path: $.data}}\nactions:\n  - name: make\n    kind: create\n    request: {{method: POST, path: /made}}\n"
    );
    let new = NewConnection {
        text,
        name: "slow".to_owned(),
        config: ConfigValues::default(),
        destination: None,
        destination_password: None,
    };
    let connection = headless::connect(&rig.app, new).await.expect("a connection").connection;
    let call = json!({"connection": connection, "action": "make", "turn": "t1"});
    let app = rig.app.clone();
    let calling = tokio::spawn(async move { api::call(&app, "action_run", call).await });
    let (mut socket, _) = server.accept().await.expect("a request");
    let mut begun = [0; 4];
    socket.read_exact(&mut begun).await.expect("its first bytes");
    assert_eq!(&begun, b"POST");
    rig.call("action_cancel", json!({"id": "t1"})).await;
    let run = calling.await.expect("it ends").expect("an answer");
    let call = &run["call"];
    assert_eq!((&call["outcome"], &call["problem"]["code"]), (&json!("unknown"), &json!("cancelled")), "{run}");
    let past = rig.call("action_history", json!({"id": connection})).await;
    assert_eq!((past.as_array().map(Vec::len), &past[0]["outcome"]), (Some(1), &json!("unknown")), "{past}");
    // A call that has ended, or never was, is stopped without a word.
    assert_eq!(rig.call("action_cancel", json!({"id": "t1"})).await, json!({}));
    assert_eq!(past[0]["status"], Value::Null);
}
