//! Secrets: the system's keyring, or an encrypted file by passphrase where there is none. Never plain text.
//!
//! New secrets go to the file once the person opened it, else to the system's keyring. A secret is looked for in both, so
//! that none is lost where a keyring came later.
//!
//! `TAPWRIGHT_KEYRING` forces a place: `system`, `file` or `none`. `TAPWRIGHT_PASSPHRASE` opens the file without a
//! prompt, and makes it where there is neither a file nor a keyring.

mod file;
mod system;

use definition::{Problem, ProblemKind, Secret, Stage};
use file::SecretFile;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use system::{Refused, SystemKeyring};
use tokio::sync::Mutex;

/// Where a secret belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecretPlace {
    /// The connection's id (or the draft's).
    pub owner: String,
    /// The input's name.
    pub name: String,
}

/// Where secrets go now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretStoreStatus {
    /// The system's keyring; its name.
    System(String),
    /// The encrypted file, open.
    File,
    /// The encrypted file, waiting for its passphrase.
    FileLocked,
    /// None; why.
    None(String),
}

/// What the person asked for by `TAPWRIGHT_KEYRING`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forced {
    System,
    File,
    None,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    forced: Option<Forced>,
    system: Option<SystemKeyring>,
    why_not: String,
    file: Option<SecretFile>,
    /// Why `TAPWRIGHT_PASSPHRASE` opened nothing.
    not_opened: Option<Problem>,
}

/// Keeps secrets. Clones share it. Calls may block on the system's unlock prompt and so run apart from the async threads.
#[derive(Debug, Clone)]
pub struct SecretStore(Arc<Mutex<Inner>>);

impl SecretStore {
    /// Looks for the system's keyring (again at every call that needs it, if it was not there), else for the encrypted
    /// file `secrets.enc` in the data folder.
    pub async fn open(data_dir: &Path) -> Self {
        let forced = forced();
        let path = data_dir.join("secrets.enc");
        let inner = Inner { path, forced, system: None, why_not: String::new(), file: None, not_opened: None };
        let store = Self(Arc::new(Mutex::new(inner)));
        if let Ok(passphrase) = std::env::var("TAPWRIGHT_PASSPHRASE") {
            store.open_by_environment(&Secret::new(passphrase)).await;
        }
        store
    }

    /// Opens the file by the environment's passphrase. That it does not fit is told by the first call that needs it.
    async fn open_by_environment(&self, passphrase: &Secret) {
        let wanted =
            self.with(|inner| Ok(inner.file_allowed() && (inner.path.exists() || !inner.reach_system()))).await;
        if matches!(wanted, Ok(true))
            && let Err(problem) = self.unlock(passphrase).await
        {
            tracing::warn!(%problem, "TAPWRIGHT_PASSPHRASE does not open the file of secrets.");
            self.0.lock().await.not_opened = Some(problem);
        }
    }

    /// Where secrets go now.
    pub async fn status(&self) -> SecretStoreStatus {
        self.with(|inner| Ok(inner.status())).await.unwrap_or_else(|problem| SecretStoreStatus::None(problem.message))
    }

    /// Opens the encrypted file, or makes it. A wrong passphrase is a problem of kind auth.
    pub async fn unlock(&self, passphrase: &Secret) -> Result<(), Problem> {
        let passphrase = passphrase.clone();
        self.with(move |inner| {
            if !inner.file_allowed() {
                return Err(no_keyring("TAPWRIGHT_KEYRING forbids the encrypted file"));
            }
            inner.file = Some(SecretFile::open(&inner.path, &passphrase)?);
            inner.not_opened = None;
            Ok(())
        })
        .await
    }

    /// A secret. `Ok(None)`: there is none of that name.
    pub async fn get(&self, place: &SecretPlace) -> Result<Option<Secret>, Problem> {
        let place = place.clone();
        self.with(move |inner| inner.get(&place)).await
    }

    /// Keeps a secret. Where there is no place for it, a problem `no_keyring`.
    pub async fn set(&self, place: &SecretPlace, secret: &Secret) -> Result<(), Problem> {
        let (place, secret) = (place.clone(), secret.clone());
        self.with(move |inner| inner.set(&place, &secret)).await
    }

    /// Forgets a secret. One that is not there is no problem.
    pub async fn delete(&self, place: &SecretPlace) -> Result<(), Problem> {
        let place = place.clone();
        self.with(move |inner| inner.delete(&place)).await
    }

