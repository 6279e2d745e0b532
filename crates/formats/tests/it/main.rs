#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails here")]
//! What people paste, and what becomes of it.

mod collections;
mod curl_lines;
mod never_leaks;
mod pasted;
mod requests;
