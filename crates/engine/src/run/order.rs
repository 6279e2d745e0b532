//! Cursor values that need not be read: moments in UTC sort as their text does.

use super::greatest::Greatest;
use crate::map::utc::utc_seconds;
use crate::plan::{CursorValue, IncrementalPlan};

/// Tells by its text whether a record's cursor value changes anything.
#[derive(Debug, Default)]
pub(super) struct TextOrder {
    /// Whether the texts may be compared at all.
    plain: bool,
    /// The first whole second that lies above the floor: `2024-01-31T10:00:01`.
    above: Option<String>,
}

impl TextOrder {
    /// For a stream's cursor and the value below which records are left out.
    pub(super) fn new(incremental: Option<&IncrementalPlan>, floor: Option<&CursorValue>) -> Self {
        if !incremental.is_some_and(IncrementalPlan::is_plain_utc) {
            return Self::default();
        }
        let Some(CursorValue::Moment(floor)) = floor else { return Self { plain: floor.is_none(), above: None } };
        let next = jiff::Timestamp::from_second(floor.as_second() + 1).map(|next| next.to_string());
        let above = next.ok().and_then(|next| utc_seconds(&next).map(str::to_owned));
        Self { plain: above.is_some(), above }
    }

    /// Whether a value (JSON text) is above the floor and not above the greatest so far. False: it has to be read.
    pub(super) fn is_settled(&self, raw: &str, greatest: &Greatest) -> bool {
        let Some(greatest) = greatest.as_str().filter(|_| self.plain).and_then(utc_seconds) else { return false };
        let inside = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
        let Some(seconds) = inside.and_then(utc_seconds) else { return false };
        seconds < greatest && self.above.as_deref().is_none_or(|above| seconds >= above)
    }
}

#[cfg(test)]
mod tests {
    use super::TextOrder;
    use crate::run::greatest::Greatest;

    #[test]
    fn only_what_changes_nothing_is_settled() {
        let order = TextOrder { plain: true, above: Some("2024-01-01T00:00:01".to_owned()) };
        let greatest = Greatest::of_moment("2024-06-01T00:00:00.5Z");
        let settled = |raw: &str| order.is_settled(raw, &greatest);
        assert!(settled("\"2024-05-31T23:59:59.9Z\"") && settled("\"2024-01-01T00:00:01Z\""));
        // At or above the greatest, at or below the floor, of another form: these are read.
        for read in ["2024-06-01T00:00:00Z", "2024-06-01T00:00:00.9Z", "2024-01-01T00:00:00.9Z", "2024-05-01", "x"] {
            assert!(!settled(&format!("\"{read}\"")), "{read}");
        }
        assert!(
            !settled("null") && !settled("17") && !order.is_settled("\"2024-05-01T00:00:00Z\"", &Greatest::default())
        );
    }
}
