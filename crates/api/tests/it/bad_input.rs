//! Bad input: one clear problem each time, and nothing is lost.

use crate::rig::{Rig, server};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_opened_is_told() {
    let rig = Rig::new().await;
    for text in ["", "hello world", "<html><body>x</body></html>", "{\"a\": 1}"] {
        let problem = rig.refused("source_open", json!({"text": text})).await;
        assert!(!problem.message.is_empty() && problem.hint.is_some(), "{text}: {problem:?}");
    }
    assert_eq!(rig.refused("nonsense", json!({})).await.code, "unknown_command");
    assert_eq!(rig.refused("workbench_get", json!({"id": "0"})).await.code, "no_connector");
    assert_eq!(rig.call("home", json!({})).await["connectors"], json!([]));
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_definition_is_opened_with_all_its_faults() {
    let rig = Rig::new().await;
    let text = "tapwright: 1\nname: a\nstraems: []\nhttp: {base_url: 'http://127.0.0.1:1', tiemout: 3s}\n# mine\n";
    let bench = rig.call("source_open", json!({"text": text})).await;
    assert_eq!((&bench["stage"], &bench["yaml"]), (&json!("failed"), &json!(text)));
    assert!(bench["faults"].as_array().expect("faults").len() >= 2, "{}", bench["faults"]);
    assert_eq!(bench["problem"]["code"], "faulty_definition");
    let again = rig.call("workbench_get", json!({"id": bench["id"]})).await;
    assert_eq!(again["stage"], "failed");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_answer_well_leaves_the_draft() {
    let server = server();
    let rig = Rig::new().await;
    for (query, code) in [("html", "html_not_json"), ("not_json", "not_json")] {
        let url = server.url(&format!("/open/customers?fault={query}"));
        let bench = rig.call("source_open", json!({"text": url})).await;
        assert_eq!((&bench["stage"], &bench["problem"]["code"]), (&json!("failed"), &json!(code)), "{bench}");
    }
    let bench = rig.call("source_open", json!({"text": "http://127.0.0.1:1/x"})).await;
    assert_eq!((&bench["stage"], &bench["problem"]["kind"]), (&json!("failed"), &json!("network")), "{bench}");
    let again = rig.call("source_open", json!({"text": "http://127.0.0.1:1/x"})).await;
    assert_eq!(again["id"], bench["id"], "pasting it again goes on with the same draft");
    assert_eq!(rig.refused("accept", json!({"id": bench["id"]})).await.code, "not_ready");
    let home = rig.call("home", json!({})).await;
    assert_eq!(home["connectors"].as_array().map(Vec::len), Some(3));
    for connector in home["connectors"].as_array().expect("connectors") {
        rig.call("connector_delete", json!({"id": connector["id"]})).await;
    }
    assert_eq!(rig.call("home", json!({})).await["connectors"], json!([]));
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_changes_something_is_not_sent() {
    let server = server();
    let rig = Rig::new().await;
    let curl = format!("curl -X DELETE {}", server.url("/open/customers/1"));
    let bench = rig.call("source_open", json!({"text": curl})).await;
    assert_eq!(bench["problem"]["code"], "not_a_read", "{bench}");
    assert!(server.log().is_empty());
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_way_put_into_the_store_shows_its_sheet_first() {
    let server = server();
    let rig = Rig::new().await;
    let base = server.url("");
    let text = format!(
        "tapwright: 1\nname: a\nhttp: {{base_url: \"{base}\"}}\nstreams:\n  - name: s\n    request: {{path: /open/products}}\n"
    );
    let id = api::headless::import(&rig.app, text).await.expect("imported");
    let bench = rig.call("workbench_get", json!({"id": id})).await;
    assert_eq!(bench["stage"], "trust", "{bench}");
    assert!(server.log().is_empty(), "nothing was sent");
    let bench = rig.call("trust_accept", json!({"id": id, "values": {}, "secrets": {}})).await;
    // Without fields a record passes as it came.
    assert_eq!((&bench["stage"], &bench["preview"]["rows"]), (&json!("ready"), &json!(40)), "{bench}");
    assert!(bench["preview"]["fields"].as_array().expect("columns").len() > 3, "{bench}");
    rig.app.close().await;
}
