//! Regular expressions: in time that grows with the text alone, and of limited size.

use super::{both, text_of, within};
use crate::expr::values::bad;
use minijinja::{Environment, Error, Value};
use regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Compiled patterns that are kept.
const KEPT: usize = 64;
/// The longest pattern, in bytes.
const LONGEST: usize = 1_000;
/// Memory of one compiled pattern, in bytes.
const SIZE: usize = 1024 * 1024;
/// Matches that `regex_findall` gives at most.
const MOST: usize = 10_000;

/// Patterns by their text.
#[derive(Clone, Default)]
struct Patterns(Arc<Mutex<HashMap<String, Regex>>>);

impl Patterns {
    fn get(&self, pattern: &str) -> Result<Regex, Error> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(pattern) {
            return Ok(known.clone());
        }
        if pattern.len() > LONGEST {
            return Err(bad(format!("the pattern is longer than {LONGEST} bytes")));
        }
        let compiled = RegexBuilder::new(pattern).size_limit(SIZE).dfa_size_limit(SIZE).build().map_err(|error| {
            let text = error.to_string();
            let why = text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            bad(format!("the pattern can't be read: {why}"))
        })?;
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), compiled.clone());
        Ok(compiled)
    }
}

pub(super) fn register(environment: &mut Environment<'static>) {
    let patterns = Patterns::default();
    let known = patterns.clone();
    both(environment, "regex_search", move |value: &Value, pattern: &str| {
        let text = text_of(value)?;
        let found = known.get(pattern)?.captures(&text).and_then(|found| found.get(1).or_else(|| found.get(0)));
        Ok::<_, Error>(found.map(|found| found.as_str().to_owned()).unwrap_or_default())
    });
    let known = patterns.clone();
    both(environment, "regex_match", move |value: &Value, pattern: &str| {
        let text = text_of(value)?;
        Ok::<_, Error>(known.get(pattern)?.find(&text).is_some_and(|found| found.start() == 0))
    });
    let known = patterns.clone();
    both(environment, "regex_findall", move |value: &Value, pattern: &str| {
        let text = text_of(value)?;
        let pattern = known.get(pattern)?;
        let all = pattern.captures_iter(&text).take(MOST);
        let texts = all.filter_map(|found| found.get(1).or_else(|| found.get(0)).map(|part| part.as_str().to_owned()));
        Ok::<_, Error>(Value::from(texts.collect::<Vec<_>>()))
    });
    both(environment, "regex_replace", move |value: &Value, pattern: &str, replacement: &str| {
        let text = text_of(value)?;
        let pattern = patterns.get(pattern)?;
        let matches = pattern.find_iter(&text).count();
        // Each match may write the whole text into the replacement.
        let worst = matches.saturating_mul(replacement.len() + text.len().min(10_000)).saturating_add(text.len());
        if matches > MOST && worst > crate::expr::sandbox::OUTPUT_LIMIT {
            return Err(bad(crate::expr::sandbox::too_long()));
        }
        within(pattern.replace_all(&text, python(replacement)).into_owned())
    });
}

/// A replacement as Python writes it (`\1`, `\g<name>`) as the library knows it.
fn python(replacement: &str) -> String {
    let mut out = String::with_capacity(replacement.len());
    let mut rest = replacement;
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        rest = behind;
        match first {
            '$' => out.push_str("$$"),
            '\\' => {
                let digits = behind.bytes().take_while(u8::is_ascii_digit).take(2).count();
                if digits > 0 {
                    out.push_str(&format!("${{{}}}", &behind[..digits]));
                    rest = &behind[digits..];
                } else if let Some((name, after)) = behind.strip_prefix("g<").and_then(|name| name.split_once('>')) {
                    out.push_str(&format!("${{{name}}}"));
                    rest = after;
                } else {
                    let next = behind.chars().next();
                    out.push(match next {
                        Some('n') => '\n',
                        Some('t') => '\t',
                        Some(other) => other,
                        None => '\\',
                    });
                    rest = next.map_or("", |next| &behind[next.len_utf8()..]);
                }
            }
            other => out.push(other),
        }
    }
    out
}
