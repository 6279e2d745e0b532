//! What looks like a secret in a definition that is about to leave.

use super::literals::{Literal, literals};
use crate::contract::Finding;
use definition::{Definition, Secret};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What was found, and how much was looked at.
#[derive(Debug)]
pub(super) struct Checked {
    pub findings: Vec<Finding>,
    pub values: usize,
}

/// Known forms of keys. The reason never repeats the value.
const FORMS: &[(&str, &str)] = &[
    (r"\bsk_(live|test)_[0-9A-Za-z]{8,}|\b[rp]k_(live|test)_[0-9A-Za-z]{8,}", "looks like a payment service's key"),
    (r"\bgh[pousr]_[0-9A-Za-z]{20,}|\bgithub_pat_[0-9A-Za-z_]{20,}", "looks like a GitHub token"),
    (r"\bglpat-[0-9A-Za-z_-]{16,}", "looks like a GitLab token"),
    (r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}", "looks like a Slack token"),
    (r"\b(AKIA|ASIA)[0-9A-Z]{16}\b", "looks like an AWS access key"),
    (r"\bAIza[0-9A-Za-z_-]{30,}", "looks like a Google API key"),
    (r"\bya29\.[0-9A-Za-z_-]{20,}", "looks like a Google access token"),
    (r"\bsk-[0-9A-Za-z_-]{20,}", "looks like an API key"),
    (r"\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}", "looks like an e-mail service's key"),
    (r"\beyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}", "looks like a JSON Web Token"),
    (r"-----BEGIN [A-Z ]*PRIVATE KEY", "is a private key"),
    (r"(?i)\b(bearer|basic|token)\s+[0-9A-Za-z._~+/=-]{12,}", "has a credential behind the scheme's name"),
];

static KNOWN: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    FORMS.iter().filter_map(|(pattern, reason)| Regex::new(pattern).ok().map(|form| (form, *reason))).collect()
});

/// Looks through a definition and its text. `secrets` are the values that the keyring holds for it.
pub(super) fn check(definition: &Definition, text: &str, secrets: &BTreeMap<String, Secret>) -> Checked {
    let all = literals(definition);
    let mut findings = Vec::new();
    let mut add = |path: &str, reason: &str| {
        let finding = Finding { path: path.to_owned(), reason: reason.to_owned() };
        if !findings.iter().any(|known: &Finding| known.path == finding.path) {
            findings.push(finding);
        }
    };
    for literal in &all {
        if let Some(name) = secrets.iter().find(|(_, secret)| holds(&literal.text, secret)).map(|(name, _)| name) {
            add(&literal.path, &format!("holds the value of the secret `{name}`"));
        } else if let Some(reason) = reason(literal) {
            add(&literal.path, reason);
        }
    }
    // Comments and whatever else stands in the text but in no value.
    for (number, line) in (1..).zip(text.lines()) {
        let path = format!("line {number}");
        let in_value = || findings.iter().any(|finding: &Finding| !finding.path.starts_with("line "));
        if let Some((name, _)) = secrets.iter().find(|(_, secret)| holds(line, secret)) {
            if !in_value() {
                findings.push(Finding { path, reason: format!("holds the value of the secret `{name}`") });
            }
        } else if let Some((_, reason)) =
            KNOWN.iter().find(|(form, _)| comment(line).is_some_and(|text| form.is_match(text)))
        {
            findings.push(Finding { path, reason: (*reason).to_owned() });
        }
    }
    Checked { findings, values: all.len() }
}

/// Secrets of fewer characters stand in innocent text by chance.
const SHORTEST: usize = 4;

fn holds(text: &str, secret: &Secret) -> bool {
    let value = secret.open();
    value.len() >= SHORTEST && text.contains(value)
}

fn comment(line: &str) -> Option<&str> {
    line.find('#').map(|at| &line[at..])
}

fn reason(literal: &Literal) -> Option<&'static str> {
    let text = without_expressions(&literal.text);
    if let Some((_, reason)) = KNOWN.iter().find(|(form, _)| form.is_match(&text)) {
        return Some(reason);
    }
    if let Some(reason) = in_url(&literal.text) {
        return Some(reason);
    }
    (literal.private && has_chance(&text)).then_some("stands where credentials stand, and looks made by chance")
}

/// Whether a text, or a part of the path of a URL, is made by chance. A URL as a whole is long and mixed by nature.
fn has_chance(text: &str) -> bool {
    match text.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#', '&', '=']).skip(1).any(is_random),
        None => is_random(text),
    }
}

