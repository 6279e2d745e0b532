//! Expressions: Jinja, sandboxed. No files, no network, no environment; steps and output are limited.

#[cfg(test)]
mod catalog_tests;
pub(crate) mod fast;
mod functions;
mod operators;
mod sandbox;
mod scope;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod time_tests;
mod values;

pub use definition::expression::catalog;
pub use scope::{Rendered, Scope};

use crate::clock::Clock;
use crate::config::ConfigValues;
use crate::http::Redactor;
use definition::model::Template;
use minijinja::Environment;
use sandbox::{Limited, OUTPUT_LIMIT, plain};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, RwLock};

/// The name under which a whole expression leaves its value behind.
const RESULT: &str = "__value";

/// Templates by their names. The environment asks here once for each and keeps what it compiled.
type Sources = Arc<RwLock<HashMap<String, String>>>;

/// The environment of a connector's expressions. Made once a plan; holds the config values.
pub struct Expressions {
    environment: Environment<'static>,
    sources: Sources,
    values: BTreeMap<String, Value>,
    secrets: BTreeSet<String>,
    redactor: Redactor,
}

/// A compiled template.
#[derive(Debug)]
pub struct Compiled {
    shape: Shape,
    /// What it refers to, with attributes: `config.site`, `record.id`.
    names: Vec<String>,
    secret: bool,
}

#[derive(Debug)]
enum Shape {
    /// Nothing to render.
    Literal(String),
    /// One whole expression: the template that leaves its value behind.
    Whole(String),
    /// Text with expressions in it.
    Text(String),
}

impl Expressions {
    /// An environment with a connection's values.
    pub fn new(config: &ConfigValues) -> Self {
        Self::with_clock(config, Clock::System)
    }

    /// An environment whose `now()` and `today()` ask the clock given.
    pub fn with_clock(config: &ConfigValues, clock: Clock) -> Self {
        let sources = Sources::default();
        let redactor = Redactor::new(config);
        let mut environment = sandbox::environment(clock, &redactor);
        let shared = Arc::clone(&sources);
        environment.set_loader(move |name| Ok(shared.read().ok().and_then(|sources| sources.get(name).cloned())));
        let mut values = config.values.clone();
        for (name, secret) in &config.secrets {
            values.insert(name.clone(), Value::String(secret.open().to_owned()));
        }
        environment.add_global("config", sandbox::to_template(&values));
        let secrets = config.secrets.keys().cloned().collect();
        Self { environment, sources, values, secrets, redactor }
    }

    /// Compiles a template, or tells why it is none.
    pub fn compile(&self, template: &Template) -> Result<Compiled, String> {
        if template.is_literal() {
            return Ok(Compiled { shape: Shape::Literal(template.0.clone()), names: Vec::new(), secret: false });
        }
        let whole = self.whole(template.as_str());
        let source = match &whole {
            Some(inner) => format!("{{% set {RESULT} = ({inner}\n) %}}"),
            None => template.0.clone(),
        };
        let source = match operators::rewrite(&source) {
            Some(written) if self.environment.template_from_str(&source).is_ok() => written,
            _ => source,
        };
        let name = self.keep(source)?;
        let compiled = self.environment.get_template(&name).map_err(|error| plain(&error))?;
        let mut names: Vec<String> = compiled.undeclared_variables(true).into_iter().collect();
        if template.as_str().contains('[') {
            // The template engine does not see the value that a slice is taken of.
            names.extend(sliced(template.as_str()).filter(|name| !names.contains(name)).collect::<Vec<_>>());
        }
        // `timestamp` is a function, and in what a webhook signs a value.
        names.retain(|name| scope::NAMES.contains(&root(name)) || !self.is_global(root(name)));
        names.sort();
        if let Some(unknown) = names.iter().map(|name| root(name)).find(|name| !scope::NAMES.contains(name)) {
            return Err(format!("`{unknown}` is not known here. Known are {}.", scope::NAMES.join(", ")));
        }
        let secret = names.iter().any(|name| self.touches_secret(name));
        let shape = if whole.is_some() { Shape::Whole(name) } else { Shape::Text(name) };
        Ok(Compiled { shape, names, secret })
    }

