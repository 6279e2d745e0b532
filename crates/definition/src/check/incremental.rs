//! `incremental`: reading only what changed.

use super::Checker;
use super::template::SPAN;
use crate::model::{CursorKind, Distance, Incremental};

impl Checker<'_> {
    pub(super) fn incremental(&mut self, incremental: &Incremental) {
        self.at("cursor", |checker| checker.json_path(&incremental.cursor));
        if incremental.kind == CursorKind::Datetime {
            self.each("formats", &incremental.formats, |checker, format| checker.date_format(format));
        } else if !incremental.formats.is_empty() {
            self.at("formats", |checker| {
                checker.fault("unused_formats", "Forms of dates need a cursor of `type: datetime`.");
            });
        }
        self.some("start", incremental.start.as_ref(), |checker, start| checker.template(start, SPAN));
        self.some("end", incremental.end.as_ref(), |checker, end| checker.template(end, SPAN));
        self.some("step", incremental.step.as_ref(), |checker, step| {
            checker.distance(step, incremental.kind);
            let nothing = match step {
                Distance::Number(number) => *number == 0,
                Distance::Time(time) => time.span().is_ok_and(|span| span.is_zero()),
            };
            if nothing {
                checker.fault("bad_duration", "A step of nothing never comes to an end.");
            }
        });
        let kind = incremental.kind;
        self.some("granularity", incremental.granularity.as_ref(), |checker, span| checker.distance(span, kind));
        self.some("lookback", incremental.lookback.as_ref(), |checker, span| checker.distance(span, kind));
        self.at("inject", |checker| {
            checker.some("start", incremental.inject.start.as_ref(), Checker::inject);
            checker.some("end", incremental.inject.end.as_ref(), Checker::inject);
        });
    }

    /// A distance fits the kind of cursor.
    fn distance(&mut self, distance: &Distance, kind: CursorKind) {
        match (kind, distance) {
            (CursorKind::Datetime, Distance::Time(time)) => self.span(time),
            (CursorKind::Integer, Distance::Number(number)) if *number >= 0 => {}
            (CursorKind::Integer, Distance::Number(_)) => self.fault("bad_distance", "A distance can't be negative."),
            (CursorKind::Datetime, Distance::Number(number)) => {
                let message = format!("`{number}` is no length of time. Write `30s`, `PT1H` or `P30D`.");
                self.fault_near("bad_distance", message, Some(format!("PT{number}S")));
            }
            (CursorKind::Integer, Distance::Time(_)) => {
                self.fault("bad_distance", "The cursor is a number, so this is a whole number: `1000`.");
            }
            (CursorKind::Text, _) => {
                self.fault("bad_distance", "Texts have no distance: leave this out, or say what `type` the cursor is.");
            }
        }
    }
}
