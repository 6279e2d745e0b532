//! The greatest cursor value of a read, and how far the cursor may move.

use crate::plan::{CursorValue, IncrementalPlan};
use jiff::Timestamp;

/// The greatest cursor value seen, as it stood in its record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Greatest {
    best: Option<(CursorValue, String)>,
}

impl Greatest {
    /// Starts from a text.
    pub(crate) fn from_text(text: Option<&str>, incremental: &IncrementalPlan) -> Self {
        let best = text.and_then(|text| Some((incremental.parse(text)?, text.to_owned())));
        Self { best }
    }

    /// Takes a value where it is greater.
    pub(crate) fn take(&mut self, value: CursorValue, text: &str) {
        if self.best.as_ref().is_none_or(|(best, _)| value.compare(best).is_gt()) {
            self.best = Some((value, text.to_owned()));
        }
    }

    /// The text of the greatest, borrowed.
    pub(crate) fn as_str(&self) -> Option<&str> {
        self.best.as_ref().map(|(_, text)| text.as_str())
    }

    #[cfg(test)]
    pub(super) fn of_moment(text: &str) -> Self {
        let at = text.parse().unwrap_or_default();
        Self { best: Some((CursorValue::Moment(at), text.to_owned())) }
    }

    /// The text of the greatest.
    pub(crate) fn text(&self) -> Option<String> {
        self.best.as_ref().map(|(_, text)| text.clone())
    }

    /// What the cursor may be when all up to `end` was read: never behind `end`. A record that changed while the read
    /// went on may stand on a page that was read before, and a later one have been met; the next read must not start
    /// behind the former. A moment is taken to its whole second, since servers often write no more.
    pub(crate) fn up_to(&self, end: Option<&str>, incremental: &IncrementalPlan) -> Self {
        let end = end.and_then(|end| Some((incremental.parse(end)?, end)));
        let (Some((best, _)), Some((end, text))) = (&self.best, end) else { return self.clone() };
        if best.compare(&end).is_le() {
            return self.clone();
        }
        match &end {
            CursorValue::Moment(at) if at.subsec_nanosecond() != 0 => {
                let whole = Timestamp::from_second(at.as_second()).unwrap_or(*at);
                Self { best: Some((CursorValue::Moment(whole), whole.to_string())) }
            }
            _ => Self { best: Some((end.clone(), text.to_owned())) },
        }
    }

    /// The greater of both.
    pub(crate) fn or(mut self, other: Self) -> Self {
        if let Some((value, text)) = other.best {
            self.take(value, &text);
        }
        self
    }
}
