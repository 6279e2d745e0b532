//! A person signs in: the browser or a code, the code for tokens, the tokens to the host.

use super::authorization_code::Attempt;
use super::device_code::{self, Device};
use super::loopback::{Loopback, Returned};
use super::token::Granted;
use super::{Client, OAuth2, pages, renewal, stopped};
use crate::http::auth::wire::AuthLine;
use definition::model::OAuth2Grant;
use definition::{Problem, ProblemKind, Stage};
use std::sync::Arc;
use std::time::Duration;

/// How long a sign-in with the browser is waited for.
const BROWSER_PATIENCE: Duration = Duration::from_secs(600);

/// A sign-in that has begun.
#[derive(Debug)]
pub(crate) struct Begun {
    client: Arc<Client>,
    line: AuthLine,
    /// What the person is to do.
    pub way: Way,
}

/// What the person is to do.
#[derive(Debug)]
pub(crate) enum Way {
    /// To open a page.
    Browser { url: String, expires_in: Duration, attempt: Box<Attempt>, loopback: Loopback },
    /// To type a code.
    Device(Box<Device>),
}

impl OAuth2 {
    /// Begins to sign in, where a person has to. `device`: by a code, where there is a place for that.
    pub(crate) async fn begin(&self, line: AuthLine, device: bool) -> Result<Begun, Box<Problem>> {
        let client = Arc::clone(&self.0);
        let spec = &client.spec;
        if !spec.needs_person() {
            return Err(Box::new(by_itself()));
        }
        let way = match (&spec.device_url, &spec.authorize_url) {
            (Some(url), _) if device || spec.grant == OAuth2Grant::DeviceCode => {
                Way::Device(Box::new(device_code::begin(spec, &line, url).await?))
            }
            (_, Some(page)) if !device => {
                let loopback = Loopback::open(spec.redirect.as_ref(), line.host().language()).await?;
                let attempt = Box::new(Attempt::new(loopback.redirect_uri.clone())?);
                let url = attempt.url(spec, page).into();
                Way::Browser { url, expires_in: BROWSER_PATIENCE, attempt, loopback }
            }
            _ => return Err(Box::new(no_device())),
        };
        Ok(Begun { client, line, way })
    }
}

impl Begun {
    /// Waits for the person, gets the tokens and stores them. Gives who signed in, where the answer says so.
    pub(crate) async fn finish(self) -> Result<Option<String>, Box<Problem>> {
        let Self { client, line, way } = self;
        match way {
            Way::Device(device) => {
                let granted = device.grant(&client.spec, &line).await?;
                store(&client, &line, granted).await
            }
            Way::Browser { expires_in, attempt, loopback, .. } => {
                let heard = tokio::time::timeout(expires_in, loopback.wait(&attempt.state)).await;
                let (returned, browser) = heard.map_err(|_| Box::new(expired(expires_in)))?;
                // From here on it is not cut off: the code is good for one use.
                let task = tokio::spawn(async move {
                    let done = match returned {
                        Returned::Refused { error, told } => Err(Box::new(refused(&error, &told))),
                        Returned::Code(code) => match attempt.grant(&client.spec, &line, &code).await {
                            Ok(granted) => store(&client, &line, granted).await,
                            Err(problem) => Err(problem),
                        },
                    };
                    match &done {
                        Ok(_) => browser.show(200, pages::done).await,
                        Err(problem) => browser.show(400, |tongue| pages::failed(tongue, &problem.message)).await,
                    }
                    done
                });
                task.await.unwrap_or_else(|_| Err(Box::new(stopped())))
            }
        }
    }
}

/// Stores the tokens. Here it must not fail: without them nobody is signed in.
async fn store(client: &Client, line: &AuthLine, granted: Granted) -> Result<Option<String>, Box<Problem>> {
    let host = Arc::clone(line.host());
    let _turn = host.lock_tokens().await.map_err(Box::new)?;
    let tokens = renewal::tokens(&client.spec, granted, None, None, line.now());
    host.save_tokens(tokens.clone()).await.map_err(Box::new)?;
    let account = tokens.account.clone();
    client.set(tokens);
    Ok(account)
}

fn by_itself() -> Problem {
    let message = "Nobody has to sign in here: the connector gets its tokens by itself.";
    Problem::new("no_sign_in", ProblemKind::Config, Stage::Auth, message)
        .hint("`tapwright check` tells whether the credentials are taken.")
        .field("http.auth.grant")
}

fn no_device() -> Problem {
    let message = "The definition does not say where a code for another device is asked for.";
    Problem::new("no_device_url", ProblemKind::Config, Stage::Auth, message)
        .hint("Sign in with the browser, or add http.auth.device_url.")
        .field("http.auth.device_url")
}

fn expired(patience: Duration) -> Problem {
    let message = format!("Nobody signed in within {} minutes.", patience.as_secs() / 60);
    Problem::new("sign_in_expired", ProblemKind::Auth, Stage::Auth, message).hint("Sign in again.")
}

fn refused(error: &str, told: &str) -> Problem {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).take(300).collect::<String>();
    let (error, told) = (clean(error), clean(told));
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.trim_end_matches('.')) };
    let message = format!("The provider did not sign you in: {error}{told}.");
    let hint = match error.as_str() {
        "access_denied" => "Sign in again, and allow the access.",
        "invalid_scope" => {
            "The provider does not know a scope, or does not give it to this client: see http.auth.scopes."
        }
        _ => "Sign in again; if it comes back, look at the app's registration with the provider.",
    };
    Problem::new("sign_in_refused", ProblemKind::Auth, Stage::Auth, message).hint(hint)
}