/// A URL with a user name and password, or with a key among its parameters.
fn in_url(text: &str) -> Option<&'static str> {
    let rest = text.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((user, _)) = authority.rsplit_once('@')
        && !without_expressions(user).trim_matches(':').is_empty()
    {
        return Some("is a URL with a user name or password in it");
    }
    let query = rest.split_once('?')?.1;
    let secret = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = name.to_ascii_lowercase();
        let private = ["key", "token", "secret", "password", "signature"].iter().any(|word| name.contains(word));
        private && without_expressions(value).len() >= 6 && !name.contains("page") && !name.contains("next")
    };
    query.split('&').any(secret).then_some("is a URL with a key among its parameters")
}

/// A text without `{{ … }}`: a reference is no secret.
fn without_expressions(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, behind)) = rest.split_once("{{") {
        out.push_str(before);
        rest = behind.split_once("}}").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Whether a text is long and mixed enough to be made by chance.
fn is_random(text: &str) -> bool {
    let word = text.split_whitespace().max_by_key(|word| word.len()).unwrap_or_default();
    if word.len() < 16 || !word.is_ascii() {
        return false;
    }
    let hex = word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let has = |test: fn(&char) -> bool| word.chars().any(|c| test(&c));
    let mixed = has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic());
    mixed && (hex || entropy(word) > 3.3)
}

/// Bits of chance in a character.
fn entropy(text: &str) -> f64 {
    let mut counts = [0u32; 128];
    text.bytes().filter(u8::is_ascii).for_each(|byte| counts[usize::from(byte)] += 1);
    #[expect(clippy::cast_precision_loss, reason = "a text's length")]
    let length = text.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / length)
        .map(|part| -part * part.log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::check;
    use definition::{Definition, Document, Secret};
    use std::collections::BTreeMap;

    fn definition(header: &str, base: &str) -> (Definition, String) {
        let text = format!(
            "tapwright: 1\nname: a\nconfig:\n  - {{name: key, type: secret}}\nhttp:\n  base_url: \"{base}\"\n  headers: {{X-Api-Key: \"{header}\"}}\nstreams:\n  - name: s\n    request: {{path: /s}}\n"
        );
        let parsed = Document::parse_shape(&text).expect("a definition");
        (parsed.definition().clone(), text)
    }

    #[test]
    fn what_looks_like_a_secret_is_found_and_not_repeated() {
        for (header, base, found) in [
            ("{{ config.key }}", "https://a.test", 0),
            ("sk_live_4eC39HqLyjWDarjtT1zdp7dc", "https://a.test", 1),
            ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "https://a.test", 1),
            ("9f86d081884c7d659a2feaa0c55ad015", "https://a.test", 1),
            ("application/json", "https://ann:hunter22@a.test", 1),
            ("application/json", "https://a.test/v1?api_key=hunter2222", 1),
            ("application/json", "https://{{ config.key }}@a.test", 0),
            ("2024-01-31", "https://a.test/v1?page_token=abcdefgh", 0),
            ("https://login.a1.test/oauth2/v2.0/token", "https://a.test", 0),
            ("http://127.0.0.1:9106/oauth2/token", "https://a.test", 0),
            ("https://hooks.a.test/services/9f86d081884c7d659a2feaa0c55ad015", "https://a.test", 1),
        ] {
            let (definition, text) = definition(header, base);
            let checked = check(&definition, &text, &BTreeMap::new());
            assert_eq!(checked.findings.len(), found, "{header} {base}: {:?}", checked.findings);
            assert!(checked.findings.iter().all(|finding| !finding.reason.contains("hunter")));
        }
    }

    #[test]
    fn a_known_secret_is_found_in_values_and_in_comments() {
        let secrets = BTreeMap::from([("key".to_owned(), Secret::new("canary-77"))]);
        let (plain, text) = definition("x", "https://a.test");
        assert!(check(&plain, &text, &secrets).findings.is_empty());
        let commented = format!("{text}# the key is canary-77\n");
        assert_eq!(check(&plain, &commented, &secrets).findings.len(), 1);
        let (held, text) = definition("canary-77", "https://a.test");
        let findings = check(&held, &text, &secrets).findings;
        assert_eq!(findings[0].path, "http.headers.X-Api-Key");
        assert_eq!(findings.len(), 1);
    }
}
