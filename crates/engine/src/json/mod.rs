//! JSON as text: paths walked and records found without building a tree.
//!
//! What nobody asked for is skipped, not built; what was asked for is a place in the text, so that no digit is lost.

mod check;
mod members;
mod path;
mod problem;
pub(crate) mod scan;
mod select;
#[cfg(test)]
mod tests;
pub(crate) mod trie;
mod value;
mod write;

use check::special as next_special;
pub use members::Members;
pub use path::{Path, Step};
pub(crate) use problem::not_json;
pub use scan::unescape;
pub(crate) use scan::{MAX_DEPTH, Scanner, compact, items_at, members, members_at};
pub use select::{Selected, Selector};
pub(crate) use trie::{Found, Trie, Walk};
pub use value::to_value;
pub use write::push_string;
