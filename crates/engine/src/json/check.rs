//! Strict passing: what the scanner goes over is checked against RFC 8259 on the way, so that a page is read once.

use super::scan::{MAX_DEPTH, Scanner};

/// Skips a string's inside from `at`: the place of its closing quote. `None`: a control character, an escape that is
/// none, or no end.
pub(super) fn string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = special(bytes, at)?;
        match bytes[at] {
            b'"' => return Some(at),
            b'\\' => at = escape(bytes, at + 1)?,
            _ => return None,
        }
    }
}

/// The place behind an escape, whose letter stands at `at`.
fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 1),
        b'u' => bytes.get(at + 1..at + 5)?.iter().all(u8::is_ascii_hexdigit).then_some(at + 5),
        _ => None,
    }
}

/// The place of the next byte from `at` that ends a plain run of a string: a quote, a backslash, a control character.
#[inline]
pub fn special(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        match first_special(*chunk) {
            Some(place) => return Some(at + place),
            None => at += chunk.len(),
        }
    }
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).map(|place| at + place)
}

/// The place of the first of eight bytes that is a quote, a backslash or a control character: all are looked at at once.
#[inline]
fn first_special(chunk: [u8; 8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let bytes = u64::from_le_bytes(chunk);
    // A borrow can only make a byte behind the first one found look like one.
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(ONES * limit) & !bytes & HIGHS;
    let quote = below(bytes ^ (ONES * u64::from(b'"')), 1);
    let found = quote | below(bytes ^ (ONES * u64::from(b'\\')), 1) | below(bytes, 0x20);
    (found != 0).then_some(found.trailing_zeros() as usize / 8)
}

/// Skips a number, `true`, `false` or `null` from `at`.
pub(super) fn scalar(bytes: &[u8], at: usize) -> Option<usize> {
    let word = match bytes.get(at)? {
        b't' => &b"true"[..],
        b'f' => b"false",
        b'n' => b"null",
        _ => return number(bytes, at),
    };
    bytes.get(at..)?.starts_with(word).then_some(at + word.len())
}

fn number(bytes: &[u8], mut at: usize) -> Option<usize> {
    at += usize::from(bytes.get(at) == Some(&b'-'));
    at = match bytes.get(at)? {
        b'0' => at + 1,
        b'1'..=b'9' => digits(bytes, at)?,
        _ => return None,
    };
    if bytes.get(at) == Some(&b'.') {
        at = digits(bytes, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = digits(bytes, at)?;
    }
    Some(at)
}

/// Skips one digit or more.
fn digits(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while matches!(bytes.get(at), Some(b'0'..=b'9')) {
        at += 1;
    }
    (at > start).then_some(at)
}

#[inline]
fn space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

/// Skips a member's name and its colon, up to its value.
#[inline]
fn name(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let at = space(bytes, string(bytes, at + 1)? + 1);
    (bytes.get(at) == Some(&b':')).then(|| space(bytes, at + 1))
}

/// What is open around a place: a bit for each, 1 for an object.
struct Open {
    kinds: u128,
    depth: usize,
    deepest: usize,
}

impl Open {
    fn push(&mut self, object: bool) -> Option<()> {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        self.kinds = (self.kinds << 1) | u128::from(object);
        (self.depth <= MAX_DEPTH).then_some(())
    }

    fn pop(&mut self) {
        self.depth -= 1;
        self.kinds >>= 1;
    }

    fn in_object(&self) -> bool {
        self.kinds & 1 == 1
    }
}

impl Scanner<'_> {
    /// Skips an array or an object that begins here, checking all of it.
    pub(super) fn checked_container(&mut self) -> Option<()> {
        let bytes = self.bytes();
        let mut open = Open { kinds: 0, depth: 0, deepest: 0 };
        let mut at = self.at;
        loop {
            // A value begins here.
            at = match bytes.get(at)? {
                b'"' => string(bytes, at + 1)? + 1,
                b'{' => {
                    open.push(true)?;
                    at = space(bytes, at + 1);
                    if bytes.get(at) != Some(&b'}') {
                        at = name(bytes, at)?;
                        continue;
                    }
                    at
                }
                b'[' => {
                    open.push(false)?;
                    at = space(bytes, at + 1);
                    if bytes.get(at) != Some(&b']') {
                        continue;
                    }
                    at
                }
                _ => scalar(bytes, at)?,
            };
            at = behind(bytes, at, &mut open)?;
            if open.depth == 0 {
                break;
            }
        }
        self.pass(at, open.deepest);
        Some(())
    }
}

/// Closes what closes behind a value. Gives the place of the next value, or (nothing being open) of the end.
#[inline]
fn behind(bytes: &[u8], mut at: usize, open: &mut Open) -> Option<usize> {
    loop {
        at = space(bytes, at);
        match (bytes.get(at)?, open.in_object()) {
            (b',', true) => return name(bytes, space(bytes, at + 1)),
            (b',', false) => return Some(space(bytes, at + 1)),
            (b'}', true) | (b']', false) => open.pop(),
            _ => return None,
        }
        at += 1;
        if open.depth == 0 {
            return Some(at);
        }
    }
}
