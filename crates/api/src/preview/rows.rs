//! Mapped records, kept small: there may be many.

use std::ops::Range;

/// The mark of a null among the ends of cells.
const NULL: u32 = 1 << 31;

/// A mapped record: its cells are one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    text: Box<str>,
    /// Where each cell ends in the text.
    ends: Box<[u32]>,
    /// The places of cells that did not fit.
    pub faulty: Box<[u32]>,
    /// The page that it came with.
    pub page: u32,
    /// Where it stands in that page.
    from: u32,
    to: u32,
}

impl Row {
    pub(super) fn new<'a>(
        cells: impl IntoIterator<Item = Option<&'a str>>,
        faulty: Vec<u32>,
        page: u32,
        place: &Range<usize>,
    ) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for cell in cells {
            text.push_str(cell.unwrap_or_default());
            let end = u32::try_from(text.len()).unwrap_or(NULL - 1) & !NULL;
            ends.push(if cell.is_none() { end | NULL } else { end });
        }
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (from, to) = (small(place.start), small(place.end));
        Self { text: text.into(), ends: ends.into(), faulty: faulty.into(), page, from, to }
    }

    /// A cell. `None`: null, or the record was made before the column was met.
    pub(crate) fn cell(&self, at: usize) -> Option<&str> {
        let end = self.ends.get(at).filter(|end| *end & NULL == 0)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end & !NULL);
        self.text.get(start as usize..*end as usize)
    }

    /// The first so many cells.
    pub(crate) fn cells(&self, width: usize) -> impl Iterator<Item = Option<&str>> {
        (0..width).map(|at| self.cell(at))
    }

    /// Where it stands in its page.
    pub(crate) fn place(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Row;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_come_back_as_they_were(cells: Vec<Option<String>>) {
            let row = Row::new(cells.iter().map(Option::as_deref), vec![1], 2, &(3..9));
            let back: Vec<Option<String>> = row.cells(cells.len()).map(|cell| cell.map(str::to_owned)).collect();
            prop_assert_eq!(back, cells.clone());
            prop_assert_eq!(row.cell(cells.len()), None);
            prop_assert_eq!((row.page, row.place(), row.faulty.len()), (2, 3..9, 1));
        }
    }
}
