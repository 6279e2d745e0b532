//! Secrets: in the secret store where there is one, else in memory until the program ends.

use super::lock;
use crate::auth::{Codes, KeptHost};
use definition::model::ConfigType;
use definition::{Definition, Problem, Secret};
use engine::config::{ConfigValues, HostSlot};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use store::{SecretPlace, SecretStore, SecretStoreStatus};

/// The secrets of all connections and drafts. Clones share them.
#[derive(Clone)]
pub(crate) struct Vault {
    store: SecretStore,
    session: Arc<Mutex<HashMap<SecretPlace, Secret>>>,
    codes: Codes,
    data_dir: PathBuf,
}

/// Where a secret went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Into the store.
    Store,
    /// Only into memory, and why.
    Session(String),
}

impl Vault {
    pub fn new(store: SecretStore, codes: Codes, data_dir: PathBuf) -> Self {
        Self { store, session: Arc::default(), codes, data_dir }
    }

    /// The folder of everything that is kept.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The questions that wait for a person.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// What the engine needs of the program for an owner's runs. `sign_in` tells how to sign in.
    pub fn host(&self, owner: &str, sign_in: String) -> HostSlot {
        HostSlot(Some(Arc::new(KeptHost::new(self.clone(), owner, sign_in))))
    }

    /// Where secrets go now.
    pub async fn status(&self) -> SecretStoreStatus {
        self.store.status().await
    }

    /// Opens or makes the encrypted file, and moves what waits in memory there.
    pub async fn unlock(&self, passphrase: &Secret) -> Result<(), Problem> {
        self.store.unlock(passphrase).await?;
        let waiting: Vec<_> =
            lock(&self.session).iter().map(|(place, secret)| (place.clone(), secret.clone())).collect();
        for (place, secret) in waiting {
            self.store.set(&place, &secret).await?;
            lock(&self.session).remove(&place);
        }
        Ok(())
    }

    /// Keeps a secret. Where the store refuses, it is kept in memory, and the reason is told.
    pub async fn set(&self, owner: &str, name: &str, secret: &Secret) -> Kept {
        let place = SecretPlace { owner: owner.to_owned(), name: name.to_owned() };
        let refused = match self.store.set(&place, secret).await {
            Ok(()) => {
                lock(&self.session).remove(&place);
                return Kept::Store;
            }
            Err(problem) => problem.message,
        };
        lock(&self.session).insert(place, secret.clone());
        Kept::Session(refused)
    }

    /// A secret.
    pub async fn get(&self, owner: &str, name: &str) -> Result<Option<Secret>, Problem> {
        let place = SecretPlace { owner: owner.to_owned(), name: name.to_owned() };
        if let Some(secret) = lock(&self.session).get(&place) {
            return Ok(Some(secret.clone()));
        }
        match self.store.get(&place).await {
            // Where nothing can be kept, nothing is: what is missing is asked for, by its name.
            Err(_) if matches!(self.store.status().await, SecretStoreStatus::None(_)) => Ok(None),
            found => found,
        }
    }

    /// Forgets a secret everywhere.
    pub async fn delete(&self, owner: &str, name: &str) -> Result<(), Problem> {
        let place = SecretPlace { owner: owner.to_owned(), name: name.to_owned() };
        lock(&self.session).remove(&place);
        match self.store.status().await {
            SecretStoreStatus::None(_) => Ok(()),
            _ => self.store.delete(&place).await,
        }
    }

    /// Gives an owner's secrets to another one. Gives back the reason, where they could only be kept in memory.
    pub async fn hand_over(&self, from: &str, to: &str, names: &[String]) -> Result<Option<String>, Problem> {
        let mut reason = None;
        for name in names {
            let Some(secret) = self.get(from, name).await? else { continue };
            if let Kept::Session(why) = self.set(to, name, &secret).await {
                reason = Some(why);
            }
        }
        // Only once all are safe at the new place.
        for name in names {
            if self.get(to, name).await?.is_some() {
                self.delete(from, name).await?;
            }
        }
        Ok(reason)
    }

    /// An owner's secrets that a definition asks for.
    pub async fn all(&self, owner: &str, definition: &Definition) -> Result<BTreeMap<String, Secret>, Problem> {
        let mut found = BTreeMap::new();
        for input in definition.config.iter().filter(|input| input.kind == ConfigType::Secret) {
            if let Some(secret) = self.get(owner, &input.name).await? {
                found.insert(input.name.clone(), secret);
            }
        }
        Ok(found)
    }

    /// The values of a connection or a draft, as the engine takes them. A secret that is needed and not there is a
    /// problem `secret_needed` that names it.
    pub async fn config(
        &self,
        owner: &str,
        definition: &Definition,
        values: &BTreeMap<String, Value>,
    ) -> Result<ConfigValues, Problem> {
        let secrets = self.all(owner, definition).await?;
        for input in definition.config.iter().filter(|input| input.kind == ConfigType::Secret && input.required) {
            if !secrets.contains_key(&input.name) {
                return Err(secret_needed(&input.name, &input.title));
            }
        }
        let values = values
            .iter()
            .filter(|(name, _)| definition.input(name).is_some_and(|input| input.kind != ConfigType::Secret));
        let host = self.host(owner, "Sign in first: press Sign in, or run `tapwright sign-in CONNECTION`.".to_owned());
        Ok(ConfigValues {
            values: values.map(|(name, value)| (name.clone(), value.clone())).collect(),
            secrets,
            host,
            ..ConfigValues::default()
        })
    }
}

/// A secret that nobody kept.
pub(crate) fn secret_needed(name: &str, title: &str) -> Problem {
    use definition::{ProblemKind, Stage};
    let label = if title.is_empty() { name } else { title };
    Problem::new(
        "secret_needed",
        ProblemKind::Auth,
        Stage::Auth,
        format!("{label} is needed, and it is not kept here."),
    )
    .hint("Give it again.")
    .field(format!("config.{name}"))
}
