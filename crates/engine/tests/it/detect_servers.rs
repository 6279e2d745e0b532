//! Detection against servers that page in every way, and against some that deceive. What is called proved or likely
//! must read every record once.

use crate::server::{Reply, Request, Server};
use crate::support::{MemorySink, read};
use definition::Definition;
use engine::config::ConfigValues;
use engine::detect::{Confidence, Detection, PagerProbe, Part, detect, first_request};
use serde_json::{Value, json};

const ALL: usize = 25;

type Handler = fn(&Request) -> Reply;

/// A server: its name, the query of the pasted URL, what it answers, the label and the confidence expected.
struct Case(&'static str, &'static str, Handler, &'static str, Confidence);

fn draft(base: &str, query: &str) -> Definition {
    let query: serde_json::Map<String, Value> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    serde_json::from_value(json!({
        "tapwright": 1, "name": "test",
        "http": {"base_url": base, "retry": {"backoff": {"type": "constant", "wait": "1ms"}}},
        "streams": [{"name": "items", "request": {"path": "/items", "query": query}}],
    }))
    .unwrap()
}

async fn run(base: &str, query: &str) -> (Definition, Detection) {
    let draft = draft(base, query);
    let config = ConfigValues::default();
    let first = first_request(&draft, &config).await.unwrap();
    detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap()
}

fn some(from: usize, to: usize) -> Vec<Value> {
    (from.min(ALL)..to.min(ALL))
        .map(|n| json!({"id": 1000 + n * 7, "name": format!("n{n}"), "updated_at": format!("2024-01-{:02}T10:00:00Z", n + 1)}))
        .collect()
}

fn page(request: &Request, name: &str, first: usize, size: usize) -> (usize, Vec<Value>) {
    let number = request.number(name).unwrap_or(first).max(first);
    (number, some((number - first) * size, (number - first + 1) * size))
}

fn offset(request: &Request, name: &str, size: usize) -> (usize, Vec<Value>) {
    let from = request.number(name).unwrap_or(0);
    (from, some(from, from + size))
}

fn cursor(request: &Request, name: &str) -> (Vec<Value>, Option<String>) {
    let from =
        request.query.get(name).and_then(|token| token.strip_prefix("tok").and_then(|n| n.parse().ok())).unwrap_or(0);
    (some(from, from + 10), (from + 10 < ALL).then(|| format!("tok{}", from + 10)))
}

fn cases() -> Vec<Case> {
    use Confidence::{Likely, Proved, Unsure};
    vec![
        Case(
            "link header",
            "",
            |r| {
                let (number, items) = page(r, "page", 1, 10);
                let link = format!("</items?page={}>; rel=\"next\", </items?page=3>; rel=\"last\"", number + 1);
                let link = if number < 3 { link } else { "</items?page=1>; rel=\"first\"".to_owned() };
                Reply::json(&json!(items)).header("Link", &link)
            },
            "Link header",
            Proved,
        ),
        Case(
            "next url in the body",
            "",
            |r| {
                let (number, items) = page(r, "page", 1, 10);
                let next = (number < 3).then(|| format!("/items?page={}", number + 1));
                Reply::json(&json!({"count": ALL, "next": next, "previous": null, "results": items}))
            },
            "$.next",
            Proved,
        ),
        Case(
            "hal",
            "",
            |r| {
                let (from, items) = offset(r, "start", 10);
                let links = if from + 10 < ALL {
                    json!({"self": {"href": "/items"}, "next": {"href": format!("?start={}", from + 10)}})
                } else {
                    json!({"self": {"href": "/items"}})
                };
                Reply::json(&json!({"_links": links, "_embedded": {"items": items}}))
            },
            "$._links.next.href",
            Proved,
        ),
        Case(
            "odata",
            "",
            |r| {
                let (from, items) = offset(r, "$skip", 10);
                let mut body = json!({"@odata.context": "x", "value": items});
                if from + 10 < ALL {
                    body["@odata.nextLink"] = json!(format!("/items?$skip={}", from + 10));
                }
                Reply::json(&body)
            },
            "$['@odata.nextLink']",
            Proved,
        ),
        Case(
            "cursor",
            "",
            |r| {
                let (items, next) = cursor(r, "cursor");
                Reply::json(&json!({"data": items, "next_cursor": next}))
            },
            "?cursor=",
            Proved,
        ),
        Case(
            "cursor under another name",
            "limit=10",
            |r| {
                let (items, next) = cursor(r, "page_token");
                Reply::json(&json!({"data": items, "meta": {"next_token": next}}))
            },
            "?page_token=",
            Proved,
        ),
        Case(
            "cursor with has_more that goes on",
            "",
            |r| {
                let (items, next) = cursor(r, "after");
                Reply::json(
                    &json!({"data": items, "paging": {"cursors": {"after": next.clone().unwrap_or("end".into())}, "has_more": next.is_some()}}),
                )
            },
            "?after=",
            Proved,
        ),
        Case(
            "last id",
            "",
            |r| {
                let after = r.number("starting_after").map_or(0, |id| (id - 1000) / 7 + 1);
                Reply::json(&json!({"object": "list", "has_more": after + 10 < ALL, "data": some(after, after + 10)}))
            },
            "?starting_after=",
            Proved,
        ),
        Case(
            "page told by the body",
            "",
            |r| {
                let (number, items) = page(r, "page", 1, 10);
                Reply::json(&json!({"page": number, "per_page": 10, "total": ALL, "total_pages": 3, "items": items}))
            },
            "?page=",
            Proved,
        ),
        Case(
            "page that fails behind the last",
            "",
            |r| {
                let (number, items) = page(r, "page", 1, 10);
                if number > 3 {
                    return Reply::text(404, "{}");
                }
                Reply::json(&json!({"meta": {"current_page": number, "last_page": 3}, "data": items}))
            },
            "?page=",
            Proved,
        ),
        Case(
            "page that clamps to the last",
            "page=1",
            |r| {
                let (number, items) = page(r, "page", 1, 10);
                let (number, items) = if number > 3 { (3, some(20, 25)) } else { (number, items) };
                Reply::json(&json!({"page": number, "pages": 3, "data": items}))
            },
            "?page=",
            Proved,
        ),
        Case(
            "page from 0",
            "",
            |r| {
                let (number, items) = page(r, "page", 0, 10);
                Reply::json(
                    &json!({"content": items, "number": number, "totalPages": 3, "last": number >= 2, "totalElements": ALL}),
                )
            },
            "?page=",
            Proved,
        ),
        Case("page from 0, unsaid", "", |r| Reply::json(&json!(page(r, "page", 0, 10).1)), "?page=", Proved),
        Case(
            "page from 0, asked from the middle",
            "page=1",
            |r| Reply::json(&json!(page(r, "page", 0, 10).1)),
            "?page=",
            Likely,
        ),
        Case("bare list, page", "", |r| Reply::json(&json!(page(r, "page", 1, 10).1)), "?page=", Proved),
        Case(
            "offset",
            "limit=10&offset=0",
            |r| {
                let (_, items) = offset(r, "offset", r.number("limit").unwrap_or(5));
                Reply::json(&json!({"total": ALL, "items": items}))
            },
            "?offset=",
            Proved,
        ),
        Case(
            "offset with a ceiling",
            "limit=1000",
            |r| {
                let (_, items) = offset(r, "offset", r.number("limit").unwrap_or(10).min(10));
                Reply::json(&json!({"total": ALL, "offset": r.number("offset").unwrap_or(0), "items": items}))
            },
            "?offset=",
            Proved,
        ),
        Case("skip", "", |r| Reply::json(&json!({"data": offset(r, "skip", 10).1, "total": ALL})), "?skip=", Proved),
        Case(
            "offset from 1",
            "startIndex=1&count=10",
            |r| {
                let from = r.number("startIndex").unwrap_or(1).max(1);
                Reply::json(&json!({"totalResults": ALL, "startIndex": from, "Resources": some(from - 1, from + 9)}))
            },
            "?startIndex=",
            Proved,
        ),
        Case(
            "offset from 1, unsaid",
            "",
            |r| {
                let from = r.number("start").unwrap_or(1).max(1);
                Reply::json(&json!({"start": from, "items": some(from - 1, from + 9)}))
            },
            "?start=",
            Proved,
        ),
        Case("all at once", "", |_| Reply::json(&json!({"items": some(0, 25), "total": 25})), "one page", Proved),
        Case("seven, no hints", "", |_| Reply::json(&json!(some(0, 7))), "one page", Likely),
        Case("a round number, parameters ignored", "", |_| Reply::json(&json!(some(0, 10))), "one page", Unsure),
        Case(
            "less than the total, parameters ignored",
            "",
            |_| Reply::json(&json!({"total": 25, "items": some(0, 9)})),
            "one page",
            Unsure,
        ),
        Case("has_more that lies", "", |_| Reply::json(&json!({"has_more": true, "items": some(0, 10)})), "", Unsure),
        Case(
            "has_more that says no",
            "",
            |r| Reply::json(&json!({"has_more": false, "items": page(r, "page", 1, 10).1})),
            "?page=",
            Proved,
        ),
        Case(
            "unknown parameters filter everything",
            "",
            |r| {
                let unknown = !r.query.is_empty();
                Reply::json(&json!({"items": if unknown { vec![] } else { some(0, 10) }}))
            },
            "one page",
            Unsure,
        ),
        Case(
            "unknown parameters are refused",
            "",
            |r| {
                if r.query.is_empty() {
                    Reply::json(&json!(some(0, 7)))
                } else {
                    Reply::text(400, "{\"error\":\"unknown parameter\"}")
                }
            },
            "one page",
            Likely,
        ),
        Case(
            "offset that counts pages",
            "offset=0",
            |r| {
                let number = r.number("offset").unwrap_or(0);
                Reply::json(&json!({"items": some(number * 3, number * 3 + 3)}))
            },
            "",
            Unsure,
        ),
        Case(
            "one object",
            "",
            |_| Reply::json(&json!({"id": 1, "name": "x", "email": "a@b.c", "active": true})),
            "one page",
            Likely,
        ),
        Case("empty list", "", |_| Reply::json(&json!([])), "one page", Unsure),
        Case(
            "next url on another host",
            "",
            |_| Reply::json(&json!({"next": "http://other.test/items?page=2", "items": some(0, 10)})),
            "",
            Unsure,
        ),
        Case(
            "next url that goes round",
            "",
            |_| Reply::json(&json!({"next": "/items?page=1", "items": some(0, 10)})),
            "",
            Unsure,
        ),
        Case(
            "next is null",
            "",
            |_| Reply::json(&json!({"next": null, "results": some(0, 7), "count": 7})),
            "$.next",
            Likely,
        ),
        Case(
            "no ids",
            "",
            |r| {
                let items: Vec<Value> =
                    page(r, "page", 1, 10).1.iter().map(|one| json!({"name": one["name"]})).collect();
                Reply::json(&json!({"page": r.number("page").unwrap_or(1), "items": items}))
            },
            "?page=",
            Likely,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_told_and_all_is_read() {
    let mut wrong = Vec::new();
    for Case(name, query, handler, label, confidence) in cases() {
        let server = Server::start(move |request, _| handler(request)).await;
        let (definition, detection) = run(&server.url, query).await;
        let best = detection.part(Part::Pages).unwrap().best().unwrap().clone();
        let fits = (label.is_empty() || best.label == label) && best.confidence == confidence;
        if !fits || server.seen().len() > 13 {
            wrong.push(format!("{name}: {best:?}\n  {}\n  {:?}", server.seen().len(), detection.requests));
        }
        if best.confidence == Confidence::Unsure {
            assert!(detection.part(Part::Pages).unwrap().candidates.len() > 1 || best.label == "one page", "{name}");
            continue;
        }
        let expected = match name {
            "seven, no hints" | "unknown parameters are refused" | "next is null" => 7,
            "one object" => 1,
            _ => ALL,
        };
        let sink = MemorySink::default();
        let (result, _) = read(&definition, &sink).await;
        let table = sink.table();
        if table.rows.len() != expected || table.written != expected as u64 || result.problem.is_some() {
            wrong.push(format!(
                "{name} reads {} ({} written): {best:?} {:?}",
                table.rows.len(),
                table.written,
                result.problem
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changing_order_is_never_proved() {
    let server = Server::start(|request, before| {
        let number = request.number("page").unwrap_or(1);
        let mut all = some(0, ALL);
        let turn = (before * 11 + number * 3) % ALL;
        all.rotate_left(turn);
        all.truncate(10);
        Reply::json(&json!({"page": number, "total": ALL, "items": all}))
    })
    .await;
    let (_, detection) = run(&server.url, "").await;
    let best = detection.part(Part::Pages).unwrap().best().unwrap();
    assert_eq!(best.confidence, Confidence::Unsure, "{best:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn graphql_goes_through_its_variables() {
    let server = Server::start(|request, _| {
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let after =
            body["variables"]["after"].as_str().and_then(|token| token.strip_prefix('c')).and_then(|n| n.parse().ok());
        let from: usize = after.unwrap_or(0);
        let edges: Vec<Value> = some(from, from + 10).into_iter().map(|node| json!({"node": node})).collect();
        let info = json!({"hasNextPage": from + 10 < ALL, "endCursor": format!("c{}", from + 10)});
        Reply::json(&json!({"data": {"items": {"edges": edges, "pageInfo": info}}}))
    })
    .await;
    let mut draft = draft(&server.url, "");
    let query =
        "query Q($first: Int, $after: String) { items(first: $first, after: $after) { edges { node { id } } } }";
    // The variable need not be given: the query declares it.
    draft.streams[0].request = serde_json::from_value(json!({
        "method": "POST", "path": "/graphql", "body": {"json": {"query": query, "variables": {"first": 10}}},
    }))
    .unwrap();
    let config = ConfigValues::default();
    let first = first_request(&draft, &config).await.unwrap();
    let (definition, detection) = detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap();
    let best = detection.part(Part::Pages).unwrap().best().unwrap();
    assert_eq!((best.label.as_str(), best.confidence), ("variables.after", Confidence::Proved), "{detection:?}");
    let sink = MemorySink::default();
    read(&definition, &sink).await;
    assert_eq!(sink.table().rows.len(), ALL);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_side_by_side_are_read_as_records() {
    let server = Server::start(|_, _| {
        let time: Vec<String> =
            (0..48).map(|hour| format!("2025-01-{:02}T{:02}:00", hour / 24 + 1, hour % 24)).collect();
        let rain: Vec<Value> = (0..48).map(|hour| if hour == 7 { Value::Null } else { json!(hour) }).collect();
        let units = json!({"time": "iso8601", "rain": "mm"});
        Reply::json(&json!({"latitude": 52.5, "hourly_units": units, "hourly": {"time": time, "rain": rain}}))
    })
    .await;
    let (definition, detection) = run(&server.url, "").await;
    assert_eq!(detection.part(Part::Records).unwrap().best().unwrap().label, "$.hourly[*]", "{detection:?}");
    assert_eq!(definition.streams[0].key, ["time"], "{detection:?}");
    assert!(detection.notes.iter().any(|note| note.contains("48 in all")), "{detection:?}");
    let sink = MemorySink::default();
    read(&definition, &sink).await;
    assert_eq!(sink.table().rows.len(), 48);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_is_proved_before_it_is_taken() {
    let filters = |honest: bool, strict: bool| {
        move |request: &Request, _: usize| {
            let since = request.query.get("updated_since").cloned().unwrap_or_default();
            let mut items = some(0, ALL);
            if honest {
                items.retain(|item| item["updated_at"].as_str().unwrap() >= since.as_str());
            } else if strict && !request.query.is_empty() {
                items.clear();
            }
            Reply::json(&json!({"items": items, "total": ALL}))
        }
    };
    for (honest, strict, label) in [(true, false, "updated_at"), (false, false, "none"), (false, true, "none")] {
        let server = Server::start(filters(honest, strict)).await;
        let (definition, detection) = run(&server.url, "").await;
        let best = detection.part(Part::Cursor).unwrap().best().unwrap();
        assert_eq!(best.label, label, "{detection:?}");
        assert_eq!(best.confidence == Confidence::Proved, honest);
        assert_eq!(definition.streams[0].incremental.is_some(), honest);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_told() {
    for (status, body, code) in [
        (200, "<!doctype html><html><body>Sign in</body></html>", ""),
        (200, "plain words", "not_json"),
        (200, "{\"a\": [1, 2", "not_json"),
        (404, "{}", "not_found"),
        (405, "{}", "method_rejected"),
        (500, "{}", "server_error"),
        (200, "", "not_json"),
    ] {
        let server = Server::start(move |_, _| Reply::text(status, body)).await;
        let draft = draft(&server.url, "");
        let config = ConfigValues::default();
        let first = first_request(&draft, &config).await.unwrap();
        let problem = detect(draft, &first, &PagerProbe::new(config), &|_| {}).await.unwrap_err();
        assert!(code.is_empty() || problem.code == code, "{problem:?}");
        assert!(problem.hint.is_some(), "{problem:?}");
    }
}

#[tokio::test]
async fn what_is_not_json_is_told_and_read() {
    let xml = "<?xml version=\"1.0\"?><feed><title>T</title><entry><id>1</id><name>Ann</name></entry>\
               <entry><id>2</id><name>Bob</name></entry></feed>";
    for (content_type, body, western, kind, note) in [
        ("text/csv", "id;name\n1;Ann\n2;Bob\n", false, "csv", "semicolons"),
        ("text/csv", "id,name\n1,Zoë\n2,Bob\n", true, "csv", "windows-1252"),
        ("text/plain", "id,name\n1,Ann\n2,\"B, b\"\n", false, "csv", "commas"),
        (
            "application/x-ndjson",
            "{\"id\": 1, \"name\": \"Ann\"}\n\n{\"id\": 2, \"name\": \"Bob\"}\n",
            false,
            "jsonl",
            "JSON lines",
        ),
        ("application/atom+xml", xml, false, "xml", "XML"),
    ] {
        let body: Vec<u8> = match western {
            true => body.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
            false => body.as_bytes().to_vec(),
        };
        let server = Server::start(move |_, _| Reply::bytes(content_type, &body)).await;
        let (definition, detection) = run(&server.url, "").await;
        let stream = &definition.streams[0];
        assert_eq!(serde_json::to_value(&stream.decode).unwrap()["type"], kind, "{content_type}");
        assert!(detection.notes.iter().any(|words| words.contains(note)), "{:?}", detection.notes);
        assert_eq!(stream.key, ["id"], "{content_type}");
        let names: Vec<&str> = stream.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["id", "name"], "{content_type}");
        let sink = MemorySink::default();
        read(&definition, &sink).await;
        assert_eq!(sink.table().rows.len(), 2, "{content_type}");
    }
}
