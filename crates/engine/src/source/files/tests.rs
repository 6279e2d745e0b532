//! Whole files: whatever they are, nothing panics, and what was written is read.

use super::content::Content;
use super::file::{Asked, FileReader, Page, Place, facts};
use super::own::{Own, Wanted};
use definition::model::FilesFormat;
use proptest::prelude::{Strategy, any, prop, proptest};
use serde_json::Value;
use std::path::Path;

/// All records of a file, and the numbers of its broken lines. `again`: opened anew for each page.
fn read(path: &Path, format: &FilesFormat, again: bool) -> std::io::Result<(Vec<Value>, Vec<u64>)> {
    let size = path.metadata()?.len();
    let content = Content::file(path.to_owned());
    let known = facts(&content, size, format)?;
    let asked = Asked { format: format.clone(), holder: Vec::new() };
    let open =
        |place: Option<Place>| FileReader::open(&content, &known, &asked, Own::new(Wanted::none(), "", ""), place, 0);
    let (mut records, mut broken) = (Vec::new(), Vec::new());
    let mut reader = open(None)?;
    loop {
        let mut page = Page::default();
        reader.page(&mut page)?;
        page.close();
        assert!(serde_json::from_slice::<Value>(&page.json).is_ok(), "{}", String::from_utf8_lossy(&page.json));
        records.extend(page.records.iter().filter_map(|range| serde_json::from_slice(&page.json[range.clone()]).ok()));
        broken.extend(page.broken.iter().map(|broken| broken.line));
        match page.next {
            None => return Ok((records, broken)),
            Some(place) if again => reader = open(Some(place))?,
            Some(_) => {}
        }
    }
}

fn written(name: &str, bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn cell() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 ,;|\"\r\n\t'éß€#\\\\.-]{0,12}"
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000), end in 0..3) {
        let (_folder, path) = written(["a.csv", "a.json", "a.jsonl"][end as usize], &bytes);
        let formats = [
            FilesFormat::Auto,
            FilesFormat::Json { encoding: None },
            FilesFormat::Jsonl { encoding: Some("utf-8".to_owned()) },
            FilesFormat::Csv(definition::model::FilesCsv::default()),
        ];
        for format in formats {
            let _ = read(&path, &format, true);
        }
    }

    #[test]
    fn what_is_written_is_read(rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..40)) {
        let mut text = String::from("id,a,b,c\n");
        for (index, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text += &format!("{index},{}\n", cells.join(","));
        }
        let (_folder, path) = written("a.csv", text.as_bytes());
        let asked = definition::model::FilesCsv {
            delimiter: Some(",".into()),
            quote: Some("\"".into()),
            escape: Some(definition::model::CsvEscape::Doubled),
            header: Some(true),
            skip_lines: Some(0),
            comment: Some(String::new()),
            encoding: Some("utf-8".into()),
        };
        let (records, broken) = read(&path, &FilesFormat::Csv(asked), false).unwrap();
        assert!(broken.is_empty(), "{broken:?}");
        let values: Vec<Vec<String>> = records
            .iter()
            .map(|record| ["a", "b", "c"].map(|name| record[name].as_str().unwrap_or_default().to_owned()).to_vec())
            .collect();
        assert_eq!(values, rows);
    }
}

#[test]
fn a_large_file_is_the_same_from_any_page_on() {
    use std::fmt::Write;
    let (mut csv, mut list) = (String::from("id,text\n"), String::from("[\n"));
    for id in 0..60_000 {
        writeln!(csv, "{id},\"line one\nand, two {id}\"").unwrap();
        writeln!(list, "{}{{\"id\": {id}, \"text\": \"some text of record {id}\"}}", if id > 0 { "," } else { "" })
            .unwrap();
    }
    list.push(']');
    for (name, text) in [("a.csv", &csv), ("a.json", &list)] {
        let (_folder, path) = written(name, text.as_bytes());
        let (once, broken) = read(&path, &FilesFormat::Auto, false).unwrap();
        let (again, _) = read(&path, &FilesFormat::Auto, true).unwrap();
        assert_eq!((once.len(), broken.len()), (60_000, 0), "{name}");
        assert!(once == again, "{name}");
    }
}

#[test]
fn broken_lines_cost_no_others() {
    // text, records, broken lines
    let cases: &[(&str, usize, &[u64])] = &[
        ("a,b\n1,2\n\"3,4\n5,6\n", 2, &[3]),
        ("a,b\n1,2\n\"3,4\n5,\"6\"\n7,8\n", 3, &[3]),
        ("a,b\n1,2,3\n4,5\n", 1, &[2]),
        ("a,b\n1,2,\n4,5\n", 2, &[]),
        ("a,b\n\"x\"y,2\n4,5\n", 1, &[2]),
        ("a,b\n1\u{0},2\n4,5\n", 1, &[2]),
        ("a,b\n1,\"x\ny\"\n1,2,3\n", 1, &[4]),
        ("a,b\r1,2\r3,4,5\r6,7\r", 2, &[3]),
    ];
    for (text, records, broken) in cases {
        let (_folder, path) = written("a.csv", text.as_bytes());
        let asked = definition::model::FilesCsv {
            delimiter: Some(",".into()),
            header: Some(true),
            skip_lines: Some(0),
            ..definition::model::FilesCsv::default()
        };
        let (found, lines) = read(&path, &FilesFormat::Csv(asked), true).unwrap();
        assert_eq!((found.len(), lines.as_slice()), (*records, *broken), "{text:?} {found:?}");
    }
}
