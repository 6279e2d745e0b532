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
