//! `transform`: the steps of a column.

use super::Checker;
use super::names::short;
use super::template::{RECORD, STEP};
use crate::model::{
    Arithmetic, ArithmeticOp, EntriesArgs, ParseDateArgs, ParseNumberArgs, PhoneArgs, Scalar, Template, Transform,
};

/// How deep `each` may stand in `each`.
const DEEPEST: usize = 8;

impl Checker<'_> {
    pub(super) fn transform(&mut self, step: &Transform) {
        self.transform_at(step, 0);
    }

    fn transform_at(&mut self, step: &Transform, depth: usize) {
        match step {
            Transform::Regex(args) => self.inside("regex", "pattern", |checker| checker.regex(&args.pattern)),
            Transform::Replace(args) if args.find.is_empty() => {
                self.inside("replace", "find", |checker| checker.fault("empty", "The text to find is empty."));
            }
            Transform::Split(separator) if separator.is_empty() => {
                self.at("split", |checker| checker.fault("empty", "The text to cut at is empty."));
            }
            Transform::ParseNumber(args) => self.at("parse_number", |checker| checker.parse_number(args)),
            Transform::ParseDate(args) => self.at("parse_date", |checker| checker.parse_date(args)),
            Transform::FormatDate(format) => self.at("format_date", |checker| checker.date_format(format)),
            Transform::Phone(args) => self.inside("phone", "region", |checker| checker.phone(args)),
            Transform::Hash(args) => self.at("hash", |checker| {
                // A salt alone may be a secret: a digest does not give it away.
                checker.some("salt", args.salt.as_ref(), |checker, salt| checker.template(salt, STEP));
            }),
            Transform::Arithmetic(args) => self.inside("arithmetic", "by", |checker| checker.arithmetic(args)),
            Transform::Entries(args) => self.at("entries", |checker| checker.entries(args)),
            Transform::Pairs(args) => self.at("pairs", |checker| checker.pairs(args)),
            Transform::Coalesce(paths) => self.at("coalesce", |checker| checker.coalesce(paths)),
            Transform::Each(steps) if depth >= DEEPEST => {
                let deep = !steps.is_empty();
                self.at("each", |checker| {
                    if deep {
                        checker.fault("too_deep", format!("`each` stands in `each` more than {DEEPEST} times."));
                    }
                });
            }
            Transform::Each(steps) => self.each("each", steps, |checker, step| checker.transform_at(step, depth + 1)),
            Transform::Template(template) => self.at("template", |checker| checker.template(template, STEP)),
            _ => {}
        }
    }

    fn inside(&mut self, outer: &str, inner: &str, work: impl FnOnce(&mut Self)) {
        self.at(outer, |checker| checker.at(inner, work));
    }

    fn phone(&mut self, args: &PhoneArgs) {
        let region = args.region.as_str().trim();
        if !args.region.is_literal() {
            self.template(&args.region, RECORD);
        } else if !region.is_empty() && (region.len() != 2 || !region.bytes().all(|byte| byte.is_ascii_alphabetic())) {
            let message = format!("`{}` is no country: two letters such as `US` or `DE`.", short(region));
            self.fault("bad_region", message);
        }
    }

    fn arithmetic(&mut self, args: &Arithmetic) {
        let whole = matches!(args.op, ArithmeticOp::Round | ArithmeticOp::RoundHalfEven);
        let fault = match &args.by {
            Scalar::Text(template) if !template.is_literal() => return self.template(template, RECORD),
            Scalar::Bool(_) => Some(("bad_number", "This must be a number, not true or false.")),
            Scalar::Text(text) if text.as_str().trim().parse::<f64>().is_err() => {
                Some(("bad_number", "This must be a number, or an expression that gives one."))
            }
            other if whole && other.as_text().trim().parse::<i16>().is_err() => {
                Some(("bad_number", "The decimals to keep are a whole number, such as `2`."))
            }
            other if args.op == ArithmeticOp::Divide && other.as_text().trim().parse() == Ok(0.0) => {
                Some(("divide_by_zero", "No number can be divided by 0."))
            }
            _ => None,
        };
        if let Some((code, message)) = fault {
            self.fault(code, message);
        }
    }

    fn entries(&mut self, args: &EntriesArgs) {
        for (member, name) in [("key", &args.key), ("value", &args.value)] {
            self.at(member, |checker| checker.member_or_path(name));
        }
    }

    fn pairs(&mut self, args: &EntriesArgs) {
        for (member, name) in [("key", &args.key), ("value", &args.value)] {
            if name.is_empty() {
                self.at(member, |checker| checker.fault("empty", "The member's name is empty."));
            }
        }
        if args.key == args.value {
            self.at("value", |checker| {
                checker.fault("duplicate_name", "The key and the value need names that differ.")
            });
        }
    }

    fn coalesce(&mut self, paths: &[String]) {
        if paths.is_empty() {
            self.fault("empty", "There is no path to look at. One looks like `$.mobile`.");
        }
        let length = self.path.len();
        for (index, path) in paths.iter().enumerate() {
            crate::path::push_index(&mut self.path, index);
            self.json_path(path);
            self.path.truncate(length);
        }
    }

    /// A member's name, or a JSONPath where it starts with `$`.
    pub(super) fn member_or_path(&mut self, name: &str) {
        if name.is_empty() {
            self.fault("empty", "The member's name is empty.");
        } else if name.starts_with('$') {
            self.json_path(name);
        }
    }

    fn parse_number(&mut self, args: &ParseNumberArgs) {
        let sign = |text: &str| text.chars().count() == 1 && !text.chars().any(char::is_alphanumeric);
        self.some("decimal", args.decimal.as_ref(), |checker, decimal| {
            if !matches!(decimal.as_str(), "." | ",") {
                let message = format!("`{}` is no sign before decimals: it is `.` or `,`.", short(decimal));
                checker.fault("bad_sign", message);
            }
        });
        let decimal = args.decimal.as_deref().unwrap_or(".");
        self.some("group", args.group.as_ref(), |checker, group| {
            if !sign(group) {
                let message = format!("`{}` is no single sign, such as `,`, `.`, a space or `'`.", short(group));
                checker.fault("bad_sign", message);
            } else if group == decimal {
                checker.fault("bad_sign", "The group sign is the decimal sign: then no number could be read.");
            }
        });
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

impl Checker<'_> {
    /// A text that goes into a record must not hold a secret.
    pub(super) fn no_secret(&mut self, template: &Template) {
        let secrets: Vec<&str> = self.definition.secret_inputs().map(|input| input.name.as_str()).collect();
        let Ok(parsed) = self.templates.template_from_str(template.as_str()) else { return };
        let used = parsed.undeclared_variables(true);
        let found = used.iter().any(|name| match name.strip_prefix("config") {
            Some("") => !secrets.is_empty(),
            Some(rest) => {
                rest.strip_prefix('.').is_some_and(|name| secrets.contains(&name.split('.').next().unwrap_or(name)))
            }
            None => false,
        });
        if found {
            self.fault("secret_in_record", "A secret can't become part of a record.");
        }
    }
}
