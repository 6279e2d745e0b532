//! The engine: from a definition and a connection's values to mapped records in a sink.
//!
//! **Architecture invariant:** no database, no window, no keyring. There is one loop: preview, sync and the command
//! line differ in their limits and sinks alone.

pub mod action;
pub mod batch;
pub mod capture;
pub mod clock;
pub mod config;
mod decode;
pub mod detect;
pub mod event;
pub mod expr;
pub mod fixture;
pub mod health;
pub mod hook;
pub mod host;
pub mod http;
mod job;
pub mod json;
pub mod map;
pub mod moment;
pub mod page;
mod paginate;
mod partition;
pub mod plan;
pub mod rows;
pub mod run;
pub mod sign_in;
pub mod sink;
pub mod source;
pub mod state;
pub mod webhook;
