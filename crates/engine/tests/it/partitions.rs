//! Streams that are read in parts.

use crate::server::{Reply, Request, Server};
use crate::support::{Events, MemorySink, options, plan, read};
use definition::Definition;
use engine::capture::Capture;
use engine::event::Outcome;
use engine::run::{PartPick, ReadLimits, RunOptions, StreamResult, read_stream};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A definition of `items`, whose key is its text `id`, and others.
fn partitioned(base: &str, mut items: Value, others: Value) -> Definition {
    let defaults = json!({
        "name": "items",
        "request": {"path": "/items"},
        "key": ["id"],
        "fields": [{"name": "id", "from": "$.id", "type": "string"}, {"name": "of", "template": "{{ partition.p | default('') }}"}],
    });
    for (name, value) in defaults.as_object().unwrap() {
        items.as_object_mut().unwrap().entry(name.clone()).or_insert_with(|| value.clone());
    }
    let mut streams = vec![items];
    streams.extend(others.as_array().unwrap().clone());
    let retry = json!({"max_attempts": 3, "backoff": {"type": "constant", "wait": "1ms"}});
    serde_json::from_value(json!({
        "tapwright": 1, "name": "test",
        "config": [{"name": "key", "type": "secret"}],
        "http": {"base_url": base, "retry": retry},
        "streams": streams,
    }))
    .unwrap()
}

fn ids(sink: &MemorySink) -> Vec<String> {
    sink.table().rows.keys().cloned().collect()
}

fn paths(server: &Server) -> Vec<String> {
    server.seen().iter().map(|request| request.path.clone()).collect()
}

fn one(id: &str) -> Reply {
    Reply::json(&json!([{"id": id}]))
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_multiply_and_go_where_they_are_told() {
    let server = Server::start(|request, _| {
        let header = request.headers.get("x-kind").cloned().unwrap_or_default();
        one(&format!("{}-{}-{}", request.query["p"], header, request.path.trim_start_matches("/items/")))
    })
    .await;
    let items = json!({
        "partitions": [
            {"type": "list", "values": ["a", 2], "as": "p", "inject": {"query": "p"}},
            {"type": "list", "from": "{{ ['x', 'y'] }}", "as": "kind", "inject": {"header": "X-Kind"}},
        ],
        "request": {"path": "/items/{{ partition.p }}{{ partition.kind }}{{ stream.name }}"},
    });
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, items, json!([])), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(ids(&sink), ["2-x-2xitems", "2-y-2yitems", "a-x-axitems", "a-y-ayitems"]);
    assert_eq!(sink.table().rows["a-x-axitems"][1], "a");
    assert_eq!(result.counts.pages, 4);
    assert!(result.state.read.is_none() && result.state.partitions.is_empty());
}

