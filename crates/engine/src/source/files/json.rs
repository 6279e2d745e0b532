//! Values out of JSON documents, one by one: the items of a list, or values that stand one after the other. A large
//! document is never held, and a broken item costs no other.

use super::row::{plain_fault, start_of};
use super::window::Window;
use crate::json::unescape;
use serde::de::IgnoredAny;
use std::io;

/// The longest value that is read.
const LONGEST: usize = 64 * 1024 * 1024;

/// What comes next.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// A value: its bytes are the first of the window, so many; and the line that it begins in.
    Whole(usize, u64),
    /// One that can't be read was passed.
    Broken {
        line: u64,
        text: Vec<u8>,
        why: String,
    },
    End,
}

/// Reads values.
#[derive(Debug)]
pub(super) struct Values {
    /// The names that lead from a document to its list.
    holder: Vec<String>,
    /// The line of the next byte, from 1.
    pub line: u64,
    /// How many lists and objects are open around the values: 1 in a list, and one more for each name of the holder.
    pub open: usize,
    /// What the first item's line begins with, where an item begins a line.
    pub indent: Option<usize>,
}

/// The end of a value.
enum End {
    At(usize),
    Never,
}

impl Values {
    pub(super) fn new(holder: Vec<String>, line: u64, open: usize, indent: Option<usize>) -> Self {
        Self { holder, line, open, indent }
    }

    /// The next value. It is to be passed by `take`.
    pub(super) fn next(&mut self, window: &mut Window) -> io::Result<Value> {
        loop {
            let Some(byte) = self.skip_space(window)? else {
                if self.open == 0 {
                    return Ok(Value::End);
                }
                self.open = 0;
                let why = "the document stops before its end".to_owned();
                return Ok(Value::Broken { line: self.line, text: Vec::new(), why });
            };
            match byte {
                b',' => self.pass(window, 1),
                b']' | b'}' if self.open > 0 => self.close(window)?,
                b'[' if self.open == 0 && self.holder.is_empty() => {
                    self.pass(window, 1);
                    self.open = 1;
                }
                b'{' if self.open == 0 && !self.holder.is_empty() => {
                    if let Some(broken) = self.enter(window)? {
                        return Ok(broken);
                    }
                }
                _ => return self.value(window),
            }
        }
    }

    /// Passes what `next` gave.
    pub(super) fn take(&mut self, window: &mut Window, length: usize) {
        self.pass(window, length);
    }

    fn pass(&mut self, window: &mut Window, length: usize) {
        self.line += memchr::memchr_iter(b'\n', &window.rest()[..length]).count() as u64;
        window.pass(length);
    }

    /// The next byte that is no space.
    fn skip_space(&mut self, window: &mut Window) -> io::Result<Option<u8>> {
        loop {
            let spaces = window.rest().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if let Some(byte) = window.rest().get(spaces).copied() {
                if self.open > 0 && self.indent.is_none() && byte == b'{' {
                    let own = &window.rest()[..spaces];
                    self.indent = own.iter().rposition(|byte| *byte == b'\n').map(|at| spaces - at - 1);
                }
                self.pass(window, spaces);
                return Ok(Some(byte));
            }
            self.pass(window, spaces);
            if !window.more()? {
                return Ok(None);
            }
        }
    }

    /// The list ends; what stands behind it in its document is passed over.
    fn close(&mut self, window: &mut Window) -> io::Result<()> {
        self.pass(window, 1);
        self.open -= 1;
        if self.open > 0 {
            self.skip_to(window, |_, depth| depth == 0, self.open)?;
        }
        self.open = 0;
        Ok(())
    }

    /// Goes into a document, to its list.
    fn enter(&mut self, window: &mut Window) -> io::Result<Option<Value>> {
        let start = self.line;
        let names = std::mem::take(&mut self.holder);
        let found = self.descend(window, &names);
        self.holder = names;
        Ok(match found? {
            true => None,
            false => Some(Value::Broken {
                line: start,
                text: Vec::new(),
                why: format!("it has no list at {}", self.holder.join(".")),
            }),
        })
    }

