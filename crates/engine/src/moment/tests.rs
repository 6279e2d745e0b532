//! Tables of texts, formats and moments.

use super::{
    CursorValue, Moment, MomentForm, format_moment, parse_moment, read_any, read_clock, read_moment, recognise_moment,
    timestamp,
};
use definition::model::CursorKind;
use proptest::prelude::{prop_assert_eq, proptest};
use std::cmp::Ordering;

#[test]
fn moments_are_read_and_written_in_one_way() {
    for (given, expected) in [
        ("2024-01-31T10:00:00Z", Some("2024-01-31T10:00:00Z")),
        ("2024-01-31T10:00:00.120+01:00", Some("2024-01-31T09:00:00.120Z")),
        ("2024-01-31 10:00:00+0130", Some("2024-01-31T08:30:00Z")),
        ("2024-01-31 10:00:00.1234567", Some("2024-01-31T10:00:00.1234567")),
        ("2024-01-31T10:00", Some("2024-01-31T10:00:00")),
        ("2024-01-31 10:00:00 UTC", Some("2024-01-31T10:00:00Z")),
        ("2016-12-31T23:59:60Z", Some("2016-12-31T23:59:59Z")),
        ("2024-02-29", Some("2024-02-29")),
        ("2023-02-29", None),
        ("2024-01-31T25:00:00Z", None),
        ("2024-01-31T10:00:00+", None),
        ("2024-1-31", None),
        ("９９９９-01-01", None),
        ("", None),
    ] {
        assert_eq!(read_moment(given).map(|moment| moment.to_string()).as_deref(), expected, "{given}");
    }
    assert_eq!(read_clock("10:05").map(|time| time.to_string()).as_deref(), Some("10:05:00"));
    assert_eq!(read_clock("10:05:09.50").map(|time| time.to_string()).as_deref(), Some("10:05:09.50"));
}

