//! What the program around the engine provides: a place for tokens, and a person to ask.

use definition::{Problem, ProblemKind, Secret, Stage};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use std::any::Any;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

/// Tokens that were got at run time. They outlive a run where the host keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Tokens {
    /// Whom they belong to: the place that gave them and the client they were given to. Tokens with another mark are
    /// never sent anywhere.
    pub mark: String,
    /// What goes on requests.
    pub access: Option<Secret>,
    /// What the next one is had with.
    pub refresh: Option<Secret>,
    /// Until when `access` is good, where that is known.
    #[serde(deserialize_with = "moment")]
    pub expires_at: Option<Timestamp>,
    /// When they were got.
    #[serde(deserialize_with = "moment")]
    pub obtained_at: Option<Timestamp>,
    /// Who signed in, where the provider says so.
    pub account: Option<String>,
    /// What they may be used for: the provider's answer, or what was asked for where it says nothing (RFC 6749, 5.1).
    pub scope: Option<String>,
}

impl Tokens {
    /// As one text, for the keyring alone.
    pub fn to_secret(&self) -> Secret {
        let open = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.open().to_owned());
        let value: Value = json!({
            "mark": self.mark,
            "access": open(&self.access),
            "refresh": open(&self.refresh),
            "expires_at": self.expires_at.map(|at| at.to_string()),
            "obtained_at": self.obtained_at.map(|at| at.to_string()),
            "account": self.account,
            "scope": self.scope,
        });
        Secret::new(value.to_string())
    }

    /// Reads such a text; `None` where it is none.
    pub fn from_secret(secret: &Secret) -> Option<Self> {
        serde_json::from_str(secret.open()).ok()
    }
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.and_then(|text| text.parse().ok()))
}

/// The right to renew a connection's tokens. Held while a token is renewed and stored; dropping it gives it back.
#[derive(Debug)]
pub struct TokenLock(#[expect(dead_code, reason = "held for its drop")] Box<dyn Any + Send>);

impl TokenLock {
    /// A right that is given back when `guard` is dropped.
    pub fn new(guard: impl Any + Send) -> Self {
        Self(Box::new(guard))
    }
}

/// What a person is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePrompt {
    /// The connector's title or the host that asks.
    pub who: String,
    /// The question, in a sentence.
    pub message: String,
}

/// The program around the engine. All calls may wait; none is made from a thread that must not.
pub trait Host: Send + Sync + Debug {
    /// The tokens that are kept.
    fn load_tokens(&self) -> BoxFuture<'_, Result<Option<Tokens>, Problem>>;

    /// Keeps tokens. They are safe once this returns: what they replace is forgotten only then.
    fn save_tokens(&self, tokens: Tokens) -> BoxFuture<'_, Result<(), Problem>>;

    /// Whether tokens could be kept. Asked before a person is troubled.
    fn can_keep(&self) -> BoxFuture<'_, Result<(), Problem>> {
        async { Ok(()) }.boxed()
    }

    /// Waits for the right to renew the tokens. Where several processes share a connection, one at a time has it, so
    /// that a refresh token that is good for one use is not spent twice.
    fn lock_tokens(&self) -> BoxFuture<'_, Result<TokenLock, Problem>>;

    /// Asks for a second factor; a problem where nobody can be asked.
    fn ask_code(&self, prompt: CodePrompt) -> BoxFuture<'_, Result<Secret, Problem>>;

    /// Another way over the network than the real one: a recording's. Asked for when a plan is made.
    fn wire(&self) -> Option<crate::fixture::Wire> {
        None
    }

    /// The language that the person chose, `de` or `en`, for pages in the browser. None: the browser's.
    fn language(&self) -> Option<String> {
        None
    }

    /// What to do where a person has to sign in first: `tapwright sign-in NAME`.
    fn sign_in_hint(&self) -> String {
        "Sign in first: `tapwright sign-in CONNECTION`.".to_owned()
    }
}

/// A host without a person, whose memory ends with the run.
#[derive(Debug, Default)]
pub struct MemoryHost {
    tokens: Mutex<Option<Tokens>>,
    renewing: Arc<tokio::sync::Mutex<()>>,
}

impl MemoryHost {
    /// A host that has these tokens.
    pub fn with(tokens: Tokens) -> Self {
        Self { tokens: Mutex::new(Some(tokens)), ..Self::default() }
    }

    /// The tokens that are kept.
    pub fn tokens(&self) -> Option<Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Host for MemoryHost {
    fn load_tokens(&self) -> BoxFuture<'_, Result<Option<Tokens>, Problem>> {
        async { Ok(self.tokens()) }.boxed()
    }

    fn save_tokens(&self, tokens: Tokens) -> BoxFuture<'_, Result<(), Problem>> {
        async {
            *self.tokens.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens);
            Ok(())
        }
        .boxed()
    }

    fn lock_tokens(&self) -> BoxFuture<'_, Result<TokenLock, Problem>> {
        async { Ok(TokenLock::new(Arc::clone(&self.renewing).lock_owned().await)) }.boxed()
    }

    fn ask_code(&self, prompt: CodePrompt) -> BoxFuture<'_, Result<Secret, Problem>> {
        async move { Err(nobody(&prompt)) }.boxed()
    }
}

/// Nobody can be asked.
pub fn nobody(prompt: &CodePrompt) -> Problem {
    let message = format!("{} asks for a code, and nobody can be asked here.", prompt.who);
    Problem::new("code_needed", ProblemKind::Auth, Stage::Auth, message)
        .hint("Run it where you can answer: in the window, or in a terminal.")
        .detail(prompt.message.clone())
}

#[cfg(test)]
mod tests {
    use super::Tokens;
    use definition::Secret;

    #[test]
    fn tokens_keep_everything_through_the_keyring() {
        let tokens = Tokens {
            mark: "https://id.test client".into(),
            access: Some(Secret::new("a\"b")),
            refresh: Some(Secret::new("r")),
            expires_at: Some("2026-01-02T03:04:05Z".parse().unwrap()),
            obtained_at: None,
            account: Some("ann@acme.test".into()),
            scope: Some("read write".into()),
        };
        assert_eq!(Tokens::from_secret(&tokens.to_secret()), Some(tokens));
        assert_eq!(Tokens::from_secret(&Secret::new("not ours")), None);
        assert_eq!(Tokens::from_secret(&Secret::new("{}")), Some(Tokens::default()));
    }
}
