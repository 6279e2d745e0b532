//! Every kind of paging against a server that really pages so.

use crate::server::{Reply, Request, Server};
use crate::support::{MemorySink, definition, read, records};
use engine::event::{Outcome, RunEvent};
use serde_json::{Value, json};

const SIZE: usize = 2;

/// The kinds, as definitions say them.
fn kinds() -> Vec<(&'static str, Value)> {
    let size = json!({"value": SIZE, "inject": {"query": "size"}});
    vec![
        ("page", json!({"type": "page", "inject": {"query": "page"}, "size": size})),
        ("page", json!({"type": "page", "inject": {"query": "page"}, "omit_first": true})),
        ("offset", json!({"type": "offset", "inject": {"query": "offset"}, "size": size})),
        ("offset", json!({"type": "offset", "inject": {"query": "offset"}, "size": size, "stop_on_short": false})),
        ("cursor", json!({"type": "cursor", "next": "$.meta.next", "inject": {"query": "after"}})),
        (
            "cursor",
            json!({"type": "cursor", "next": "{{ response.meta.next }}", "inject": {"query": "after"},
            "until": "{{ not response.meta.has_more }}"}),
        ),
        (
            "cursor",
            json!({"type": "cursor", "next": "{{ last_record.id + 1 }}", "inject": {"query": "after"},
            "until": "{{ not response.meta.has_more }}"}),
        ),
        ("next_url", json!({"type": "next_url", "next": "$.links.next"})),
        ("link_header", json!({"type": "link_header"})),
    ]
}

