//! Connectors: their versions, names and copies, and newer definitions of them.

mod apply;
mod columns;
mod copies;
mod impact;
mod plans;
mod versions;
mod writes;

pub(crate) use apply::{apply, move_cursors};
pub(crate) use copies::{dependents, duplicate, rename, renamed};
pub(crate) use plans::plans;
pub(crate) use versions::{Why, diff, follow, note, note_all, restore, versions};
