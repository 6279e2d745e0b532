//! Whether data has the shape of a definition: a walk over our own JSON Schema that finds every fault at once.
//!
//! Serde stops at the first fault and lets some unknown keys through; here none is dropped in silence.

mod choice;
mod number;
mod words;

use crate::Fault;
use crate::path::{push_index, push_key};
use crate::schema::schema_ref;
use crate::suggest::{closest, listed};
use choice::Choice;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;
use words::{expected, found, type_names};

/// More faults than this help nobody.
pub(crate) const MAX_FAULTS: usize = 200;

/// Every fault of the data's shape, in the order of the file.
pub(crate) fn check(value: &Value) -> Vec<Fault> {
    let mut walker = Walker::new();
    walker.walk(walker.root, value);
    walker.faults.truncate(MAX_FAULTS);
    walker.faults
}

/// The walk: what was found so far, and where it is.
struct Walker {
    root: &'static Value,
    faults: Vec<Fault>,
    path: String,
    /// What a `$ref` refers to, once it was looked up: a large definition asks for the same few thousands of times.
    named: HashMap<&'static str, &'static Value>,
    /// The choices of a field, by where they stand in the schema.
    choices: HashMap<*const Value, Rc<[Choice]>>,
}

impl Walker {
    fn new() -> Self {
        Self {
            root: schema_ref(),
            faults: Vec::new(),
            path: String::new(),
            named: HashMap::new(),
            choices: HashMap::new(),
        }
    }

    fn walk(&mut self, schema: &'static Value, value: &Value) {
        let Some(schema) = self.resolve(schema).as_object() else { return };
        if self.faults.len() >= MAX_FAULTS {
            return;
        }
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            self.any_of(any, value);
        } else if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
            self.choose(choices, value);
        } else if schema.contains_key("type") {
            self.typed(schema, value);
        }
    }

    /// The schema behind `$ref`.
    fn resolve(&mut self, schema: &'static Value) -> &'static Value {
        let Some(name) = schema.get("$ref").and_then(Value::as_str) else { return schema };
        let root = self.root;
        self.named
            .entry(name)
            .or_insert_with(|| name.strip_prefix('#').and_then(|name| root.pointer(name)).unwrap_or(schema))
    }

    fn typed(&mut self, schema: &'static Map<String, Value>, value: &Value) {
        let types = type_names(schema);
        match value {
            Value::Object(map) if types.contains(&"object") => self.object(schema, map),
            Value::Array(items) if types.contains(&"array") => self.array(schema, items),
            Value::String(_) if types.contains(&"string") => {}
            Value::Bool(_) if types.contains(&"boolean") => {}
            Value::Null if types.contains(&"null") => {}
            Value::Number(number) if types.contains(&"integer") || types.contains(&"number") => {
                if let Some(message) = number::fault(schema, number) {
                    self.fault("out_of_range", message);
                }
            }
            _ => self.wrong_type(&expected(&types), value),
        }
    }

    fn object(&mut self, schema: &'static Map<String, Value>, map: &Map<String, Value>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties");
        for (key, value) in map {
            let known = properties.and_then(|all| all.get(key));
            self.at_key(key, |walker| match (known, others) {
                (Some(schema), _) => walker.walk(schema, value),
                (None, Some(Value::Bool(false))) => walker.unknown_key(key, properties),
                (None, Some(schema)) => walker.walk(schema, value),
                (None, None) => {}
            });
        }
        for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let Some(key) = required.as_str().filter(|key| !map.contains_key(*key)) else { continue };
            let about = properties.and_then(|all| all.get(key)).map_or("", |schema| self.about(schema));
            let message = format!("`{key}` is missing. {about}");
            self.at_key(key, |walker| walker.fault("missing_key", message.trim_end()));
        }
    }

    fn array(&mut self, schema: &'static Map<String, Value>, items: &[Value]) {
        let Some(schema) = schema.get("items") else { return };
        let length = self.path.len();
        for (index, item) in items.iter().enumerate() {
            push_index(&mut self.path, index);
            self.walk(schema, item);
            self.path.truncate(length);
        }
    }

    fn unknown_key(&mut self, key: &str, properties: Option<&'static Map<String, Value>>) {
        let allowed: Vec<&str> = properties.into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let message = format!("There is no key `{key}` here. Allowed: {}.", listed(allowed.iter().copied()));
        let near = closest(key, allowed);
        self.fault_near("unknown_key", message, near);
    }

    /// The first sentence of what the docs say about a field.
    fn about(&mut self, schema: &'static Value) -> &'static str {
        let text = schema.get("description").or_else(|| self.resolve(schema).get("description"));
        let text = text.and_then(Value::as_str).unwrap_or("");
        text.find(". ").map_or(text, |end| &text[..=end])
    }

    fn wrong_type(&mut self, expected: &str, value: &Value) {
        let bare = matches!(value, Value::Number(_) | Value::Bool(_)) && expected.starts_with("text");
        let hint = if bare { " Put it in quotes." } else { "" };
        let message = format!("This must be {expected}, not {}.{hint}", found(value));
        // A number with a point may have been written otherwise (`1.10`), so that it is not repeated as text.
        let quoted = (bare && !value.is_f64()).then(|| format!("\"{value}\""));
        self.fault_near("wrong_type", message, quoted.as_deref());
    }

    fn at_key(&mut self, key: &str, work: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_key(&mut self.path, key);
        work(self);
        self.path.truncate(length);
    }

    fn fault(&mut self, code: &str, message: impl Into<String>) {
        self.fault_near(code, message, None);
    }

    fn fault_near(&mut self, code: &str, message: impl Into<String>, near: Option<&str>) {
        let mut fault = Fault::new(code, self.path.clone(), message);
        fault.suggestion = near.map(str::to_owned);
        self.faults.push(fault);
    }
}
