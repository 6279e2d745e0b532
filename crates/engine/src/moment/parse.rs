//! Reading by a format. Directives are read one by one, without anything being built on the way.

use super::names::{DAYS, MONTHS, take};
use super::read::{instant, read_offset};
use super::{Moment, read_moment};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// Reads a text (or a number's digits) of a form: `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `epoch_us`, `date`, or
/// strftime as Python knows it (`%z` also takes `Z` and `+05:30`, `%f` one to nine digits). Tells why it does not fit.
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
        "epoch_ms" | "%ms" => epoch(text, 3).ok_or_else(unfit),
        "epoch_us" | "%epoch_microseconds" => epoch(text, 6).ok_or_else(unfit),
        pattern => match Parts::default().read(text, pattern) {
            Read::Done(moment) => Ok(moment),
            Read::Unfit => Err(unfit()),
            Read::Unknown => rare(text, pattern).ok_or_else(unfit),
        },
    }
}

/// A count since 1970, `digits` of it behind the second. Also `1.7e9`, as a float may be written.
fn epoch(text: &str, digits: usize) -> Option<Moment> {
    if text.contains(['e', 'E']) {
        let whole = text.parse::<f64>().ok().filter(|number| number.abs() < 1e15 && number.fract() == 0.0)?;
        return epoch(&format!("{whole:.0}"), digits);
    }
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

/// What the text said so far.
#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    day_of_year: Option<i16>,
    hour: Option<i8>,
    minute: i8,
    second: i8,
    nanos: i32,
    digits: u8,
    afternoon: Option<bool>,
    offset: Option<Offset>,
    epoch: Option<Moment>,
}

/// How reading by a pattern ended.
enum Read {
    Done(Moment),
    /// The text is of another form.
    Unfit,
    /// The pattern has a directive that is not read here.
    Unknown,
}

/// What became of one directive.
enum Took<'a> {
    Rest(&'a str),
    Unfit,
    Unknown,
}

impl Parts {
    fn read(mut self, text: &str, pattern: &str) -> Read {
        let rest = match self.walk(text, pattern) {
            Took::Rest(rest) => rest,
            Took::Unfit => return Read::Unfit,
            Took::Unknown => return Read::Unknown,
        };
        let whole = rest.trim_end().is_empty();
        whole.then(|| self.finish()).flatten().map_or(Read::Unfit, Read::Done)
    }

