//! The sinks, from outside: what stands in the file after records went in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests say what they expect by failing")]

mod deletions;
mod events;
mod faults;
mod files;
mod parquet;
mod postgres;
mod sqlite;
mod sqlite_change;
mod support;
