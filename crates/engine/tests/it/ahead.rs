//! Pages fetched ahead, spans, feeds, and cursors that never go too far.

use crate::server::{Reply, Request, Server};
use crate::support::{Events, MemorySink, definition, options, plan, read, records};
use engine::capture::Capture;
use engine::event::{Outcome, RunEvent};
use engine::run::{RunOptions, read_stream};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Pages of ten of so many records, with a total where one is told.
fn page(request: &Request, all: usize, total: bool) -> Reply {
    let from = match request.number("offset") {
        Some(offset) => offset,
        None => (request.number("page").unwrap() - 1) * 10,
    };
    let mut page = json!({"items": records(from.min(all), (from + 10).min(all))});
    if total {
        page["total"] = json!(all);
    }
    Reply::json(&page)
}

fn paging(kind: &str, more: Value) -> Value {
    let place = if kind == "page" { "page" } else { "offset" };
    let mut paginate = json!({"type": kind, "inject": {"query": place}, "size": {"value": 10}});
    for (name, value) in more.as_object().unwrap() {
        paginate[name] = value.clone();
    }
    json!({"paginate": paginate})
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_come_in_order_and_few_are_asked_for_behind_the_end() {
    for kind in ["page", "offset"] {
        for (all, total) in [(95, true), (95, false), (100, true), (7, false), (7, true), (0, false), (12, false)] {
            let server = Server::start(move |request, _| {
                let mut reply = page(request, all, total);
                // Pages come back in another order than they were asked for.
                reply.delay = if request.number("page").or(request.number("offset")) == Some(2) { 20 } else { 0 };
                reply
            })
            .await;
            let sink = MemorySink::default();
            let (result, _) = read(&definition(&server.url, json!({}), paging(kind, json!({}))), &sink).await;
            assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
            assert_eq!(sink.ids(), (0..all as i64).collect::<Vec<_>>(), "{kind} {all} {total}");
            assert_eq!(result.counts.pages, (all / 10 + 1) as u64);
            let beyond = server.seen().len() - (all / 10 + 1);
            let most = if total { 0 } else { 3.min(all / 10) };
            assert!(beyond <= most, "{kind} {all} {total}: {beyond}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_on_the_way_at_once() {
    let (now, most) = (Arc::new(Mutex::new(0_i32)), Arc::new(Mutex::new(0_i32)));
    let (inside, peak) = (Arc::clone(&now), Arc::clone(&most));
    let server = Server::start(move |request, _| {
        // Counted when a request comes; taken off when the next page's answer has long been sent.
        let mut at_once = inside.lock().unwrap();
        *at_once += 1;
        let mut peak = peak.lock().unwrap();
        *peak = (*peak).max(*at_once);
        let inside = Arc::clone(&inside);
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(20));
            *inside.lock().unwrap() -= 1;
        });
        Reply { delay: 20, ..page(request, 200, true) }
    })
    .await;
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, json!({"concurrency": 3}), paging("page", json!({}))), &sink).await;
    assert_eq!((result.outcome, sink.ids().len()), (Outcome::Done, 200));
    let most = *most.lock().unwrap();
    assert!(most > 1, "{most}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_behind_the_end_is_no_fault() {
    let server = Server::start(|request, _| {
        if request.number("page").unwrap() > 4 { Reply::text(500, "no such page") } else { page(request, 33, false) }
    })
    .await;
    let sink = MemorySink::default();
    let (result, events) = read(&definition(&server.url, json!({}), paging("page", json!({}))), &sink).await;
    assert_eq!((result.outcome, sink.ids().len()), (Outcome::Done, 33), "{:?}", result.problem);
    assert!(!events.iter().any(|event| matches!(event, RunEvent::Retry { .. } | RunEvent::Fault { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_never_change_are_still_found() {
    let server = Server::start(|_, _| Reply::json(&json!({"items": records(0, 10)}))).await;
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, json!({}), paging("page", json!({}))), &sink).await;
    assert_eq!(result.problem.unwrap().code, "page_repeats");
    assert!(server.seen().len() <= 6, "{}", server.seen().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_for_a_page_that_was_asked_for_ahead_is_told_while_it_waits() {
    let events = Events::default();
    let (seen, told) = (events.clone(), Arc::new(AtomicBool::new(false)));
    let (tries, heard) = (Arc::new(Mutex::new(0)), Arc::clone(&told));
    let server = Server::start(move |request, _| {
        if request.number("page") == Some(4) {
            let mut tries = tries.lock().unwrap();
            *tries += 1;
            if *tries == 1 {
                return Reply::text(503, "busy");
            }
            // The page itself comes when it was told that it is waited for.
            for _ in 0..500 {
                if seen.all().iter().any(|event| matches!(event, RunEvent::Retry { .. })) {
                    heard.store(true, Ordering::SeqCst);
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
        page(request, 95, true)
    })
    .await;
    let definition = definition(&server.url, json!({}), paging("page", json!({})));
    let sink = MemorySink::default();
    let options = RunOptions { capture: None, ..options(&events, &Capture::default()) };
    let result = read_stream(plan(&definition), "items", Box::new(sink.clone()), options).await;
    assert_eq!((result.outcome, sink.ids().len()), (Outcome::Done, 95), "{:?}", result.problem);
    assert!(told.load(Ordering::SeqCst), "it is told when it happens");
}

fn item(id: usize, at: &str) -> Value {
    json!({"id": id, "name": "n", "at": at})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_span_that_was_read_is_not_read_again() {
    let down = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&down);
    let server = Server::start(move |request, _| {
        let since = request.query["since"].clone();
        if since == "2024-01-21" && state.load(Ordering::SeqCst) {
            return Reply::text(500, "down");
        }
        Reply::json(&json!({"items": [item(since[8..].parse().unwrap(), &since)]}))
    })
    .await;
    let incremental = json!({
        "cursor": "$.at", "formats": ["date"], "start": "2024-01-01", "end": "2024-02-04", "step": "P10D", "granularity": "P1D",
        "inject": {"start": {"query": "since"}, "end": {"query": "until"}},
    });
    let definition = definition(&server.url, json!({"concurrency": 1}), json!({"incremental": incremental}));
    let sink = MemorySink::default();
    let (first, _) = read(&definition, &sink).await;
    assert_eq!(first.outcome, Outcome::Partial);
    assert_eq!((sink.ids(), first.state.cursor.as_deref()), (vec![1, 11], Some("2024-01-11")));
    down.store(false, Ordering::SeqCst);
    let before = server.seen().len();
    let (second, _) = read(&definition, &sink).await;
    assert_eq!(second.outcome, Outcome::Done, "{:?}", second.problem);
    let mut sent: Vec<(String, String)> = server.seen()[before..]
        .iter()
        .map(|request| (request.query["since"].clone(), request.query["until"].clone()))
        .collect();
    // Spans are asked for side by side: which comes first is open.
    sent.sort();
    let pair = |since: &str, until: &str| (since.to_owned(), until.to_owned());
    assert_eq!(sent, [pair("2024-01-21", "2024-01-30"), pair("2024-01-31", "2024-02-04")]);
    assert_eq!((sink.ids(), second.state.cursor.as_deref()), (vec![1, 11, 21, 31], Some("2024-01-31")));
    assert_eq!(sink.table().written, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_stops_at_the_old_cursor_and_takes_what_is_newer_on_its_page() {
    let more = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&more);
    let server = Server::start(move |request, _| {
        let newest = if state.load(Ordering::SeqCst) { 43 } else { 40 };
        let from = request.number("after").unwrap_or(newest);
        let items: Vec<Value> =
            (from.saturating_sub(5) + 1..=from).rev().map(|id| json!({"id": id, "name": "n", "at": id})).collect();
        let next = if from > 5 { json!((from - 5).to_string()) } else { Value::Null };
        Reply::json(&json!({"items": items, "next": next}))
    })
    .await;
    let stream = json!({
        "paginate": {"type": "cursor", "next": "$.next", "inject": {"query": "after"}},
        "incremental": {"cursor": "$.at", "type": "integer", "data_feed": true},
    });
    let definition = definition(&server.url, json!({}), stream);
    let sink = MemorySink::default();
    let (first, _) = read(&definition, &sink).await;
    assert_eq!((first.outcome, first.counts.pages, first.state.cursor.as_deref()), (Outcome::Done, 8, Some("40")));
    more.store(true, Ordering::SeqCst);
    let (second, _) = read(&definition, &sink).await;
    assert_eq!((second.outcome, second.counts.pages), (Outcome::Done, 1), "{:?}", second.problem);
    assert_eq!((second.counts.new, second.state.cursor.as_deref()), (3, Some("43")));
    assert_eq!(sink.ids(), (1..=43).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_changes_on_a_page_that_was_read_is_not_lost() {
    // Sorted by id. While page 2 is read, 1 changes on page 1, and then 3 on page 2, which is met.
    let soon = |seconds: i64| {
        let at = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
        (at + seconds).to_string()
    };
    let changed = Arc::new(Mutex::new(None::<String>));
    let state = Arc::clone(&changed);
    let server = Server::start(move |request, _| {
        let since: i64 = request.query.get("since").and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut changed = state.lock().unwrap();
        if request.query.contains_key("after") && changed.is_none() {
            *changed = Some(soon(20));
        }
        let one = changed.clone().unwrap_or_else(|| "100".to_owned());
        let three = if changed.is_some() { soon(40) } else { "300".to_owned() };
        let all = [(1, one), (2, "200".to_owned()), (3, three)];
        let some = all.iter().filter(|(_, at)| at.parse::<i64>().unwrap() >= since);
        let items: Vec<Value> =
            some.map(|(id, at)| json!({"id": id, "name": at, "at": at.parse::<i64>().unwrap()})).collect();
        let (items, next) = match (request.number("after"), items.len()) {
            (Some(2), _) => (items[2..].to_vec(), Value::Null),
            (_, 3) => (items[..2].to_vec(), json!("2")),
            _ => (items, Value::Null),
        };
        Reply::json(&json!({"items": items, "next": next}))
    })
    .await;
    let stream = json!({
        "paginate": {"type": "cursor", "next": "$.next", "inject": {"query": "after"}},
        "incremental": {"cursor": "$.at", "formats": ["epoch"], "inject": {"start": {"query": "since"}}},
    });
    let definition = definition(&server.url, json!({}), stream);
    let sink = MemorySink::default();
    let (first, _) = read(&definition, &sink).await;
    assert_eq!(first.outcome, Outcome::Done, "{:?}", first.problem);
    assert_eq!(sink.table().rows["1"][1], "100");
    let (second, _) = read(&definition, &sink).await;
    assert_eq!(second.outcome, Outcome::Done);
    assert_eq!(Some(&sink.table().rows["1"][1]), changed.lock().unwrap().as_ref(), "the change was found");
}
