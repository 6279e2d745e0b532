//! What stands fixed in a URL is offered, and taking it reads more than the one thing.

use crate::nested::nested;
use crate::rig::Rig;
use serde_json::{Value, json};

async fn opened(rig: &Rig, url: &str) -> Value {
    let bench = rig.call("source_open", json!({"text": url})).await;
    assert_eq!(bench["stage"], "ready", "{bench}");
    bench
}

#[tokio::test(flavor = "multi_thread")]
async fn a_childs_parents_are_read_and_every_issue_of_every_project_comes() {
    let (rig, base) = (Rig::new().await, nested());
    let bench = opened(&rig, &format!("{base}/api/v4/projects/3/issues")).await;
    assert_eq!(bench["preview"]["rows"], 4, "{bench}");
    let offer = &bench["offers"][0];
    assert_eq!(
        (&offer["name"], &offer["value"], &offer["noun"]),
        (&json!("project_id"), &json!("3"), &json!("project"))
    );
    assert_eq!(offer["ways"][0], json!({"way": "parent", "stream": "projects", "path": "/projects", "exists": false}));
    assert_eq!(
        bench["definition"]["streams"][0]["request"]["path"], "/projects/3/issues",
        "nothing is taken by itself"
    );

    let request = json!({"id": bench["id"], "name": "project_id", "way": "parent"});
    let taken = rig.call("offer_take", request.clone()).await;
    let streams = taken["definition"]["streams"].as_array().expect("streams");
    assert_eq!(streams[0]["request"]["path"], "/projects/{{ partition.project_id }}/issues");
    assert_eq!((&streams[1]["name"], &streams[1]["request"]["path"]), (&json!("projects"), &json!("/projects")));
    assert_eq!(streams[1]["key"], json!(["id"]));
    assert_eq!(streams[0]["key"], json!(["project_id", "number"]), "numbers count anew in each project");
    assert_eq!((&taken["faults"], &taken["problem"]), (&json!([]), &Value::Null), "{taken}");
    assert_eq!(taken["offers"], Value::Null, "nothing stands fixed any more");
    assert!(taken["preview"]["rows"].as_u64().expect("rows") > 4, "{taken}");
    assert_eq!(rig.refused("offer_take", request).await.code, "no_offer");

    let connection = rig.call("accept", json!({"id": bench["id"]})).await["connection"].clone();
    let run = rig.sync(&connection).await;
    assert_eq!((&run["run"]["outcome"], &run["run"]["counts"]["new"]), (&json!("done"), &json!(25)), "{run}");
    let undone = rig.call("undo", json!({"id": bench["id"]})).await;
    assert_eq!(undone["definition"]["streams"].as_array().map(Vec::len), Some(1), "it is one step");
}

#[tokio::test(flavor = "multi_thread")]
async fn parents_that_can_not_be_read_leave_an_input_that_a_shared_file_asks_for() {
    let (rig, base) = (Rig::new().await, nested());
    let bench = opened(&rig, &format!("{base}/teams/12/members")).await;
    let taken = rig.call("offer_take", json!({"id": bench["id"], "name": "team_id", "way": "parent"})).await;
    assert_eq!(taken["definition"]["streams"][0]["request"]["path"], "/teams/{{ config.team_id }}/members", "{taken}");
    let input = &taken["definition"]["config"][0];
    assert_eq!((&input["name"], &input["default"], &input["required"]), (&json!("team_id"), &json!(12), &json!(true)));
    let notes = taken["notes"].to_string();
    assert!(notes.contains("/teams") && notes.contains("404") && notes.contains("team_id"), "{notes}");
    assert_eq!((&taken["preview"]["rows"], &taken["problem"]), (&json!(2), &Value::Null), "{taken}");
    let share = rig.call("share", json!({"id": bench["id"]})).await;
    let again = rig.call("source_open", json!({"text": share["text"]})).await;
    assert_eq!(again["trust"]["asks"][0]["name"], "team_id", "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_object_has_no_odd_key_and_its_name_is_offered() {
    let (rig, base) = (Rig::new().await, nested());
    let bench = opened(&rig, &format!("{base}/users/ann")).await;
    let key = bench["detection"]["parts"].as_array().expect("parts").iter().find(|part| part["part"] == "key");
    let best = &key.expect("a key")["candidates"][0];
    assert_eq!(best["choice"]["fields"], json!([]), "{best}");
    assert!(best["evidence"].to_string().contains("takes the place"), "{best}");
    assert_eq!(bench["offers"][0]["name"], "user", "{bench}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_becomes_the_start_of_what_is_new() {
    let (rig, base) = (Rig::new().await, nested());
    let bench = opened(&rig, &format!("{base}/events?since=2024-01-05")).await;
    let offer = &bench["offers"][0];
    assert_eq!(offer["ways"][0], json!({"way": "start", "cursor": "updated_at", "until": null}), "{offer}");
    let taken = rig.call("offer_take", json!({"id": bench["id"], "name": "start_date", "way": "start"})).await;
    let stream = &taken["definition"]["streams"][0];
    assert_eq!(stream["incremental"]["start"], "{{ config.start_date }}", "{stream}");
    assert_eq!((&taken["faults"], &taken["preview"]["rows"]), (&json!([]), &json!(20)), "{taken}");
    let url = taken["preview"]["pages"][0]["request"]["url"].as_str().expect("a URL");
    assert!(url.contains("since=2024-01-05"), "{url}");
}
