//! The system's keyring, by keyring-core.
//!
//! On Linux the Secret Service store is made here and not by `keyring::Entry`, which looks for it once in the life of
//! the process: a keyring that is started later would never be found.

use super::SecretPlace;
use definition::{Problem, ProblemKind, Secret, Stage};
use keyring_core::{CredentialStore, Entry, Error};
use std::sync::Arc;

/// Under this name all secrets stand.
const SERVICE: &str = "tapwright";

/// A keyring that answers.
#[derive(Debug)]
pub struct SystemKeyring(Arc<CredentialStore>);

impl SystemKeyring {
    /// What people call it.
    #[cfg(target_os = "linux")]
    pub const NAME: &'static str = "Secret Service";
    /// What people call it.
    #[cfg(target_os = "macos")]
    pub const NAME: &'static str = "Keychain";
    /// What people call it.
    #[cfg(windows)]
    pub const NAME: &'static str = "Credential Manager";

    /// Connects, or tells why not.
    #[cfg(target_os = "linux")]
    pub fn connect() -> Result<Self, String> {
        let store = zbus_secret_service_keyring_store::Store::new().map_err(|error| error.to_string())?;
        let keyring = Self(store);
        // A bus without a keyring behind it connects all the same; a search tells.
        let probe = std::collections::HashMap::from([("service", SERVICE), ("username", "probe")]);
        keyring.0.search(&probe).map_err(|error| error.to_string())?;
        Ok(keyring)
    }

    /// Connects, or tells why not.
    #[cfg(not(target_os = "linux"))]
    pub fn connect() -> Result<Self, String> {
        keyring::Entry::store_status().as_ref().map_err(|error| error.to_string())?;
        keyring_core::get_default_store().map(Self).ok_or_else(|| "there is no store".to_owned())
    }

    fn entry(&self, place: &SecretPlace) -> Result<Entry, Error> {
        self.0.build(SERVICE, &format!("{}/{}", place.owner, place.name), None)
    }

    /// A secret, if there is one.
    pub fn get(&self, place: &SecretPlace) -> Result<Option<Secret>, Refused> {
        match self.entry(place).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(Secret::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refused("read", place, &error)),
        }
    }

    /// Keeps a secret.
    pub fn set(&self, place: &SecretPlace, secret: &Secret) -> Result<(), Refused> {
        let kept = self.entry(place).and_then(|entry| entry.set_password(secret.open()));
        kept.map_err(|error| refused("keep", place, &error))
    }

    /// Forgets a secret.
    pub fn delete(&self, place: &SecretPlace) -> Result<(), Refused> {
        match self.entry(place).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refused("forget", place, &error)),
        }
    }
}

/// Why the keyring did not do it.
pub struct Refused {
    /// Whether the connection may have died (the keyring was restarted): a new one may do it.
    pub lost: bool,
    /// For the person.
    pub problem: Problem,
}

fn refused(what: &str, place: &SecretPlace, error: &Error) -> Refused {
    let locked = matches!(error, Error::NoStorageAccess(_));
    // The variants that carry bytes of a secret are named, never printed.
    let why = match error {
        Error::BadEncoding(_) => "what is kept there is not text".to_owned(),
        Error::BadDataFormat(..) => "what is kept there has another form".to_owned(),
        other => other.to_string(),
    };
    let message = format!("The keyring refused to {what} “{}”: {why}.", place.name);
    let problem = Problem::new("keyring_refused", ProblemKind::Storage, Stage::Store, message);
    let problem = match error {
        _ if locked => problem.hint("Unlock the keyring and try again.").retryable(),
        Error::TooLong(..) => problem.hint("This system's keyring takes no secret so long."),
        _ => problem.hint("Look whether the keyring runs (GNOME Keyring, KWallet), and try again."),
    };
    Refused { lost: matches!(error, Error::PlatformFailure(_)), problem }
}
