//! `actions`: named calls.

use super::Checker;
use super::template::ACTION;
use crate::model::{Action, ActionResponse, FieldType, Param};
use crate::suggest::{closest, listed};
use serde_json::Value;

impl Checker<'_> {
    pub(super) fn action(&mut self, action: &Action) {
        self.at("name", |checker| checker.stream_name(&action.name));
        self.some("stream", action.stream.as_ref(), |checker, name| checker.known_stream(name));
        self.unique("params", &action.params, "parameter", |param| &param.name);
        self.each("params", &action.params, Checker::param);
        self.params = Some(action.params.iter().map(|param| param.name.clone()).collect());
        match (&action.request, &action.database) {
            (Some(request), None) => self.at("request", |checker| checker.request(request, ACTION)),
            (None, Some(database)) => self.database_action(action, database),
            (Some(_), Some(_)) => self.at("database", |checker| {
                checker.fault("two_ways", "An action either sends a `request` or writes to a `database`, not both.");
            }),
            (None, None) => self.at("request", |checker| {
                let message = "What does it do? Write a `request`, or a `database` with what is written to a table.";
                checker.fault("missing", message);
            }),
        }
        self.params = None;
        self.some("response", action.response.as_ref(), Checker::action_response);
        self.each("responses", &action.responses, Checker::response_rule);
        self.some("idempotency_header", action.idempotency_header.as_ref(), |checker, name| checker.header_name(name));
    }

    fn action_response(&mut self, response: &ActionResponse) {
        self.each("statuses", &response.statuses, |checker, status| {
            if !(100..=599).contains(status) {
                checker.fault("out_of_range", format!("A status is 100 to 599, not {status}."));
            }
        });
        self.at("decode", |checker| checker.decode(&response.decode));
        self.some("path", response.path.as_ref(), |checker, path| checker.json_path(path));
        self.each("steps", &response.steps, Checker::record_step);
        self.fields(&response.as_stream("action"));
    }

    fn param(&mut self, param: &Param) {
        self.at("name", |checker| checker.input_name(&param.name));
        self.some("pattern", param.pattern.as_ref(), |checker, pattern| checker.regex(pattern));
        let numeric = matches!(param.kind, FieldType::Integer | FieldType::Number | FieldType::Decimal);
        for (key, bound) in [("min", param.min), ("max", param.max)] {
            if bound.is_some() && !numeric {
                let message = format!("A parameter of type `{}` has no least and no greatest.", param.kind.as_str());
                self.at(key, |checker| checker.fault("unused_bound", message));
            }
        }
        if let (Some(min), Some(max)) = (param.min, param.max)
            && min > max
        {
            self.at("max", |checker| {
                checker.fault("out_of_range", format!("The greatest, {max}, is below the least, {min}."))
            });
        }
        self.some("default", param.default.as_ref(), |checker, default| checker.param_default(param, default));
    }

    fn param_default(&mut self, param: &Param, default: &Value) {
        if param.secret {
            let message = "A private parameter has no default: the definition is shared.";
            return self.fault("secret_default", message);
        }
        let wanted = match param.kind {
            FieldType::Integer if !(default.is_i64() || default.is_u64()) => "a whole number",
            FieldType::Number if !default.is_number() => "a number",
            FieldType::Decimal if !(default.is_number() || default.is_string()) => "a number",
            FieldType::Boolean if !default.is_boolean() => "true or false",
            FieldType::Array if !default.is_array() => "a list",
            FieldType::Object if !default.is_object() => "an object",
            FieldType::String | FieldType::Date | FieldType::Datetime | FieldType::Time if !default.is_string() => {
                "text"
            }
            _ if !param.options.is_empty() && !param.options.contains(&plain(default)) => "one of the values of `enum`",
            _ => return,
        };
        self.fault("bad_default", format!("The default of `{}` must be {wanted}.", param.name));
    }

    /// A parameter that a template names.
    pub(super) fn known_param(&mut self, name: &str) {
        let Some(params) = self.params.as_ref().filter(|params| !params.iter().any(|param| param == name)) else {
            return;
        };
        let known: Vec<&str> = params.iter().map(String::as_str).collect();
        let message = format!("There is no parameter `{name}`. Parameters: {}.", listed(known.iter().copied()));
        let near = closest(name, known).map(|near| format!("params.{near}"));
        self.fault_near("unknown_param", message, near);
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
