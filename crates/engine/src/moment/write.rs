//! Writing by a format.

use super::Moment;
use super::names::{DAYS, MONTHS};
use super::parse::split;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::fmt::Write;

/// Writes a moment in a form: the words of [`super::parse_moment`], or strftime as Python knows it (`%f` is six
/// digits, `%z` is `+0000`).
pub fn format_moment(moment: Moment, format: &str) -> Result<String, String> {
    match format {
        "rfc3339" => Ok(moment.to_string()),
        "date" => moment.date().map(|date| date.to_string()).ok_or_else(|| "has no date".to_owned()),
        "rfc2822" => Ok(format_moment(moment, "%a, %d %b %Y %H:%M:%S %z")?),
        "epoch" => count(moment, 1_000_000_000),
        "epoch_ms" => count(moment, 1_000_000),
        "epoch_us" => count(moment, 1_000),
        pattern => {
            let mut out = String::with_capacity(pattern.len() + 8);
            if walk(&mut out, moment, pattern)? { Ok(out) } else { rare(moment, pattern) }
        }
    }
}

/// How many units of so many nanoseconds since 1970, rounded down.
fn count(moment: Moment, unit: i128) -> Result<String, String> {
    match moment {
        Moment::Instant(at, _) => Ok(at.as_nanosecond().div_euclid(unit).to_string()),
        _ => Err("has no offset, so its epoch can't be told".to_owned()),
    }
}

/// Writes all that the pattern says. False: it has a directive that is not written here.
fn walk(out: &mut String, moment: Moment, mut pattern: &str) -> Result<bool, String> {
    while let Some(at) = pattern.find('%') {
        out.push_str(&pattern[..at]);
        let behind = &pattern[at + 1..];
        let (directive, after) = split(behind);
        let bare = behind.starts_with('-') && !directive.is_empty();
        if !write(out, moment, directive, bare)? {
            return Ok(false);
        }
        pattern = after;
    }
    out.push_str(pattern);
    Ok(true)
}

fn write(out: &mut String, moment: Moment, directive: &str, bare: bool) -> Result<bool, String> {
    let civil = || civil(moment).ok_or_else(|| "has no date".to_owned());
    let time = || moment.time().map_or(jiff::civil::Time::midnight(), |(time, _)| time);
    let mut pad = |value: i16, width: usize| {
        let width = if bare { 0 } else { width };
        // Writing to a text can't fail.
        let _ = write!(out, "{value:0width$}");
    };
    match directive {
        "Y" => pad(civil()?.year(), 4),
        "y" => pad(civil()?.year().rem_euclid(100), 2),
        "m" => pad(civil()?.month().into(), 2),
        "d" => pad(civil()?.day().into(), 2),
        "j" => pad(civil()?.day_of_year(), 3),
        "u" => pad(civil()?.weekday().to_monday_one_offset().into(), 1),
        "w" => pad(civil()?.weekday().to_sunday_zero_offset().into(), 1),
        "H" => pad(time().hour().into(), 2),
        "I" => pad(i16::from((time().hour() + 11) % 12 + 1), 2),
        "M" => pad(time().minute().into(), 2),
        "S" => pad(time().second().into(), 2),
        "_ms" => pad(time().millisecond(), 3),
        "e" => out.push_str(&format!("{:>2}", civil()?.day())),
        "f" => out.push_str(&format!("{:06}", time().subsec_nanosecond() / 1000)),
        "p" => out.push_str(if time().hour() < 12 { "AM" } else { "PM" }),
        "b" | "h" => out.push_str(&MONTHS[usize::from(civil()?.month().unsigned_abs()) - 1][..3]),
        "B" => out.push_str(MONTHS[usize::from(civil()?.month().unsigned_abs()) - 1]),
        "a" => out.push_str(&DAYS[usize::from(civil()?.weekday().to_monday_zero_offset().unsigned_abs())][..3]),
        "A" => out.push_str(DAYS[usize::from(civil()?.weekday().to_monday_zero_offset().unsigned_abs())]),
        "F" => return walk(out, moment, "%Y-%m-%d"),
        "T" => return walk(out, moment, "%H:%M:%S"),
        "R" => return walk(out, moment, "%H:%M"),
        "D" => return walk(out, moment, "%m/%d/%y"),
        // As Python: nothing where there is no offset.
        "z" | ":z" | "Z" => {
            let text = match directive {
                "z" => "+0000",
                ":z" => "+00:00",
                _ => "UTC",
            };
            out.push_str(if matches!(moment, Moment::Instant(..)) { text } else { "" });
        }
        "s" => out.push_str(&count(moment, 1_000_000_000)?),
        "ms" => out.push_str(&count(moment, 1_000_000)?),
        "epoch_microseconds" => out.push_str(&count(moment, 1_000)?),
        "s_as_float" => {
            let micros: i128 = count(moment, 1_000)?.parse().map_err(|_| "has no epoch".to_owned())?;
            let (sign, micros) = (if micros < 0 { "-" } else { "" }, micros.unsigned_abs());
            let fraction = format!("{:06}", micros % 1_000_000);
            let fraction = fraction.trim_end_matches('0');
            let fraction = if fraction.is_empty() { "0" } else { fraction };
            let _ = write!(out, "{sign}{}.{fraction}", micros / 1_000_000);
        }
        "%" => out.push('%'),
        _ => return Ok(false),
    }
    Ok(true)
}

fn civil(moment: Moment) -> Option<DateTime> {
    moment.civil()
}

/// Patterns with rare directives.
fn rare(moment: Moment, pattern: &str) -> Result<String, String> {
    let written = match moment {
        Moment::Instant(at, _) => jiff::fmt::strtime::format(pattern, &at.to_zoned(TimeZone::UTC)),
        Moment::Local(at, _) => jiff::fmt::strtime::format(pattern, at),
        Moment::Date(date) => jiff::fmt::strtime::format(pattern, date),
        Moment::Time(time, _) => jiff::fmt::strtime::format(pattern, time),
    };
    written.map_err(|_| format!("can't be written as `{pattern}`"))
}
