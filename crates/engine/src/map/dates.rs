//! Dates, moments and times: read, recognised, compared and written.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use std::cmp::Ordering;
use std::fmt;

/// A date, a moment or a time, with as many digits behind the second as its text had (at most 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A moment in the world.
    Instant(Timestamp, u8),
    /// A date and a time without an offset.
    Local(DateTime, u8),
    /// A calendar date.
    Date(Date),
    /// A time of day.
    Time(Time, u8),
}

/// How a date or a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MomentForm {
    /// `2024-01-31T10:00:00Z`, also `+01:00` or `+0100`.
    Rfc3339,
    /// `2024-01-31T10:00:00`.
    Rfc3339Local,
    /// `2024-01-31 10:00:00+00:00`.
    Spaced,
    /// `2024-01-31 10:00:00`.
    SpacedLocal,
    /// `2024-01-31`.
    Date,
    /// `20240131`.
    BasicDate,
    /// `31/01/2024`: the first number is over 12.
    DayMonthYear,
    /// `01/31/2024`: the second number is over 12.
    MonthDayYear,
    /// `01/02/2024`: nothing tells the day from the month.
    DayOrMonth,
    /// `Wed, 31 Jan 2024 10:00:00 GMT`.
    Rfc2822,
    /// Seconds since 1970, by the number's size (1973 to 2100).
    Epoch,
    /// Milliseconds since 1970, by the number's size (1973 to 2100).
    EpochMs,
}

impl MomentForm {
    /// The format that `parse_date` needs to read it. `None`: the types `date` and `datetime` read it by themselves,
    /// or (day or month) it can't be told.
    pub fn format(self) -> Option<&'static str> {
        match self {
            Self::BasicDate => Some("%Y%m%d"),
            Self::DayMonthYear => Some("%d/%m/%Y"),
            Self::MonthDayYear => Some("%m/%d/%Y"),
            Self::Rfc2822 => Some("rfc2822"),
            Self::Epoch => Some("epoch"),
            Self::EpochMs => Some("epoch_ms"),
            _ => None,
        }
    }

    /// Whether it names a day alone.
    pub fn is_date(self) -> bool {
        use MomentForm::{BasicDate, Date, DayMonthYear, DayOrMonth, MonthDayYear};
        matches!(self, Date | BasicDate | DayMonthYear | MonthDayYear | DayOrMonth)
    }
}

impl Moment {
    /// As a moment in the world; what has no offset is taken to be in `zone`.
    pub fn in_zone(self, zone: &TimeZone) -> Result<Self, String> {
        let zoned = |at: DateTime| zone.to_timestamp(at).map_err(|error| error.to_string());
        match self {
            Self::Local(at, digits) => Ok(Self::Instant(zoned(at)?, digits)),
            other => Ok(other),
        }
    }

    /// The calendar date, where there is one.
    pub fn date(self) -> Option<Date> {
        self.civil().map(DateTime::date)
    }

    /// As a date and time (in UTC); a date is its midnight. `None`: a time alone.
    pub fn civil(self) -> Option<DateTime> {
        match self {
            Self::Instant(at, _) => Some(Offset::UTC.to_datetime(at)),
            Self::Local(at, _) => Some(at),
            Self::Date(date) => Some(date.at(0, 0, 0, 0)),
            Self::Time(..) => None,
        }
    }

    /// The time of day (in UTC), where there is one.
    pub fn time(self) -> Option<(Time, u8)> {
        match self {
            Self::Instant(at, digits) => Some((Offset::UTC.to_datetime(at).time(), digits)),
            Self::Local(at, digits) => Some((at.time(), digits)),
            Self::Time(at, digits) => Some((at, digits)),
            Self::Date(_) => None,
        }
    }
}

impl fmt::Display for Moment {
    /// RFC 3339; a moment in the world in UTC with `Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = self.civil() {
            write!(f, "{:04}-{:02}-{:02}", at.year(), at.month(), at.day())?;
        }
        let Some((time, digits)) = self.time() else { return Ok(()) };
        let separator = if matches!(self, Self::Time(..)) { "" } else { "T" };
        write!(f, "{separator}{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        if digits > 0 {
            let nanos = format!("{:09}", time.subsec_nanosecond());
            write!(f, ".{}", &nanos[..usize::from(digits.min(9))])?;
        }
        if matches!(self, Self::Instant(..)) { f.write_str("Z") } else { Ok(()) }
    }
}

