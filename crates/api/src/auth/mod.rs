//! Signing in at a provider: begin, look, give up.

use crate::app::App;
use crate::contract::{Id, Nothing, SignInBegun, SignInState, StartSignIn};
use definition::{Problem, ProblemKind, Stage};

/// Begins to sign in.
pub(crate) async fn start(app: &App, request: StartSignIn) -> Result<SignInBegun, Problem> {
    let _ = (app, request.device);
    Err(Problem::new("not_yet", ProblemKind::Config, Stage::Auth, "Signing in is not built yet."))
}

/// How it stands.
pub(crate) async fn state(_app: &App, request: Id) -> Result<SignInState, Problem> {
    Err(unknown(&request.id))
}

/// Gives it up. One that is over already is no problem.
pub(crate) async fn cancel(_app: &App, _request: Id) -> Result<Nothing, Problem> {
    Ok(Nothing {})
}

fn unknown(_id: &str) -> Problem {
    Problem::new("unknown_sign_in", ProblemKind::Config, Stage::Auth, "There is no such sign-in.")
        .hint("Begin to sign in again.")
}
