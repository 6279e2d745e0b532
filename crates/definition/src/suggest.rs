//! "Did you mean …?"

/// Longer words than this are no slips of the finger, and comparing them would cost time.
const LONGEST_WORD: usize = 64;

/// The candidate that is near enough to be what was meant.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > LONGEST_WORD {
        return None;
    }
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(score, candidate)| *score >= 0.82 || strsim::damerau_levenshtein(&lower, candidate) <= 1)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

/// A list for a message: `a, b, c`. Long lists are cut.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = words.into_iter().collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}
