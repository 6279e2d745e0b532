//! The real Secret Service: gnome-keyring on a session bus of its own.

use definition::Secret;
use std::process::Command;
use store::{SecretPlace, SecretStore, SecretStoreStatus};

/// Set in the process that runs inside the private bus.
const INSIDE: &str = "TAPWRIGHT_TEST_INSIDE_BUS";

#[test]
fn a_secret_goes_to_the_systems_keyring_and_comes_back() {
    if std::env::var_os(INSIDE).is_some() {
        tokio::runtime::Runtime::new().unwrap().block_on(inside());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let script = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
    let this = std::env::current_exe().unwrap();
    let status = Command::new("dbus-run-session")
        .args(["--", "bash", "-c", script, "bash"])
        .arg(this)
        .args(["--exact", "keyring::a_secret_goes_to_the_systems_keyring_and_comes_back", "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("TAPWRIGHT_KEYRING")
        .env_remove("XDG_DATA_HOME")
        .status()
        .expect("dbus-run-session is missing: install dbus and gnome-keyring (`make test` does)");
    assert!(status.success(), "the keyring's part failed; is gnome-keyring installed? (`make test` installs it)");
}

async fn inside() {
    let folder = tempfile::tempdir().unwrap();
    let store = SecretStore::open(folder.path()).await;
    assert!(matches!(store.status().await, SecretStoreStatus::System(_)), "{:?}", store.status().await);
    let place = SecretPlace { owner: "owner".to_owned(), name: "api_token".to_owned() };
    assert_eq!(store.get(&place).await.unwrap(), None);
    let long = Secret::new("s3cret-ключ-".repeat(500));
    store.set(&place, &long).await.unwrap();
    assert_eq!(store.get(&place).await.unwrap(), Some(long));
    store.delete(&place).await.unwrap();
    store.delete(&place).await.unwrap();
    assert_eq!(store.get(&place).await.unwrap(), None);
}
