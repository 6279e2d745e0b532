//! Hooks: what a definition wants to happen around a run. Data only.

mod around;
mod plan;

pub use around::{Hooks, RunEnd};
pub(crate) use plan::HookPlan;
