//! What is different between two definitions: by path, in words, and line by line.

mod lines;
mod words;

pub use lines::{LineKind, TextLine, text_lines};

use crate::{Definition, Patch};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;
use words::Place;

/// One difference between two definitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// Where, with the names of what stands in lists: `streams.tickets.fields.price.type`.
    pub path: String,
    /// What kind of difference it is.
    pub kind: ChangeKind,
    /// In words: `stream tickets › field price: type changed from integer to decimal`.
    pub words: String,
}

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another value.
    Changed,
    /// It is the same, with another name.
    Renamed,
    /// The same things stand in another order.
    Moved,
}

/// The differences between two definitions, in the order of the definition. None where they mean the same, whatever
/// their texts look like.
pub fn difference(old: &Definition, new: &Definition) -> Vec<Change> {
    // Of a thousand streams few differ: the others are not looked at again.
    let (old, new) = Patch::between(old, new).sides(old);
    let value = |definition| serde_json::to_value(definition).unwrap_or(Value::Null);
    let mut changes = Vec::new();
    compare(&Place::default(), &value(&old), &value(&new), &mut changes);
    changes
}

fn compare(place: &Place, old: &Value, new: &Value, changes: &mut Vec<Change>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if same_kind(place, old, new) => members(place, old, new, changes),
        (Value::Array(before), Value::Array(after)) => match (named(before), named(after)) {
            (Some(from), Some(to)) => items(place, &from, &to, changes),
            _ => changes.push(place.changed(old, new)),
        },
        _ => changes.push(place.changed(old, new)),
    }
}

/// Whether two mappings are told member by member. One of another kind (an auth, a pagination) is told whole; a column of
/// another type is still the column.
fn same_kind(place: &Place, old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    place.is_item() || old.get("type") == new.get("type")
}

fn members(place: &Place, old: &Map<String, Value>, new: &Map<String, Value>, changes: &mut Vec<Change>) {
    let added = new.keys().filter(|key| !old.contains_key(*key));
    for key in old.keys().chain(added) {
        let here = place.member(key);
        match (old.get(key), new.get(key)) {
            (Some(before), Some(after)) => compare(&here, before, after, changes),
            // A list that begins or ends is told item by item.
            (None, Some(Value::Array(after))) if named(after).is_some() => {
                compare(&here, &Value::Array(Vec::new()), &Value::Array(after.clone()), changes);
            }
            (Some(Value::Array(before)), None) if named(before).is_some() => {
                compare(&here, &Value::Array(before.clone()), &Value::Array(Vec::new()), changes);
            }
            (None, Some(after)) => changes.push(here.added(after)),
            (Some(before), None) => changes.push(here.removed(before)),
            (None, None) => {}
        }
    }
}

/// The items of a list by their names, where each has one of its own.
fn named(items: &[Value]) -> Option<Vec<(&str, &Value)>> {
    let mut names = HashSet::with_capacity(items.len());
    items
        .iter()
        .map(|item| {
            let name = item.get("name")?.as_str()?;
            names.insert(name).then_some((name, item))
        })
        .collect()
}

