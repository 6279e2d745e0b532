//! Plain values: quoted only where YAML would read them as something else.

use serde_json::Value;

/// Words that YAML 1.1 or 1.2 reads as no text.
const WORDS: [&str; 11] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", ""];

/// A key.
pub(super) fn key_text(key: &str) -> String {
    text(key, true)
}

/// A plain value. `inside` a list or mapping on one line, more must be quoted.
pub(super) fn scalar_text(value: &Value, inside: bool) -> String {
    match value {
        Value::String(string) => text(string, inside),
        Value::Number(number) => number_text(&number.to_string()),
        other => other.to_string(),
    }
}

/// YAML readers differ on `1e30`; with a point all read a number.
fn number_text(text: &str) -> String {
    match text.split_once(['e', 'E']) {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0e{exponent}"),
        _ => text.to_owned(),
    }
}

fn text(text: &str, inside: bool) -> String {
    if is_plain(text, inside) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str, inside: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_well = first.is_alphanumeric() || matches!(first, '_' | '/' | '(');
    if !starts_well || text.ends_with([' ', ':']) || text.contains("{{") || text.contains(": ") {
        return false;
    }
    let allowed = |c: char| {
        c.is_alphanumeric()
            || " _-./@+%=;:()*'!?&|<>^~$".contains(c)
            || (!inside && ",[]{}\"`".contains(c))
            || "äöüß–—…’“”€".contains(c)
    };
    text.chars().all(allowed) && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) && !is_number_like(text)
}

/// Whether some YAML reader would take the text for a number, a date or a time.
fn is_number_like(text: &str) -> bool {
    // No number starts with any other letter than that of `inf` and `nan`.
    if text.starts_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'i' | 'I' | 'n' | 'N')) {
        return false;
    }
    let bare = text.replace('_', "");
    let lower = bare.to_lowercase();
    let based = ["0x", "0o", "0b"].iter().any(|prefix| lower.starts_with(prefix));
    let timed = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let single_point = bare.matches('.').count() <= 1;
    let dated = bare.len() >= 8 && bare.as_bytes()[..4].iter().all(u8::is_ascii_digit) && bare.as_bytes()[4] == b'-';
    based || bare.parse::<f64>().is_ok() || (timed && (single_point || bare.contains(':'))) || dated
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) && u32::from(c) > 0xffff => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c if needs_escape(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that YAML does not print, or that end a line in it.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') || (u32::from(c) & 0xfffe) == 0xfffe
}

/// Text of several lines as a block (`|`), with the line break before it; nothing where it must be quoted.
pub(super) fn block_text(text: &str, indent: usize) -> Option<String> {
    let odd = |c: char| c == '\r' || c == '\t' || (c != '\n' && needs_escape(c));
    let body = text.strip_suffix('\n').unwrap_or(text);
    let unfit = !text.contains('\n')
        || text.starts_with([' ', '\n'])
        || body.ends_with('\n')
        || body.lines().any(|line| !line.is_empty() && line.trim().is_empty())
        || text.contains(odd);
    if unfit || body.is_empty() {
        return None;
    }
    let mut out = String::from(if body.len() == text.len() { " |-\n" } else { " |\n" });
    for line in body.split('\n') {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
        out.push('\n');
    }
    Some(out)
}
