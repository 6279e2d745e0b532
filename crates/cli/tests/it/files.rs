//! Files of a folder, through the program: many dialects with broken lines, what changed since, and a kill on the way.

use crate::run::Place;
use rusqlite::Connection;
use serde_json::Value;
use std::fmt::Write;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

const DEFINITION: &str = "tapwright: 1
name: papers
config: [{name: folder, required: true}]
streams:
- name: rows
  source: {type: files, folder: '{{ config.folder }}', glob: '**/*'}
  fields:
  - {name: id, from: $.id, type: integer}
  - {name: name, from: $.name}
  - {name: price, from: $.price}
  - {name: _path, from: $._path}
  - {name: _line, from: $._line, type: integer}
";

fn folder(place: &Place) {
    std::fs::create_dir_all(place.path("data")).expect("a folder");
}

fn sync(place: &Place, definition: &str) -> Value {
    place.write("c.connector.yaml", definition);
    let args = ["sync", "c.connector.yaml", "--config", "folder=data", "--to", "sqlite:c.db", "--json"];
    let ran = place.run(&args);
    assert!(matches!(ran.code, Some(0)), "{ran:?}");
    serde_json::from_str(ran.stdout.lines().last().unwrap_or_default()).unwrap_or_else(|_| ran.json())
}

fn numbers(summary: &Value) -> [u64; 5] {
    ["read", "new", "updated", "unchanged", "deleted"].map(|name| summary[name].as_u64().unwrap_or(999))
}

fn one(place: &Place, sql: &str) -> i64 {
    let database = Connection::open(place.path("c.db")).expect("opens");
    database.query_row(sql, [], |row| row.get(0)).expect("a number")
}

/// A file of a dialect of its own: 20 rows, and one broken line in every third file.
fn mixed(index: usize) -> (String, Vec<u8>, u64) {
    let delimiter = [",", ";", "\t", "|"][index % 4];
    let end = ["\n", "\r\n"][index / 4 % 2];
    let mut text = String::new();
    if index % 7 == 3 {
        text += &format!("Report {index}{end}{end}");
    }
    text += &["id", "name", "price"].join(delimiter);
    text += end;
    for row in 0..20 {
        let id = index * 100 + row;
        let name = if row % 5 == 0 { format!("\"Zürich {delimiter} {row}\"") } else { format!("Zürich {row}") };
        let price = if delimiter == ";" { format!("{row},5") } else { format!("{row}.5") };
        write!(text, "{id}{delimiter}{name}{delimiter}{price}{end}").expect("text");
        if row == 9 && index.is_multiple_of(3) {
            let broken = ["\"never closed", "a\u{0}b", "1;2;3;4;5;6;7;8,9,10,11,12|13|14|15|16\t17\t18\t19\t20"];
            text += broken[index / 3 % 3];
            text += end;
        }
    }
    let bytes = match index % 5 {
        1 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        2 => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        3 => ["\u{feff}", &text].concat().into_bytes(),
        4 => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(text.as_bytes()).expect("packed");
            packed.finish().expect("packed")
        }
        _ => text.into_bytes(),
    };
    let ending = if index % 5 == 4 { "csv.gz" } else { "csv" };
    (format!("f{index:03}.{ending}"), bytes, u64::from(index.is_multiple_of(3)))
}

#[test]
fn two_hundred_mixed_files_with_broken_lines_are_read() {
    let place = Place::new();
    folder(&place);
    let mut broken = 0;
    for index in 0..200 {
        let (name, bytes, bad) = mixed(index);
        std::fs::write(place.path("data").join(name), bytes).expect("written");
        broken += bad;
    }
    let summary = sync(&place, DEFINITION);
    assert_eq!(numbers(&summary), [4_000, 4_000, 0, 0, 0], "{summary}");
    assert_eq!(summary["skipped"].as_u64(), Some(broken), "{summary}");
    assert_eq!(one(&place, "select count(distinct id) from rows"), 4_000);
    assert_eq!(one(&place, "select count(*) from rows where name like 'Zürich%'"), 4_000);
    // Nothing changed: nothing is read.
    assert_eq!(numbers(&sync(&place, DEFINITION)), [0; 5]);
}

#[test]
fn broken_lines_are_told_with_their_numbers() {
    let place = Place::new();
    folder(&place);
    std::fs::write(place.path("data/a.csv"), "id,name,price\n1,a,2\n2,\"b,3\n3,c,4\n4,d\n5,e,6,7\n").expect("written");
    std::fs::write(place.path("data/b.jsonl"), "{\"id\":6}\n{\"id\":\n{\"id\":7}\n").expect("written");
    place.write("c.connector.yaml", DEFINITION);
    let ran = place.run(&["sync", "c.connector.yaml", "--config", "folder=data", "--to", "sqlite:c.db"]).exits(0);
    for told in ["a.csv:3", "a.csv:6", "b.jsonl:2", "a.csv: One line has fewer values"] {
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
    }
    assert_eq!(one(&place, "select count(*) from rows"), 5);
    assert_eq!(one(&place, "select sum(id) from rows"), 1 + 3 + 4 + 6 + 7);
}

