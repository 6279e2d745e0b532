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
pub use select::{Selected, Selector};
pub use value::to_value;
