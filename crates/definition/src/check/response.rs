//! `responses`: what answers mean.

use super::Checker;
use super::template::RULE;
use crate::model::{ResponseRule, ResponseWait};

impl Checker<'_> {
    pub(super) fn response_rule(&mut self, rule: &ResponseRule) {
        self.at("when", |checker| {
            let when = &rule.when;
            checker.each("status", &when.status, |checker, status| {
                if !(100..=599).contains(status) {
                    checker.fault("out_of_range", format!("A status is 100 to 599, not {status}."));
                }
            });
            checker.some("header", when.header.as_ref(), |checker, header| {
                checker.at("name", |checker| checker.header_name(&header.name));
                checker.some("matches", header.matches.as_ref(), |checker, pattern| checker.regex(pattern));
            });
            checker.some("expr", when.expr.as_ref(), |checker, expr| checker.condition(expr, RULE));
        });
        self.some("wait", rule.wait.as_ref(), Checker::response_wait);
        self.some("message", rule.message.as_ref(), |checker, message| checker.template(message, RULE));
    }

    fn response_wait(&mut self, wait: &ResponseWait) {
        match wait {
            ResponseWait::Exponential => {}
            ResponseWait::Constant(wait) => self.at("constant", |checker| checker.duration(wait)),
            ResponseWait::Header(name) => self.at("header", |checker| checker.header_name(name)),
            ResponseWait::HeaderTime(name) => self.at("header_time", |checker| checker.header_name(name)),
            ResponseWait::HeaderRegex(found) => self.at("header_regex", |checker| {
                checker.at("name", |checker| checker.header_name(&found.name));
                checker.at("pattern", |checker| checker.regex(&found.pattern));
            }),
            ResponseWait::Regex(pattern) => self.at("regex", |checker| checker.regex(pattern)),
        }
    }
}
