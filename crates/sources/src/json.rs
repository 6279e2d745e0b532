//! Values as JSON text, written straight into the page.

use base64_fast::encode;
pub(crate) use engine::json::push_string;
use std::io::Write;

/// Writes anything that shows itself without signs that JSON escapes.
pub(crate) fn plain(value: impl std::fmt::Display, out: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = write!(out, "{value}");
}

/// Writes a whole number.
pub(crate) fn integer(value: i64, out: &mut Vec<u8>) {
    plain(value, out);
}

/// Writes a floating-point number in the shortest form that is read back as the same. What is no number is text, as
/// the databases write it.
pub(crate) fn float(value: f64, out: &mut Vec<u8>) {
    match serde_json::Number::from_f64(value) {
        Some(number) => plain(number, out),
        None if value.is_nan() => out.extend_from_slice(b"\"NaN\""),
        None if value > 0.0 => out.extend_from_slice(b"\"Infinity\""),
        None => out.extend_from_slice(b"\"-Infinity\""),
    }
}

/// Writes a number of single precision.
pub(crate) fn float32(value: f32, out: &mut Vec<u8>) {
    if !value.is_finite() {
        return float(f64::from(value), out);
    }
    // The shortest form of the short number, not of the long one.
    let text = value.to_string();
    out.extend_from_slice(text.as_bytes());
    if !text.contains('.') {
        out.extend_from_slice(b".0");
    }
}

/// Writes a number's digits as they came; what is no number is text.
pub(crate) fn decimal(text: &str, out: &mut Vec<u8>) {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let are = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = whole == "0" || !whole.starts_with('0');
    if are(whole) && canonical && rest.is_none_or(are) {
        out.extend_from_slice(text.as_bytes());
    } else {
        push_string(out, text);
    }
}

/// Writes bytes as base64.
pub(crate) fn bytes(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    encode(value, out);
    out.push(b'"');
}

/// Writes a UUID's sixteen bytes.
pub(crate) fn uuid(value: &[u8], out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    for (at, byte) in value.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push(b'-');
        }
        out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
    out.push(b'"');
}

/// Year, month and day of a day's number since 1970 (proleptic Gregorian).
fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
}

fn two(value: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + (value / 10 % 10) as u8, b'0' + (value % 10) as u8]);
}

/// Writes a day, without quotes. Years before 1 and behind 9999 are written with a sign, as ISO 8601 does.
fn day(days: i64, out: &mut Vec<u8>) {
    let (year, month, day) = civil(days);
    match u32::try_from(year).ok().filter(|year| *year <= 9_999) {
        Some(year) => {
            two(year / 100, out);
            two(year % 100, out);
        }
        None => plain(format_args!("{year:+07}"), out),
    }
    out.push(b'-');
    two(month, out);
    out.push(b'-');
    two(day, out);
}

/// Writes a time of day, without quotes.
fn clock(micros: i64, out: &mut Vec<u8>) {
    let (seconds, fraction) = (micros / 1_000_000, micros % 1_000_000);
    let part = |value: i64| u32::try_from(value).unwrap_or_default();
    two(part(seconds / 3_600), out);
    out.push(b':');
    two(part(seconds / 60 % 60), out);
    out.push(b':');
    two(part(seconds % 60), out);
    if fraction > 0 {
        let digits = format!("{fraction:06}");
        out.push(b'.');
        out.extend_from_slice(digits.trim_end_matches('0').as_bytes());
    }
}

/// Days from 1970 to 2000, where PostgreSQL begins to count.
const TO_2000: i64 = 10_957;
const DAY: i64 = 86_400_000_000;

/// Writes PostgreSQL's date.
pub(crate) fn date(days: i32, out: &mut Vec<u8>) {
    match days {
        i32::MAX => out.extend_from_slice(b"\"infinity\""),
        i32::MIN => out.extend_from_slice(b"\"-infinity\""),
        days => {
            out.push(b'"');
            day(i64::from(days) + TO_2000, out);
            out.push(b'"');
        }
    }
}

