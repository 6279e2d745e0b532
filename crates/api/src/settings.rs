//! Settings and facts of the app.

use crate::app::App;
use crate::contract::{AppInfo, KeyringKind, KeyringStatus, Nothing, Passphrase, SetSettings, Settings};
use definition::{Problem, ProblemKind, Stage};
use engine::http::{Network, certificates_of, proxy_of, use_network};
use std::path::Path;
use store::SecretStoreStatus;

const SETTINGS: &str = "settings";
/// The most that an answer may be allowed to have, in MiB.
const LARGEST_ANSWER: u32 = 4096;

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
    let network = network(&request.settings)?;
    let text = serde_json::to_string(&request.settings).map_err(|error| {
        Problem::new("settings", ProblemKind::Internal, Stage::Store, "The settings can't be written.")
            .detail(error.to_string())
    })?;
    app.store().put_setting(SETTINGS, &text).await?;
    use_network(network);
    app.schedules_changed();
    Ok(request.settings)
}

/// Takes the kept settings of the network. What they name may be gone: that is no reason not to start.
pub(crate) async fn apply(app: &App) -> Result<(), Problem> {
    match network(&info(app, Nothing {}).await?.settings) {
        Ok(network) => use_network(network),
        Err(problem) => tracing::warn!(%problem, "The settings of the network were not taken."),
    }
    Ok(())
}

fn network(settings: &Settings) -> Result<Network, Problem> {
    let mut certificates = Vec::new();
    for file in &settings.certificates {
        certificates.extend(certificates_of(Path::new(file))?);
    }
    if settings.response_mib.is_some_and(|mib| !(1..=LARGEST_ANSWER).contains(&mib)) {
        let message = format!("The largest answer is between 1 and {LARGEST_ANSWER} MiB.");
        return Err(Problem::new("bad_limit", ProblemKind::Config, Stage::Store, message).field("response_mib"));
    }
    let response_bytes = settings.response_mib.map(|mib| u64::from(mib) * 1024 * 1024);
    Ok(Network { proxy: proxy_of(&settings.proxy)?, certificates, response_bytes })
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