    fn descend(&mut self, window: &mut Window, names: &[String]) -> io::Result<bool> {
        self.pass(window, 1);
        self.open = 1;
        let mut names = names.iter().peekable();
        while let Some(name) = names.next() {
            loop {
                let Some(byte) = self.skip_space(window)? else { return Ok(false) };
                if byte == b',' {
                    self.pass(window, 1);
                    continue;
                }
                if byte != b'"' {
                    self.skip_to(window, |_, depth| depth == 0, self.open)?;
                    self.open = 0;
                    return Ok(false);
                }
                let End::At(end) = self.end_of(window)? else { return Ok(false) };
                let key = String::from_utf8_lossy(&window.rest()[1..end - 1]).into_owned();
                self.pass(window, end);
                if self.skip_space(window)? != Some(b':') {
                    return Ok(false);
                }
                self.pass(window, 1);
                let Some(byte) = self.skip_space(window)? else { return Ok(false) };
                let wanted = if names.peek().is_some() { b'{' } else { b'[' };
                if unescape(&key) == name.as_str() && byte == wanted {
                    self.pass(window, 1);
                    self.open += 1;
                    break;
                }
                self.skip_to(window, |byte, depth| depth == 0 && matches!(byte, b',' | b'}'), 0)?;
            }
        }
        Ok(true)
    }

    /// Passes over what is not wanted, without holding it, up to the byte that ends it: that one too where it closes
    /// what is open.
    fn skip_to(&mut self, window: &mut Window, ends: impl Fn(u8, usize) -> bool, open: usize) -> io::Result<()> {
        let (mut depth, mut string, mut escaped) = (open, false, false);
        loop {
            let mut passed = None;
            for (at, byte) in window.rest().iter().copied().enumerate() {
                if string {
                    string = escaped || byte != b'"';
                    escaped = !escaped && byte == b'\\';
                    continue;
                }
                match byte {
                    b'"' => string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth == 0 => {
                        passed = Some(at);
                        break;
                    }
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                if open > 0 && depth == 0 {
                    passed = Some(at + 1);
                    break;
                }
                if open == 0 && ends(byte, depth) && byte == b',' {
                    passed = Some(at);
                    break;
                }
            }
            let length = window.rest().len();
            self.pass(window, passed.unwrap_or(length));
            if passed.is_some() || !window.more()? {
                return Ok(());
            }
        }
    }

    /// A value that begins here.
    fn value(&mut self, window: &mut Window) -> io::Result<Value> {
        let line = self.line;
        let end = self.end_of(window)?;
        let why = match end {
            End::At(end) => {
                let bytes = &window.rest()[..end];
                match fault(bytes) {
                    None => return Ok(Value::Whole(end, line)),
                    Some(why) => why,
                }
            }
            End::Never if window.rest().len() >= LONGEST => format!("it is longer than {} MiB", LONGEST >> 20),
            End::Never => "it stops before its end".to_owned(),
        };
        let text = start_of(window.rest());
        self.recover(window, if let End::At(end) = end { Some(end) } else { None })?;
        Ok(Value::Broken { line, text, why })
    }

    /// Goes on behind a broken value: at the next line that begins like an item, where items begin lines.
    fn recover(&mut self, window: &mut Window, end: Option<usize>) -> io::Result<()> {
        let known = window.rest()[..end.unwrap_or(window.rest().len())].to_vec();
        let indent = if self.open > 0 { self.indent } else { Some(0) };
        let item = indent.and_then(|indent| {
            memchr::memchr_iter(b'\n', &known).map(|at| at + 1).find(|at| {
                let line = &known[*at..];
                line.len() > indent
                    && line[indent] == b'{'
                    && line[..indent].iter().all(|byte| matches!(byte, b' ' | b'\t'))
            })
        });
        match (item, end) {
            (Some(at), _) => self.pass(window, at),
            (None, Some(end)) => self.pass(window, end),
            (None, None) => {
                // Nothing tells where the next one begins.
                loop {
                    let length = window.rest().len();
                    self.pass(window, length);
                    if !window.more()? {
                        break;
                    }
                }
                self.open = 0;
            }
        }
        Ok(())
    }

    /// Where the value that begins here ends.
    fn end_of(&mut self, window: &mut Window) -> io::Result<End> {
        let (mut at, mut depth, mut string) = (0, 0usize, false);
        loop {
            let bytes = window.rest();
            while at < bytes.len() {
                if string {
                    match memchr::memchr2(b'"', b'\\', &bytes[at..]) {
                        None => at = bytes.len(),
                        Some(offset) if bytes[at + offset] == b'"' => {
                            at += offset + 1;
                            string = false;
                            if depth == 0 {
                                return Ok(End::At(at));
                            }
                        }
                        Some(offset) if at + offset + 1 < bytes.len() => at += offset + 2,
                        Some(offset) => {
                            at += offset;
                            break;
                        }
                    }
                    continue;
                }
                match bytes[at] {
                    b'"' => string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth == 0 => return Ok(End::At(at.max(1))),
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            return Ok(End::At(at + 1));
                        }
                    }
                    b',' | b' ' | b'\n' | b'\r' | b'\t' | b':' if depth == 0 => return Ok(End::At(at.max(1))),
                    _ => {}
                }
                at += 1;
            }
            if bytes.len() >= LONGEST {
                return Ok(End::Never);
            }
            if !window.more()? {
                let length = window.rest().len();
                return Ok(if depth == 0 && !string && length > 0 { End::At(length) } else { End::Never });
            }
        }
    }
}

