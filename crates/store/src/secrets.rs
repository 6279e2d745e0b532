//! Secrets: the system's keyring, or an encrypted file by passphrase where there is none. Never plain text.

use definition::{Problem, Secret};
use std::path::Path;

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

/// Keeps secrets. Clones share it. Calls may block on the system's unlock prompt and so run apart from the async threads.
#[derive(Debug, Clone)]
pub struct SecretStore {}

impl SecretStore {
    /// Looks for the system's keyring (again at every call that needs it, if it was not there), else for the encrypted
    /// file `secrets.enc` in the data folder.
    pub async fn open(_data_dir: &Path) -> Self {
        todo!()
    }
    /// Where secrets go now.
    pub async fn status(&self) -> SecretStoreStatus {
        todo!()
    }
    /// Opens the encrypted file, or makes it. A wrong passphrase is a problem of kind auth.
    pub async fn unlock(&self, _passphrase: &Secret) -> Result<(), Problem> {
        todo!()
    }
    /// A secret. `Ok(None)`: there is none of that name.
    pub async fn get(&self, _place: &SecretPlace) -> Result<Option<Secret>, Problem> {
        todo!()
    }
    /// Keeps a secret.
    pub async fn set(&self, _place: &SecretPlace, _secret: &Secret) -> Result<(), Problem> {
        todo!()
    }
    /// Forgets a secret. One that is not there is no problem.
    pub async fn delete(&self, _place: &SecretPlace) -> Result<(), Problem> {
        todo!()
    }
}
