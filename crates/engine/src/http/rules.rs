//! `responses`: what a definition says that answers mean.

use super::backoff;
use crate::expr::{Compiled, Expressions, Scope};
use definition::Fault;
use definition::model::{HeaderWhen, ResponseRule, ResponseThen, ResponseWait, ResponseWhen};
use jiff::Timestamp;
use memchr::memmem;
use regex::Regex;
use serde_json::{Map, Value};
use std::time::Duration;

/// Compiled rules, in order.
#[derive(Debug, Default)]
pub(crate) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    when: ResponseWhen,
    /// What a header has to match.
    pattern: Option<Regex>,
    expr: Option<Compiled>,
    then: ResponseThen,
    wait: Option<Wait>,
    message: Option<Compiled>,
}

#[derive(Debug)]
enum Wait {
    Constant(Duration),
    Exponential,
    Header(String),
    HeaderTime(String),
    HeaderRegex(String, Regex),
    Regex(Regex),
}

/// An answer as the rules see it.
pub(super) struct Seen<'a> {
    pub status: u16,
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

/// What a rule decided.
#[derive(Debug)]
pub(super) struct Ruling {
    pub then: ResponseThen,
    /// How long to wait. `None`: as without the rule.
    pub wait: Option<Duration>,
    /// What to tell the person.
    pub message: Option<String>,
}

impl Rules {
    /// Compiles rules; `path` is their place in the definition.
    pub(crate) fn compile(rules: &[ResponseRule], path: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut compiled = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            match Rule::compile(rule, &format!("{path}[{index}]"), expressions) {
                Ok(rule) => compiled.push(rule),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self(compiled)) } else { Err(faults) }
    }

    /// Whether a rule may look into the body of an answer with a good status: such a body has to be there as a whole.
    pub(crate) fn look_inside(&self) -> bool {
        self.0.iter().any(|rule| {
            let good = rule.when.status.is_empty() || rule.when.status.iter().any(|status| (200..300).contains(status));
            let asks = |text: &Option<Compiled>| text.as_ref().is_some_and(|text| text.uses("response"));
            good && (rule.when.contains.is_some() || asks(&rule.expr) || asks(&rule.message))
        })
    }

    /// The first rule that fits decides.
    pub(super) fn judge(&self, seen: &Seen<'_>, expressions: &Expressions, now: Timestamp) -> Option<Ruling> {
        let mut made: Option<(Value, Value)> = None;
        for rule in &self.0 {
            if !rule.may_fit(seen) {
                continue;
            }
            if rule.expr.is_some() || rule.message.is_some() {
                let (response, _) = made.get_or_insert_with(|| (Value::Null, headers(seen.headers)));
                // A large page is not made a tree for a rule that looks at its headers alone.
                if response.is_null() && rule.looks_inside() {
                    *response = serde_json::from_slice(seen.body).unwrap_or(Value::Null);
                }
            }
            let scope = match &made {
                Some((response, headers)) => {
                    Scope { response: Some(response), headers: Some(headers), ..Scope::default() }
                }
                None => Scope::default(),
            };
            // An expression that can't be evaluated on this answer does not fit it.
            if rule.expr.as_ref().is_some_and(|expr| !expr.is_true(expressions, &scope).unwrap_or(false)) {
                continue;
            }
            let message = rule.message.as_ref().and_then(|text| text.text(expressions, &scope).ok());
            return Some(Ruling {
                then: rule.then,
                wait: rule.wait.as_ref().and_then(|wait| wait.read(seen, now)),
                message: message.map(|rendered| rendered.text),
            });
        }
        None
    }
}

impl Rule {
    fn compile(rule: &ResponseRule, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let template = |template: &definition::model::Template, field: &str| {
            expressions.compile(template).map_err(|why| Fault::new("bad_template", format!("{path}.{field}"), why))
        };
        let expr = rule.when.expr.as_ref().map(|expr| template(expr, "when.expr")).transpose()?;
        let message = rule.message.as_ref().map(|text| template(text, "message")).transpose()?;
        let wait = rule.wait.as_ref().map(|wait| Wait::compile(wait, path)).transpose()?;
        let pattern = rule.when.header.as_ref().and_then(|header| header.matches.as_deref());
        let pattern = pattern.map(|text| regex(text, &format!("{path}.when.header.matches"))).transpose()?;
        Ok(Self { when: rule.when.clone(), pattern, expr, then: rule.then, wait, message })
    }

