//! Files as people have them.

use super::{CsvSaid, RowFile, RowFormat};
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::io::Write;

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("written");
    file
}

fn rows(file: &RowFile) -> Vec<Value> {
    let cells = |row: super::SourceRow| row.cells.map_or_else(|broken| json!(broken.message), Value::Object);
    file.rows().expect("rows").map(|row| cells(row.expect("readable"))).collect()
}

#[test]
fn dialects_headers_and_charsets_are_told() {
    let wide: Vec<u8> = "id;name\n1;Zoë\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xff, 0xfe], wide.as_slice()].concat();
    let cases: &[(&[u8], &str, Value)] = &[
        (
            b"id,name\n1,Ann\n2,Bob\n",
            "CSV, commas between the values, with a header, UTF-8",
            json!([{"id": "1", "name": "Ann"}, {"id": "2", "name": "Bob"}]),
        ),
        (
            b"id;name\r\n1;\"a;b\"\r\n",
            "CSV, semicolons between the values, with a header, UTF-8",
            json!([{"id": "1", "name": "a;b"}]),
        ),
        (b"id\tname\n1\t\n", "CSV, tabs between the values, with a header, UTF-8", json!([{"id": "1", "name": null}])),
        (
            b"1|a@b.test\n2|c@d.test\n",
            "CSV, vertical bars between the values, without a header, UTF-8",
            json!([{"column_1": "1", "column_2": "a@b.test"}, {"column_1": "2", "column_2": "c@d.test"}]),
        ),
        (
            b"\xef\xbb\xbfid,name\n1,x\n",
            "CSV, commas between the values, with a header, UTF-8",
            json!([{"id": "1", "name": "x"}]),
        ),
        (
            b"id,name\n1,Zo\xeb\n",
            "CSV, commas between the values, with a header, windows-1252",
            json!([{"id": "1", "name": "Zo\u{eb}"}]),
        ),
        (
            &marked,
            "CSV, semicolons between the values, with a header, UTF-16LE",
            json!([{"id": "1", "name": "Zo\u{eb}"}]),
        ),
        (
            &wide,
            "CSV, semicolons between the values, with a header, UTF-16LE",
            json!([{"id": "1", "name": "Zo\u{eb}"}]),
        ),
        (b"email\na@b.test\n", "CSV, commas between the values, with a header, UTF-8", json!([{"email": "a@b.test"}])),
        (
            b"id,id,\n1,2,3\n",
            "CSV, commas between the values, with a header, UTF-8",
            json!([{"id": "1", "id_2": "2", "column_3": "3"}]),
        ),
        (
            b"id,name\n1\n2,b\n3,c,d\n",
            "CSV, commas between the values, with a header, UTF-8",
            json!(["The line has 1 value, and there are 2 columns.", {"id": "2", "name": "b"}, "The line has 3 values, and there are 2 columns."]),
        ),
        (
            b"id,text\n1,\"two\nlines\"\n",
            "CSV, commas between the values, with a header, UTF-8",
            json!([{"id": "1", "text": "two\nlines"}]),
        ),
    ];
    for (bytes, words, wanted) in cases {
        let file = file(bytes);
        let found = RowFile::sniff(file.path(), &CsvSaid::default()).expect("a dialect");
        assert_eq!(found.words(), *words, "{}", String::from_utf8_lossy(bytes));
        assert_eq!(Value::from(rows(&found)), *wanted);
    }
}

#[test]
fn what_is_said_goes_before_what_is_seen() {
    let file = file(b"a,b;c\n1,2;3\n");
    let said = CsvSaid { delimiter: Some(b';'), header: Some(false), encoding: Some("latin1".to_owned()) };
    let found = RowFile::csv(file.path(), &said).expect("a dialect");
    assert_eq!(
        rows(&found),
        [json!({"column_1": "a,b", "column_2": "c"}), json!({"column_1": "1,2", "column_2": "3"})]
    );
    let said = CsvSaid { encoding: Some("klingon".to_owned()), ..CsvSaid::default() };
    assert_eq!(RowFile::csv(file.path(), &said).expect_err("no charset").code, "bad_encoding");
}

#[test]
fn json_lines_keep_digits_and_tell_broken_lines() {
    let file = file(b"{\"a\": 12345678901234567890, \"b\": {\"c\": [1]}}\n\n[1]\n{\"a\": \n{\"a\": null}\n");
    let found = RowFile::sniff(file.path(), &CsvSaid::default()).expect("JSON lines");
    assert_eq!(found.format, RowFormat::Jsonl);
    let read: Vec<super::SourceRow> = found.rows().expect("rows").map(|row| row.expect("readable")).collect();
    assert_eq!(read.iter().map(|row| (row.number, row.line)).collect::<Vec<_>>(), [(1, 1), (2, 3), (3, 4), (4, 5)]);
    assert_eq!(
        read[0].cells,
        Ok(json!({"a": 12_345_678_901_234_567_890_u64, "b": {"c": [1]}}).as_object().expect("an object").clone())
    );
    assert!(read[1].cells.is_err() && read[2].cells.is_err() && read[3].cells.is_ok());
}

#[test]
fn an_empty_file_and_a_missing_one_are_told() {
    let empty = file(b"");
    assert_eq!(RowFile::sniff(empty.path(), &CsvSaid::default()).expect_err("empty").code, "no_rows");
    let missing = std::path::Path::new("/nowhere/x.csv");
    assert_eq!(RowFile::sniff(missing, &CsvSaid::default()).expect_err("missing").code, "rows_unreadable");
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (2_usize..5)
        .prop_flat_map(|width| prop::collection::vec(prop::collection::vec("[ -~\u{e4}\n]{0,12}", width), 1..20))
}

proptest! {
    /// What a program writes as CSV comes back as it was, whatever stands between.
    #[test]
    fn written_rows_come_back(table in table(), delimiter in prop::sample::select(super::DELIMITERS.to_vec())) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record((0..table[0].len()).map(|at| format!("c{at}"))).expect("written");
        table.iter().for_each(|row| writer.write_record(row).expect("written"));
        let file = file(&writer.into_inner().expect("text"));
        let said = CsvSaid { delimiter: Some(delimiter), header: Some(true), encoding: None };
        let found = RowFile::csv(file.path(), &said).expect("a dialect");
        let wanted: Vec<Value> = table.iter().map(|row| {
            let cell = |(at, text): (usize, &String)| (format!("c{at}"), if text.trim().is_empty() { Value::Null } else { json!(text) });
            Value::Object(row.iter().enumerate().map(cell).collect())
        }).collect();
        prop_assert_eq!(rows(&found), wanted);
    }

    /// Any bytes at all are rows or a problem, never a crash, and the rows' numbers count up.
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let file = file(&bytes);
        if let Ok(found) = RowFile::sniff(file.path(), &CsvSaid::default()) {
            for (at, row) in found.rows().expect("rows").enumerate() {
                prop_assert_eq!(row.expect("readable").number, i64::try_from(at).expect("few") + 1);
            }
        }
    }
}
