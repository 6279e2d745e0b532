//! Rows of CSV out of a text with faults: each row stands by itself, and one that is broken costs no other.

use super::window::Window;
use std::io;

/// The longest line that is read.
pub(super) const LONGEST_LINE: usize = 16 * 1024 * 1024;
/// How far a quoted value may reach over lines, at first; less where it was never closed before.
const REACH: usize = 8 * 1024 * 1024;
const LEAST_REACH: usize = 4 * 1024;

/// How values stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    pub quote: Option<u8>,
    /// Whether a backslash stands before a quote inside a value; else it is doubled.
    pub backslash: bool,
    /// What a line to leave out begins with.
    pub comment: Option<u8>,
    /// Whether spaces stand between a delimiter and a quote.
    pub spaced: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',', quote: Some(b'"'), backslash: false, comment: None, spaced: false }
    }
}

/// One row: its values, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Row {
    text: Vec<u8>,
    ends: Vec<usize>,
    quoted: Vec<bool>,
    /// The line that it begins in.
    pub line: u64,
}

impl Row {
    fn clear(&mut self, line: u64) {
        self.text.clear();
        self.ends.clear();
        self.quoted.clear();
        self.line = line;
    }

    fn end(&mut self, quoted: bool) {
        self.ends.push(self.text.len());
        self.quoted.push(quoted);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A value. Nothing: it is empty, and no quotes say that it is an empty text.
    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let value = self.text.get(start..*self.ends.get(index)?)?;
        (!value.is_empty() || self.quoted[index]).then_some(value)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = Option<&[u8]>> {
        (0..self.len()).map(|index| self.get(index))
    }
}

/// What comes next.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    Row,
    /// A line that can't be read: its number, its start and why.
    Broken {
        line: u64,
        text: Vec<u8>,
        why: String,
    },
    End,
}

/// What the bytes from a row's start say.
enum Parsed {
    /// A row that takes so many bytes and lines.
    Whole(usize, u64),
    /// Its end is not there yet.
    Open,
    Junk(&'static str),
}

/// Reads rows.
#[derive(Debug)]
pub(super) struct Rows {
    dialect: Dialect,
    /// The line that comes next, from 1.
    pub line: u64,
    reach: usize,
}

impl Rows {
    pub(super) fn new(dialect: Dialect, line: u64) -> Self {
        Self { dialect, line, reach: REACH }
    }

    /// The next row that is no blank line and no comment. `wanted`: how many values it should have, which tells a stray
    /// quote from a value over several lines.
    pub(super) fn next(&mut self, window: &mut Window, row: &mut Row, wanted: Option<usize>) -> io::Result<Step> {
        loop {
            let Some((end, behind)) = line_end(window)? else {
                if window.rest().is_empty() {
                    return Ok(Step::End);
                }
                return self.too_long(window);
            };
            let line = &window.rest()[..end];
            let number = self.line;
            let blank = line.iter().all(|byte| byte.is_ascii_whitespace() && *byte != self.dialect.delimiter);
            if blank || (self.dialect.comment.is_some() && line.first().copied() == self.dialect.comment) {
                self.go_on(window, behind);
                continue;
            }
            row.clear(number);
            let quote = self.dialect.quote.filter(|quote| memchr::memchr(*quote, line).is_some());
            let Some(quote) = quote else {
                let fault = plain_fault(line);
                if fault.is_none() {
                    split(line, self.dialect.delimiter, row);
                }
                let text = fault.as_ref().map(|_| start_of(line));
                self.go_on(window, behind);
                return Ok(match (fault, text) {
                    (Some(why), Some(text)) => Step::Broken { line: number, text, why },
                    _ => Step::Row,
                });
            };
            return self.quoted(window, row, quote, (end, behind), wanted);
        }
    }

    /// What stands between values.
    pub(super) fn delimiter(&self) -> [u8; 1] {
        [self.dialect.delimiter]
    }

