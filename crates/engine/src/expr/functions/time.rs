//! Moments and lengths of time.

use super::both;
use crate::clock::Clock;
use crate::expr::values::{At, Length, bad, bounded, instant_of, moment_of};
use crate::moment::{Moment, format_moment};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};
use minijinja::value::{Kwargs, Rest};
use minijinja::{Environment, Error, Value};

/// How `day_delta` writes, where nothing is said.
const DELTA_FORMAT: &str = "%Y-%m-%dT%H:%M:%S.%f%z";

pub(super) fn register(environment: &mut Environment<'static>, clock: Clock) {
    let now = move || At::value(Moment::at(clock.now()));
    let today = move || At::value(Moment::Date(clock.now().to_zoned(TimeZone::UTC).date()));
    for name in ["now", "now_utc"] {
        environment.add_function(name, now);
    }
    for name in ["today", "today_utc"] {
        environment.add_function(name, today);
    }
    environment.add_function("today_with_timezone", move |zone: &str| {
        let zone = TimeZone::get(zone).map_err(|_| bad(format!("there is no time zone `{}`", short(zone))))?;
        Ok::<_, Error>(At::value(Moment::Date(clock.now().to_zoned(zone).date())))
    });
    environment.add_function("day_delta", move |days: i64, format: Option<&str>, kwargs: Kwargs| {
        let format = format.map(str::to_owned).or(kwargs.get::<Option<String>>("format")?);
        kwargs.assert_all_used()?;
        let span = Span::new().try_days(days).map_err(|_| bad("these are too many days"))?;
        let at = At(Moment::at(clock.now())).plus(span)?;
        written(at.0, format.as_deref().unwrap_or(DELTA_FORMAT))
    });
    for name in ["datetime", "parse_datetime", "str_to_datetime"] {
        both(environment, name, datetime);
    }
    both(environment, "format_datetime", format_datetime);
    both(environment, "timestamp", |value: &Value| At(moment_of(value, None)?).epoch_seconds());
    environment.add_function("duration", |text: &str| Length::parse(text).map(|length| Length::value(length.0)));
    environment.add_function("timedelta", timedelta);
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// `datetime(text)`, `datetime(text, format)`, `datetime(2024, 1, 31, 10, 30)`.
fn datetime(value: &Value, more: Rest<Value>, kwargs: Kwargs) -> Result<Value, Error> {
    let format = kwargs.get::<Option<String>>("format")?;
    kwargs.assert_all_used()?;
    if value.is_integer() && more.len() >= 2 {
        return of_parts(value, &more);
    }
    let format = format.or_else(|| more.first().and_then(Value::as_str).map(str::to_owned));
    instant_of(moment_of(value, format.as_deref())?).map(At::value)
}

fn of_parts(year: &Value, more: &[Value]) -> Result<Value, Error> {
    let part = |index: usize| more.get(index).map_or(Ok(0), |value| i8::try_from(value.as_i64().unwrap_or(-1)));
    let build = || -> Option<DateTime> {
        let year = i16::try_from(year.as_i64()?).ok()?;
        let [month, day, hour, minute, second] = [0, 1, 2, 3, 4].map(|index| part(index).ok());
        DateTime::new(year, month?, day?, hour?, minute?, second?, 0).ok()
    };
    let civil = build().ok_or_else(|| bad("there is no such moment"))?;
    instant_of(Moment::Local(civil, 0)).map(At::value)
}

/// Writes a moment in a form; a text is read first, in any usual form or in `input_format`.
fn format_datetime(value: &Value, format: &str, input: Option<&str>, kwargs: Kwargs) -> Result<String, Error> {
    let input = input.map(str::to_owned).or(kwargs.get::<Option<String>>("input_format")?);
    kwargs.assert_all_used()?;
    let moment = moment_of(value, input.as_deref())?;
    // A text without an offset is in UTC, so that `%z` and epochs can be written.
    let moment = if matches!(moment, Moment::Local(..) | Moment::Date(_)) { instant_of(moment)? } else { moment };
    written(moment, format)
}

fn written(moment: Moment, format: &str) -> Result<String, Error> {
    bounded(format)?;
    format_moment(moment, format).map_err(|why| bad(format!("the moment {why}")))
}

impl At {
    /// Whole seconds since 1970.
    fn epoch_seconds(self) -> Result<i64, Error> {
        match instant_of(self.0)? {
            Moment::Instant(at, _) => Ok(at.as_second()),
            _ => Err(bad("this is not a moment")),
        }
    }
}

/// As Python's: `timedelta(days=7, hours=12)`; the first argument is days, the second seconds.
fn timedelta(days: Option<f64>, seconds: Option<f64>, kwargs: Kwargs) -> Result<Value, Error> {
    let mut total = days.unwrap_or(0.0) * 86_400.0 + seconds.unwrap_or(0.0);
    for (name, unit) in [
        ("weeks", 604_800.0),
        ("days", 86_400.0),
        ("hours", 3600.0),
        ("minutes", 60.0),
        ("seconds", 1.0),
        ("milliseconds", 0.001),
        ("microseconds", 0.000_001),
    ] {
        total += kwargs.get::<Option<f64>>(name)?.unwrap_or(0.0) * unit;
    }
    kwargs.assert_all_used()?;
    // To the microsecond, as Python counts.
    let micros = (total * 1e6).round();
    if !micros.is_finite() || micros.abs() > 3.2e17 {
        return Err(bad("the length of time is too great"));
    }
    Length::exact(SignedDuration::from_micros(micros as i64)).map(|length| Length::value(length.0))
}