    fn walk<'a>(&mut self, mut text: &'a str, mut pattern: &str) -> Took<'a> {
        loop {
            let Some(first) = pattern.chars().next() else { return Took::Rest(text) };
            let behind = &pattern[first.len_utf8()..];
            if first == '%' {
                let (directive, after) = split(behind);
                match self.take(directive, text) {
                    Took::Rest(rest) => (text, pattern) = (rest, after),
                    other => return other,
                }
            } else if first.is_whitespace() {
                (text, pattern) = (text.trim_start(), behind);
            } else {
                let Some(rest) = text.strip_prefix(first) else { return Took::Unfit };
                // A `Z` that is meant literally stands for UTC all the same; so does `+00:00`.
                let zulu = (pattern == "Z" || pattern == "+00:00" || pattern == "+0000") && self.hour.is_some();
                if zulu && self.offset.is_none() && text == pattern {
                    self.offset = Some(Offset::UTC);
                }
                (text, pattern) = (rest, behind);
            }
        }
    }

    fn take<'a>(&mut self, directive: &str, text: &'a str) -> Took<'a> {
        let taken = match directive {
            "%" => text.strip_prefix('%'),
            "Y" => digits(text, 4).map(|(value, rest)| (self.year = Some(value as i16), rest).1),
            "y" => digits(text, 2).map(|(value, rest)| {
                self.year = Some(if value < 69 { 2000 + value as i16 } else { 1900 + value as i16 });
                rest
            }),
            "m" => digits(text, 2).map(|(value, rest)| (self.month = Some(value as i8), rest).1),
            "d" | "e" => digits(text.trim_start(), 2).map(|(value, rest)| (self.day = Some(value as i8), rest).1),
            "j" => digits(text, 3).map(|(value, rest)| (self.day_of_year = Some(value as i16), rest).1),
            "H" | "I" | "k" | "l" => {
                digits(text.trim_start(), 2).map(|(value, rest)| (self.hour = Some(value as i8), rest).1)
            }
            "M" => digits(text, 2).map(|(value, rest)| {
                self.hour.get_or_insert(0);
                self.minute = value as i8;
                rest
            }),
            "S" => digits(text, 2).map(|(value, rest)| {
                self.hour.get_or_insert(0);
                // A leap second is the second before it.
                self.second = if value == 60 { 59 } else { value as i8 };
                rest
            }),
            "f" | "_ms" => self.fraction(text),
            "z" | ":z" => self.zone(text),
            "Z" => ["UTC", "GMT", "Z"].iter().find_map(|zone| text.strip_prefix(zone)).inspect(|_| {
                self.offset = Some(Offset::UTC);
            }),
            "p" | "P" => text.split_at_checked(2).and_then(|(word, rest)| {
                self.afternoon = Some(word.eq_ignore_ascii_case("pm"));
                (self.afternoon == Some(true) || word.eq_ignore_ascii_case("am")).then_some(rest)
            }),
            "b" | "B" | "h" => take(text, &MONTHS).map(|(month, rest)| (self.month = Some(month + 1), rest).1),
            "a" | "A" => take(text, &DAYS).map(|(_, rest)| rest),
            "F" => return self.walk(text, "%Y-%m-%d"),
            "T" => return self.walk(text, "%H:%M:%S"),
            "R" => return self.walk(text, "%H:%M"),
            "D" => return self.walk(text, "%m/%d/%y"),
            "s" | "s_as_float" => self.count(text, 0),
            "ms" => self.count(text, 3),
            "epoch_microseconds" => self.count(text, 6),
            _ => return Took::Unknown,
        };
        taken.map_or(Took::Unfit, Took::Rest)
    }

    fn fraction<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let kept = length.min(9);
        self.nanos = text.get(..kept)?.parse::<i32>().ok()? * 10i32.pow(9 - kept as u32);
        self.digits = kept as u8;
        text.get(length..)
    }

    /// `Z`, `+01:00`, `+0100`, `+01`, at the front.
    fn zone<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let text = text.trim_start();
        let length = match text.as_bytes().first()? {
            b'+' | b'-' => {
                let more = |byte: &u8| byte.is_ascii_digit() || *byte == b':';
                1 + text.bytes().skip(1).take(5).take_while(more).count()
            }
            _ => text.bytes().take_while(u8::is_ascii_alphabetic).count(),
        };
        let (zone, rest) = text.split_at_checked(length)?;
        self.offset = Some(read_offset(zone)??);
        Some(rest)
    }

    fn count<'a>(&mut self, text: &'a str, places: usize) -> Option<&'a str> {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-')).unwrap_or(text.len());
        self.epoch = Some(epoch(&text[..end], places)?);
        Some(&text[end..])
    }

    fn finish(&self) -> Option<Moment> {
        if self.epoch.is_some() {
            return self.epoch;
        }
        let hour = match (self.hour, self.afternoon) {
            (None, _) => None,
            (Some(hour), None) => Some(hour),
            (Some(hour @ 1..=12), Some(afternoon)) => Some(hour % 12 + if afternoon { 12 } else { 0 }),
            _ => return None,
        };
        let time = hour.map(|hour| Time::new(hour, self.minute, self.second, self.nanos).ok());
        let dated = self.year.is_some() || self.month.is_some() || self.day.is_some() || self.day_of_year.is_some();
        match (dated, time) {
            (true, None) => Some(Moment::Date(self.date()?)),
            (false, Some(time)) => Some(Moment::Time(time?, self.digits)),
            (true, Some(time)) => instant(self.date()?.to_datetime(time?), self.offset, self.digits),
            (false, None) => None,
        }
    }

    fn date(&self) -> Option<Date> {
        let year = self.year?;
        match self.day_of_year {
            Some(day) => Date::new(year, 1, 1).ok()?.with().day_of_year(day).build().ok(),
            None => Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok(),
        }
    }
}

/// The directive at the front of what follows a `%`, without a flag that only tells how to write, and what is behind.
pub(super) fn split(text: &str) -> (&str, &str) {
    for long in ["s_as_float", "epoch_microseconds", "_ms", "ms", ":z"] {
        if let Some(rest) = text.strip_prefix(long) {
            return (long, rest);
        }
    }
    let start = if text.len() > 1 && text.starts_with(['-', '_', '0']) { 1 } else { 0 };
    let end = text[start..].chars().next().map_or(start, |first| start + first.len_utf8());
    (&text[start..end], &text[end..])
}

/// One to `most` digits at the front.
fn digits(text: &str, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    // Four digits of a year are all there: `24-01-31` is no `%Y`.
    (length == most || (length > 0 && most < 4)).then_some(())?;
    Some((text[..length].parse().ok()?, &text[length..]))
}

/// Patterns with rare directives: weeks, `%c`, widths.
fn rare(text: &str, pattern: &str) -> Option<Moment> {
    let broken = jiff::fmt::strtime::BrokenDownTime::parse(pattern, text).ok()?;
    if let Ok(at) = broken.to_timestamp() {
        return Some(Moment::at(at));
    }
    match (broken.to_datetime(), broken.to_date(), broken.to_time()) {
        (Ok(at), _, _) => Some(Moment::Local(at, 0)),
        (_, Ok(date), _) => Some(Moment::Date(date)),
        (_, _, Ok(time)) if broken.hour().is_some() => Some(Moment::Time(time, 0)),
        _ => None,
    }
}
