//! `rest: keep`: members become columns as they are met.

use super::catalog::Entries;
use super::insert::Insert;
use super::schema;
use definition::Problem;
use engine::batch::Batch;
use engine::json::{Members, unescape};
use std::borrow::Cow;

/// The members of a page's records that no field took, each with its column's place.
#[derive(Debug, Default)]
pub(super) struct Rest<'a> {
    values: Vec<(usize, &'a str)>,
    /// Where each record's values end.
    ends: Vec<usize>,
    /// Members that have no column yet, in the order they were met.
    unknown: Vec<Cow<'a, str>>,
}

impl<'a> Rest<'a> {
    /// The members of a page.
    pub(super) fn of_page(batch: &'a Batch, insert: &Insert) -> Self {
        let mut rest = Self { ends: Vec::with_capacity(batch.len()), ..Self::default() };
        // Records of a page mostly have the same members in the same order: what the one before had is tried first.
        let mut usual: Vec<(&str, Option<usize>)> = Vec::new();
        for row in 0..batch.len() {
            for (index, (name, value)) in Members::of(batch.extra(row).unwrap_or_default()).enumerate() {
                let place = match usual.get(index).filter(|(usual, _)| *usual == name) {
                    Some((_, place)) => *place,
                    None => {
                        let place = rest.place(name, batch.is_whole(), insert);
                        usual.truncate(index);
                        usual.push((name, place));
                        place
                    }
                };
                rest.values.extend(place.map(|place| (place, value)));
            }
            rest.ends.push(rest.values.len());
        }
        rest
    }

    /// A record's values with their places.
    pub(super) fn row(&self, row: usize) -> &[(usize, &'a str)] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.ends.get(row).and_then(|end| self.values.get(start..*end)).unwrap_or_default()
    }

    fn place(&mut self, name: &'a str, whole: bool, insert: &Insert) -> Option<usize> {
        let name = unescape(name);
        if whole && insert.is_field(&name) {
            return None;
        }
        let place = insert.extra(&name);
        if place.is_none() && !self.unknown.contains(&name) {
            self.unknown.push(name);
        }
        place
    }

    /// The columns of a table with those added that the page needs. `None`: it has them all.
    pub(super) fn widened(&self, entries: &Entries) -> Result<Option<Entries>, Problem> {
        if self.unknown.is_empty() {
            return Ok(None);
        }
        let mut wider = entries.clone();
        for name in &self.unknown {
            let known = wider.columns.iter().any(|entry| entry.extra && entry.name == *name);
            if !known {
                schema::add(&mut wider, name, "", true)?;
            }
        }
        Ok(Some(wider))
    }
}