    /// Knows the connection's secrets, and what expressions make of them.
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Whether `config.NAME` has a value.
    pub fn has(&self, name: &str) -> bool {
        Scope::default().has(name, &self.values)
    }

    /// A config value that is no secret.
    pub(crate) fn plain_config(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|_| !self.secrets.contains(name))
    }

    /// The expression, where the text is one and nothing else.
    fn whole<'a>(&self, text: &'a str) -> Option<&'a str> {
        let inner = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
        self.environment.compile_expression(inner).is_ok().then_some(inner)
    }

    /// Keeps a template's text; the same text is kept once.
    fn keep(&self, source: String) -> Result<String, String> {
        let mut sources = self.sources.write().map_err(|_| "the templates are out of reach".to_owned())?;
        if let Some((name, _)) = sources.iter().find(|(_, kept)| **kept == source) {
            return Ok(name.clone());
        }
        let name = format!("template-{}", sources.len());
        sources.insert(name.clone(), source);
        Ok(name)
    }

    fn is_global(&self, name: &str) -> bool {
        name != "config" && self.environment.globals().any(|(global, _)| global == name)
    }

    /// Whether a reference leads to a secret, or to all of `config` while it holds some.
    fn touches_secret(&self, name: &str) -> bool {
        let mut parts = name.split('.');
        if parts.next() != Some("config") {
            return false;
        }
        parts.next().map_or(!self.secrets.is_empty(), |input| self.secrets.contains(input))
    }
}

impl std::fmt::Debug for Expressions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expressions").field("config", &self.values.keys()).finish_non_exhaustive()
    }
}

