//! Telling how a text writes a date, without being told.

use super::read::read;
use super::{Moment, MomentForm, parse_moment};

/// Reads RFC 3339 and its variants, and tells which it was.
pub(crate) fn read_form(text: &str) -> Option<(Moment, MomentForm)> {
    read(text)
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
