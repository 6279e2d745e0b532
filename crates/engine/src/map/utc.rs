//! Dates and moments that are written already as they are stored: told by their text alone.

/// The date and time of a moment in UTC as RFC 3339 writes it (`2024-01-31T10:00:00Z`, also with up to nine digits of a
/// second): its first nineteen characters. They sort as the moments do.
pub(crate) fn utc_seconds(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let (front, back) = bytes.split_at_checked(19)?;
    let time = front[10] == b'T' && front[13] == b':' && front[16] == b':';
    let fits = time && pair(front, 11)? < 24 && pair(front, 14)? < 60 && pair(front, 17)? < 60;
    let fraction = match back {
        b"Z" => true,
        [b'.', digits @ .., b'Z'] => (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    (fits && fraction && is_date(&front[..10])).then(|| text.get(..19))?
}

/// Whether a text is a calendar date as it is stored: `2024-01-31`.
pub(crate) fn is_calendar_date(text: &str) -> bool {
    text.len() == 10 && is_date(text.as_bytes())
}

fn is_date(bytes: &[u8]) -> bool {
    let read = || {
        let year = pair(bytes, 0)? * 100 + pair(bytes, 2)?;
        let (month, day) = (pair(bytes, 5)?, pair(bytes, 8)?);
        let most = match month {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        // The first and the last years that can be told are left to the calendar.
        Some(bytes[4] == b'-' && bytes[7] == b'-' && (1..=most).contains(&day) && (1..9999).contains(&year))
    };
    read() == Some(true)
}

/// Two digits as a number.
fn pair(bytes: &[u8], at: usize) -> Option<u32> {
    let (tens, ones) = (bytes.get(at)?.wrapping_sub(b'0'), bytes.get(at + 1)?.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

#[cfg(test)]
mod tests {
    use super::{is_calendar_date, utc_seconds};
    use crate::moment::{Moment, read_moment};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn check(text: &str) {
        let moment = read_moment(text);
        let stored = moment.map(|moment| moment.to_string());
        if utc_seconds(text).is_some() {
            assert_eq!(stored.as_deref(), Some(text));
            assert!(matches!(moment, Some(Moment::Instant(..))), "{text}");
        }
        if is_calendar_date(text) {
            assert_eq!(stored.as_deref(), Some(text));
            assert!(matches!(moment, Some(Moment::Date(_))), "{text}");
        }
    }

    #[test]
    fn what_is_stored_as_it_came_is_known() {
        for known in ["2024-02-29T23:59:59Z", "2024-01-31T10:00:00.5Z", "0001-01-01T00:00:00.123456789Z"] {
            assert_eq!(utc_seconds(known), Some(&known[..19]));
            check(known);
        }
        for other in [
            "2023-02-29T00:00:00Z",
            "2024-01-31T10:00:00",
            "2024-01-31t10:00:00Z",
            "2024-01-31T10:00:60Z",
            "2024-01-31T24:00:00Z",
            "2024-01-31T10:00:00.Z",
            "2024-01-31T10:00:00.1234567890Z",
            "2024-01-31",
            "",
            "2024-01-31T10:00:00+00:00",
            "2024-01-31T10:00:0éZ",
        ] {
            assert_eq!(utc_seconds(other), None, "{other}");
        }
        assert!(is_calendar_date("2024-12-31") && !is_calendar_date("2024-12-32") && !is_calendar_date("1900-02-29"));
    }

    proptest! {
        #[test]
        fn what_is_known_is_stored_as_it_came(
            year in 0u32..=9999, month in 0u32..=13, day in 0u32..=32, hour in 0u32..=24, minute in 0u32..=60,
            second in 0u32..=60, fraction in "(\\.[0-9]{0,10})?", zone in "Z|z||\\+01:00",
        ) {
            let date = format!("{year:04}-{month:02}-{day:02}");
            check(&date);
            check(&format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}"));
        }

        #[test]
        fn they_sort_as_the_moments_do(a in 0i64..4_000_000_000, b in 0i64..4_000_000_000) {
            let text = |second| jiff::Timestamp::from_second(second).unwrap().to_string();
            let (left, right) = (text(a), text(b));
            prop_assert_eq!(utc_seconds(&left).unwrap().cmp(utc_seconds(&right).unwrap()), a.cmp(&b));
        }
    }
}
