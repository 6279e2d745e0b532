//! The store against real files and a real keyring.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests say what they expect by failing")]

mod batches;
mod keyring;
mod rows;
mod webhooks;
