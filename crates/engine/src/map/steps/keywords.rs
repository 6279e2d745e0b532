//! `keywords`: the words that texts are about.

use super::object::put;
use crate::json::{Path, Scanner};
use crate::map::transform::member_path;
use crate::map::value::Val;
use definition::Fault;
use definition::model::KeywordsStep;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use unicode_segmentation::UnicodeSegmentation;

/// The compiled search.
#[derive(Debug)]
pub(super) struct Keywords {
    from: Vec<Path>,
    name: String,
    limit: usize,
    shortest: usize,
    left_out: HashSet<String>,
}

impl Keywords {
    pub fn compile(args: &KeywordsStep, path: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut note = |code: &str, at: String, why: String| faults.push(Fault::new(code, at, why));
        let mut from = Vec::new();
        for (place, name) in args.from.iter().enumerate() {
            match member_path(name) {
                Ok(path) => from.push(path),
                Err(why) => note("bad_path", format!("{path}.keywords.from[{place}]"), why),
            }
        }
        let mut left_out: HashSet<String> = args.stop_words.iter().map(|word| word.to_lowercase()).collect();
        let english = vec!["en".to_owned()];
        for (place, language) in args.languages.as_ref().unwrap_or(&english).iter().enumerate() {
            match stop_words::lookup(language) {
                Some(words) => left_out.extend(words.iter().map(|word| word.to_lowercase())),
                None => {
                    let known = stop_words::available_languages().join(", ");
                    let why = format!("There are no filler words for `{language}`. Known languages: {known}.");
                    note("bad_language", format!("{path}.keywords.languages[{place}]"), why);
                }
            }
        }
        let name = args.name.clone().unwrap_or_else(|| "keywords".to_owned());
        let (limit, shortest) = (args.limit.unwrap_or(20) as usize, args.min_length.unwrap_or(3) as usize);
        if faults.is_empty() { Ok(Self { from, name, limit, shortest, left_out }) } else { Err(faults) }
    }

    pub fn apply(&self, record: &str) -> Option<String> {
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        for raw in self.from.iter().flat_map(|path| path.all(record)) {
            texts(raw, &mut |text| {
                for word in text.unicode_words().filter(|word| self.counts(word)) {
                    let word = word.to_lowercase();
                    if !self.left_out.contains(&word) {
                        let place = counts.len();
                        counts.entry(word).or_insert((0, place)).0 += 1;
                    }
                }
            });
        }
        let mut found: Vec<(String, (usize, usize))> = counts.into_iter().collect();
        found.sort_unstable_by_key(|(_, (count, place))| (std::cmp::Reverse(*count), *place));
        let words: Vec<String> = found.into_iter().take(self.limit).map(|(word, _)| word).collect();
        Some(put(record, &[(self.name.as_str(), Value::from(words).to_string())]))
    }

    /// A word has letters, and enough of them. Of a script without spaces each sign is a word.
    fn counts(&self, word: &str) -> bool {
        word.chars().any(char::is_alphabetic) && word.chars().count() >= self.shortest
    }
}

/// Every text in a value, without the names.
fn texts(raw: &str, take: &mut dyn FnMut(&str)) {
    let mut scanner = Scanner::new(raw);
    if !matches!(scanner.peek(), Some(b'[' | b'{')) {
        if let Val::Text(text) = Val::from_raw(raw) {
            take(&text);
        }
        return;
    }
    // Strings that a colon follows are names.
    while let Some(byte) = scanner.peek() {
        if byte != b'"' {
            scanner.at += 1;
            continue;
        }
        let start = scanner.at;
        if scanner.string().is_none() {
            return;
        }
        let end = scanner.at;
        if !scanner.eat(b':')
            && let Some(Val::Text(text)) = raw.get(start..end).map(Val::from_raw)
        {
            take(&text);
        }
    }
}
