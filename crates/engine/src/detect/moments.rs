//! How dates and moments are written.

use jiff::civil::{Date, Time};

/// A way of writing dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// `2024-01-31T10:00:00Z`, or with an offset.
    Rfc3339,
    /// `2024-01-31T10:00:00` or with a space: no offset.
    Local,
    /// `2024-01-31`.
    Date,
    /// `2024/01/31`.
    SlashedYearFirst,
    /// `10:30:00`.
    Time,
    /// `31/01/2024`, told by a day over 12.
    DayFirst(char),
    /// `01/31/2024`, told by a day over 12.
    MonthFirst(char),
    /// `01/02/2024`: the order can't be told.
    Ambiguous(char),
    /// `Wed, 31 Jan 2024 10:00:00 GMT`.
    Mail,
}

/// The form of a text, where it is a date, a moment or a time.
pub(super) fn form(text: &str) -> Option<Form> {
    let bytes = text.as_bytes();
    if !(8..=40).contains(&bytes.len()) || !text.is_ascii() {
        return None;
    }
    if bytes.get(4) == Some(&b'-') || bytes.get(4) == Some(&b'/') {
        return year_first(text);
    }
    if bytes[2] == b':' {
        return time(text).then_some(Form::Time);
    }
    if text.contains(", ") && (text.ends_with("GMT") || text.contains(" +") || text.contains(" -")) {
        return jiff::fmt::rfc2822::parse(text).ok().map(|_| Form::Mail);
    }
    slashed(text)
}

fn year_first(text: &str) -> Option<Form> {
    let (date, rest) = text.split_at_checked(10)?;
    let between = text.as_bytes()[4] as char;
    let mut parts = date.split(between);
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    if rest.is_empty() {
        return Some(if between == '-' { Form::Date } else { Form::SlashedYearFirst });
    }
    if between != '-' {
        return None;
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at(end);
    if !time(clock) {
        return None;
    }
    match offset {
        "" => Some(Form::Local),
        "Z" | "z" => Some(Form::Rfc3339),
        offset => {
            let (hours, minutes) = offset[1..].split_once(':')?;
            (digits(hours, 2)? <= 23 && digits(minutes, 2)? <= 59).then_some(Form::Rfc3339)
        }
    }
}

fn digits(text: &str, length: usize) -> Option<i16> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Option<Vec<i16>> = clock.split(':').map(|part| digits(part, 2)).collect();
    let fine = !fraction.is_empty() && fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    fine && matches!(parts.as_deref(), Some([hour, minute, second]) if *second <= 59
        && Time::new(*hour as i8, *minute as i8, *second as i8, 0).is_ok())
}

fn slashed(text: &str) -> Option<Form> {
    let between = text.chars().find(|c| "/.-".contains(*c))?;
    let parts: Vec<&str> = text.split(between).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let (first, second) = (short(first)?, short(second)?);
    let year = digits(year, 4)?;
    if !(1800..=2200).contains(&year) {
        return None;
    }
    let valid = |month, day| Date::new(year, month, day).is_ok();
    match (valid(second, first), valid(first, second)) {
        (true, true) => Some(Form::Ambiguous(between)),
        (true, false) => Some(Form::DayFirst(between)),
        (false, true) => Some(Form::MonthFirst(between)),
        (false, false) => None,
    }
}

fn short(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Form, form};

    #[test]
    fn tells_forms() {
        let cases = [
            ("2024-01-31T10:00:00Z", Some(Form::Rfc3339)),
            ("2024-01-31T10:00:00.123456+02:00", Some(Form::Rfc3339)),
            ("2024-01-31 10:00:00", Some(Form::Local)),
            ("2024-01-31T10:00:00", Some(Form::Local)),
            ("2024-01-31", Some(Form::Date)),
            ("2024-02-30", None),
            ("0000-00-00", None),
            ("2024/01/31", Some(Form::SlashedYearFirst)),
            ("31/01/2024", Some(Form::DayFirst('/'))),
            ("01/31/2024", Some(Form::MonthFirst('/'))),
            ("01/02/2024", Some(Form::Ambiguous('/'))),
            ("31.01.2024", Some(Form::DayFirst('.'))),
            ("10:30:00", Some(Form::Time)),
            ("Wed, 31 Jan 2024 10:00:00 GMT", Some(Form::Mail)),
            ("2024-0001", None),
            ("555-1234-22", None),
            ("ab:cd:ef", None),
            ("20240131", None),
            ("2024-01-31T25:00:00Z", None),
        ];
        for (text, expected) in cases {
            assert_eq!(form(text), expected, "{text}");
        }
    }
}
