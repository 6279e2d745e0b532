//! The api as a client uses it: the sample API is the server, each data folder is a person's.
#![expect(clippy::expect_used, reason = "tests")]

mod actions;
mod bad_input;
mod data;
mod described;
mod edits;
mod errors;
mod first_request;
mod health;
mod journey;
mod nested;
mod offers;
mod opening;
mod previews;
mod rig;
mod runs;
mod sample;
mod sign_in;
mod sql;
mod types;
