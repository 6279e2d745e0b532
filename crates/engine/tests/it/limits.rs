//! Rate limits kept and learned, and what rules make of answers, against servers that count.

use crate::server::{Reply, Request, Server};
use crate::support::{Events, MemorySink, definition, options, plan, read, records};
use definition::Definition;
use engine::capture::Capture;
use engine::event::{Outcome, RunEvent};
use engine::run::{StreamResult, read_stream};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// One record a page.
fn page(request: &Request, pages: usize) -> Reply {
    let page = request.number("page").unwrap_or(1);
    let items = if page <= pages { records(page, page + 1) } else { Vec::new() };
    Reply::json(&json!({"items": items}))
}

/// `count` streams of pages.
fn streams(base: &str, http: Value, count: usize) -> Definition {
    let paginate = json!({"type": "page", "inject": {"query": "page"}});
    let mut definition = definition(base, http, json!({"paginate": paginate}));
    let first = definition.streams[0].clone();
    definition.streams.clear();
    for nth in 0..count {
        let mut stream = first.clone();
        stream.name = format!("items{nth}");
        stream.request.query.insert("stream".into(), i64::try_from(nth).unwrap().into());
        definition.streams.push(stream);
    }
    definition
}

/// Reads all streams at once with one plan, as a sync does.
async fn all(definition: &Definition) -> (Vec<StreamResult>, Vec<RunEvent>) {
    let (plan, events, capture) = (plan(definition), Events::default(), Capture::default());
    let reads = definition.streams.iter().map(|stream| {
        let sink = Box::new(MemorySink::default());
        read_stream(plan.clone(), &stream.name, sink, options(&events, &capture))
    });
    let results = futures::future::join_all(reads).await;
    (results, events.all())
}

