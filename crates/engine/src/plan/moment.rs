//! Cursor values: read, compared, written.

use definition::model::CursorKind;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::cmp::Ordering;

/// A cursor value that can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CursorValue {
    Moment(Timestamp),
    Integer(i128),
    Text(String),
}

impl CursorValue {
    /// Reads a value as it stands in a record. `None`: it is not of this kind.
    pub(crate) fn parse(text: &str, kind: CursorKind, formats: &[String]) -> Option<Self> {
        match kind {
            CursorKind::Datetime => {
                let named = formats.iter().find_map(|format| parse(text, format));
                named.or_else(|| parse_any(text)).map(Self::Moment)
            }
            CursorKind::Integer => text.trim().parse().ok().map(Self::Integer),
            CursorKind::Text => Some(Self::Text(text.to_owned())),
        }
    }

    /// Which of two values of one kind is greater.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Moment(a), Self::Moment(b)) => a.cmp(b),
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            _ => Ordering::Equal,
        }
    }
}

/// Reads a moment in one form.
pub(crate) fn parse(text: &str, format: &str) -> Option<Timestamp> {
    let text = text.trim();
    match format {
        "rfc3339" => rfc3339(text),
        "epoch" => {
            let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
            let nanos: i32 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
            let seconds: i64 = seconds.parse().ok()?;
            Timestamp::new(seconds, if text.starts_with('-') { -nanos } else { nanos }).ok()
        }
        "epoch_ms" => Timestamp::from_millisecond(text.parse().ok()?).ok(),
        "date" => text.parse::<Date>().ok().and_then(midnight),
        pattern => {
            let broken = jiff::fmt::strtime::parse(pattern, text).ok()?;
            broken.to_timestamp().ok().or_else(|| {
                let civil = broken.to_datetime().or_else(|_| broken.to_date().map(|date| date.at(0, 0, 0, 0))).ok()?;
                utc(civil)
            })
        }
    }
}

/// Reads a moment in any of the usual forms.
pub(crate) fn parse_any(text: &str) -> Option<Timestamp> {
    rfc3339(text.trim()).or_else(|| text.trim().parse::<Date>().ok().and_then(midnight))
}

/// Writes a moment in one form.
pub(crate) fn write(at: Timestamp, format: &str) -> Result<String, String> {
    match format {
        "rfc3339" => Ok(at.to_string()),
        "epoch" => Ok(at.as_second().to_string()),
        "epoch_ms" => Ok(at.as_millisecond().to_string()),
        "date" => Ok(at.to_zoned(TimeZone::UTC).date().to_string()),
        pattern => jiff::fmt::strtime::format(pattern, &at.to_zoned(TimeZone::UTC)).map_err(|error| error.to_string()),
    }
}

/// A moment that lies a span before another.
pub(crate) fn before(at: Timestamp, span: Span) -> Timestamp {
    at.to_zoned(TimeZone::UTC).checked_sub(span).map_or(at, |zoned| zoned.timestamp())
}

fn rfc3339(text: &str) -> Option<Timestamp> {
    // Without an offset the moment is taken as UTC, which keeps the order of one server's values.
    text.parse::<Timestamp>().ok().or_else(|| text.parse::<DateTime>().ok().and_then(utc))
}

fn midnight(date: Date) -> Option<Timestamp> {
    utc(date.at(0, 0, 0, 0))
}

fn utc(civil: DateTime) -> Option<Timestamp> {
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::{CursorValue, parse, write};
    use definition::model::CursorKind;
    use std::cmp::Ordering;

    #[test]
    fn every_form_is_read_and_written() {
        for (format, text) in [
            ("rfc3339", "2024-02-29T12:30:00Z"),
            ("epoch", "1709209800"),
            ("epoch_ms", "1709209800000"),
            ("%Y-%m-%dT%H:%M:%SZ", "2024-02-29T12:30:00Z"),
            ("%d/%m/%Y %H:%M", "29/02/2024 12:30"),
        ] {
            let at = parse(text, format).unwrap_or_else(|| panic!("{format} {text}"));
            assert_eq!(at.as_second(), 1_709_209_800, "{format}");
            assert_eq!(write(at, format).unwrap(), text);
        }
        assert_eq!(parse("2024-02-29", "date").unwrap().as_second(), 1_709_164_800);
        assert_eq!(parse("2024-02-29T13:30:00+01:00", "rfc3339").unwrap().as_second(), 1_709_209_800);
        assert!(parse("yesterday", "rfc3339").is_none());
    }

    #[test]
    fn values_are_compared_by_kind() {
        for (kind, low, high) in [
            (CursorKind::Datetime, "2024-01-01T10:00:00+02:00", "2024-01-01T09:00:00Z"),
            (CursorKind::Integer, "9", "10"),
            (CursorKind::Text, "10", "9"),
        ] {
            let read = |text| CursorValue::parse(text, kind, &[]).unwrap();
            assert_eq!(read(low).compare(&read(high)), Ordering::Less, "{low} {high}");
        }
    }
}