#[test]
fn formats_as_python_knows_them() {
    for (text, format, expected) in [
        ("2024-01-31T10:00:00Z", "%Y-%m-%dT%H:%M:%SZ", Some("2024-01-31T10:00:00Z")),
        ("2024-01-31T10:00:00.12Z", "%Y-%m-%dT%H:%M:%S.%fZ", Some("2024-01-31T10:00:00.12Z")),
        ("2024-01-31T10:00:00.123456+05:30", "%Y-%m-%dT%H:%M:%S.%f%z", Some("2024-01-31T04:30:00.123456Z")),
        ("2024-01-31T10:00:00Z", "%Y-%m-%dT%H:%M:%S%z", Some("2024-01-31T10:00:00Z")),
        ("2024-01-31T10:00:00-0800", "%Y-%m-%dT%H:%M:%S%z", Some("2024-01-31T18:00:00Z")),
        ("31/01/2024 10:05", "%d/%m/%Y %H:%M", Some("2024-01-31T10:05:00")),
        ("31 January 2024", "%d %B %Y", Some("2024-01-31")),
        ("20240131", "%Y%m%d", Some("2024-01-31")),
        ("10:30 PM", "%I:%M %p", Some("22:30:00")),
        ("1700000000", "%s", Some("2023-11-14T22:13:20Z")),
        ("1700000000.25", "epoch", Some("2023-11-14T22:13:20.25Z")),
        ("-1.5", "epoch", Some("1969-12-31T23:59:58.5Z")),
        ("1700000000123", "epoch_ms", Some("2023-11-14T22:13:20.123Z")),
        ("99999999999999999", "epoch", None),
        ("Wed, 31 Jan 2024 10:00:00 GMT", "rfc2822", Some("2024-01-31T10:00:00Z")),
        ("2024-01-31", "rfc3339", None),
        ("2024-01-31T10:00:00Z", "date", None),
        ("x", "%Y", None),
    ] {
        let parsed = parse_moment(text, format).ok().map(|moment| moment.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text} as {format}");
    }
    let moment = read_moment("2024-01-31T10:00:00.5Z").unwrap();
    for (format, expected) in [
        ("%d.%m.%Y", "31.01.2024"),
        ("%H:%M:%S.%f", "10:00:00.500000"),
        ("epoch_ms", "1706695200500"),
        ("date", "2024-01-31"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00+0000"),
    ] {
        assert_eq!(format_moment(moment, format).as_deref(), Ok(expected));
    }
    assert!(format_moment(read_moment("2024-01-31").unwrap(), "epoch").is_err());
}

#[test]
fn forms_are_told_apart() {
    for (text, expected) in [
        ("2024-01-31T10:00:00Z", Some(MomentForm::Rfc3339)),
        ("2024-01-31T10:00:00", Some(MomentForm::Rfc3339Local)),
        ("2024-01-31 10:00:00", Some(MomentForm::SpacedLocal)),
        ("20240131", Some(MomentForm::BasicDate)),
        ("20241331", None),
        ("31/01/2024", Some(MomentForm::DayMonthYear)),
        ("01/31/2024", Some(MomentForm::MonthDayYear)),
        ("01/02/2024", Some(MomentForm::DayOrMonth)),
        ("1/2/3", None),
        ("Wed, 31 Jan 2024 10:00:00 +0000", Some(MomentForm::Rfc2822)),
        ("hello", None),
        ("12345678", None),
    ] {
        assert_eq!(recognise_moment(text), expected, "{text}");
    }
}

#[test]
fn the_dialect_of_connectors_is_read_and_written() {
    // Format, text, seconds and microseconds since 1970, and the text as written where it differs.
    for (format, text, micros, written) in [
        ("%Y-%m-%dT%H:%M:%S.%fZ", "2024-02-29T12:30:00.5Z", 1_709_209_800_500_000_i64, "2024-02-29T12:30:00.500000Z"),
        ("%Y-%m-%dT%H:%M:%SZ", "2024-02-29T12:30:00Z", 1_709_209_800_000_000, ""),
        ("%Y-%m-%d", "2024-02-29", 1_709_164_800_000_000, ""),
        ("%s", "1709209800", 1_709_209_800_000_000, ""),
        (
            "%Y-%m-%dT%H:%M:%S.%f%z",
            "2024-02-29T14:30:00.000001+02:00",
            1_709_209_800_000_001,
            "2024-02-29T12:30:00.000001+0000",
        ),
        ("%Y-%m-%d %H:%M:%S", "2024-02-29 12:30:00", 1_709_209_800_000_000, ""),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-02-29T07:30:00-0500", 1_709_209_800_000_000, "2024-02-29T12:30:00+0000"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-02-29T12:30:00Z", 1_709_209_800_000_000, "2024-02-29T12:30:00+0000"),
        ("%Y-%m-%dT%H:%M:%S%:z", "2024-02-29T12:30:00+00:00", 1_709_209_800_000_000, ""),
        ("%ms", "1709209800123", 1_709_209_800_123_000, ""),
        ("%Y-%m-%dT%H:%M:%S", "2024-02-29T12:30:00", 1_709_209_800_000_000, ""),
        ("%Y-%m-%dT%H:%M:%S+00:00", "2024-02-29T12:30:00+00:00", 1_709_209_800_000_000, ""),
        ("%Y-%m-%dT%H:%M:%S.%_msZ", "2024-02-29T12:30:00.123Z", 1_709_209_800_123_000, ""),
        ("%Y%m%d", "20240229", 1_709_164_800_000_000, ""),
        ("%Y%m%d%H", "2024022912", 1_709_208_000_000_000, ""),
        ("%s_as_float", "1709209800.25", 1_709_209_800_250_000, ""),
        ("%s_as_float", "1709209800", 1_709_209_800_000_000, "1709209800.0"),
        ("%epoch_microseconds", "1709209800000007", 1_709_209_800_000_007, ""),
        ("%d/%m/%Y %H:%M", "29/02/2024 12:30", 1_709_209_800_000_000, ""),
        ("created_on:gt:%Y-%m-%dT%H:%M:%S", "created_on:gt:2024-02-29T12:30:00", 1_709_209_800_000_000, ""),
        ("%a, %d %b %Y %H:%M:%S %z", "Thu, 29 Feb 2024 12:30:00 +0000", 1_709_209_800_000_000, ""),
        ("%d-%b-%y %I:%M %p", "29-Feb-24 12:30 PM", 1_709_209_800_000_000, ""),
        ("%Y-%j", "2024-060", 1_709_164_800_000_000, ""),
        ("%F %T", "2024-02-29 12:30:00", 1_709_209_800_000_000, ""),
        ("rfc2822", "Thu, 29 Feb 2024 12:30:00 +0000", 1_709_209_800_000_000, ""),
        ("epoch_us", "1709209800000007", 1_709_209_800_000_007, ""),
    ] {
        let moment = parse_moment(text, format).unwrap_or_else(|why| panic!("{text} {why}"));
        let at = timestamp(moment).unwrap();
        assert_eq!(at.as_microsecond(), micros, "{text} as {format}");
        let expected = if written.is_empty() { text } else { written };
        assert_eq!(format_moment(Moment::at(at), format).as_deref(), Ok(expected), "{format}");
    }
}

