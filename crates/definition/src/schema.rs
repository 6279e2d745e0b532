//! The published JSON Schema.

use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// The name under which the schema is published, and which the first line of a file refers to.
pub const SCHEMA_ID: &str = "connector-1.schema.json";

/// The JSON Schema of the definition file, generated from the types.
pub fn schema() -> Value {
    schema_ref().clone()
}

/// The one copy that the shape check walks.
pub(crate) fn schema_ref() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(generate)
}

fn generate() -> Value {
    let mut schema = serde_json::to_value(schemars::schema_for!(crate::Definition)).unwrap_or_default();
    close_kinds(&mut schema);
    let Value::Object(generated) = schema else { return Value::Null };
    let mut named = Map::new();
    named.insert("$schema".to_owned(), generated.get("$schema").cloned().unwrap_or_default());
    named.insert("$id".to_owned(), json!(SCHEMA_ID));
    for (key, value) in generated {
        named.insert(key, value);
    }
    named.insert("title".to_owned(), json!("Tapwright connector definition, version 1"));
    Value::Object(named)
}

/// Serde lets a kind without settings (`type: none`) carry any key; the file format does not.
fn close_kinds(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            let is_kind = map.get("properties").and_then(|all| all.pointer("/type/const")).is_some();
            if is_kind && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            map.values_mut().for_each(close_kinds);
        }
        Value::Array(items) => items.iter_mut().for_each(close_kinds),
        _ => {}
    }
}
