//! Every kind, fed in chunks of any size, gives what it gives when it comes as a whole.

use super::{DecodePlan, Decoded, Decoder, PART, fault, split};
use crate::json::Path;
use definition::Problem;
use definition::model::Stream;
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::Write;
use std::sync::Arc;

fn plan(decode: Value, records: Option<&str>, fields: &[&str]) -> Arc<DecodePlan> {
    let fields: Vec<Value> = fields.iter().map(|from| json!({"name": "x", "from": from, "type": "string"})).collect();
    let stream = json!({"name": "s", "decode": decode, "fields": fields, "records": {"path": records}});
    let stream: Stream = serde_json::from_value(stream).unwrap();
    let records = records.map(|path| Path::parse(path).unwrap());
    Arc::new(DecodePlan::new(&stream, records.as_ref(), &[], &[]))
}

/// Decodes bytes that come in chunks of a size.
fn pieces(plan: &Arc<DecodePlan>, bytes: &[u8], size: usize, ceiling: u64) -> Result<Vec<Decoded>, Problem> {
    let mut decoder = Decoder::new(Arc::clone(plan), None, ceiling);
    let mut out = VecDeque::new();
    for chunk in bytes.chunks(size) {
        decoder.feed(chunk, &mut out)?;
    }
    decoder.finish(&mut out)?;
    Ok(out.into())
}

/// The documents of an answer, however it comes.
fn documents(decode: Value, records: Option<&str>, fields: &[&str], bytes: &[u8]) -> Result<Vec<Value>, String> {
    let plan = plan(decode, records, fields);
    let read = |size: usize| {
        let pieces =
            pieces(&plan, bytes, size, u64::MAX).map_err(|problem| format!("{}: {}", problem.code, problem.message))?;
        let values = pieces.into_iter().map(|piece| match piece {
            Decoded::Document(text) => serde_json::from_slice(&text).map_err(|error| error.to_string()),
            other => Err(format!("not whole: {other:?}")),
        });
        values.collect::<Result<Vec<Value>, String>>()
    };
    let whole = read(usize::MAX);
    for size in [1, 2, 3, 5, 64] {
        assert_eq!(read(size), whole, "by {size}");
    }
    whole
}

fn one(decode: Value, bytes: &[u8]) -> Value {
    documents(decode, None, &[], bytes).unwrap().remove(0)
}

#[test]
fn csv_becomes_objects_of_text() {
    let cases = [
        (
            json!({}),
            "id,name\n1,a\n2,\"b, \"\"c\"\"\nd\"\n",
            json!([{"id": "1", "name": "a"}, {"id": "2", "name": "b, \"c\"\nd"}]),
        ),
        (json!({}), "\u{feff}id;x\r\n1;2", json!([{"id;x": "1;2"}])),
        (json!({"delimiter": ";"}), "id;x\r\n1;2\r\n\r\n3;4", json!([{"id": "1", "x": "2"}, {"id": "3", "x": "4"}])),
        (json!({"delimiter": "\\t"}), "a\tb\n1\t", json!([{"a": "1", "b": ""}])),
        (json!({"delimiter": "|", "quote": "'"}), "a|b\n'1|2'|\"", json!([{"a": "1|2", "b": "\""}])),
        (json!({"quote": ""}), "a,b\n\"x,y\"", json!([{"a": "\"x", "b": "y\""}])),
        (
            json!({"no_header": true}),
            "1,2\n3",
            json!([{"column_1": "1", "column_2": "2"}, {"column_1": "3", "column_2": null}]),
        ),
        (
            json!({}),
            "a,,a, a ,a_2\n1,2,3,4,5,6",
            json!([{"a": "1", "column_2": "2", "a_3": "3", "a_4": "4", "a_2": "5", "column_6": "6"}]),
        ),
        (json!({}), "a,b", json!([])),
        (json!({}), "", json!([])),
        (json!({}), "a\n\u{1}\\é\n", json!([{"a": "\u{1}\\é"}])),
    ];
    for (settings, text, wanted) in cases {
        let mut decode = json!({"type": "csv"});
        decode.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        assert_eq!(one(decode, text.as_bytes()), wanted, "{text:?}");
    }
    let long = "x".repeat(10_000);
    assert_eq!(one(json!({"type": "csv"}), format!("a\n{long}").as_bytes()), json!([{"a": long}]));
}

