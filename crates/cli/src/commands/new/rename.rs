//! The definition's inputs get the names that the person used for them, so that the next command takes the same ones.

use super::auth::Names;
use definition::model::ConfigType;
use definition::{Definition, Problem, ProblemKind, Stage};
use serde_json::Value;

/// Renames the inputs of the user name and of the key.
///
/// # Errors
/// Where the definition does not survive, which would be a fault of this program.
pub fn inputs(definition: Definition, names: &Names) -> Result<Definition, Problem> {
    let secrets: Vec<&str> = of_kind(&definition, |kind| kind == ConfigType::Secret);
    let others: Vec<&str> = of_kind(&definition, |kind| kind != ConfigType::Secret);
    let mut pairs = Vec::new();
    // With several it would be a guess.
    if let (Some(new), [old]) = (&names.secret, secrets.as_slice()) {
        pairs.push(((*old).to_owned(), new.clone()));
    }
    if let (Some(new), [old]) = (&names.user, others.as_slice()) {
        pairs.push(((*old).to_owned(), new.clone()));
    }
    let taken = |name: &str| definition.config.iter().any(|input| input.name == name);
    pairs.retain(|(old, new)| old != new && is_word(new) && !taken(new));
    if pairs.is_empty() {
        return Ok(definition);
    }
    let fault = |fault: serde_json::Error| {
        Problem::new("rename_failed", ProblemKind::Internal, Stage::Open, "The inputs can't be renamed.")
            .detail(fault.to_string())
    };
    let mut value = serde_json::to_value(&definition).map_err(fault)?;
    for (old, new) in &pairs {
        replace(&mut value, &format!("config.{old}"), &format!("config.{new}"));
    }
    let mut renamed: Definition = serde_json::from_value(value).map_err(fault)?;
    for input in &mut renamed.config {
        if let Some((_, new)) = pairs.iter().find(|(old, _)| *old == input.name) {
            input.name.clone_from(new);
        }
    }
    Ok(renamed)
}

fn of_kind(definition: &Definition, fits: impl Fn(ConfigType) -> bool) -> Vec<&str> {
    definition.config.iter().filter(|input| fits(input.kind)).map(|input| input.name.as_str()).collect()
}

fn is_word(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text.contains(old) => *text = whole_words(text, old, new),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, old, new)),
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, old, new)),
        _ => {}
    }
}

/// Replaces `config.key` and leaves `config.key_2` and `my_config.key` alone.
fn whole_words(text: &str, old: &str, new: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let after = &rest[at + old.len()..];
        let before = rest[..at].chars().next_back().or_else(|| out.chars().next_back());
        let is_whole = !before.is_some_and(is_word) && !after.chars().next().is_some_and(|c| is_word(c) && c != '.');
        out.push_str(&rest[..at]);
        out.push_str(if is_whole { new } else { old });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::whole_words;

    #[test]
    fn only_the_whole_name_is_replaced() {
        for (text, expected) in [
            ("{{ config.key }}", "{{ config.token }}"),
            ("{{ config.key_2 }}{{config.key}}", "{{ config.key_2 }}{{config.token}}"),
            ("my_config.key config.key.x", "my_config.key config.token.x"),
            ("Bearer {{ config.key|trim }}é", "Bearer {{ config.token|trim }}é"),
        ] {
            assert_eq!(whole_words(text, "config.key", "config.token"), expected);
        }
    }
}
