//! A JSON document, cut into parts as it arrives: the records' array is found while it comes, and what is whole of it
//! is handed on. Documents that end before they are large stay whole.

use super::fault::{broken, cut};
use crate::json::{MAX_DEPTH, unescape};
use definition::Problem;
use std::ops::Range;

/// What comes of a document.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// All of it.
    Whole(Vec<u8>),
    /// Some of its records: the text of an array, and where its items are.
    Records(Vec<u8>, Vec<Range<usize>>),
    /// What stood around the records that were handed on, with an empty array in their place.
    Around(Vec<u8>),
}

/// Cuts one document.
#[derive(Debug)]
pub(super) struct Splitter {
    /// The names that lead to the records' array. `None`: it can't be cut.
    holder: Option<Vec<String>>,
    /// Bytes of records that make a part.
    part: usize,
    /// What was not handed on.
    text: Vec<u8>,
    /// How far it was looked at.
    at: usize,
    /// What stands around the records, once some were handed on.
    around: Option<Vec<u8>>,
    depth: usize,
    in_string: bool,
    /// Names of the holder that were entered.
    entered: usize,
    key: Key,
    place: Place,
    /// Items that are whole and not handed on.
    items: Vec<Range<usize>>,
    /// Where the item that is read began.
    begun: Option<usize>,
}

/// The member that is read on the way to the array.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Key {
    /// A name may come.
    Wanted,
    /// A name is being read; it began here.
    Reading(usize),
    /// A value comes; whether its name is on the way.
    Read(bool),
}

/// Where the reading is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Before,
    Inside,
    Behind,
}

impl Splitter {
    pub(super) fn new(holder: Option<Vec<String>>, part: usize) -> Self {
        Self {
            holder,
            part,
            text: Vec::new(),
            at: 0,
            around: None,
            depth: 0,
            in_string: false,
            entered: 0,
            key: Key::Read(false),
            place: Place::Before,
            items: Vec::new(),
            begun: None,
        }
    }

    /// Takes text; gives parts where there are enough records.
    pub(super) fn feed(&mut self, text: &[u8], out: &mut Vec<Piece>) -> Result<(), Problem> {
        self.text.extend_from_slice(text);
        if self.holder.is_none() {
            return Ok(());
        }
        self.scan(out)?;
        if self.held() >= self.part { self.cut(out) } else { Ok(()) }
    }

    /// The end of the document.
    pub(super) fn finish(mut self, out: &mut Vec<Piece>) -> Result<(), Problem> {
        let Some(mut around) = self.around.take() else {
            out.push(Piece::Whole(self.text));
            return Ok(());
        };
        if self.depth > 0 || self.in_string {
            return Err(cut("The answer stops in the middle of its JSON."));
        }
        around.extend_from_slice(&self.text);
        out.push(Piece::Around(around));
        Ok(())
    }

    /// Bytes of records that wait.
    fn held(&self) -> usize {
        self.items.last().map_or(0, |last| last.end) - self.items.first().map_or(0, |first| first.start)
    }

