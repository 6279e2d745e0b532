//! The types: what fits a column, and how it is stored.

use super::recognise::{NumberShape, recognise_number};
use super::utc::{is_calendar_date, utc_seconds};
use super::value::Val;
use crate::batch::{Batch, Cell};
use crate::json::compact;
use crate::moment::{Moment, MomentForm, read_clock, read_moment, recognise_moment};
use definition::model::FieldType;
use std::borrow::Cow;

/// A value that fits its type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Typed<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    Decimal(Cow<'a, str>),
    Json(Cow<'a, str>),
}

impl<'a> Typed<'a> {
    /// Puts it into a batch.
    pub fn cell(&self, batch: &mut Batch) -> Cell {
        match self {
            Self::Null => Cell::Null,
            Self::Bool(value) => Cell::Bool(*value),
            Self::Int(value) => Cell::Int(*value),
            Self::Float(value) => Cell::Float(*value),
            Self::Text(text) => Cell::Text(batch.store(text)),
            Self::Decimal(text) => Cell::Decimal(batch.store(text)),
            Self::Json(text) => Cell::Json(batch.store(text)),
        }
    }

    /// As a value again, for the next transform.
    pub fn into_val(self) -> Val<'a> {
        match self {
            Self::Null => Val::Null,
            Self::Bool(value) => Val::Bool(value),
            Self::Int(value) => Val::Number(value.to_string().into()),
            Self::Float(value) => Val::Number(float_text(value).into()),
            Self::Decimal(text) => Val::Number(text),
            Self::Text(text) => Val::Text(text),
            Self::Json(text) => match text.as_bytes().first() {
                Some(b'[' | b'{') => Val::Json(text),
                _ => Val::from_raw(&text).into_owned(),
            },
        }
    }
}

/// A float as JSON writes it: the shortest text that reads back to it.
pub(crate) fn float_text(value: f64) -> String {
    serde_json::Number::from_f64(value).map_or_else(|| value.to_string(), |number| number.to_string())
}