/// Reads digits from the front.
fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<(T, &str)> {
    let (front, rest) = text.split_at_checked(digits)?;
    front.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((front.parse().ok()?, rest))
}

fn read_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number::<i16>(text, 4)?;
    let (month, rest) = number::<i8>(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number::<i8>(rest.strip_prefix('-')?, 2)?;
    Some((Date::new(year, month, day).ok()?, rest))
}

/// `10:00`, `10:00:00`, `10:00:00.123`. A leap second is the second before it.
fn read_time(text: &str) -> Option<(Time, u8, &str)> {
    let (hour, rest) = number::<i8>(text, 2)?;
    let (minute, mut rest) = number::<i8>(rest.strip_prefix(':')?, 2)?;
    let (mut second, mut nanos, mut digits) = (0i8, 0i32, 0u8);
    if let Some(more) = rest.strip_prefix(':') {
        (second, rest) = number::<i8>(more, 2)?;
        if let Some(more) = rest.strip_prefix(['.', ',']) {
            let length = more.bytes().take_while(u8::is_ascii_digit).count();
            let kept = length.min(9);
            (length > 0).then_some(())?;
            nanos = more[..kept].parse::<i32>().ok()? * 10i32.pow(9 - kept as u32);
            digits = kept as u8;
            rest = &more[length..];
        }
    }
    second = if second == 60 { 59 } else { second };
    Some((Time::new(hour, minute, second, nanos).ok()?, digits, rest))
}

