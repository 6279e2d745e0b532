//! Signing in from the command line, and the tokens of a definition's file that has no connection.

use crate::app::{Vault, default_folder};
use crate::auth::{Codes, KeptHost};
use definition::model::{Auth, OAuth2Grant};
use definition::{Definition, Problem};
use engine::config::ConfigValues;
use engine::host::Host;
use engine::sign_in::SignIn;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::SecretStore;

/// Begins to sign in. The tokens go where the values' host keeps them.
///
/// # Errors
/// Where the definition and the values have faults, nobody has to sign in, or the provider refuses.
pub async fn sign_in(definition: &Definition, config: &ConfigValues, device: bool) -> Result<SignIn, Problem> {
    let plan = super::plan(definition, config)?;
    SignIn::begin(Arc::new(plan), device).await
}

/// Whether a definition's tokens have to outlive a run: a person signs in for them, or a refresh token may be good for
/// one use.
pub fn keeps_tokens(definition: &Definition) -> bool {
    fn of(auth: &Auth) -> bool {
        match auth {
            Auth::OAuth2(oauth) => !matches!(oauth.grant, OAuth2Grant::ClientCredentials | OAuth2Grant::Password),
            Auth::Select(select) => select.options.values().any(of),
            _ => false,
        }
    }
    definition.http.as_ref().is_some_and(|http| of(&http.auth))
}

/// The tokens' place for a definition's file: in the keyring, by the file's path.
///
/// # Errors
/// Where there is no data folder.
pub async fn file_host(data_dir: Option<PathBuf>, file: &Path) -> Result<Arc<dyn Host>, Problem> {
    let data_dir = data_dir.map_or_else(default_folder, Ok)?;
    let path = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let owner = format!("file-{:016x}", fingerprint(path.to_string_lossy().as_bytes()));
    let store = SecretStore::open(&data_dir).await;
    let vault = Vault::new(store, Codes::new(Arc::new(|_| {})), data_dir);
    let hint = format!("Sign in first: `tapwright sign-in {}`, with the same values.", file.display());
    Ok(Arc::new(KeptHost::new(vault, &owner, hint)))
}

/// FNV-1a: the same in every version of the program.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
