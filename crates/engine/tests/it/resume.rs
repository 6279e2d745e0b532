//! A read that was cut off goes on, and ends as if nothing had happened.

use crate::server::{Reply, Server};
use crate::support::{MemorySink, definition, read, records};
use engine::event::{Outcome, RunEvent};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn page(from: usize) -> Reply {
    let next = if from + 2 < 10 { json!((from + 2).to_string()) } else { Value::Null };
    Reply::json(&json!({"items": records(from, from + 2), "next": next}))
}

fn cursor() -> Value {
    json!({"paginate": {"type": "cursor", "next": "$.next", "inject": {"query": "after"}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_off_read_goes_on_where_it_stopped() {
    let broken = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&broken);
    let server = Server::start(move |request, _| match request.number("after").unwrap_or(0) {
        4 if state.load(Ordering::SeqCst) => Reply::text(500, "down"),
        from => page(from),
    })
    .await;
    let (quiet, sink) = (MemorySink::default(), MemorySink::default());
    let definition = definition(&server.url, json!({}), cursor());
    let (first, _) = read(&definition, &sink).await;
    assert_eq!(first.outcome, Outcome::Partial);
    assert_eq!((sink.ids(), first.counts.pages), (vec![0, 1, 2, 3], 2));
    let open = first.state.read.clone().unwrap();
    assert_eq!((open.page, open.pages, open.records), (json!("4"), 2, 4));
    broken.store(false, Ordering::SeqCst);
    let (second, events) = read(&definition, &sink).await;
    assert_eq!(second.outcome, Outcome::Done);
    assert!(matches!(&events[0], RunEvent::StreamStarted { resumed: true, .. }));
    assert_eq!(second.counts.requests, 3);
    let _ = read(&definition, &quiet).await;
    let (table, calm) = (sink.table(), quiet.table());
    assert_eq!(table.rows, calm.rows);
    assert_eq!(table.written, 10, "nothing twice");
    assert_eq!(table.state, calm.state);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_the_server_forgot_makes_the_read_begin_anew() {
    let (sink, broken) = (MemorySink::default(), Arc::new(AtomicBool::new(true)));
    let state = Arc::clone(&broken);
    let server = Server::start(move |request, _| match request.number("after").unwrap_or(0) {
        4 if state.swap(false, Ordering::SeqCst) => Reply::text(400, "unknown cursor"),
        from => page(from),
    })
    .await;
    let definition = definition(&server.url, json!({}), cursor());
    let (first, _) = read(&definition, &sink).await;
    assert_eq!(first.outcome, Outcome::Partial);
    broken.store(true, Ordering::SeqCst);
    let (second, events) = read(&definition, &sink).await;
    // The first request of the second run is refused; page 4 then works, since the server refuses once.
    assert_eq!(second.outcome, Outcome::Done, "{:?}", second.problem);
    assert!(events.iter().any(|event| matches!(event, RunEvent::Log { message, .. } if message.contains("anew"))));
    assert_eq!(sink.ids(), (0..10).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_request_or_a_full_read_does_not_go_on() {
    let server = Server::start(|request, _| match request.number("after").unwrap_or(0) {
        4 if request.query.contains_key("fail") => Reply::text(500, ""),
        from => page(from),
    })
    .await;
    let stream = |query: Value| {
        let mut stream = cursor();
        stream["request"] = json!({"path": "/items", "query": query});
        definition(&server.url, json!({}), stream)
    };
    let sink = MemorySink::default();
    let (first, _) = read(&stream(json!({"fail": 1})), &sink).await;
    assert!(first.state.read.is_some());
    let (second, events) = read(&stream(json!({})), &sink).await;
    assert!(matches!(&events[0], RunEvent::StreamStarted { resumed: false, .. }));
    assert_eq!((second.outcome, second.counts.requests), (Outcome::Done, 5));
}
