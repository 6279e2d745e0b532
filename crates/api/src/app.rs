//! The app.

use definition::{Problem, ProblemKind, Stage};

/// The app.
#[derive(Debug, Clone)]
pub struct App {}

pub(crate) fn unbuilt() -> Problem {
    Problem::new("unbuilt", ProblemKind::Internal, Stage::Open, "unbuilt")
}
