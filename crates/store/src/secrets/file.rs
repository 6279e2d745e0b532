//! `secrets.enc`: all secrets in one file, encrypted with a passphrase.
//!
//! `TWSECRT1`, 16 bytes of salt, 24 of nonce, then XChaCha20-Poly1305 of a JSON object `OWNER/NAME` → secret. The key is
//! Argon2id of the passphrase (64 MiB, 3 passes, 1 lane; RFC 9106's second recommendation with fewer lanes). Each write
//! takes a new nonce, goes to a file beside, and is renamed over the old one.

use super::SecretPlace;
use crate::database::{make_private_folder, restrict};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use definition::{Problem, ProblemKind, Secret, Stage};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"TWSECRT1";
const SALT: usize = 16;
const NONCE: usize = 24;
const HEADER: usize = MAGIC.len() + SALT + NONCE;
/// The shortest passphrase that a new file takes, in characters.
const SHORTEST: usize = 8;

/// The file, open.
pub struct SecretFile {
    path: PathBuf,
    salt: [u8; SALT],
    key: Zeroizing<[u8; 32]>,
    secrets: BTreeMap<String, Secret>,
}

impl std::fmt::Debug for SecretFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretFile({}, {} secrets)", self.path.display(), self.secrets.len())
    }
}

impl SecretFile {
    /// Opens the file, or makes one where there is none.
    pub fn open(path: &Path, passphrase: &Secret) -> Result<Self, Problem> {
        match fs::read(path) {
            Ok(bytes) => Self::read(path, &bytes, passphrase),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(path, passphrase),
            Err(error) => Err(not_written(path, &error)),
        }
    }

    fn make(path: &Path, passphrase: &Secret) -> Result<Self, Problem> {
        if passphrase.open().chars().count() < SHORTEST {
            let message = format!("A passphrase has at least {SHORTEST} characters.");
            return Err(Problem::new("short_passphrase", ProblemKind::Config, Stage::Store, message));
        }
        // Two nonces' worth of the system's chance make the salt.
        let chance = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let mut salt = [0; SALT];
        salt.copy_from_slice(&chance[..SALT]);
        let file = Self { path: path.to_owned(), salt, key: derive(passphrase, &salt)?, secrets: BTreeMap::new() };
        file.write()?;
        Ok(file)
    }

    fn read(path: &Path, bytes: &[u8], passphrase: &Secret) -> Result<Self, Problem> {
        if bytes.len() < HEADER || &bytes[..MAGIC.len()] != MAGIC {
            let message = format!("{} is not a file of secrets.", path.display());
            return Err(Problem::new("not_secrets", ProblemKind::Storage, Stage::Store, message).hint("Move it away."));
        }
        let mut salt = [0; SALT];
        salt.copy_from_slice(&bytes[MAGIC.len()..MAGIC.len() + SALT]);
        let key = derive(passphrase, &salt)?;
        let nonce = XNonce::from_slice(&bytes[MAGIC.len() + SALT..HEADER]);
        let cipher = XChaCha20Poly1305::new(Key::from_slice(key.as_ref()));
        let plain = cipher.decrypt(nonce, &bytes[HEADER..]).map(Zeroizing::new).map_err(|_| {
            let message = "The passphrase does not open the file of secrets, or the file was changed.";
            Problem::new("wrong_passphrase", ProblemKind::Auth, Stage::Store, message)
        })?;
        let secrets = serde_json::from_slice(&plain).map_err(|_| {
            Problem::new("not_secrets", ProblemKind::Storage, Stage::Store, "The file of secrets holds something else.")
        })?;
        Ok(Self { path: path.to_owned(), salt, key, secrets })
    }

    fn write(&self) -> Result<(), Problem> {
        let open: BTreeMap<&str, &str> =
            self.secrets.iter().map(|(name, secret)| (name.as_str(), secret.open())).collect();
        let plain = Zeroizing::new(serde_json::to_vec(&open).unwrap_or_default());
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let cipher = XChaCha20Poly1305::new(Key::from_slice(self.key.as_ref()));
        let sealed = cipher.encrypt(&nonce, plain.as_slice()).map_err(|_| {
            Problem::new("not_sealed", ProblemKind::Internal, Stage::Store, "The secrets could not be encrypted.")
        })?;
        let bytes = [MAGIC.as_slice(), &self.salt, &nonce, &sealed].concat();
        replace(&self.path, &bytes).map_err(|error| not_written(&self.path, &error))
    }

