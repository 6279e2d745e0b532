//! The definition file from outside: text in, faults or a definition out, text back.

#![allow(clippy::unwrap_used, reason = "a test that can't go on says where")]

mod adversarial;
mod describe;
mod examples;
mod expressions_drift;
mod forms;
mod generated;
mod invalid_meaning;
mod invalid_shape;
mod rewritten;
mod round_trip;
mod schema_drift;
mod stable_text;
mod webhooks;
