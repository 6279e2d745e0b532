//! JSON as text: paths walked and records found without building a tree.
//!
//! What nobody asked for is skipped, not built; what was asked for is a place in the text, so that no digit is lost.

mod path;
mod problem;
pub(crate) mod scan;
mod select;
#[cfg(test)]
mod tests;
pub(crate) mod trie;
mod value;

pub use path::{Path, Step};
pub use scan::unescape;
pub(crate) use scan::{MAX_DEPTH, Scanner, compact, items_at, members};
pub use select::{Selected, Selector};
pub(crate) use trie::{Found, Trie};
pub use value::to_value;
