//! The main job, whole: URL, key, table, sync, second sync, share, and the same records elsewhere.

use crate::rig::{CANARY, Rig, server};
use sample_api::Collection;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn from_a_url_to_a_table_and_a_file_to_share() {
    let server = server();
    let rig = Rig::new().await;

    let bench = rig.call("source_open", json!({"text": server.url("/v1/customers")})).await;
    assert_eq!((&bench["stage"], &bench["ask"]["kind"]), (&json!("key"), &json!("bearer")));
    assert_eq!(server.log().len(), 1, "one request, bare");
    let id = bench["id"].clone();

    let wrong = json!({"id": id, "auth": {"kind": "bearer", "secret": "not-the-right-key"}});
    let bench = rig.call("auth_give", wrong).await;
    assert_eq!((&bench["stage"], &bench["ask"]["refused"]), (&json!("key"), &json!(true)), "{bench}");

    let right = json!({"id": id, "auth": {"kind": "bearer", "secret": CANARY}});
    let bench = rig.call("auth_give", right).await;
    assert_eq!(bench["stage"], "ready", "{bench}");
    let stream = &bench["definition"]["streams"][0];
    assert_eq!((&stream["records"]["path"], &stream["key"]), (&json!("$.data[*]"), &json!(["id"])));
    assert_eq!(stream["paginate"]["type"], "page", "{stream}");
    assert_eq!(bench["preview"]["limited"], true);
    assert!(bench["preview"]["rows"].as_u64() >= Some(200), "{}", bench["preview"]["rows"]);
    assert!(rig.events("progress") > 0);

    let bench = rig.call("accept", json!({"id": id})).await;
    assert_eq!(bench["accepted"], true);
    let connection = bench["connection"].clone();
    let again = rig.call("accept", json!({"id": id})).await;
    assert_eq!(again["connection"], connection, "accepting twice makes one connection");

    let counts = |view: &Value| {
        let counts = &view["run"]["counts"];
        (counts["new"].as_u64(), counts["updated"].as_u64(), view["run"]["outcome"].as_str().map(str::to_owned))
    };
    let done = || Some("done".to_owned());
    let first = rig.sync(&connection).await;
    assert_eq!(counts(&first), (Some(450), Some(0), done()), "{first}");
    assert_eq!(counts(&rig.sync(&connection).await), (Some(0), Some(0), done()));
    server.touch(Collection::Customers, "7").expect("a customer");
    assert_eq!(counts(&rig.sync(&connection).await), (Some(0), Some(1), done()));
    assert!(rig.events("run") >= 3);
    let runs = rig.call("runs", json!({"id": connection})).await;
    assert_eq!(runs.as_array().map(Vec::len), Some(3));
    let log = rig.call("run_log", json!({"id": first["run"]["id"], "offset": 0, "limit": 100})).await;
    assert!(log.as_array().is_some_and(|lines| lines.len() >= 3), "{log}");
    let state = rig.call("state_get", json!({"id": id, "stream": "customers"})).await;
    assert!(state["state"].is_object(), "{state}");

    let share = rig.call("share", json!({"id": id})).await;
    assert_eq!(share["findings"], json!([]), "{share}");
    let file = rig.folder.path().join("out").join("customers.connector.yaml");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    api::save_share(&rig.app, id.as_str().expect("an id"), &file).await.expect("saved");
    let text = std::fs::read_to_string(&file).expect("a file");
    assert_eq!(text, share["text"].as_str().expect("text"));

    elsewhere(&text, &bench, server.url("/").as_str()).await;
    rig.app.close().await;
    rig.has_nowhere(CANARY).await;
    rig.has_nowhere("not-the-right-key").await;
}

/// Another person's machine: the sheet first, then the same records.
async fn elsewhere(text: &str, original: &Value, url: &str) {
    let rig = Rig::new().await;
    let bench = rig.call("source_open", json!({"text": text})).await;
    assert_eq!(bench["stage"], "trust", "{bench}");
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    assert_eq!(bench["trust"]["hosts"], json!([host]));
    assert_eq!(bench["trust"]["asks"][0]["given"], false);
    let id = bench["id"].clone();
    let problem = rig.refused("preview", json!({"id": id, "stream": "customers"})).await;
    assert_eq!(problem.code, "not_trusted");
    let problem = rig.refused("trust_accept", json!({"id": id, "values": {}, "secrets": {}})).await;
    assert_eq!(problem.code, "secret_needed");
    let given = json!({"id": id, "values": {}, "secrets": {"api_token": CANARY}});
    let bench = rig.call("trust_accept", given).await;
    assert_eq!(bench["stage"], "ready", "{bench}");
    assert_eq!(bench["preview"]["rows"], original["preview"]["rows"]);
    assert_eq!(bench["yaml"], original["yaml"], "the text is the one that was sent");
    let bench = rig.call("accept", json!({"id": id})).await;
    let run = rig.sync(&bench["connection"]).await;
    assert_eq!(run["run"]["counts"]["new"], 450);
    rig.app.close().await;
    rig.has_nowhere(CANARY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_in_a_curl_command_goes_to_the_keyring() {
    let server = server();
    let rig = Rig::new().await;
    let curl = format!("curl -H 'Authorization: Bearer {CANARY}' {}", server.url("/v1/orders?limit=50"));
    let bench = rig.call("source_open", json!({"text": curl})).await;
    assert_eq!(bench["stage"], "ready", "{bench}");
    assert!(!bench["notes"].as_array().expect("notes").is_empty());
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let run = rig.sync(&bench["connection"]).await;
    assert_eq!(run["run"]["counts"]["new"], 300, "{run}");
    rig.app.close().await;
    rig.has_nowhere(CANARY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_paging_and_auth_leads_to_all_records() {
    let server = server();
    let rig = Rig::new().await;
    for (path, records) in [
        ("/header/tickets", 120),
        ("/query/events", 300),
        ("/open/products", 40),
        ("/v1/invoices", 60),
        ("/open/shipments", 90),
    ] {
        let bench = crate::rig::opened(&rig, &server, path).await;
        assert_eq!(bench["stage"], "ready", "{path}: {bench}");
        let bench = rig.call("accept", json!({"id": bench["id"]})).await;
        let run = rig.sync(&bench["connection"]).await;
        assert_eq!(run["run"]["counts"]["new"], records, "{path}: {run}");
        let again = rig.sync(&bench["connection"]).await;
        assert_eq!(again["run"]["counts"]["new"], 0, "{path}: {again}");
    }
    rig.app.close().await;
    rig.has_nowhere(CANARY).await;
}
