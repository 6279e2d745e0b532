//! A length of time: `P1M`, `PT1H`, or the difference of two moments.

use super::bad;
use jiff::civil::date;
use jiff::{SignedDuration, Span, SpanRelativeTo};
use minijinja::value::{DynObject, Object, ObjectRepr, from_args};
use minijinja::{Error, ErrorKind, State, Value};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// A length of time, months and years included.
#[derive(Debug, Clone, Copy)]
pub(in crate::expr) struct Length(pub Span);

impl Length {
    /// As a value.
    pub(in crate::expr) fn value(span: Span) -> Value {
        Value::from_object(Self(span))
    }

    /// A length that has no months: whole days, then hours, minutes, seconds and what is smaller.
    pub(in crate::expr) fn exact(length: SignedDuration) -> Result<Self, Error> {
        let seconds = length.as_secs();
        let build = || {
            Span::new()
                .try_days(seconds / 86_400)?
                .try_hours(seconds % 86_400 / 3600)?
                .try_minutes(seconds % 3600 / 60)?
                .try_seconds(seconds % 60)?
                .try_nanoseconds(i64::from(length.subsec_nanos()))
        };
        build().map(Self).map_err(|_| bad("the length of time is too great"))
    }

    /// Reads ISO 8601 (`P7D`, `PT1H30M`) or `7d`, `1h 30m`.
    pub(in crate::expr) fn parse(text: &str) -> Result<Self, Error> {
        let shown: String = text.chars().take(40).collect();
        text.trim().parse().map(Self).map_err(|_| bad(format!("`{shown}` is no length of time such as P7D or PT1H")))
    }

    /// Whether it has no part smaller than a day.
    pub(in crate::expr) fn whole_days(self) -> bool {
        let span = self.0;
        let hours = span.get_hours() == 0 && span.get_minutes() == 0 && span.get_seconds() == 0;
        hours && span.get_milliseconds() == 0 && span.get_microseconds() == 0 && span.get_nanoseconds() == 0
    }

    /// Its exact length; a day has 24 hours, and a month is as long as January 2000 (the calendar of its day decides
    /// where it is added to a moment).
    pub(in crate::expr) fn length(self) -> SignedDuration {
        let days = self.0.to_duration(SpanRelativeTo::days_are_24_hours());
        days.or_else(|_| self.0.to_duration(date(2000, 1, 1))).unwrap_or(SignedDuration::ZERO)
    }

    /// Both together, unit by unit.
    pub(in crate::expr) fn plus(self, other: Self, sign: i64) -> Result<Self, Error> {
        let (a, b) = (self.0, other.0);
        let sum = |a: i64, b: i64| a.saturating_add(b.saturating_mul(sign));
        let build = || {
            Span::new()
                .try_years(sum(a.get_years().into(), b.get_years().into()))?
                .try_months(sum(a.get_months().into(), b.get_months().into()))?
                .try_weeks(sum(a.get_weeks().into(), b.get_weeks().into()))?
                .try_days(sum(a.get_days().into(), b.get_days().into()))
        };
        let months = a.get_years() != 0 || a.get_months() != 0 || b.get_years() != 0 || b.get_months() != 0;
        if !months {
            let other = if sign < 0 { -other.length() } else { other.length() };
            return Self::exact(self.length().saturating_add(other));
        }
        if !self.whole_days() || !other.whole_days() {
            return Err(bad("months and hours can't be put together; add one after the other to a moment"));
        }
        build().map(Self).map_err(|_| bad("parts of a length of time must go the same way"))
    }

    fn total_seconds(self) -> Value {
        let length = self.length();
        if length.subsec_nanos() == 0 { length.as_secs().into() } else { length.as_secs_f64().into() }
    }
}

impl Object for Length {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.0.is_zero()
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let length = self.length();
        Some(match key.as_str()? {
            // As Python: days are rounded down, seconds are what is left.
            "days" => length.as_secs().div_euclid(86_400).into(),
            "seconds" => length.as_secs().rem_euclid(86_400).into(),
            "microseconds" => (length.subsec_nanos().abs() / 1000).into(),
            "years" => self.0.get_years().into(),
            "months" => self.0.get_months().into(),
            _ => return None,
        })
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "total_seconds" => from_args::<()>(args).map(|()| self.total_seconds()),
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.length().cmp(&other.downcast_ref::<Self>()?.length()))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
