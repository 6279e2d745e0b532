//! `keyring`: where secrets are kept.

use super::{Context, call};
use crate::values::{ask_secret, can_ask, read_secret, usage};
use crate::{args, exit};
use api::contract::{AppInfo, KeyringKind, KeyringStatus};
use definition::Problem;
use serde_json::json;

/// Tells, or unlocks.
pub async fn run(context: &Context, args: args::Keyring) -> Result<u8, Problem> {
    let passphrase = match &args {
        args::Keyring::Status => None,
        args::Keyring::Unlock { passphrase: Some(place) } => Some(read_secret("passphrase", place)?),
        args::Keyring::Unlock { passphrase: None } if can_ask() => Some(ask_secret("Passphrase")?),
        args::Keyring::Unlock { passphrase: None } => {
            let message = "The passphrase is needed, and there is nobody to ask.";
            return Err(usage(message).hint("Add --passphrase env:VARIABLE."));
        }
    };
    let app = context.app().await?;
    let status: KeyringStatus = match passphrase {
        None => call::<AppInfo>(&app, "app_info", json!({})).await?.keyring,
        Some(passphrase) => call(&app, "keyring_unlock", json!({"passphrase": passphrase.open()})).await?,
    };
    app.close().await;
    if context.out.json {
        context.out.answer(&status);
    } else {
        context.out.line(&status.message);
    }
    Ok(if status.kind == KeyringKind::None { exit::AUTH } else { exit::DONE })
}
