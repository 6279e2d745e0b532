//! What any client may ask: one list of commands with typed requests, results and errors.

mod about;
pub mod actions;
mod app;
mod auth;
pub mod batches;
mod commands;
mod connections;
mod connectors;
pub mod contract;
pub mod data;
mod examples;
pub mod fixtures;
pub mod headless;
pub mod health;
mod home;
pub mod listen;
mod open;
mod preview;
pub mod push;
pub mod schedules;
mod settings;
mod share;
mod sync;
mod typescript;
mod workbench;
pub mod workspace;

pub use app::{App, AppEvents, AppOptions, default_folder};
pub use commands::{COMMANDS, call, call_text};
pub use open::openable;
pub use share::{save_share, share_of};
pub use typescript::typescript;
