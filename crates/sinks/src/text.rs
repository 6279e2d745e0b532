//! JSON text, written byte by byte: a page is one buffer, and no tree is built.

use engine::batch::{Batch, Cell};
pub(crate) use engine::json::push_string;

/// Writes JSON text on one line. A line break in JSON stands only between values, so it can be left out.
pub(crate) fn push_json(out: &mut Vec<u8>, json: &str) {
    if json.is_empty() {
        out.extend_from_slice(b"null");
    } else if json.bytes().any(|byte| byte == b'\n' || byte == b'\r') {
        out.extend(json.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')));
    } else {
        out.extend_from_slice(json.as_bytes());
    }
}

/// Writes a value as JSON. A decimal is a number with every digit it came with, where JSON allows it so written.
pub(crate) fn push_cell(out: &mut Vec<u8>, batch: &Batch, cell: Cell) {
    match cell {
        Cell::Null => out.extend_from_slice(b"null"),
        Cell::Bool(true) => out.extend_from_slice(b"true"),
        Cell::Bool(false) => out.extend_from_slice(b"false"),
        Cell::Int(value) => push_number(out, value),
        Cell::Float(value) if value.is_finite() => push_number(out, value),
        Cell::Float(_) => out.extend_from_slice(b"null"),
        Cell::Text(span) => push_string(out, batch.text(span)),
        Cell::Json(span) => push_json(out, batch.text(span)),
        Cell::Decimal(span) => match batch.text(span) {
            digits if is_json_number(digits) => out.extend_from_slice(digits.as_bytes()),
            digits => push_string(out, digits),
        },
    }
}

fn push_number(out: &mut Vec<u8>, number: impl serde::Serialize) {
    // Writing a number into memory cannot fail; `null` would be the honest rest.
    if serde_json::to_writer(&mut *out, &number).is_err() {
        out.extend_from_slice(b"null");
    }
}

/// Whether the text is a number as JSON writes it: `-1.50e+3`, but not `.5`, `01`, `+1` or `NaN`.
pub(crate) fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{is_json_number, push_string};
    use proptest::prelude::{any, proptest};

    #[test]
    fn numbers_as_json_writes_them() {
        for number in ["0", "-0", "12", "1.50", "123456789012345678901234567890.10", "1e5", "1E-5", "-2.0e+10"] {
            assert!(is_json_number(number), "{number}");
        }
        for other in ["", "-", "01", ".5", "5.", "+1", "1e", "1e+", "NaN", "1,5", "1 ", "0x1", "1.2.3"] {
            assert!(!is_json_number(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn strings_come_back(text in any::<String>()) {
            let mut out = Vec::new();
            push_string(&mut out, &text);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }

        #[test]
        fn numbers_are_what_serde_takes(text in "[-+0-9.eE]{0,8}") {
            let number = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
            assert_eq!(is_json_number(&text), number);
        }
    }
}
