//! Transforms of text.

use crate::map::value::Val;
use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use definition::model::Base64Direction;
use regex::Regex;
use std::borrow::Cow;

/// Changes a text; numbers and truth values stay as they are.
pub(super) fn change<'v>(value: Val<'v>, how: impl FnOnce(&str) -> Cow<'v, str>) -> Result<Val<'v>, String> {
    match value {
        Val::Text(text) => Ok(Val::Text(how(&text))),
        Val::Json(_) => Err(format!("is {}, not text", value.kind())),
        other => Ok(other),
    }
}

/// Works on a scalar as text.
pub(super) fn on_text<'v>(
    value: &Val<'_>,
    how: impl FnOnce(&str) -> Result<Val<'v>, String>,
) -> Result<Val<'v>, String> {
    match value {
        Val::Json(_) => Err(format!("is {}, not text", value.kind())),
        other => how(&other.plain()),
    }
}

/// The first letter of each word in upper case, the others in lower case.
pub(super) fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphanumeric() || inside && matches!(c, '\'' | '’');
    }
    out
}

/// What a regular expression finds: its first group, or all of the match; with `with`, a replacement everywhere.
pub(super) fn regex<'v>(value: &Val<'_>, pattern: &Regex, with: Option<&str>) -> Result<Val<'v>, String> {
    on_text(value, |text| {
        if let Some(with) = with {
            return Ok(Val::text(pattern.replace_all(text, with).into_owned()));
        }
        let found = pattern.captures(text).and_then(|found| if found.len() > 1 { found.get(1) } else { found.get(0) });
        Ok(found.map_or(Val::Null, |found| Val::text(found.as_str().to_owned())))
    })
}

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Base64, the common and the URL alphabet, with or without padding.
pub(super) fn base64<'v>(value: &Val<'_>, direction: Base64Direction) -> Result<Val<'v>, String> {
    let text = value.plain();
    if direction == Base64Direction::Encode {
        return Ok(Val::text(base64::engine::general_purpose::STANDARD.encode(text.as_bytes())));
    }
    let packed: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let alphabet = if packed.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let bytes = GeneralPurpose::new(alphabet, LENIENT).decode(packed).map_err(|_| "is not base64".to_owned())?;
    String::from_utf8(bytes).map(Val::text).map_err(|_| "is base64, but not of text".to_owned())
}

/// HTML as plain text: tags go, blocks end a line, the common entities become characters, scripts and styles go whole.
pub(super) fn strip_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) {
            out.push('<');
            rest = after;
            continue;
        }
        let close = if after.starts_with("!--") { after.find("-->").map(|at| at + 2) } else { after.find('>') };
        let Some(close) = close else { return tidy(&out) };
        let name: String = after.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        rest = &after[close + 1..];
        if matches!(name.as_str(), "script" | "style") && !after.starts_with('/') {
            let end = rest.to_ascii_lowercase().find(&format!("</{name}"));
            rest = end.map_or("", |at| &rest[at..]);
        } else if matches!(
            name.as_str(),
            "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "ul" | "ol"
        ) {
            out.push('\n');
        }
    }
    out.push_str(rest);
    tidy(&out)
}

fn tidy(text: &str) -> String {
    let text = entities(text);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end <= 10);
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
