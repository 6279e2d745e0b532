//! `secrets.enc`: all secrets in one file, encrypted with a passphrase.
//!
//! `TWSECRT1`, 16 bytes of salt, 24 of nonce, then XChaCha20-Poly1305 of a JSON object `OWNER/NAME` → secret. The key is
//! Argon2id of the passphrase (64 MiB, 3 passes, 1 lane; RFC 9106's second recommendation with fewer lanes). Each write
//! takes a new nonce, goes to a file beside, and is renamed over the old one.

use super::SecretPlace;
use crate::database::{make_private_folder, private};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use definition::{Problem, ProblemKind, Secret, Stage};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
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
        // Two processes must not both make one: the later would lock out the earlier.
        let _alone = alone(path)?;
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
        let salt = salt_of(path, bytes)?;
        let key = derive(passphrase, &salt)?;
        let secrets = unsealed(bytes, &key)?;
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

    /// A secret, if there is one. What another process wrote meanwhile is seen.
    pub fn get(&mut self, place: &SecretPlace) -> Result<Option<Secret>, Problem> {
        self.reread()?;
        Ok(self.secrets.get(&name(place)).cloned())
    }

    /// Keeps a secret. What another process wrote meanwhile is taken in first.
    pub fn set(&mut self, place: &SecretPlace, secret: &Secret) -> Result<(), Problem> {
        let _alone = alone(&self.path)?;
        self.reread()?;
        self.secrets.insert(name(place), secret.clone());
        self.write()
    }

    /// Forgets a secret.
    pub fn delete(&mut self, place: &SecretPlace) -> Result<(), Problem> {
        let _alone = alone(&self.path)?;
        self.reread()?;
        if self.secrets.remove(&name(place)).is_some() { self.write() } else { Ok(()) }
    }

    /// Takes in the file as it is now. One that this key does not open is never written over.
    fn reread(&mut self) -> Result<(), Problem> {
        match fs::read(&self.path) {
            Ok(bytes) => {
                if salt_of(&self.path, &bytes)? != self.salt {
                    return Err(changed());
                }
                self.secrets = unsealed(&bytes, &self.key)?;
                Ok(())
            }
            // Somebody removed it: with it went what it held.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                self.secrets.clear();
                Ok(())
            }
            Err(error) => Err(not_written(&self.path, &error)),
        }
    }
}

/// The salt in the header, if it is one of ours.
fn salt_of(path: &Path, bytes: &[u8]) -> Result<[u8; SALT], Problem> {
    if bytes.len() < HEADER || &bytes[..MAGIC.len()] != MAGIC {
        let message = format!("{} is not a file of secrets.", path.display());
        return Err(Problem::new("not_secrets", ProblemKind::Storage, Stage::Store, message).hint("Move it away."));
    }
    let mut salt = [0; SALT];
    salt.copy_from_slice(&bytes[MAGIC.len()..MAGIC.len() + SALT]);
    Ok(salt)
}

/// What the file holds. Its length was looked at by [`salt_of`].
fn unsealed(bytes: &[u8], key: &Zeroizing<[u8; 32]>) -> Result<BTreeMap<String, Secret>, Problem> {
    let nonce = XNonce::from_slice(&bytes[MAGIC.len() + SALT..HEADER]);
    let cipher = XChaCha20Poly1305::new(Key::from_slice(key.as_ref()));
    let plain = cipher.decrypt(nonce, &bytes[HEADER..]).map(Zeroizing::new).map_err(|_| {
        let message = "The passphrase does not open the file of secrets, or the file was changed.";
        Problem::new("wrong_passphrase", ProblemKind::Auth, Stage::Store, message)
            .hint("Try again. Without the passphrase, move secrets.enc away and give the keys anew.")
    })?;
    serde_json::from_slice(&plain).map_err(|_| {
        Problem::new("not_secrets", ProblemKind::Storage, Stage::Store, "The file of secrets holds something else.")
    })
}

fn changed() -> Problem {
    let message = "The file of secrets was made anew with another passphrase.";
    Problem::new("keyring_locked", ProblemKind::Storage, Stage::Store, message).hint("Give its passphrase again.")
}

/// Waits until no other process changes the file: it is read, changed and written as one.
fn alone(path: &Path) -> Result<File, Problem> {
    let lock = path.with_extension("enc.lock");
    let failed = |error: std::io::Error| not_written(path, &error);
    if let Some(folder) = path.parent() {
        make_private_folder(folder)?;
    }
    let file = private(OpenOptions::new().write(true).create(true).truncate(false)).open(lock).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
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
    let beside = path.with_extension("enc.new");
    // One that a crash left has whatever rights it has.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The rename itself must survive a power cut too. Windows knows no folder that can be opened.
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
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
        assert_eq!(again.get(&place("key")).unwrap(), Some(Secret::new("planted-canary")));
        again.delete(&place("key")).unwrap();
        let mut last = SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
        assert_eq!(last.get(&place("key")).unwrap(), None);
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

    #[test]
    fn two_that_hold_the_file_see_each_other_and_never_write_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/secrets.enc");
        let (mut one, mut two) = {
            let open = || SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
            (open(), open())
        };
        one.set(&place("a"), &Secret::new("1")).unwrap();
        two.set(&place("b"), &Secret::new("2")).unwrap();
        assert_eq!(one.get(&place("b")).unwrap(), Some(Secret::new("2")));
        assert_eq!(two.get(&place("a")).unwrap(), Some(Secret::new("1")));
        std::fs::remove_file(&path).unwrap();
        let mut anew = SecretFile::open(&path, &Secret::new("battery staple")).unwrap();
        assert_eq!(one.set(&place("c"), &Secret::new("3")).unwrap_err().code, "keyring_locked");
        assert_eq!(anew.get(&place("a")).unwrap(), None);
    }

    #[test]
    fn a_crash_before_the_rename_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.enc");
        let mut file = SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
        file.set(&place("key"), &Secret::new("kept")).unwrap();
        std::fs::write(path.with_extension("enc.new"), b"TWSECRT1 half of").unwrap();
        let mut again = SecretFile::open(&path, &Secret::new("correct horse")).unwrap();
        assert_eq!(again.get(&place("key")).unwrap(), Some(Secret::new("kept")));
        again.set(&place("other"), &Secret::new("x")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
