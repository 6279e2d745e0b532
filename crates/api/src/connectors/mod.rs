//! Connectors: their versions, names and copies, and newer definitions of them.

mod apply;
mod columns;
mod copies;
mod impact;
mod plans;
mod versions;

pub(crate) use apply::apply;
pub(crate) use copies::{dependents, duplicate, rename};
pub(crate) use plans::plans;
pub(crate) use versions::{Why, diff, follow, note, note_all, restore, versions};
