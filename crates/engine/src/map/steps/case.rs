//! `key_case`: names in another case.

use super::object::{Object, entries, items};
use crate::json::MAX_DEPTH;
use crate::map::transform::distinct;
use definition::model::KeyCase;

/// All names of a record in another case, also in nested objects.
pub(super) fn keys(json: &str, case: KeyCase) -> String {
    keys_at(json, case, 0)
}

fn keys_at(json: &str, case: KeyCase, depth: usize) -> String {
    match json.as_bytes().first() {
        Some(b'{') if depth < MAX_DEPTH => {
            let all = entries(json);
            let wanted: Vec<(String, bool)> = all
                .iter()
                .map(|(name, _)| {
                    let new = recase(name, case);
                    let same = new == *name;
                    (new, same)
                })
                .collect();
            let mut out = Object::new(json.len() + 16);
            let names = distinct(&wanted, |name, number| recase(&format!("{name}_{number}"), case));
            for (name, (_, value)) in names.iter().zip(&all) {
                out.member(name, &keys_at(value, case, depth + 1));
            }
            out.end()
        }
        Some(b'[') if depth < MAX_DEPTH => {
            let all: Vec<String> = items(json).into_iter().map(|item| keys_at(item, case, depth + 1)).collect();
            format!("[{}]", all.join(","))
        }
        _ => json.to_owned(),
    }
}

/// A name in another case. Done until nothing changes: `user_iD` is `userID` first and `userId` then.
pub(super) fn recase(name: &str, case: KeyCase) -> String {
    let mut at = name.to_owned();
    for _ in 0..name.chars().count() + 4 {
        let next = once(&at, case);
        if next == at {
            break;
        }
        at = next;
    }
    at
}

fn once(name: &str, case: KeyCase) -> String {
    if case == KeyCase::Lower {
        return name.to_lowercase();
    }
    let lead: String = name.chars().take_while(|c| *c == '_').collect();
    let words = words(&name[lead.len()..]);
    if words.is_empty() {
        return name.to_owned();
    }
    let joined = match case {
        KeyCase::Kebab => words.join("-"),
        KeyCase::Camel => words
            .iter()
            .enumerate()
            .map(|(place, word)| if place == 0 { word.clone() } else { capital(word) })
            .collect(),
        KeyCase::Snake | KeyCase::Lower => words.join("_"),
    };
    lead + &joined
}

fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The words of a name, in lower case. A word ends at a sign, before a capital behind a small letter or a digit, and
/// before the last capital of several that a small letter follows (`HTTPServer`).
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for (place, c) in letters.iter().enumerate() {
        if is_sign(*c) {
            open = false;
            continue;
        }
        let before = place.checked_sub(1).map(|before| letters[before]);
        let starts = c.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || letters.get(place + 1).is_some_and(|after| after.is_lowercase())
            });
        // `2FA` is one word.
        let lettered = words.last().is_some_and(|word| word.chars().any(char::is_alphabetic));
        if !open || starts && lettered {
            words.push(String::new());
        }
        open = true;
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// What stands between words. Marks of other scripts belong to their letters.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c.is_ascii() && !c.is_ascii_alphanumeric()
}