fn epoch_ms() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// A server that counts requests in windows of `per` milliseconds, tells what is left, and bans who asks for more.
async fn counting(limit: u64, per: u64, pages: usize, tell: bool) -> Server {
    let state = Mutex::new((0, 0, false));
    Server::start(move |request, _| {
        let now = epoch_ms();
        let mut state = state.lock().unwrap();
        if state.0 != now / per {
            *state = (now / per, 0, state.2);
        }
        state.1 += 1;
        state.2 |= state.1 > limit;
        if state.2 {
            return Reply::text(403, "banned: too many requests");
        }
        let reply = page(request, pages);
        if !tell {
            return reply;
        }
        reply
            .header("X-RateLimit-Limit", &limit.to_string())
            .header("X-RateLimit-Remaining", &(limit - state.1).to_string())
            .header("X-RateLimit-Reset", &((now / per + 1) * per).to_string())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_requests_never_meet_the_limit_that_the_server_tells() {
    let server = counting(30, 400, 49, true).await;
    let (results, _) = all(&streams(&server.url, json!({}), 4)).await;
    for result in results {
        assert_eq!((result.outcome, result.counts.read, result.counts.retries), (Outcome::Done, 49, 0), "{result:?}");
    }
    assert_eq!(server.seen().len(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_of_the_definition_are_kept_by_all_streams_together() {
    let server = counting(10, 250, 19, false).await;
    let limits = json!({"rate_limit": [{"requests": 5, "per": "250ms"}, {"requests": 100, "per": "1s"}]});
    let (results, _) = all(&streams(&server.url, limits, 3)).await;
    assert!(results.iter().all(|result| result.outcome == Outcome::Done), "{results:?}");
    assert_eq!(server.seen().len(), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_holds_every_stream_back() {
    let refused = Mutex::new(None::<u64>);
    let server = Server::start(move |request, nth| {
        let mut refused = refused.lock().unwrap();
        match *refused {
            None if nth == 6 => {
                *refused = Some(epoch_ms());
                Reply::text(429, "").header("Retry-After", "1")
            }
            Some(at) if epoch_ms() < at + 950 => Reply::text(403, "banned: it came in the pause"),
            _ => page(request, 5),
        }
    })
    .await;
    let (results, events) = all(&streams(&server.url, json!({"concurrency": 1}), 3)).await;
    assert!(results.iter().all(|result| result.outcome == Outcome::Done), "{results:?}");
    let told = |event: &&RunEvent| matches!(event, RunEvent::Retry { rate_limited: true, wait_ms: 1000, .. });
    assert_eq!(events.iter().filter(told).count(), 1, "{events:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_ends_at_once_when_the_run_is_cancelled() {
    let server = Server::start(|_, _| Reply::text(429, "").header("Retry-After", "200")).await;
    let definition = streams(&server.url, json!({}), 1);
    let (events, capture) = (Events::default(), Capture::default());
    let options = options(&events, &capture);
    let cancel = options.cancel.clone();
    let reading = tokio::spawn(read_stream(plan(&definition), "items0", Box::new(MemorySink::default()), options));
    while !events.all().iter().any(|event| matches!(event, RunEvent::Paused { .. })) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    cancel.cancel();
    assert_eq!(reading.await.unwrap().outcome, Outcome::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_is_too_long_ends_the_run_and_says_when_to_come_back() {
    for (name, value) in [("Retry-After", "3"), ("X-RateLimit-Reset", "3")] {
        let server = Server::start(move |_, _| Reply::text(429, "").header(name, value)).await;
        let (results, _) = all(&streams(&server.url, json!({"limits": {"wait": "2s"}}), 1)).await;
        let problem = results[0].problem.clone().unwrap();
        assert_eq!(problem.code, "rate_limited", "{problem:?}");
        assert!(problem.hint.unwrap().contains("Run it again"));
        assert_eq!(server.seen().len(), 1);
    }
    // What is used up for long is not even asked for.
    let server = Server::start(|request, _| {
        page(request, 5).header("RateLimit", "\"day\";r=0;t=80000").header("RateLimit-Policy", "\"day\";q=1;w=86400")
    })
    .await;
    let (results, _) = all(&streams(&server.url, json!({}), 1)).await;
    assert_eq!((results[0].outcome, results[0].counts.read), (Outcome::Partial, 1));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_see_status_body_and_headers_in_order() {
    let bad = || Reply::json(&json!({"status": "error", "items": []})).header("X-App-Status", "busy: 20 ms");
    let good = || Reply::json(&json!({"items": records(0, 2)}));
    let header = |then: &str, more: Value| {
        let mut rule = json!({"when": {"header": {"name": "x-app-status", "matches": "^busy"}}, "then": then});
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let wait = json!({"wait": {"header_regex": {"name": "X-App-Status", "pattern": "([0-9]+) (ms|s)"}}});
    for rules in [
        json!([header("retry", wait.clone())]),
        json!([header("rate_limited", wait)]),
        json!([{"when": {"header": {"name": "X-Other"}}, "then": "fail"}, header("retry", json!({}))]),
        json!([{"when": {"header": {"name": "X-App-Status", "equals": "busy"}}, "then": "fail"}, header("retry", json!({}))]),
        json!([{"when": {"expr": "{{ headers['x-app-status'] is defined }}"}, "then": "retry"}]),
        json!([{"when": {"status": [200], "expr": "{{ response.status == 'error' }}"}, "then": "retry"}]),
        json!([{"when": {"contains": "\"error\""}, "then": "retry", "wait": {"regex": "nothing"}}]),
    ] {
        let server = Server::start(move |_, nth| if nth == 0 { bad() } else { good() }).await;
        let http = json!({"responses": rules});
        let (result, _) = read(&definition(&server.url, http.clone(), json!({})), &MemorySink::default()).await;
        assert_eq!((result.outcome, result.counts.retries, result.counts.read), (Outcome::Done, 1, 2), "{http}");
    }
    let server = Server::start(move |_, _| bad()).await;
    let http = json!({"responses": [
        header("fail", json!({"message": "{{ headers['x-app-status'] }}"})),
        {"when": {"status": [200]}, "then": "ignore"}]});
    let (result, _) = read(&definition(&server.url, http, json!({})), &MemorySink::default()).await;
    let problem = result.problem.unwrap();
    assert!(problem.message.ends_with("says: busy: 20 ms"), "{problem:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn waits_are_read_in_every_form() {
    let soon = epoch_ms() + 60;
    let moment = jiff::Timestamp::from_millisecond(i64::try_from(soon).unwrap()).unwrap();
    let past = "Thu, 01 Jan 2026 00:00:00 GMT".to_owned();
    for (wait, value) in [
        (json!({"constant": "5ms"}), String::new()),
        (json!("exponential"), String::new()),
        (json!({"header": "X-Wait"}), "0.02".to_owned()),
        (json!({"header": "X-Wait"}), past.clone()),
        (json!({"header_time": "X-Wait"}), soon.to_string()),
        (json!({"header_time": "X-Wait"}), (soon / 1000).to_string()),
        (json!({"header_time": "X-Wait"}), moment.to_string()),
        (json!({"header_time": "X-Wait"}), past),
        (json!({"header_regex": {"name": "x-wait", "pattern": "in ([0-9.]+)"}}), "again in 0.01 s".to_owned()),
        (json!({"regex": "again in ([0-9]+)(ms)"}), String::new()),
    ] {
        let shown = format!("{wait} {value}");
        let server = Server::start(move |request, nth| match nth {
            0 => Reply::text(400, "again in 10ms").header("X-Wait", &value),
            _ => page(request, 1),
        })
        .await;
        let http = json!({"responses": [{"when": {"status": [400]}, "then": "rate_limited", "wait": wait}]});
        let (results, events) = all(&streams(&server.url, http, 1)).await;
        assert_eq!(results[0].outcome, Outcome::Done, "{shown}: {results:?}");
        let waits = events.iter().filter_map(|event| match event {
            RunEvent::Retry { wait_ms, .. } => Some(*wait_ms),
            _ => None,
        });
        assert!(waits.clone().count() == 1 && waits.max().unwrap() <= 1000, "{shown}: {events:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_for_a_turn_is_told() {
    let server = Server::start(|request, _| page(request, 1)).await;
    let (results, events) =
        all(&streams(&server.url, json!({"rate_limit": {"requests": 1, "per": "1100ms"}}), 1)).await;
    assert_eq!(results[0].outcome, Outcome::Done);
    let paused: Vec<_> = events.iter().filter(|event| matches!(event, RunEvent::Paused { .. })).collect();
    assert_eq!(paused.len(), 1, "{events:?}");
}