/// Reads the part that is typed, as a preview does.
async fn only(definition: &Definition, typed: &[(&str, &str)]) -> (StreamResult, Capture, Vec<String>) {
    let (capture, sink) = (Capture::default(), MemorySink::default());
    let part = PartPick::typed(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let limits = ReadLimits { pages: Some(50), records: Some(1_000), bytes: None };
    let options = RunOptions { limits, part, ..options(&Events::default(), &capture) };
    let result = read_stream(plan(definition), "items", Box::new(sink.clone()), options).await;
    (result, capture, ids(&sink))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_part_is_read_alone() {
    let server = Server::start(|request, _| one(&format!("{}{}", request.query["p"], request.query["from"]))).await;
    let items = json!({
        "partitions": [
            {"type": "list", "values": ["a", "b", 3], "as": "p", "inject": {"query": "p"}},
            {"type": "window", "as": "w", "start": "2024-01-01", "end": "2024-01-20", "step": "P10D", "granularity": "P1D"},
        ],
        "request": {"path": "/items", "query": {"from": "{{ partition.w.start }}"}},
    });
    let definition = partitioned(&server.url, items, json!([]));
    for (typed, expected) in [
        (&[("p", "b"), ("w", "2024-01-15")][..], &["b2024-01-11"][..]),
        (&[("p", "3"), ("w", "2024-01-01")], &["32024-01-01"]),
        (&[("p", "a")], &["a2024-01-01", "a2024-01-11"]),
    ] {
        let (result, _, ids) = only(&definition, typed).await;
        assert_eq!(
            (result.outcome, ids.iter().map(String::as_str).collect::<Vec<_>>()),
            (Outcome::Done, expected.to_vec()),
            "{typed:?}"
        );
    }
    let asked = server.seen().len();
    assert_eq!(asked, 4, "nothing else is asked for");
    for typed in [&[("p", "z")][..], &[("none", "a")]] {
        let problem = only(&definition, typed).await.0.problem.expect("a problem");
        assert_eq!(problem.code, "no_partition", "{problem:?}");
    }
    let problem = only(&definition, &[("p", "z")]).await.0.problem.expect("a problem");
    assert!(problem.hint.as_deref().is_some_and(|hint| hint.contains("p=a, p=b, p=3")), "{problem:?}");
    assert_eq!(server.seen().len(), asked);
    let whole = partitioned(&server.url, json!({}), json!([]));
    assert_eq!(
        only(&whole, &[("p", "a")]).await.0.problem.map(|problem| problem.code),
        Some("no_partition".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_parent_is_read_without_its_parent_where_nothing_else_of_it_is_used() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/parents" => Reply::json(&json!([{"id": 1, "name": "x"}, {"id": 2, "name": "y"}, {"id": 3, "name": "z"}])),
        path => one(path.trim_start_matches("/items/")),
    })
    .await;
    let parents = json!([{"name": "parents", "request": {"path": "/parents"}}]);
    let child = |fields: Value| {
        let path = if fields == json!([]) { "/items/{{ partition.p }}" } else { "/items/{{ partition.parent.name }}" };
        let parent = json!({"type": "parent", "stream": "parents", "value": "$.id", "as": "p", "fields": fields});
        partitioned(&server.url, json!({"partitions": [parent], "request": {"path": path}}), parents.clone())
    };
    let (result, capture, ids) = only(&child(json!([])), &[("p", "2")]).await;
    assert_eq!((result.outcome, ids), (Outcome::Done, vec!["2".to_owned()]), "{:?}", result.problem);
    assert_eq!(paths(&server), ["/items/2"]);
    assert_eq!((capture.parts(), capture.asides().len()), (vec![r#"{"p":2}"#.to_owned()], 0));
    // What is used of the parent has to be read.
    let (result, capture, ids) = only(&child(json!(["name"])), &[("p", "2")]).await;
    assert_eq!((result.outcome, ids), (Outcome::Done, vec!["y".to_owned()]), "{:?}", result.problem);
    let asides = capture.asides();
    assert_eq!((asides.len(), asides[0].what.as_str(), asides[0].stream.as_deref()), (1, "parent", Some("parents")));
    assert_eq!(asides[0].response.as_ref().map(|response| response.status), Some(200));
    assert!(asides[0].body.contains("\"name\":\"y\""), "{}", asides[0].body);
    let (_, capture, _) = only(&child(json!([])), &[]).await;
    assert_eq!(capture.parts().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_on_bytes_ends_a_read_behind_a_page() {
    let server = Server::start(|request, _| one(&request.query["p"])).await;
    let items =
        json!({"partitions": [{"type": "list", "values": ["a", "b", "c"], "as": "p", "inject": {"query": "p"}}]});
    let limits = ReadLimits { bytes: Some(1), ..ReadLimits::default() };
    let (capture, sink) = (Capture::default(), MemorySink::default());
    let options = RunOptions { limits, ..options(&Events::default(), &capture) };
    let definition = partitioned(&server.url, items, json!([]));
    let result = read_stream(plan(&definition), "items", Box::new(sink.clone()), options).await;
    assert_eq!((result.outcome, ids(&sink)), (Outcome::Limited, vec!["a".to_owned()]));
    assert_eq!((capture.pages().len(), server.seen().len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_follow_each_other() {
    let server = Server::start(|request, _| one(&format!("{}..{}", request.query["from"], request.query["to"]))).await;
    let items = json!({
        "partitions": [{"type": "window", "as": "w", "start": "2024-01-01", "end": "2024-01-20", "step": "P10D", "granularity": "P1D"}],
        "request": {"path": "/items", "query": {"from": "{{ partition.w.start }}", "to": "{{ partition.w.end }}"}},
    });
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, items, json!([])), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(ids(&sink), ["2024-01-01..2024-01-10", "2024-01-11..2024-01-20"]);
}

/// Projects on pages of two; `/projects/N/issues` gives two issues on two pages.
fn tree(request: &Request, projects: usize) -> Reply {
    let page = request.number("page").unwrap_or(1);
    if request.path == "/projects" {
        let some = (2 * (page - 1)..2 * page).filter(|id| *id < projects);
        let some: Vec<Value> = some
            .map(|id| json!({"id": id, "name": format!("p{id}"), "open": id != 1, "tags": ["t", format!("t{id}")]}))
            .collect();
        return Reply::json(&json!(some));
    }
    let parts: Vec<&str> = request.path.split('/').collect();
    let ids = if page <= 2 { vec![json!({"id": format!("{}-{page}", parts[2])})] } else { Vec::new() };
    Reply::json(&json!(ids))
}

fn projects() -> Value {
    json!({
        "name": "projects", "request": {"path": "/projects"}, "records": {"filter": "{{ record.open }}"},
        "paginate": {"type": "page", "inject": {"query": "page"}, "size": {"value": 2}},
        "fields": [{"name": "title", "from": "$.name", "type": "string", "transform": ["upper"]}],
    })
}

fn of_projects() -> Value {
    json!({
        "partitions": [{"type": "parent", "stream": "projects", "value": "$.id", "as": "p", "fields": ["title", "open"]}],
        "request": {"path": "/projects/{{ partition.p }}/issues"},
        "paginate": {"type": "page", "inject": {"query": "page"}},
        "fields": [
            {"name": "id", "from": "$.id", "type": "string"},
            {"name": "of", "template": "{{ partition.p }}:{{ partition.parent.title }}:{{ partition.parent.open }}", "type": "string"},
        ],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_record_of_a_parent_is_a_part() {
    let server = Server::start(|request, _| tree(request, 5)).await;
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, of_projects(), json!([projects()])), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(ids(&sink), ["0-1", "0-2", "2-1", "2-2", "3-1", "3-2", "4-1", "4-2"], "the parent's filter counts");
    assert_eq!(sink.table().rows["2-1"][1], "2:P2:true");
    // In the parents' order, whatever came first.
    let paths = paths(&server);
    // Three pages, and ahead of them no more than full ones came before: two.
    assert!((3..=5).contains(&paths.iter().filter(|path| *path == "/projects").count()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_comes_again_is_read_once() {
    let server = Server::start(|request, _| tree(request, 4)).await;
    let mut items = of_projects();
    items["partitions"] = json!([{"type": "parent", "stream": "projects", "value": "$.tags[*]", "as": "p"}]);
    items["fields"] = json!([{"name": "id", "from": "$.id", "type": "string"}]);
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, items, json!([projects()])), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(ids(&sink), ["t-1", "t-2", "t0-1", "t0-2", "t2-1", "t2-2", "t3-1", "t3-2"]);
    assert_eq!(result.counts.read, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn parents_of_parents_hand_down_what_is_asked_for() {
    let server = Server::start(|request, _| {
        let parts: Vec<&str> = request.path.split('/').collect();
        match parts.as_slice() {
            ["", "a"] => Reply::json(&json!([{"id": 1}, {"id": 2}])),
            // The same ids below each.
            ["", "a", _, "b"] => Reply::json(&json!([{"id": 7}, {"id": 8}])),
            ["", "a", a, "b", b, "c"] => one(&format!("{a}/{b}")),
            _ => Reply::text(404, "no"),
        }
    })
    .await;
    let items = json!({
        "partitions": [{"type": "parent", "stream": "b", "value": "$.id", "as": "p"}],
        "request": {"path": "/a/{{ partition.a }}/b/{{ partition.p }}/c"},
    });
    let b = json!({"name": "b", "request": {"path": "/a/{{ partition.a }}/b"},
        "partitions": [{"type": "parent", "stream": "a", "value": "$.id", "as": "a"}]});
    let a = json!({"name": "a", "request": {"path": "/a"}});
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, items, json!([b, a])), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(ids(&sink), ["1/7", "1/8", "2/7", "2/8"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_without_a_single_part_ends_well() {
    let server = Server::start(|_, _| Reply::json(&json!([]))).await;
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, of_projects(), json!([projects()])), &sink).await;
    assert_eq!((result.outcome, result.counts.read), (Outcome::Done, 0), "{:?}", result.problem);
    assert_eq!(sink.table().finished, 1);
    assert!(sink.table().state.unwrap().read.is_none());
}

/// Projects with a moment of change; each has one issue that changed then.
type World = Arc<Mutex<BTreeMap<u32, &'static str>>>;

fn changing(world: &World, request: &Request) -> Reply {
    let world = world.lock().unwrap();
    if request.path == "/projects" {
        let since = request.query.get("since").cloned().unwrap_or_default();
        let some = world.iter().filter(|(_, at)| **at >= since.as_str());
        let some: Vec<Value> = some.map(|(id, at)| json!({"id": id, "at": at, "open": true})).collect();
        return Reply::json(&json!(some));
    }
    let id: u32 = request.path.split('/').nth(2).unwrap().parse().unwrap();
    Reply::json(&json!([{"id": format!("{id}"), "at": world[&id]}]))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_parents_that_changed_are_read_again() {
    for inject in [json!({}), json!({"start": {"query": "since"}})] {
        let world: World = Arc::default();
        *world.lock().unwrap() = [(1, "2024-01-01T00:00:00Z"), (2, "2024-01-02T00:00:00Z")].into();
        let seen = Arc::clone(&world);
        let server = Server::start(move |request, _| changing(&seen, request)).await;
        let items = json!({
            "partitions": [{"type": "parent", "stream": "projects", "value": "$.id", "as": "p", "incremental": true}],
            "request": {"path": "/projects/{{ partition.p }}/issues"},
        });
        let parent = json!({"name": "projects", "request": {"path": "/projects"}, "incremental": {"cursor": "$.at", "inject": inject}});
        let definition = partitioned(&server.url, items, json!([parent]));
        let sink = MemorySink::default();
        let mut before = 0;
        let mut children = async || {
            let (result, _) = read(&definition, &sink).await;
            assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
            let all = paths(&server);
            let mut new: Vec<String> = all[before..].iter().filter(|path| path.contains("issues")).cloned().collect();
            new.sort();
            before = all.len();
            new
        };
        assert_eq!(children().await.len(), 2);
        assert_eq!(children().await, Vec::<String>::new(), "nothing changed");
        world.lock().unwrap().insert(1, "2024-01-03T00:00:00Z");
        world.lock().unwrap().insert(3, "2024-01-04T00:00:00Z");
        assert_eq!(children().await, ["/projects/1/issues", "/projects/3/issues"]);
        assert_eq!(children().await, Vec::<String>::new());
        assert_eq!(ids(&sink), ["1", "2", "3"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_part_has_its_own_cursor() {
    let server = Server::start(|request, _| {
        let day = if request.query["p"] == "a" { "2024-03-01" } else { "2024-05-01" };
        Reply::json(&json!([{"id": request.query["p"], "at": day}]))
    })
    .await;
    let items = |values: Value| {
        json!({
            "partitions": [{"type": "list", "values": values, "as": "p", "inject": {"query": "p"}}],
            "incremental": {"cursor": "$.at", "formats": ["date"], "start": "2024-01-01", "inject": {"start": {"query": "since"}}},
        })
    };
    let sink = MemorySink::default();
    let two = partitioned(&server.url, items(json!(["a", "b"])), json!([]));
    let (first, _) = read(&two, &sink).await;
    assert_eq!(first.state.partitions[r#"{"p":"a"}"#].cursor.as_deref(), Some("2024-03-01"));
    let (second, _) = read(&two, &sink).await;
    assert_eq!(second.outcome, Outcome::Done);
    let three = partitioned(&server.url, items(json!(["b", "c"])), json!([]));
    let (third, _) = read(&three, &sink).await;
    let mut sent: Vec<(String, String)> =
        server.seen().iter().map(|request| (request.query["p"].clone(), request.query["since"].clone())).collect();
    let pair = |p: &str, since: &str| (p.to_owned(), since.to_owned());
    for half in [0..2, 2..4, 4..6] {
        sent[half].sort();
    }
    assert_eq!(
        sent,
        [
            pair("a", "2024-01-01"),
            pair("b", "2024-01-01"),
            pair("a", "2024-03-01"),
            pair("b", "2024-05-01"),
            pair("b", "2024-05-01"),
            pair("c", "2024-01-01"),
        ]
    );
    // What is no part any more is forgotten.
    assert_eq!(third.state.partitions.keys().collect::<Vec<_>>(), [r#"{"p":"b"}"#, r#"{"p":"c"}"#]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_was_cut_off_goes_on_and_the_others_are_not_read_again() {
    let down = Arc::new(AtomicUsize::new(1));
    let state = Arc::clone(&down);
    let server = Server::start(move |request, _| {
        if state.load(Ordering::SeqCst) == 1
            && request.path == "/projects/2/issues"
            && request.number("page") == Some(2)
        {
            return Reply::text(500, "down");
        }
        tree(request, 5)
    })
    .await;
    let sink = MemorySink::default();
    let definition = partitioned(&server.url, of_projects(), json!([projects()]));
    let (first, _) = read(&definition, &sink).await;
    assert_eq!(first.outcome, Outcome::Partial);
    assert_eq!(ids(&sink), ["0-1", "0-2", "2-1"]);
    down.store(0, Ordering::SeqCst);
    let before = server.seen().len();
    let (second, _) = read(&definition, &sink).await;
    assert_eq!(second.outcome, Outcome::Done, "{:?}", second.problem);
    assert_eq!(ids(&sink).len(), 8);
    assert_eq!(sink.table().written, 8, "nothing twice");
    let again = server.seen()[before..].iter().filter(|request| request.path == "/projects/0/issues").count();
    assert_eq!(again, 0);
    assert!(sink.table().state.unwrap().partitions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_are_fetched_at_once_and_written_in_order_together() {
    let server = Server::start(|request, _| {
        // The first is slow: the others wait for their turn, and go with it.
        let mut reply = one(&request.query["p"]);
        reply.delay = if request.query["p"] == "0" { 1000 } else { 0 };
        reply
    })
    .await;
    let values: Vec<i32> = (0..8).collect();
    let items = json!({"partitions": [{"type": "list", "values": values, "as": "p", "inject": {"query": "p"}}]});
    let sink = MemorySink::default();
    let (result, _) = read(&partitioned(&server.url, items, json!([])), &sink).await;
    assert_eq!((result.outcome, result.counts.pages, result.counts.read), (Outcome::Done, 8, 8));
    assert_eq!(ids(&sink).len(), 8);
    assert!(sink.table().most_together > 1, "small parts share a transaction");
    assert_ne!(server.seen().last().unwrap().query["p"], "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_reads_no_more_parts_than_it_needs() {
    let server = Server::start(|request, _| tree(request, 5)).await;
    let (events, capture) = (Events::default(), Capture::default());
    let mut options = options(&events, &capture);
    options.limits.pages = Some(1);
    let sink = MemorySink::default();
    let definition = partitioned(&server.url, of_projects(), json!([projects()]));
    let result = read_stream(plan(&definition), "items", Box::new(sink.clone()), options).await;
    assert_eq!((result.outcome, result.counts.pages), (Outcome::Limited, 1));
    let issues = paths(&server).iter().filter(|path| path.contains("issues")).count();
    assert!(issues <= 2, "{issues}");
    assert_eq!(capture.pages()[0].partition.as_ref().unwrap()["p"], 0);
}
