//! One file, read page by page: whatever it is, it becomes JSON records, and what can't be read is told by its line.

use super::content::Content;
use super::dialect::{self, Told};
use super::json::{self, Value, Values};
use super::open::{Text, look, window};
use super::own::{Own, with_own};
use super::row::{LONGEST_LINE, Row, Rows, Step, line_end, plain_fault, skip_line, start_of};
use super::window::Window;
use crate::json::push_string;
use definition::model::{FilesCsv, FilesFormat};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::io;
use std::ops::Range;

/// Bytes of records that make a page.
const PAGE: usize = 1024 * 1024;
/// Bytes of a file that make one, where its records are few.
const READ: u64 = 8 * 1024 * 1024;

/// Where a page begins.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The byte, in the text in UTF-8.
    pub at: u64,
    /// The line.
    pub line: u64,
    /// Records before it.
    #[serde(default)]
    pub records: u64,
    /// Lists and objects that are open around it.
    #[serde(default)]
    pub open: usize,
    #[serde(default)]
    pub indent: Option<usize>,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Json,
    Jsonl,
    Csv(Told),
}

/// A file's facts.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub text: Text,
    pub kind: Kind,
    /// Its start, in UTF-8.
    pub sample: Vec<u8>,
    /// Whether that is all of it.
    pub whole: bool,
}

/// A page of a file.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub json: Vec<u8>,
    pub records: Vec<Range<usize>>,
    pub broken: Vec<Broken>,
    /// How many lines are broken.
    pub broken_count: u64,
    /// The first line with too few values, and how many there are.
    pub short: Option<(u64, u64)>,
    /// Bytes of text that were read.
    pub bytes: u64,
    /// Where the next begins.
    pub next: Option<Place>,
}

impl Page {
    /// Ends the list of records.
    pub(super) fn close(&mut self) {
        let end = self.json.strip_suffix(b",\n").map_or(self.json.len(), <[u8]>::len);
        self.json.truncate(end);
        if self.json.is_empty() {
            self.json.push(b'[');
        }
        self.json.push(b']');
    }
}

/// A line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub line: u64,
    pub text: Vec<u8>,
    pub why: String,
}

/// Broken lines of a page that are told one by one.
const TOLD: usize = 100;

/// What is known of a file before it is read: what the definition says of its format.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub format: FilesFormat,
    /// The names that lead to the list of a JSON document.
    pub holder: Vec<String>,
}

/// Tells what a file is.
pub(super) fn facts(path: &Content, size: u64, asked: &FilesFormat) -> io::Result<Facts> {
    let encoding = match asked {
        FilesFormat::Auto => None,
        FilesFormat::Json { encoding } | FilesFormat::Jsonl { encoding } => encoding.as_deref(),
        FilesFormat::Csv(csv) => csv.encoding.as_deref(),
    };
    let (text, sample) = look(path, size, encoding)?;
    let whole = text.packed.is_none() && size <= super::open::SAMPLE as u64;
    let csv = |asked: &FilesCsv| Kind::Csv(dialect::tell(&sample, whole, asked));
    let kind = match asked {
        FilesFormat::Json { .. } => Kind::Json,
        FilesFormat::Jsonl { .. } => Kind::Jsonl,
        FilesFormat::Csv(asked) => csv(asked),
        FilesFormat::Auto => match sample.trim_ascii_start().first() {
            Some(b'{' | b'[') => json_kind(path, &sample),
            _ => csv(&FilesCsv::default()),
        },
    };
    Ok(Facts { text, kind, sample, whole })
}

/// Where a file that only grew goes on, in its text. Nothing: what was read of it before would now be read otherwise.
pub(super) fn goes_on(path: &Content, old: u64, size: u64, asked: &FilesFormat) -> io::Result<Option<u64>> {
    let (before, now) = (facts(path, old, asked)?, facts(path, size, asked)?);
    let encoding = now.text.encoding;
    // Elsewhere a place in the text is not one in the file.
    let placed = now.text.packed.is_none() && (encoding == encoding_rs::UTF_8 || encoding.is_single_byte());
    let same = before.kind == now.kind && before.text.encoding == encoding && before.text.mark == now.text.mark;
    Ok((placed && same).then(|| old.saturating_sub(now.text.mark)))
}

