//! What vendors' answers look like beside plain lists: tables, null, ids to go on behind, filters by other names.

use crate::server::{Reply, Request, Server};
use crate::support::{MemorySink, read};
use definition::Definition;
use engine::config::ConfigValues;
use engine::detect::{Confidence, Detection, PagerProbe, Part, detect, first_request, try_filter};
use engine::event::Outcome;
use serde_json::{Value, json};

async fn run(base: &str, path: &str) -> (Definition, Detection) {
    let draft: Definition = serde_json::from_value(json!({
        "tapwright": 1, "name": "test",
        "http": {"base_url": base, "retry": {"backoff": {"type": "constant", "wait": "1ms"}}},
        "streams": [{"name": "items", "request": {"path": path}}],
    }))
    .unwrap();
    let config = ConfigValues::default();
    let first = first_request(&draft, &config).await.unwrap();
    detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_columns_and_rows_become_records() {
    let server = Server::start(|_, _| {
        Reply::json(&json!({
            "data": {"cols": [{"name": "id"}, {"name": "price"}], "rows": [[1, "1.234,50 €"], [2, "7,00 €"], [3, "0,99 €"]]},
            "status": "completed",
        }))
    })
    .await;
    let (definition, detection) = run(&server.url, "/items").await;
    let stream = &definition.streams[0];
    assert_eq!(stream.records.path.as_deref(), Some("$.data.rows[*]"));
    assert!(detection.notes.iter().any(|note| note.contains("3 rows of 2 values")), "{:?}", detection.notes);
    let sink = MemorySink::default();
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((result.problem, result.counts.faults), (None, 0));
    assert_eq!(sink.table().rows["1"], ["1", "1234.50"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn null_is_no_record() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/whole" => Reply::text(200, "null\n"),
        _ => Reply::json(&json!({"data": null, "page": 1})),
    })
    .await;
    let draft = |path: &str| -> Definition {
        serde_json::from_value(json!({
            "tapwright": 1, "name": "test", "http": {"base_url": server.url},
            "streams": [{"name": "items", "request": {"path": path}}],
        }))
        .unwrap()
    };
    let config = ConfigValues::default();
    let first = first_request(&draft("/whole"), &config).await.unwrap();
    let problem = detect(draft("/whole"), &first, &PagerProbe::new(config), &|_| {}).await.unwrap_err();
    assert!(problem.message.contains("`null`"), "{problem:?}");
    let (definition, _) = run(&server.url, "/items").await;
    assert_eq!(definition.streams[0].records.path.as_deref(), Some("$.data[*]"));
    let (result, _) = read(&definition, &MemorySink::default()).await;
    assert_eq!((result.problem, result.counts.read), (None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_a_person_names_is_tried() {
    let server = Server::start(|request, _| {
        let from = request.query.get("geaendert_ab").cloned().unwrap_or_default();
        let all = (1..9).map(|id| json!({"id": id, "updated_at": format!("2026-01-{:02}T00:00:00Z", 10 + id)}));
        let items: Vec<Value> = all.filter(|one| one["updated_at"].as_str() >= Some(from.as_str())).collect();
        Reply::json(&json!({"items": items}))
    })
    .await;
    let (definition, detection) = run(&server.url, "/items").await;
    assert_eq!(detection.part(Part::Cursor).unwrap().best().unwrap().label, "none");
    let config = ConfigValues::default();
    let first = first_request(&definition, &config).await.unwrap();
    let probe = PagerProbe::new(config);
    let problem = try_filter(&definition, &first, "seit", &probe, &|_| {}).await.unwrap_err();
    assert_eq!(
        (problem.code.as_str(), problem.message.as_str()),
        ("filter_not_proved", "seit does not filter by updated_at.")
    );
    let found = try_filter(&definition, &first, "geaendert_ab", &probe, &|_| {}).await.unwrap();
    assert_eq!((found.label.as_str(), found.confidence), ("updated_at", Confidence::Proved));
}

/// Forty-five records, twenty a page, by the id of the last one: newest first or oldest first, with it or without.
fn by_last(request: &Request, (name, down, inclusive, text): (&str, bool, bool, bool)) -> Reply {
    let last = request.number(name);
    let mut ids: Vec<usize> = (1001..1046).collect();
    ids.retain(|id| match last {
        None => true,
        Some(last) if down => *id < last || (inclusive && *id == last),
        Some(last) => *id > last || (inclusive && *id == last),
    });
    if down {
        ids.reverse();
    }
    let record =
        |id: &usize| json!({"id": if text { json!(id.to_string()) } else { json!(id) }, "name": format!("n{id}")});
    Reply::json(&Value::from(ids.iter().take(20).map(record).collect::<Vec<_>>()))
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_go_on_behind_the_last_id_are_read_whole() {
    type Shape = (&'static str, bool, bool, bool);
    let shapes: [Shape; 5] = [
        ("max_id", true, false, true),
        ("max_id", true, true, false),
        ("before", true, false, true),
        ("since_id", false, false, false),
        ("fromId", false, true, false),
    ];
    for shape in shapes {
        let server = Server::start(move |request, _| by_last(request, shape)).await;
        let (definition, detection) = run(&server.url, "/items").await;
        let pages = detection.part(Part::Pages).unwrap().best().unwrap();
        assert_eq!(
            (pages.label.as_str(), pages.confidence),
            (format!("?{}=", shape.0).as_str(), Confidence::Proved),
            "{shape:?} {detection:?}"
        );
        assert!(detection.requests.len() <= 13, "{:?}", detection.requests);
        let sink = MemorySink::default();
        let (result, _) = read(&definition, &sink).await;
        assert_eq!((result.problem, result.outcome, sink.table().rows.len()), (None, Outcome::Done, 45), "{shape:?}");
    }
}
