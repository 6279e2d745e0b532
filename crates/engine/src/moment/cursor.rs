//! Cursor values: read, compared, and moved by a span.

use super::{Moment, parse_moment, read_any};
use definition::model::CursorKind;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::cmp::Ordering;

/// A cursor value that can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CursorValue {
    Moment(Timestamp),
    Integer(i128),
    Text(String),
}

impl CursorValue {
    /// Reads a value as it stands in a record: in one of the formats, or in any form that can be told. `None`: it is
    /// not of this kind.
    pub(crate) fn parse(text: &str, kind: CursorKind, formats: &[String]) -> Option<Self> {
        match kind {
            CursorKind::Datetime => {
                let named = formats.iter().find_map(|format| parse_moment(text, format).ok());
                named.or_else(|| read_any(text)).and_then(timestamp).map(Self::Moment)
            }
            CursorKind::Integer => text.trim().parse().ok().map(Self::Integer),
            CursorKind::Text => Some(Self::Text(text.to_owned())),
        }
    }

    /// Which of two values of one kind is greater.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Moment(a), Self::Moment(b)) => a.cmp(b),
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            _ => Ordering::Equal,
        }
    }
}

/// A moment in the world. What has no offset is taken as UTC, which keeps the order of one server's values; a date is
/// its midnight; a time alone is none.
pub(crate) fn timestamp(moment: Moment) -> Option<Timestamp> {
    match moment {
        Moment::Instant(at, _) => Some(at),
        other => other.civil()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp()),
    }
}

/// A moment that lies a span before another.
pub(crate) fn before(at: Timestamp, span: Span) -> Timestamp {
    at.to_zoned(TimeZone::UTC).checked_sub(span).map_or(at, |zoned| zoned.timestamp())
}
