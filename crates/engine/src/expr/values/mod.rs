//! Moments and lengths of time as values of expressions.

mod length;
mod time;

pub(super) use length::Length;
pub(super) use time::{At, bounded};

use crate::moment::{Moment, MomentForm, parse_moment, read_any, read_clock, recognise_epoch};
use jiff::civil::Time;
use minijinja::{Error, ErrorKind, Value};

/// An error with words.
pub(super) fn bad(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, why.into())
}

/// Reads a value as a moment: a moment, a text in any usual form, or a count since 1970 (seconds, or milliseconds
/// where the number is that large). A text without an offset is taken as UTC.
pub(super) fn moment_of(value: &Value, format: Option<&str>) -> Result<Moment, Error> {
    if let Some(at) = value.downcast_object_ref::<At>() {
        return Ok(at.0);
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if !value.is_number() && value.as_str().is_none() {
        return Err(bad(format!("a {} is not a moment", value.kind())));
    }
    let shown: String = text.chars().take(60).collect();
    if let Some(format) = format {
        return parse_moment(&text, format).map_err(|why| bad(format!("`{shown}` {why}")));
    }
    let read = match recognise_epoch(&text) {
        Some(MomentForm::EpochMs) => parse_moment(&text, "epoch_ms").ok(),
        Some(_) => parse_moment(&text, "epoch").ok(),
        None if value.is_number() => parse_moment(&text, "epoch").ok(),
        None => read_any(&text).or_else(|| read_clock(&text)),
    };
    read.ok_or_else(|| bad(format!("`{shown}` is not a moment; its form can be said: datetime(text, '%d/%m/%Y')")))
}

/// As a moment in the world: what has no offset is in UTC, a date is its midnight.
pub(super) fn instant_of(moment: Moment) -> Result<Moment, Error> {
    match moment {
        Moment::Instant(..) => Ok(moment),
        Moment::Local(..) => moment.in_zone(&jiff::tz::TimeZone::UTC).map_err(bad),
        Moment::Date(date) => {
            Moment::Local(date.to_datetime(Time::midnight()), 0).in_zone(&jiff::tz::TimeZone::UTC).map_err(bad)
        }
        Moment::Time(..) => Err(bad("a time of day alone is not a moment")),
    }
}
