//! Expressions: their syntax, and the names that each place knows.

use super::Checker;
use super::names::short;
use crate::expression::{self, CALLED, ExpressionKind, PIPED, Used};
use crate::model::{Scalar, Template};
use crate::suggest::{closest, listed};
use serde_json::Value;

/// The most words and signs of a text with expressions. The template parser calls itself for every link of a chain
/// (`a.b.c…`, `- - - 1`), so that a chain without end would overflow the stack.
const MAX_PARTS: usize = 600;

/// Whether a text with expressions is short enough to be parsed. The engine relies on it for what it compiles.
pub(super) fn is_bounded(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let signs = text.chars().filter(|c| !word(*c) && !c.is_whitespace()).count();
    let words = text.split(|c: char| !word(c)).filter(|part| !part.is_empty()).count();
    signs + words <= MAX_PARTS
}

/// The names at hand in a place.
pub(super) type Names = &'static [&'static str];

/// Settings that all requests share.
pub(super) const SHARED: Names = &["config"];
/// What a login's token goes out as.
pub(super) const TOKEN: Names = &["config", "token"];
/// A login's answer.
pub(super) const LOGIN: Names = &["config", "response", "headers"];
/// The second step of a login.
pub(super) const CODE: Names = &["config", "response", "headers", "code"];
/// A stream's request.
pub(super) const REQUEST: Names = &["config", "stream", "partition", "interval", "page", "cursor"];
/// Where a read starts and ends.
pub(super) const SPAN: Names = &["config", "stream", "partition"];
/// An answer.
pub(super) const ANSWER: Names =
    &["config", "stream", "partition", "interval", "page", "cursor", "response", "headers", "last_record"];
/// What an answer means.
pub(super) const RULE: Names = &["config", "stream", "partition", "response", "headers"];
/// A record.
pub(super) const RECORD: Names = &["config", "stream", "partition", "headers", "record"];
/// A step of a column.
pub(super) const STEP: Names = &["config", "stream", "partition", "headers", "record", "value"];
/// The request that asks for a job's state.
pub(super) const JOB: Names = &["config", "stream", "partition", "job", "headers"];
/// What a job's state means.
pub(super) const POLL: Names = &["config", "stream", "partition", "job", "response", "headers"];
/// A job's files, and its end.
pub(super) const FILE: Names = &["config", "stream", "partition", "job", "headers", "poll", "url"];
/// A hook.
pub(super) const HOOK: Names = &["config", "run", "error"];
/// An action.
pub(super) const ACTION: Names = &["config", "params"];
/// What a webhook's event is signed over.
pub(super) const SIGNED: Names = &["config", "body", "timestamp", "id", "headers", "query"];
/// What is read from a webhook's event.
pub(super) const EVENT: Names = &["config", "payload", "headers", "query"];
/// Whether a route takes a webhook's event.
pub(super) const ROUTE: Names = &["config", "event", "payload", "headers", "query"];

impl Checker<'_> {
    /// Text that may hold expressions.
    pub(super) fn template(&mut self, template: &Template, names: Names) {
        if template.is_literal() {
            return;
        }
        if !is_bounded(template.as_str()) {
            let message = format!("The text around the expression is too long: more than {MAX_PARTS} words and signs.");
            return self.fault("bad_template", message);
        }
        let mut used: Vec<String> = match self.templates.template_from_str(template.as_str()) {
            Ok(parsed) => parsed.undeclared_variables(true).into_iter().collect(),
            Err(error) => {
                let why = error.detail().unwrap_or("the expression is not well formed").to_owned();
                let message = format!("The expression `{}` can't be read: {why}.", short(template.as_str()));
                return self.fault("bad_template", message);
            }
        };
        used.sort();
        for name in &used {
            self.name_in_template(name, names);
        }
        for used in expression::used(template.as_str()) {
            self.filter_or_test(used);
        }
    }

    fn filter_or_test(&mut self, used: Used<'_>) {
        let (what, name, kinds): (_, _, &[ExpressionKind]) = match used {
            Used::Filter(name) => ("filter", name, PIPED),
            Used::Test(name) => ("test", name, &[ExpressionKind::Test]),
            Used::Name(_) => return,
        };
        if expression::find(name, kinds).is_none() {
            let near = closest(name, expression::names(kinds));
            let message = format!("There is no {what} `{}`. `tapwright expressions` lists them.", short(name));
            self.fault_near("unknown_name", message, near);
        }
    }

    fn name_in_template(&mut self, name: &str, names: Names) {
        let mut parts = name.split('.');
        let root = parts.next().unwrap_or_default();
        if expression::find(root, CALLED).is_some() {
            return;
        }
        if !names.contains(&root) {
            let message = format!("`{root}` is not known here. Known are: {}.", listed(names.iter().copied()));
            let input = self.definition.input(root).map(|input| format!("config.{}", input.name));
            let near = input.or_else(|| closest(root, names.iter().copied()).map(str::to_owned));
            return self.fault_near("unknown_name", message, near);
        }
        let member = parts.next();
        if let Some(param) = member.filter(|_| root == "params") {
            self.known_param(param);
        }
        if let Some(input) = member.filter(|_| root == "config")
            && self.definition.input(input).is_none()
        {
            let known: Vec<&str> = self.definition.config.iter().map(|input| input.name.as_str()).collect();
            let message =
                format!("There is no input `{input}` in `config`. Its inputs: {}.", listed(known.iter().copied()));
            let near = closest(input, known).map(|near| format!("config.{near}"));
            self.fault_near("unknown_input", message, near);
        }
    }

    /// An expression that is true or false. Without braces it would be text, and text is always true.
    pub(super) fn condition(&mut self, template: &Template, names: Names) {
        let text = template.as_str().trim();
        if template.is_literal() && !matches!(text, "true" | "false") {
            let message = format!("`{}` is plain text, not an expression: it needs {{{{ and }}}}.", short(text));
            return self.fault_near("not_an_expression", message, Some(format!("{{{{ {text} }}}}")));
        }
        self.template(template, names);
    }

    /// A parameter's value.
    pub(super) fn scalar(&mut self, scalar: &Scalar, names: Names) {
        if let Scalar::Text(template) = scalar {
            self.template(template, names);
        }
    }

    /// Every text in a JSON value.
    pub(super) fn json(&mut self, value: &Value, names: Names) {
        match value {
            Value::String(text) => self.template(&Template(text.clone()), names),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let length = self.path.len();
                    crate::path::push_index(&mut self.path, index);
                    self.json(item, names);
                    self.path.truncate(length);
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    self.at(key, |checker| checker.json(value, names));
                }
            }
            _ => {}
        }
    }
}