/// `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`. `None`: something else; `Some(None)`: nothing at all.
fn read_offset(text: &str) -> Option<Option<Offset>> {
    let text = text.trim_start();
    if text.is_empty() {
        return Some(None);
    }
    if ["z", "utc", "gmt"].iter().any(|zone| text.eq_ignore_ascii_case(zone)) {
        return Some(Some(Offset::UTC));
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = number::<i32>(&text[1..], 2)?;
    let (minutes, rest) = match rest {
        "" => (0, ""),
        more => number::<i32>(more.strip_prefix(':').unwrap_or(more), 2)?,
    };
    (rest.is_empty() && minutes < 60).then_some(())?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(Some)
}

fn instant(at: DateTime, offset: Option<Offset>, digits: u8) -> Option<Moment> {
    match offset {
        Some(offset) => Some(Moment::Instant(offset.to_timestamp(at).ok()?, digits)),
        None => Some(Moment::Local(at, digits)),
    }
}

fn read(text: &str) -> Option<(Moment, MomentForm)> {
    let text = text.trim();
    let (date, rest) = read_date(text)?;
    if rest.is_empty() {
        return Some((Moment::Date(date), MomentForm::Date));
    }
    let spaced = rest.starts_with(' ');
    let (time, digits, rest) = read_time(rest.strip_prefix(['T', 't', ' '])?)?;
    let offset = read_offset(rest)?;
    let form = match (spaced, offset.is_some()) {
        (false, true) => MomentForm::Rfc3339,
        (false, false) => MomentForm::Rfc3339Local,
        (true, true) => MomentForm::Spaced,
        (true, false) => MomentForm::SpacedLocal,
    };
    Some((instant(date.to_datetime(time), offset, digits)?, form))
}

/// Reads RFC 3339 and its common variants: a space for the `T`, no offset, `+0000`, a date alone.
pub fn read_moment(text: &str) -> Option<Moment> {
    read(text).map(|(moment, _)| moment)
}

/// Reads a time of day: `10:00`, `10:00:00.5`.
pub fn read_clock(text: &str) -> Option<Moment> {
    let (time, digits, rest) = read_time(text.trim())?;
    rest.is_empty().then_some(Moment::Time(time, digits))
}

/// Tells how a text writes a date or a moment, if it does. Numbers: see [`recognise_epoch`].
pub fn recognise_moment(text: &str) -> Option<MomentForm> {
    let text = text.trim();
    if let Some((_, form)) = read(text) {
        return Some(form);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = text[..4].parse::<i16>().ok()?;
        parse_moment(text, "%Y%m%d").ok()?;
        return (1900..=2100).contains(&year).then_some(MomentForm::BasicDate);
    }
    if text.contains(',') && jiff::fmt::rfc2822::parse(text).is_ok() {
        return Some(MomentForm::Rfc2822);
    }
    slashed(text)
}

fn slashed(text: &str) -> Option<MomentForm> {
    let mut parts = text.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (day_first, month_first) = (parse_moment(text, "%d/%m/%Y").is_ok(), parse_moment(text, "%m/%d/%Y").is_ok());
    match (day_first, month_first) {
        // The same number twice can be told, but says nothing about the others.
        (true, true) => Some(MomentForm::DayOrMonth),
        (true, false) => Some(MomentForm::DayMonthYear),
        (false, true) => Some(MomentForm::MonthDayYear),
        (false, false) => None,
    }
}

/// Tells by its size whether a number may count seconds or milliseconds since 1970. It may count anything else too.
pub fn recognise_epoch(number: &str) -> Option<MomentForm> {
    let whole = number.split('.').next()?.parse::<i64>().ok()?;
    match whole {
        100_000_000..=4_102_444_800 => Some(MomentForm::Epoch),
        100_000_000_000..=4_102_444_800_000 => Some(MomentForm::EpochMs),
        _ => None,
    }
}

/// Reads a text (or a number's digits) of a form: `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `date`, or strftime as
/// Python knows it (`%z` also takes `Z` and `+05:30`, `%f` one to nine digits). Tells why it does not fit.
pub fn parse_moment(text: &str, format: &str) -> Result<Moment, String> {
    let text = text.trim();
    let unfit = || format!("is not of the form `{format}`");
    match format {
        "rfc3339" => read_moment(text).filter(|moment| !matches!(moment, Moment::Date(_))).ok_or_else(unfit),
        "date" => match read_moment(text) {
            Some(date @ Moment::Date(_)) => Ok(date),
            _ => Err(unfit()),
        },
        "rfc2822" => {
            jiff::fmt::rfc2822::parse(text).map(|zoned| Moment::Instant(zoned.timestamp(), 0)).map_err(|_| unfit())
        }
        "epoch" | "%s" | "%s_as_float" => epoch(text, 0).ok_or_else(unfit),
        "epoch_ms" | "%ms" | "%_ms" => epoch(text, 3).ok_or_else(unfit),
        "epoch_us" | "%epoch_microseconds" => epoch(text, 6).ok_or_else(unfit),
        pattern => strptime(text, pattern).ok_or_else(unfit),
    }
}

/// A count since 1970, `digits` of it behind the second.
fn epoch(text: &str, digits: usize) -> Option<Moment> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let kept = fraction.len().min(9 - digits);
    if fraction.bytes().any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let unit = 10i128.pow(9 - digits as u32);
    let whole = whole.parse::<i64>().ok()?;
    let rest = if kept == 0 { 0 } else { fraction[..kept].parse::<i128>().ok()? * unit / 10i128.pow(kept as u32) };
    let nanos = i128::from(whole) * unit + if text.starts_with('-') { -rest } else { rest };
    Some(Moment::Instant(Timestamp::from_nanosecond(nanos).ok()?, (digits + kept) as u8))
}

const DATE_PARTS: [&str; 12] = ["%Y", "%y", "%m", "%d", "%e", "%j", "%F", "%D", "%b", "%B", "%G", "%c"];
const TIME_PARTS: [&str; 7] = ["%H", "%I", "%T", "%R", "%M", "%S", "%c"];

fn strptime(text: &str, pattern: &str) -> Option<Moment> {
    let (pattern, text, offset) = cut_offset(pattern, text)?;
    let parsed = jiff::fmt::strtime::BrokenDownTime::parse(pattern, text).ok()?;
    let digits = if pattern.contains("%f") { fraction_digits(text) } else { 0 };
    let (dated, timed) =
        (DATE_PARTS.iter().any(|part| pattern.contains(part)), TIME_PARTS.iter().any(|part| pattern.contains(part)));
    match (dated, timed) {
        (true, false) => Some(Moment::Date(parsed.to_date().ok()?)),
        (false, true) => Some(Moment::Time(parsed.to_time().ok()?, digits)),
        _ => match (offset, parsed.to_timestamp()) {
            (None, Ok(at)) => Some(Moment::Instant(at, digits)),
            (offset, _) => instant(parsed.to_datetime().ok()?, offset, digits),
        },
    }
}