/// Why bytes are no JSON value.
pub(super) fn fault(bytes: &[u8]) -> Option<String> {
    if let Some(why) = plain_fault(bytes) {
        return Some(why);
    }
    let error = serde_json::from_slice::<IgnoredAny>(bytes).err()?;
    Some(format!("it is not JSON: {}", without_place(&error.to_string())))
}

/// The words of a fault; its place within the value says nothing to a reader of the file.
fn without_place(text: &str) -> &str {
    text.rsplit_once(" at line ").map_or(text, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::{Value, Values};
    use crate::source::files::window::Window;

    /// The values of a text as `line:text`, broken ones as `line!`.
    fn all(text: &str, holder: &[&str]) -> Vec<String> {
        let mut window = Window::new(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())), 0);
        let mut values = Values::new(holder.iter().map(|name| (*name).to_owned()).collect(), 1, 0, None);
        let mut out = Vec::new();
        loop {
            match values.next(&mut window).unwrap() {
                Value::End => return out,
                Value::Broken { line, .. } => out.push(format!("{line}!")),
                Value::Whole(length, line) => {
                    out.push(format!("{line}:{}", String::from_utf8_lossy(&window.rest()[..length])));
                    values.take(&mut window, length);
                }
            }
        }
    }

    #[test]
    fn documents_become_values() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("[]", &[], &[]),
            ("", &[], &[]),
            ("{\"a\":1}", &[], &["1:{\"a\":1}"]),
            ("[{\"a\":1},\n {\"a\":\"]\\\"}\"}]", &[], &["1:{\"a\":1}", "2:{\"a\":\"]\\\"}\"}"]),
            ("{\"a\":1}{\"a\":2}\n{\"a\":3}", &[], &["1:{\"a\":1}", "1:{\"a\":2}", "2:{\"a\":3}"]),
            ("[1, \"x\", null]", &[], &["1:1", "1:\"x\"", "1:null"]),
            ("[{\"a\":1},{\"a\":nope},{\"a\":3}]", &[], &["1:{\"a\":1}", "1!", "1:{\"a\":3}"]),
            ("[\n{\"a\":1},\n{\"a\":\n{\"a\":3}\n]", &[], &["2:{\"a\":1}", "3!", "4:{\"a\":3}"]),
            ("[{\"a\":1},{\"a\":2", &[], &["1:{\"a\":1}", "1!"]),
            ("{\"n\":{\"x\":[1]},\"d\":[{\"a\":1},{\"a\":2}],\"z\":{}}", &["d"], &["1:{\"a\":1}", "1:{\"a\":2}"]),
            ("{\"n\":{\"d\":[{\"a\":1}]}}\n{\"n\":{\"d\":[{\"a\":2}]}}", &["n", "d"], &["1:{\"a\":1}", "2:{\"a\":2}"]),
            ("{\"n\":1}", &["d"], &["1!"]),
        ];
        for (text, holder, expected) in cases {
            assert_eq!(all(text, holder), *expected, "{text}");
        }
    }
}
