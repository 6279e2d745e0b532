//! `delete`: a connection, or a connector with all that hangs on it.

use super::{Context, call, list};
use crate::values::{self, usage};
use crate::{args, exit};
use api::contract::Nothing;
use definition::Problem;
use serde_json::json;

/// Deletes it, once the person is sure.
pub async fn run(context: &Context, args: &args::Delete) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let connection = list::find_connection(&app, &args.name).await?;
    let connector = match &connection {
        Some(_) => None,
        None => Some(list::find_connector(&app, &args.name).await?),
    };
    let what = match (&connection, &connector) {
        (Some((_, connection)), _) => format!("the connection {}, its secrets, runs and database", connection.name),
        (_, Some(card)) => format!(
            "the connector {} with {} connections, their secrets, runs and databases",
            card.name,
            card.connections.len()
        ),
        (None, None) => String::new(),
    };
    if !args.yes {
        if !values::can_ask() {
            return Err(usage(format!("This would delete {what}, and there is nobody to ask.")).hint("Add --yes."));
        }
        if !matches!(values::ask_line(&format!("Delete {what}? [y/N] "))?.as_str(), "y" | "Y" | "yes") {
            out.say("Nothing was deleted.");
            return Ok(exit::DONE);
        }
    }
    if let Some((_, connection)) = &connection {
        api::headless::delete_connection(&app, &connection.id).await?;
    }
    if let Some(card) = &connector {
        let _: Nothing = call(&app, "connector_delete", json!({"id": card.id})).await?;
    }
    app.close().await;
    if out.json {
        out.answer(&json!({"deleted": args.name}));
    } else {
        out.say(&format!("Deleted {what}."));
    }
    Ok(exit::DONE)
}