#[test]
fn only_what_changed_is_read_and_old_lines_are_replaced() {
    let place = Place::new();
    folder(&place);
    let write = |name: &str, text: &str| std::fs::write(place.path("data").join(name), text).expect("written");
    write("a.csv", "id,name,price\n1,a,1\n2,b,2\n");
    write("b.csv", "id,name,price\n3,c,3\n4,d,4\n");
    write("c.csv", "id,name,price\n5,e,5\n");
    let definition = DEFINITION.replace("  fields:", "  deletions: remove\n  fields:");
    assert_eq!(numbers(&sync(&place, &definition)), [5, 5, 0, 0, 0]);
    // Touched: not read. Longer: only what is new. Rewritten: replaced. New and gone.
    let later = std::time::SystemTime::now() + Duration::from_secs(60);
    let touched = std::fs::File::options().append(true).open(place.path("data/c.csv")).expect("opens");
    touched.set_modified(later).expect("touched");
    write("a.csv", "id,name,price\n1,a,1\n2,b,2\n6,f,6\n");
    write("b.csv", "id,name,price\n3,x,3\n");
    write("d.csv", "id,name,price\n7,g,7\n");
    assert_eq!(numbers(&sync(&place, &definition)), [3, 2, 1, 0, 1]);
    assert_eq!(one(&place, "select sum(id) from rows"), 1 + 2 + 6 + 3 + 5 + 7);
    std::fs::remove_file(place.path("data/d.csv")).expect("removed");
    assert_eq!(numbers(&sync(&place, &definition)), [0, 0, 0, 0, 1]);
    assert_eq!(one(&place, "select count(*) from rows"), 5);
}

#[test]
fn a_kill_in_a_large_file_loses_nothing_and_doubles_nothing() {
    const ROWS: i64 = 120_000;
    let place = Place::new();
    folder(&place);
    let mut text = String::from("id,name,price\n");
    for id in 0..ROWS {
        writeln!(text, "{id},\"a name that is long enough to fill a page, with a comma\",{id}.5").expect("text");
    }
    std::fs::write(place.path("data/large.csv"), text).expect("written");
    place.write("c.connector.yaml", DEFINITION);
    let args = ["sync", "c.connector.yaml", "--config", "folder=data", "--to", "sqlite:c.db", "--quiet"];
    let mut child = place.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    let begun = || {
        let database = Connection::open(place.path("c.db")).ok()?;
        database.query_row("select count(*) from rows", [], |row| row.get::<_, i64>(0)).ok()
    };
    while begun().unwrap_or(0) == 0 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("killed");
    child.wait().expect("ends");
    let before = begun().unwrap_or(0);
    let summary = sync(&place, DEFINITION);
    let read = summary["read"].as_i64().unwrap_or(0);
    assert_eq!(one(&place, "select count(*) from rows"), ROWS);
    assert_eq!(one(&place, "select count(distinct id) from rows"), ROWS);
    assert_eq!(read, ROWS - before, "it goes on where it stopped");
}

#[test]
fn a_folder_becomes_a_connector() {
    let place = Place::new();
    folder(&place);
    for month in 1..4 {
        let text = format!(
            "id;customer;amount;paid;day\n{month}1;Anna;1,5;true;2024-0{month}-01\n{month}2;Ben;22,75;false;2024-0{month}-02\n"
        );
        std::fs::write(place.path(&format!("data/orders-2024-0{month}.csv")), text).expect("written");
    }
    std::fs::write(
        place.path("data/people.jsonl"),
        "{\"email\":\"a@b.c\",\"age\":5}\n{\"email\":\"d@b.c\",\"age\":6}\n",
    )
    .expect("written");
    place.run(&["new", "data", "--out", "x.connector.yaml", "--yes"]).exits(0);
    let text = std::fs::read_to_string(place.path("x.connector.yaml")).expect("written");
    for told in
        ["orders-*-*.csv", "people.jsonl", "{{ config.folder }}", "type: decimal", "type: boolean", "type: date"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    let args = ["sync", "x.connector.yaml", "--config", "folder=data", "--to", "sqlite:c.db", "--json"];
    place.run(&args).exits(0);
    assert_eq!(one(&place, "select count(*) from orders"), 6);
    assert_eq!(one(&place, "select count(*) from orders where amount = '22.75' and paid = 0"), 3);
    assert_eq!(one(&place, "select count(*) from people"), 2);
}

#[test]
fn what_can_not_be_read_is_told_and_the_rest_goes_on() {
    let place = Place::new();
    folder(&place);
    std::fs::write(place.path("data/a.csv"), "id,name,price\n1,a,2\n").expect("written");
    std::fs::write(place.path("data/b.csv.gz"), b"\x1f\x8b\x08\x00 this is no gzip").expect("written");
    place.write("c.connector.yaml", DEFINITION);
    let args = ["sync", "c.connector.yaml", "--config", "folder=data", "--to", "sqlite:c.db"];
    let ran = place.run(&args);
    assert_ne!(ran.code, Some(0));
    assert!(ran.stderr.contains("b.csv.gz"), "{ran:?}");
    assert_eq!(one(&place, "select count(*) from rows"), 1);
    let ran = place.run(&["sync", "c.connector.yaml", "--config", "folder=nowhere", "--to", "sqlite:c.db"]);
    assert!(ran.stderr.contains("nowhere"), "{ran:?}");
}

#[test]
fn a_definition_may_not_name_a_folder_of_its_own() {
    let place = Place::new();
    place.write("c.connector.yaml", &DEFINITION.replace("{{ config.folder }}", "/etc"));
    let ran = place.run(&["validate", "c.connector.yaml"]);
    assert_ne!(ran.code, Some(0));
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert!(all.contains("source.folder"), "{all}");
}
