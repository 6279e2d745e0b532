//! `parse_date` and `format_date`.

use crate::map::value::Val;
use crate::moment::{Moment, format_moment, parse_moment, read_clock, read_moment};
use definition::model::FieldType;
use jiff::tz::TimeZone;

/// Reads a date of a form and gives it as RFC 3339 text.
pub(super) fn parse<'v>(
    value: &Val<'_>,
    format: &str,
    zone: Option<&TimeZone>,
    target: Option<FieldType>,
) -> Result<Val<'v>, String> {
    let (Val::Text(text) | Val::Number(text)) = value else {
        return Err(format!("is {}, not a date", value.kind()));
    };
    let mut moment = parse_moment(text, format)?;
    if let (Some(FieldType::Datetime), Moment::Date(date)) = (target, moment) {
        moment = Moment::Local(date.at(0, 0, 0, 0), 0);
    }
    if let Some(zone) = zone {
        moment = moment.in_zone(zone)?;
    }
    moment = match (target, moment) {
        (Some(FieldType::Date), moment) => moment.date().map(Moment::Date).unwrap_or(moment),
        (Some(FieldType::Time), moment) => {
            moment.time().map(|(time, digits)| Moment::Time(time, digits)).unwrap_or(moment)
        }
        (_, moment) => moment,
    };
    Ok(Val::text(moment.to_string()))
}

/// Writes a date in a form.
pub(super) fn write<'v>(value: &Val<'_>, format: &str) -> Result<Val<'v>, String> {
    let text = value.plain();
    let moment = read_moment(&text).or_else(|| read_clock(&text));
    let moment = moment.ok_or_else(|| "is not a date or a moment; use `parse_date` before".to_owned())?;
    format_moment(moment, format).map(Val::text)
}
