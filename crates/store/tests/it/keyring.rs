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
    assert_eq!(store.get(&place).await.unwrap(), Some(long.clone()));
    // A keyring that was restarted is found again.
    let restart = "printf 'pw\\n' | gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null";
    assert!(Command::new("bash").args(["-c", restart]).status().unwrap().success());
    assert_eq!(store.get(&place).await.unwrap(), Some(long));
    store.delete(&place).await.unwrap();
    store.delete(&place).await.unwrap();
    assert_eq!(store.get(&place).await.unwrap(), None);
}

/// Runs a test of this file again, in a process whose environment is as it asks.
fn again(test: &str, environment: &[(&str, &str)]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(INSIDE, "1").envs(environment.iter().copied());
    command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("XDG_RUNTIME_DIR", "/nonexistent");
    assert!(command.status().unwrap().success());
}

fn inside_runs(test: &str, environment: &[(&str, &str)]) -> bool {
    let inside = std::env::var_os(INSIDE).is_some();
    if !inside {
        again(test, environment);
    }
    inside
}

fn token() -> SecretPlace {
    SecretPlace { owner: "owner".to_owned(), name: "api_token".to_owned() }
}

#[test]
fn without_a_keyring_there_is_no_place_until_a_file_is_made() {
    if !inside_runs("keyring::without_a_keyring_there_is_no_place_until_a_file_is_made", &[]) {
        return;
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let store = SecretStore::open(folder.path()).await;
        assert!(matches!(store.status().await, SecretStoreStatus::None(_)));
        assert_eq!(store.set(&token(), &Secret::new("x")).await.unwrap_err().code, "no_keyring");
        assert_eq!(store.unlock(&Secret::new("short")).await.unwrap_err().code, "short_passphrase");
        store.unlock(&Secret::new("correct horse")).await.unwrap();
        store.set(&token(), &Secret::new("x")).await.unwrap();
        assert_eq!(store.status().await, SecretStoreStatus::File);
        let later = SecretStore::open(folder.path()).await;
        assert_eq!(later.status().await, SecretStoreStatus::FileLocked);
        assert_eq!(later.get(&token()).await.unwrap_err().code, "keyring_locked");
        let wrong = later.unlock(&Secret::new("wrong horse")).await.unwrap_err();
        assert_eq!((wrong.code.as_str(), wrong.kind), ("wrong_passphrase", definition::ProblemKind::Auth));
        later.unlock(&Secret::new("correct horse")).await.unwrap();
        assert_eq!(later.get(&token()).await.unwrap(), Some(Secret::new("x")));
    });
}

#[test]
fn the_environment_opens_the_file() {
    let environment = [("TAPWRIGHT_PASSPHRASE", "correct horse"), ("TAPWRIGHT_KEYRING", "file")];
    if !inside_runs("keyring::the_environment_opens_the_file", &environment) {
        return;
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let store = SecretStore::open(folder.path()).await;
        store.set(&token(), &Secret::new("x")).await.unwrap();
        let again = SecretStore::open(folder.path()).await;
        assert_eq!(again.get(&token()).await.unwrap(), Some(Secret::new("x")));
        std::fs::write(folder.path().join("secrets.enc"), "something else").unwrap();
        let broken = SecretStore::open(folder.path()).await;
        assert_eq!(broken.get(&token()).await.unwrap_err().code, "not_secrets");
    });
}

#[test]
fn the_environment_forbids_every_place() {
    let environment = [("TAPWRIGHT_PASSPHRASE", "correct horse"), ("TAPWRIGHT_KEYRING", "none")];
    if !inside_runs("keyring::the_environment_forbids_every_place", &environment) {
        return;
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let store = SecretStore::open(folder.path()).await;
        assert_eq!(store.set(&token(), &Secret::new("x")).await.unwrap_err().code, "no_keyring");
        assert_eq!(store.unlock(&Secret::new("correct horse")).await.unwrap_err().code, "no_keyring");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    });
}
