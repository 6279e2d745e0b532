//! JSON as text: paths walked and records found without building a tree.

mod path;
mod select;

pub use path::{Path, Step};
pub use select::{Selected, Selector};
