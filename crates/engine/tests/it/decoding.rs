//! Answers of every kind, small and large, whole and broken.

use crate::server::{Reply, Server};
use crate::support::{CANARY, MemorySink, definition, read, records};
use definition::Definition;
use engine::event::Outcome;
use engine::run::StreamResult;
use serde_json::{Value, json};
use std::io::Write;

const FIELDS: [&str; 2] = ["$.id", "$.name"];

fn fields(from: [&str; 2]) -> Value {
    json!([{"name": "id", "from": from[0], "type": "integer"}, {"name": "name", "from": from[1], "type": "string"}])
}

fn of(base: &str, decode: Value, path: Option<&str>, from: [&str; 2]) -> Definition {
    definition(base, json!({}), json!({"decode": decode, "records": {"path": path}, "fields": fields(from)}))
}

fn rows(sink: &MemorySink) -> Vec<[String; 2]> {
    sink.table().rows.into_values().map(|row| [row[0].clone(), row[1].clone()]).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// An archive of stored files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        let size = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        out.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0");
        out.extend_from_slice(&[sum.sum().to_le_bytes(), size, size].concat());
        out.extend_from_slice(&[u8::try_from(name.len()).unwrap(), 0, 0, 0]);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(bytes);
    }
    out.extend_from_slice(b"PK\x05\x06");
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_read() {
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
    };
    let xml = "<?xml version=\"1.0\" encoding=\"utf-16\"?><feed><entry id=\"1\"><name>Zo\u{eb}</name></entry>\
               <entry id=\"2\"><name>b</name></entry></feed>";
    let xml_fields = ["$.@id", "$.name"];
    let csv = b"id,name\n1,Zo\xeb\n2,b\n";
    /// The decoding, the content type, the body, the records' path and the fields' paths.
    type Case<'a> = (Value, &'a str, Vec<u8>, Option<&'a str>, [&'a str; 2]);
    let cases: Vec<Case<'_>> = vec![
        (json!({"type": "csv"}), "text/csv; charset=windows-1252", csv.to_vec(), None, FIELDS),
        (json!({"type": "csv", "encoding": "windows-1252"}), "text/csv", csv.to_vec(), Some("$[*]"), FIELDS),
        (
            json!({"type": "csv", "compression": "zip"}),
            "application/zip",
            zip(&[("a.csv.gz", &gzip("id,name\n1,Zoë\n".as_bytes())), ("b.csv", b"name,id\nb,2")]),
            None,
            FIELDS,
        ),
        (
            json!({"type": "jsonl"}),
            "application/x-ndjson",
            "{\"id\":1,\"name\":\"Zoë\"}\n{\"id\":2,\"name\":\"b\"}".into(),
            None,
            FIELDS,
        ),
        (
            json!({"type": "jsonl", "compression": "gzip"}),
            "application/octet-stream",
            gzip("{\"d\":{\"id\":1,\"name\":\"Zoë\"}}\n{\"d\":{\"id\":2,\"name\":\"b\"}}\n".as_bytes()),
            Some("$[*].d"),
            FIELDS,
        ),
        (json!({"type": "xml"}), "application/xml", utf16(xml), Some("$.feed.entry[*]"), xml_fields),
        (
            json!({"type": "json"}),
            "application/json",
            utf16("{\"items\":[{\"id\":1,\"name\":\"Zo\u{eb}\"},{\"id\":2,\"name\":\"b\"}]}"),
            Some("$.items[*]"),
            FIELDS,
        ),
        (
            json!({"type": "json", "compression": "zip"}),
            "application/zip",
            zip(&[
                ("1.json", "{\"items\":[{\"id\":1,\"name\":\"Zoë\"}]}".as_bytes()),
                ("2.json", b"{\"items\":[{\"id\":2,\"name\":\"b\"}]}"),
            ]),
            Some("$.items[*]"),
            FIELDS,
        ),
    ];
    for (decode, kind, bytes, path, from) in cases {
        let reply = Reply::bytes(kind, &bytes);
        let server = Server::start(move |_, _| reply.clone()).await;
        let sink = MemorySink::default();
        let (result, _) = read(&of(&server.url, decode.clone(), path, from), &sink).await;
        assert_eq!(result.outcome, Outcome::Done, "{decode}: {:?}", result.problem);
        assert_eq!(rows(&sink), [["1", "Zoë"], ["2", "b"]], "{decode}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_entry_of_xml_is_a_list_of_one_and_text_is_lines() {
    let one = Reply::bytes("text/xml", b"<feed><entry id='7'><name>x</name><tag>t</tag></entry></feed>");
    let server = Server::start(move |_, _| one.clone()).await;
    let sink = MemorySink::default();
    let definition = of(&server.url, json!({"type": "xml"}), Some("$.feed.entry[*]"), ["$.@id", "$.tag[0]"]);
    let (result, _) = read(&definition, &sink).await;
    assert_eq!(rows(&sink), [["7", "t"]], "{:?}", result.problem);
    let none = Server::start(|_, _| Reply::bytes("text/xml", b"<feed><title/></feed>")).await;
    let definition = of(&none.url, json!({"type": "xml"}), Some("$.feed.entry[*]"), FIELDS);
    let (result, _) = read(&definition, &MemorySink::default()).await;
    assert_eq!((result.outcome, result.counts.read), (Outcome::Done, 0), "{:?}", result.problem);
    let text = Server::start(|_, _| Reply::bytes("text/plain", b"7\r\n8\n")).await;
    let sink = MemorySink::default();
    let _ = read(&of(&text.url, json!({"type": "text"}), None, ["$.text", "$.text"]), &sink).await;
    assert_eq!(rows(&sink), [["7", "7"], ["8", "8"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_of_the_kind_is_told() {
    let cases: Vec<(Value, &[u8], &str)> = vec![
        (json!({"type": "jsonl"}), b"{\"id\":1}\nnope\n", "bad_line"),
        (json!({"type": "xml"}), b"{}", "not_xml"),
        (json!({"type": "csv"}), b"<!doctype html><html>", "html_not_json"),
        (json!({"type": "csv"}), b"id\n\xe9\n", "not_text"),
        (json!({"type": "json", "compression": "deflate"}), b"x\x9cnonsense", "bad_compression"),
        (
            json!({"type": "csv", "compression": "zip"}),
            b"PK\x03\x04\0\0\0\0\x63\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            "bad_archive",
        ),
    ];
    for (decode, bytes, code) in cases {
        let reply = Reply::bytes("application/octet-stream", bytes);
        let server = Server::start(move |_, _| reply.clone()).await;
        let (result, _) = read(&of(&server.url, decode.clone(), None, FIELDS), &MemorySink::default()).await;
        let problem = result.problem.unwrap();
        assert_eq!(problem.code, code, "{decode}: {problem:?}");
        assert!(problem.request.is_some_and(|request| request.contains("/items")), "{decode}");
    }
    let bomb = gzip(&vec![b'\n'; 5_000_000]);
    let server = Server::start(move |_, _| Reply::bytes("text/csv", &bomb)).await;
    let mut definition = of(&server.url, json!({"type": "csv"}), None, FIELDS);
    definition.http.as_mut().unwrap().limits.response_bytes = Some(1_000_000);
    let (result, _) = read(&definition, &MemorySink::default()).await;
    assert_eq!(result.problem.unwrap().code, "too_large");
}

/// Many records, each of some size.
fn many(from: usize, to: usize) -> Vec<Value> {
    (from..to).map(|id| json!({"id": id, "name": format!("{id} {}", "n".repeat(100))})).collect()
}

const PAGE: usize = 40_000;

fn large() -> impl Fn(&crate::server::Request) -> Value {
    |request| {
        let page = request.number("page").unwrap_or(0);
        let next = (page < 1).then_some(page + 1);
        json!({"ok": true, "data": {"items": many(page * PAGE, (page + 1) * PAGE)}, "meta": {"next": next, "more": page < 1}})
    }
}

fn paged(base: &str, paginate: Value) -> Definition {
    definition(base, json!({}), json!({"records": {"path": "$.data.items[*]"}, "paginate": paginate}))
}

fn all_there(sink: &MemorySink) {
    let ids = sink.ids();
    assert!(ids.iter().copied().eq(0..i64::try_from(PAGE * 2).unwrap()), "{} ids", ids.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_array_is_read_as_it_arrives() {
    let page = large();
    let server = Server::start(move |request, _| Reply::json(&page(request))).await;
    let cursor = |until: Value| {
        let mut cursor = json!({"type": "cursor", "next": "$.meta.next", "inject": {"query": "page"}});
        if !until.is_null() {
            cursor["until"] = until;
        }
        cursor
    };
    let ways = [
        (cursor(json!(null)), true),
        (cursor(json!("{{ not response.meta.more }}")), true),
        (cursor(json!("{{ last_record.id == 79999 }}")), true),
        (json!({"type": "page", "start": 0, "inject": {"query": "page"}, "size": {"value": 50000}}), true),
        // What looks into the records needs all of them.
        (cursor(json!("{{ response.data['items'] | length < 40000 }}")), false),
    ];
    for (paginate, parts) in ways {
        let sink = MemorySink::default();
        let (result, _) = read(&paged(&server.url, paginate.clone()), &sink).await;
        assert_eq!(result.outcome, Outcome::Done, "{paginate}: {:?}", result.problem);
        let read = if paginate["type"] == "page" { PAGE } else { PAGE * 2 };
        assert_eq!(result.counts.read, read as u64, "{paginate}");
        let most = sink.table().most_in_a_batch;
        assert_eq!(most < PAGE / 2, parts, "{paginate}: {most} at once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_rows_and_archives_are_read_as_they_arrive() {
    let rows: String = (0..PAGE).map(|id| format!("{id},{id} {}\n", "n".repeat(100))).collect();
    let lines: String = many(0, PAGE).iter().map(|line| format!("{line}\n")).collect();
    let csv = format!("id,name\n{rows}");
    let (first, second) = rows.split_at(rows.match_indices('\n').nth(PAGE / 2 - 1).unwrap().0 + 1);
    let files = [format!("id,name\n{first}"), format!("id,name\n{second}")];
    let archive = zip(&[("1.csv", files[0].as_bytes()), ("2.csv.gz", &gzip(files[1].as_bytes()))]);
    let cases = [
        (json!({"type": "csv"}), csv.clone().into_bytes()),
        (json!({"type": "csv", "compression": "gzip"}), gzip(csv.as_bytes())),
        (json!({"type": "csv", "compression": "zip"}), archive),
        (json!({"type": "jsonl"}), lines.into_bytes()),
    ];
    for (decode, bytes) in cases {
        let server = Server::start(move |_, _| Reply::bytes("application/octet-stream", &bytes)).await;
        let sink = MemorySink::default();
        let (result, _) = read(&of(&server.url, decode.clone(), None, FIELDS), &sink).await;
        assert_eq!(
            (result.outcome, result.counts.read),
            (Outcome::Done, PAGE as u64),
            "{decode}: {:?}",
            result.problem
        );
        assert!(sink.table().most_in_a_batch < PAGE / 2, "{decode}: {}", sink.table().most_in_a_batch);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_answer_that_is_cut_goes_on_in_the_next_run() {
    for open in [false, true] {
        let page = large();
        let server =
            Server::start(move |request, nth| Reply { cut: nth == 1, open, ..Reply::json(&page(request)) }).await;
        let paginate = json!({"type": "cursor", "next": "$.meta.next", "inject": {"query": "page"}});
        let (definition, sink) = (paged(&server.url, paginate), MemorySink::default());
        let (result, _) = read(&definition, &sink).await;
        assert_eq!(result.outcome, Outcome::Partial);
        assert_eq!(result.problem.unwrap().code, "body_cut");
        let before = sink.table().written;
        assert!(before > PAGE as u64 && before < (PAGE * 2) as u64, "{before}");
        let (result, _) = read(&definition, &sink).await;
        assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
        all_there(&sink);
        assert_eq!(sink.table().written, (PAGE * 2) as u64, "nothing is written twice");
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_answer_that_is_cut_is_asked_for_again() {
    let json = || Reply::json(&json!({"items": records(0, 2)}));
    let xml = || Reply::bytes("text/xml", b"<items><item><id>0</id></item><item><id>1</id></item></items>");
    for (decode, path, whole) in
        [(json!({"type": "json"}), "$.items[*]", json()), (json!({"type": "xml"}), "$.items.item[*]", xml())]
    {
        let server = Server::start(move |_, nth| Reply { cut: nth == 0, open: true, ..whole.clone() }).await;
        let sink = MemorySink::default();
        let (result, _) = read(&of(&server.url, decode.clone(), Some(path), FIELDS), &sink).await;
        assert_eq!(result.outcome, Outcome::Done, "{decode}: {:?}", result.problem);
        assert_eq!((sink.ids(), result.counts.retries), (vec![0, 1], 1), "{decode}");
    }
    let server = Server::start(move |_, _| Reply { cut: true, open: true, ..json() }).await;
    let (result, _) =
        read(&of(&server.url, json!({"type": "json"}), Some("$.items[*]"), FIELDS), &MemorySink::default()).await;
    assert_eq!((result.problem.unwrap().code.as_str(), server.seen().len()), ("not_json", 3));
}

async fn with_canary(decode: Value, bytes: Vec<u8>) -> (StreamResult, MemorySink) {
    let server = Server::start(move |_, _| Reply::bytes("application/octet-stream", &bytes)).await;
    let sink = MemorySink::default();
    let (result, events) = read(&of(&server.url, decode, None, FIELDS), &sink).await;
    let told = format!("{:?} {events:?}", sink.table());
    assert!(!told.contains(CANARY), "the secret is not masked");
    (result, sink)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_masked_in_answers_of_every_kind_and_size() {
    let mut items = many(0, PAGE);
    for item in items.iter_mut().step_by(97) {
        item["name"] = json!(CANARY.repeat(3));
    }
    let (result, sink) = with_canary(json!({"type": "json"}), json!(items).to_string().into_bytes()).await;
    assert_eq!(result.counts.read, PAGE as u64, "{:?}", result.problem);
    assert!(sink.table().rows["97"][1].contains("••••"));
    let csv = gzip(format!("id,name\n1,{CANARY}\n").as_bytes());
    assert_eq!(with_canary(json!({"type": "csv"}), csv).await.0.counts.read, 1);
    let wide: Vec<u8> =
        format!("[{{\"id\":1,\"name\":\"{CANARY}\"}}]").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(with_canary(json!({"type": "json", "encoding": "utf-16le"}), wide).await.0.counts.read, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ceiling_counts_what_arrives() {
    let page = large();
    let server = Server::start(move |request, _| Reply::json(&page(request))).await;
    let mut definition = paged(&server.url, json!({"type": "none"}));
    definition.http.as_mut().unwrap().limits.response_bytes = Some(3_000_000);
    let (result, _) = read(&definition, &MemorySink::default()).await;
    assert_eq!(result.problem.unwrap().code, "too_large");
}
