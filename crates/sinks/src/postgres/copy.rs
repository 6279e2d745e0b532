//! Records as the text format of COPY: tabs between columns, a line a record, `\N` for null.
//!
//! <https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2>

use super::kind::Kind;
use crate::text::push_cell;
use engine::batch::{Batch, Cell};
use std::borrow::Cow;

/// Adds a value and its place's end.
pub(super) fn push(out: &mut Vec<u8>, batch: &Batch, cell: Cell, kind: Kind) {
    match (cell, kind) {
        (Cell::Null, _) => out.extend_from_slice(b"\\N"),
        (Cell::Text(_), Kind::Jsonb) => {
            let mut json = Vec::new();
            push_cell(&mut json, batch, cell);
            push_json(out, &String::from_utf8_lossy(&json));
        }
        (Cell::Json(span), Kind::Jsonb) => push_json(out, batch.text(span)),
        (Cell::Float(value), Kind::Double | Kind::Numeric) if !value.is_finite() => {
            let word = if value.is_nan() {
                "NaN"
            } else if value > 0.0 {
                "Infinity"
            } else {
                "-Infinity"
            };
            out.extend_from_slice(word.as_bytes());
        }
        (Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span), _) => push_text(out, batch.text(span)),
        (other, _) => push_cell(out, batch, other),
    }
}

/// Adds JSON text.
pub(super) fn push_json(out: &mut Vec<u8>, json: &str) {
    push_text(out, &without_lone(json));
}

/// Adds text, escaped. The server's text holds no NUL: U+FFFD stands in its place.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            other => out.push(other),
        }
    }
}

/// JSON text without the escapes that jsonb refuses: `\u0000`, and halves of surrogate pairs. U+FFFD stands in their place.
fn without_lone(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return json.into();
    }
    let bytes = json.as_bytes();
    let unit = |at: usize| {
        let escape = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(escape, 16).ok()
    };
    let mut out = String::with_capacity(json.len());
    let (mut at, mut done) = (0, 0);
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let (length, fine) = match unit(at) {
            None => (2, true),
            Some(0) => (6, false),
            Some(0xd800..=0xdbff) => match unit(at + 6) {
                Some(0xdc00..=0xdfff) => (12, true),
                _ => (6, false),
            },
            Some(0xdc00..=0xdfff) => (6, false),
            Some(_) => (6, true),
        };
        if !fine {
            out.push_str(&json[done..at]);
            out.push_str("\\ufffd");
            done = at + length;
        }
        at += length;
    }
    out.push_str(&json[done..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::{push_text, without_lone};
    use proptest::prelude::{any, proptest};

    #[test]
    fn what_jsonb_refuses_is_replaced() {
        let table = [
            (r#"{"a":"\u0000x"}"#, r#"{"a":"\ufffdx"}"#),
            (r#"["\ud83d\ude00"]"#, r#"["\ud83d\ude00"]"#),
            (r#"["\ud83d!"]"#, r#"["\ufffd!"]"#),
            (r#"["\ude00"]"#, r#"["\ufffd"]"#),
            (r#"["\\u0000"]"#, r#"["\\u0000"]"#),
            (r#"["\u00e9\n"]"#, r#"["\u00e9\n"]"#),
        ];
        for (before, after) in table {
            assert_eq!(without_lone(before), after, "{before}");
        }
    }

    proptest! {
        #[test]
        fn text_stays_on_its_line_and_in_its_column(text in any::<String>()) {
            let mut out = Vec::new();
            push_text(&mut out, &text);
            assert!(!out.iter().any(|byte| matches!(byte, b'\n' | b'\t' | b'\r' | 0)));
            let back = String::from_utf8(out).unwrap();
            let back = back.replace("\\\\", "\u{1}").replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r");
            if !text.contains(['\u{1}', '\0']) {
                assert_eq!(back.replace('\u{1}', "\\"), text);
            }
        }

        #[test]
        fn any_text_is_passed_through(text in any::<String>()) {
            let _ = without_lone(&text);
        }
    }
}
