//! Exit codes: scripts lean on these numbers.

use definition::{Problem, ProblemKind};
use engine::event::Outcome;

/// All went well.
pub const DONE: u8 = 0;
/// The run failed.
pub const FAILED: u8 = 1;
/// Usage, or a faulty definition.
pub const USAGE: u8 = 2;
/// Credentials.
pub const AUTH: u8 = 3;
/// Network, or the server's rate limit.
pub const NETWORK: u8 = 4;
/// The answer is not what the definition says.
pub const DATA: u8 = 5;
/// Partly done, and the state saved.
pub const PARTIAL: u8 = 6;
/// Interrupted.
pub const INTERRUPTED: u8 = 130;

/// The code of a problem.
pub fn of_problem(problem: &Problem) -> u8 {
    match problem.kind {
        ProblemKind::Config => USAGE,
        ProblemKind::Auth => AUTH,
        ProblemKind::RateLimit | ProblemKind::Network => NETWORK,
        ProblemKind::Data => DATA,
        ProblemKind::Cancelled => INTERRUPTED,
        ProblemKind::Server | ProblemKind::Storage | ProblemKind::Internal => FAILED,
    }
}

/// How one stream ended.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    /// How.
    pub outcome: Outcome,
    /// Why not well.
    pub problem: Option<&'a Problem>,
}

/// The code of a run's streams. `keeps_state`: the destination does, so that the next run goes on.
pub fn of_streams(ends: &[End<'_>], keeps_state: bool) -> u8 {
    let is_fine = |end: &&End<'_>| matches!(end.outcome, Outcome::Done | Outcome::Limited);
    if ends.iter().any(|end| end.outcome == Outcome::Cancelled) {
        return INTERRUPTED;
    }
    let Some(bad) = ends.iter().find(|end| !is_fine(end)) else { return DONE };
    let something = ends.iter().any(|end| is_fine(&end) || end.outcome == Outcome::Partial);
    if something && keeps_state {
        return PARTIAL;
    }
    bad.problem.map_or(FAILED, of_problem)
}

#[cfg(test)]
mod tests {
    use super::{AUTH, DONE, End, FAILED, INTERRUPTED, NETWORK, PARTIAL, of_streams};
    use definition::{Problem, ProblemKind, Stage};
    use engine::event::Outcome;

    #[test]
    fn a_run_has_the_code_of_its_worst_stream() {
        let auth = Problem::new("auth_rejected", ProblemKind::Auth, Stage::Send, "No.");
        let network = Problem::new("unreachable", ProblemKind::Network, Stage::Send, "No.");
        let end = |outcome, problem| End { outcome, problem };
        let (done, failed) = (end(Outcome::Done, None), end(Outcome::Failed, Some(&auth)));
        let partial = end(Outcome::Partial, Some(&network));
        let cancelled = end(Outcome::Cancelled, None);
        for (ends, keeps_state, code) in [
            (vec![], true, DONE),
            (vec![done, end(Outcome::Limited, None)], true, DONE),
            (vec![failed], true, AUTH),
            (vec![failed, done], true, PARTIAL),
            (vec![failed, done], false, AUTH),
            (vec![partial], true, PARTIAL),
            (vec![partial], false, NETWORK),
            (vec![done, cancelled, failed], true, INTERRUPTED),
            (vec![end(Outcome::Failed, None)], true, FAILED),
        ] {
            assert_eq!(of_streams(&ends, keeps_state), code, "{ends:?}");
        }
    }
}
