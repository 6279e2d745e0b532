//! Records path, key, types, pagination and cursor, told from one answer and the proving second page.

mod report;

pub use report::{Candidate, Choice, Confidence, Detected, Detection, Part, TypeEvidence};
