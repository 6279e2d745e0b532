//! What the engine needs of the program: tokens in the keyring beside the connection's secrets, and a person to ask.

use crate::app::{Kept, Vault, storage};
use definition::{Problem, ProblemKind, Secret, Stage};
use engine::host::{CodePrompt, Host, TokenLock, Tokens};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::SecretStoreStatus;

/// The name that a connection's tokens have among its secrets. No input can be called so.
pub(crate) const TOKENS: &str = "oauth tokens";

/// How long another process may take to renew the tokens.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_millis(50);

/// The host of one connection, draft or file.
pub(crate) struct KeptHost {
    vault: Vault,
    owner: String,
    sign_in: String,
    /// Whether tokens may be kept in memory alone: while the window is open, they are as good.
    lenient: bool,
    not_kept: Mutex<Option<String>>,
    language: Option<String>,
}

impl std::fmt::Debug for KeptHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptHost").field("owner", &self.owner).finish_non_exhaustive()
    }
}

impl KeptHost {
    pub fn new(vault: Vault, owner: &str, sign_in: String) -> Self {
        Self { vault, owner: owner.to_owned(), sign_in, lenient: false, not_kept: Mutex::default(), language: None }
    }

    /// Lets tokens be kept in memory alone.
    pub fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// Speaks a language to the person.
    pub fn speaking(mut self, language: Option<String>) -> Self {
        self.language = language;
        self
    }

    /// Why the tokens are in memory alone, where they are.
    pub fn not_kept(&self) -> Option<String> {
        self.not_kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn save(&self, tokens: Tokens) -> Result<(), Problem> {
        let kept = self.vault.set(&self.owner, TOKENS, &tokens.to_secret()).await;
        let mut not_kept = self.not_kept.lock().unwrap_or_else(PoisonError::into_inner);
        match kept {
            Kept::Store => *not_kept = None,
            Kept::Session(why) => {
                *not_kept = Some(why.clone());
                if !self.lenient {
                    return Err(homeless(&why));
                }
            }
        }
        Ok(())
    }
}

impl Host for KeptHost {
    fn language(&self) -> Option<String> {
        self.language.clone()
    }

    fn load_tokens(&self) -> BoxFuture<'_, Result<Option<Tokens>, Problem>> {
        async {
            let found = self.vault.get(&self.owner, TOKENS).await?;
            Ok(found.as_ref().and_then(Tokens::from_secret))
        }
        .boxed()
    }

    fn save_tokens(&self, tokens: Tokens) -> BoxFuture<'_, Result<(), Problem>> {
        self.save(tokens).boxed()
    }

    fn can_keep(&self) -> BoxFuture<'_, Result<(), Problem>> {
        async {
            match self.vault.status().await {
                _ if self.lenient => Ok(()),
                SecretStoreStatus::System(_) | SecretStoreStatus::File => Ok(()),
                SecretStoreStatus::FileLocked => Err(homeless("The encrypted file of secrets is locked.")),
                SecretStoreStatus::None(why) => Err(homeless(&why)),
            }
        }
        .boxed()
    }

    fn lock_tokens(&self) -> BoxFuture<'_, Result<TokenLock, Problem>> {
        async {
            let file = open(self.vault.data_dir(), &self.owner)?;
            let begin = Instant::now();
            loop {
                match file.try_lock() {
                    Ok(()) => return Ok(TokenLock::new(file)),
                    Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => tokio::time::sleep(LOOK).await,
                    Err(TryLockError::WouldBlock) => return Err(busy()),
                    Err(TryLockError::Error(error)) => {
                        return Err(storage("lock_file", "The tokens' lock can't be taken", &error));
                    }
                }
            }
        }
        .boxed()
    }

    fn ask_code(&self, prompt: CodePrompt) -> BoxFuture<'_, Result<Secret, Problem>> {
        async move { self.vault.codes().ask(&prompt).await }.boxed()
    }

    fn sign_in_hint(&self) -> String {
        self.sign_in.clone()
    }
}

/// The file whose lock is the right to renew. The lock ends when it is closed, and so with the program.
fn open(data_dir: &Path, owner: &str) -> Result<File, Problem> {
    let folder = data_dir.join("locks");
    let path = folder.join(format!("{owner}.tokens.lock"));
    std::fs::create_dir_all(&folder)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
        .map_err(|error| storage("lock_file", format!("{} can't be opened", path.display()), &error))
}

fn busy() -> Problem {
    let message = "Another program renews the tokens of this connection, and does not come to an end.";
    Problem::new("busy", ProblemKind::Auth, Stage::Auth, message).hint("End it, and try again.").retryable()
}

fn homeless(why: &str) -> Problem {
    let message = "There is no place for tokens that outlives this program.";
    Problem::new("tokens_not_kept", ProblemKind::Storage, Stage::Store, message)
        .hint("Start a keyring, or make an encrypted file: set TAPWRIGHT_PASSPHRASE, or `tapwright keyring unlock`.")
        .detail(why)
}
