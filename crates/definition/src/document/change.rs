//! What differs between two definitions, small where little does: one run of streams, and all that is beside them.

use crate::Definition;
use crate::model::Stream;
use std::ops::Range;

/// A change of a definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    /// Everything but the streams, as it is afterwards.
    pub rest: Definition,
    /// The streams that go.
    pub gone: Range<usize>,
    /// What comes in their place.
    pub streams: Vec<Stream>,
}

impl Patch {
    /// What leads from one definition to another.
    pub fn between(old: &Definition, new: &Definition) -> Self {
        let same = |(old, new): &(&Stream, &Stream)| old == new;
        let start = old.streams.iter().zip(&new.streams).take_while(same).count();
        let (before, after) = (&old.streams[start..], &new.streams[start..]);
        let end = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
        Self {
            rest: new.without_streams(),
            gone: start..old.streams.len() - end,
            streams: after[..after.len() - end].to_vec(),
        }
    }

    /// Changes a definition. Gives what takes it back.
    ///
    /// One for a definition with fewer streams changes what it can.
    pub fn apply(self, definition: &mut Definition) -> Self {
        let mut all = std::mem::take(&mut definition.streams);
        let start = self.gone.start.min(all.len());
        let end = self.gone.end.clamp(start, all.len());
        let back = start..start + self.streams.len();
        let streams = all.splice(start..end, self.streams).collect();
        let rest = std::mem::replace(definition, self.rest);
        definition.streams = all;
        Self { rest, gone: back, streams }
    }

    /// Puts this behind another one that was made after it: both lead back, and one does what both do. `None` where they
    /// change other streams.
    #[must_use]
    pub fn behind(&self, later: &Self) -> Option<Self> {
        let between = later.gone.start..later.gone.start + later.streams.len();
        (self.gone == between).then(|| Self { gone: later.gone.clone(), ..self.clone() })
    }

    /// The two definitions that this leads from and to, each with the streams alone that are not the same. `definition`
    /// is the one that it was not applied to yet.
    pub fn sides(&self, definition: &Definition) -> (Definition, Definition) {
        let run = definition.streams.get(self.gone.clone()).unwrap_or_default().to_vec();
        let side = |rest: &Definition, streams: Vec<Stream>| Definition { streams, ..rest.without_streams() };
        (side(definition, run), side(&self.rest, self.streams.clone()))
    }
}

/// A change of a text: what stands at one place instead of what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPatch {
    from: usize,
    cut: usize,
    with: String,
}

impl TextPatch {
    /// What leads from one text to another.
    pub fn between(old: &str, new: &str) -> Self {
        let (start, end) = same(old, new);
        Self { from: start, cut: old.len() - end - start, with: new[start..new.len() - end].to_owned() }
    }

    /// A patch of its parts: what stands there goes.
    pub fn new(place: Range<usize>, with: String) -> Self {
        Self { from: place.start, cut: place.len(), with }
    }

    /// Where it changes the old text, in bytes, and what comes there.
    pub fn parts(&self) -> (Range<usize>, &str) {
        (self.from..self.from + self.cut, &self.with)
    }

    /// Changes a text. Gives what takes it back. One for another text changes nothing.
    pub fn apply(self, text: &mut String) -> Self {
        let to = self.from + self.cut;
        let Some(gone) = text.get(self.from..to).map(str::to_owned) else {
            return Self { from: 0, cut: 0, with: String::new() };
        };
        text.replace_range(self.from..to, &self.with);
        Self { from: self.from, cut: self.with.len(), with: gone }
    }
}

/// How many bytes two texts share at their beginning and at their end, never cutting a character.
pub(super) fn same(old: &str, new: &str) -> (usize, usize) {
    let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let rest = old.len().min(new.len()) - start;
    let mut end = old.bytes().rev().zip(new.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::{Patch, TextPatch};
    use crate::Definition;
    use crate::model::Stream;
    use proptest::prelude::{prop, proptest};

    fn made(title: &str, names: &[u8]) -> Definition {
        let stream = |name: &u8| Stream { name: name.to_string(), ..Stream::default() };
        Definition { title: title.to_owned(), streams: names.iter().map(stream).collect(), ..Definition::default() }
    }

    proptest! {
        #[test]
        fn a_change_leads_there_and_back(
            old in prop::collection::vec(0_u8..4, 0..12),
            new in prop::collection::vec(0_u8..4, 0..12),
        ) {
            let (old, new) = (made("old", &old), made("new", &new));
            let mut at = old.clone();
            let back = Patch::between(&old, &new).apply(&mut at);
            assert_eq!(at, new);
            let there = back.apply(&mut at);
            assert_eq!(at, old);
            there.apply(&mut at);
            assert_eq!(at, new);
        }
    }

    proptest! {
        #[test]
        fn a_change_of_text_leads_there_and_back(old in "[aäé\n]{0,12}", new in "[aäé\n]{0,12}") {
            let mut text = old.clone();
            let back = TextPatch::between(&old, &new).apply(&mut text);
            assert_eq!(text, new);
            back.apply(&mut text);
            assert_eq!(text, old);
        }
    }

    #[test]
    fn one_stream_of_many_is_one_stream() {
        let (old, new) = (made("a", &[1, 2, 3, 4, 5]), made("a", &[1, 2, 9, 4, 5]));
        let patch = Patch::between(&old, &new);
        assert_eq!((patch.gone.clone(), patch.streams.len()), (2..3, 1));
        let (before, after) = patch.sides(&old);
        assert_eq!((before.streams.len(), after.streams.len()), (1, 1));
        assert_eq!((before.streams[0].name.as_str(), after.streams[0].name.as_str()), ("3", "9"));
    }
}
