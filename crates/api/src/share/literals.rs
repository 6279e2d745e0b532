//! Every text of a definition, with its path.

use definition::Definition;
use serde_json::Value;

/// Names of the places where credentials stand.
const PRIVATE: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "apikey",
    "api_key",
    "api-key",
    "authorization",
    "auth",
    "key",
    "cookie",
    "credential",
    "signature",
    "private",
];

/// A text of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    /// Its path: `http.headers.X-Api-Key`.
    pub path: String,
    /// The text.
    pub text: String,
    /// Whether its place is one where credentials stand.
    pub private: bool,
}

/// All texts, in the order of the file.
pub(super) fn literals(definition: &Definition) -> Vec<Literal> {
    let mut found = Vec::new();
    let value = serde_json::to_value(definition).unwrap_or_default();
    walk(&value, String::new(), false, &mut found);
    found
}

fn walk(value: &Value, path: String, private: bool, found: &mut Vec<Literal>) {
    match value {
        Value::String(text) => found.push(Literal { path, text: text.clone(), private }),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                walk(item, format!("{path}[{place}]"), private, found);
            }
        }
        Value::Object(members) => {
            for (name, item) in members {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(item, inner, is_private(&path, name), found);
            }
        }
        _ => {}
    }
}

/// Whether a member's value may be a credential: by its own name, in a request's headers, query and body, and in auth.
fn is_private(path: &str, name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let place = path.contains("headers") || path.contains("query") || path.contains("body") || path.contains("auth");
    let free = ["type", "in", "name", "from", "prefix", "title", "description", "path"].contains(&lower.as_str());
    place && !free && PRIVATE.iter().any(|word| lower.contains(word)) || path.ends_with("http.auth") && !free
}
