//! Signing in at a provider, for connectors whose tokens only a person can get.

use crate::http::SendWatch;
use crate::http::oauth2::{Begun, Way};
use crate::plan::Plan;
use definition::{Problem, ProblemKind, Stage};
use std::sync::Arc;

/// A sign-in that waits for the person.
#[derive(Debug)]
pub struct SignIn {
    plan: Arc<Plan>,
    begun: Begun,
}

/// What the person is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInPrompt {
    /// To open a page in the browser; it leads back to this machine.
    Browser {
        /// The page.
        url: String,
        /// Seconds until it is given up.
        expires_in: u64,
    },
    /// To type a code, on this device or another.
    Device {
        /// The code.
        user_code: String,
        /// Where.
        verification_uri: String,
        /// The same with the code in it.
        verification_uri_complete: Option<String>,
        /// Seconds until the code is no longer good.
        expires_in: u64,
    },
}

/// A person is signed in; the host has the tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who, where the API or the provider says so.
    pub account: Option<String>,
    /// Why the definition's check fails all the same.
    pub check: Option<Problem>,
}

/// Whether a person has to sign in before a plan's first run.
pub fn is_needed(plan: &Plan) -> bool {
    plan.sender().oauth2().is_some_and(|oauth| oauth.needs_person())
}

impl SignIn {
    /// Begins: listens on this machine, or asks for a code. `device`: with a code, where the definition has a place for
    /// that, instead of the browser.
    ///
    /// # Errors
    /// Where nobody has to sign in, the port is taken, or the provider gives no code.
    pub async fn begin(plan: Arc<Plan>, device: bool) -> Result<Self, Problem> {
        let Some(oauth) = plan.sender().oauth2() else {
            let message = "Nobody has to sign in here: the connector does not use OAuth.";
            return Err(Problem::new("no_sign_in", ProblemKind::Config, Stage::Auth, message)
                .hint("`tapwright check` tells whether the credentials are taken."));
        };
        plan.sender().host().can_keep().await?;
        let line = plan.sender().line(&SendWatch { stream: "sign-in".to_owned(), ..SendWatch::default() });
        let begun = oauth.begin(line, device).await.map_err(|problem| plan.sender().redactor().problem(*problem))?;
        Ok(Self { plan, begun })
    }

    /// What the person is to do.
    pub fn prompt(&self) -> SignInPrompt {
        match &self.begun.way {
            Way::Browser { url, expires_in, .. } => {
                SignInPrompt::Browser { url: url.clone(), expires_in: expires_in.as_secs() }
            }
            Way::Device(device) => SignInPrompt::Device {
                user_code: device.user_code.clone(),
                verification_uri: device.verification_uri.clone(),
                verification_uri_complete: device.verification_uri_complete.clone(),
                expires_in: device.expires_in.as_secs(),
            },
        }
    }

    /// Waits until the person is done, stores the tokens with the host, and asks the API who it is. Dropping it gives
    /// up, but never between a code that was spent and its tokens.
    ///
    /// # Errors
    /// Where it was refused, took too long, or the tokens can't be stored.
    pub async fn finish(self) -> Result<SignedIn, Problem> {
        let Self { plan, begun } = self;
        let told = begun.finish().await.map_err(|problem| plan.sender().redactor().problem(*problem))?;
        if plan.check.is_none() {
            return Ok(SignedIn { account: told, check: None });
        }
        let host = Arc::clone(plan.sender().host());
        match crate::run::check(Arc::clone(&plan)).await {
            Ok(Some(account)) => {
                // The name alone: that it is not kept is no harm.
                if let Ok(Some(mut tokens)) = host.load_tokens().await {
                    tokens.account = Some(account.clone());
                    let _ = host.save_tokens(tokens).await;
                }
                Ok(SignedIn { account: Some(account), check: None })
            }
            Ok(None) => Ok(SignedIn { account: told, check: None }),
            Err(problem) => Ok(SignedIn { account: told, check: Some(problem) }),
        }
    }
}
