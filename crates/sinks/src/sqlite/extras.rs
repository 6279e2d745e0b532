//! `rest: keep`: members become columns as they are met.

use super::catalog::Entries;
use super::insert::Insert;
use super::schema;
use crate::extra::{Member, members};
use definition::Problem;
use engine::batch::Batch;

/// The members of a page's records that no field took, a record each.
pub(super) fn of_page(batch: &Batch) -> Result<Vec<Vec<Member<'_>>>, Problem> {
    (0..batch.len()).map(|row| batch.extra(row).map_or_else(|| Ok(Vec::new()), members)).collect()
}

/// The columns of a table with those added that a page needs. `None`: it has them all.
pub(super) fn widened(
    entries: &Entries,
    insert: &Insert,
    page: &[Vec<Member<'_>>],
) -> Result<Option<Entries>, Problem> {
    let mut wider: Option<Entries> = None;
    for (name, _) in page.iter().flatten().filter(|(name, _)| insert.lacks(name)) {
        let entries = wider.get_or_insert_with(|| entries.clone());
        let known = entries.columns.iter().any(|entry| entry.extra && entry.name == *name);
        if !known {
            schema::add(entries, name, "", true)?;
        }
    }
    Ok(wider)
}
