//! The sinks, from outside: what stands in the file after records went in.

mod files;
mod support;
