//! A login request whose answer carries the token, with a second factor where the answer asks for one.

mod login;

use super::credentials::Credentials;
use super::{AuthWire, Generation, Making, Refused, api_key};
use crate::event::LogLevel;
use crate::expr::{Compiled, Expressions, Scope};
use crate::host::Tokens;
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::{ApiKeyPlace, SessionAuth, SessionSend, Template};
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
use jiff::{SignedDuration, Timestamp};
use login::{Login, Token};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::Mutex;

/// A token from a login.
#[derive(Debug)]
pub(crate) struct Session {
    login: Login,
    place: ApiKeyPlace,
    name: String,
    value: Compiled,
    prefix: String,
    held: Mutex<Held>,
}

/// The token that is sent now.
#[derive(Debug, Default)]
struct Held {
    credentials: Option<Credentials>,
    /// When to log in anew. `None`: when it is refused.
    until: Option<Timestamp>,
    /// Whether the program around was asked for a token of an earlier run.
    asked_host: bool,
    generation: Generation,
}

pub(super) fn compile(auth: &SessionAuth, making: &Making<'_>) -> Result<Session, Vec<Fault>> {
    let login = Login::compile(auth, making)?;
    let SessionSend { place, name, value, prefix } = &auth.send;
    let template = value.clone().unwrap_or_else(|| Template::from("{{ token }}"));
    let value = making
        .expressions
        .compile(&template)
        .map_err(|why| vec![Fault::new("bad_template", making.at("send.value"), why)])?;
    if *place == ApiKeyPlace::Header {
        making.header_name(name, "send.name")?;
    }
    Ok(Session { login, place: *place, name: name.clone(), value, prefix: prefix.clone(), held: Mutex::default() })
}

impl Session {
    /// Has a token at hand. One request logs in; the others wait for it.
    pub(super) async fn prepare(&self, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        let mut held = self.held.lock().await;
        let now = via.line.now();
        if held.credentials.is_some() && held.until.is_none_or(|until| now < until) {
            return Ok(());
        }
        if !std::mem::replace(&mut held.asked_host, true)
            && let Some(kept) = self.kept(via, now).await?
        {
            return self.hold(&mut held, &kept, via);
        }
        self.log_in(&mut held, via).await
    }

    pub(super) async fn put_on(&self, wire: &mut WireRequest, via: &AuthWire<'_>) -> Result<Generation, Box<Problem>> {
        self.prepare(via).await?;
        let held = self.held.lock().await;
        if let Some(credentials) = &held.credentials {
            credentials.put_on(wire)?;
        }
        Ok(held.generation)
    }

    /// Shows where the token goes.
    pub(super) fn rehearse(&self, wire: &mut WireRequest) -> Result<(), Box<Problem>> {
        let token = || vec![(self.name.clone(), Secret::new(format!("{}{}", self.prefix, crate::http::redact::MASK)))];
        let mut credentials = Credentials::default();
        match self.place {
            ApiKeyPlace::Header => credentials.headers = token(),
            ApiKeyPlace::Query => credentials.query = token(),
            ApiKeyPlace::Cookie => credentials.cookies = token(),
            ApiKeyPlace::Body => credentials.body = token(),
        }
        credentials.put_on(wire)
    }

    /// Logs in anew, unless another request has done so meanwhile.
    pub(super) async fn renew(&self, refused: &Refused<'_>, via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        let mut held = self.held.lock().await;
        if refused.generation >= held.generation {
            held.credentials = None;
            self.log_in(&mut held, via).await?;
        }
        Ok(true)
    }

    async fn log_in(&self, held: &mut Held, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        let token = self.login.ask(via).await?;
        self.hold(held, &token, via)?;
        if self.login.has_second_factor() {
            // Nobody is asked for a code twice where the first one still holds.
            let tokens = Tokens {
                mark: self.login.mark().to_owned(),
                access: Some(token.text.clone()),
                expires_at: token.lifetime.map(|lifetime| after(via.line.now(), lifetime)),
                obtained_at: Some(via.line.now()),
                ..Tokens::default()
            };
            // Without a place for it the token serves this run, and the next one asks again.
            if let Err(problem) = via.line.host().save_tokens(tokens).await {
                via.line.log(LogLevel::Warn, &format!("The token of the login is not kept: {}", problem.message));
            }
        }
        Ok(())
    }

    /// The token of an earlier run, where there is one that still holds.
    async fn kept(&self, via: &AuthWire<'_>, now: Timestamp) -> Result<Option<Token>, Box<Problem>> {
        if !self.login.has_second_factor() {
            return Ok(None);
        }
        let Ok(Some(tokens)) = via.line.host().load_tokens().await else { return Ok(None) };
        let Some(text) = tokens.access.filter(|_| tokens.mark == self.login.mark()) else { return Ok(None) };
        let rest = tokens.expires_at.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default());
        if rest.is_some_and(|rest| rest < Duration::from_secs(5)) {
            return Ok(None);
        }
        via.line.learn(text.open());
        Ok(Some(Token { text, lifetime: rest }))
    }

    fn hold(&self, held: &mut Held, token: &Token, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        let value = self.shown_as(&token.text, via.expressions).map_err(|why| {
            let message = format!("The token of the login can't be sent: {why}.");
            Box::new(Problem::new("bad_token", ProblemKind::Config, Stage::Auth, message).field("http.auth.send"))
        })?;
        via.line.learn(&value);
        let mut credentials = Credentials::default();
        api_key::put(&mut credentials, self.place, &self.name, value);
        held.credentials = Some(credentials);
        held.until = token.lifetime.map(|lifetime| super::jwt::renewal(via.line.now(), lifetime));
        held.generation += 1;
        Ok(())
    }

    fn shown_as(&self, token: &Secret, expressions: &Expressions) -> Result<String, String> {
        let value = Value::from(token.open());
        let scope = Scope { token: Some(&value), ..Scope::default() };
        let text = format!("{}{}", self.prefix, self.value.text(expressions, &scope)?.text.trim());
        let plain = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if plain || matches!(self.place, ApiKeyPlace::Query | ApiKeyPlace::Body) {
            Ok(text)
        } else {
            Err("it holds a character that no header may have".to_owned())
        }
    }

    pub(super) fn teach(&self, redactor: &Redactor) {
        if self.place != ApiKeyPlace::Body {
            redactor.learn_place(&self.name);
        }
    }

    pub(super) fn query_names(&self) -> Vec<&str> {
        if self.place == ApiKeyPlace::Query { vec![&self.name] } else { Vec::new() }
    }
}

/// The moment so long after.
fn after(now: Timestamp, lifetime: Duration) -> Timestamp {
    let span = SignedDuration::try_from(lifetime).unwrap_or(SignedDuration::MAX);
    now.saturating_add(span).unwrap_or(Timestamp::MAX)
}