    /// Hands on the records that are whole.
    fn cut(&mut self, out: &mut Vec<Piece>) -> Result<(), Problem> {
        let items = std::mem::take(&mut self.items);
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return Ok(()) };
        let (start, end) = (first.start, last.end);
        match &self.around {
            None => self.around = Some(self.text[..start].to_vec()),
            Some(_) if self.text[..start].trim_ascii() == b"," => {}
            Some(_) => return Err(broken("not_json", "The answer is not JSON: its records are not in order.")),
        }
        let mut part = Vec::with_capacity(end - start + 2);
        part.push(b'[');
        part.extend_from_slice(&self.text[start..end]);
        part.push(b']');
        let ranges = items.iter().map(|item| item.start - start + 1..item.end - start + 1).collect();
        out.push(Piece::Records(part, ranges));
        self.text.drain(..end);
        self.at -= end;
        self.begun = self.begun.map(|begun| begun - end);
        Ok(())
    }

    /// Looks at what has come.
    fn scan(&mut self, out: &mut Vec<Piece>) -> Result<(), Problem> {
        loop {
            if self.in_string && !self.string() {
                return Ok(());
            }
            let Some(byte) = self.text.get(self.at).copied() else { return Ok(()) };
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' | b':' => {}
                b',' => self.comma(),
                b'}' | b']' => self.close(out)?,
                other => self.value(other)?,
            }
            self.at += 1;
        }
    }

    /// Goes behind the end of a string. False: it is not there yet.
    fn string(&mut self) -> bool {
        while let Some(offset) = memchr::memchr2(b'"', b'\\', &self.text[self.at..]) {
            let found = self.at + offset;
            if self.text[found] == b'"' {
                self.at = found + 1;
                self.in_string = false;
                if let Key::Reading(start) = self.key {
                    self.key = Key::Read(self.leads(start, found));
                }
                return true;
            }
            if found + 1 >= self.text.len() {
                self.at = found;
                return false;
            }
            self.at = found + 2;
        }
        self.at = self.text.len();
        false
    }

    /// Whether a name is the next one on the way.
    fn leads(&self, start: usize, end: usize) -> bool {
        let wanted = self.holder.as_ref().and_then(|holder| holder.get(self.entered));
        let name = std::str::from_utf8(&self.text[start..end]).unwrap_or_default();
        wanted.is_some_and(|wanted| unescape(name) == wanted.as_str())
    }

    /// A value begins, or a member's name, or a word goes on.
    fn value(&mut self, byte: u8) -> Result<(), Problem> {
        if self.place == Place::Inside && self.begun.is_none() && self.depth == self.entered + 1 {
            self.begun = Some(self.at);
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if self.place == Place::Before && self.key == Key::Wanted && self.depth == self.entered + 1 {
                    self.key = Key::Reading(self.at + 1);
                }
                Ok(())
            }
            b'{' | b'[' => self.open(byte),
            _ => Ok(()),
        }
    }

    fn open(&mut self, byte: u8) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(broken("too_deep", format!("The answer nests more than {MAX_DEPTH} levels deep.")));
        }
        if self.place != Place::Before {
            return Ok(());
        }
        let names = self.holder.as_ref().map_or(0, Vec::len);
        let root = self.depth == 1;
        let leads = self.depth == self.entered + 2 && self.key == Key::Read(true);
        match byte {
            b'[' if root && names == 0 => self.place = Place::Inside,
            b'{' if root && names > 0 => self.key = Key::Wanted,
            b'[' if leads && self.entered + 1 == names => {
                self.entered += 1;
                self.place = Place::Inside;
            }
            b'{' if leads && self.entered + 1 < names => {
                self.entered += 1;
                self.key = Key::Wanted;
            }
            _ => {}
        }
        Ok(())
    }

    fn comma(&mut self) {
        if self.depth != self.entered + 1 {
            return;
        }
        match self.place {
            Place::Inside => self.item(),
            // Names are members' of the objects on the way; those were entered by a name, or are the root.
            Place::Before if self.key != Key::Wanted => self.key = Key::Wanted,
            Place::Before | Place::Behind => {}
        }
    }

    fn close(&mut self, out: &mut Vec<Piece>) -> Result<(), Problem> {
        if self.depth == self.entered + 1 {
            match self.place {
                Place::Inside => {
                    self.item();
                    self.place = Place::Behind;
                    if self.around.is_some() || self.held() >= self.part {
                        self.cut(out)?;
                    }
                    self.items.clear();
                }
                Place::Before => {
                    self.entered = self.entered.saturating_sub(1);
                    self.key = Key::Read(false);
                }
                Place::Behind => {}
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }

    /// An item is whole.
    fn item(&mut self) {
        if let Some(begun) = self.begun.take() {
            let spaces = self.text[begun..self.at].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.items.push(begun..self.at - spaces);
        }
    }
}