/// Fits a value to a type, or tells why it does not fit. Null fits every type.
pub(crate) fn fit(kind: FieldType, value: Val<'_>) -> Result<Typed<'_>, String> {
    if value == Val::Null {
        return Ok(Typed::Null);
    }
    match kind {
        FieldType::String => Ok(Typed::Text(plain(value))),
        // What is written as it is stored needs no reading.
        FieldType::Datetime if matches!(&value, Val::Text(text) if utc_seconds(text).is_some()) => Ok(as_text(value)),
        FieldType::Date if matches!(&value, Val::Text(text) if is_calendar_date(text)) => Ok(as_text(value)),
        FieldType::Integer => integer(&value).map(Typed::Int),
        FieldType::Number => float(&value).map(Typed::Float),
        FieldType::Decimal => decimal(value).map(Typed::Decimal),
        FieldType::Boolean => boolean(&value).map(Typed::Bool),
        FieldType::Date => moment(&value, "a date", |moment| matches!(moment, Moment::Date(_))),
        FieldType::Datetime => {
            moment(&value, "a date with a time", |moment| matches!(moment, Moment::Instant(..) | Moment::Local(..)))
        }
        FieldType::Time => match &value {
            Val::Text(text) => read_clock(text).map(|time| Typed::Text(time.to_string().into())),
            _ => None,
        }
        .ok_or_else(|| format!("is {}, not a time", value.kind())),
        FieldType::Json => Ok(Typed::Json(json(value))),
        FieldType::Array | FieldType::Object => container(kind, value),
    }
}

fn as_text(value: Val<'_>) -> Typed<'_> {
    Typed::Text(plain(value))
}

fn plain(value: Val<'_>) -> Cow<'_, str> {
    match value {
        Val::Text(text) | Val::Number(text) => text,
        Val::Json(text) => compact(text),
        other => Cow::Owned(other.plain().into_owned()),
    }
}

fn json(value: Val<'_>) -> Cow<'_, str> {
    match value {
        Val::Json(text) | Val::Number(text) => compact(text),
        other => Cow::Owned(other.to_json().into_owned()),
    }
}

fn container(kind: FieldType, value: Val<'_>) -> Result<Typed<'_>, String> {
    let (open, name) = if kind == FieldType::Array { ('[', "an array") } else { ('{', "an object") };
    match value {
        Val::Json(text) if text.starts_with(open) => Ok(Typed::Json(compact(text))),
        other => Err(format!("is {}, not {name}", other.kind())),
    }
}

/// The digits of a number, also of one in text.
fn digits<'a>(value: &'a Val<'_>, wanted: &str) -> Result<(&'a str, NumberShape), String> {
    let text = match value {
        Val::Number(text) | Val::Text(text) => text.trim(),
        other => return Err(format!("is {}, not {wanted}", other.kind())),
    };
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    match recognise_number(unsigned).or_else(|| padded(unsigned)) {
        Some(shape) => Ok((unsigned, shape)),
        None if text.is_empty() => Err(format!("is empty text, not {wanted}")),
        None => Err(format!("is {}, not {wanted}", value.kind())),
    }
}

/// `007` is a number where a person says so.
fn padded(text: &str) -> Option<NumberShape> {
    let bare = text.trim_start_matches('0');
    (bare.len() < text.len() && bare.starts_with(|c: char| c.is_ascii_digit())).then(|| recognise_number(bare))?
}

fn integer(value: &Val<'_>) -> Result<i64, String> {
    if let Val::Number(text) | Val::Text(text) = value
        && let Ok(number) = text.trim().parse()
    {
        return Ok(number);
    }
    let (text, shape) = digits(value, "a whole number")?;
    match shape {
        NumberShape::Integer | NumberShape::BigInteger => text.parse().map_err(|_| too_big()),
        NumberShape::Float | NumberShape::LongDecimal => whole(text),
    }
}

fn too_big() -> String {
    "does not fit in 64 bits; use the type decimal".to_owned()
}

/// `5.0` and `1e3` are whole. Exact: the digits are moved, not calculated with.
fn whole(text: &str) -> Result<i64, String> {
    let fraction = || "has a fraction, so it is not a whole number; use number or decimal".to_owned();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().map_err(|_| too_big())?;
    let (front, back) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{front}{back}");
    if digits.bytes().all(|byte| matches!(byte, b'0' | b'-')) {
        return Ok(0);
    }
    let shift = exponent - back.len() as i64;
    if shift > 19 {
        return Err(too_big());
    }
    if shift >= 0 {
        digits.push_str(&"0".repeat(shift as usize));
    } else {
        let cut = digits.len() as i64 + shift;
        if cut <= 0 || digits.bytes().skip(cut as usize).any(|byte| byte != b'0') {
            return Err(fraction());
        }
        digits.truncate(cut as usize);
    }
    digits.parse().map_err(|_| too_big())
}

fn float(value: &Val<'_>) -> Result<f64, String> {
    // A number of JSON has a number's shape.
    if let Val::Number(text) = value
        && let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        return Ok(number);
    }
    let (text, _) = digits(value, "a number")?;
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("is beyond a float's range; use the type decimal".to_owned()),
    }
}

fn decimal(value: Val<'_>) -> Result<Cow<'_, str>, String> {
    digits(&value, "a number")?;
    Ok(match value {
        Val::Number(text) => text,
        other => Cow::Owned(other.plain().trim().trim_start_matches('+').to_owned()),
    })
}

fn boolean(value: &Val<'_>) -> Result<bool, String> {
    match value {
        Val::Bool(value) => return Ok(*value),
        Val::Number(text) | Val::Text(text) => {
            let text = text.trim();
            if ["true", "yes", "1"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
                return Ok(true);
            }
            if ["false", "no", "0"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
                return Ok(false);
            }
        }
        _ => {}
    }
    Err(format!("is {}, not true or false", value.kind()))
}

fn moment<'a>(value: &Val<'_>, wanted: &str, fits: fn(&Moment) -> bool) -> Result<Typed<'a>, String> {
    let Val::Text(text) = value else {
        let hint = if matches!(value, Val::Number(_)) { "; a count of seconds needs `parse_date: epoch`" } else { "" };
        return Err(format!("is {}, not {wanted}{hint}", value.kind()));
    };
    match read_moment(text) {
        Some(moment) if fits(&moment) => Ok(Typed::Text(moment.to_string().into())),
        Some(Moment::Date(_)) => Err(format!("has no time, so it is not {wanted}")),
        Some(_) => Err(format!("has a time too, so it is not {wanted}")),
        None => Err(match recognise_moment(text).and_then(MomentForm::format) {
            Some(format) => format!("is not {wanted} by itself; it needs `parse_date` with the format `{format}`"),
            None => format!("is not {wanted}"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Typed, Val, fit};
    use definition::model::FieldType::{
        Array, Boolean, Date, Datetime, Decimal, Integer, Json, Number, Object, String as Text, Time,
    };

    fn shown(kind: definition::model::FieldType, raw: &str) -> String {
        match fit(kind, Val::from_raw(raw)) {
            Ok(Typed::Null) => "null".to_owned(),
            Ok(Typed::Bool(value)) => value.to_string(),
            Ok(Typed::Int(value)) => value.to_string(),
            Ok(Typed::Float(value)) => format!("{value}f"),
            Ok(Typed::Text(text)) => format!("'{text}'"),
            Ok(Typed::Decimal(text)) => format!("{text}d"),
            Ok(Typed::Json(text)) => format!("json {text}"),
            Err(_) => "fault".to_owned(),
        }
    }

    #[test]
    fn every_type_meets_every_kind_of_value() {
        let cases: &[(definition::model::FieldType, &[(&str, &str)])] = &[
            (
                Text,
                &[
                    (r#""a\u0000\né😀""#, "'a\0\né😀'"),
                    (r#""\ud800x""#, "'\u{fffd}x'"),
                    ("12345678901234567890", "'12345678901234567890'"),
                    ("1.10", "'1.10'"),
                    ("true", "'true'"),
                    ("[1, 2]", "'[1, 2]'"),
                    (r#""  ""#, "'  '"),
                    ("null", "null"),
                ],
            ),
            (
                Integer,
                &[
                    ("9223372036854775807", "9223372036854775807"),
                    ("-9223372036854775808", "-9223372036854775808"),
                    ("9223372036854775808", "fault"),
                    ("18446744073709551616", "fault"),
                    ("5.0", "5"),
                    ("1e3", "1000"),
                    ("1.5e1", "15"),
                    ("1.5", "fault"),
                    ("1e-1", "fault"),
                    ("1e400", "fault"),
                    ("0e999", "0"),
                    ("-0", "0"),
                    ("-0.0", "0"),
                    (r#""42""#, "42"),
                    (r#"" 42 ""#, "42"),
                    (r#""007""#, "7"),
                    (r#""""#, "fault"),
                    (r#""x""#, "fault"),
                    (r#""４２""#, "fault"),
                    ("true", "fault"),
                    ("[]", "fault"),
                    ("9.223372036854775807e18", "9223372036854775807"),
                    ("9.223372036854775808e18", "fault"),
                ],
            ),
            (
                Number,
                &[
                    ("1.5", "1.5f"),
                    ("1e400", "fault"),
                    ("-0", "-0f"),
                    (r#""2.5""#, "2.5f"),
                    (r#""NaN""#, "fault"),
                    (r#""inf""#, "fault"),
                    ("{}", "fault"),
                ],
            ),
            (
                Decimal,
                &[
                    ("1.10", "1.10d"),
                    ("1e400", "1e400d"),
                    ("18446744073709551616", "18446744073709551616d"),
                    (r#""1.10""#, "1.10d"),
                    ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827d"),
                    (r#""x""#, "fault"),
                    ("false", "fault"),
                ],
            ),
            (
                Boolean,
                &[
                    ("true", "true"),
                    ("0", "false"),
                    ("1", "true"),
                    ("2", "fault"),
                    (r#""Yes""#, "true"),
                    (r#""no""#, "false"),
                    (r#""on""#, "fault"),
                    ("[]", "fault"),
                ],
            ),
            (
                Date,
                &[
                    (r#""2024-01-31""#, "'2024-01-31'"),
                    (r#""2024-01-31T00:00:00Z""#, "fault"),
                    (r#""31/01/2024""#, "fault"),
                    ("20240131", "fault"),
                ],
            ),
            (
                Datetime,
                &[
                    (r#""2024-01-31T10:00:00.50+01:00""#, "'2024-01-31T09:00:00.50Z'"),
                    (r#""2024-01-31 10:00:00""#, "'2024-01-31T10:00:00'"),
                    (r#""2024-01-31""#, "fault"),
                    ("1700000000", "fault"),
                    (r#""""#, "fault"),
                ],
            ),
            (Time, &[(r#""10:05""#, "'10:05:00'"), (r#""25:00""#, "fault"), ("10", "fault")]),
            (
                Json,
                &[
                    ("[1,\n 2.0]", "json [1,2.0]"),
                    (r#""a\"b""#, r#"json "a\"b""#),
                    ("1e400", "json 1e400"),
                    ("true", "json true"),
                    ("null", "null"),
                ],
            ),
            (Array, &[("[1]", "json [1]"), ("{}", "fault"), (r#""[1]""#, "fault")]),
            (Object, &[(r#"{"a":1}"#, r#"json {"a":1}"#), ("[]", "fault"), ("3", "fault")]),
        ];
        for (kind, values) in cases {
            for (raw, expected) in *values {
                assert_eq!(shown(*kind, raw), *expected, "{raw} as {}", kind.as_str());
            }
        }
    }

    #[test]
    fn a_fault_says_what_to_do() {
        let why = |kind, raw| fit(kind, Val::from_raw(raw)).unwrap_err();
        assert!(why(Integer, "9223372036854775808").contains("decimal"));
        assert!(why(Date, r#""31/01/2024""#).contains("%d/%m/%Y"));
        assert!(why(Datetime, "1700000000").contains("epoch"));
        assert!(why(Datetime, r#""2024-01-31""#).contains("no time"));
    }
}
