//! Secrets: the system's keyring, or an encrypted file by passphrase where there is none. Never plain text.
//!
//! `TAPWRIGHT_KEYRING` forces a place: `system`, `file` or `none`. `TAPWRIGHT_PASSPHRASE` opens the file without a prompt.

mod file;
mod system;

use definition::{Problem, ProblemKind, Secret, Stage};
use file::SecretFile;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use system::SystemKeyring;
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
}

/// Keeps secrets. Clones share it. Calls may block on the system's unlock prompt and so run apart from the async threads.
#[derive(Debug, Clone)]
pub struct SecretStore(Arc<Mutex<Inner>>);

impl SecretStore {
    /// Looks for the system's keyring (again at every call that needs it, if it was not there), else for the encrypted
    /// file `secrets.enc` in the data folder.
    pub async fn open(data_dir: &Path) -> Self {
        let forced = match std::env::var("TAPWRIGHT_KEYRING").as_deref() {
            Ok("system") => Some(Forced::System),
            Ok("file") => Some(Forced::File),
            Ok("none") => Some(Forced::None),
            _ => None,
        };
        let path = data_dir.join("secrets.enc");
        let inner = Inner { path, forced, system: None, why_not: String::new(), file: None };
        let store = Self(Arc::new(Mutex::new(inner)));
        if let Ok(passphrase) = std::env::var("TAPWRIGHT_PASSPHRASE")
            && forced != Some(Forced::System)
            && forced != Some(Forced::None)
            && !store.with(|inner| inner.reach_system()).await.unwrap_or(false)
            && let Err(problem) = store.unlock(&Secret::new(passphrase)).await
        {
            tracing::warn!(%problem, "TAPWRIGHT_PASSPHRASE does not open the file of secrets.");
        }
        store
    }

    /// Where secrets go now.
    pub async fn status(&self) -> SecretStoreStatus {
        self.with(|inner| Ok(inner.status())).await.unwrap_or_else(|problem| SecretStoreStatus::None(problem.message))
    }

    /// Opens the encrypted file, or makes it. A wrong passphrase is a problem of kind auth.
    pub async fn unlock(&self, passphrase: &Secret) -> Result<(), Problem> {
        let passphrase = passphrase.clone();
        self.with(move |inner| {
            inner.file = Some(SecretFile::open(&inner.path, &passphrase)?);
            Ok(())
        })
        .await
    }

    /// A secret. `Ok(None)`: there is none of that name.
    pub async fn get(&self, place: &SecretPlace) -> Result<Option<Secret>, Problem> {
        let place = place.clone();
        self.with(move |inner| match inner.place()? {
            Place::System(keyring) => keyring.get(&place),
            Place::File(file) => Ok(file.get(&place)),
        })
        .await
    }

    /// Keeps a secret. Where there is no place for it, a problem `no_keyring`.
    pub async fn set(&self, place: &SecretPlace, secret: &Secret) -> Result<(), Problem> {
        let (place, secret) = (place.clone(), secret.clone());
        self.with(move |inner| match inner.place()? {
            Place::System(keyring) => keyring.set(&place, &secret),
            Place::File(file) => file.set(&place, &secret),
        })
        .await
    }

    /// Forgets a secret. One that is not there is no problem.
    pub async fn delete(&self, place: &SecretPlace) -> Result<(), Problem> {
        let place = place.clone();
        self.with(move |inner| match inner.place()? {
            Place::System(keyring) => keyring.delete(&place),
            Place::File(file) => file.delete(&place),
        })
        .await
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

enum Place<'a> {
    System(&'a SystemKeyring),
    File(&'a mut SecretFile),
}

impl Inner {
    /// Whether the system's keyring answers. Asked again while it does not.
    fn reach_system(&mut self) -> Result<bool, Problem> {
        if matches!(self.forced, Some(Forced::File | Forced::None)) {
            self.why_not = "TAPWRIGHT_KEYRING says so".to_owned();
            return Ok(false);
        }
        if self.system.is_none() {
            match SystemKeyring::connect() {
                Ok(keyring) => self.system = Some(keyring),
                Err(why) => self.why_not = why,
            }
        }
        Ok(self.system.is_some())
    }

    fn status(&mut self) -> SecretStoreStatus {
        // A file that is open was chosen by the person: secrets stay together.
        if self.file.is_some() {
            return SecretStoreStatus::File;
        }
        if self.reach_system().unwrap_or(false) {
            return SecretStoreStatus::System(SystemKeyring::NAME.to_owned());
        }
        let allowed = !matches!(self.forced, Some(Forced::System | Forced::None));
        if allowed && self.path.exists() {
            return SecretStoreStatus::FileLocked;
        }
        SecretStoreStatus::None(self.why_not.clone())
    }

    fn place(&mut self) -> Result<Place<'_>, Problem> {
        match self.status() {
            SecretStoreStatus::System(_) => self.system.as_ref().map(Place::System).ok_or_else(|| no_keyring("")),
            SecretStoreStatus::File => self.file.as_mut().map(Place::File).ok_or_else(|| no_keyring("")),
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
