//! Two hundred CSV files of many dialects, charsets and line ends, with broken lines among good ones: each good row
//! arrives with its line, each broken line is told with its file and line, and nothing else comes or is lost.

use crate::run::Place;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

const DEFINITION: &str = "tapwright: 1
name: corpus
config: [{name: folder, required: true}]
streams:
- name: rows
  source: {type: files, folder: '{{ config.folder }}', glob: '**/*'}
";

const NAMES: [&str; 5] = ["id", "größe", "price", "note", "ort"];
const WORDS: [&str; 8] = ["Zürich", "plain", "two words", "Müller & Söhne", "a\\b", "#5", "é", "0"];

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }
}

/// A file's rows by their lines, and its broken lines.
#[derive(Default)]
struct Truth {
    rows: BTreeMap<u64, Vec<String>>,
    broken: BTreeSet<u64>,
}

/// Writes a file line by line.
struct Writer {
    text: String,
    line: u64,
    end: &'static str,
    delimiter: char,
    all_quoted: bool,
}

impl Writer {
    fn put(&mut self, line: &str, mixed: bool) -> u64 {
        let at = self.line;
        self.text += line;
        self.text += if mixed { "\r\n" } else { self.end };
        self.line += 1 + line.matches('\n').count() as u64;
        at
    }

    fn row(&self, row: &[String]) -> String {
        let cell = |value: &String| {
            let quoted = self.all_quoted || value.contains([self.delimiter, '"', '\n']);
            if quoted { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.clone() }
        };
        row.iter().map(cell).collect::<Vec<_>>().join(&self.delimiter.to_string())
    }
}

fn cell(dice: &mut Dice, column: usize, row: usize, delimiter: char, many_lines: bool) -> String {
    let number = dice.roll(10_000);
    match column {
        0 => row.to_string(),
        2 => format!("{number}{}5", if delimiter == ';' { ',' } else { '.' }),
        1 | 4 => dice.of(&WORDS).to_owned(),
        _ if many_lines && row.is_multiple_of(3) => format!("first {number}\nsecond{delimiter} line"),
        _ => dice
            .of(&["with {} in it", "says \"hi\" there", "\"begins", "nothing"])
            .replace("{}", &delimiter.to_string()),
    }
}

/// What no reader can make a row of.
fn broken(kind: usize, delimiter: char) -> String {
    let rest = |text: &str, more: usize| format!("{text}{}", format!("{delimiter}9").repeat(more));
    match kind {
        0 => rest("9", 8),
        1 => rest("\"a\"x", 4),
        2 => rest("7,\"never closed".replace(',', &delimiter.to_string()).as_str(), 3),
        3 => rest("a\0b", 4),
        _ => rest("\u{e000}", 4),
    }
}

fn file(index: usize) -> (String, Vec<u8>, Truth) {
    let mut dice = Dice(index as u64 * 7_919 + 1);
    let (delimiter, charset) = (dice.of(&[',', ';', '\t', '|']), dice.roll(6));
    let end = dice.of(&["\n", "\r\n", "\r"]);
    let (header, many_lines, rows) = (dice.roll(6), end != "\r" && dice.roll(2) == 0, 5 + dice.roll(40));
    let all_quoted = dice.roll(3) == 0;
    let mut out = Writer { text: String::new(), line: 1, end, delimiter, all_quoted };
    let mut truth = Truth::default();
    let mut names = NAMES.map(str::to_owned).to_vec();
    match header {
        1 => names[4] = NAMES[1].to_owned(),
        2 => names[4].clear(),
        _ => {}
    }
    if header == 3 && rows > 10 {
        out.put("Report of May", false);
    }
    if header != 0 {
        let line = out.row(&names);
        out.put(&line, false);
    }
    for row in 0..rows {
        let mut cells: Vec<String> =
            (0..NAMES.len()).map(|column| cell(&mut dice, column, row, delimiter, many_lines)).collect();
        if row > 4 && dice.roll(20) == 0 {
            cells.truncate(4);
        }
        let line = out.row(&cells);
        let mixed = end == "\n" && index % 9 == 4 && row % 2 == 0;
        let at = out.put(&line, mixed);
        truth.rows.insert(at, cells);
        if row > 4 && dice.roll(12) == 0 {
            out.put("", false);
        }
        if row > 4 && dice.roll(10) == 0 {
            // Bytes that are no text there are in UTF-8 alone.
            let kind = dice.roll(if charset < 2 { 5 } else { 4 });
            let line = broken(kind, delimiter);
            truth.broken.insert(out.put(&line, false));
        }
    }
    if index % 4 == 1 {
        out.text.truncate(out.text.trim_end_matches(['\r', '\n']).len());
    }
    let (bytes, ending) = encoded(&out.text, charset, index);
    (format!("{}f{index:03}.{ending}", ["", "a/", "a/b c/", "ü/"][index % 4]), bytes, truth)
}

