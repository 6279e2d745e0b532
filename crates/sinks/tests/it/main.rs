//! The sinks, from outside: what stands in the file after records went in.

mod files;
mod sqlite;
mod sqlite_change;
mod support;
