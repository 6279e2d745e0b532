//! Two pages compared: by the key, or by the whole record where there is none.

use super::node::Node;
use super::place::Place;
use std::collections::HashSet;

/// What a second page is to the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing of it was on the first.
    New {
        /// How many records it has.
        count: usize,
        /// Whether records were compared by a key.
        by_key: bool,
    },
    /// It has no records.
    Empty,
    /// It has the same records.
    Same,
    /// Its records are a part of the first's.
    Within,
    /// Some of it was on the first.
    Some {
        /// How many were.
        repeated: usize,
        /// Of how many.
        of: usize,
        /// Whether its first record is the last of the first page.
        last_again: bool,
    },
}

/// What a page is to records that were expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kin {
    /// It begins with them, in their order.
    Same,
    /// Some of them are on it, or their order is another.
    Mixed,
    /// None of them is on it.
    Other,
}

/// Compares a second page with the first.
pub(super) fn compare(first: &[&Node], second: &[&Node], key: Option<&Place>) -> Verdict {
    if second.is_empty() {
        return Verdict::Empty;
    }
    let (first, second) = (names(first, key), names(second, key));
    let known: HashSet<&String> = first.iter().collect();
    let repeated = second.iter().filter(|name| known.contains(name)).count();
    let last_again = first.last() == second.first();
    match repeated {
        0 => Verdict::New { count: second.len(), by_key: key.is_some() },
        all if all == second.len() && second.len() >= first.len() => Verdict::Same,
        all if all == second.len() && all > 1 => Verdict::Within,
        some => Verdict::Some { repeated: some, of: second.len(), last_again },
    }
}

/// Compares a page with what was expected on it. Records may have been added behind.
pub(super) fn kin(expected: &[&Node], page: &[&Node], key: Option<&Place>) -> Kin {
    let (expected, page) = (names(expected, key), names(page, key));
    if !expected.is_empty() && page.starts_with(&expected) {
        return Kin::Same;
    }
    let known: HashSet<&String> = expected.iter().collect();
    if page.iter().any(|name| known.contains(name)) { Kin::Mixed } else { Kin::Other }
}

fn names(records: &[&Node], key: Option<&Place>) -> Vec<String> {
    let name = |record: &&Node| {
        let value = key.and_then(|key| key.select(record).first().copied());
        value.map_or_else(|| format!("r{}", record.shown(100_000)), |value| format!("k{}", value.shown(1_000)))
    };
    records.iter().map(name).collect()
}