    fn go_on(&mut self, window: &mut Window, bytes: usize) {
        self.line += u64::from(bytes > 0);
        window.pass(bytes);
    }

    /// A row with quotes.
    fn quoted(
        &mut self,
        window: &mut Window,
        row: &mut Row,
        quote: u8,
        (end, behind): (usize, usize),
        wanted: Option<usize>,
    ) -> io::Result<Step> {
        let number = self.line;
        let mut looked = 0;
        let why = loop {
            row.clear(number);
            let rest = window.rest();
            let all = window.ended() || rest.len() >= self.reach;
            let seen = &rest[..rest.len().min(self.reach)];
            looked = looked.max(seen.len());
            match self.parse(seen, quote, row, window.ended() && rest.len() <= self.reach) {
                Parsed::Open if all => break "its quote is never closed",
                Parsed::Open => {
                    window.more()?;
                }
                Parsed::Junk(why) => break why,
                Parsed::Whole(bytes, lines) => {
                    let over = bytes > behind && lines > 1;
                    let more = &window.rest()[behind.min(bytes)..bytes];
                    if over && wanted.is_some_and(|wanted| !self.spans(more, row.len(), wanted)) {
                        break "its quote is not closed on the line";
                    }
                    let fault = plain_fault(&window.rest()[..bytes]);
                    let text = start_of(&window.rest()[..end]);
                    window.pass(bytes);
                    self.line += lines;
                    return Ok(match fault {
                        Some(why) => Step::Broken { line: number, text, why },
                        None => Step::Row,
                    });
                }
            }
        };
        if looked >= self.reach.min(64 * 1024) {
            self.reach = (self.reach / 8).max(LEAST_REACH).max(behind);
        }
        let text = start_of(&window.rest()[..end]);
        self.go_on(window, behind);
        Ok(Step::Broken { line: number, text, why: why.to_owned() })
    }

    /// Whether a row that reaches over lines is one: it has all its values, or it has fewer and none of its other lines
    /// could be a row of its own, which a stray quote would have swallowed.
    fn spans(&self, more: &[u8], have: usize, wanted: usize) -> bool {
        let row = |line: &[u8]| memchr::memchr_iter(self.dialect.delimiter, line).count() + 1 >= wanted;
        have == wanted || have < wanted && !more.split(|byte| matches!(byte, b'\n' | b'\r')).any(row)
    }