fn encoded(text: &str, charset: usize, index: usize) -> (Vec<u8>, &'static str) {
    let utf16 = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(order).collect()
    };
    let utf8 = |text: String| {
        let mark = "\u{e000}".as_bytes();
        let mut bytes = text.into_bytes();
        while let Some(at) = bytes.windows(3).position(|window| window == mark) {
            bytes.splice(at..at + 3, [0xff, 0xfe, 0x80]);
        }
        bytes
    };
    let bytes = match charset {
        0 => utf8(text.to_owned()),
        1 => utf8(format!("\u{feff}{text}")),
        2 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        3 => utf16(u16::to_le_bytes, true),
        4 => utf16(u16::to_be_bytes, true),
        _ => utf16(u16::to_le_bytes, false),
    };
    if index % 7 != 3 {
        return (bytes, ["csv", "txt", "tsv"][index % 3]);
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&bytes).expect("packed");
    (packed.finish().expect("packed"), "csv.gz")
}

/// A row as it has to arrive: its columns by the names that the file gives them.
fn expected(names: &[&str], cells: &[String]) -> Vec<(String, String)> {
    names.iter().map(|name| (*name).to_owned()).zip(cells.iter().cloned()).collect()
}

#[test]
fn each_good_row_arrives_and_each_broken_line_is_told() {
    let place = Place::new();
    place.write("c.connector.yaml", DEFINITION);
    let mut all = BTreeMap::new();
    for index in 0..200 {
        let (name, bytes, truth) = file(index);
        let path = place.path("files").join(&name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
        all.insert(name, truth);
    }
    let ran = place.run(&["sync", "c.connector.yaml", "--config", "folder=files", "--to", "jsonl:out.jsonl"]).exits(0);
    let mut came: BTreeMap<String, BTreeMap<u64, Value>> = BTreeMap::new();
    for line in std::fs::read_to_string(place.path("out.jsonl")).expect("written").lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let at = row["_line"].as_u64().expect("a line");
        let before = came.entry(row["_path"].as_str().expect("a path").to_owned()).or_default().insert(at, row.clone());
        assert_eq!(before, None, "twice: {row}");
    }
    for (name, truth) in all {
        let mut rows = came.remove(&name).unwrap_or_default();
        for (line, cells) in &truth.rows {
            let row = rows.remove(line).unwrap_or_else(|| panic!("{name}:{line} is missing: {cells:?}"));
            let has = |name: &str| row.get(name).is_some();
            let columns: &[&str] = match (has("column_1"), has("größe_2"), has("ort")) {
                (true, ..) => &["column_1", "column_2", "column_3", "column_4", "column_5"],
                (_, true, _) => &["id", "größe", "price", "note", "größe_2"],
                (_, _, true) => &NAMES,
                _ => &["id", "größe", "price", "note", "column_5"],
            };
            for (column, value) in expected(columns, cells) {
                assert_eq!(row[&column], Value::from(value), "{name}:{line} {column} {row}");
            }
        }
        assert!(rows.is_empty(), "{name} has rows that are none: {rows:?}");
        let told: BTreeSet<u64> = ran.stderr.lines().filter_map(|line| told(line, &name)).collect();
        assert_eq!(told, truth.broken, "{name}");
    }
}

/// The line that a message tells of a file.
fn told(message: &str, name: &str) -> Option<u64> {
    let (_, rest) = message.split_once(&format!("{name}:"))?;
    rest.split_once(" was left out")?.0.parse().ok()
}
