//! Settings and facts of the app.

use crate::app::App;
use crate::contract::{AppInfo, KeyringKind, KeyringStatus, Nothing, Passphrase, SetSettings, Settings};
use definition::{Problem, ProblemKind, Stage};
use store::SecretStoreStatus;

const SETTINGS: &str = "settings";

/// Facts of the app and its settings.
pub(crate) async fn info(app: &App, _request: Nothing) -> Result<AppInfo, Problem> {
    let kept = app.store().setting(SETTINGS).await?;
    Ok(AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: app.data_dir().display().to_string(),
        keyring: keyring(app).await,
        // Settings of a later version are no reason not to start.
        settings: kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
    })
}

/// Keeps new settings.
pub(crate) async fn set(app: &App, request: SetSettings) -> Result<Settings, Problem> {
    let text = serde_json::to_string(&request.settings).map_err(|error| {
        Problem::new("settings", ProblemKind::Internal, Stage::Store, "The settings can't be written.")
            .detail(error.to_string())
    })?;
    app.store().put_setting(SETTINGS, &text).await?;
    app.schedules_changed();
    Ok(request.settings)
}

/// Opens the encrypted file of secrets, or makes it.
pub(crate) async fn unlock(app: &App, request: Passphrase) -> Result<KeyringStatus, Problem> {
    app.vault().unlock(&request.passphrase).await?;
    Ok(keyring(app).await)
}

async fn keyring(app: &App) -> KeyringStatus {
    let (kind, message) = match app.vault().status().await {
        SecretStoreStatus::System(name) => (KeyringKind::System, name),
        SecretStoreStatus::File => (KeyringKind::File, "An encrypted file in the data folder.".to_owned()),
        SecretStoreStatus::FileLocked => {
            (KeyringKind::FileLocked, "An encrypted file in the data folder, waiting for its passphrase.".to_owned())
        }
        SecretStoreStatus::None(why) => (KeyringKind::None, why),
    };
    KeyringStatus { kind, message }
}