#[test]
fn lines_become_records() {
    let jsonl = json!({"type": "jsonl"});
    assert_eq!(one(jsonl.clone(), b"{\"a\":1}\r\n\n  \n[2]\n\"\xc3\xa9\""), json!([{"a": 1}, [2], "é"]));
    assert_eq!(one(jsonl.clone(), b""), json!([]));
    let broken = documents(jsonl.clone(), None, &[], b"{\"a\":1}\n{\"a\" 1}\n{}\n").unwrap_err();
    assert_eq!(broken, "bad_line: Line 2 of the answer is not JSON. It starts: {\"a\" 1}");
    let half = documents(jsonl, None, &[], b"{\"a\":1}\n{\"a\":").unwrap_err();
    assert!(half.starts_with("body_cut: "), "{half}");
    let text = one(json!({"type": "text"}), b"a \"b\"\r\n\nc");
    assert_eq!(text, json!([{"text": "a \"b\""}, {"text": ""}, {"text": "c"}]));
    assert_eq!(one(json!({"type": "text"}), b"a\n"), json!([{"text": "a"}]));
}

const FEED: &str = r#"<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x "y">]>
<feed xmlns="http://x" xmlns:g="http://g"><title type="text">A &amp; B &#233; &x; <![CDATA[<c>]]></title>
  <entry g:id="1"><link href="a&quot;b"/><g:tag>t</g:tag><empty/></entry><!-- no --></feed>"#;

#[test]
fn xml_becomes_objects() {
    let xml = json!({"type": "xml"});
    let link = json!({"@href": "a\"b"});
    let entry = |link: Value, tag: Value| json!({"@g:id": "1", "link": link, "g:tag": tag, "empty": null});
    let feed = |entry: Value| {
        let title = json!({"@type": "text", "#text": "A & B é &x; <c>"});
        json!({"feed": {"@xmlns": "http://x", "@xmlns:g": "http://g", "title": title, "entry": entry}})
    };
    assert_eq!(one(xml.clone(), FEED.as_bytes()), feed(entry(link.clone(), json!("t"))));
    let found = documents(xml.clone(), Some("$.feed.entry[*]"), &["$.link[0].@href", "$['g:tag'][*]"], FEED.as_bytes());
    assert_eq!(found.unwrap(), [feed(json!([entry(json!([link]), json!(["t"]))]))]);
    let several = one(xml.clone(), b"<a><b>1</b><c/><b><d/></b><b>3</b></a>");
    assert_eq!(several, json!({"a": {"b": ["1", {"d": null}, "3"], "c": null}}));
    let none = documents(xml.clone(), Some("$.feed.entry[*]"), &[], b"<feed/>").unwrap();
    assert_eq!(none, [json!({"feed": {"entry": []}})]);
    let asked = documents(json!({"type": "xml", "lists": ["$.a.b"]}), None, &[], b"<a><b>1</b></a>").unwrap();
    assert_eq!(asked, [json!({"a": {"b": ["1"]}})]);
}

