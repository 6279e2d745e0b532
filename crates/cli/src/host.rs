//! What the engine needs of a terminal: tokens where they are kept, and codes typed by the person.

use crate::values;
use definition::{Problem, Secret};
use engine::config::HostSlot;
use engine::host::{CodePrompt, Host, MemoryHost, TokenLock, Tokens, nobody};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;

/// A host that asks on the terminal.
#[derive(Debug)]
struct TerminalHost {
    tokens: Arc<dyn Host>,
    code: Option<Secret>,
}

/// A terminal around the place for tokens; without one they end with the program. `code` answers what would be asked.
pub fn around(tokens: Option<Arc<dyn Host>>, code: Option<String>) -> HostSlot {
    let tokens = tokens.unwrap_or_else(|| Arc::new(MemoryHost::default()));
    HostSlot(Some(Arc::new(TerminalHost { tokens, code: code.map(Secret::new) })))
}

/// The code that was given, or else is typed.
pub async fn code(given: Option<String>, prompt: CodePrompt) -> Result<Secret, Problem> {
    if let Some(code) = given {
        return Ok(Secret::new(code));
    }
    if !values::can_ask() {
        return Err(nobody(&prompt).hint("Add --code CODE."));
    }
    let asked = tokio::task::spawn_blocking(move || values::ask_line(&format!("{} ", prompt.message))).await;
    let line = asked.map_err(|_| values::usage("The code can't be read from the terminal."))??;
    Ok(Secret::new(line))
}

impl Host for TerminalHost {
    fn load_tokens(&self) -> BoxFuture<'_, Result<Option<Tokens>, Problem>> {
        self.tokens.load_tokens()
    }

    fn save_tokens(&self, tokens: Tokens) -> BoxFuture<'_, Result<(), Problem>> {
        self.tokens.save_tokens(tokens)
    }

    fn can_keep(&self) -> BoxFuture<'_, Result<(), Problem>> {
        self.tokens.can_keep()
    }

    fn lock_tokens(&self) -> BoxFuture<'_, Result<TokenLock, Problem>> {
        self.tokens.lock_tokens()
    }

    fn ask_code(&self, prompt: CodePrompt) -> BoxFuture<'_, Result<Secret, Problem>> {
        let given = self.code.as_ref().map(|code| code.open().to_owned());
        async move { code(given, prompt).await }.boxed()
    }

    fn sign_in_hint(&self) -> String {
        self.tokens.sign_in_hint()
    }
}
