//! From the bytes of an answer to JSON text, as they arrive: what is packed is opened, the charset becomes UTF-8, the
//! kind becomes JSON, and a large document is cut into parts of whole records.
//!
//! Every step is a state machine that is fed chunks of any size; none of them waits or reads by itself.

mod charset;
mod columns;
mod csv;
mod entries;
mod fault;
mod jsonl;
mod rows;
mod split;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod unpack;
mod xml;
mod zip;

pub(crate) use charset::to_utf8;
pub(crate) use entries::KEY as ENTRY_KEY;
pub(crate) use table::NAMES as TABLE_NAMES;
pub(crate) use unpack::{Unpack, Unpacked};

use crate::expr::Compiled;
use crate::json::trie::Walk;
use crate::json::{Path, Scanner, items_at};
use charset::Charset;
use csv::Csv;
use definition::Problem;
use definition::model::{Compression, Decode, Stream, TableDecode};
use fault::{broken, too_large};
use jsonl::Jsonl;
use serde::de::IgnoredAny;
use split::Splitter;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use text::Text;

use xml::{Lists, Xml};

/// Bytes of records that make a part of a page.
pub(crate) const PART: usize = 1024 * 1024;

/// How a stream's answers are decoded.
#[derive(Debug)]
pub(crate) struct DecodePlan {
    decode: Decode,
    lists: Lists,
    /// The names that lead to the records' array, where the answer can be read in parts.
    holder: Option<Vec<String>>,
    /// What leads from an item of that array to its records. `None`: the item is the record.
    inner: Option<Path>,
}

/// What comes of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Decoded {
    /// A whole document of JSON: the answer, or a file of its archive.
    Document(Vec<u8>),
    /// Some records of a document that is too large to be held: the text of an array, and where they are.
    Records(Vec<u8>, Vec<Range<usize>>),
    /// The rest of such a document, with an empty array in the records' place.
    Around(Vec<u8>),
}

impl DecodePlan {
    /// Prepares. `facts` and `expressions` are what the paging asks of an answer: where they may look into the
    /// records' array, the answer is read whole.
    pub(crate) fn new(stream: &Stream, records: Option<&Path>, facts: &[Path], expressions: &[&Compiled]) -> Self {
        let mut lists = Lists::default();
        if let Decode::Xml(xml) = &stream.decode {
            learn(&mut lists, records, stream);
            for path in xml.lists.iter().filter_map(|path| Path::parse(path).ok()) {
                if let Some(walk) = path.walk() {
                    lists.learn(walk).set();
                }
            }
        }
        let (holder, inner) = place(records).unzip();
        // Lists side by side end one after the other: there is no record before the last of them.
        let together = matches!(&stream.decode, Decode::Json { columns, entries, table, .. } if columns.is_some() || entries.is_some() || table.is_some());
        let holder = holder.filter(|holder| {
            !together
                && facts.iter().all(|fact| looks_beside(fact, holder))
                && expressions.iter().all(|expression| asks_beside(expression, holder))
        });
        Self { decode: stream.decode.clone(), lists, holder, inner: inner.flatten() }
    }

    /// The same, for those who want whole documents alone.
    pub(crate) fn whole(&self) -> Self {
        Self { decode: self.decode.clone(), lists: self.lists.clone(), holder: None, inner: None }
    }

    /// Whether the answer can be read in parts.
    pub(crate) fn in_parts(&self) -> bool {
        self.holder.is_some()
    }

    /// The records in the text of an array.
    pub(crate) fn records_of(&self, text: &[u8]) -> Vec<Range<usize>> {
        let text = std::str::from_utf8(text).unwrap_or_default();
        let items = items_at(&mut Scanner::new(text)).unwrap_or_default();
        match &self.inner {
            None => items,
            Some(inner) => items.into_iter().flat_map(|item| within(inner, text, item)).collect(),
        }
    }

    /// Whether a whole body may be taken as it is: JSON in UTF-8 that is not packed.
    pub(crate) fn plain(&self, body: &[u8]) -> bool {
        let packed = matches!(body, [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] | [b'P', b'K', 3..=6, ..]);
        matches!(
            self.decode,
            Decode::Json { compression: None, encoding: None, columns: None, entries: None, table: None }
        ) && !packed
    }

    /// Whether a web page can't be what was asked for.
    pub(crate) fn no_web_page(&self) -> bool {
        !matches!(self.decode, Decode::Text { .. })
    }
}

/// What records' and fields' paths tell about lists in XML.
fn learn(lists: &mut Lists, records: Option<&Path>, stream: &Stream) {
    let Some(walk) = records.and_then(Path::walk) else { return };
    let record = lists.learn(walk);
    for from in stream.fields.iter().filter_map(|field| field.from.as_deref()) {
        if let Ok(path) = Path::parse(from)
            && let Some(walk) = path.walk()
        {
            record.learn(walk);
        }
    }
}

