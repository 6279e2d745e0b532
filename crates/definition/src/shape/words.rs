//! Plain words for types and values.

use serde_json::{Map, Value};

/// The types that a schema names.
pub(super) fn type_names(schema: &'static Map<String, Value>) -> Vec<&'static str> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What a field must be.
pub(super) fn expected(types: &[&str]) -> String {
    let words: Vec<&str> = types.iter().filter(|name| **name != "null").map(|name| word(name)).collect();
    words.join(" or ")
}

fn word(name: &str) -> &str {
    match name {
        "object" => "a mapping",
        "array" => "a list",
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        other => other,
    }
}

/// What stands there instead. Long text is cut.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() > 40 => "text".to_owned(),
        Value::String(text) => format!("the text {text:?}"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}
