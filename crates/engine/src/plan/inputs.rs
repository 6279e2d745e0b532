//! A connection's values against what the definition asks for.

use crate::config::ConfigValues;
use definition::model::{ConfigInput, ConfigType};
use definition::{Definition, Fault};
use regex::Regex;
use serde_json::Value;

/// The values with defaults filled in, or what is missing and what does not fit.
pub(super) fn check(definition: &Definition, given: &ConfigValues) -> Result<ConfigValues, Vec<Fault>> {
    let mut values = given.clone();
    let mut faults = Vec::new();
    for input in &definition.config {
        if input.kind == ConfigType::Secret {
            secret(input, &mut values, &mut faults);
            continue;
        }
        let empty = |value: &Value| value.is_null() || value.as_str() == Some("");
        if values.values.get(&input.name).is_none_or(empty) {
            values.values.remove(&input.name);
            match &input.default {
                Some(default) => {
                    values.values.insert(input.name.clone(), default.clone());
                }
                None if input.required => faults.push(missing(input)),
                None => {}
            }
        }
        if let Some(value) = values.values.get_mut(&input.name)
            && let Err(why) = fit(input, value)
        {
            faults.push(Fault::new("bad_value", path(input), why));
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

/// A secret stays one wherever it was put.
fn secret(input: &ConfigInput, values: &mut ConfigValues, faults: &mut Vec<Fault>) {
    if let Some(Value::String(text)) = values.values.remove(&input.name) {
        values.secrets.entry(input.name.clone()).or_insert_with(|| definition::Secret::new(text));
    }
    if values.secrets.get(&input.name).is_some_and(definition::Secret::is_empty) {
        values.secrets.remove(&input.name);
    }
    match values.secrets.get(&input.name) {
        None if input.required => faults.push(missing(input)),
        Some(secret) if !matches(input, secret.open()) => {
            faults.push(Fault::new("bad_value", path(input), "The value does not have the form that is asked for."));
        }
        _ => {}
    }
}

fn path(input: &ConfigInput) -> String {
    format!("config.{}", input.name)
}

fn missing(input: &ConfigInput) -> Fault {
    let title = if input.title.is_empty() { &input.name } else { &input.title };
    Fault::new("missing_value", path(input), format!("{title} has no value; it is required."))
}

/// Whether the value is of the input's kind. Text is turned into numbers and truth values where it fits.
fn fit(input: &ConfigInput, value: &mut Value) -> Result<(), String> {
    let text = value.as_str().map(str::to_owned);
    match input.kind {
        ConfigType::Integer => {
            if let Some(number) = text.as_deref().and_then(|text| text.trim().parse::<i64>().ok()) {
                *value = number.into();
            }
            check_that(value.is_i64() || value.is_u64(), "This is not a whole number.")?;
        }
        ConfigType::Number => {
            if let Some(number) = text.as_deref().and_then(|text| text.trim().parse::<f64>().ok()) {
                *value = number.into();
            }
            check_that(value.is_number(), "This is not a number.")?;
        }
        ConfigType::Boolean => {
            if let Some(truth) = text.as_deref().and_then(|text| text.trim().parse::<bool>().ok()) {
                *value = truth.into();
            }
            check_that(value.is_boolean(), "This is neither true nor false.")?;
        }
        ConfigType::Date => {
            let fits = text.as_deref().is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok());
            check_that(fits, "This is not a date such as 2024-01-31.")?;
        }
        ConfigType::Datetime => {
            let fits = text.as_deref().is_some_and(|text| crate::moment::read_any(text).is_some());
            check_that(fits, "This is not a moment such as 2024-01-31T00:00:00Z.")?;
        }
        ConfigType::Enum => {
            let fits = text.as_ref().is_some_and(|text| input.options.contains(text));
            check_that(fits, &format!("This is none of {}.", input.options.join(", ")))?;
        }
        ConfigType::List => {
            if let Some(text) = text {
                *value = text.split(',').map(|item| Value::from(item.trim())).collect();
            }
            check_that(value.is_array(), "This is not a list.")?;
        }
        ConfigType::String | ConfigType::Secret => {}
    }
    let text = value.as_str();
    check_that(text.is_none_or(|text| matches(input, text)), "The value does not have the form that is asked for.")
}

fn check_that(fits: bool, why: &str) -> Result<(), String> {
    if fits { Ok(()) } else { Err(why.to_owned()) }
}

/// Whether the whole text matches the input's pattern.
fn matches(input: &ConfigInput, text: &str) -> bool {
    let pattern = input.pattern.as_ref().and_then(|pattern| Regex::new(&format!("^(?:{pattern})$")).ok());
    pattern.is_none_or(|pattern| pattern.is_match(text))
}