impl Compiled {
    /// The value: one whole expression keeps its type, anything else is text. What is undefined is null.
    pub fn value(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Value, String> {
        let value = match &self.shape {
            Shape::Literal(text) => Ok(Value::String(text.clone())),
            Shape::Whole(name) => {
                let value = self.evaluate(name, expressions, scope)?;
                if value.is_undefined() { Ok(Value::Null) } else { sandbox::to_json(&value) }
            }
            Shape::Text(name) => self.render(name, expressions, scope).map(Value::String),
        }?;
        if let Value::String(text) = &value {
            self.note(text, expressions);
        }
        Ok(value)
    }

    /// The value as the text that goes over the wire: true and false in lower case, null as nothing, lists and
    /// objects as JSON. What is undefined is an error that names it.
    pub fn text(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Rendered, String> {
        let text = match &self.shape {
            Shape::Literal(text) => text.clone(),
            Shape::Whole(name) => {
                let value = self.evaluate(name, expressions, scope)?;
                if value.is_undefined() {
                    return Err(self.undefined(expressions, scope));
                }
                let text = sandbox::wire(&value)?;
                if text.len() > OUTPUT_LIMIT {
                    return Err(sandbox::too_long());
                }
                text
            }
            Shape::Text(name) => self.render(name, expressions, scope)?,
        };
        self.note(&text, expressions);
        Ok(Rendered { text, secret: self.secret })
    }

    /// As `value`; `None` where it is one expression that comes to nothing because a parameter of the action was not
    /// given.
    pub fn given(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Option<Value>, String> {
        let Shape::Whole(name) = &self.shape else { return self.value(expressions, scope).map(Some) };
        let absent = |name: &String| name.starts_with("params.") && !scope.has(name, &expressions.values);
        let absent = self.names.iter().any(absent);
        match self.evaluate(name, expressions, scope) {
            Ok(value) if value.is_undefined() => Ok(None),
            Ok(value) if absent && (value.is_none() || value.as_str() == Some("")) => Ok(None),
            Err(_) if absent => Ok(None),
            Err(why) => Err(why),
            Ok(_) => self.value(expressions, scope).map(Some),
        }
    }

    /// The parameter of an action that it is, and nothing else: `{{ params.amount }}`.
    pub fn param(&self) -> Option<&str> {
        match (&self.shape, self.names.as_slice()) {
            (Shape::Whole(_), [name]) => name.strip_prefix("params."),
            _ => None,
        }
    }

    /// Whether the value is true, as Jinja tells it. The text `false` is not true.
    pub fn is_true(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<bool, String> {
        let says_true = |text: &str| !matches!(text.trim(), "" | "false" | "False");
        match &self.shape {
            Shape::Literal(text) => Ok(says_true(text)),
            Shape::Whole(name) => {
                let value = self.evaluate(name, expressions, scope)?;
                Ok(value.as_str().map_or_else(|| value.is_true(), says_true))
            }
            Shape::Text(name) => self.render(name, expressions, scope).map(|text| says_true(&text)),
        }
    }

    /// A part of a secret (a slice, another case) is one too.
    fn note(&self, text: &str, expressions: &Expressions) {
        if self.secret && expressions.redactor.is_part(text) {
            expressions.redactor.learn_derived(text);
        }
    }

    /// Whether a secret goes into it.
    pub fn secret(&self) -> bool {
        self.secret
    }

    /// The text, where there is nothing to render.
    pub fn literal(&self) -> Option<&str> {
        if let Shape::Literal(text) = &self.shape { Some(text) } else { None }
    }

    /// Whether it refers to a name: `record`, `response`, `config`. What it does not refer to need not be made.
    pub fn uses(&self, name: &str) -> bool {
        self.names.iter().any(|used| root(used) == name)
    }

    /// What it refers to, with attributes: `config.site`, `record.id`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn evaluate(&self, name: &str, expressions: &Expressions, scope: &Scope<'_>) -> Result<minijinja::Value, String> {
        let template = expressions.environment.get_template(name).map_err(|error| plain(&error))?;
        let captured = template
            .render_captured_to(scope.context(&self.names), Limited::default())
            .map_err(|error| self.explain(&error, expressions, scope))?;
        Ok(captured.state().lookup(RESULT).unwrap_or(minijinja::Value::UNDEFINED))
    }

    fn render(&self, name: &str, expressions: &Expressions, scope: &Scope<'_>) -> Result<String, String> {
        let template = expressions.environment.get_template(name).map_err(|error| plain(&error))?;
        let mut out = Limited::default();
        let done = template.render_captured_to(scope.context(&self.names), &mut out).map(|_| ());
        if out.full {
            return Err(sandbox::too_long());
        }
        done.map_err(|error| self.explain(&error, expressions, scope))?;
        String::from_utf8(out.bytes).map_err(|error| error.to_string())
    }

    fn explain(&self, error: &minijinja::Error, expressions: &Expressions, scope: &Scope<'_>) -> String {
        if error.kind() == minijinja::ErrorKind::UndefinedError {
            self.undefined(expressions, scope)
        } else if self.secret {
            // An operation's error may quote its operands.
            format!("{} in an expression that uses a secret", error.kind())
        } else {
            plain(error)
        }
    }

    /// Names what is undefined.
    fn undefined(&self, expressions: &Expressions, scope: &Scope<'_>) -> String {
        let missing: Vec<&str> = self
            .names
            .iter()
            .map(String::as_str)
            .filter(|name| !scope.has(name, &expressions.values))
            .filter(|name| !expressions.is_global(root(name)))
            .collect();
        match missing.as_slice() {
            [] => "an expression has no value".to_owned(),
            names => format!("`{}` has no value", names.join("`, `")),
        }
    }
}

/// The names of values at hand that stand anywhere in a template, with their attributes.
fn sliced(source: &str) -> impl Iterator<Item = String> {
    definition::expression::used(source).into_iter().filter_map(|used| match used {
        definition::expression::Used::Name(name) if scope::NAMES.contains(&root(name)) => Some(name.to_owned()),
        _ => None,
    })
}

fn root(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
