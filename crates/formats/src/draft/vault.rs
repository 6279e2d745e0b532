//! Where a draft's secrets go while it is made: out of the text, into inputs.

use super::telling::placeholder;
use definition::Secret;
use definition::model::{ConfigInput, ConfigType, Template};
use serde_json::Value;
use std::collections::BTreeMap;

/// Inputs and their values, kept apart from the definition's text.
#[derive(Debug, Default)]
pub(super) struct Vault {
    /// The inputs, in the order of their finding.
    pub inputs: Vec<ConfigInput>,
    /// The secrets, by the input's name.
    pub secrets: Vec<(String, Secret)>,
    /// Other values.
    pub values: BTreeMap<String, Value>,
    /// Inputs whose value was only a placeholder.
    pub unnamed: Vec<String>,
}

impl Vault {
    /// Takes a secret; gives back what stands in its place.
    pub fn secret(&mut self, wanted: &str, title: &str, value: &str) -> Template {
        if let Some((name, _)) = self.secrets.iter().find(|(_, secret)| secret.open() == value && !value.is_empty()) {
            return reference(name);
        }
        let name = self.input(wanted, title, ConfigType::Secret);
        if value.is_empty() || placeholder(value) {
            self.unnamed.push(name.clone());
        } else {
            self.secrets.push((name.clone(), Secret::new(value)));
        }
        reference(&name)
    }

    /// Takes a value that is no secret.
    pub fn value(&mut self, wanted: &str, title: &str, value: &str) -> Template {
        let name = self.input(wanted, title, ConfigType::String);
        if placeholder(value) {
            self.unnamed.push(name.clone());
        } else {
            self.values.insert(name.clone(), Value::String(value.to_owned()));
        }
        reference(&name)
    }

    fn input(&mut self, wanted: &str, title: &str, kind: ConfigType) -> String {
        let base = super::names::identifier(wanted, "secret");
        let taken = |name: &str| self.inputs.iter().any(|input| input.name == name);
        let mut name = base.clone();
        let mut number = 2;
        while taken(&name) {
            name = format!("{base}_{number}");
            number += 1;
        }
        let input =
            ConfigInput { name: name.clone(), kind, title: title.to_owned(), required: true, ..Default::default() };
        self.inputs.push(input);
        name
    }
}

fn reference(name: &str) -> Template {
    Template(format!("{{{{ config.{name} }}}}"))
}

/// Text that was pasted, made safe to stand where expressions may.
pub(crate) fn literal(text: &str) -> String {
    if Template::from(text).is_literal() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        out.push_str(&rest[..at]);
        out.push_str("{{ '");
        out.push_str(&rest[at..at + 2]);
        out.push_str("' }}");
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    out
}
