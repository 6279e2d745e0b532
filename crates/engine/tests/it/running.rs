//! The loop itself: many pages, limits of a preview, cancelling, the check.

use crate::server::{Reply, Server};
use crate::support::{Events, MemorySink, definition, options, plan, read, records};
use engine::capture::Capture;
use engine::event::{Outcome, RunEvent};
use engine::run::{ReadLimits, check, read_stream};
use serde_json::{Value, json};

fn pages() -> Value {
    json!({"paginate": {"type": "page", "inject": {"query": "page"}, "size": {"value": 20}}})
}

fn twenty(page: usize, last: usize) -> Reply {
    let to = if page == last { page * 20 - 1 } else { page * 20 };
    Reply::json(&json!({"items": records((page - 1) * 20, to), "total": last * 20 - 1}))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_pages_come_whole_and_in_order() {
    let server = Server::start(|request, _| twenty(request.number("page").unwrap(), 200)).await;
    let sink = MemorySink::default();
    let (result, events) = read(&definition(&server.url, json!({}), pages()), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!((result.counts.pages, result.counts.read, result.counts.new), (200, 3999, 3999));
    assert_eq!(sink.ids().len(), 3999);
    assert_eq!(sink.table().most_in_a_batch, 20);
    let told: Vec<(u64, Option<u64>)> = events
        .iter()
        .filter_map(|event| if let RunEvent::Page { page, total, .. } = event { Some((*page, *total)) } else { None })
        .collect();
    assert_eq!(told, (1..=200).map(|page| (page, Some(3999))).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_takes_what_it_was_told_to() {
    let server = Server::start(|request, _| twenty(request.number("page").unwrap(), 50)).await;
    for (limits, records, outcome) in [
        (ReadLimits { pages: Some(2), records: None, bytes: None }, 40, Outcome::Limited),
        (ReadLimits { pages: None, records: Some(25), bytes: None }, 25, Outcome::Limited),
        (ReadLimits { pages: Some(99), records: Some(9999), bytes: None }, 999, Outcome::Done),
    ] {
        let (events, capture, sink) = (Events::default(), Capture::default(), MemorySink::default());
        let mut options = options(&events, &capture);
        options.limits = limits;
        let plan = plan(&definition(&server.url, json!({}), pages()));
        let result = read_stream(plan, "items", Box::new(sink.clone()), options).await;
        assert_eq!((result.outcome, sink.ids().len(), result.problem), (outcome, records, None), "{limits:?}");
        assert_eq!(result.state.read.is_some(), outcome == Outcome::Limited);
        assert!(capture.pages().iter().all(|page| page.response.status == 200 && page.records > 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_keeps_what_is_whole() {
    let server = Server::start(|request, _| {
        let page = request.number("page").unwrap();
        Reply { delay: if page == 3 { 60_000 } else { 0 }, ..twenty(page, 50) }
    })
    .await;
    let (events, capture, sink) = (Events::default(), Capture::default(), MemorySink::default());
    let options = options(&events, &capture);
    let cancel = options.cancel.clone();
    let plan = plan(&definition(&server.url, json!({}), pages()));
    let run = tokio::spawn(read_stream(plan, "items", Box::new(sink.clone()), options));
    while sink.ids().len() < 40 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    cancel.cancel();
    let result = run.await.unwrap();
    assert_eq!((result.outcome, result.problem), (Outcome::Cancelled, None));
    assert_eq!(result.state.read.unwrap().page, json!(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_proves_the_credentials() {
    let server = Server::start(|request, _| match (request.path.as_str(), request.headers.get("authorization")) {
        (_, None) => Reply::text(401, "no"),
        ("/me", _) => Reply::json(&json!({"user": {"email": "ä@acme.test"}})),
        _ => Reply::json(&json!({"items": []})),
    })
    .await;
    let auth = json!({"auth": {"type": "bearer", "token": "{{ config.key }}"}});
    let mut signed = definition(&server.url, auth, json!({}));
    assert_eq!(check(plan(&signed)).await, Ok(None));
    signed.check = serde_json::from_value(json!({"request": {"path": "/me"}, "identity": "$.user.email"})).unwrap();
    assert_eq!(check(plan(&signed)).await.unwrap().as_deref(), Some("ä@acme.test"));
    let bare = definition(&server.url, json!({}), json!({}));
    assert_eq!(check(plan(&bare)).await.unwrap_err().code, "auth_rejected");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_stream_is_told() {
    let (events, capture) = (Events::default(), Capture::default());
    let plan = plan(&definition("http://127.0.0.1:9", json!({}), json!({})));
    let result = read_stream(plan, "nothing", Box::new(MemorySink::default()), options(&events, &capture)).await;
    assert_eq!(result.problem.unwrap().code, "unknown_stream");
}
