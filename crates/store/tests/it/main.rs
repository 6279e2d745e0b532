//! The store against real files and a real keyring.

mod keyring;
mod rows;
