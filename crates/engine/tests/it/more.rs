//! Lists that fit one page today, and answers that say that there is more: nothing is lost in silence.

use crate::server::{Reply, Request, Server};
use crate::support::{MemorySink, definition, read};
use definition::Definition;
use engine::config::ConfigValues;
use engine::detect::{Confidence, Detection, PagerProbe, Part, detect, first_request};
use engine::event::{Outcome, RunEvent};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

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

fn some(from: usize, to: usize, all: usize) -> Vec<Value> {
    (from.min(all)..to.min(all)).map(|n| json!({"id": 100 + n, "name": format!("n{n}")})).collect()
}

/// What `has_more` and the last id page, as some do that take money.
fn by_last_id(request: &Request, all: usize) -> Reply {
    if request.query.keys().any(|name| name != "starting_after") {
        return Reply::text(400, "{\"error\":{\"message\":\"Received unknown parameter\"}}");
    }
    let from = request.number("starting_after").map_or(0, |id| id - 99);
    Reply::json(&json!({"object": "list", "has_more": from + 50 < all, "data": some(from, from + 50, all)}))
}

/// What a token pages that is there only where there is more.
fn by_token(request: &Request, all: usize) -> Reply {
    let from = request.number("after").unwrap_or(0);
    let size = request.number("limit").unwrap_or(50);
    let mut body = json!({"results": some(from, from + size, all)});
    if from + size < all {
        body["paging"] = json!({"next": {"after": (from + size).to_string()}});
    }
    Reply::json(&body)
}

