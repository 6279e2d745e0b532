//! The sentences of differences.

use super::{Change, ChangeKind};
use serde_json::Value;

/// The longest value that is told whole, in characters.
const LONGEST: usize = 100;

/// Where in a definition: as a path, and as it is said.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    path: Vec<String>,
    /// The place that holds `last`, in words.
    inside: Vec<String>,
    /// The last member or item.
    last: String,
    /// Whether `last` is an item of a list, and so is said with its kind.
    is_item: bool,
}

impl Place {
    /// A member of this place.
    pub fn member(&self, key: &str) -> Self {
        let mut inside = self.inside.clone();
        if !self.last.is_empty() {
            inside.push(self.last.clone());
        }
        Self { path: self.joined(key), inside, last: key.to_owned(), is_item: false }
    }

    /// An item of this list. It is said by its kind: the list itself is not.
    pub fn item(&self, name: &str) -> Self {
        let last = format!("{} {name}", singular(&self.last));
        Self { path: self.joined(name), inside: self.inside.clone(), last, is_item: true }
    }

    /// The name of this list.
    pub fn list(&self) -> &str {
        &self.last
    }

    /// Whether this is an item of a list.
    pub fn is_item(&self) -> bool {
        self.is_item
    }

    fn joined(&self, part: &str) -> Vec<String> {
        self.path.iter().cloned().chain([part.to_owned()]).collect()
    }

    /// The value where none stands.
    fn default(&self) -> Option<&'static str> {
        let list = self.path.len().checked_sub(3).and_then(|place| self.path.get(place))?;
        (self.last == "type" && matches!(list.as_str(), "fields" | "config" | "params")).then_some("string")
    }

    /// A sentence of a value: `inside: last …`.
    fn say(&self, kind: ChangeKind, rest: &str) -> Change {
        let inside = self.inside.join(" › ");
        let between = match (inside.is_empty(), self.is_item) {
            (true, _) => "",
            (false, true) => " › ",
            (false, false) => ": ",
        };
        Change { path: self.path.join("."), kind, words: format!("{inside}{between}{}{rest}", self.last) }
    }

    pub fn changed(&self, old: &Value, new: &Value) -> Change {
        if let (Some(before), Some(after)) = (kind_of(old), kind_of(new)) {
            let place = self.inside.iter().chain([&self.last]).cloned().collect::<Vec<_>>().join(" › ");
            let (rest, path) = (format!("changed from {before} to {after}"), self.path.join("."));
            let words = if before == after { format!("{place} changed") } else { format!("{place} {rest}") };
            return Change { path, kind: ChangeKind::Changed, words };
        }
        self.say(ChangeKind::Changed, &format!(" changed from {} to {}", shown(old), shown(new)))
    }

    pub fn added(&self, new: &Value) -> Change {
        match self.default() {
            Some(default) => self.say(ChangeKind::Changed, &format!(" changed from {default} to {}", shown(new))),
            None => self.say(ChangeKind::Added, &format!(" set to {}", shown(new))),
        }
    }

    pub fn removed(&self, old: &Value) -> Change {
        match self.default() {
            Some(default) => self.say(ChangeKind::Changed, &format!(" changed from {} to {default}", shown(old))),
            None => self.say(ChangeKind::Removed, &format!(" removed (it was {})", shown(old))),
        }
    }

    pub fn fresh(&self, item: &Value) -> Change {
        let list = self.path.len().checked_sub(2).and_then(|place| self.path.get(place)).map(String::as_str);
        let typed = matches!(list, Some("fields" | "config" | "params"));
        let kind = item.get("type").and_then(Value::as_str).unwrap_or("string");
        let required = if item.get("required") == Some(&Value::Bool(true)) { ", required" } else { "" };
        self.say(ChangeKind::Added, &if typed { format!(" added ({kind}{required})") } else { " added".to_owned() })
    }

    pub fn gone(&self) -> Change {
        self.say(ChangeKind::Removed, " removed")
    }

    pub fn renamed(&self, to: &str) -> Change {
        self.say(ChangeKind::Renamed, &format!(" renamed to {to}"))
    }

    pub fn moved(&self) -> Change {
        let inside = self.inside.join(" › ");
        let (owner, its) = if inside.is_empty() { (String::new(), "the") } else { (format!("{inside}: "), "its") };
        let words = format!("{owner}the order of {its} {} changed", self.last);
        Change { path: self.path.join("."), kind: ChangeKind::Moved, words }
    }
}

/// What one thing of a list is called.
pub(super) fn singular(list: &str) -> String {
    match list {
        "config" => "input".to_owned(),
        "params" => "parameter".to_owned(),
        "responses" => "rule".to_owned(),
        other => other.strip_suffix('s').unwrap_or(other).to_owned(),
    }
}

/// The kind of a mapping that has one.
fn kind_of(value: &Value) -> Option<&str> {
    value.as_object()?.get("type")?.as_str()
}

/// A value as it is told: one line, not too long.
pub(super) fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(shown).collect::<Vec<_>>().join(", ")
        }
        Value::Null => "nothing".to_owned(),
        other => other.to_string(),
    };
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).collect::<String>() + "…"
}
