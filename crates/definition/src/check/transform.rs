//! `transform`: the steps of a column.

use super::names::short;
use super::template::STEP;
use super::{Checker, support};
use crate::model::{ParseDateArgs, Transform};

impl Checker<'_> {
    pub(super) fn transform(&mut self, step: &Transform) {
        if let Some(what) = support::transform(step) {
            self.not_yet(&format!("the transform {what}"));
        }
        match step {
            Transform::Regex(args) => self.inside("regex", "pattern", |checker| checker.regex(&args.pattern)),
            Transform::Replace(args) if args.find.is_empty() => {
                self.inside("replace", "find", |checker| checker.fault("empty", "The text to find is empty."));
            }
            Transform::Split(separator) if separator.is_empty() => {
                self.at("split", |checker| checker.fault("empty", "The text to cut at is empty."));
            }
            Transform::ParseDate(args) => self.at("parse_date", |checker| checker.parse_date(args)),
            Transform::FormatDate(format) => self.at("format_date", |checker| checker.date_format(format)),
            Transform::Template(template) => self.at("template", |checker| checker.template(template, STEP)),
            _ => {}
        }
    }

    fn inside(&mut self, outer: &str, inner: &str, work: impl FnOnce(&mut Self)) {
        self.at(outer, |checker| checker.at(inner, work));
    }

    fn parse_date(&mut self, args: &ParseDateArgs) {
        self.at("format", |checker| checker.date_format(&args.format));
        self.some("timezone", args.timezone.as_ref(), |checker, zone| {
            // Only the look of the name: the zones themselves belong to the machine that runs it.
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
            if zone.is_empty() || !zone.chars().all(fits) {
                let message = format!("`{}` is no time zone. Names are such as `Europe/Berlin` or `UTC`.", short(zone));
                checker.fault("bad_timezone", message);
            }
        });
    }
}
