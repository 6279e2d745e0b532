//! The functions and filters beside the template engine's own. The table of all of them is in
//! `definition::expression`.

mod encode;
mod hash;
mod numbers;
mod pattern;
mod text;
mod time;

use super::operators;
use super::sandbox::{OUTPUT_LIMIT, too_long, wire};
use super::values::bad;
use crate::clock::Clock;
use crate::http::Redactor;
use minijinja::functions::Function;
use minijinja::value::{FunctionArgs, FunctionResult};
use minijinja::{Environment, Error, Value};

/// Adds them all.
pub(super) fn register(environment: &mut Environment<'static>, clock: Clock, redactor: &Redactor) {
    time::register(environment, clock);
    hash::register(environment, redactor);
    encode::register(environment, redactor);
    pattern::register(environment);
    text::register(environment);
    numbers::register(environment);
    operators::register(environment);
}

/// Adds one as a function and as a filter.
fn both<F, Rv, Args>(environment: &mut Environment<'static>, name: &'static str, function: F)
where
    F: Function<Rv, Args> + Clone,
    Rv: FunctionResult,
    Args: for<'a> FunctionArgs<'a>,
{
    environment.add_function(name, function.clone());
    environment.add_filter(name, function);
}

/// A value as the text that functions work on: as it would go over the wire.
fn text_of(value: &Value) -> Result<String, Error> {
    value.as_str().map_or_else(|| wire(value).map_err(bad), |text| Ok(text.to_owned()))
}

/// What a function made, where it is not too much.
fn within(text: String) -> Result<String, Error> {
    if text.len() > OUTPUT_LIMIT { Err(bad(too_long())) } else { Ok(text) }
}

/// Notes that a text was made of another: of a secret comes a secret.
fn derived(redactor: &Redactor, from: &[&str], made: &str) {
    if from.iter().any(|text| redactor.holds(text)) {
        redactor.learn_derived(made);
    }
}
