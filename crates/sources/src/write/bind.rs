//! What a value is bound as, by the column's type. A value that does not fit is refused: nothing is cut or rounded.

use super::table::{Target, keeps_integers, takes_bytes};
use crate::kinds;
use crate::mysql::clock;
use crate::sql::{Dialect, Kind};
use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// A value as it is bound.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bound {
    Null,
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Bound {
    /// As it may be shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Integer(number) => number.to_string(),
            Self::Unsigned(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => format!("x'{}'", kinds::hex(bytes)),
        }
    }
}

/// What a value is bound as; or why it does not fit.
pub(super) fn bound(dialect: Dialect, target: &Target, value: &Value) -> Result<Bound, String> {
    if value.is_null() {
        return Ok(Bound::Null);
    }
    if takes_bytes(dialect, target) {
        let bytes = bytes(value)?;
        return Ok(match dialect {
            Dialect::Postgres => Bound::Text(format!("\\x{}", kinds::hex(&bytes))),
            Dialect::MySql | Dialect::Sqlite => Bound::Bytes(bytes),
        });
    }
    match dialect {
        Dialect::Postgres => postgres(target, value).map(Bound::Text),
        Dialect::MySql => mysql(target, value),
        Dialect::Sqlite => sqlite(target, value),
    }
}

fn postgres(target: &Target, value: &Value) -> Result<String, String> {
    let text = match (target.array, value) {
        (true, Value::Array(items)) => array(items, &target.type_name)?,
        _ => match target.column.kind {
            Kind::Json if !target.array => json(value),
            Kind::Boolean => boolean(value)?.to_string(),
            Kind::Integer | Kind::Unsigned => whole(value)?.to_string(),
            Kind::Uuid => uuid(value)?,
            _ => kinds::text(value),
        },
    };
    match text.contains('\0') {
        true => Err("PostgreSQL's text has no place for the sign NUL".to_owned()),
        false => Ok(text),
    }
}

fn mysql(target: &Target, value: &Value) -> Result<Bound, String> {
    let column = &target.column;
    Ok(match column.kind {
        Kind::Json => Bound::Text(json(value)),
        Kind::Boolean | Kind::Integer | Kind::Unsigned => {
            let number = match value {
                Value::Bool(_) => i128::from(boolean(value)?),
                _ => whole(value)?,
            };
            match (i64::try_from(number), u64::try_from(number)) {
                (Ok(number), _) => Bound::Integer(number),
                (_, Ok(number)) => Bound::Unsigned(number),
                _ => return Err("it is beyond the numbers of the column".to_owned()),
            }
        }
        Kind::Float | Kind::Float32 => Bound::Float(float(value)?),
        Kind::Date | Kind::Local | Kind::Instant => Bound::Text(clock(&kinds::text(value))),
        _ => Bound::Text(kinds::text(value)),
    })
}

fn sqlite(target: &Target, value: &Value) -> Result<Bound, String> {
    Ok(match value {
        Value::Null => Bound::Null,
        Value::Bool(value) => Bound::Integer(i64::from(*value)),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => Bound::Integer(number),
            _ if number.is_u64() => return Err("it is beyond the whole numbers of SQLite".to_owned()),
            (None, Some(number)) => Bound::Float(number),
            (None, None) => Bound::Text(number.to_string()),
        },
        Value::String(text) if keeps_integers(&target.type_name) => {
            // SQLite would make a rounded number of too many digits, and keep other text as text.
            match text.trim().parse::<i128>().map(i64::try_from) {
                Ok(Ok(number)) => Bound::Integer(number),
                Ok(Err(_)) => return Err("it is beyond the whole numbers of SQLite".to_owned()),
                Err(_) => Bound::Text(text.clone()),
            }
        }
        Value::String(text) => Bound::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => Bound::Text(value.to_string()),
    })
}

/// JSON text. Text that is an object or a list of JSON is taken as that; other text is a string of JSON.
fn json(value: &Value) -> String {
    match value {
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
            match serde_json::from_str::<serde::de::IgnoredAny>(text) {
                Ok(_) => text.clone(),
                Err(_) => value.to_string(),
            }
        }
        _ => value.to_string(),
    }
}

