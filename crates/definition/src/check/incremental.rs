//! `incremental`: reading only what changed.

use super::Checker;
use super::template::SPAN;
use crate::model::{CursorKind, Incremental};

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
            checker.not_yet("reading in steps of time");
            checker.span(step);
        });
        self.some("granularity", incremental.granularity.as_ref(), |checker, span| checker.span(span));
        self.some("lookback", incremental.lookback.as_ref(), |checker, span| checker.span(span));
        self.at("inject", |checker| {
            checker.some("start", incremental.inject.start.as_ref(), Checker::inject);
            checker.some("end", incremental.inject.end.as_ref(), Checker::inject);
        });
        if incremental.data_feed {
            self.at("data_feed", |checker| checker.not_yet("answers sorted newest first"));
        }
    }
}