fn by_next_null(request: &Request, all: usize) -> Reply {
    let from = request.number("page_token").unwrap_or(0);
    let size = request.number("limit").unwrap_or(50);
    let next = (from + size < all).then(|| (from + size).to_string());
    Reply::json(&json!({"items": some(from, from + size, all), "next_cursor": next}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_fits_one_page_is_read_when_it_grows() {
    type Handler = fn(&Request, usize) -> Reply;
    for (name, handler, label) in [
        ("last id", by_last_id as Handler, "?starting_after="),
        ("token", by_token, "?after="),
        ("null token", by_next_null, "?page_token="),
    ] {
        let all = Arc::new(AtomicUsize::new(7));
        let now = Arc::clone(&all);
        let server = Server::start(move |request, _| handler(request, now.load(Ordering::Relaxed))).await;
        let (definition, detection) = run(&server.url, "/items").await;
        let best = detection.part(Part::Pages).unwrap().best().unwrap();
        assert!(best.label == label && best.confidence >= Confidence::Likely, "{name}: {detection:?}");
        assert!(server.seen().len() <= 13, "{name}: {:?}", detection.requests);
        let size = serde_json::to_string(&definition.streams[0]).unwrap();
        assert!(!size.contains("limit"), "{name}: {size}");
        all.store(120, Ordering::Relaxed);
        let sink = MemorySink::default();
        let (result, _) = read(&definition, &sink).await;
        assert_eq!((sink.table().rows.len(), result.problem), (120, None), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_says_that_there_is_more_and_nothing_else_is_not_likely_one_page() {
    let server = Server::start(|_, _| Reply::json(&json!({"items": some(0, 7, 7), "hasMore": false}))).await;
    let (_, detection) = run(&server.url, "/items").await;
    let best = detection.part(Part::Pages).unwrap().best().unwrap();
    assert_eq!((best.label.as_str(), best.confidence), ("one page", Confidence::Unsure), "{best:?}");
    assert!(best.evidence.contains("`hasMore` says that there is no more now"), "{best:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_of_one_page_says_that_there_is_more() {
    for (body, link, seen) in [
        (json!({"items": some(0, 3, 9), "has_more": true}), "", Some("`has_more` is true")),
        (json!({"items": some(0, 3, 9), "paging": {"next": {"after": "x"}}}), "", Some("`paging.next.after` holds")),
        (json!({"items": some(0, 3, 9), "total_count": 9}), "", Some("9 records in all, and 3 came")),
        (json!({"items": some(0, 3, 9)}), "</items?page=2>; rel=\"next\"", Some("`Link`")),
        (json!({"items": some(0, 3, 9), "has_more": false, "next": null, "total_count": 3}), "", None),
    ] {
        let answer = body.clone();
        let server = Server::start(move |_, _| {
            let reply = Reply::json(&answer);
            if link.is_empty() { reply } else { reply.header("Link", link) }
        })
        .await;
        for partitions in [json!([]), json!([{"type": "list", "as": "p", "values": ["a", "b", "c"]}])] {
            let sink = MemorySink::default();
            let definition = definition(&server.url, json!({}), json!({"partitions": partitions}));
            let (result, events) = read(&definition, &sink).await;
            assert_eq!((result.outcome, sink.table().rows.len()), (Outcome::Done, 3), "{body}");
            let message = result.problem.as_ref().map(|problem| problem.message.clone()).unwrap_or_default();
            assert_eq!(result.problem.is_some(), seen.is_some(), "{body}: {message}");
            let lines = events.iter().filter(|event| matches!(event, RunEvent::Log { .. })).count();
            assert_eq!(lines, usize::from(seen.is_some()), "{body}");
            assert!(message.contains(seen.unwrap_or_default()), "{body}: {message}");
            let field = result.problem.and_then(|problem| problem.field);
            assert_eq!(field.as_deref(), seen.map(|_| "streams[0].paginate"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_page_in_the_middle_is_told_and_deletes_nothing() {
    let ill = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&ill);
    let server = Server::start(move |request, _| {
        let page = request.number("page").unwrap_or(1);
        let empty = page == now.load(Ordering::Relaxed);
        let items = if empty { Vec::new() } else { some((page - 1) * 10, page * 10, 35) };
        Reply::json(&json!({"items": items, "total": 35}))
    })
    .await;
    let paginate = json!({"type": "page", "inject": {"query": "page"}});
    let stream = json!({"paginate": paginate, "key": ["id"], "deletions": "mark"});
    let sink = MemorySink::default();
    let definition = definition(&server.url, json!({}), stream);
    let (whole, _) = read(&definition, &sink).await;
    assert_eq!((sink.table().rows.len(), whole.problem), (35, None));
    ill.store(3, Ordering::Relaxed);
    let (short, events) = read(&definition, &sink).await;
    let problem = short.problem.unwrap();
    assert_eq!((problem.code.as_str(), short.counts.deleted, sink.table().rows.len()), ("fewer_than_told", 0, 35));
    assert!(problem.message.contains("35 records, and 20 came"), "{problem:?}");
    assert_eq!(events.iter().filter(|event| matches!(event, RunEvent::Log { .. })).count(), 1);
    ill.store(0, Ordering::Relaxed);
    assert_eq!(read(&definition, &sink).await.0.problem, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_next_link_may_be_relative_to_its_own_address() {
    let server = Server::start(|request, _| {
        let from = request.number("$skip").unwrap_or(0);
        let mut body = json!({"@odata.context": "$metadata#Orders", "value": some(from, from + 20, 53)});
        if from + 20 < 53 {
            body["@odata.nextLink"] = json!(format!("Orders?$skip={}", from + 20));
        }
        Reply::json(&body)
    })
    .await;
    let (definition, detection) = run(&server.url, "/b1s/v2/Orders").await;
    let best = detection.part(Part::Pages).unwrap().best().unwrap();
    assert_eq!(best.confidence, Confidence::Proved, "{best:?}");
    let sink = MemorySink::default();
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((sink.table().rows.len(), result.problem), (53, None));
    // Where nothing follows it, that there is more is told.
    let sink = MemorySink::default();
    let one = crate::support::definition(
        &server.url,
        json!({}),
        json!({"request": {"path": "/b1s/v2/Orders"}, "records": {"path": "$.value[*]"}}),
    );
    let problem = read(&one, &sink).await.0.problem.unwrap();
    assert_eq!(problem.code, "more_to_read");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_count_end_the_pages_and_tell_what_is_missing() {
    // As WordPress answers: 400 behind the last page.
    let server = Server::start(|request, _| {
        let page = request.number("page").unwrap_or(1);
        if page > 5 {
            return Reply::text(400, "{\"code\":\"rest_post_invalid_page_number\"}");
        }
        let reply = Reply::json(&json!(some((page - 1) * 10, page * 10, 45)));
        reply.header("X-WP-Total", "45").header("X-WP-TotalPages", "5")
    })
    .await;
    let (definition, _) = run(&server.url, "/items").await;
    let sink = MemorySink::default();
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((result.outcome, sink.table().rows.len(), result.problem), (Outcome::Done, 45, None));
    let server =
        Server::start(|_, _| Reply::json(&json!(some(0, 10, 45))).header("Content-Range", "items 0-9/45")).await;
    let one = crate::support::definition(&server.url, json!({}), json!({"records": {"path": "$[*]"}}));
    let problem = read(&one, &MemorySink::default()).await.0.problem.unwrap();
    assert!(problem.code == "more_to_read" && problem.message.contains("45"), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_page_of_what_was_xml_is_read() {
    let server = Server::start(|request, _| {
        let page = request.number("page").unwrap_or(1);
        let all = some((page - 1) * 20, page * 20, 41);
        let items = match all.as_slice() {
            [] => json!(""),
            [one] => json!({"item": one}),
            more => json!({"item": more}),
        };
        Reply::json(&json!({"response": {"items": items}}))
    })
    .await;
    let paginate = json!({"type": "page", "inject": {"query": "page"}});
    let stream = json!({"paginate": paginate, "records": {"path": "$.response.items.item[*]"}, "key": ["id"]});
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, json!({}), stream), &sink).await;
    assert_eq!((sink.table().rows.len(), result.problem), (41, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn brackets_filter_too() {
    let server = Server::start(|request, _| {
        if request.query.keys().any(|name| name != "created[gte]") {
            return Reply::text(400, "{\"error\":\"Received unknown parameter\"}");
        }
        let from: usize = request.number("created[gte]").unwrap_or(0);
        let all = (0..9).map(|n| json!({"id": n, "created": 1_736_000_000 - n * 1000}));
        let data: Vec<Value> = all.filter(|one| one["created"].as_u64().unwrap() as usize >= from).collect();
        Reply::json(&json!({"data": data}))
    })
    .await;
    let (definition, detection) = run(&server.url, "/items").await;
    let best = detection.part(Part::Cursor).unwrap().best().unwrap();
    assert_eq!((best.label.as_str(), best.confidence), ("created", Confidence::Proved), "{detection:?}");
    let inject = serde_json::to_value(&definition.streams[0].incremental).unwrap();
    assert_eq!(inject["inject"]["start"]["query"], "created[gte]");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_for_fewer_requests_is_waited_for_or_nothing_is_claimed() {
    for (after, found) in [("0", true), ("3600", false)] {
        let server = Server::start(move |request, before| {
            if before % 3 == 2 {
                return Reply::text(429, "{}").header("Retry-After", after);
            }
            let since = request.query.get("updated_since").cloned().unwrap_or_default();
            let all = (0..9).map(|n| json!({"id": n, "updated_at": format!("2024-01-0{}T10:00:00Z", n + 1)}));
            let items: Vec<Value> = all.filter(|one| one["updated_at"].as_str().unwrap() >= since.as_str()).collect();
            Reply::json(&json!({"items": items, "total": 9}))
        })
        .await;
        let (_, detection) = run(&server.url, "/items").await;
        let best = detection.part(Part::Cursor).unwrap().best().unwrap();
        assert_eq!(best.confidence == Confidence::Proved, found, "{detection:?}");
        assert_eq!(best.evidence.contains("asks for fewer requests"), !found, "{best:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_told_by_its_name_and_its_lines() {
    for (kind, path, header, body) in [
        ("application/octet-stream", "/stock.csv", "", "\u{feff}id;nom\r\n1;\"Ann;\nB\"\r\n2;Bob\r\n"),
        ("application/octet-stream", "/x", "attachment; filename=stock.csv", "id;nom\n1;Ann\n2;Bob\n"),
        ("application/octet-stream", "/x", "", "id\tnom\n1\tAnn\n2\t\"B\nb\"\n"),
        ("text/plain", "/stock.csv", "", "id,nom\n1,Ann\n2,Bob,\n"),
    ] {
        let server = Server::start(move |_, _| {
            let reply = Reply::bytes(kind, body.as_bytes());
            if header.is_empty() { reply } else { reply.header("Content-Disposition", header) }
        })
        .await;
        let (definition, detection) = run(&server.url, path).await;
        let names: Vec<&str> = definition.streams[0].fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.get(..2), Some(&["id", "nom"][..]), "{body:?} {detection:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_body_is_told() {
    let server = Server::start(|_, _| Reply::text(204, "")).await;
    let draft: Definition = serde_json::from_value(json!({
        "tapwright": 1, "name": "test", "http": {"base_url": server.url.as_str()},
        "streams": [{"name": "items", "request": {"path": "/items"}}],
    }))
    .unwrap();
    let config = ConfigValues::default();
    let first = first_request(&draft, &config).await.unwrap();
    let problem = detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap_err();
    assert!(problem.message.contains("204 No Content"), "{problem:?}");
}

const ALL: usize = 45;

/// Ten records from a place.
fn ten(from: usize) -> Vec<Value> {
    some(from, from + 10, ALL)
}

/// The place of a token of a query, a body or a header.
fn place(text: Option<&str>) -> usize {
    text.and_then(|text| text.trim_start_matches("p-").parse().ok()).unwrap_or(0)
}

fn vendor(name: &str, request: &Request) -> Reply {
    let query = |name: &str| request.query.get(name).map(String::as_str);
    let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let token = |from: usize| (from + 10 < ALL).then(|| format!("p-{}", from + 10));
    match name {
        "salesforce" => {
            let from = place(request.path.strip_prefix("/query/"));
            let mut answer = json!({"totalSize": ALL, "done": from + 10 >= ALL, "records": ten(from)});
            if let Some(next) = token(from) {
                answer["nextRecordsUrl"] = json!(format!("/query/{next}"));
            }
            Reply::json(&answer)
        }
        "zendesk" => {
            let from = place(query("page[after]"));
            let next = format!("/items?page%5Bafter%5D=p-{}", from + 10);
            let meta = json!({"has_more": from + 10 < ALL, "after_cursor": format!("p-{}", from + 10)});
            Reply::json(&json!({"tickets": ten(from), "meta": meta, "links": {"prev": "/x", "next": next}}))
        }
        "intercom" => {
            let from = place(query("starting_after"));
            let mut pages = json!({"type": "pages", "page": from / 10 + 1, "per_page": 10, "total_pages": 5});
            if let Some(next) = token(from) {
                pages["next"] = json!({"page": from / 10 + 2, "starting_after": next});
            }
            Reply::json(&json!({"type": "list", "data": ten(from), "total_count": ALL, "pages": pages}))
        }
        "twitter" => {
            let from = place(query("pagination_token"));
            let mut meta = json!({"result_count": ten(from).len()});
            if let Some(next) = token(from) {
                meta["next_token"] = json!(next);
            }
            Reply::json(&json!({"data": ten(from), "meta": meta}))
        }
        "notion" => {
            let from = place(query("start_cursor").or(body["start_cursor"].as_str()));
            Reply::json(&json!({"object": "list", "results": ten(from), "next_cursor": token(from),
                "has_more": from + 10 < ALL, "type": "page"}))
        }
        "airtable" => {
            if query("offset").is_some_and(|text| !text.starts_with("p-")) {
                return Reply::text(422, "{\"error\":\"bad offset\"}");
            }
            let from = place(query("offset"));
            let mut answer = json!({"records": ten(from)});
            if let Some(next) = token(from) {
                answer["offset"] = json!(next);
            }
            Reply::json(&answer)
        }
        "elastic" => {
            let from = place(query("from"));
            let hits: Vec<Value> = ten(from).into_iter().map(|one| json!({"_id": one["id"], "_source": one})).collect();
            Reply::json(&json!({"took": 1, "hits": {"total": {"value": ALL, "relation": "eq"}, "hits": hits}}))
        }
        "next object" => {
            let from = place(query("pos"));
            let next = (from + 10 < ALL).then(|| json!({"pos": from + 10}));
            Reply::json(&json!({"list": ten(from), "next": next}))
        }
        "cosmos" => {
            let from = place(request.headers.get("x-ms-continuation").map(String::as_str));
            let reply = Reply::json(&json!({"Documents": ten(from), "_count": ten(from).len()}));
            match token(from) {
                Some(next) => reply.header("x-ms-continuation", &next),
                None => reply,
            }
        }
        _ => {
            let from = body["ExclusiveStartKey"]["id"].as_u64().unwrap_or(0) as usize;
            let mut answer = json!({"Items": ten(from), "Count": ten(from).len()});
            if from + 10 < ALL {
                answer["LastEvaluatedKey"] = json!({"id": from + 10});
            }
            Reply::json(&answer)
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn vendors_ways_to_page_are_told_and_read_to_their_end() {
    let mut wrong = Vec::new();
    for (name, body, told) in [
        ("salesforce", None, true),
        ("zendesk", None, true),
        ("intercom", None, true),
        ("twitter", None, true),
        ("notion", None, true),
        ("notion", Some(json!({"filter": {}})), true),
        ("airtable", None, true),
        ("elastic", None, true),
        ("next object", None, true),
        ("cosmos", None, true),
        ("dynamo", None, false),
    ] {
        let server = Server::start(move |request, _| vendor(name, request)).await;
        let mut request = json!({"path": "/items"});
        if let Some(body) = &body {
            request = json!({"path": "/items", "method": "POST", "body": {"json": body}});
        }
        let draft: Definition = serde_json::from_value(json!({
            "tapwright": 1, "name": "test", "http": {"base_url": server.url.as_str()},
            "streams": [{"name": "items", "request": request}],
        }))
        .unwrap();
        let config = ConfigValues::default();
        let first = first_request(&draft, &config).await.unwrap();
        let (definition, detection) = detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap();
        let best = detection.part(Part::Pages).unwrap().best().unwrap();
        let asked = server.seen().len();
        let sink = MemorySink::default();
        let (result, _) = read(&definition, &sink).await;
        let rows = sink.table().rows.len();
        let fits = if told {
            best.confidence >= Confidence::Likely && rows == ALL
        } else {
            best.confidence == Confidence::Unsure
        };
        if !fits || asked > 13 || server.seen().len() > asked + 8 || (told && result.problem.is_some()) {
            let paginate = serde_json::to_string(&definition.streams[0].paginate).unwrap();
            wrong.push(format!("{name}: {rows} {best:?} {paginate} {:?} {:?}", result.problem, detection.requests));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_request_waits_as_it_is_asked() {
    let server = Server::start(|_, before| match before {
        0 => Reply::text(429, "{}").header("Retry-After", "0"),
        _ => Reply::json(&json!({"items": some(0, 3, 3)})),
    })
    .await;
    let (_, detection) = run(&server.url, "/items").await;
    assert!(detection.part(Part::Records).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_with_a_good_status_is_no_record() {
    for (body, code) in [
        (json!({"ok": false, "error": "channel_not_found"}), "refused_inside"),
        (json!({"status": "error", "message": "unknown symbol"}), "refused_inside"),
    ] {
        let server = Server::start(move |_, _| Reply::json(&body)).await;
        let draft: Definition = serde_json::from_value(json!({
            "tapwright": 1, "name": "test", "http": {"base_url": server.url.as_str()},
            "streams": [{"name": "items", "request": {"path": "/items"}}],
        }))
        .unwrap();
        let config = ConfigValues::default();
        let first = first_request(&draft, &config).await.unwrap();
        let problem = detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap_err();
        assert_eq!(problem.code, code, "{problem:?}");
    }
    let good = Arc::new(AtomicUsize::new(1));
    let now = Arc::clone(&good);
    let server = Server::start(move |_, _| match now.load(Ordering::Relaxed) {
        0 => Reply::json(&json!({"ok": false, "error": "token_revoked"})),
        _ => Reply::json(&json!({"ok": true, "items": some(0, 3, 3)})),
    })
    .await;
    let (definition, detection) = run(&server.url, "/items").await;
    assert!(detection.notes.iter().any(|note| note.contains("`ok`")), "{detection:?}");
    good.store(0, Ordering::Relaxed);
    let (result, _) = read(&definition, &MemorySink::default()).await;
    let problem = result.problem.unwrap();
    assert!(problem.message.contains("token_revoked") && result.outcome == Outcome::Failed, "{problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_under_their_own_names_keep_them() {
    let server = Server::start(|_, _| {
        let stock: serde_json::Map<String, Value> =
            (0..9).map(|n| (format!("a{n}"), json!({"code": n % 3, "price": 1.5}))).collect();
        Reply::json(&json!({"ok": true, "stock": stock}))
    })
    .await;
    let (definition, detection) = run(&server.url, "/items").await;
    let stream = &definition.streams[0];
    assert_eq!((stream.records.path.as_deref(), stream.key.as_slice()), (Some("$.stock[*]"), &["_key".to_owned()][..]));
    assert!(detection.notes.iter().any(|note| note.contains("`_key`")), "{detection:?}");
    let sink = MemorySink::default();
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((result.problem, sink.table().rows.len()), (None, 9));
    assert!(sink.table().rows.contains_key("a7"));
}

/// Three pages of two records; `fresh` comes with the third one, and `later` once `more` is set.
async fn growing(more: Arc<AtomicUsize>) -> Server {
    Server::start(move |request, _| {
        let page = request.number("page").unwrap_or(1);
        let more = more.load(Ordering::SeqCst);
        let items = (page * 2 - 2..page * 2).filter(|_| page <= 3).map(|id| {
            let mut record = json!({"id": id, "name": "n", "left_out": {"a": 1}});
            if page == 3 {
                record["fresh"] = json!(1.5);
            }
            if more > 0 {
                record["la'ter"] = json!([1]);
            }
            record
        });
        Reply::json(&json!({"items": items.collect::<Vec<_>>()}))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn members_that_no_column_takes_are_told_once() {
    let more = Arc::new(AtomicUsize::new(0));
    let server = growing(Arc::clone(&more)).await;
    let paginate = json!({"type": "page", "inject": {"query": "page"}});
    let definition = definition(&server.url, json!({}), json!({"paginate": paginate}));
    let told = |events: &[RunEvent]| -> Vec<String> {
        let warned = |event: &RunEvent| match event {
            RunEvent::Log { message, .. } if message.contains("in no column") => Some(message.clone()),
            _ => None,
        };
        events.iter().filter_map(warned).collect()
    };
    let sink = MemorySink::default();
    let (result, events) = read(&definition, &sink).await;
    assert_eq!((result.outcome, result.problem), (Outcome::Done, None));
    // Nothing is kept here: what stands on the first page was known.
    assert_eq!(told(&events), ["New in 2 of 6 records, and in no column: fresh."]);
    let found: Vec<Value> = result.new_fields.iter().map(|field| serde_json::to_value(field).unwrap()).collect();
    assert_eq!(found, [json!({"name": "fresh", "path": "$.fresh", "type": "number", "records": 2, "of": 6})]);
    assert!(
        events.iter().any(
            |event| matches!(event, RunEvent::StreamFinished { new_fields, .. } if *new_fields == result.new_fields)
        )
    );
    let (result, events) = read(&definition, &sink).await;
    assert_eq!((told(&events).len(), result.new_fields.len()), (0, 0), "{:?}", told(&events));
    more.store(1, Ordering::SeqCst);
    let (result, events) = read(&definition, &sink).await;
    assert_eq!(told(&events), ["New in 6 of 6 records, and in no column: la'ter."]);
    assert_eq!(result.new_fields[0].path, "$['la\\'ter']");
    // A stream that keeps the rest has nothing in no column.
    let mut keeps = definition.clone();
    keeps.streams[0].rest = Some(definition::model::Rest::Keep);
    let (result, events) = read(&keeps, &MemorySink::default()).await;
    assert_eq!((told(&events).len(), result.new_fields.len(), result.counts.read), (0, 0, 6));
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_take_each_others_place_are_told() {
    let server = Server::start(|request, before| {
        let part = request.query.get("p").cloned().unwrap_or_default();
        let items: Vec<Value> =
            (1..4).map(|id| json!({"id": id, "name": format!("{part}{id} {}", before / 3)})).collect();
        Reply::json(&json!({"items": items}))
    })
    .await;
    let partitions = json!([{"type": "list", "as": "p", "values": ["a", "b", "c"], "inject": {"query": "p"}}]);
    let sink = MemorySink::default();
    let definition = definition(&server.url, json!({}), json!({"partitions": partitions}));
    let (result, _) = read(&definition, &sink).await;
    let problem = result.problem.unwrap();
    assert_eq!((problem.code.as_str(), result.outcome, sink.table().rows.len()), ("key_repeats", Outcome::Done, 3));
    assert!(problem.message.contains("6 of 9 records"), "{problem:?}");
    // What changed since is no such thing.
    let (again, _) = read(&definition, &sink).await;
    assert_eq!(again.problem, None);
}