/// Writes PostgreSQL's timestamp; in UTC with `Z`.
pub(crate) fn moment(micros: i64, utc: bool, out: &mut Vec<u8>) {
    match micros {
        i64::MAX => out.extend_from_slice(b"\"infinity\""),
        i64::MIN => out.extend_from_slice(b"\"-infinity\""),
        micros => {
            out.push(b'"');
            day(micros.div_euclid(DAY) + TO_2000, out);
            out.push(b'T');
            clock(micros.rem_euclid(DAY), out);
            out.extend_from_slice(if utc { b"Z\"" } else { b"\"" });
        }
    }
}

/// Writes PostgreSQL's time of day.
pub(crate) fn time(micros: i64, out: &mut Vec<u8>) {
    out.push(b'"');
    clock(micros, out);
    out.push(b'"');
}

mod base64_fast {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// Appends the standard base64 of some bytes (RFC 4648, with padding).
    pub(super) fn encode(bytes: &[u8], out: &mut Vec<u8>) {
        out.reserve(bytes.len().div_ceil(3) * 4);
        for chunk in bytes.chunks(3) {
            let word = u32::from(chunk[0]) << 16
                | u32::from(chunk.get(1).copied().unwrap_or_default()) << 8
                | u32::from(chunk.get(2).copied().unwrap_or_default());
            let sign = |shift: u32| SIGNS[(word >> shift & 63) as usize];
            out.push(sign(18));
            out.push(sign(12));
            out.push(if chunk.len() > 1 { sign(6) } else { b'=' });
            out.push(if chunk.len() > 2 { sign(0) } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, date, decimal, float, float32, moment, push_string, time, uuid};

    fn written(work: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        work(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_are_json() {
        assert_eq!(written(|out| push_string(out, "a\"\\\n\u{1}é")), r#""a\"\\\n\u0001é""#);
        for (text, json) in [
            ("1.50", "1.50"),
            ("-0.001", "-0.001"),
            ("NaN", "\"NaN\""),
            ("Infinity", "\"Infinity\""),
            ("007", "\"007\""),
            ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ] {
            assert_eq!(written(|out| decimal(text, out)), json);
        }
        for (value, json) in [(1.0, "1.0"), (0.1, "0.1"), (f64::NAN, "\"NaN\"")] {
            assert_eq!(written(|out| float(value, out)), json);
        }
        assert_eq!(written(|out| float32(0.1, out)), "0.1");
        for (value, json) in [("", "\"\""), ("a", "\"YQ==\""), ("ab", "\"YWI=\""), ("abc", "\"YWJj\"")] {
            assert_eq!(written(|out| bytes(value.as_bytes(), out)), json);
        }
        let id = [0x12, 0x3e, 0x45, 0x67, 0xe8, 0x9b, 0x12, 0xd3, 0xa4, 0x56, 0x42, 0x66, 0x14, 0x17, 0x40, 0x00];
        assert_eq!(written(|out| uuid(&id, out)), "\"123e4567-e89b-12d3-a456-426614174000\"");
    }

    #[test]
    fn moments_are_rfc_3339() {
        for (days, json) in
            [(0, "\"2000-01-01\""), (8_826, "\"2024-03-01\""), (-1, "\"1999-12-31\""), (i32::MAX, "\"infinity\"")]
        {
            assert_eq!(written(|out| date(days, out)), json);
        }
        assert_eq!(written(|out| moment(1_500_000, true, out)), "\"2000-01-01T00:00:01.5Z\"");
        assert_eq!(written(|out| moment(-1, false, out)), "\"1999-12-31T23:59:59.999999\"");
        assert_eq!(written(|out| moment(i64::MIN, true, out)), "\"-infinity\"");
        assert_eq!(written(|out| time(86_399_000_001, out)), "\"23:59:59.000001\"");
        // The year before year 1 is 0 (1 BC).
        assert_eq!(written(|out| date(-730_120, out)), "\"0000-12-31\"");
    }
}
