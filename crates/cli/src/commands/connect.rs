//! `connect`: a definition with somebody's values, kept.

use super::Context;
use crate::{args, exit, target, values};
use api::headless::{self, NewConnection};
use definition::Problem;
use serde_json::json;

/// Makes a connector and its connection.
pub async fn run(context: &Context, args: args::Connect) -> Result<u8, Problem> {
    let out = &context.out;
    if args.name.trim().is_empty() || args.name.contains(['/', '\\']) {
        return Err(values::usage("A connection's name can't be empty and has no slashes."));
    }
    let document = target::read_document(&args.file)?;
    let config = values::resolve(document.definition(), values::read(&args.values)?)?;
    let secrets: String = config.secrets.keys().map(|name| format!(" --secret {name}=env:VARIABLE")).collect();
    let password = args.to_password.as_deref().map(|place| values::read_secret("--to-password", place)).transpose()?;
    let app = context.app().await?;
    let new = NewConnection {
        text: document.text().to_owned(),
        name: args.name.clone(),
        config,
        destination: args.to,
        destination_password: password,
    };
    let made = headless::connect(&app, new).await?;
    app.close().await;
    if let Some(why) = &made.not_kept {
        out.say(&format!(
            "The secrets are NOT kept: {why}\nGive them with --secret at each sync, or make an encrypted file with `tapwright keyring unlock` \
             and connect again."
        ));
    }
    if out.json {
        out.answer(&json!({"connection": made.connection, "connector": made.connector, "name": args.name,
                           "secrets_kept": made.not_kept.is_none(), "why_not": made.not_kept}));
    } else {
        let secrets = if made.not_kept.is_some() { secrets.as_str() } else { "" };
        out.line(&format!("{0} is connected. Next: tapwright sync {0}{secrets}", args.name));
    }
    Ok(exit::DONE)
}
