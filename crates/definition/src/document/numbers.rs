//! Numbers that reading would change: `007` is 7 to one reader, octal to another, and a post code to a person.

use crate::Fault;
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle};

/// The first plain number that would not come back as it was written.
pub(super) fn lossy(text: &str) -> Option<Fault> {
    if !may_have_one(text) {
        return None;
    }
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        let Event::Scalar(value, ScalarStyle::Plain, ..) = event else { continue };
        if !changes(&value) {
            continue;
        }
        let shown: String = value.chars().take(40).collect();
        let message =
            format!("`{shown}` is no number that is read the same everywhere. Put it in quotes to keep it as text.");
        let mut fault = Fault::new("ambiguous_number", "", message).suggest(format!("\"{shown}\""));
        fault.line = u32::try_from(span.start.line()).ok();
        return Some(fault);
    }
    None
}

/// A quick look, so that most files are parsed once: a leading zero, or twenty digits in a row.
fn may_have_one(text: &str) -> bool {
    let mut digits = 0_usize;
    let mut leading_zero = false;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            digits = 0;
            continue;
        }
        digits += 1;
        if digits == 1 {
            leading_zero = byte == b'0';
        }
        if (leading_zero && digits > 1) || digits >= 19 {
            return true;
        }
    }
    false
}

fn changes(value: &str) -> bool {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let too_large = value.parse::<i64>().is_err() && value.parse::<u64>().is_err();
    too_large || (digits.len() > 1 && digits.starts_with('0'))
}