    /// Reads a row from its start. `ended`: these are all bytes that there are.
    fn parse(&self, bytes: &[u8], quote: u8, row: &mut Row, ended: bool) -> Parsed {
        let delimiter = self.dialect.delimiter;
        let (mut at, mut lines) = (0, 1);
        loop {
            // A value begins here.
            let mut start = at;
            if self.dialect.spaced {
                while bytes.get(start) == Some(&b' ') {
                    start += 1;
                }
            }
            if bytes.get(start) == Some(&quote) {
                at = match self.inside(bytes, start + 1, quote, row, &mut lines) {
                    Some(behind) => behind,
                    None => return Parsed::Open,
                };
                while self.dialect.spaced && bytes.get(at) == Some(&b' ') {
                    at += 1;
                }
                if !matches!(bytes.get(at), None | Some(b'\n' | b'\r')) && bytes.get(at) != Some(&delimiter) {
                    return Parsed::Junk("there is text behind a closing quote");
                }
                row.end(true);
            } else {
                let length = memchr::memchr3(delimiter, b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
                row.text.extend_from_slice(&bytes[at..at + length]);
                row.end(false);
                at += length;
            }
            match bytes.get(at) {
                Some(byte) if *byte == delimiter => at += 1,
                None => return if ended { Parsed::Whole(at, lines) } else { Parsed::Open },
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return Parsed::Whole(at + 2, lines),
                Some(b'\r') if bytes.len() == at + 1 && !ended => return Parsed::Open,
                Some(_) => return Parsed::Whole(at + 1, lines),
            }
        }
    }

    /// Takes a quoted value from behind its quote. Gives the place behind the closing one.
    fn inside(&self, bytes: &[u8], mut at: usize, quote: u8, row: &mut Row, lines: &mut u64) -> Option<usize> {
        let escape = if self.dialect.backslash { b'\\' } else { quote };
        loop {
            let length = memchr::memchr2(quote, escape, bytes.get(at..)?)?;
            let piece = &bytes[at..at + length];
            *lines += count_lines(piece);
            row.text.extend_from_slice(piece);
            at += length;
            let (byte, next) = (bytes[at], bytes.get(at + 1).copied());
            match next {
                Some(next) if byte == escape && (next == quote || self.dialect.backslash && next == b'\\') => {
                    row.text.push(next);
                    at += 2;
                }
                // Whether it is doubled is not known yet, or it is the end of all.
                _ if byte == quote => return Some(at + 1),
                _ => {
                    row.text.push(byte);
                    at += 1;
                }
            }
        }
    }

    /// A line without an end in sight.
    fn too_long(&mut self, window: &mut Window) -> io::Result<Step> {
        let (line, text) = (self.line, start_of(window.rest()));
        skip_line(window)?;
        self.line += 1;
        Ok(Step::Broken { line, text, why: format!("it is longer than {} MiB", LONGEST_LINE >> 20) })
    }
}

/// Goes behind the end of a line, however long it is.
pub(super) fn skip_line(window: &mut Window) -> io::Result<()> {
    loop {
        if let Some(at) = memchr::memchr2(b'\n', b'\r', window.rest()) {
            let more = window.rest().len() > at + 1 || !window.more()?;
            let crlf = more && window.rest().get(at..at + 2) == Some(b"\r\n");
            window.pass(at + 1 + usize::from(crlf));
            return Ok(());
        }
        window.pass(window.rest().len());
        if !window.more()? {
            return Ok(());
        }
    }
}

/// The end of the line that begins here, and the place behind it. Nothing: there is no line, or it is too long.
pub(super) fn line_end(window: &mut Window) -> io::Result<Option<(usize, usize)>> {
    let mut from = 0;
    loop {
        let rest = window.rest();
        match memchr::memchr2(b'\n', b'\r', &rest[from..]).map(|at| at + from) {
            Some(at) if rest[at] == b'\n' => return Ok(Some((at, at + 1))),
            Some(at) if at + 1 < rest.len() || window.ended() => {
                let crlf = rest.get(at + 1) == Some(&b'\n');
                return Ok(Some((at, at + 1 + usize::from(crlf))));
            }
            Some(at) => from = at,
            None if window.ended() => {
                let length = rest.len();
                return Ok((length > 0 && length <= LONGEST_LINE).then_some((length, length)));
            }
            None => from = rest.len(),
        }
        if window.rest().len() > LONGEST_LINE {
            return Ok(None);
        }
        window.more()?;
    }
}

/// How many lines end in a text.
fn count_lines(bytes: &[u8]) -> u64 {
    let mut lines = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        lines += u64::from(bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    }
    lines
}

fn split(line: &[u8], delimiter: u8, row: &mut Row) {
    let mut from = 0;
    for at in memchr::memchr_iter(delimiter, line) {
        row.text.extend_from_slice(&line[from..at]);
        row.end(false);
        from = at + 1;
    }
    row.text.extend_from_slice(&line[from..]);
    row.end(false);
}

/// What no text has.
pub(super) fn plain_fault(line: &[u8]) -> Option<String> {
    if memchr::memchr(0, line).is_some() {
        return Some("it has null bytes".to_owned());
    }
    match std::str::from_utf8(line) {
        Ok(_) => None,
        Err(error) => {
            let byte = line.get(error.valid_up_to()).copied().unwrap_or_default();
            Some(format!("it is not UTF-8: byte 0x{byte:02X} at its place {}", error.valid_up_to() + 1))
        }
    }
}

/// The start of a line, to be shown.
pub(super) fn start_of(line: &[u8]) -> Vec<u8> {
    line[..line.len().min(160)].to_vec()
}
