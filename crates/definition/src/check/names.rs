//! Names: what they may hold, and that no two are the same.

use super::Checker;

/// Longest name of a connector, in characters.
const CONNECTOR: usize = 64;
/// Longest name of a stream, an input or a field, in characters: what every database takes.
const LONGEST: usize = 63;

/// Whether a stream's name is well formed: a letter or `_`, then letters, digits, `_` and `-`; up to 63.
pub fn valid_name(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a connector's name is well formed: lower-case letters, digits, `-` and `_`; up to 64, not starting with
/// a sign.
pub fn valid_connector_name(name: &str) -> bool {
    name.len() <= CONNECTOR
        && name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
}

/// Whether an input's or a parameter's name is well formed, so that an expression can name it.
pub fn valid_input_name(name: &str) -> bool {
    valid_name(name) && !name.contains('-')
}

/// Whether a column's name is well formed: any text of 1 to 63 characters without control characters.
pub fn valid_field_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control)
}

/// The name with what is not allowed replaced by `joint`.
fn slug(name: &str, joint: char) -> Option<String> {
    let mut out = String::new();
    for c in name.trim().chars() {
        if c.is_ascii_alphanumeric() || c == '_' || (c == '-' && joint == '-') {
            out.push(c);
        } else if !out.ends_with(joint) {
            out.push(joint);
        }
    }
    out.truncate(LONGEST);
    let out = out.trim_matches(['-', '_']).to_owned();
    if out.starts_with(|c: char| c.is_ascii_digit()) && joint == '_' { Some(format!("_{out}")) } else { Some(out) }
        .filter(|out| !out.is_empty())
}

impl Checker<'_> {
    pub(super) fn connector_name(&mut self, name: &str) {
        if !valid_connector_name(name) {
            let near = slug(&name.to_lowercase(), '-');
            let message = format!(
                "`{}` is no name for a connector: lower-case letters, digits, `-` and `_`, starting with a letter or \
                 a digit, up to {CONNECTOR} characters.",
                short(name)
            );
            self.fault_near("bad_name", message, near);
        }
    }

    pub(super) fn stream_name(&mut self, name: &str) {
        if !valid_name(name) {
            let message = format!(
                "`{}` is no name for a stream: letters, digits, `_` and `-`, starting with a letter or `_`, up to \
                 {LONGEST} characters.",
                short(name)
            );
            self.fault_near("bad_name", message, slug(name, '_'));
        } else if name.to_ascii_lowercase().starts_with("sqlite_") {
            self.fault("bad_name", "Names that start with `sqlite_` belong to the database itself.");
        }
    }

    pub(super) fn input_name(&mut self, name: &str) {
        if !valid_input_name(name) {
            let message = format!(
                "`{}` is no name that an expression can use: letters, digits and `_`, starting with a letter or `_`, \
                 up to {LONGEST} characters.",
                short(name)
            );
            self.fault_near("bad_name", message, slug(name, '_'));
        }
    }

    pub(super) fn field_name(&mut self, name: &str) {
        if !valid_field_name(name) {
            let message = format!(
                "`{}` is no name for a column: 1 to {LONGEST} characters, no control characters.",
                short(&name.escape_debug().to_string())
            );
            self.fault("bad_name", message);
        }
    }

    /// Each item's name once, in a list under `key`. Upper and lower case do not tell names apart.
    pub(super) fn unique<T>(&mut self, key: &str, items: &[T], what: &str, name: impl Fn(&T) -> &str) {
        let mut seen = std::collections::HashMap::new();
        let mut place = 0;
        self.each(key, items, |checker, item| {
            let name = name(item);
            let first = *seen.entry(name.to_lowercase()).or_insert(place);
            if first != place {
                let message = format!(
                    "Two {what}s are called `{}`: this one and {key}[{first}]. Upper and lower case do not tell them apart.",
                    short(name)
                );
                checker.at("name", |checker| checker.fault("duplicate_name", message));
            }
            place += 1;
        });
    }
}

/// A name, cut for a message.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= 70 { text.to_owned() } else { text.chars().take(69).chain(['…']).collect() }
}
