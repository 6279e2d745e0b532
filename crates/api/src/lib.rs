//! What any client may ask: one list of commands with typed requests, results and errors.

mod commands;
pub mod contract;