    /// Runs blocking work on a thread of its own: the system may show a prompt.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Inner) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let mut inner = Arc::clone(&self.0).lock_owned().await;
        tokio::task::spawn_blocking(move || work(&mut inner)).await.unwrap_or_else(|error| {
            let message = format!("The keyring's thread ended: {error}.");
            Err(Problem::new("keyring_failed", ProblemKind::Internal, Stage::Store, message))
        })
    }
}

/// What `TAPWRIGHT_KEYRING` says.
fn forced() -> Option<Forced> {
    match std::env::var("TAPWRIGHT_KEYRING").as_deref() {
        Ok("system") => Some(Forced::System),
        Ok("file") => Some(Forced::File),
        Ok("none") => Some(Forced::None),
        Ok("") | Err(_) => None,
        Ok(other) => {
            tracing::warn!("TAPWRIGHT_KEYRING is {other:?}; it can be system, file or none. It is ignored.");
            None
        }
    }
}

impl Inner {
    fn file_allowed(&self) -> bool {
        matches!(self.forced, None | Some(Forced::File))
    }

    /// Whether the system's keyring answers. Asked again while it does not.
    fn reach_system(&mut self) -> bool {
        match self.forced {
            Some(Forced::None) => self.why_not = "TAPWRIGHT_KEYRING says so".to_owned(),
            Some(Forced::File) => self.why_not = "there is no encrypted file yet: give a passphrase for it".to_owned(),
            _ if self.system.is_none() => match SystemKeyring::connect() {
                Ok(keyring) => self.system = Some(keyring),
                Err(why) => self.why_not = why,
            },
            _ => {}
        }
        self.system.is_some()
    }

    /// Asks the system's keyring. One that was restarted meanwhile is connected to again, once.
    fn ask<T>(&mut self, ask: impl Fn(&SystemKeyring) -> Result<T, Refused>) -> Result<T, Problem> {
        let mut again = true;
        loop {
            self.reach_system();
            let Some(keyring) = &self.system else { return Err(no_keyring(&self.why_not)) };
            match ask(keyring) {
                Ok(value) => return Ok(value),
                Err(refused) if refused.lost && again => (self.system, again) = (None, false),
                Err(refused) => return Err(refused.problem),
            }
        }
    }

    fn get(&mut self, place: &SecretPlace) -> Result<Option<Secret>, Problem> {
        self.writable()?;
        if let Some(file) = &mut self.file {
            let found = file.get(place)?;
            if found.is_some() || !self.reach_system() {
                return Ok(found);
            }
        }
        self.ask(|keyring| keyring.get(place))
    }

    fn set(&mut self, place: &SecretPlace, secret: &Secret) -> Result<(), Problem> {
        self.writable()?;
        match &mut self.file {
            Some(file) => file.set(place, secret),
            None => self.ask(|keyring| keyring.set(place, secret)),
        }
    }

    fn delete(&mut self, place: &SecretPlace) -> Result<(), Problem> {
        self.writable()?;
        if let Some(file) = &mut self.file {
            file.delete(place)?;
            if !self.reach_system() {
                return Ok(());
            }
        }
        self.ask(|keyring| keyring.delete(place))
    }

    fn status(&mut self) -> SecretStoreStatus {
        // A file that is open was chosen by the person: secrets stay together.
        if self.file.is_some() {
            return SecretStoreStatus::File;
        }
        if self.reach_system() {
            return SecretStoreStatus::System(SystemKeyring::NAME.to_owned());
        }
        if self.file_allowed() && self.path.exists() {
            return SecretStoreStatus::FileLocked;
        }
        SecretStoreStatus::None(self.why_not.clone())
    }

    /// Tells why there is no place for secrets.
    fn writable(&mut self) -> Result<(), Problem> {
        let status = self.status();
        match status {
            SecretStoreStatus::System(_) | SecretStoreStatus::File => Ok(()),
            _ if self.not_opened.is_some() => self.not_opened.clone().map_or(Ok(()), Err),
            SecretStoreStatus::FileLocked => {
                let message = "The encrypted file of secrets is locked.";
                Err(Problem::new("keyring_locked", ProblemKind::Storage, Stage::Store, message)
                    .hint("Give its passphrase in the settings, or by TAPWRIGHT_PASSPHRASE."))
            }
            SecretStoreStatus::None(why) => Err(no_keyring(&why)),
        }
    }
}

fn no_keyring(why: &str) -> Problem {
    Problem::new(
        "no_keyring",
        ProblemKind::Storage,
        Stage::Store,
        "No keyring answers on this machine, so no key can be kept.",
    )
    .detail(why)
    .hint("Start a keyring (GNOME Keyring, KWallet), or make an encrypted file with a passphrase.")
}
