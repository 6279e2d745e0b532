//! Parquet files, read back by the library's own reader.

use crate::support::{V, batch, batch_with, done, reading, shape, text};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use definition::model::FieldType;
use engine::sink::{Sink, StreamShape};
use sinks::parquet::ParquetSink;
use std::fs::File;
use std::path::Path;

fn rows(path: &Path) -> Vec<Vec<Field>> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect()).collect()
}

#[test]
fn values_keep_their_types_and_every_digit() {
    use FieldType::{Boolean, Date, Datetime, Decimal, Integer, Json, Number, String, Time};
    let folder = tempfile::tempdir().unwrap();
    let columns = [
        ("id", Integer),
        ("text", String),
        ("price", Decimal),
        ("ratio", Number),
        ("yes", Boolean),
        ("day", Date),
        ("at", Datetime),
        ("clock", Time),
        ("any", Json),
    ];
    let row = vec![
        V::Int(i64::MIN),
        text("ü\n\0"),
        V::Decimal("1.10"),
        V::Float(0.1),
        V::Bool(false),
        text("1970-01-03"),
        text("1970-01-01T00:00:01.000001Z"),
        text("00:00:00.25"),
        V::Json("{\"a\": 1}"),
    ];
    let nulls = vec![V::Null; 9];
    let mut sink = ParquetSink::new(folder.path().to_owned());
    let shape = StreamShape { extras: true, ..shape("odd", &columns, &["id"]) };
    sink.open(&shape).unwrap();
    let page = batch_with(&[(row, Some("{\"b\":[2]}")), (nulls, None)]);
    assert_eq!(sink.write(&page, &reading(1)).unwrap().new, 2);
    let whole = folder.path().join("odd.parquet");
    assert!(!whole.exists(), "the file comes when it is whole");
    sink.finish(&done("")).unwrap();
    let read = rows(&whole);
    assert_eq!(
        read[0],
        [
            Field::Long(i64::MIN),
            Field::Str("ü\n\0".into()),
            Field::Str("1.10".into()),
            Field::Double(0.1),
            Field::Bool(false),
            Field::Date(2),
            Field::TimestampMicros(1_000_001),
            Field::TimeMicros(250_000),
            Field::Str("{\"a\": 1}".into()),
            Field::Str("{\"b\":[2]}".into()),
        ]
    );
    assert!(read[1].iter().all(|field| *field == Field::Null));
}

#[test]
fn many_records_become_several_groups_and_an_old_file_stays_until_the_new_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let shape = shape("many", &[("n", FieldType::Integer)], &["n"]);
    let page = |from: i64| batch(&(from..from + 70_000).map(|n| vec![V::Int(n)]).collect::<Vec<_>>());
    let mut sink = ParquetSink::new(folder.path().to_owned());
    sink.open(&shape).unwrap();
    for from in [0, 70_000, 140_000] {
        sink.write(&page(from), &reading(1)).unwrap();
    }
    sink.finish(&done("")).unwrap();
    let path = folder.path().join("many.parquet");
    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    assert_eq!(reader.metadata().num_row_groups(), 2);
    let read: Vec<_> = rows(&path).into_iter().map(|mut row| row.remove(0)).collect();
    assert_eq!(read, (0..210_000).map(Field::Long).collect::<Vec<_>>());
    // Stopped on the way.
    let mut sink = ParquetSink::new(folder.path().to_owned());
    sink.open(&shape).unwrap();
    assert_eq!(ParquetSink::new(folder.path().to_owned()).open(&shape).unwrap_err().code, "busy");
    sink.write(&page(7), &reading(1)).unwrap();
    drop(sink);
    assert_eq!(rows(&path).len(), 210_000);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-written stays");
}

#[test]
fn a_value_of_another_type_is_told_with_its_column() {
    let folder = tempfile::tempdir().unwrap();
    let table = [
        (FieldType::Datetime, text("soon")),
        (FieldType::Integer, V::Decimal("18446744073709551616")),
        (FieldType::Boolean, text("yes")),
        (FieldType::Date, text("2024-02-30")),
    ];
    for (kind, value) in table {
        let mut sink = ParquetSink::new(folder.path().to_owned());
        sink.open(&shape("odd", &[("x", kind)], &[])).unwrap();
        let problem = sink.write(&batch(&[vec![value]]), &reading(1)).unwrap_err();
        assert_eq!((problem.code.as_str(), problem.field.as_deref()), ("value_unfit", Some("x")), "{kind:?}");
    }
}

#[test]
fn a_stream_without_columns_has_its_records_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = ParquetSink::new(folder.path().to_owned());
    sink.open(&StreamShape { extras: true, ..shape("raw", &[], &[]) }).unwrap();
    sink.write(&batch_with(&[(vec![], Some("{\"a\":1}"))]), &reading(1)).unwrap();
    sink.finish(&done("")).unwrap();
    assert_eq!(rows(&folder.path().join("raw.parquet")), [[Field::Str("{\"a\":1}".into())]]);
}
