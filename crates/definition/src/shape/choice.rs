//! Fields that may be one of several things: a word, a kind (`type: …`), a word with its settings, or plain values.

use super::Walker;
use super::words::{expected, found, type_names};
use crate::suggest::{closest, listed};
use serde_json::{Map, Value};
use std::rc::Rc;

/// One thing that a field may be.
pub(super) enum Choice {
    /// A bare word: `trim`.
    Word(&'static str),
    /// A mapping with `type: WORD`.
    Kind(&'static str, &'static Value),
    /// A mapping with one key, the word: `{replace: …}`.
    Keyed(&'static str, &'static Value),
}

impl Choice {
    fn word(&self) -> &'static str {
        match self {
            Self::Word(word) | Self::Kind(word, _) | Self::Keyed(word, _) => word,
        }
    }
}

impl Walker {
    /// `anyOf`: a field that may be left empty, or a plain value of several types.
    pub(super) fn any_of(&mut self, any: &'static [Value], value: &Value) {
        let is_null = |schema: &Value| schema.get("type").and_then(Value::as_str) == Some("null");
        if value.is_null() && any.iter().any(is_null) {
            return;
        }
        let rest: Vec<&'static Value> = any.iter().filter(|schema| !is_null(schema)).collect();
        if let [one] = rest.as_slice() {
            return self.walk(one, value);
        }
        let types: Vec<&'static str> =
            rest.iter().filter_map(|schema| self.resolve(schema).as_object()).flat_map(type_names).collect();
        let fits = types.iter().any(|name| match value {
            Value::String(_) => *name == "string",
            Value::Number(_) => *name == "integer" || *name == "number",
            Value::Bool(_) => *name == "boolean",
            Value::Array(_) => *name == "array",
            Value::Object(_) => *name == "object",
            Value::Null => *name == "null",
        });
        if !fits {
            let mut names = types;
            names.retain(|name| *name != "integer");
            self.wrong_type(&expected(&names), value);
        }
    }

    /// `oneOf`: words and kinds.
    pub(super) fn choose(&mut self, choices: &'static [Value], value: &Value) {
        let choices = self.read(choices);
        match value {
            Value::Object(map) if choices.iter().any(|choice| matches!(choice, Choice::Kind(..))) => {
                self.kind(&choices, map, value);
            }
            Value::Object(map) if choices.iter().any(|choice| matches!(choice, Choice::Keyed(..))) => {
                self.keyed(&choices, map, value);
            }
            Value::String(word) => self.word(&choices, word),
            other => {
                let message = format!("This must be {}, not {}.", wanted(&choices), found(other));
                self.fault("wrong_type", message);
            }
        }
    }

    /// The choices of a field, read once.
    fn read(&mut self, choices: &'static [Value]) -> Rc<[Choice]> {
        let all = self.choices.entry(choices.as_ptr()).or_insert_with(|| choices.iter().flat_map(read).collect());
        Rc::clone(all)
    }

    fn kind(&mut self, choices: &[Choice], map: &Map<String, Value>, value: &Value) {
        let all = listed(choices.iter().map(Choice::word));
        let Some(given) = map.get("type") else {
            return self.at_key("type", |walker| {
                walker.fault("missing_key", format!("`type` is missing. Allowed: {all}."));
            });
        };
        let found_kind = choices.iter().find(|choice| given.as_str() == Some(choice.word()));
        if let Some(Choice::Kind(_, schema)) = found_kind {
            return self.walk(schema, value);
        }
        let near = given.as_str().and_then(|word| closest(word, choices.iter().map(Choice::word)));
        let given = given.as_str().map_or_else(|| found(given), |word| format!("`{word}`"));
        self.at_key("type", |walker| {
            walker.fault_near("unknown_kind", format!("There is no kind {given} here. Allowed: {all}."), near);
        });
    }

    fn keyed(&mut self, choices: &[Choice], map: &Map<String, Value>, value: &Value) {
        if map.len() != 1 {
            let message = format!("This must have exactly one key, not {}: {}.", map.len(), wanted(choices));
            return self.fault("wrong_type", message);
        }
        for key in map.keys() {
            match choices.iter().find(|choice| choice.word() == key) {
                Some(Choice::Keyed(_, schema)) => self.walk(schema, value),
                Some(choice) => {
                    let message = format!("`{key}` has no settings. Write just the word `{key}`.");
                    self.fault_near("wrong_type", message, Some(choice.word()));
                }
                None => {
                    let near = closest(key, choices.iter().map(Choice::word));
                    let message = format!("There is no `{key}` here. This must be {}.", wanted(choices));
                    self.at_key(key, |walker| walker.fault_near("unknown_key", message, near));
                }
            }
        }
    }

    fn word(&mut self, choices: &[Choice], word: &str) {
        match choices.iter().find(|choice| choice.word() == word) {
            Some(Choice::Word(_)) => {}
            Some(Choice::Keyed(..)) => {
                let message = format!("`{word}` needs its setting: {{{word}: …}}.");
                self.fault("missing_setting", message);
            }
            Some(Choice::Kind(..)) => {
                let message = format!("A kind is written as a mapping: {{type: {word}}}.");
                self.fault_near("wrong_type", message, Some(&format!("{{type: {word}}}")));
            }
            None => {
                let near = closest(word, choices.iter().map(Choice::word));
                let shown: String = word.chars().take(40).collect();
                let message = format!("There is no `{shown}` here. This must be {}.", wanted(choices));
                self.fault_near("unknown_word", message, near);
            }
        }
    }
}

/// The choices of one branch. A branch without docs may hold several words at once.
fn read(branch: &'static Value) -> Vec<Choice> {
    if let Some(word) = branch.get("const").and_then(Value::as_str) {
        return vec![Choice::Word(word)];
    }
    if let Some(words) = branch.get("enum").and_then(Value::as_array) {
        return words.iter().filter_map(Value::as_str).map(Choice::Word).collect();
    }
    if let Some(kind) = branch.pointer("/properties/type/const").and_then(Value::as_str) {
        return vec![Choice::Kind(kind, branch)];
    }
    let key = branch.pointer("/required/0").and_then(Value::as_str);
    key.map(|key| Choice::Keyed(key, branch)).into_iter().collect()
}

/// What the field may be, for a message.
fn wanted(choices: &[Choice]) -> String {
    let shown: Vec<String> = choices
        .iter()
        .map(|choice| match choice {
            Choice::Word(word) => (*word).to_owned(),
            Choice::Kind(word, _) => format!("{{type: {word}}}"),
            Choice::Keyed(word, _) => format!("{{{word}: …}}"),
        })
        .collect();
    let words = shown.join(", ");
    if choices.len() == 1 { words } else { format!("one of: {words}") }
}
