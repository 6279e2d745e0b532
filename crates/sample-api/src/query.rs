//! Query strings.

use std::fmt::Write as _;

/// Parameters, in order, decoded.
pub type Pairs = Vec<(String, String)>;

/// The parameters of a query string, in order, decoded.
pub fn parse(text: &str) -> Pairs {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// A name or a value for a query string.
pub fn escape(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match (byte, hex.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{escape, parse};

    #[test]
    fn what_is_escaped_is_read_again() {
        for text in ["", "plain", "a b&c=d", "é%20ü", "2024-01-01T00:00:00+02:00", "100%"] {
            let query = format!("x={}", escape(text));
            assert_eq!(parse(&query), vec![("x".to_owned(), text.to_owned())]);
        }
        assert_eq!(parse("a+b=1&&c"), vec![("a b".to_owned(), "1".to_owned()), ("c".to_owned(), String::new())]);
    }
}
