//! User name and password by challenge (RFC 7616).

mod challenge;
mod response;

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use challenge::{Challenge, strongest};
use definition::model::DigestAuth;
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
pub(super) use response::hex;
use response::{Proof, Proved, authorization};
use std::sync::{Mutex, MutexGuard, PoisonError};
use url::Position;

/// User name and password by challenge. The server's nonce serves for all requests until the server wants another.
#[derive(Debug)]
pub(crate) struct Digest {
    username: String,
    password: Secret,
    state: Mutex<State>,
}

/// The challenge that is answered now.
#[derive(Debug, Default)]
struct State {
    challenge: Option<Challenge>,
    /// How often its nonce was used.
    count: u32,
    /// The client's nonce of a `-sess` algorithm: it belongs to the challenge, not to a request.
    client_nonce: String,
    generation: Generation,
}

pub(super) fn compile(auth: &DigestAuth, making: &Making<'_>) -> Result<Digest, Vec<Fault>> {
    let username = making.render(&auth.username, "username")?;
    let password = Secret::new(making.render_optional(&auth.password, "password")?);
    if username.chars().any(|c| c.is_control() || c == ':') {
        let message = "A user name can't have a colon or a line break in it.";
        return Err(vec![Fault::new("illegal_value", making.at("username"), message)]);
    }
    Ok(Digest { username, password, state: Mutex::default() })
}

impl Digest {
    /// Answers the challenge. Before the first one there is nothing to answer: the server is asked without.
    #[expect(clippy::unused_async, reason = "as the other kinds")]
    pub(super) async fn put_on(&self, wire: &mut WireRequest, _via: &AuthWire<'_>) -> Result<Generation, Box<Problem>> {
        let mut state = self.state();
        state.count = state.count.saturating_add(1);
        let Some(challenge) = &state.challenge else { return Ok(state.generation) };
        let fresh = if challenge.session { None } else { Some(nonce()?) };
        let proof = Proof {
            username: &self.username,
            password: self.password.open(),
            count: state.count,
            client_nonce: fresh.as_deref().unwrap_or(&state.client_nonce),
        };
        let request = Proved {
            method: wire.method.as_str(),
            uri: &wire.url[Position::BeforePath..Position::AfterQuery],
            body: wire.body.as_deref().unwrap_or_default(),
        };
        let value = authorization(challenge, &proof, &request);
        wire.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        wire.headers.push(("Authorization".to_owned(), value));
        Ok(state.generation)
    }

    /// Takes the challenge of a 401. False where the same nonce was refused: then the password is wrong.
    #[expect(clippy::unused_async, reason = "as the other kinds")]
    pub(super) async fn renew(&self, refused: &Refused<'_>, _via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        let challenge = strongest(refused.headers).map_err(|why| Box::new(unanswerable(refused.status, &why)))?;
        let mut state = self.state();
        if refused.generation < state.generation {
            return Ok(true);
        }
        let same = state.challenge.as_ref().is_some_and(|have| have.nonce == challenge.nonce);
        if same && !challenge.stale {
            return Ok(false);
        }
        state.client_nonce = nonce()?;
        state.challenge = Some(challenge);
        state.count = 0;
        state.generation += 1;
        Ok(true)
    }

    pub(super) fn teach(&self, redactor: &Redactor) {
        redactor.learn(self.password.open());
    }

    /// Whether a refusal says nothing against the password: there was no challenge to answer yet, or its nonce is used
    /// up. Asking again is then no second guess.
    pub(super) fn is_harmless(refused: &Refused<'_>) -> bool {
        refused.generation == 0 || strongest(refused.headers).is_ok_and(|challenge| challenge.stale)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn nonce() -> Result<String, Box<Problem>> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| {
        let message = "The system gave no random numbers, which digest auth needs.";
        Box::new(Problem::new("no_randomness", ProblemKind::Internal, Stage::Auth, message))
    })?;
    Ok(hex(&bytes))
}

fn unanswerable(status: u16, why: &str) -> Problem {
    let message =
        format!("The server refused the request (status {status}), and its challenge can't be answered: {why}.");
    Problem::new("auth_rejected", ProblemKind::Auth, Stage::Auth, message)
        .hint("Look at its WWW-Authenticate header; it may want another kind of auth.")
}
