//! Files that change between two syncs, into every destination: what a file had and has no more is gone where state is
//! kept, and a file that is written anew is written whole.

use crate::run::Place;
use rusqlite::Connection;
use serde_json::Value;
use std::io::Write;

fn definition(more: &str) -> String {
    format!(
        "tapwright: 1\nname: papers\nconfig: [{{name: folder, required: true}}]\nstreams:\n- name: rows\n  \
         source: {{type: files, folder: '{{{{ config.folder }}}}', glob: '**/*'}}\n{more}  fields:\n  \
         - {{name: id, from: $.id, type: integer}}\n  - {{name: name, from: $.name}}\n"
    )
}

fn put(place: &Place, name: &str, bytes: impl AsRef<[u8]>) {
    let path = place.path("files").join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

fn sync(place: &Place, more: &str, to: &str) -> [u64; 5] {
    place.write("c.connector.yaml", &definition(more));
    let args = ["sync", "c.connector.yaml", "--config", "folder=files", "--to", to, "--json"];
    let summary: Value = place.run(&args).exits(0).json();
    ["read", "new", "updated", "unchanged", "deleted"].map(|name| summary[name].as_u64().unwrap_or(999))
}

fn ids(place: &Place) -> Vec<i64> {
    let database = Connection::open(place.path("c.db")).expect("opens");
    let mut rows = database.prepare("select id from rows order by id").expect("a table");
    rows.query_map([], |row| row.get(0)).expect("rows").map(|id| id.expect("a number")).collect()
}

fn schema(name: &str) -> String {
    let url = std::env::var("TAPWRIGHT_TEST_POSTGRES")
        .expect("TAPWRIGHT_TEST_POSTGRES names no server: run the tests by tools/with-databases.sh");
    format!("{url}?schema={name}_{}", std::process::id())
}

/// A file is rewritten, another grows, a third goes: what each of three syncs does.
fn changes(place: &Place, more: &str, to: &str) -> [[u64; 5]; 3] {
    put(place, "a.csv", "id,name\n1,a\n2,b\n3,c\n");
    put(place, "b.csv", "id,name\n4,d\n");
    put(place, "c.csv", "id,name\n5,e\n6,f\n");
    let first = sync(place, more, to);
    put(place, "a.csv", "id,name\n1,a\n3,x\n");
    put(place, "b.csv", "id,name\n4,d\n7,g\n");
    let second = sync(place, more, to);
    std::fs::remove_file(place.path("files/c.csv")).expect("removed");
    [first, second, sync(place, more, to)]
}

#[test]
fn postgresql_does_with_changed_and_removed_files_what_sqlite_does() {
    for (case, more) in [
        ("", "  deletions: remove\n"),
        ("keep", "  deletions: keep\n"),
        ("key", "  key: [id]\n  deletions: remove\n"),
        ("mark", "  key: [id]\n  deletions: mark\n"),
    ] {
        let (one, other) = (Place::new(), Place::new());
        let told = changes(&one, more, "sqlite:c.db");
        assert_eq!(told, changes(&other, more, &schema(&format!("parts_{case}"))), "{more}");
        let gone = if case == "keep" { 0 } else { 2 };
        assert_eq!((told[0], told[2][4]), ([6, 6, 0, 0, 0], gone), "{more} {told:?}");
        assert_eq!(told[1][4], 1, "the rewritten file's old row: {more} {told:?}");
    }
}

#[test]
fn files_that_are_written_anew_hold_what_there_is_now() {
    for to in ["csv:out", "parquet:out", "jsonl:out.jsonl"] {
        let place = Place::new();
        let told = changes(&place, "", to);
        assert_eq!(told.map(|sync| sync[0]), [6, 6, 4], "{to}: each sync reads all");
        if to.starts_with("jsonl") {
            let text = std::fs::read_to_string(place.path("out.jsonl")).expect("written");
            assert_eq!(text.lines().count(), 4, "{text}");
        }
        if to.starts_with("csv") {
            let text = std::fs::read_to_string(place.path("out/rows.csv")).expect("written");
            assert_eq!(text.lines().count(), 5, "{text}");
        }
    }
}

#[test]
fn what_is_written_behind_a_file_arrives_whatever_the_file_is() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let gzip = |parts: &[&str]| -> Vec<u8> {
        let mut all = Vec::new();
        for part in parts {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(part.as_bytes()).expect("packed");
            all.extend(packed.finish().expect("packed"));
        }
        all
    };
    let (short, long) = ("id,name\n1,a\n", "id,name\n1,a\n2,b\n3\n");
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect() };
    let cases: [(&str, Vec<u8>, Vec<u8>); 6] = [
        ("plain.csv", short.into(), long.into()),
        ("mark.csv", format!("\u{feff}{short}").into(), format!("\u{feff}{long}").into()),
        ("utf16.csv", utf16(short), utf16(long)),
        ("latin.csv", latin("id,name\n1,é\n"), latin("id,name\n1,é\n2,b\n3\n")),
        ("packed.csv.gz", gzip(&[short]), gzip(&[short, "2,b\n3\n"])),
        // With more of it, it is another file than it looked like.
        ("turned.csv", "id\n1\n".into(), "id\n1\n2\n3\n".into()),
    ];
    for (name, before, after) in cases {
        let place = Place::new();
        put(&place, name, before);
        sync(&place, "", "sqlite:c.db");
        put(&place, name, after);
        sync(&place, "", "sqlite:c.db");
        assert_eq!(ids(&place), [1, 2, 3], "{name}");
    }
}

