//! An action's parameters: typed, checked, with their defaults. All faults at once.

use crate::http::MASK;
use crate::map::{Val, fit_value};
use definition::model::{FieldType, Param};
use definition::suggest;
use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Parameters that fit their action: typed, defaults filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Params {
    values: Value,
    private: Vec<String>,
    decimals: Vec<String>,
}

/// What is wrong with a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParamFault {
    /// The parameter.
    pub param: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Params {
    /// The values as expressions see them.
    pub fn values(&self) -> &Value {
        &self.values
    }

    /// The values with private ones masked: what may be shown and kept.
    pub fn shown(&self) -> Map<String, Value> {
        let mut shown = self.values.as_object().cloned().unwrap_or_default();
        for name in &self.private {
            if let Some(value) = shown.get_mut(name).filter(|value| !value.is_null()) {
                *value = Value::from(MASK);
            }
        }
        shown
    }

    /// Whether a private value is among them.
    pub fn has_private(&self) -> bool {
        self.private.iter().any(|name| self.values.get(name).is_some_and(|value| !value.is_null()))
    }

    /// The private values.
    pub(super) fn private(&self) -> impl Iterator<Item = &Value> {
        self.private.iter().filter_map(|name| self.values.get(name))
    }

    pub(super) fn decimals(&self) -> &[String] {
        &self.decimals
    }

    /// Types what was given, or tells all that is wrong with it.
    pub(super) fn check(wanted: &[Param], given: &Map<String, Value>) -> Result<Self, Vec<ParamFault>> {
        let mut faults = Vec::new();
        let mut values = Map::new();
        for param in wanted {
            match typed(param, given.get(&param.name)) {
                Ok(Some(value)) => {
                    values.insert(param.name.clone(), value);
                }
                Ok(None) => {}
                Err(message) => faults.push(ParamFault { param: param.name.clone(), message }),
            }
        }
        for name in given.keys().filter(|name| !wanted.iter().any(|param| param.name == **name)) {
            let known: Vec<&str> = wanted.iter().map(|param| param.name.as_str()).collect();
            let near = suggest::closest(name, known.iter().copied());
            let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            let message = match known.is_empty() {
                true => "The action takes no parameters.".to_owned(),
                false => format!("The action has no such parameter.{near} It takes {}.", suggest::listed(known)),
            };
            faults.push(ParamFault { param: name.clone(), message });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let names =
            |fits: fn(&Param) -> bool| wanted.iter().filter(|one| fits(one)).map(|one| one.name.clone()).collect();
        Ok(Self {
            values: Value::Object(values),
            private: names(|param| param.secret),
            decimals: names(|param| param.kind == FieldType::Decimal),
        })
    }
}

/// One value; `None` where there is none to send. Empty text is no value but for text that may be left empty.
fn typed(param: &Param, given: Option<&Value>) -> Result<Option<Value>, String> {
    let blank = |text: &str| text.trim().is_empty();
    let text_may_be_empty = param.kind == FieldType::String && param.options.is_empty() && param.pattern.is_none();
    let given = given.filter(|value| match value.as_str() {
        Some(text) => !blank(text) || (text_may_be_empty && !param.required),
        None => true,
    });
    let value = match given {
        None => match &param.default {
            Some(default) => default,
            None if param.required => return Err("It is required and has no value.".to_owned()),
            None => return Ok(None),
        },
        Some(Value::Null) if param.required => return Err("It is required; null is no value.".to_owned()),
        Some(value) => value,
    };
    let value = turned(param.kind, value)?;
    if value.is_null() {
        return Ok(Some(value));
    }
    // A private value is not told back.
    bounded(param, &value)
        .map_err(|why| if param.secret { "It does not have the form that is asked for.".to_owned() } else { why })?;
    Ok(Some(value))
}

/// The value as its type, text in a form or on a command line included.
fn turned(kind: FieldType, value: &Value) -> Result<Value, String> {
    if let (FieldType::Json | FieldType::Array | FieldType::Object, Some(text)) = (kind, value.as_str()) {
        return structured(kind, text);
    }
    if kind == FieldType::Json {
        return Ok(value.clone());
    }
    if kind == FieldType::String && (value.is_array() || value.is_object()) {
        return Err(format!("It is {}, not text.", Val::from(value).kind()));
    }
    let typed = fit_value(kind, Val::from(value)).map_err(|why| format!("It {why}."))?;
    Ok(match kind {
        // Its digits, whatever a float makes of them.
        FieldType::Decimal => Value::from(typed.plain().into_owned()),
        _ => typed.to_tree(),
    })
}

/// JSON in text. For `json`, text that is none is text; for a list, its items stand between commas.
fn structured(kind: FieldType, text: &str) -> Result<Value, String> {
    let parsed = serde_json::from_str::<Value>(text.trim());
    let fits = |value: &Value| match kind {
        FieldType::Array => value.is_array(),
        FieldType::Object => value.is_object(),
        _ => true,
    };
    match parsed {
        Ok(value) if fits(&value) => Ok(value),
        _ if kind == FieldType::Json => Ok(Value::from(text)),
        _ if kind == FieldType::Array && !text.trim_start().starts_with(['[', '{']) => {
            Ok(text.split(',').map(|item| Value::from(item.trim())).collect())
        }
        _ if kind == FieldType::Array => {
            Err("It is no list: write `a,b`, or JSON such as `[\"a\", \"b\"]`.".to_owned())
        }
        _ => Err("It is no object: write JSON such as `{\"a\": 1}`.".to_owned()),
    }
}

/// Whether the value is one of those that may be given.
fn bounded(param: &Param, value: &Value) -> Result<(), String> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if !param.options.is_empty() && !param.options.contains(&text) {
        return Err(format!("It is `{}`, none of {}.", crate::map::shorten(&text), param.options.join(", ")));
    }
    if let Some(pattern) = &param.pattern
        && !Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|regex| regex.is_match(&text))
    {
        return Err(format!("It does not have the form `{pattern}`."));
    }
    let number = text.parse::<f64>().ok();
    if let (Some(number), Some(min)) = (number, param.min)
        && number < min
    {
        return Err(format!("It is {text}; the least is {min}."));
    }
    if let (Some(number), Some(max)) = (number, param.max)
        && number > max
    {
        return Err(format!("It is {text}; the greatest is {max}."));
    }
    Ok(())
}
