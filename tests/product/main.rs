//! The whole product, as people meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests say what they expect by failing")]

mod architecture;
mod oauth;
mod rest;
mod window;