#[test]
fn broken_xml_is_told() {
    let code = |text: &str| documents(json!({"type": "xml"}), None, &[], text.as_bytes()).unwrap_err();
    assert!(code("<a><b>").starts_with("body_cut: "), "{}", code("<a><b>"));
    assert!(code("<a><b").starts_with("body_cut: "), "{}", code("<a><b"));
    assert!(code("<a></b>").starts_with("not_xml: "), "{}", code("<a></b>"));
    assert!(code("{}").starts_with("not_xml: "));
    assert!(code("").starts_with("body_cut: "));
    let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
    assert!(code(&deep).starts_with("too_deep: "));
    let bomb = "<!DOCTYPE z [<!ENTITY a \"xx\"><!ENTITY b \"&a;&a;&a;\">]><z>&b;</z>";
    assert_eq!(one(json!({"type": "xml"}), bomb.as_bytes()), json!({"z": "&b;"}));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn pack(kind: &str, bytes: &[u8]) -> Vec<u8> {
    match kind {
        "gzip" => gzip(bytes),
        "zlib" => {
            let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        "raw" => {
            let mut out = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        other => encode(other, bytes),
    }
}

/// By the encoders of the library whose decoders are used.
fn encode(kind: &str, bytes: &[u8]) -> Vec<u8> {
    use compression_codecs::core::util::{PartialBuffer, WriteBuffer};
    use compression_codecs::{BrotliEncoder, EncodeV2, ZstdEncoder, brotli::params::EncoderParams};
    let mut encoder: Box<dyn EncodeV2> = match kind {
        "brotli" => Box::new(BrotliEncoder::new(EncoderParams::default())),
        _ => Box::new(ZstdEncoder::new(3)),
    };
    let mut buffer = vec![0; bytes.len() * 2 + 1000];
    let mut out = WriteBuffer::new_initialized(&mut buffer);
    let mut input = PartialBuffer::new(bytes);
    encoder.encode(&mut input, &mut out).unwrap();
    while !encoder.finish(&mut out).unwrap() {}
    out.written().to_vec()
}

/// An archive; `behind`: sizes stand behind the bytes.
fn zip(files: &[(&str, &[u8], bool, bool)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes, packed, behind) in files {
        let data = if *packed { pack("raw", bytes) } else { bytes.to_vec() };
        let sum = crc32fast::hash(bytes).to_le_bytes();
        let sizes = [sum, (data.len() as u32).to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
        out.extend_from_slice(b"PK\x03\x04\x14\0");
        out.extend_from_slice(&[if *behind { 8 } else { 0 }, 0, if *packed { 8 } else { 0 }, 0, 0, 0, 0, 0]);
        out.extend_from_slice(if *behind { &[0; 12] } else { &sizes });
        out.extend_from_slice(&[u8::try_from(name.len()).unwrap(), 0, 3, 0]);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\0\0\0");
        out.extend_from_slice(&data);
        if *behind {
            out.extend_from_slice(b"PK\x07\x08");
            out.extend_from_slice(&sizes);
        }
    }
    out.extend_from_slice(b"PK\x01\x02 a directory that is not read");
    out
}

#[test]
fn what_is_packed_is_opened() {
    let text = br#"{"a":[1,2,3],"b":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#;
    let wanted: Value = serde_json::from_slice(text).unwrap();
    for (asked, kind) in
        [("gzip", "gzip"), ("deflate", "zlib"), ("deflate", "raw"), ("brotli", "brotli"), ("zstd", "zstd")]
    {
        let packed = pack(kind, text);
        assert_eq!(one(json!({"type": "json", "compression": asked}), &packed), wanted, "{kind}");
        let half = documents(json!({"type": "json", "compression": asked}), None, &[], &packed[..packed.len() - 3]);
        assert!(half.is_err_and(|why| why.starts_with("body_cut")), "{kind}");
        if matches!(kind, "gzip" | "zstd") {
            assert_eq!(one(json!({"type": "json"}), &packed), wanted, "{kind} is seen");
            assert_eq!(one(json!({"type": "json", "compression": asked}), text), wanted, "{kind} is off already");
        }
    }
    let two = [gzip(b"{\"a\":"), gzip(b"1}")].concat();
    assert_eq!(one(json!({"type": "json"}), &two), json!({"a": 1}));
}

#[test]
fn every_file_of_an_archive_is_read() {
    let csv = json!({"type": "csv", "compression": "zip"});
    let inner = gzip(b"id\n3\n");
    let archive = zip(&[
        ("a/", b"", false, false),
        ("a/one.csv", b"id\n1\n2\n", true, false),
        ("__MACOSX/a/._one.csv", b"junk", true, false),
        ("two.csv.gz", &inner, false, false),
        ("three.csv", b"id\n4", true, true),
        ("empty.csv", b"", false, false),
    ]);
    let wanted = [json!([{"id": "1"}, {"id": "2"}]), json!([{"id": "3"}]), json!([{"id": "4"}]), json!([])];
    assert_eq!(documents(csv.clone(), None, &[], &archive).unwrap(), wanted);
    let end = archive.len() - 60;
    assert!(documents(csv.clone(), None, &[], &archive[..end]).is_err_and(|why| why.starts_with("body_cut")));
    let mut damaged = archive;
    damaged[80] ^= 0xff;
    assert!(documents(csv.clone(), None, &[], &damaged).is_err());
    assert_eq!(documents(csv, None, &[], b"PK\x05\x06an empty one").unwrap(), Vec::<Value>::new());
}

#[test]
fn a_bomb_meets_the_ceiling() {
    let plan = plan(json!({"type": "json"}), None, &[]);
    let bomb = gzip(&gzip(&vec![b' '; 50_000_000]));
    assert!(bomb.len() < 10_000);
    let problem = pieces(&plan, &bomb, 100, 1_000_000).unwrap_err();
    assert_eq!(problem.code, "too_large");
}

/// Records, told anew from what came in parts.
fn records(pieces: &[Decoded]) -> (Vec<Value>, Option<Value>) {
    let mut found = Vec::new();
    let mut around = None;
    for piece in pieces {
        match piece {
            Decoded::Records(text, ranges) => {
                found.extend(ranges.iter().map(|range| serde_json::from_slice::<Value>(&text[range.clone()]).unwrap()));
            }
            Decoded::Around(text) => around = Some(serde_json::from_slice(text).unwrap()),
            Decoded::Document(text) => panic!("whole: {}", String::from_utf8_lossy(text)),
        }
    }
    (found, around)
}

#[test]
fn large_documents_come_in_parts() {
    let rows: Vec<Value> =
        (0..60_000).map(|id| json!({"id": id, "n": {"x": ["]", "}", "\\\""]}, "name": "ä".repeat(20)})).collect();
    let edges: Vec<Value> = rows.iter().map(|row| json!({"node": row, "cursor": "c"})).collect();
    let cases = [
        (Some("$"), json!(rows)),
        (None, json!(rows)),
        (Some("$[*]"), json!(rows)),
        (Some("$.a.b[*]"), json!({"x": {"b": [1]}, "a": {"c": "b", "b": rows, "d": [{"b": 2}]}, "next": 7})),
        (Some("$.a.b"), json!({"a": {"b": rows}})),
        (
            Some("$.data.users.edges[*].node"),
            json!({"data": {"users": {"edges": edges, "pageInfo": {"endCursor": "z"}}}}),
        ),
    ];
    for (path, document) in cases {
        let plan = plan(json!({"type": "json"}), path, &[]);
        let text =
            if path == Some("$[*]") { serde_json::to_vec_pretty(&document) } else { serde_json::to_vec(&document) };
        for size in [1000, 65_537, usize::MAX] {
            let pieces = pieces(&plan, text.as_ref().unwrap(), size, u64::MAX).unwrap();
            let largest = pieces.iter().map(|piece| match piece {
                Decoded::Records(text, _) | Decoded::Around(text) | Decoded::Document(text) => text.len(),
            });
            if size < PART {
                assert!(largest.max().unwrap() < PART * 2 && pieces.len() > 4, "{path:?} by {size}");
            }
            let (found, around) = records(&pieces);
            assert!(found == rows, "{path:?} by {size}");
            let mut wanted = document.clone();
            match path {
                Some("$.a.b[*]" | "$.a.b") => wanted["a"]["b"] = json!([]),
                Some("$.data.users.edges[*].node") => wanted["data"]["users"]["edges"] = json!([]),
                _ => wanted = json!([]),
            }
            assert_eq!(around, Some(wanted), "{path:?} by {size}");
        }
    }
}

#[test]
fn what_is_cut_or_broken_late_is_found() {
    let plan = plan(json!({"type": "json"}), Some("$.items[*]"), &[]);
    let rows: Vec<Value> = (0..50_000).map(|id| json!({"id": id, "name": "some name or other"})).collect();
    let text = json!({"items": rows, "next": 1}).to_string();
    for (text, code) in [
        (&text[..text.len() - 1], "body_cut"),
        (&text[..text.len() - 30], "body_cut"),
        (&text[..1_500_000], "body_cut"),
        (&text.replace("{\"id\":49999", "{\"id\" 49999"), "not_json"),
        (&format!("{text}x"), "not_json"),
        (&text.replace("],\"next", "],,\"next"), "not_json"),
    ] {
        let problem = pieces(&plan, text.as_bytes(), 4096, u64::MAX).unwrap_err();
        assert_eq!(problem.code, code, "{problem:?}");
    }
}

/// JSON of any shape.
fn value() -> impl Strategy<Value = Value> {
    let leaf = proptest::prop_oneof![
        any::<i32>().prop_map(|number| json!(number)),
        "[a-z\"\\\\\\[\\]{},: é]{0,8}".prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        proptest::prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[ab\"]{1,2}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #[test]
    fn cutting_changes_nothing(root in value(), part in 1usize..40, size in 1usize..9, pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&root).unwrap() } else { root.to_string() };
        for holder in [vec![], vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()]] {
            let mut splitter = split::Splitter::new(Some(holder.clone()), part);
            let mut out = Vec::new();
            for chunk in text.as_bytes().chunks(size) {
                splitter.feed(chunk, &mut out).unwrap();
            }
            splitter.finish(&mut out).unwrap();
            let mut whole = root.clone();
            let place = holder.iter().try_fold(&mut whole, |at, name| at.get_mut(name));
            let mut found = Vec::new();
            for piece in &out {
                match piece {
                    split::Piece::Whole(given) => prop_assert_eq!(given, text.as_bytes()),
                    split::Piece::Records(text, ranges) => found.extend(
                        ranges.iter().map(|range| serde_json::from_slice::<Value>(&text[range.clone()]).unwrap())
                    ),
                    split::Piece::Around(_) => {}
                }
            }
            if let Some(split::Piece::Around(around)) = out.last() {
                let items = place.unwrap();
                prop_assert_eq!(&Value::from(found), &*items);
                *items = json!([]);
                prop_assert_eq!(serde_json::from_slice::<Value>(around).unwrap(), whole);
            }
        }
    }

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0usize..7) {
        let kinds = [
            json!({"type": "json"}), json!({"type": "jsonl"}), json!({"type": "csv"}), json!({"type": "xml"}),
            json!({"type": "text"}), json!({"type": "json", "compression": "deflate"}), json!({"type": "csv", "compression": "brotli"}),
        ];
        let plan = plan(kinds[kind].clone(), Some("$.a[*]"), &[]);
        for start in [&b""[..], b"PK\x03\x04", b"\x1f\x8b\x08\0", b"<?xml ", b"{\"a\":["] {
            let bytes = [start, &bytes].concat();
            let whole = pieces(&plan, &bytes, usize::MAX, 10_000).map_err(|_| ());
            let split = pieces(&plan, &bytes, 3, 10_000).map_err(|_| ());
            prop_assert_eq!(whole, split);
        }
    }
}

#[test]
fn shown_text_is_short() {
    assert_eq!(fault::shown(b"a\nb"), "a b");
    assert_eq!(fault::shown("é".repeat(500).as_bytes()).chars().count(), 81);
}
