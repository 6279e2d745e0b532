//! What people paste, and what becomes of it.

mod curl_lines;
mod never_leaks;
mod pasted;
