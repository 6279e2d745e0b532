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