    fn looks_inside(&self) -> bool {
        [&self.expr, &self.message].into_iter().flatten().any(|text| text.uses("response"))
    }

    /// Whether one of the header's values is as the rule wants it.
    fn header_fits(&self, header: &HeaderWhen, seen: &Seen<'_>) -> bool {
        let values = seen.headers.iter().filter(|(have, _)| have.eq_ignore_ascii_case(&header.name));
        values.map(|(_, value)| value.trim()).any(|value| {
            header.equals.as_deref().is_none_or(|wanted| wanted == value)
                && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
        })
    }

    fn may_fit(&self, seen: &Seen<'_>) -> bool {
        let header = self.when.header.as_ref();
        header.is_none_or(|header| self.header_fits(header, seen))
            && (self.when.status.is_empty() || self.when.status.contains(&seen.status))
            && self.when.contains.as_ref().is_none_or(|text| memmem::find(seen.body, text.as_bytes()).is_some())
    }
}

impl Wait {
    fn compile(wait: &ResponseWait, path: &str) -> Result<Self, Fault> {
        Ok(match wait {
            ResponseWait::Constant(wait) => Self::Constant(
                wait.exact().map_err(|why| Fault::new("bad_duration", format!("{path}.wait.constant"), why))?,
            ),
            ResponseWait::Exponential => Self::Exponential,
            ResponseWait::Header(name) => Self::Header(name.to_ascii_lowercase()),
            ResponseWait::HeaderTime(name) => Self::HeaderTime(name.to_ascii_lowercase()),
            ResponseWait::HeaderRegex(found) => Self::HeaderRegex(
                found.name.to_ascii_lowercase(),
                regex(&found.pattern, &format!("{path}.wait.header_regex.pattern"))?,
            ),
            ResponseWait::Regex(pattern) => Self::Regex(regex(pattern, &format!("{path}.wait.regex"))?),
        })
    }

    fn read(&self, seen: &Seen<'_>, now: Timestamp) -> Option<Duration> {
        let header = |name: &str| seen.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str());
        match self {
            Self::Constant(wait) => Some(*wait),
            Self::Exponential => None,
            Self::Header(name) => backoff::retry_after(header(name)?, now),
            Self::HeaderTime(name) => backoff::wait_until(header(name)?, now),
            Self::HeaderRegex(name, pattern) => found_wait(pattern, header(name)?),
            Self::Regex(pattern) => found_wait(pattern, std::str::from_utf8(seen.body).ok()?),
        }
    }
}

/// The length that a pattern finds: its first group, or all of it, in seconds; in the unit of its second group, where it
/// has one.
fn found_wait(pattern: &Regex, text: &str) -> Option<Duration> {
    let found = pattern.captures(text)?;
    let number: f64 = found.get(1).or_else(|| found.get(0))?.as_str().trim().parse().ok()?;
    let unit = found.get(2).map_or("s", |unit| unit.as_str()).to_ascii_lowercase();
    let seconds = match unit.as_str() {
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" => 0.001,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3600.0,
        _ => 1.0,
    };
    Duration::try_from_secs_f64(number * seconds).ok()
}

fn regex(pattern: &str, field: &str) -> Result<Regex, Fault> {
    Regex::new(pattern).map_err(|why| Fault::new("bad_pattern", field, why.to_string()))
}

/// Headers as expressions see them.
pub(crate) fn headers(headers: &[(String, String)]) -> Value {
    let mut map = Map::new();
    for (name, value) in headers {
        map.entry(name.to_ascii_lowercase()).or_insert_with(|| Value::String(value.clone()));
    }
    Value::Object(map)
}
