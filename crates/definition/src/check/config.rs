//! `config`: the inputs.

use super::Checker;
use crate::model::{ConfigInput, ConfigType};
use serde_json::Value;

impl Checker<'_> {
    pub(super) fn config(&mut self) {
        let definition = self.definition;
        self.unique("config", &definition.config, "input", |input| &input.name);
        self.each("config", &definition.config, Checker::input);
    }

    fn input(&mut self, input: &ConfigInput) {
        self.at("name", |checker| checker.input_name(&input.name));
        self.some("pattern", input.pattern.as_ref(), |checker, pattern| checker.regex(pattern));
        let is_enum = input.kind == ConfigType::Enum;
        if is_enum && input.options.is_empty() {
            self.at("enum", |checker| {
                checker.fault("missing_options", "An input of type `enum` needs the values to choose from.");
            });
        }
        if !is_enum && !input.options.is_empty() {
            self.at("enum", |checker| {
                checker.fault("unused_options", "Values to choose from need `type: enum`.");
            });
        }
        self.some("default", input.default.as_ref(), |checker, default| checker.default(input, default));
    }

    fn default(&mut self, input: &ConfigInput, default: &Value) {
        let wanted = match input.kind {
            ConfigType::Secret => {
                let message = "A secret has no default: the definition is shared, a secret is not.";
                return self.fault("secret_default", message);
            }
            ConfigType::Integer if !(default.is_i64() || default.is_u64()) => "a whole number",
            ConfigType::Number if !default.is_number() => "a number",
            ConfigType::Boolean if !default.is_boolean() => "true or false",
            ConfigType::List if !default.is_array() => "a list",
            ConfigType::String | ConfigType::Date | ConfigType::Datetime | ConfigType::Enum if !default.is_string() => {
                "text"
            }
            ConfigType::Enum if !input.options.iter().any(|option| default.as_str() == Some(option)) => {
                "one of the values of `enum`"
            }
            _ => return,
        };
        self.fault("bad_default", format!("The default of `{}` must be {wanted}.", input.name));
    }
}
