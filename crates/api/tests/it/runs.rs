//! Runs: one at a time, stopped when asked, settled when killed.

use crate::rig::{CANARY, Rig, opened, server};
use sample_api::{Collection, SampleOptions, Sizes};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_waits_and_the_first_can_be_stopped_and_goes_on() {
    let sizes = Sizes { customers: 20_000, ..Sizes::default() };
    let server = sample_api::start(SampleOptions { sizes, ..SampleOptions::default() }).expect("started");
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let start = json!({"connection": bench["connection"]});
    let run = rig.call("sync_start", start.clone()).await;
    assert_eq!(rig.refused("sync_start", start).await.code, "busy");
    assert_eq!(rig.refused("connector_delete", json!({"id": bench["id"]})).await.code, "busy");
    loop {
        let view = rig.call("run_get", json!({"id": run["run"]["id"]})).await;
        if view["run"]["counts"]["new"].as_u64() > Some(0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    rig.call("sync_cancel", json!({"id": run["run"]["id"]})).await;
    let stopped = rig.ended(&run).await;
    assert_eq!(stopped["run"]["outcome"], "cancelled", "{stopped}");
    let first = stopped["run"]["counts"]["new"].as_u64().expect("a count");
    let second = rig.sync(&bench["connection"]).await;
    assert_eq!(second["run"]["outcome"], "done", "{second}");
    let tables = rig.call("data_tables", json!({"id": bench["connection"]})).await;
    assert_eq!(tables[0]["rows"], 20_000, "{tables}");
    assert_eq!(first + second["run"]["counts"]["new"].as_u64().expect("a count"), 20_000);
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_saves_what_was_read_and_a_killed_run_is_settled() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let run = rig.sync(&bench["connection"]).await;
    rig.app.close().await;
    let Rig { folder, .. } = rig;
    // As a killed program leaves it: begun, not ended.
    let store = store::Store::open(folder.path()).await.expect("the store");
    let id = run["run"]["id"].as_str().expect("an id");
    let (mut kept, streams) = store.run(id).await.expect("readable").expect("a run");
    kept.outcome = None;
    kept.ended_at = None;
    store.put_run(&kept, &streams).await.expect("kept");
    store.close().await;
    let rig = Rig::bare(folder).await;
    let view = rig.call("run_get", json!({"id": id})).await;
    assert_eq!((&view["run"]["outcome"], &view["problem"]["code"]), (&json!("partial"), &json!("app_stopped")));
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_fails_half_way_is_told_in_the_run() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let fault = sample_api::Fault::new(sample_api::FaultKind::Unauthorized);
    server.set_fault(fault);
    let run = rig.sync(&bench["connection"]).await;
    assert_eq!((&run["run"]["outcome"], &run["problem"]["kind"]), (&json!("failed"), &json!("auth")), "{run}");
    server.clear_faults();
    server.add(Collection::Customers);
    let run = rig.sync(&bench["connection"]).await;
    assert_eq!(run["run"]["counts"]["new"], 451, "{run}");
    rig.app.close().await;
    rig.has_nowhere(CANARY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_keeps_what_it_did_over_time_and_is_compared_with_another() {
    let sizes = Sizes { customers: 3_000, ..Sizes::default() };
    let server = sample_api::start(SampleOptions { sizes, ..SampleOptions::default() }).expect("started");
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let first = rig.sync(&bench["connection"]).await;
    let ask = json!({"id": first["run"]["id"]});
    let series = rig.call("run_series", ask.clone()).await;
    let points = series["points"].as_array().expect("points");
    assert!(!points.is_empty() && points.len() <= 300, "{series}");
    let last = points.last().expect("a point");
    assert_eq!(
        (&last["read"], &last["requests"]),
        (&first["run"]["counts"]["read"], &first["run"]["counts"]["requests"])
    );
    assert!(points.iter().any(|point| point["p95_ms"].is_u64()), "{series}");
    let stream = rig.call("run_series", json!({"id": first["run"]["id"], "stream": "customers"})).await;
    assert_eq!(stream["points"], series["points"], "the only stream is all of it");
    assert_eq!(rig.call("run_errors", ask).await, json!([]));

    // Another column, and another run.
    let mut definition = bench["definition"].clone();
    let fields = definition["streams"][0]["fields"].as_array_mut().expect("fields");
    let taken = fields.pop().expect("a field");
    let set = rig.call("definition_set", json!({"id": bench["id"], "definition": definition})).await;
    assert!(set["definition"].is_object());
    let second = rig.sync(&bench["connection"]).await;
    let pair = json!({"before": first["run"]["id"], "after": second["run"]["id"]});
    let two = rig.call("run_compare", pair).await;
    assert_eq!(two["schema_known"], true);
    assert_eq!(two["schema"][0]["column"], taken["name"], "{}", two["schema"]);
    assert_eq!((&two["before"]["run"]["id"], &two["after"]["run"]["id"]), (&first["run"]["id"], &second["run"]["id"]));

    let found = |extra: serde_json::Value| {
        let mut ask = json!({"id": bench["connection"]});
        ask.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        ask
    };
    let count = |list: serde_json::Value| list.as_array().map(Vec::len);
    assert_eq!(count(rig.call("run_history", found(json!({}))).await), Some(2));
    assert_eq!(count(rig.call("run_history", found(json!({"outcome": "failed"}))).await), Some(0));
    assert_eq!(count(rig.call("run_history", found(json!({"stream": "nope"}))).await), Some(0));
    assert_eq!(count(rig.call("run_history", found(json!({"before": second["run"]["id"]}))).await), Some(1));
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_shows_the_request_that_met_the_problem() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let mut definition = bench["definition"].clone();
    definition["streams"][0]["request"]["path"] = json!("/v1/nothing-here");
    rig.call("definition_set", json!({"id": bench["id"], "definition": definition})).await;
    let run = rig.sync(&bench["connection"]).await;
    assert_eq!(run["run"]["outcome"], "failed", "{run}");
    let errors = rig.call("run_errors", json!({"id": run["run"]["id"]})).await;
    assert_eq!(errors.as_array().map(Vec::len), Some(1), "{errors}");
    let error = &errors[0];
    assert_eq!((&error["stream"], &error["sent"]["response"]["status"]), (&json!("customers"), &json!(404)), "{error}");
    assert!(error["curl"].as_str().is_some_and(|curl| curl.contains("/nothing-here")), "{error}");
    assert!(!error["sent"]["body"].as_str().unwrap_or_default().is_empty(), "{error}");
    rig.has_nowhere(CANARY).await;
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_part_is_read_and_the_next_sync_goes_on_behind_it() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/v1/customers").await;
    assert_eq!(bench["preview"]["total"], 450, "{}", bench["preview"]["total"]);
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let run = rig.call("sync_start", json!({"connection": bench["connection"], "records": 130})).await;
    let part = rig.ended(&run).await;
    assert_eq!((&part["run"]["outcome"], &part["run"]["counts"]["new"]), (&json!("limited"), &json!(130)), "{part}");
    let resume = rig.call("run_resume", json!({"id": bench["connection"]})).await;
    assert_eq!(resume["goes_on"], true, "{resume}");
    let rest = rig.sync(&bench["connection"]).await;
    assert_eq!((&rest["run"]["outcome"], &rest["run"]["counts"]["new"]), (&json!("done"), &json!(320)), "{rest}");
    assert!(rest["streams"][0]["since"].is_null(), "{rest}");
    // Once all was read, a sync says from where on it read.
    let third = rig.sync(&bench["connection"]).await;
    assert_eq!(third["run"]["counts"]["new"], 0, "{third}");
    assert!(third["streams"][0]["since"].is_string(), "{third}");
    let kept = rig.call("run_get", json!({"id": third["run"]["id"]})).await;
    assert_eq!(kept["streams"][0]["since"], third["streams"][0]["since"]);

    let lines = rig.call("sync_lines", json!({"connection": bench["connection"], "records": 5})).await;
    let (here, elsewhere) = (lines["here"].as_str().expect("a line"), lines["elsewhere"].as_str().expect("a line"));
    assert!(here.contains(" sync ") && here.contains("--limit 5") && here.contains("--data-dir "), "{here}");
    let variable = lines["variables"][0].as_str().expect("a variable");
    assert!(elsewhere.contains(&format!("=env:{variable}")) && elsewhere.contains("--to sqlite:"), "{elsewhere}");
    assert!(elsewhere.contains(lines["file"].as_str().expect("a file")), "{elsewhere}");
    rig.app.close().await;
    rig.has_nowhere(CANARY).await;
}
