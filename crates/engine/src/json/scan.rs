//! A scanner over JSON text: finds where values begin and end without building them. It never copies, never recurses
//! and never panics, also not on text that isn't JSON (then it gives `None`). A strict one also checks what it passes.

use super::check;
use std::borrow::Cow;
use std::ops::Range;

/// How deep arrays and objects may nest.
pub const MAX_DEPTH: usize = 128;

/// A place in JSON text.
#[derive(Debug, Clone)]
pub struct Scanner<'a> {
    text: &'a str,
    /// The place of the next byte.
    pub at: usize,
    /// The deepest nesting met so far, from where this scanner started.
    pub deepest: usize,
    depth: usize,
    /// Whether all that is passed is checked.
    strict: bool,
}

impl<'a> Scanner<'a> {
    /// A scanner at the first value of a text.
    pub fn new(text: &'a str) -> Self {
        Self::at(text, 0)
    }

    /// A scanner at a place.
    pub fn at(text: &'a str, at: usize) -> Self {
        let mut scanner = Self { text, at, deepest: 0, depth: 0, strict: false };
        scanner.space();
        scanner
    }

    /// A scanner at the first value of a text that may be no JSON.
    pub fn strict(text: &'a str) -> Self {
        Self { strict: true, ..Self::new(text) }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Goes to a place behind what nested `levels` deep.
    pub(super) fn pass(&mut self, at: usize, levels: usize) {
        self.at = at;
        self.deepest = self.deepest.max(self.depth + levels);
    }

    /// The next byte that is no white space.
    pub fn peek(&mut self) -> Option<u8> {
        self.space();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips a byte, if it is this one.
    pub fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes into an array or object: `true` where it begins here.
    pub fn enter(&mut self, open: u8) -> bool {
        let found = self.eat(open);
        if found {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        found
    }

    /// Leaves it again.
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Whether what was entered holds nothing; then it is left.
    pub fn is_empty(&mut self, close: u8) -> Option<bool> {
        let empty = self.peek()? == close;
        if empty {
            self.at += 1;
            self.leave();
        }
        Some(empty)
    }

    /// Whether another member or item comes; if not, what was entered is left.
    pub fn another(&mut self, close: u8) -> Option<bool> {
        let byte = self.peek()?;
        if byte == b',' {
            self.at += 1;
            if self.peek()? != close {
                return Some(true);
            }
            if self.strict {
                return None;
            }
        } else if byte != close {
            return None;
        }
        self.at += 1;
        self.leave();
        Some(false)
    }

    /// Whether nothing comes any more.
    pub fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    fn space(&mut self) {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Skips a string and gives what stands between its quotes, escapes and all.
    pub fn string(&mut self) -> Option<&'a str> {
        if !self.eat(b'"') {
            return None;
        }
        let (start, bytes) = (self.at, self.text.as_bytes());
        if self.strict {
            self.at = check::string(bytes, start)?;
        } else {
            self.at = check::special(bytes, start)?;
            while bytes[self.at] != b'"' {
                self.at += 1 + usize::from(bytes[self.at] == b'\\');
                self.at = check::special(bytes, self.at)?;
            }
        }
        self.at += 1;
        self.text.get(start..self.at - 1)
    }

    /// Skips a member's name and the colon.
    pub fn name(&mut self) -> Option<&'a str> {
        let name = self.string()?;
        self.eat(b':').then_some(name)
    }

    /// Skips a member's name and the colon, if it is this one, written without escapes.
    pub fn pass_name(&mut self, name: &str) -> bool {
        self.space();
        let rest = self.text.as_bytes().get(self.at..).and_then(|rest| rest.strip_prefix(b"\""));
        // Where the name is another one, the quote mostly stands elsewhere too: that is looked at first.
        let Some(rest) = rest.filter(|rest| rest.get(name.len()) == Some(&b'"')) else { return false };
        // A name that holds a quote or an escape is written otherwise.
        if !rest.starts_with(name.as_bytes()) || check::special(name.as_bytes(), 0).is_some() {
            return false;
        }
        let before = self.at;
        self.at += name.len() + 2;
        let found = self.eat(b':');
        if !found {
            self.at = before;
        }
        found
    }

    /// Skips a value and gives its place.
    pub fn skip(&mut self) -> Option<Range<usize>> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => {
                self.string()?;
            }
            b'{' | b'[' if self.strict => self.checked_container()?,
            b'{' | b'[' => self.container()?,
            _ if self.strict => self.at = check::scalar(self.text.as_bytes(), self.at)?,
            _ => self.word()?,
        }
        Some(start..self.at)
    }

