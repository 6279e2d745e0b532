//! The api as a client uses it.

mod types;
