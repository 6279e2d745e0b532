//! Signing in at a provider, with the browser or with a code on another device.

use definition::{Problem, Secret};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sign-in to begin.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartSignIn {
    /// A connection's id, or a workbench's.
    pub id: String,
    /// With a code on another device, where the definition has a place for that, instead of the browser.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub device: bool,
    /// The language of the page that ends it in the browser, `de` or `en`. None: the browser's.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub language: Option<String>,
}

/// A sign-in that waits for the person: either `url` is to be opened in the browser, or `user_code` is to be typed at
/// `verification_uri`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SignInBegun {
    /// The sign-in's id.
    pub id: String,
    /// The page to open in the browser.
    pub url: Option<String>,
    /// The code to type.
    pub user_code: Option<String>,
    /// Where to type it.
    pub verification_uri: Option<String>,
    /// The same with the code in it, for a link.
    pub verification_uri_complete: Option<String>,
    /// Seconds until it is given up.
    #[ts(type = "number")]
    pub expires_in: u64,
}

/// How a sign-in stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(optional_fields = nullable)]
pub enum SignInState {
    /// The person is not done yet.
    Waiting,
    /// Signed in: the tokens are kept with the connection.
    Done {
        /// Who signed in, where the provider says so.
        account: Option<String>,
        /// Why the tokens are not kept beyond this session, where they are not.
        not_kept: Option<String>,
    },
    /// It failed, was refused or was given up.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// The answer to a question for a code.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GiveCode {
    /// The question's id.
    pub id: String,
    /// The code. Empty gives the login up.
    #[ts(type = "string")]
    pub code: Secret,
}
