//! Previews: read further, one part alone, looked through, and what stands beside the pages.

use crate::nested::{serve, target};
use crate::rig::Rig;
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;

/// Pages of 100 items for each region; from page 5 on they have a member more. And one answer of 8 MB.
fn answer(mut stream: TcpStream) -> Option<()> {
    let target = target(&stream)?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let given = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let body = match path {
        "/items" => {
            let (page, region) = (given("page").and_then(|page| page.parse().ok()).unwrap_or(1), given("region"));
            let item = |n: u32| {
                let id = (page - 1) * 100 + n;
                let mut item = json!({"id": id, "name": format!("item {:04}", 9_999 - id), "region": region});
                if page >= 5 {
                    item["late"] = json!(format!("2024-01-{:02}", n % 28 + 1));
                }
                item
            };
            json!({"data": (0..if page > 12 { 0 } else { 100 }).map(item).collect::<Vec<_>>()}).to_string()
        }
        "/teams" => json!([{"id": "a"}, {"id": "b"}, {"id": "c"}]).to_string(),
        "/big" => {
            let text = "x".repeat(180);
            let items: Vec<String> = (0..40_000).map(|id| format!(r#"{{"id":{id},"text":"{text}"}}"#)).collect();
            format!(r#"{{"items":[{}]}}"#, items.join(","))
        }
        team => json!([{"id": 1, "team": team.trim_start_matches("/teams/")}]).to_string(),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

/// Opens a definition of these streams.
async fn opened(rig: &Rig, streams: Value) -> Value {
    let text = json!({"tapwright": 1, "name": "parts", "http": {"base_url": serve(answer)}, "streams": streams});
    let bench = rig.call("source_open", json!({"text": text.to_string()})).await;
    assert_eq!(bench["stage"], "trust", "{bench}");
    rig.call("trust_accept", json!({"id": bench["id"], "values": {}, "secrets": {}})).await
}

fn items() -> Value {
    json!([{
        "name": "items",
        "request": {"path": "/items"},
        "records": {"path": "$.data[*]"},
        "key": ["id"],
        "partitions": [{"type": "list", "as": "region", "values": ["eu", "us"], "inject": {"query": "region"}}],
        "paginate": {"type": "page", "inject": {"query": "page"}},
        "fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}, {"name": "region", "type": "string"}],
    }])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_read_further_and_a_part_alone() {
    let rig = Rig::new().await;
    let bench = opened(&rig, items()).await;
    let first = &bench["preview"];
    assert_eq!((&first["rows"], &first["read"], &first["requests"]), (&json!(300), &json!(300), &json!(3)), "{first}");
    assert_eq!(first["asked"], json!({"pages": 3, "records": 500}));
    assert_eq!((&first["ended"], &first["limited"]), (&json!("pages"), &json!(true)));
    assert_eq!(first["parts"], json!([r#"{"region":"eu"}"#, r#"{"region":"us"}"#]));
    let read = |more: Value| {
        let mut request = json!({"id": bench["id"], "stream": "items", "state": null});
        let fields = request.as_object_mut().expect("an object");
        fields.extend(more.as_object().cloned().unwrap_or_default());
        request
    };
    let more = rig.call("preview_from", read(json!({"pages": 10, "records": 5_000}))).await;
    assert_eq!(
        (&more["rows"], &more["ended"], more["pages"].as_array().map(Vec::len)),
        (&json!(1_000), &json!("pages"), Some(10))
    );
    let more = rig.call("preview_from", read(json!({"pages": 50, "records": 450}))).await;
    assert_eq!((&more["rows"], &more["ended"]), (&json!(450), &json!("records")));
    // More than is allowed is as much as is allowed.
    let all = rig.call("preview_from", read(json!({"pages": 9_999_999, "records": 9_999_999}))).await;
    assert_eq!(all["asked"], json!({"pages": 1_000, "records": 100_000}));
    assert_eq!((&all["rows"], &all["ended"], &all["limited"]), (&json!(2_400), &Value::Null, &json!(false)));
    let part = rig.call("preview_from", read(json!({"part": r#"{"region":"us"}"#}))).await;
    assert_eq!((&part["rows"], &part["asked"]["part"]), (&json!(300), &json!(r#"{"region":"us"}"#)));
    assert_eq!(part["pages"][0]["partition"], r#"{"region":"us"}"#);
    assert_eq!(part["parts"], all["parts"], "the others are known still");
    let none = rig.call("preview_from", read(json!({"part": r#"{"region":"mars"}"#}))).await;
    assert_eq!(none["problem"]["code"], "no_partition", "{none}");
    assert!(none["problem"]["hint"].as_str().is_some_and(|hint| hint.contains("region=eu")), "{none}");
    let bad = rig.refused("preview_from", read(json!({"part": "region=us"}))).await;
    assert_eq!(bad.code, "bad_partition");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_looked_through() {
    let rig = Rig::new().await;
    let bench = opened(&rig, items()).await;
    let ask = |more: Value| {
        let mut request = json!({"id": bench["id"], "stream": "items"});
        request.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        request
    };
    let look = json!({"filter": "name:item 97 ", "sort": {"column": "id", "descending": true}});
    let found = rig.call("preview_find", ask(json!({"look": look}))).await;
    assert_eq!(found["rows"], 100, "{found}");
    let rows = rig.call("preview_rows", ask(json!({"offset": 0, "limit": 2, "look": look}))).await;
    assert_eq!((&rows[0]["cells"][0], &rows[0]["at"]), (&json!("299"), &json!(299)), "{rows}");
    let plain = rig.call("preview_rows", ask(json!({"offset": 298, "limit": 9}))).await;
    assert_eq!((plain.as_array().map(Vec::len), &plain[0]["at"]), (Some(2), &json!(298)));
    // A record as it came, whatever became of it.
    let raw = rig.call("value_whole", ask(json!({"place": {"in": "raw", "row": 299}}))).await;
    let raw: Value = serde_json::from_str(raw["text"].as_str().expect("a text")).expect("a record");
    assert_eq!(raw, json!({"id": 299, "name": "item 9700", "region": "eu"}));
    let gone = rig.refused("value_whole", ask(json!({"place": {"in": "raw", "row": 300}}))).await;
    assert_eq!(gone.code, "no_node");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_of_later_pages_are_seen() {
    let rig = Rig::new().await;
    let bench = opened(&rig, items()).await;
    let one = json!({"id": bench["id"], "stream": "items"});
    let names = |seen: &Value| -> Vec<String> {
        let fields = seen["fields"].as_array().expect("fields");
        fields.iter().filter_map(|field| field["name"].as_str()).map(str::to_owned).collect()
    };
    let before = rig.call("schema_seen", one.clone()).await;
    assert_eq!((names(&before), &before["records"]), (vec!["id".into(), "name".into(), "region".into()], &json!(300)));
    let more = json!({"id": bench["id"], "stream": "items", "state": null, "pages": 10, "records": 5_000});
    rig.call("preview_from", more).await;
    let after = rig.call("schema_seen", one).await;
    assert_eq!(names(&after), ["id", "name", "region", "late"]);
    assert_eq!(
        (&after["fields"][3]["type"], &after["fields"][3]["from"]),
        (&json!("date"), &json!("$.late")),
        "{after}"
    );
    assert!(after["types"][3]["evidence"].as_str().is_some_and(|words| words.contains("600")), "{after}");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_of_parents_stands_beside_the_pages() {
    let rig = Rig::new().await;
    let streams = json!([
        {"name": "members", "request": {"path": "/teams/{{ partition.team }}"}, "key": ["id"],
         "partitions": [{"type": "parent", "stream": "teams", "value": "$.id", "as": "team"}]},
        {"name": "teams", "request": {"path": "/teams"}, "key": ["id"]},
    ]);
    let bench = opened(&rig, streams).await;
    let preview = &bench["preview"];
    assert_eq!(preview["rows"], 3, "{preview}");
    assert_eq!(preview["parts"], json!([r#"{"team":"a"}"#, r#"{"team":"b"}"#, r#"{"team":"c"}"#]));
    let aside = &preview["asides"][0];
    assert_eq!(
        (&aside["what"], &aside["stream"], &aside["response"]["status"]),
        (&json!("parent"), &json!("teams"), &json!(200))
    );
    assert!(aside["curl"].as_str().is_some_and(|curl| curl.starts_with("curl") && curl.contains("/teams")), "{aside}");
    assert_eq!((&aside["body"], &aside["more"]), (&json!(r#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#), &json!(false)));
    let whole = json!({"id": bench["id"], "stream": "members", "place": {"in": "aside", "at": 0}});
    assert_eq!(rig.call("value_whole", whole).await["text"], aside["body"]);
    // A part that is named is read without its parent.
    let one = json!({"id": bench["id"], "stream": "members", "state": null, "part": r#"{"team":"b"}"#});
    let preview = rig.call("preview_from", one).await;
    assert_eq!(
        (&preview["rows"], &preview["requests"], &preview["asides"]),
        (&json!(1), &json!(1), &Value::Null),
        "{preview}"
    );
    assert_eq!(preview["parts"].as_array().map(Vec::len), Some(3));
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_says_what_was_taken_of_it() {
    let rig = Rig::new().await;
    let bench = opened(
        &rig,
        json!([{"name": "big", "request": {"path": "/big"}, "records": {"path": "$.items[*]"}, "key": ["id"]}]),
    )
    .await;
    let preview = &bench["preview"];
    assert_eq!(
        (&preview["rows"], &preview["limited"], &preview["ended"]),
        (&json!(500), &json!(true), &json!("records")),
        "{preview}"
    );
    assert_eq!(preview["read"], 40_000);
    assert!(preview["pages"][0]["response"]["bytes"].as_u64() > Some(8_000_000), "{preview}");
    assert!(bench.to_string().len() < 100_000, "the answer itself stays where it is");
    // Its tree opens a window at a time.
    let nodes =
        json!({"id": bench["id"], "stream": "big", "page": 0, "path": "$.items", "offset": 39_999, "limit": 500});
    let nodes = rig.call("response_nodes", nodes).await;
    assert_eq!((nodes.as_array().map(Vec::len), &nodes[0]["path"]), (Some(1), &json!("$.items[39999]")));
    // The whole of it is cut where a clipboard could not take it, and says so.
    let whole = json!({"id": bench["id"], "stream": "big", "place": {"in": "response", "page": 0, "path": "$"}});
    let whole = rig.call("value_whole", whole).await;
    assert_eq!((&whole["cut"], whole["text"].as_str().map(|text| text.len() < 4_100_000)), (&json!(true), Some(true)));
    let more = json!({"id": bench["id"], "stream": "big", "state": null, "pages": 3, "records": 100_000});
    let more = rig.call("preview_from", more).await;
    assert_eq!((&more["rows"], &more["ended"], &more["limited"]), (&json!(40_000), &Value::Null, &json!(false)));
    rig.app.close().await;
}
