//! What a connector is: the model of the definition file, its faults with their paths, and its JSON Schema.
//!
//! **Architecture invariant:** this crate does no I/O and depends on none of ours.

mod check;
pub mod describe;
pub mod difference;
mod document;
mod emit;
pub mod expression;
mod fault;
pub mod forms;
mod helpers;
pub mod model;
mod path;
mod problem;
mod schema;
mod secret;
mod shape;
pub mod suggest;
mod versions;

pub use check::{check, valid_connector_name, valid_field_name, valid_input_name, valid_name};
pub use check::{database_url, table_name, table_parts};
pub use document::{Document, Patch, Places, Reread, TextPatch, check_at};
pub use emit::to_yaml;
pub use fault::Fault;
pub use model::Definition;
pub use path::member_path;
pub use problem::{Problem, ProblemKind, Stage};
pub use schema::{SCHEMA_ID, schema};
pub use secret::Secret;