/// Where the records' array is, and what leads from its items to the records. `None`: it can't be read in parts.
fn place(records: Option<&Path>) -> Option<(Vec<String>, Option<Path>)> {
    let Some(records) = records else { return Some((Vec::new(), None)) };
    let mut steps = records.walk()?.iter();
    let mut names = Vec::new();
    for step in steps.by_ref() {
        match step {
            Walk::Key(name) => names.push(name.clone()),
            Walk::Every => break,
            Walk::Index(_) => return None,
        }
    }
    let rest = steps.as_slice();
    Some((names, (!rest.is_empty()).then(|| Path::of_walk(rest))))
}

/// Whether a fact of the paging stands beside the records' array, not in it.
fn looks_beside(fact: &Path, holder: &[String]) -> bool {
    let Some(walk) = fact.walk() else { return false };
    let mut shared = walk.iter().zip(holder);
    let apart = shared.any(|(step, name)| !matches!(step, Walk::Key(key) if key == name));
    apart || (holder.is_empty() && matches!(walk.first(), Some(Walk::Key(_))))
}

/// Whether an expression of the paging asks for what stands beside the records' array.
fn asks_beside(expression: &Compiled, holder: &[String]) -> bool {
    const METHODS: &[&str] = &["get", "items", "keys", "values", "pop"];
    expression.names().iter().all(|name| {
        let mut parts = name.split('.');
        if parts.next() != Some("response") {
            return true;
        }
        let parts: Vec<&str> = parts.collect();
        let apart = parts.iter().zip(holder).any(|(part, name)| *part != name.as_str());
        let method = parts.iter().any(|part| METHODS.contains(part) && !holder.is_empty());
        apart && !method
    })
}

/// Decodes one answer.
pub(crate) struct Decoder {
    unpack: Unpack,
    files: Files,
}

/// The files of an answer; most answers are one.
struct Files {
    plan: Arc<DecodePlan>,
    content_type: Option<String>,
    /// Bytes that may still come out.
    left: u64,
    ceiling: u64,
    file: File,
    done: Vec<split::Piece>,
}

/// A file that is read.
struct File {
    charset: Charset,
    kind: Kind,
    splitter: Splitter,
    utf8: Vec<u8>,
    json: Vec<u8>,
}

enum Kind {
    Json,
    /// JSON with lists side by side: the path, and the text so far.
    Columns(String, Vec<u8>),
    /// Records under their own names: a document is there only as a whole, too.
    Entries(String, Vec<u8>),
    /// A table of columns and rows, the same.
    Table(TableDecode, Vec<u8>),
    Jsonl(Jsonl),
    Csv(Box<Csv>),
    Xml(Xml),
    Text(Text),
}

impl Decoder {
    /// A decoder of an answer with this `Content-Type`, which may unpack to `ceiling` bytes.
    pub(crate) fn new(plan: Arc<DecodePlan>, content_type: Option<&str>, ceiling: u64) -> Self {
        let content_type = content_type.map(str::to_owned);
        let file = File::new(&plan, content_type.as_deref());
        let unpack = Unpack::new(compression(&plan.decode));
        Self { unpack, files: Files { plan, content_type, left: ceiling, ceiling, file, done: Vec::new() } }
    }

    /// Takes bytes as they come.
    pub(crate) fn feed(&mut self, bytes: &[u8], out: &mut VecDeque<Decoded>) -> Result<(), Problem> {
        let files = &mut self.files;
        self.unpack.feed(bytes, &mut |unpacked| files.take(unpacked))?;
        self.files.give(out)
    }

    /// The end of the answer.
    pub(crate) fn finish(&mut self, out: &mut VecDeque<Decoded>) -> Result<(), Problem> {
        let files = &mut self.files;
        self.unpack.finish(&mut |unpacked| files.take(unpacked))?;
        self.files.give(out)
    }
}

impl Files {
    fn take(&mut self, unpacked: Unpacked<'_>) -> Result<(), Problem> {
        match unpacked {
            Unpacked::Bytes(bytes) => {
                self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| too_large(self.ceiling))?;
                self.file.feed(bytes, &mut self.done)
            }
            Unpacked::End => {
                let next = File::new(&self.plan, self.content_type.as_deref());
                std::mem::replace(&mut self.file, next).finish(&self.plan.lists, &mut self.done)
            }
        }
    }

    /// Checks what is done and gives it out.
    fn give(&mut self, out: &mut VecDeque<Decoded>) -> Result<(), Problem> {
        for piece in self.done.drain(..) {
            out.push_back(match piece {
                split::Piece::Whole(text) => Decoded::Document(text),
                split::Piece::Around(text) => {
                    valid(&text)?;
                    Decoded::Around(text)
                }
                split::Piece::Records(text, items) => {
                    let whole = valid(&text)?;
                    let records = match &self.plan.inner {
                        None => items,
                        Some(inner) => items.into_iter().flat_map(|item| within(inner, whole, item)).collect(),
                    };
                    Decoded::Records(text, records)
                }
            });
        }
        Ok(())
    }
}

