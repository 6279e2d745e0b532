//! What is wrong with a definition, whoever uses it.

use definition::model::{ConfigInput, ConfigType};
use definition::{Definition, Fault, Secret};
use engine::config::ConfigValues;
use engine::plan::Plan;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The faults that only compiling finds (templates, paths), with made-up values in place of a person's.
pub fn compile_faults(definition: &Definition) -> Vec<Fault> {
    let mut addresses = BTreeSet::new();
    if let Ok(tree) = serde_json::to_value(definition) {
        find_addresses("", &tree, &mut addresses);
    }
    let mut definition = definition.clone();
    let mut config = ConfigValues::default();
    for input in &mut definition.config {
        // A made-up value need not fit.
        input.pattern = None;
        let text = if addresses.contains(&input.name) { "https://x.test" } else { "x" };
        if input.kind == ConfigType::Secret {
            config.secrets.insert(input.name.clone(), Secret::new(text));
        } else if input.default.is_none() {
            config.values.insert(input.name.clone(), made_up(input, text));
        }
    }
    let faults = Plan::compile(&definition, &config).err().unwrap_or_default();
    // A made-up key signs nothing.
    faults.into_iter().filter(|fault| !fault.path.starts_with("config") && fault.code != "bad_key").collect()
}

fn made_up(input: &ConfigInput, text: &str) -> Value {
    match input.kind {
        ConfigType::Integer | ConfigType::Number => json!(1),
        ConfigType::Boolean => json!(true),
        ConfigType::Date => json!("2024-01-01"),
        ConfigType::Datetime => json!("2024-01-01T00:00:00Z"),
        ConfigType::Enum => json!(input.options.first().map_or("x", String::as_str)),
        ConfigType::List => json!([text]),
        ConfigType::String | ConfigType::Secret => json!(text),
    }
}

/// The inputs that a setting called `url`, `base_url` or the like begins with: their values are addresses.
fn find_addresses(key: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| find_addresses(key, value, found)),
        Value::Array(items) => items.iter().for_each(|item| find_addresses(key, item, found)),
        Value::String(text) if key.ends_with("url") => {
            let inside = text.trim_start().strip_prefix("{{").map(str::trim_start);
            if let Some(rest) = inside.and_then(|inside| inside.strip_prefix("config.")) {
                let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
                found.insert(rest[..end].to_owned());
            }
        }
        _ => {}
    }
}
