//! Expressions: Jinja, sandboxed. No files, no network, no environment; steps and output are limited.

use crate::config::ConfigValues;
use definition::model::Template;
use serde_json::Value;

/// The environment of a connector's expressions. Made once a plan; holds the config values.
#[derive(Debug)]
pub struct Expressions {}

/// A compiled template.
#[derive(Debug)]
pub struct Compiled {}

/// The names at hand beside `config`. What is `None` is undefined in the expression.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The record.
    pub record: Option<&'a Value>,
    /// The value so far, in a `template` transform.
    pub value: Option<&'a Value>,
    /// The answer's body.
    pub response: Option<&'a Value>,
    /// The answer's headers, names in lower case.
    pub headers: Option<&'a Value>,
    /// The page's last record.
    pub last_record: Option<&'a Value>,
    /// `number`, `size`, `count`, `offset`.
    pub page: Option<&'a Value>,
    /// The cursor value.
    pub cursor: Option<&'a Value>,
    /// `start`, `end`.
    pub interval: Option<&'a Value>,
    /// The partition's values.
    pub partition: Option<&'a Value>,
}

/// Text made by a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Whether a secret went into it.
    pub secret: bool,
}

impl Expressions {
    /// An environment with a connection's values.
    pub fn new(_config: &ConfigValues) -> Self {
        Self {}
    }

    /// Compiles a template, or tells why it is none.
    pub fn compile(&self, _template: &Template) -> Result<Compiled, String> {
        Err(String::new())
    }
}

impl Compiled {
    /// The value: one whole expression keeps its type, anything else is text.
    pub fn value(&self, _expressions: &Expressions, _scope: &Scope<'_>) -> Result<Value, String> {
        Ok(Value::Null)
    }

    /// The value as the text that goes over the wire.
    pub fn text(&self, _expressions: &Expressions, _scope: &Scope<'_>) -> Result<Rendered, String> {
        Err(String::new())
    }

    /// Whether the value is true, as Jinja tells it. The text `false` is not true.
    pub fn is_true(&self, _expressions: &Expressions, _scope: &Scope<'_>) -> Result<bool, String> {
        Ok(false)
    }
}