/// The records of an item.
fn within(inner: &Path, text: &str, item: Range<usize>) -> Vec<Range<usize>> {
    let found = text.get(item.clone()).map(|json| inner.ranges(json)).unwrap_or_default();
    found.into_iter().map(|range| range.start + item.start..range.end + item.start).collect()
}

fn valid(text: &[u8]) -> Result<&str, Problem> {
    let text = std::str::from_utf8(text).map_err(|_| not_utf8())?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        let place = error.column().saturating_sub(1);
        let near = text.get(place.saturating_sub(20)..).unwrap_or_default();
        broken("not_json", format!("The answer is not JSON, near: {}", fault::shown(near.as_bytes())))
            .detail(error.to_string())
    })?;
    Ok(text)
}

/// Text that is not UTF-8 though nothing says what else it is.
pub(crate) fn not_utf8() -> Problem {
    broken("not_text", "The answer is not text in UTF-8.")
        .hint("Name its charset in the stream's `decode` (encoding: windows-1252), or its compression.")
}

impl File {
    fn new(plan: &DecodePlan, content_type: Option<&str>) -> Self {
        let kind = match &plan.decode {
            Decode::Json { columns: Some(path), .. } => Kind::Columns(path.clone(), Vec::new()),
            Decode::Json { entries: Some(path), .. } => Kind::Entries(path.clone(), Vec::new()),
            Decode::Json { table: Some(table), .. } => Kind::Table(table.clone(), Vec::new()),
            Decode::Json { .. } => Kind::Json,
            Decode::Jsonl { .. } => Kind::Jsonl(Jsonl::default()),
            Decode::Csv(csv) => Kind::Csv(Box::new(Csv::new(csv))),
            Decode::Xml(_) => Kind::Xml(Xml::default()),
            Decode::Text { .. } => Kind::Text(Text::default()),
        };
        let declared = matches!(kind, Kind::Xml(_));
        let charset = Charset::new(encoding(&plan.decode), content_type, declared);
        let splitter = Splitter::new(plan.holder.clone(), PART);
        Self { charset, kind, splitter, utf8: Vec::new(), json: Vec::new() }
    }

    fn feed(&mut self, bytes: &[u8], done: &mut Vec<split::Piece>) -> Result<(), Problem> {
        self.utf8.clear();
        self.charset.feed(bytes, &mut self.utf8);
        self.text(done)
    }

    fn finish(mut self, lists: &Lists, done: &mut Vec<split::Piece>) -> Result<(), Problem> {
        self.utf8.clear();
        self.charset.finish(&mut self.utf8);
        self.text(done)?;
        self.json.clear();
        match &mut self.kind {
            Kind::Json => {}
            Kind::Columns(path, text) => self.json = columns::rows(valid(text)?, path)?,
            Kind::Entries(path, text) => self.json = entries::rows(valid(text)?, path)?,
            Kind::Table(table, text) => self.json = table::rows(valid(text)?, table)?,
            Kind::Jsonl(jsonl) => jsonl.finish(&mut self.json)?,
            Kind::Csv(csv) => csv.finish(&mut self.json),
            Kind::Xml(xml) => xml.finish(lists, &mut self.json)?,
            Kind::Text(text) => text.finish(&mut self.json),
        }
        self.splitter.feed(&self.json, done)?;
        self.splitter.finish(done)
    }

    /// Turns what came into JSON.
    fn text(&mut self, done: &mut Vec<split::Piece>) -> Result<(), Problem> {
        self.json.clear();
        match &mut self.kind {
            Kind::Json => return self.splitter.feed(&self.utf8, done),
            Kind::Columns(_, text) | Kind::Entries(_, text) | Kind::Table(_, text) => {
                text.extend_from_slice(&self.utf8)
            }
            Kind::Jsonl(jsonl) => jsonl.feed(&self.utf8, &mut self.json)?,
            Kind::Csv(csv) => csv.feed(&self.utf8, &mut self.json),
            Kind::Xml(xml) => xml.feed(&self.utf8),
            Kind::Text(text) => text.feed(&self.utf8, &mut self.json),
        }
        self.splitter.feed(&self.json, done)
    }
}

fn compression(decode: &Decode) -> Option<Compression> {
    match decode {
        Decode::Json { compression, .. } | Decode::Jsonl { compression, .. } | Decode::Text { compression, .. } => {
            *compression
        }
        Decode::Csv(csv) => csv.compression,
        Decode::Xml(xml) => xml.compression,
    }
}

fn encoding(decode: &Decode) -> Option<&str> {
    match decode {
        Decode::Json { encoding, .. } | Decode::Jsonl { encoding, .. } | Decode::Text { encoding, .. } => {
            encoding.as_deref()
        }
        Decode::Csv(csv) => csv.encoding.as_deref(),
        Decode::Xml(xml) => xml.encoding.as_deref(),
    }
}
