//! Reading without a format: RFC 3339 and its common variants.

use super::parse::parse_moment;
use super::recognise::recognise_moment;
use super::{Moment, MomentForm};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// Reads digits from the front.
pub(super) fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<(T, &str)> {
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
pub(super) fn read_offset(text: &str) -> Option<Option<Offset>> {
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

pub(super) fn instant(at: DateTime, offset: Option<Offset>, digits: u8) -> Option<Moment> {
    match offset {
        Some(offset) => Some(Moment::Instant(offset.to_timestamp(at).ok()?, digits)),
        None => Some(Moment::Local(at, digits)),
    }
}

pub(super) fn read(text: &str) -> Option<(Moment, MomentForm)> {
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

/// Reads a date or a moment in any form that can be told: RFC 3339 and its variants, RFC 2822, `20240131`,
/// `31/01/2024` (where the day is over 12).
pub fn read_any(text: &str) -> Option<Moment> {
    read_moment(text).or_else(|| parse_moment(text, recognise_moment(text)?.format()?).ok())
}
