//! One partition: its values, and what tells it from the others.

use super::pick::PartPick;
use crate::source::files::FilePart;
use serde_json::{Map, Value};
use std::sync::Arc;

/// One part of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Partition {
    /// What expressions call `partition`: each kind's value by its name, and `parent`.
    pub values: Value,
    /// Its values as canonical JSON, without what is only at hand (`parent`): what its state is kept by.
    pub key: String,
    /// The cursor values of the parents that are read only when they changed: a parent that changed again since is
    /// another version.
    pub version: Option<String>,
    /// The file, where it is one.
    pub part: Option<Arc<FilePart>>,
}

/// A partition that is being put together.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    values: Map<String, Value>,
    parent: Map<String, Value>,
    versions: Vec<String>,
    /// What expressions see in a value's place.
    shown: Map<String, Value>,
    part: Option<Arc<FilePart>>,
}

/// A value that one kind adds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    /// The value.
    pub value: Value,
    /// Further fields of the parent.
    pub parent: Map<String, Value>,
    /// What the parent's own partition is called by.
    pub inherited: Map<String, Value>,
    /// The parent's cursor value, where it decides.
    pub version: Option<String>,
    /// What expressions see in the value's place.
    pub shown: Option<Value>,
    /// The file, where it is one.
    pub part: Option<Arc<FilePart>>,
}

impl Draft {
    /// With one more value.
    pub(super) fn with(&self, name: &str, item: Item) -> Self {
        let mut more = self.clone();
        more.values.extend(item.inherited);
        if let Some(shown) = item.shown {
            more.shown.insert(name.to_owned(), shown);
        }
        more.part = item.part.or(more.part);
        more.values.insert(name.to_owned(), item.value);
        more.parent.extend(item.parent);
        more.versions.extend(item.version);
        more
    }

    /// What is at hand so far.
    pub(super) fn scope(&self) -> Value {
        let mut values = self.values.clone();
        values.extend(self.shown.clone());
        if !self.parent.is_empty() {
            values.insert("parent".to_owned(), Value::Object(self.parent.clone()));
        }
        Value::Object(values)
    }

    /// Whether its values are those that are wanted.
    pub(super) fn fits(&self, pick: &PartPick) -> bool {
        pick.fits(&self.values)
    }

    pub(super) fn finish(self) -> Partition {
        let key = canonical(&self.values);
        let version = (!self.versions.is_empty()).then(|| self.versions.join("\n"));
        Partition { values: self.scope(), key, version, part: self.part }
    }
}

/// JSON text that is the same for the same values, in whatever order they came.
fn canonical(values: &Map<String, Value>) -> String {
    sorted(&Value::Object(values.clone())).to_string()
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            pairs.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(pairs.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// A place of a record as a partition's value: a whole number as a number, other numbers as their digits.
pub(super) fn value_of(raw: &str) -> Value {
    match raw.bytes().next() {
        Some(b'-' | b'0'..=b'9') => {
            let whole = raw.parse::<i64>().map(Value::from).or_else(|_| raw.parse::<u64>().map(Value::from));
            whole.unwrap_or_else(|_| Value::from(raw))
        }
        _ => crate::json::to_value(raw).unwrap_or(Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Item, value_of};
    use serde_json::{Value, json};

    fn item(value: Value) -> Item {
        Item { value, ..Item::default() }
    }

    #[test]
    fn the_key_is_of_the_values_alone_and_in_one_order() {
        let parent = json!({"name": "n"}).as_object().cloned().unwrap();
        let one = Draft::default().with("b", item(json!(1))).with("a", item(json!({"z": 1, "y": 2}))).finish();
        let other = Draft::default()
            .with("a", Item { value: json!({"y": 2, "z": 1}), parent, version: Some("v".into()), ..Item::default() })
            .with("b", item(json!(1)))
            .finish();
        assert_eq!(one.key, r#"{"a":{"y":2,"z":1},"b":1}"#);
        assert_eq!(one.key, other.key);
        assert_eq!(other.values["parent"], json!({"name": "n"}));
        assert_eq!((one.version, other.version.as_deref()), (None, Some("v")));
    }

    #[test]
    fn values_keep_every_digit() {
        for (raw, expected) in [
            ("12", json!(12)),
            ("18446744073709551615", json!(18_446_744_073_709_551_615_u64)),
            ("123456789012345678901234567890", json!("123456789012345678901234567890")),
            ("1.10", json!("1.10")),
            ("\"a\\u00e9\"", json!("aé")),
            ("null", Value::Null),
            ("true", json!(true)),
        ] {
            assert_eq!(value_of(raw), expected, "{raw}");
        }
    }
}
