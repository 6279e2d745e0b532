//! OAuth 2.0 (RFC 6749): a token from a token URL, asked for once for all streams, renewed ahead of its end.

mod authorization_code;
mod client_credentials;
mod device_code;
pub(super) mod expiry;
mod loopback;
mod pages;
mod password;
mod refresh_token;
mod renewal;
mod sign_in;
mod spec;
pub(super) mod token;

pub(crate) use sign_in::{Begun, Way};

use super::wire::AuthLine;
use super::{AuthWire, Generation, Making, Refused};
use crate::host::Tokens;
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::OAuth2Auth;
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use jiff::Timestamp;
use spec::Spec;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// OAuth 2.0. Clones share the tokens.
#[derive(Debug, Clone)]
pub(crate) struct OAuth2(Arc<Client>);

/// A renewal that is under way. All who need it wait for the same one, and get the same end.
type Flight = Shared<BoxFuture<'static, Result<(), Box<Problem>>>>;

/// A client of a provider, and the tokens that it has.
#[derive(Debug)]
struct Client {
    spec: Spec,
    held: Mutex<Held>,
    flight: Mutex<Option<Flight>>,
}

#[derive(Debug, Default)]
struct Held {
    tokens: Option<Tokens>,
    generation: Generation,
    /// Whether another program got them: they may be used up by now, which says nothing against the credentials.
    adopted: bool,
}

pub(super) fn compile(auth: &OAuth2Auth, making: &Making<'_>) -> Result<OAuth2, Vec<Fault>> {
    let spec = Spec::compile(auth, making)?;
    Ok(OAuth2(Arc::new(Client { spec, held: Mutex::default(), flight: Mutex::default() })))
}

impl OAuth2 {
    pub(super) async fn prepare(&self, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        self.ready(&via.line, None).await
    }

    pub(super) async fn put_on(&self, wire: &mut WireRequest, via: &AuthWire<'_>) -> Result<Generation, Box<Problem>> {
        self.ready(&via.line, None).await?;
        let (token, generation) = self.0.token()?;
        let spec = &self.0.spec;
        wire.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(&spec.header));
        wire.headers.push((spec.header.clone(), format!("{}{}", spec.prefix, token.open())));
        Ok(generation)
    }

    pub(super) async fn renew(&self, refused: &Refused<'_>, via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        self.ready(&via.line, Some(refused.generation)).await?;
        Ok(true)
    }

    /// Whether the refused token was another program's, or was renewed meanwhile: then nothing was got for this refusal.
    pub(super) fn is_anothers(&self, refused: &Refused<'_>) -> bool {
        let held = lock(&self.0.held);
        held.adopted || held.generation > refused.generation
    }

    /// Whether a person has to sign in before the first run.
    pub(crate) fn needs_person(&self) -> bool {
        self.0.spec.needs_person()
    }

    /// Waits for a renewal that is under way.
    pub(super) async fn settled(&self) {
        let flight = lock(&self.0.flight).clone();
        if let Some(flight) = flight {
            let _ = flight.await;
        }
    }

    pub(super) fn teach(&self, redactor: &Redactor) {
        self.0.spec.teach(redactor);
    }

    /// Waits until there is a token that `refused` was not sent with.
    async fn ready(&self, line: &AuthLine, refused: Option<Generation>) -> Result<(), Box<Problem>> {
        // A renewal that ended before this was asked for is not told from one that goes on: hence twice.
        for _ in 0..2 {
            if self.0.is_ready(refused, line.now()) {
                return Ok(());
            }
            self.flight(line, refused).await?;
        }
        Ok(())
    }

    /// The renewal that goes on, or a new one. It runs by itself: who waits for it may go away.
    fn flight(&self, line: &AuthLine, refused: Option<Generation>) -> Flight {
        let mut slot = lock(&self.0.flight);
        if let Some(flight) = slot.as_ref().filter(|flight| flight.peek().is_none()) {
            return flight.clone();
        }
        let (client, line) = (Arc::clone(&self.0), line.clone());
        let task = tokio::spawn(async move { renewal::renew(&client, &line, refused).await });
        let flight = async move { task.await.unwrap_or_else(|_| Err(Box::new(stopped()))) }.boxed().shared();
        *slot = Some(flight.clone());
        flight
    }
}

impl Client {
    /// Whether a token is at hand that `refused` was not sent with.
    fn is_ready(&self, refused: Option<Generation>, now: Timestamp) -> bool {
        let held = lock(&self.held);
        refused.is_none_or(|refused| held.generation > refused)
            && held.tokens.as_ref().is_some_and(|tokens| renewal::is_fresh(tokens, now))
    }

    /// Whether kept tokens are good, and other than what was refused.
    fn is_news(&self, kept: &Tokens, refused: Option<Generation>, now: Timestamp) -> bool {
        let held = lock(&self.held).tokens.as_ref().and_then(|tokens| tokens.access.clone());
        renewal::is_fresh(kept, now) && (refused.is_none() || kept.access != held)
    }

    fn tokens(&self) -> Option<Tokens> {
        lock(&self.held).tokens.clone()
    }

    /// Takes tokens that were got here.
    fn set(&self, tokens: Tokens) {
        self.hold(tokens, false);
    }

    /// Takes tokens that another program got.
    fn adopt(&self, tokens: Tokens) {
        self.hold(tokens, true);
    }

    fn hold(&self, tokens: Tokens, adopted: bool) {
        let mut held = lock(&self.held);
        held.tokens = Some(tokens);
        held.generation += 1;
        held.adopted = adopted;
    }

    fn token(&self) -> Result<(Secret, Generation), Box<Problem>> {
        let held = lock(&self.held);
        let token = held.tokens.as_ref().and_then(|tokens| tokens.access.clone());
        token.map(|token| (token, held.generation)).ok_or_else(|| Box::new(stopped()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn stopped() -> Problem {
    let message = "The program stopped getting a token unexpectedly.";
    Problem::new("internal", ProblemKind::Internal, Stage::Auth, message).hint("Please report it with the run's log.")
}
