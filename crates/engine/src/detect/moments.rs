//! How dates and moments are written.

use crate::moment::{Moment, MomentForm, parse_moment, read_clock, read_form};

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
    if bytes[4] == b'-' {
        return match read_form(text)?.1 {
            MomentForm::Rfc3339 | MomentForm::Spaced => Some(Form::Rfc3339),
            MomentForm::Rfc3339Local | MomentForm::SpacedLocal => Some(Form::Local),
            MomentForm::Date => Some(Form::Date),
            _ => None,
        };
    }
    if bytes[4] == b'/' {
        return parse_moment(text, "%Y/%m/%d").ok().map(|_| Form::SlashedYearFirst);
    }
    if bytes[2] == b':' {
        return read_clock(text).map(|_| Form::Time);
    }
    if text.contains(", ") {
        return parse_moment(text, "rfc2822").ok().map(|_| Form::Mail);
    }
    slashed(text)
}

fn slashed(text: &str) -> Option<Form> {
    let between = char::from(*text.as_bytes().get(2)?);
    if text.len() != 10 || !matches!(between, '/' | '.' | '-') {
        return None;
    }
    let fits = |order: &str| parse_moment(text, order).ok().and_then(Moment::date);
    let (day_first, month_first) = match between {
        '/' => ("%d/%m/%Y", "%m/%d/%Y"),
        '.' => ("%d.%m.%Y", "%m.%d.%Y"),
        _ => ("%d-%m-%Y", "%m-%d-%Y"),
    };
    let (day_first, month_first) = (fits(day_first), fits(month_first));
    let year = day_first.or(month_first)?.year();
    if !(1800..=2200).contains(&year) {
        return None;
    }
    match (day_first.is_some(), month_first.is_some()) {
        (true, true) => Some(Form::Ambiguous(between)),
        (true, false) => Some(Form::DayFirst(between)),
        (false, _) => Some(Form::MonthFirst(between)),
    }
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