/// A list as PostgreSQL writes it: `{1,"a b",NULL}`.
fn array(items: &[Value], type_name: &str) -> Result<String, String> {
    let is = |name: &str| type_name.strip_suffix("[]").is_some_and(|inner| inner == name);
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let item = |item: &Value| {
        Ok(match item {
            Value::Null => "NULL".to_owned(),
            _ if is("json") || is("jsonb") => quoted(&item.to_string()),
            Value::Array(inner) => array(inner, type_name)?,
            _ if is("bytea") => quoted(&format!("\\x{}", kinds::hex(&bytes(item)?))),
            other => quoted(&kinds::text(other)),
        })
    };
    Ok(format!("{{{}}}", items.iter().map(item).collect::<Result<Vec<_>, String>>()?.join(",")))
}

fn boolean(value: &Value) -> Result<bool, String> {
    match (value, kinds::text(value).trim().to_lowercase().as_str()) {
        (Value::Bool(value), _) => Ok(*value),
        (_, "true" | "t" | "yes" | "on" | "1") => Ok(true),
        (_, "false" | "f" | "no" | "off" | "0") => Ok(false),
        _ => Err("it is neither true nor false".to_owned()),
    }
}

fn whole(value: &Value) -> Result<i128, String> {
    let text = kinds::text(value);
    let text = text.trim();
    // A whole number may be written as 12.0.
    let digits = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
    digits.map_or(text, |(digits, _)| digits).parse().map_err(|_| "it is no whole number".to_owned())
}

fn float(value: &Value) -> Result<f64, String> {
    let number = kinds::text(value).trim().parse::<f64>().map_err(|_| "it is no number".to_owned())?;
    if number.is_finite() { Ok(number) } else { Err("the column has no place for it".to_owned()) }
}

fn uuid(value: &Value) -> Result<String, String> {
    let text = kinds::text(value);
    let digits = text.chars().filter(char::is_ascii_hexdigit).count();
    let fits = digits == 32 && text.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '-' | '{' | '}'));
    if fits { Ok(text) } else { Err("it is no UUID".to_owned()) }
}

/// Bytes of base64, or of `\x` and hexadecimal digits.
fn bytes(value: &Value) -> Result<Vec<u8>, String> {
    let text = kinds::text(value);
    if let Some(digits) = text.strip_prefix("\\x") {
        let fits = digits.len().is_multiple_of(2) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return if fits { Ok(kinds::unhex(digits)) } else { Err("it is no hexadecimal number".to_owned()) };
    }
    base64(&text).ok_or_else(|| "bytes are written as base64, or as \\x and hexadecimal digits".to_owned())
}

/// Either alphabet of RFC 4648, padded or not, in one line or several.
fn base64(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let sign = |sign| match sign {
        '-' => '+',
        '_' => '/',
        other => other,
    };
    let text: String = text.chars().filter(|sign| !sign.is_ascii_whitespace()).map(sign).collect();
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{array, base64, json, whole};
    use serde_json::json;

    #[test]
    fn bytes_are_read_from_base64() {
        for (text, bytes) in [
            ("", Some(vec![])),
            ("AP8Q", Some(vec![0, 255, 16])),
            ("AA==", Some(vec![0])),
            ("AA", Some(vec![0])),
            ("AP8=", Some(vec![0, 255])),
            ("_-8", Some(vec![255, 239])),
            ("A", None),
            ("é", None),
            ("AA =\n=", Some(vec![0])),
            ("AA===", None),
        ] {
            assert_eq!(base64(text), bytes, "{text}");
        }
    }

    #[test]
    fn lists_numbers_and_json_are_written_exactly() {
        let list = json!([1, "a\"b\\c,d", null, [true, "NULL"]]);
        assert_eq!(array(list.as_array().unwrap(), "text[]").unwrap(), r#"{"1","a\"b\\c,d",NULL,{"true","NULL"}}"#);
        assert_eq!(array(&[json!({"a": [1]}), json!([2])], "jsonb[]").unwrap(), r#"{"{\"a\":[1]}","[2]"}"#);
        for (value, expected) in
            [(json!("12"), Ok(12)), (json!(12.0), Ok(12)), (json!("1.5"), Err(())), (json!(""), Err(()))]
        {
            assert_eq!(whole(&value).map_err(|_| ()), expected, "{value}");
        }
        assert_eq!(json(&json!("[1]")), "[1]");
        assert_eq!(json(&json!("[1")), "\"[1\"");
        assert_eq!(json(&json!("a")), "\"a\"");
    }
}