/// A zip as its directory tells it; `deflate` packs its files.
fn zip(files: &[(&str, &str)], deflate: bool) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).expect("packed");
        let bytes = if deflate { packed.finish().expect("packed") } else { text.as_bytes().to_vec() };
        let number = |number: usize| u32::try_from(number).expect("small").to_le_bytes();
        let mut about = vec![20, 0, 0, 0, if deflate { 8 } else { 0 }, 0, 0, 0, 0, 0];
        about.extend(sum.sum().to_le_bytes());
        about.extend(number(bytes.len()));
        about.extend(number(text.len()));
        about.extend(number(name.len()));
        let local = number(out.len());
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(local);
        directory.extend(name.as_bytes());
    }
    let (place, length) = (out.len(), directory.len());
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([u8::try_from(files.len()).expect("few"), 0].repeat(2));
    out.extend(u32::try_from(length).expect("small").to_le_bytes());
    out.extend(u32::try_from(place).expect("small").to_le_bytes());
    out.extend([0, 0]);
    out
}

fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, text) in files {
        let mut head = vec![0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        head[148..156].copy_from_slice(b"        ");
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(head);
        out.extend(text.as_bytes());
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn an_archive_is_read_file_by_file() {
    let files =
        [("a.csv", "id,name\n1,a\n2,b,too,many\n"), ("in/b.jsonl", "{\"id\":3}\n{\"id\":4}\n"), ("read.me", "no data")];
    let cases = [
        ("x.zip", zip(&files, true)),
        ("x.zip", zip(&files, false)),
        ("x.tar", tar(&files)),
        ("x.tar.gz", gzip(&tar(&files))),
        ("x.tgz", gzip(&tar(&files))),
    ];
    for (name, bytes) in cases {
        let place = Place::new();
        put(&place, name, bytes);
        place.write("c.connector.yaml", &definition("  deletions: remove\n").replace("**/*'", "*'"));
        let args = ["sync", "c.connector.yaml", "--config", "folder=files", "--to", "sqlite:c.db"];
        let ran = place.run(&args).exits(0);
        assert!(ran.stderr.contains(&format!("{name}/a.csv:3 was left out")), "{ran:?}");
        assert_eq!(ids(&place), [1, 3, 4], "{name}");
        let database = Connection::open(place.path("c.db")).expect("opens");
        let path: String =
            database.query_row("select _path from rows where id = 3", [], |row| row.get(0)).expect("a row");
        assert_eq!(path, format!("{name}/in/b.jsonl"));
        // Nothing changed: nothing is read. A file of it changed: that one is.
        let ran: Value = place.run(&[&args[..], &["--json"]].concat()).exits(0).json();
        assert_eq!(ran["read"], 0, "{name} {ran}");
    }
    let place = Place::new();
    put(&place, "x.zip", zip(&[files[0], ("b.csv", "id,name\n7,g\n8,h\n")], true));
    assert_eq!(sync(&place, "  deletions: remove\n", "sqlite:c.db")[0], 3);
    put(&place, "x.zip", zip(&[files[0], ("b.csv", "id,name\n8,hh\n")], true));
    assert_eq!(sync(&place, "  deletions: remove\n", "sqlite:c.db"), [1, 0, 1, 0, 1]);
    put(&place, "x.zip", zip(&files[..1], true));
    assert_eq!(sync(&place, "  deletions: remove\n", "sqlite:c.db")[4], 1);
    assert_eq!(ids(&place), [1]);
}

#[test]
fn a_damaged_archive_is_told_and_the_rest_goes_on() {
    let long = format!("id,name\n{}", (0..2000).map(|id| format!("{id},n{id}\n")).collect::<String>());
    let whole = zip(&[("a.csv", &long), ("b.csv", "id,name\n1,a\n")], true);
    let mut flipped = whole.clone();
    flipped[2000] ^= 0xff;
    let mut packed = gzip(&tar(&[("a.csv", &long)]));
    packed.truncate(packed.len() / 2);
    let half = whole[..whole.len() / 2].to_vec();
    let cases = [("x.zip", half), ("x.zip", flipped), ("x.tar.gz", packed), ("x.tar", b"no tar at all".to_vec())];
    for (name, bytes) in cases {
        let place = Place::new();
        put(&place, name, bytes);
        put(&place, "y.csv", "id,name\n9001,a\n");
        place.write("c.connector.yaml", &definition(""));
        let ran = place.run(&["sync", "c.connector.yaml", "--config", "folder=files", "--to", "sqlite:c.db"]);
        assert_ne!(ran.code, Some(0), "{name} {ran:?}");
        assert!(ran.stderr.contains(name) && ran.stderr.contains("damaged"), "{name} {}", ran.stderr);
        assert!(ids(&place).contains(&9001), "{name}");
    }
}