#[test]
fn what_does_not_fit_is_told() {
    for (format, text) in [
        ("%Y-%m-%d", "24-01-31"),
        ("%Y-%m-%d", "2024-01-31T10:00:00Z"),
        ("%Y-%m-%dT%H:%M:%SZ", "2024-01-31T10:00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00+99:99"),
        ("%m", "13"),
        ("%d %B %Y", "31 Foo 2024"),
        ("%I:%M %p", "13:00 PM"),
        ("%s", "soon"),
        ("%s", ""),
        ("%Q", "x"),
        ("%", "%"),
    ] {
        assert!(parse_moment(text, format).is_err(), "{text} as {format}");
    }
    assert!(format_moment(read_clock("10:00").unwrap(), "%Y").is_err());
}

#[test]
fn any_usual_form_is_read() {
    for (text, expected) in [
        ("2024-01-31T10:00:00+01:00", "2024-01-31T09:00:00Z"),
        ("Wed, 31 Jan 2024 10:00:00 GMT", "2024-01-31T10:00:00Z"),
        ("20240131", "2024-01-31"),
        ("31/01/2024", "2024-01-31"),
    ] {
        assert_eq!(read_any(text).map(|moment| moment.to_string()).as_deref(), Some(expected));
    }
    assert_eq!(read_any("01/02/2024"), None, "day or month can't be told");
}

#[test]
fn cursors_are_compared_by_kind() {
    for (kind, low, high) in [
        (CursorKind::Datetime, "2024-01-01T10:00:00+02:00", "2024-01-01T09:00:00Z"),
        (CursorKind::Datetime, "2024-01-01", "2024-01-01T00:00:00.1Z"),
        (CursorKind::Integer, "9", "10"),
        (CursorKind::Text, "10", "9"),
    ] {
        let read = |text| CursorValue::parse(text, kind, &[]).unwrap();
        assert_eq!(read(low).compare(&read(high)), Ordering::Less, "{low} {high}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_reading_panic(text in "\\PC{0,40}", format in "\\PC{0,20}") {
        let _ = read_any(&text);
        let _ = parse_moment(&text, &format);
        let _ = parse_moment(&text, &format!("%{format}"));
        let _ = format_moment(Moment::at(jiff::Timestamp::UNIX_EPOCH), &format!("%{format}"));
    }

    #[test]
    fn what_is_written_is_read_again(micros in -62_000_000_000_000_000_i64..250_000_000_000_000_000) {
        let at = jiff::Timestamp::from_microsecond(micros).unwrap();
        for format in ["rfc3339", "%Y-%m-%dT%H:%M:%S.%f%z", "%epoch_microseconds", "%s_as_float", "%A %d %B %Y %I:%M:%S.%f %p"] {
            let text = format_moment(Moment::at(at), format).unwrap();
            let again = timestamp(parse_moment(&text, format).unwrap()).unwrap();
            prop_assert_eq!(again, at, "{} {}", format, text);
        }
    }
}