    /// A secret, if there is one.
    pub fn get(&self, place: &SecretPlace) -> Option<Secret> {
        self.secrets.get(&name(place)).cloned()
    }

    /// Keeps a secret. What another process wrote meanwhile is taken in first.
    pub fn set(&mut self, place: &SecretPlace, secret: &Secret) -> Result<(), Problem> {
        self.reread();
        self.secrets.insert(name(place), secret.clone());
        self.write()
    }

    /// Forgets a secret.
    pub fn delete(&mut self, place: &SecretPlace) -> Result<(), Problem> {
        self.reread();
        if self.secrets.remove(&name(place)).is_some() { self.write() } else { Ok(()) }
    }

    fn reread(&mut self) {
        let Ok(bytes) = fs::read(&self.path) else { return };
        if bytes.len() < HEADER || bytes[MAGIC.len()..MAGIC.len() + SALT] != self.salt {
            return;
        }
        let nonce = XNonce::from_slice(&bytes[MAGIC.len() + SALT..HEADER]);
        let cipher = XChaCha20Poly1305::new(Key::from_slice(self.key.as_ref()));
        if let Ok(plain) = cipher.decrypt(nonce, &bytes[HEADER..]).map(Zeroizing::new)
            && let Ok(secrets) = serde_json::from_slice(&plain)
        {
            self.secrets = secrets;
        }
    }
}

fn name(place: &SecretPlace) -> String {
    format!("{}/{}", place.owner, place.name)
}

fn derive(passphrase: &Secret, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, Problem> {
    let failed = |error: argon2::Error| {
        let message = format!("No key could be made from the passphrase: {error}.");
        Problem::new("no_key", ProblemKind::Internal, Stage::Store, message)
    };
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(failed)?;
    let mut key = Zeroizing::new([0; 32]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(passphrase.open().as_bytes(), salt, key.as_mut()).map_err(failed)?;
    Ok(key)
}

/// Writes beside and renames, so that a crash leaves the old file or the new one, never half of one.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        make_private_folder(folder).map_err(|problem| std::io::Error::other(problem.message))?;
    }
    let beside = path.with_extension("enc.new");
    let mut file = File::create(&beside)?;
    restrict(&beside, 0o600);
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

fn not_written(path: &Path, error: &std::io::Error) -> Problem {
    let message = format!("The file of secrets {} can't be used: {error}.", path.display());
    Problem::new("secrets_file", ProblemKind::Storage, Stage::Store, message)
}

#[cfg(test)]
mod tests {
    use super::SecretFile;
    use crate::SecretPlace;
    use definition::Secret;

    fn place(name: &str) -> SecretPlace {
        SecretPlace { owner: "owner".to_owned(), name: name.to_owned() }
    }

    #[test]
    fn a_secret_comes_back_and_is_not_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.enc");
        let mut file = SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
        file.set(&place("key"), &Secret::new("planted-canary")).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(14).any(|window| window == b"planted-canary"));
        let mut again = SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
        assert_eq!(again.get(&place("key")), Some(Secret::new("planted-canary")));
        again.delete(&place("key")).unwrap();
        let last = SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
        assert_eq!(last.get(&place("key")), None);
    }

    #[test]
    fn a_wrong_passphrase_or_a_changed_file_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.enc");
        drop(SecretFile::open(&path, &Secret::new("correct horse")).unwrap());
        let problem = SecretFile::open(&path, &Secret::new("wrong horse!")).unwrap_err();
        assert_eq!(problem.code, "wrong_passphrase");
        let mut bytes = std::fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let problem = SecretFile::open(&path, &Secret::new("correct horse")).unwrap_err();
        assert_eq!(problem.code, "wrong_passphrase");
    }

    #[test]
    fn a_short_passphrase_makes_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let problem = SecretFile::open(&folder.path().join("secrets.enc"), &Secret::new("short")).unwrap_err();
        assert_eq!(problem.code, "short_passphrase");
    }
}
