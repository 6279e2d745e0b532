//! Jobs: an export that is created, waited for and downloaded. To the loop it is a stream of pages: the creation is a
//! page without records, so that its answer is committed as state before anything is waited for; each file is a page;
//! the clean-up is the last.

mod plan;
mod steps;
mod wait;

pub(crate) use plan::JobPlan;
pub(crate) use steps::JobRuns;
