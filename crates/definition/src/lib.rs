//! What a connector is: the model of the definition file, its faults with their paths, and its JSON Schema.
//!
//! **Architecture invariant:** this crate does no I/O and depends on none of ours.

mod check;
mod document;
mod fault;
pub mod model;
mod problem;
mod schema;
mod secret;

pub use check::{check, valid_name};
pub use document::{Document, to_yaml};
pub use fault::Fault;
pub use model::Definition;
pub use problem::{Problem, ProblemKind, Stage};
pub use schema::schema;
pub use secret::Secret;
