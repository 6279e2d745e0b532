//! Schedules: connections that are synced by themselves, while the window is open or `tapwright serve` runs.
//!
//! A run is due at a moment that stands in the store. Whoever moves that moment on has the run: two programs never start
//! the same one. Runs that were missed are made up by one.

mod overdue;
mod rule;
mod run;
mod view;

pub(crate) use overdue::{Overdue, overdue};
pub use run::{Ends, Which, now, tick, work};
pub(crate) use view::{get, list, next_run, pause, remove, set, try_rule, words_of};
