//! JSON Lines, CSV and memory.

use crate::support::{V, batch, batch_with, done, reading, shape, text};
use definition::model::FieldType;
use engine::sink::Sink;
use sinks::csv::CsvSink;
use sinks::jsonl::JsonlSink;
use sinks::memory::MemorySink;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn columns() -> Vec<(&'static str, FieldType)> {
    vec![
        ("id", FieldType::Integer),
        ("na\"me", FieldType::String),
        ("price", FieldType::Decimal),
        ("ok", FieldType::Boolean),
        ("tags", FieldType::Array),
        ("ratio", FieldType::Number),
    ]
}

#[test]
fn a_line_keeps_every_digit_and_the_order() {
    let out = Shared::default();
    let mut sink = JsonlSink::new(Box::new(out.clone()));
    let shape = shape("s", &columns(), &["id"]);
    assert_eq!(sink.open(&shape).unwrap(), None);
    let rows = [
        (
            vec![
                V::Int(i64::MAX),
                text("a\n\u{1}\"ü"),
                V::Decimal("12345678901234567890.1230"),
                V::Bool(true),
                V::Json("[1,\n 2]"),
                V::Float(0.5),
            ],
            Some(r#"{"id": 9, "more": {"x": 1.10}}"#),
        ),
        (vec![V::Null, V::Null, V::Decimal("+1"), V::Bool(false), V::Null, V::Float(f64::NAN)], None),
    ];
    let written = sink.write(&batch_with(&rows), &reading(1)).unwrap();
    assert_eq!(written.new, 2);
    sink.finish(&done("1")).unwrap();
    let lines = String::from_utf8(out.0.lock().unwrap().clone()).unwrap();
    let expected = "{\"id\":9223372036854775807,\"na\\\"me\":\"a\\n\\u0001\\\"ü\",\"price\":12345678901234567890.1230,\
        \"ok\":true,\"tags\":[1, 2],\"ratio\":0.5,\"id_2\":9,\"more\":{\"x\": 1.10}}\n\
        {\"id\":null,\"na\\\"me\":null,\"price\":\"+1\",\"ok\":false,\"tags\":null,\"ratio\":null}\n";
    assert_eq!(lines, expected);
}

#[test]
fn a_reader_that_went_away_is_told() {
    let mut sink = JsonlSink::new(Box::new(Closed));
    sink.open(&shape("s", &[("id", FieldType::Integer)], &[])).unwrap();
    assert_eq!(sink.write(&batch(&[vec![V::Int(1)]]), &reading(1)).unwrap_err().code, "broken_pipe");
}

#[test]
fn a_table_is_whole_or_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.csv");
    let mut shape = shape("s", &columns()[..2], &["id"]);
    shape.extras = true;
    let page = batch_with(&[(vec![V::Int(1), text("a,\"b\"\nc")], Some("{\"x\":1}")), (vec![V::Null, V::Null], None)]);

    let mut sink = CsvSink::new(folder.path().to_owned());
    sink.open(&shape).unwrap();
    assert_eq!(sink.write(&page, &reading(1)).unwrap().new, 2);
    assert!(!path.exists());
    let mut other = CsvSink::new(folder.path().to_owned());
    assert_eq!(other.open(&shape).unwrap_err().code, "busy");
    sink.finish(&done("1")).unwrap();
    let whole = "id,\"na\"\"me\",_extra\n1,\"a,\"\"b\"\"\nc\",\"{\"\"x\"\":1}\"\n,,\n";
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);

    let mut stopped = CsvSink::new(folder.path().to_owned());
    stopped.open(&shape).unwrap();
    stopped.write(&page, &reading(1)).unwrap();
    drop(stopped);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);

    let mut limited = CsvSink::new(folder.path().to_owned());
    limited.open(&shape).unwrap();
    limited.limited().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "id,\"na\"\"me\",_extra\n");
    // Behind its end there is nothing more to put in place.
    limited.limited().unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_stream_never_leaves_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    let mut sink = CsvSink::new(inner.clone());
    sink.open(&shape("../../out", &[("id", FieldType::Integer)], &[])).unwrap();
    sink.finish(&done("1")).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(inner).unwrap().count(), 1);
}

#[test]
fn memory_keeps_rows_and_state() {
    let (mut sink, rows) = MemorySink::new();
    sink.open(&shape("s", &[("id", FieldType::Integer)], &[])).unwrap();
    sink.write(&batch(&[vec![V::Int(1)], vec![V::Null]]), &reading(1)).unwrap();
    sink.write(&batch(&[vec![V::Int(3)]]), &reading(2)).unwrap();
    assert_eq!((rows.len(), rows.row(2), rows.row(3)), (3, Some(vec![Some("3".to_owned())]), None));
    assert_eq!(rows.row(1), Some(vec![None]));
    assert_eq!(rows.state(), Some(reading(2)));
    sink.finish(&done("9")).unwrap();
    assert!(rows.finished());
}