/// One page of `total` records, as the kind pages.
fn answer(kind: &str, request: &Request, total: usize, stuck: bool) -> Reply {
    let from = match kind {
        "page" => (request.number("page").unwrap_or(1) - 1) * SIZE,
        "offset" => request.number("offset").unwrap_or(0),
        _ => request.number("after").unwrap_or(0),
    };
    let from = if stuck { 0 } else { from.min(total) };
    let to = (from + SIZE).min(total);
    let more = to < total;
    let next = if stuck { SIZE } else { to };
    let mut body = json!({"items": records(from, to), "meta": {"has_more": more || stuck}, "links": {}});
    let mut links = String::new();
    if more || stuck {
        body["meta"]["next"] = json!(next);
        body["links"]["next"] = json!(format!("/items?after={next}&keep=a%2Cb"));
        links = format!("<?after={next}>; rel=\"next\", </items>; rel=first");
    }
    let reply = Reply::json(&body);
    if kind == "link_header" { reply.header("Link", &links) } else { reply }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_reads_all_records_once() {
    for (kind, paginate) in kinds() {
        for total in [0, 1, 4, 5] {
            let server = Server::start(move |request, _| answer(kind, request, total, false)).await;
            let definition = definition(&server.url, json!({}), json!({"paginate": paginate}));
            let sink = MemorySink::default();
            let (result, _) = read(&definition, &sink).await;
            assert_eq!(result.outcome, Outcome::Done, "{kind} {total}: {:?}", result.problem);
            assert_eq!(sink.ids(), (0..total as i64).collect::<Vec<_>>(), "{kind} {total}");
            let table = sink.table();
            assert_eq!((table.written, table.finished, table.limited), (total as u64, 1, 0), "{kind} {total}");
            assert_eq!(result.counts.read, total as u64);
            // What was asked for ahead and then not wanted may not have left.
            let ahead = if paginate["size"].is_object() { 3 } else { 0 };
            assert!(result.counts.requests.abs_diff(server.seen().len() as u64) <= ahead, "{kind} {total}");
            assert_eq!(table.state.unwrap().read, None);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_repeats_itself_is_found_out() {
    for (kind, paginate) in kinds() {
        let server = Server::start(move |request, _| answer(kind, request, 100, true)).await;
        let definition = definition(&server.url, json!({}), json!({"paginate": paginate}));
        let sink = MemorySink::default();
        let (result, _) = read(&definition, &sink).await;
        assert_eq!(result.outcome, Outcome::Partial, "{kind}");
        assert_eq!(result.problem.unwrap().code, "page_repeats", "{kind}");
        assert_eq!((sink.ids(), sink.table().limited), (vec![0, 1], 0), "{kind}: no limit, but a failure");
        assert!(server.seen().len() <= 3, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_429_in_the_middle_is_waited_for() {
    for (kind, paginate) in kinds() {
        let server = Server::start(move |request, nth| match nth {
            1 => Reply::text(429, "slow down").header("Retry-After", "0"),
            _ => answer(kind, request, 5, false),
        })
        .await;
        let definition = definition(&server.url, json!({}), json!({"paginate": paginate}));
        let sink = MemorySink::default();
        let (result, events) = read(&definition, &sink).await;
        assert_eq!(result.outcome, Outcome::Done, "{kind}: {:?}", result.problem);
        assert_eq!(sink.ids(), [0, 1, 2, 3, 4], "{kind}");
        assert_eq!(result.counts.retries, 1);
        let told = events.iter().filter(|event| matches!(event, RunEvent::Retry { rate_limited: true, .. })).count();
        assert_eq!(told, 1, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_query_of_a_next_link_is_taken_as_it_is() {
    let server = Server::start(|request, _| answer("next_url", request, 4, false)).await;
    let stream = json!({
        "request": {"path": "/items", "query": {"after": 0, "fixed": "x"}},
        "paginate": {"type": "next_url", "next": "$.links.next", "size": {"value": 2, "inject": {"query": "size"}}},
    });
    let (result, _) = read(&definition(&server.url, json!({}), stream), &MemorySink::default()).await;
    assert_eq!(result.outcome, Outcome::Done);
    let seen = server.seen();
    assert!(seen[0].head.starts_with("GET /items?after=0&fixed=x&size=2 "), "{}", seen[0].head);
    assert!(seen[1].head.starts_with("GET /items?after=2&keep=a%2Cb "), "{}", seen[1].head);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_goes_into_a_body_and_keeps_its_digits() {
    let server = Server::start(|request, _| {
        if request.body.contains("18446744073709551999") {
            return Reply::json(&json!({"data": {"items": records(2, 3), "next": null}}));
        }
        let items = serde_json::to_string(&records(0, 2)).unwrap();
        Reply::text(200, &format!("{{\"data\": {{\"next\": 18446744073709551999, \"items\": {items}}}}}"))
    })
    .await;
    let stream = json!({
        "request": {"method": "POST", "path": "/graphql", "body": {"json": {"query": "{ items }", "variables": {"n": 1}}}},
        "records": {"path": "$.data.items[*]"},
        "paginate": {"type": "cursor", "next": "$.data.next", "inject": {"body": "variables.after"}},
    });
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, json!({}), stream), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(sink.ids(), [0, 1, 2]);
    let seen = server.seen();
    assert_eq!(seen[0].body, r#"{"query":"{ items }","variables":{"n":1}}"#);
    assert_eq!(seen[1].body, r#"{"query":"{ items }","variables":{"n":1,"after":"18446744073709551999"}}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_end_a_read_and_keep_it_open() {
    let server = Server::start(|request, _| answer("page", request, 10, false)).await;
    let paginate = json!({"type": "page", "inject": {"query": "page"}});
    for (limits, records) in [(json!({"pages": 2}), 4), (json!({"records": 3}), 3), (json!({"total_bytes": 10}), 2)] {
        let definition = definition(&server.url, json!({"limits": limits}), json!({"paginate": paginate}));
        let sink = MemorySink::default();
        let (result, _) = read(&definition, &sink).await;
        assert_eq!(result.outcome, Outcome::Limited, "{limits}");
        assert_eq!(result.problem.unwrap().code, "limit_reached");
        assert_eq!(sink.ids().len(), records, "{limits}");
        let table = sink.table();
        assert!(result.state.read.is_some() && (table.finished, table.limited) == (0, 1), "{limits}");
    }
}
