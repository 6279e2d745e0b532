//! The engine against real servers on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod actions;
mod ahead;
mod bodies;
mod decoding;
mod detect_anything;
mod detect_servers;
mod guide;
mod health;
mod hooks;
mod hosts;
mod incremental;
mod jobs;
mod limits;
mod more;
mod oauth;
mod paging;
mod partitions;
mod resume;
mod running;
mod sending;
mod server;
mod signing;
mod support;
mod vendors;
