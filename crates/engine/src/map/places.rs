//! Where the values of a record are, found in one pass over its text.

use crate::json::{Found, Members, Scanner, Trie, Walk, unescape};
use std::collections::HashSet;
use std::ops::Range;

/// What one pass over a record looks for: paths, a slot each.
#[derive(Debug, Default)]
pub(super) struct Finder {
    trie: Trie,
    slots: u32,
}

impl Finder {
    /// How many slots there are.
    pub fn len(&self) -> u32 {
        self.slots
    }

    /// The next slot, for a path; without one nothing is found for it.
    pub fn slot(&mut self, walk: Option<&[Walk]>) -> u32 {
        if let Some(walk) = walk {
            self.trie.add(walk, self.slots);
        }
        self.slots += 1;
        self.slots - 1
    }

    /// The first of the next slots, one for each path of names.
    pub fn slots_of(&mut self, paths: &[Vec<String>]) -> u32 {
        let first = self.slots;
        for names in paths {
            let walk: Vec<Walk> = names.iter().cloned().map(Walk::Key).collect();
            self.slot(Some(&walk));
        }
        first
    }
}

/// What one pass over a record found. Kept from record to record: its memory is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    found: Found,
    /// The first place of every slot; an empty one where there is none.
    first: Vec<Range<usize>>,
}

impl Places {
    /// Looks through a record.
    pub fn find(&mut self, finder: &Finder, record: &str) {
        self.found.clear();
        self.first.clear();
        self.first.resize(finder.slots as usize, 0..0);
        if finder.slots == 0 {
            return;
        }
        // What is no JSON has nothing in it: `select` has read the page already.
        let _ = finder.trie.walk(record, &mut Scanner::new(record), &mut self.found);
        for (slot, place) in &self.found {
            if let Some(first) = self.first.get_mut(*slot as usize).filter(|first| first.end == 0) {
                first.clone_from(place);
            }
        }
    }

    /// Looks for the members of these names alone, a slot each, and no further than the last of them.
    pub fn find_members<'n>(&mut self, names: impl ExactSizeIterator<Item = &'n str> + Clone, record: &str) {
        self.found.clear();
        self.first.clear();
        self.first.resize(names.len(), 0..0);
        let mut left = names.len();
        let mut members = Members::of(record);
        while left > 0 {
            let Some((name, value)) = members.next() else { return };
            let name = unescape(name);
            let slot = names.clone().position(|wanted| wanted == name);
            if let Some(place) = slot.and_then(|slot| self.first.get_mut(slot)).filter(|place| place.end == 0) {
                let end = members.place();
                *place = end - value.len()..end;
                left -= 1;
            }
        }
    }

    /// Whether a slot has a value.
    pub fn has(&self, slot: u32) -> bool {
        self.first.get(slot as usize).is_some_and(|place| place.end > 0)
    }

    /// The first text of a slot.
    pub fn text<'r>(&self, slot: u32, record: &'r str) -> Option<&'r str> {
        record.get(self.first.get(slot as usize).filter(|place| place.end > 0)?.clone())
    }

    /// All places of a slot, in the order of the text.
    pub fn all(&self, slot: u32) -> impl Iterator<Item = &Range<usize>> {
        self.found.iter().filter(move |(of, _)| *of == slot).map(|(_, place)| place)
    }
}

/// A set of names: a few are compared, many are looked up.
#[derive(Debug, Default)]
pub(super) struct Names {
    few: Vec<String>,
    many: HashSet<String>,
}

impl Names {
    pub fn new(names: impl Iterator<Item = String>) -> Self {
        let few: Vec<String> = names.collect();
        if few.len() <= 8 {
            Self { few, many: HashSet::new() }
        } else {
            Self { many: few.into_iter().collect(), few: Vec::new() }
        }
    }

    pub fn has(&self, name: &str) -> bool {
        if self.many.is_empty() { self.few.iter().any(|known| known == name) } else { self.many.contains(name) }
    }

    pub fn is_empty(&self) -> bool {
        self.few.is_empty() && self.many.is_empty()
    }
}
