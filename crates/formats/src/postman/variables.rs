//! `{{variables}}`: their values in the collection's own, or inputs.

use crate::collection::Marks;
use crate::draft::{identifier, is_secret, title};
use crate::tree::Tree;
use definition::model::{ConfigInput, ConfigType};

/// How often a value may name other variables.
const DEEPEST: usize = 6;

/// The variables of a collection.
#[derive(Debug, Default)]
pub(super) struct Variables {
    known: Vec<Variable>,
    pub marks: Marks,
}

#[derive(Debug)]
struct Variable {
    name: String,
    value: String,
    secret: bool,
}

impl Variables {
    pub fn read(root: &Tree) -> Self {
        let mut known = Vec::new();
        for one in root.list("variable").iter().filter(|one| !one.is("disabled")) {
            let Some(name) = one.word("key").or_else(|| one.word("id")) else { continue };
            let value = one.word("value").unwrap_or_default();
            let secret = one.word("type").is_some_and(|kind| kind == "secret") || is_secret(&name, &value);
            known.push(Variable { name, value, secret });
        }
        Self { known, marks: Marks::default() }
    }

    /// The value of a variable that is no secret.
    fn plain(&self, name: &str) -> Option<&str> {
        self.known
            .iter()
            .find(|one| one.name == name && !one.secret && !one.value.is_empty())
            .map(|one| one.value.as_str())
    }

    /// The value of a variable, whatever it is.
    fn any(&self, name: &str) -> Option<&str> {
        self.known.iter().find(|one| one.name == name && !one.value.is_empty()).map(|one| one.value.as_str())
    }

    /// A text with its variables filled in: values, or what stands for inputs.
    pub fn fill(&mut self, text: &str) -> String {
        let text = self.resolved(text);
        self.replace(&text, |all, name| {
            let secret = all.known.iter().find(|one| one.name == name && one.secret);
            let is_key = secret.is_some() || is_secret(name, "x");
            let value = secret.map(|one| one.value.clone()).filter(|value| !value.is_empty());
            let kind = if is_key { ConfigType::Secret } else { ConfigType::String };
            all.mark(name, kind, value.as_deref(), "")
        })
    }

    /// A header's value: keys stay what they are, for they are told by the header's name.
    pub fn header(&mut self, name: &str, value: &str) -> String {
        let lower = name.to_ascii_lowercase();
        if lower == "authorization" || lower == "cookie" || is_secret(name, "x") {
            self.secret(value)
        } else {
            self.fill(value)
        }
    }

    /// A value that is a secret: with the collection's own value in it, or as it stands, so that it is asked for.
    pub fn secret(&self, value: &str) -> String {
        let mut text = self.resolved(value);
        for one in &self.known {
            if !one.value.is_empty() {
                text = text.replace(&format!("{{{{{}}}}}", one.name), &one.value);
            }
        }
        text
    }

    /// Whether a text begins with a variable that has no value. Then the address is not known.
    pub fn begins_unknown(&self, text: &str) -> bool {
        let text = self.resolved(text);
        let name =
            text.strip_prefix("{{").and_then(|rest| rest.split_once("}}")).map(|(name, _)| name.trim().to_owned());
        name.is_some_and(|name| self.any(&name).is_none())
    }

    /// What stands for an input of a path's variable.
    pub fn mark(&mut self, name: &str, kind: ConfigType, value: Option<&str>, help: &str) -> String {
        let name = identifier(name, "value");
        let input = ConfigInput {
            title: title(&name),
            name,
            kind,
            description: crate::collection::tidy(help, 200),
            required: true,
            ..ConfigInput::default()
        };
        self.marks.input(input, value)
    }

    /// A text with the values in it that are known and no secrets.
    fn resolved(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..DEEPEST {
            let mut next = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some((before, behind)) = rest.split_once("{{") {
                let Some((name, after)) = behind.split_once("}}") else { break };
                next.push_str(before);
                match self.plain(name.trim()) {
                    Some(value) if next.len() < 100_000 => next.push_str(value),
                    _ => {
                        next.push_str("{{");
                        next.push_str(name.trim());
                        next.push_str("}}");
                    }
                }
                rest = after;
            }
            next.push_str(rest);
            if next == text {
                break;
            }
            text = next;
        }
        text
    }

    fn replace(&mut self, text: &str, mut of: impl FnMut(&mut Self, &str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            let Some((name, after)) =
                behind.split_once("}}").filter(|(name, _)| !name.contains('{') && name.len() <= 80)
            else {
                break;
            };
            out.push_str(before);
            out.push_str(&of(self, name.trim()));
            rest = after;
        }
        out + rest
    }
}
