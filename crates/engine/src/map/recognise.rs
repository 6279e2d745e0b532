//! What a value looks like: for the detection of types.

use crate::json::unescape;
use crate::moment::{MomentForm, read_clock, recognise_moment};

/// What a JSON value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueShape {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number that fits in 64 bits.
    Integer,
    /// A whole number that does not.
    BigInteger,
    /// A number with a fraction or an exponent that a 64-bit float keeps.
    Float,
    /// One with more digits than a float keeps, or beyond its range.
    LongDecimal,
    /// A string.
    Text(TextShape),
    /// An array.
    Array,
    /// An object.
    Object,
}

/// What a string looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextShape {
    /// Nothing, or white space alone.
    Blank,
    /// A date or a moment.
    Moment(MomentForm),
    /// A time of day.
    Time,
    /// A UUID.
    Uuid,
    /// A web address.
    Url,
    /// A mail address.
    Email,
    /// A number in text: whole or not. `007` is none, for its zeros would be lost.
    Number(NumberShape),
    /// `true` or `false` in text.
    Bool,
    /// Anything else.
    Plain,
}

/// What a number looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberShape {
    /// Whole, within 64 bits.
    Integer,
    /// Whole, beyond 64 bits.
    BigInteger,
    /// With a fraction or an exponent; a float keeps it.
    Float,
    /// With more digits than a float keeps.
    LongDecimal,
}

/// Tells what a value's JSON text looks like. What isn't JSON is plain text.
pub fn recognise(raw: &str) -> ValueShape {
    let raw = raw.trim();
    match raw.as_bytes().first() {
        Some(b'n') => ValueShape::Null,
        Some(b't' | b'f') => ValueShape::Bool,
        Some(b'[') => ValueShape::Array,
        Some(b'{') => ValueShape::Object,
        Some(b'"') => {
            let inside = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
            ValueShape::Text(recognise_text(&unescape(inside)))
        }
        _ => match recognise_number(raw) {
            Some(NumberShape::Integer) => ValueShape::Integer,
            Some(NumberShape::BigInteger) => ValueShape::BigInteger,
            Some(NumberShape::Float) => ValueShape::Float,
            Some(NumberShape::LongDecimal) => ValueShape::LongDecimal,
            None => ValueShape::Text(TextShape::Plain),
        },
    }
}

/// Tells what a string looks like.
pub fn recognise_text(text: &str) -> TextShape {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return TextShape::Blank;
    }
    if trimmed.len() > 2048 {
        return TextShape::Plain;
    }
    if let Some(form) = recognise_moment(trimmed) {
        return TextShape::Moment(form);
    }
    if let Some(number) = recognise_number(trimmed) {
        return TextShape::Number(number);
    }
    if read_clock(trimmed).is_some() {
        return TextShape::Time;
    }
    match trimmed {
        "true" | "false" | "True" | "False" | "TRUE" | "FALSE" => TextShape::Bool,
        text if is_uuid(text) => TextShape::Uuid,
        text if is_url(text) => TextShape::Url,
        text if is_email(text) => TextShape::Email,
        _ => TextShape::Plain,
    }
}

/// Tells what kind of number a text writes, as JSON writes numbers. `None`: none.
pub fn recognise_number(text: &str) -> Option<NumberShape> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    if whole == 0 || whole > 1 && digits.starts_with('0') {
        return None;
    }
    if whole == digits.len() {
        let fits = text.parse::<i64>().is_ok();
        return Some(if fits { NumberShape::Integer } else { NumberShape::BigInteger });
    }
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let fraction = mantissa.get(whole..)?;
    let fraction_fits = fraction.is_empty() || fraction.len() > 1 && fraction.starts_with('.');
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !fraction_fits || !all_digits(fraction.get(1..).unwrap_or("")) || exponent.is_empty() || !all_digits(exponent) {
        return None;
    }
    let significant: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let significant = significant.trim_matches('0').len();
    let finite = text.parse::<f64>().is_ok_and(f64::is_finite);
    Some(if significant <= 15 && finite { NumberShape::Float } else { NumberShape::LongDecimal })
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    !user.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(|c: char| c.is_whitespace() || c == ',')
        && !host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::{NumberShape, TextShape, ValueShape, recognise};
    use crate::moment::MomentForm;

    #[test]
    fn values_look_like_what_they_are() {
        for (raw, expected) in [
            ("null", ValueShape::Null),
            ("true", ValueShape::Bool),
            ("9223372036854775807", ValueShape::Integer),
            ("-9223372036854775808", ValueShape::Integer),
            ("9223372036854775808", ValueShape::BigInteger),
            ("1.5", ValueShape::Float),
            ("1e400", ValueShape::LongDecimal),
            ("0.12345678901234567890", ValueShape::LongDecimal),
            ("-0", ValueShape::Integer),
            ("[1]", ValueShape::Array),
            ("{}", ValueShape::Object),
            (r#""  ""#, ValueShape::Text(TextShape::Blank)),
            (r#""2024-01-31""#, ValueShape::Text(TextShape::Moment(MomentForm::Date))),
            (r#""42""#, ValueShape::Text(TextShape::Number(NumberShape::Integer))),
            (r#""007""#, ValueShape::Text(TextShape::Plain)),
            (r#""1.10""#, ValueShape::Text(TextShape::Number(NumberShape::Float))),
            (r#""1.""#, ValueShape::Text(TextShape::Plain)),
            (r#""1e""#, ValueShape::Text(TextShape::Plain)),
            (r#""true""#, ValueShape::Text(TextShape::Bool)),
            (r#""10:30""#, ValueShape::Text(TextShape::Time)),
            (r#""a@b.example""#, ValueShape::Text(TextShape::Email)),
            (r#""https://x.example/é""#, ValueShape::Text(TextShape::Url)),
            (r#""123e4567-e89b-12d3-a456-426614174000""#, ValueShape::Text(TextShape::Uuid)),
            (r#""\ud800 \u0000 😀""#, ValueShape::Text(TextShape::Plain)),
        ] {
            assert_eq!(recognise(raw), expected, "{raw}");
        }
    }
}
