//! The template engine's settings: what keeps a definition from elsewhere harmless.

use super::functions;
use crate::clock::Clock;
use crate::http::Redactor;
use minijinja::value::{Serde, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde_json::Value;
use std::io;

/// Bytes that one template may make.
pub(super) const OUTPUT_LIMIT: usize = 1024 * 1024;
/// Steps that one evaluation may take.
const FUEL: u64 = 100_000;

/// An environment without loaders, with limits.
pub(super) fn environment(clock: Clock, redactor: &Redactor) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_debug(false);
    environment.set_auto_reload(false);
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    environment.set_formatter(format);
    // It would let a loop double a text without end, which steps do not bound.
    environment.remove_global("namespace");
    environment.remove_global("debug");
    functions::register(&mut environment, clock, redactor);
    environment
}

/// Writes a value into text the way it goes over the wire.
fn format(out: &mut Output, _state: &mut State, value: &minijinja::Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let text = wire(value).map_err(|why| Error::new(ErrorKind::BadSerialization, why))?;
    out.write_str(&text).map_err(Error::from)
}

/// A value as the text that goes over the wire.
pub(super) fn wire(value: &minijinja::Value) -> Result<String, String> {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => Ok(String::new()),
        ValueKind::Bool => Ok(if value.is_true() { "true" } else { "false" }.to_owned()),
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => Ok(to_json(value)?.to_string()),
        _ => Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    }
}

/// A value of ours, as the template engine's.
pub(super) fn to_template<T: serde::Serialize>(value: &T) -> minijinja::Value {
    minijinja::Value::from(Serde(value))
}

/// A value of the template engine, as ours.
pub(super) fn to_json(value: &minijinja::Value) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// An error in plain words, without the made-up names of templates.
pub(super) fn plain(error: &Error) -> String {
    match error.kind() {
        ErrorKind::OutOfFuel => format!("the expression takes more than {FUEL} steps: it may loop for ever"),
        ErrorKind::SyntaxError => error.detail().unwrap_or("the expression is not well formed").to_owned(),
        kind => error.detail().map_or_else(|| kind.to_string(), |detail| format!("{kind}: {detail}")),
    }
}

/// The words for a template that makes too much text.
pub(super) fn too_long() -> String {
    format!("the expression makes more than {OUTPUT_LIMIT} bytes of text")
}

/// A writer that refuses to grow past the limit.
#[derive(Debug, Default)]
pub(super) struct Limited {
    /// What was written.
    pub bytes: Vec<u8>,
    /// Whether more was asked for than there may be.
    pub full: bool,
}

impl io::Write for Limited {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + data.len() > OUTPUT_LIMIT {
            self.full = true;
            return Err(io::Error::other(too_long()));
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