/// A document, or a value a line: by the first lines, else by the name.
fn json_kind(path: &Content, sample: &[u8]) -> Kind {
    let lines: Vec<&[u8]> =
        sample.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).take(21).collect();
    let is_value = |line: &&&[u8]| line.starts_with(b"{") && json::fault(line).is_none();
    let looked = if lines.len() > 20 { &lines[..20] } else { &lines[..] };
    let values = looked.iter().filter(is_value).count();
    let name = path.shown().to_ascii_lowercase();
    let named = [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst"].iter().any(|end| name.ends_with(end));
    if (values >= 2 && values * 2 > looked.len()) || (named && !sample.trim_ascii_start().starts_with(b"[")) {
        Kind::Jsonl
    } else {
        Kind::Json
    }
}

/// Reads a file from a place on.
#[derive(Debug)]
pub(super) struct FileReader {
    window: Window,
    own: Own,
    records: u64,
    /// Records that end before this place were read before, and are passed over.
    from: u64,
    kind: Reading,
}

#[derive(Debug)]
enum Reading {
    Json(Values),
    Jsonl { line: u64 },
    Csv(Box<Csv>),
}

#[derive(Debug)]
struct Csv {
    rows: Rows,
    row: Row,
    /// The names as JSON with a colon; nothing where values under them are left out.
    names: Vec<Vec<u8>>,
    /// Columns that have no name and are at the end.
    unnamed: usize,
}

impl FileReader {
    /// Opens a file. `from`: what ends before it was read already.
    pub(super) fn open(
        path: &Content,
        facts: &Facts,
        asked: &Asked,
        own: Own,
        place: Option<Place>,
        from: u64,
    ) -> io::Result<Self> {
        let begins = place.is_none();
        let place = place.unwrap_or(Place { line: 1, ..Place::default() });
        let mut window = window(path, &facts.text, place.at)?;
        let kind = match &facts.kind {
            Kind::Json => Reading::Json(Values::new(asked.holder.clone(), place.line, place.open, place.indent)),
            Kind::Jsonl => Reading::Jsonl { line: place.line },
            Kind::Csv(told) => {
                let mut csv = Csv::new(told, place.line);
                if begins {
                    csv.begin(told, &mut window)?;
                }
                Reading::Csv(Box::new(csv))
            }
        };
        Ok(Self { window, own, records: place.records, from, kind })
    }

    /// The place of the next record.
    fn place(&self) -> Place {
        let base = Place { at: self.window.place(), records: self.records, ..Place::default() };
        match &self.kind {
            Reading::Json(values) => Place { line: values.line, open: values.open, indent: values.indent, ..base },
            Reading::Jsonl { line } => Place { line: *line, ..base },
            Reading::Csv(csv) => Place { line: csv.rows.line, ..base },
        }
    }

    /// Reads the next page. Where that fails, what was read before is in it.
    pub(super) fn page(&mut self, page: &mut Page) -> io::Result<()> {
        let start = self.window.place();
        page.json.push(b'[');
        loop {
            let more = self.record(page)?;
            page.bytes = self.window.place() - start;
            if !more {
                return Ok(());
            }
            if page.json.len() >= PAGE || page.bytes >= READ {
                page.next = Some(self.place());
                return Ok(());
            }
        }
    }

    /// Reads one record. False: there is none.
    fn record(&mut self, page: &mut Page) -> io::Result<bool> {
        let Self { window, own, records, from, kind } = self;
        let step = match kind {
            Reading::Json(values) => match values.next(window)? {
                Value::End => return Ok(false),
                Value::Broken { line, text, why } => {
                    *records += 1;
                    Err(Broken { line, text, why })
                }
                Value::Whole(length, _) => {
                    *records += 1;
                    with_own(&window.rest()[..length], own, *records, page);
                    values.take(window, length);
                    Ok(())
                }
            },
            Reading::Jsonl { line } => match json_line(window, line, own, page)? {
                None => return Ok(false),
                Some(step) => step,
            },
            Reading::Csv(csv) => match csv.rows.next(window, &mut csv.row, Some(csv.names.len()))? {
                Step::End => return Ok(false),
                Step::Broken { line, text, why } => Err(Broken { line, text, why }),
                Step::Row => csv.put(own, page),
            },
        };
        // What stands whole before the old end was read before.
        let old = window.place() <= *from;
        match step {
            Ok(()) if old => {
                if let Some(range) = page.records.pop() {
                    page.json.truncate(range.start);
                }
            }
            Ok(()) => page.json.extend_from_slice(b",\n"),
            Err(_) if old => {}
            Err(broken) => {
                page.broken_count += 1;
                if page.broken.len() < TOLD {
                    page.broken.push(broken);
                }
            }
        }
        Ok(true)
    }
}

