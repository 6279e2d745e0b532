//! A date, a moment or a time, and the ways to write one.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
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
    /// A moment in the world, with as many digits behind the second as it needs.
    pub fn at(at: Timestamp) -> Self {
        let (mut nanos, mut digits) = (at.subsec_nanosecond().unsigned_abs(), 9);
        while digits > 0 && nanos % 10 == 0 {
            nanos /= 10;
            digits -= 1;
        }
        Self::Instant(at, digits)
    }

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
