//! Signing in at a provider: begin, look, give up. And codes that a login asks for.

mod codes;
mod host;

pub(crate) use codes::Codes;
pub(crate) use host::{KeptHost, TOKENS};

use crate::app::{App, lock, new_id};
use crate::contract::{GiveCode, Id, Nothing, SignInBegun, SignInState, StartSignIn};
use definition::{Document, Problem, ProblemKind, Stage};
use engine::config::{ConfigValues, HostSlot};
use engine::sign_in::{SignIn, SignInPrompt};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

/// The sign-ins of this session, by their ids.
#[derive(Default)]
pub(crate) struct SignIns(Mutex<HashMap<String, Arc<Attempt>>>);

/// One sign-in.
struct Attempt {
    owner: String,
    state: Mutex<SignInState>,
    cancel: CancellationToken,
}

/// Begins to sign in. One of the same connection that still waits is given up.
pub(crate) async fn start(app: &App, request: StartSignIn) -> Result<SignInBegun, Problem> {
    let (owner, mut config, definition) = subject(app, &request.id).await?;
    app.wake_sample(&definition).await?;
    let host = KeptHost::new(app.vault().clone(), &owner, String::new()).lenient().speaking(request.language);
    let host = Arc::new(host);
    config.host = HostSlot(Some(Arc::clone(&host) as Arc<dyn engine::host::Host>));
    let plan = crate::headless::plan(&definition, &config)?;
    for older in lock(&app.sign_ins().0).values().filter(|attempt| attempt.owner == owner) {
        older.cancel.cancel();
    }
    let sign_in = SignIn::begin(Arc::new(plan), request.device).await?;
    let id = new_id();
    let begun = begun(&id, sign_in.prompt());
    let attempt = Arc::new(Attempt { owner, state: Mutex::new(SignInState::Waiting), cancel: app.token() });
    lock(&app.sign_ins().0).insert(id, Arc::clone(&attempt));
    app.spawn(async move {
        let end = attempt.cancel.run_until_cancelled(sign_in.finish()).await;
        *lock(&attempt.state) = match end {
            Some(Ok(signed)) => SignInState::Done { account: signed.account, not_kept: host.not_kept() },
            Some(Err(problem)) => SignInState::Failed { problem },
            None => SignInState::Failed { problem: given_up() },
        };
    });
    Ok(begun)
}

/// How it stands.
pub(crate) async fn state(app: &App, request: Id) -> Result<SignInState, Problem> {
    let attempt = lock(&app.sign_ins().0).get(&request.id).cloned().ok_or_else(unknown)?;
    let state = lock(&attempt.state).clone();
    Ok(state)
}

/// Gives it up. One that is over already is no problem.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    if let Some(attempt) = lock(&app.sign_ins().0).get(&request.id) {
        attempt.cancel.cancel();
    }
    Ok(Nothing {})
}

/// Gives a code that a login asked for.
pub(crate) async fn give_code(app: &App, request: GiveCode) -> Result<Nothing, Problem> {
    app.vault().codes().give(&request.id, request.code);
    Ok(Nothing {})
}

/// Whose tokens they are to be: a connection's or a workbench's.
async fn subject(app: &App, id: &str) -> Result<(String, ConfigValues, definition::Definition), Problem> {
    if let Some(connection) = app.store().connection(id).await? {
        let connector = app.store().connector(&connection.connector).await?.ok_or_else(unknown)?;
        let definition = Document::parse(&connector.text).map_err(Problem::faulty)?.definition().clone();
        let config = app.vault().config(&connection.id, &definition, &connection.values).await?;
        return Ok((connection.id, config, definition));
    }
    let bench = app.bench(id).await?;
    bench.trusted()?;
    let (definition, values, faults) =
        bench.with(|state| (state.definition.clone(), state.values.clone(), state.faults.clone()));
    if !faults.is_empty() {
        return Err(Problem::faulty(faults));
    }
    let config = app.vault().config(&bench.owner(), &definition, &values).await?;
    Ok((bench.owner(), config, definition))
}

fn begun(id: &str, prompt: SignInPrompt) -> SignInBegun {
    let empty = SignInBegun {
        id: id.to_owned(),
        url: None,
        user_code: None,
        verification_uri: None,
        verification_uri_complete: None,
        expires_in: 0,
    };
    match prompt {
        SignInPrompt::Browser { url, expires_in } => SignInBegun { url: Some(url), expires_in, ..empty },
        SignInPrompt::Device { user_code, verification_uri, verification_uri_complete, expires_in } => SignInBegun {
            user_code: Some(user_code),
            verification_uri: Some(verification_uri),
            verification_uri_complete,
            expires_in,
            ..empty
        },
    }
}

fn unknown() -> Problem {
    Problem::new("unknown_sign_in", ProblemKind::Config, Stage::Auth, "There is no such sign-in.")
        .hint("Begin to sign in again.")
}

fn given_up() -> Problem {
    Problem::new("cancelled", ProblemKind::Cancelled, Stage::Auth, "The sign-in was given up.").hint("Sign in again.")
}
