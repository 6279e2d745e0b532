//! A moment or a date, with what Python's `datetime` offers of it.

use super::{Length, bad, instant_of};
use crate::moment::{Moment, before, format_moment};
use jiff::civil::Time;
use jiff::{Span, Timestamp};
use minijinja::value::{DynObject, Kwargs, Object, ObjectRepr, from_args};
use minijinja::{Error, ErrorKind, State, Value};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// A moment, a date, or a time of day.
#[derive(Debug, Clone, Copy)]
pub(in crate::expr) struct At(pub Moment);

impl At {
    /// As a value.
    pub(in crate::expr) fn value(moment: Moment) -> Value {
        Value::from_object(Self(moment))
    }

    fn timestamp(self) -> Result<Timestamp, Error> {
        match instant_of(self.0)? {
            Moment::Instant(at, _) => Ok(at),
            _ => Err(bad("this is not a moment")),
        }
    }

    /// The moment so much later.
    pub(in crate::expr) fn plus(self, span: Span) -> Result<Self, Error> {
        let far = || bad("the moment lies outside of the years 1 to 9999");
        match self.0 {
            Moment::Date(date) if Length(span).whole_days() => {
                date.checked_add(span).map(|date| Self(Moment::Date(date))).map_err(|_| far())
            }
            Moment::Local(at, digits) => {
                at.checked_add(span).map(|at| Self(Moment::Local(at, digits))).map_err(|_| far())
            }
            Moment::Time(..) => Err(bad("a time of day alone can't be moved")),
            _ => {
                let at = self.timestamp()?;
                let moved = before(at, span.negate());
                let needed = Moment::at(moved);
                if moved == at && !span.is_zero() {
                    return Err(far());
                }
                Ok(Self(match (self.0, needed) {
                    (Moment::Instant(_, digits), Moment::Instant(at, need)) => Moment::Instant(at, digits.max(need)),
                    _ => needed,
                }))
            }
        }
    }

    /// How much later it is than another.
    pub(in crate::expr) fn minus(self, other: Self) -> Result<Length, Error> {
        Length::exact(self.timestamp()?.duration_since(other.timestamp()?))
    }

    /// As Python writes it: `2024-01-31T10:00:00+00:00`, a fraction as six digits.
    fn isoformat(self) -> String {
        let fraction = self.0.time().is_some_and(|(time, _)| time.subsec_nanosecond() >= 1000);
        let format = match (self.0, fraction) {
            (Moment::Date(_), _) => "%Y-%m-%d",
            (Moment::Time(..), false) => "%H:%M:%S",
            (Moment::Time(..), true) => "%H:%M:%S.%f",
            (_, false) => "%Y-%m-%dT%H:%M:%S%:z",
            (_, true) => "%Y-%m-%dT%H:%M:%S.%f%:z",
        };
        format_moment(self.0, format).unwrap_or_else(|_| self.0.to_string())
    }

    /// Seconds since 1970: a whole number where there is no fraction.
    pub(in crate::expr) fn epoch(self) -> Result<Value, Error> {
        let at = self.timestamp()?;
        let fraction = at.subsec_nanosecond();
        Ok(if fraction == 0 { at.as_second().into() } else { at.as_duration().as_secs_f64().into() })
    }

    fn replace(self, args: &[Value]) -> Result<Value, Error> {
        let (kwargs,): (Kwargs,) = from_args(args)?;
        let civil = self.0.civil().ok_or_else(|| bad("a time of day alone has no date"))?;
        let mut with = civil.with();
        let part = |name: &'static str| kwargs.get::<Option<i8>>(name);
        if let Some(year) = kwargs.get::<Option<i16>>("year")? {
            with = with.year(year);
        }
        if let Some(month) = part("month")? {
            with = with.month(month);
        }
        if let Some(day) = part("day")? {
            with = with.day(day);
        }
        if let Some(hour) = part("hour")? {
            with = with.hour(hour);
        }
        if let Some(minute) = part("minute")? {
            with = with.minute(minute);
        }
        if let Some(second) = part("second")? {
            with = with.second(second);
        }
        if let Some(micros) = kwargs.get::<Option<i32>>("microsecond")? {
            with = with.subsec_nanosecond(micros.saturating_mul(1000));
        }
        kwargs.assert_all_used()?;
        let civil = with.build().map_err(|_| bad("there is no such moment"))?;
        Ok(match self.0 {
            Moment::Date(_) => Self::value(Moment::Date(civil.date())),
            Moment::Local(..) => Self::value(Moment::Local(civil, 0)),
            _ => match instant_of(Moment::Local(civil, 0))? {
                Moment::Instant(at, _) => Self::value(Moment::at(at)),
                other => Self::value(other),
            },
        })
    }
}

impl Object for At {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (civil, time) = (self.0.civil(), self.0.time());
        let time = || time.map_or(Time::midnight(), |(time, _)| time);
        Some(match key.as_str()? {
            "year" => civil?.year().into(),
            "month" => civil?.month().into(),
            "day" => civil?.day().into(),
            "hour" => time().hour().into(),
            "minute" => time().minute().into(),
            "second" => time().second().into(),
            "microsecond" => (time().subsec_nanosecond() / 1000).into(),
            _ => return None,
        })
    }

    fn call_method(self: &Arc<Self>, state: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        let no_args = || from_args::<()>(args);
        match method {
            "strftime" | "format" => {
                let (format,): (&str,) = from_args(args)?;
                bounded(format)?;
                format_moment(self.0, format).map(Value::from).map_err(|why| bad(format!("the moment {why}")))
            }
            "isoformat" => no_args().map(|()| Value::from(self.isoformat())),
            "timestamp" => no_args().and_then(|()| self.epoch()),
            "date" => {
                no_args()?;
                let date = self.0.date().ok_or_else(|| bad("a time of day alone has no date"))?;
                Ok(Self::value(Moment::Date(date)))
            }
            "weekday" | "isoweekday" => {
                no_args()?;
                let date = self.0.date().ok_or_else(|| bad("a time of day alone has no date"))?;
                let day = date.weekday().to_monday_zero_offset();
                Ok(Value::from(if method == "weekday" { day } else { day + 1 }))
            }
            "replace" if args.iter().any(Value::is_kwargs) => self.replace(args),
            // As text: `now().split('T')`.
            _ => {
                let text = Value::from(self.0.to_string());
                minijinja_contrib::pycompat::unknown_method_callback(state, &text, method, args)
            }
        }
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        match (self.timestamp(), other.timestamp()) {
            (Ok(a), Ok(b)) => Some(a.cmp(&b)),
            _ => Some(self.0.to_string().cmp(&other.0.to_string())),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A format is short: it can't make much text.
pub(in crate::expr) fn bounded(format: &str) -> Result<(), Error> {
    if format.len() <= 200 { Ok(()) } else { Err(Error::new(ErrorKind::InvalidOperation, "the format is too long")) }
}