/// Takes `%z`, or a `Z` meant literally, from the end of the pattern, and what it stands for from the text.
fn cut_offset<'a>(pattern: &'a str, text: &'a str) -> Option<(&'a str, &'a str, Option<Offset>)> {
    if let Some(front) = pattern.strip_suffix("%z").or_else(|| pattern.strip_suffix("%:z")) {
        let place = match text.strip_suffix(['Z', 'z']) {
            Some(rest) => rest.len(),
            None => text.rfind(['+', '-'])?,
        };
        let offset = read_offset(text.get(place..)?)??;
        return Some((front.trim_end(), text[..place].trim_end(), Some(offset)));
    }
    match pattern.strip_suffix('Z') {
        Some(front) if !front.ends_with('%') => Some((front, text.strip_suffix('Z')?, Some(Offset::UTC))),
        _ => Some((pattern, text, None)),
    }
}

fn fraction_digits(text: &str) -> u8 {
    let after = text.rsplit(['.', ',']).next().unwrap_or_default();
    after.bytes().take_while(u8::is_ascii_digit).count().min(9) as u8
}

/// Writes a moment in a form: the words of [`parse_moment`], or strftime as Python knows it (`%f` is six digits).
pub fn format_moment(moment: Moment, format: &str) -> Result<String, String> {
    let instant = || match moment {
        Moment::Instant(at, _) => Ok(at),
        _ => Err("has no offset, so its epoch can't be told".to_owned()),
    };
    match format {
        "rfc3339" => Ok(moment.to_string()),
        "date" => moment.date().map(|date| date.to_string()).ok_or_else(|| "has no date".to_owned()),
        "epoch" | "%s" => Ok(instant()?.as_second().to_string()),
        "epoch_ms" | "%ms" | "%_ms" => Ok(instant()?.as_millisecond().to_string()),
        "epoch_us" | "%epoch_microseconds" => Ok(instant()?.as_microsecond().to_string()),
        pattern => {
            let pattern = pattern.replace("%f", "%6f");
            let written = match moment {
                Moment::Instant(at, _) => jiff::fmt::strtime::format(pattern, &at.to_zoned(TimeZone::UTC)),
                Moment::Local(at, _) => jiff::fmt::strtime::format(pattern, at),
                Moment::Date(date) => jiff::fmt::strtime::format(pattern, date),
                Moment::Time(time, _) => jiff::fmt::strtime::format(pattern, time),
            };
            written.map_err(|_| format!("can't be written as `{format}`"))
        }
    }
}

/// Compares two values that grow: moments by when they are (what has no offset as UTC), numbers by their size.
/// `None`: they can't be compared so.
pub fn compare(left: &str, right: &str) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (read_moment(left), read_moment(right)) {
        return Some(left.civil()?.cmp(&right.civil()?));
    }
    match (left.trim().parse::<i128>(), right.trim().parse::<i128>()) {
        (Ok(left), Ok(right)) => Some(left.cmp(&right)),
        _ => left.trim().parse::<f64>().ok()?.partial_cmp(&right.trim().parse::<f64>().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::{MomentForm, compare, format_moment, parse_moment, read_clock, read_moment, recognise_moment};
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
    fn growing_values_compare_by_what_they_mean() {
        for (left, right, expected) in [
            ("2024-01-31T10:00:00+01:00", "2024-01-31T09:30:00Z", Some(Ordering::Less)),
            ("2024-01-31T10:00:00.5Z", "2024-01-31T10:00:00Z", Some(Ordering::Greater)),
            ("9", "10", Some(Ordering::Less)),
            ("9007199254740993", "9007199254740992", Some(Ordering::Greater)),
            ("1.5", "1.25", Some(Ordering::Greater)),
            ("a", "b", None),
        ] {
            assert_eq!(compare(left, right), expected, "{left} and {right}");
        }
    }
}