    fn word(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b' ' | b'\n' | b'\r' | b'\t' | b'"');
        let length = rest.iter().position(end).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then_some(())
    }

    fn container(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        let mut open = 0usize;
        loop {
            match bytes.get(self.at)? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => {
                    open += 1;
                    self.deepest = self.deepest.max(self.depth + open);
                }
                b'}' | b']' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Some(());
            }
        }
    }
}

/// The text that a string's inside stands for. A lone half of a surrogate pair becomes U+FFFD: servers do send it.
pub fn unescape(inside: &str) -> Cow<'_, str> {
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut out = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(place) = rest.find('\\') {
        out.push_str(&rest[..place]);
        rest = &rest[place + 1..];
        let Some(escape) = rest.chars().next() else { break };
        rest = &rest[escape.len_utf8()..];
        match escape {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => rest = unicode(rest, &mut out),
            other => out.push(other),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Reads what follows `\u` and gives what follows that.
fn unicode<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some(unit) = hex(text) else {
        out.push('\u{fffd}');
        return text;
    };
    let rest = &text[4..];
    if (0xd800..0xdc00).contains(&unit)
        && let Some(low) = rest.strip_prefix("\\u").and_then(hex)
        && (0xdc00..0xe000).contains(&low)
    {
        let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
        return &rest[6..];
    }
    out.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
    rest
}

/// The members of an object in their order, names unescaped; of equal names the last value, at the first one's place.
pub fn members(json: &str) -> Option<Vec<(Cow<'_, str>, Range<usize>)>> {
    let mut scanner = Scanner::new(json);
    members_at(&mut scanner)
}

/// As [`members`], from where a scanner stands; it then stands behind the object.
pub fn members_at<'a>(scanner: &mut Scanner<'a>) -> Option<Vec<(Cow<'a, str>, Range<usize>)>> {
    let mut found: Vec<(Cow<'a, str>, Range<usize>)> = Vec::new();
    if !scanner.enter(b'{') {
        return None;
    }
    let mut places = std::collections::HashMap::new();
    let mut more = !scanner.is_empty(b'}')?;
    while more {
        let name = unescape(scanner.name()?);
        let range = scanner.skip()?;
        match places.get(&name).copied() {
            Some(place) => replace(&mut found, place, range),
            None => {
                places.insert(name.clone(), found.len());
                found.push((name, range));
            }
        }
        more = scanner.another(b'}')?;
    }
    Some(found)
}

fn replace(found: &mut [(Cow<'_, str>, Range<usize>)], place: usize, range: Range<usize>) {
    if let Some(entry) = found.get_mut(place) {
        entry.1 = range;
    }
}

/// The items of an array, from where a scanner stands; it then stands behind the array.
pub fn items_at(scanner: &mut Scanner<'_>) -> Option<Vec<Range<usize>>> {
    if !scanner.enter(b'[') {
        return None;
    }
    let mut found = Vec::new();
    let mut more = !scanner.is_empty(b']')?;
    while more {
        found.push(scanner.skip()?);
        more = scanner.another(b']')?;
    }
    Some(found)
}

/// The same JSON on one line: white space between its parts goes where there is a line break in it.
pub fn compact(json: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\r', json.as_bytes()).is_none() {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    let mut rest = &*json;
    while let Some(place) = rest.find(['"', ' ', '\n', '\r', '\t']) {
        out.push_str(&rest[..place]);
        let mut scanner = Scanner { text: rest, at: place, deepest: 0, depth: 0, strict: false };
        match scanner.string() {
            Some(_) if rest.as_bytes()[place] == b'"' => {
                out.push_str(&rest[place..scanner.at]);
                rest = &rest[scanner.at..];
            }
            _ => rest = &rest[place + 1..],
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
