//! Many paths walked at once: one pass over the text finds what all of them lead to.

use super::scan::{Scanner, items_at, members_at, unescape};
use std::collections::HashMap;
use std::ops::Range;

/// A step of a path that is walked directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walk {
    /// A member.
    Key(String),
    /// An item; negative from the end.
    Index(i64),
    /// Every member's value or item.
    Every,
}

/// What was found: which slot, and where. In the order of the text for each slot.
pub type Found = Vec<(u32, Range<usize>)>;

/// The paths' common tree.
#[derive(Debug, Clone, Default)]
pub struct Trie {
    members: Vec<(Box<str>, Trie)>,
    by_name: HashMap<Box<str>, usize>,
    items: Vec<(i64, Trie)>,
    every: Option<Box<Trie>>,
    slots: Vec<u32>,
    /// Whether paths lead deeper.
    inner: bool,
}

/// Above this many members names are looked up by hash.
const FEW: usize = 16;

impl Trie {
    /// Adds a path whose matches go to `slot`.
    pub fn add(&mut self, steps: &[Walk], slot: u32) {
        let Some((step, rest)) = steps.split_first() else {
            self.slots.push(slot);
            return;
        };
        self.inner = true;
        let child = match step {
            Walk::Key(name) => self.member(name),
            Walk::Index(index) => self.item(*index),
            Walk::Every => self.every.get_or_insert_default(),
        };
        child.add(rest, slot);
    }

    fn member(&mut self, name: &str) -> &mut Trie {
        let place = self.members.iter().position(|(known, _)| &**known == name).unwrap_or_else(|| {
            self.by_name.insert(name.into(), self.members.len());
            self.members.push((name.into(), Trie::default()));
            self.members.len() - 1
        });
        &mut self.members[place].1
    }

    fn item(&mut self, index: i64) -> &mut Trie {
        let place = self.items.iter().position(|(known, _)| *known == index).unwrap_or_else(|| {
            self.items.push((index, Trie::default()));
            self.items.len() - 1
        });
        &mut self.items[place].1
    }

    /// Walks a value from where the scanner stands to its end. `None`: the text is not JSON.
    pub fn walk(&self, text: &str, scanner: &mut Scanner<'_>, found: &mut Found) -> Option<()> {
        let first = scanner.peek()?;
        if !self.inner {
            let place = scanner.skip()?;
            for slot in &self.slots {
                found.push((*slot, place.clone()));
            }
            return Some(());
        }
        let start = scanner.at;
        let mark = found.len();
        found.extend(self.slots.iter().map(|slot| (*slot, start..start)));
        let own = found.len();
        match first {
            b'{' => self.object(text, scanner, found)?,
            b'[' => self.array(text, scanner, found)?,
            _ => {
                scanner.skip()?;
            }
        }
        for entry in &mut found[mark..own] {
            entry.1.end = scanner.at;
        }
        Some(())
    }

    fn object(&self, text: &str, scanner: &mut Scanner<'_>, found: &mut Found) -> Option<()> {
        if self.every.is_some() || self.members.len() > 128 {
            return self.object_slowly(text, scanner, found);
        }
        let (before, mark) = (scanner.clone(), found.len());
        // Members mostly come in the order of the paths: the next one is tried first.
        let (mut seen, mut hint) = (0u128, 0usize);
        scanner.enter(b'{');
        let mut more = !scanner.is_empty(b'}')?;
        while more {
            let place = match self.members.get(hint) {
                Some((known, _)) if scanner.pass_name(known) => Some(hint),
                _ => self.find(scanner.name()?),
            };
            match place {
                // A name that comes twice: the last one counts, so what the first led to is forgotten.
                Some(place) if seen & (1 << place) != 0 => {
                    found.truncate(mark);
                    *scanner = before;
                    return self.object_slowly(text, scanner, found);
                }
                Some(place) => {
                    seen |= 1 << place;
                    hint = place + 1;
                    self.members[place].1.walk(text, scanner, found)?;
                }
                None => {
                    scanner.skip()?;
                }
            }
            more = scanner.another(b'}')?;
        }
        Some(())
    }

    fn object_slowly(&self, text: &str, scanner: &mut Scanner<'_>, found: &mut Found) -> Option<()> {
        for (name, range) in members_at(scanner)? {
            if let Some(place) = self.by_name.get(&*name) {
                self.members[*place].1.walk(text, &mut Scanner::at(text, range.start), found)?;
            }
            if let Some(every) = &self.every {
                every.walk(text, &mut Scanner::at(text, range.start), found)?;
            }
        }
        Some(())
    }

    fn find(&self, name: &str) -> Option<usize> {
        if self.members.len() > FEW || name.contains('\\') {
            return self.by_name.get(&*unescape(name)).copied();
        }
        self.members.iter().position(|(known, _)| &**known == name)
    }

    fn array(&self, text: &str, scanner: &mut Scanner<'_>, found: &mut Found) -> Option<()> {
        if self.items.is_empty()
            && let Some(every) = &self.every
        {
            return every_item(every, text, scanner, found);
        }
        let places = items_at(scanner)?;
        for (index, range) in places.iter().enumerate() {
            let (front, back) = (index as i64, index as i64 - places.len() as i64);
            for (_, child) in self.items.iter().filter(|(wanted, _)| *wanted == front || *wanted == back) {
                child.walk(text, &mut Scanner::at(text, range.start), found)?;
            }
            if let Some(every) = &self.every {
                every.walk(text, &mut Scanner::at(text, range.start), found)?;
            }
        }
        Some(())
    }
}

fn every_item(every: &Trie, text: &str, scanner: &mut Scanner<'_>, found: &mut Found) -> Option<()> {
    scanner.enter(b'[');
    let mut more = !scanner.is_empty(b']')?;
    while more {
        every.walk(text, scanner, found)?;
        more = scanner.another(b']')?;
    }
    Some(())
}