/// Reads a line of JSON. Nothing: there is none.
fn json_line(
    window: &mut Window,
    line: &mut u64,
    own: &Own,
    page: &mut Page,
) -> io::Result<Option<Result<(), Broken>>> {
    loop {
        let number = *line;
        let Some((end, behind)) = line_end(window)? else {
            if window.rest().is_empty() {
                return Ok(None);
            }
            let text = start_of(window.rest());
            skip_line(window)?;
            *line += 1;
            let why = format!("it is longer than {} MiB", LONGEST_LINE >> 20);
            return Ok(Some(Err(Broken { line: number, text, why })));
        };
        let text = window.rest()[..end].trim_ascii();
        let step = if text.is_empty() {
            None
        } else if let Some(why) = plain_fault(text).or_else(|| json::fault(text)) {
            Some(Err(Broken { line: number, text: start_of(text), why }))
        } else {
            with_own(text, own, number, page);
            Some(Ok(()))
        };
        window.pass(behind);
        *line += 1;
        if step.is_some() {
            return Ok(step);
        }
    }
}

impl Csv {
    fn new(told: &Told, line: u64) -> Self {
        let names = names(told);
        let unnamed =
            if told.header { told.first.iter().rev().take_while(|name| name.trim().is_empty()).count() } else { 0 };
        let names = names.iter().map(|name| {
            let mut text = Vec::new();
            push_string(&mut text, name);
            text.push(b':');
            text
        });
        Self { rows: Rows::new(told.dialect.clone(), line), row: Row::default(), names: names.collect(), unnamed }
    }

    /// Goes to the first row of data.
    fn begin(&mut self, told: &Told, window: &mut Window) -> io::Result<()> {
        if window.rest().is_empty() {
            window.more()?;
        }
        for _ in 0..told.above {
            skip_line(window)?;
            self.rows.line += 1;
        }
        if told.header {
            self.rows.next(window, &mut self.row, None)?;
        }
        Ok(())
    }

    /// Writes the row as a record.
    fn put(&self, own: &Own, page: &mut Page) -> Result<(), Broken> {
        let (have, wanted) = (self.row.len(), self.names.len());
        let broken = |why: String| {
            let values: Vec<&[u8]> = self.row.values().map(Option::unwrap_or_default).collect();
            Broken { line: self.row.line, text: start_of(&values.join(&self.rows.delimiter()[..])), why }
        };
        if have > wanted && (wanted..have).any(|index| self.row.get(index).is_some()) {
            return Err(broken(format!("it has {have} values, and there are {wanted} columns")));
        }
        if have + self.unnamed < wanted {
            let (first, count) = page.short.unwrap_or((self.row.line, 0));
            page.short = Some((first, count + 1));
        }
        let start = page.json.len();
        page.json.push(b'{');
        own.put(self.row.line, &mut page.json);
        for (index, name) in self.names.iter().enumerate().take(have) {
            let value = self.row.get(index);
            if value.is_none() && index + self.unnamed >= wanted {
                continue;
            }
            if page.json.last() != Some(&b'{') {
                page.json.push(b',');
            }
            page.json.extend_from_slice(name);
            match value {
                Some(value) => push_string(&mut page.json, value),
                None => page.json.extend_from_slice(b"null"),
            }
        }
        page.json.push(b'}');
        page.records.push(start..page.json.len());
        Ok(())
    }
}

/// A CSV file's columns: each has a name, and no two the same.
pub(super) fn names(told: &Told) -> Vec<String> {
    let mut seen: HashSet<String> = super::own::NAMES.iter().map(|name| (*name).to_owned()).collect();
    let one = |(index, name): (usize, &String)| {
        let name = name.trim().trim_start_matches('\u{feff}');
        let name = if told.header && !name.is_empty() { name.to_owned() } else { format!("column_{}", index + 1) };
        let mut unique = name.clone();
        let mut number = 2;
        while !seen.insert(unique.clone()) {
            unique = format!("{name}_{number}");
            number += 1;
        }
        unique
    };
    told.first.iter().enumerate().map(one).collect()
}