fn items(place: &Place, old: &[(&str, &Value)], new: &[(&str, &Value)], changes: &mut Vec<Change>) {
    let by_name =
        |items: &[(&str, &'_ Value)]| items.iter().map(|(name, _)| (*name).to_owned()).collect::<HashSet<_>>();
    let (before, after) = (by_name(old), by_name(new));
    let gone = old.iter().filter(|(name, _)| !after.contains(*name));
    let fresh: Vec<_> = new.iter().filter(|(name, _)| !before.contains(*name)).collect();
    let mut renamed: HashMap<&str, &str> = HashMap::new();
    let mut taken: HashSet<&str> = HashSet::new();
    for (name, item) in gone {
        let twin = fresh.iter().find(|(other, twin)| !taken.contains(other) && is_renamed(place.list(), item, twin));
        if let Some((other, _)) = twin {
            renamed.insert(name, other);
            taken.insert(other);
        }
    }
    let found: HashMap<&str, &Value> = new.iter().copied().collect();
    for (name, before) in old {
        let here = place.item(name);
        if let Some(after) = found.get(name) {
            compare(&here, before, after, changes);
        } else if let Some(to) = renamed.get(name) {
            changes.push(here.renamed(to));
        } else {
            changes.push(here.gone());
        }
    }
    for (name, item) in fresh {
        if !taken.contains(name) {
            changes.push(place.item(name).fresh(item));
        }
    }
    let kept = |items: &[(&str, &Value)], others: &HashSet<String>| -> Vec<String> {
        items.iter().map(|(name, _)| (*name).to_owned()).filter(|name| others.contains(name)).collect()
    };
    if kept(old, &after) != kept(new, &before) {
        changes.push(place.moved());
    }
}

/// Whether an item is another one with a new name. A column without a source of its own is read from the member of its
/// name: with another name it is another column.
fn is_renamed(list: &str, old: &Value, new: &Value) -> bool {
    let rest = |item: &Value| {
        let mut item = item.clone();
        item.as_object_mut().and_then(|item| item.shift_remove("name"));
        item
    };
    let tells = match list {
        "streams" | "actions" => true,
        "fields" => old.get("from").is_some() || old.get("template").is_some(),
        _ => false,
    };
    tells && rest(old) == rest(new)
}

#[cfg(test)]
mod tests {
    use super::{ChangeKind, difference};
    use crate::Document;

    const OLD: &str = "
tapwright: 1
name: acme
config:
  - {name: token, type: secret, required: true}
http: {base_url: 'https://api.acme.test', auth: {type: bearer, token: '{{ config.token }}'}}
streams:
  - name: tickets
    request: {path: /tickets}
    key: [id]
    fields:
      - {name: id, type: integer}
      - {name: price, type: integer}
      - {name: who, from: $.user.name}
  - {name: users, request: {path: /users}}
";

    fn words(new: &str) -> Vec<String> {
        let definition = |text: &str| Document::parse_shape(text).expect("a definition").definition().clone();
        difference(&definition(OLD), &definition(new)).into_iter().map(|change| change.words).collect()
    }

    #[test]
    fn each_difference_is_one_sentence() {
        let cases: [(&str, &str, &[&str]); 12] = [
            ("key: [id]", "key: [ticket_id]", &["stream tickets: key changed from id to ticket_id"]),
            (
                "price, type: integer",
                "price, type: decimal",
                &["stream tickets › field price: type changed from integer to decimal"],
            ),
            ("price, type: integer", "price", &["stream tickets › field price: type changed from integer to string"]),
            (
                "{name: who, from: $.user.name}",
                "{name: user, from: $.user.name}",
                &["stream tickets › field who renamed to user"],
            ),
            (
                "{name: price,",
                "{name: cost,",
                &["stream tickets › field price removed", "stream tickets › field cost added (integer)"],
            ),
            ("name: users", "name: people", &["stream users renamed to people"]),
            ("  - {name: users, request: {path: /users}}\n", "", &["stream users removed"]),
            (
                "users, request: {path: /users}}\n",
                "users, request: {path: /users}}\n  - {name: comments, request: {path: /c}}\n",
                &["stream comments added"],
            ),
            (
                "{type: bearer, token: '{{ config.token }}'}",
                "{type: api_key, name: X-Key, in: header, value: '{{ config.token }}'}",
                &["http › auth changed from bearer to api_key"],
            ),
            (
                "api.acme.test",
                "api2.acme.test",
                &["http: base_url changed from https://api.acme.test to https://api2.acme.test"],
            ),
            ("required: true}", "required: true}\n  - {name: region}", &["input region added (string)"]),
            ("    key: [id]\n", "", &["stream tickets: key removed (it was id)"]),
        ];
        for (from, to, expected) in cases {
            assert!(OLD.contains(from), "{from}");
            assert_eq!(words(&OLD.replacen(from, to, 1)), expected, "{from} → {to}");
        }
    }

    #[test]
    fn a_text_that_means_the_same_has_no_difference() {
        assert!(words(&format!("# a comment\n{OLD}")).is_empty());
    }

    #[test]
    fn another_order_is_one_difference() {
        let new = OLD.replace(
            "      - {name: id, type: integer}\n      - {name: price, type: integer}\n",
            "      - {name: price, type: integer}\n      - {name: id, type: integer}\n",
        );
        assert_eq!(words(&new), ["stream tickets: the order of its fields changed"]);
        let definition = |text: &str| Document::parse_shape(text).expect("a definition").definition().clone();
        let changes = difference(&definition(OLD), &definition(&new));
        assert_eq!((changes[0].kind, changes[0].path.as_str()), (ChangeKind::Moved, "streams.tickets.fields"));
    }
}
