//! An object's members one by one, as they stand in its text.

use super::scan::Scanner;

/// The members of an object: each name as it is written between its quotes, and its value's text. Names that come twice
/// are given twice; what is no JSON ends early.
#[derive(Debug)]
pub struct Members<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    more: bool,
    behind: usize,
}

impl<'a> Members<'a> {
    /// The members of an object's text; none where it is something else.
    pub fn of(text: &'a str) -> Self {
        let mut scanner = Scanner::new(text);
        let more = scanner.enter(b'{') && scanner.is_empty(b'}') == Some(false);
        Self { text, scanner, more, behind: 0 }
    }
}

impl Members<'_> {
    /// The place in the text behind the value that was given last.
    pub(crate) fn place(&self) -> usize {
        self.behind
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if !self.more {
            return None;
        }
        let name = self.scanner.name()?;
        let place = self.scanner.skip()?;
        self.behind = place.end;
        self.more = self.scanner.another(b'}') == Some(true);
        Some((name, self.text.get(place)?))
    }
}
