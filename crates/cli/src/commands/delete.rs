//! `delete`: a connection, or a connector with all that hangs on it.

use super::{Context, call, list};
use crate::values::{self, usage};
use crate::{args, exit};
use api::App;
use api::contract::{Dependents, Nothing};
use definition::Problem;
use serde_json::json;

/// Deletes it, once the person is sure.
pub async fn run(context: &Context, args: &args::Delete) -> Result<u8, Problem> {
    let app = context.app().await?;
    match list::find_connection(&app, &args.name).await? {
        Some((_, connection)) => one(context, app, args, "connection", &connection.id).await,
        None => {
            let card = list::find_connector(&app, &args.name).await?;
            one(context, app, args, "connector", &card.id).await
        }
    }
}

/// Says what depends on a connector or a connection, asks, and deletes it.
pub async fn one(context: &Context, app: App, args: &args::Delete, kind: &str, id: &str) -> Result<u8, Problem> {
    let out = &context.out;
    let goes: Dependents = call(&app, &format!("{kind}_dependents"), json!({"id": id})).await?;
    let what = format!("the {kind} {}", goes.name);
    if !args.yes {
        // Before any question, and before the refusal to go on without one.
        out.note(&text(&what, kind, &goes));
        if !values::can_ask() {
            return Err(usage(format!("This would delete {what}, and there is nobody to ask.")).hint("Add --yes."));
        }
        if !matches!(values::ask_line(&format!("Delete {what}? [y/N] "))?.as_str(), "y" | "Y" | "yes") {
            out.say("Nothing was deleted.");
            return Ok(exit::DONE);
        }
    }
    let _: Nothing = call(&app, &format!("{kind}_delete"), json!({"id": id})).await?;
    app.close().await;
    if out.json {
        out.answer(&json!({"deleted": args.name, "kind": kind, "went": goes}));
    } else {
        out.say(&format!("Deleted {what}."));
    }
    Ok(exit::DONE)
}

/// All that goes, in words.
fn text(what: &str, kind: &str, goes: &Dependents) -> String {
    let mut lines = vec![format!("With {what} go:")];
    if kind == "connector" {
        lines.push(format!(
            "  {} and {}",
            count(goes.versions.into(), "version"),
            count(goes.connections.len() as u64, "connection")
        ));
    }
    for one in &goes.connections {
        let mut parts = vec![count(one.runs.into(), "run")];
        let stays = if one.data_goes { "" } else { ", which stays" };
        parts.push(format!(
            "{} in {} ({} bytes in {}{stays})",
            count(one.rows, "row"),
            count(one.tables.len() as u64, "table"),
            one.bytes,
            one.destination
        ));
        if !one.secrets.is_empty() {
            parts.push(format!("{} ({})", count(one.secrets.len() as u64, "secret"), one.secrets.join(", ")));
        }
        parts.extend(one.schedule.iter().map(|words| format!("its schedule: {words}")));
        parts.extend(one.others.iter().map(|other| format!("{} {}", other.count, other.name)));
        lines.push(format!("  {}: {}", one.name, parts.join("; ")));
    }
    lines.extend(goes.busy.iter().map(|busy| format!("  {busy} It can't be deleted now.")));
    lines.join("\n")
}

fn count(number: u64, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
