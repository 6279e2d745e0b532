//! `connector`: looking after connectors.

mod versions;

use super::{Context, call, delete, list, show, update};
use crate::args::manage::{Connector, Duplicate, RenameConnector};
use crate::exit;
use api::contract::MadeThing;
use definition::Problem;
use serde_json::json;

/// Does what was asked.
pub async fn run(context: &Context, command: Connector) -> Result<u8, Problem> {
    match command {
        Connector::List => list::run(context).await,
        Connector::Show(named) => {
            let app = context.app().await?;
            let card = list::find_connector(&app, &named.name).await?;
            let result = show::connector(context, &app, &card).await;
            app.close().await;
            result
        }
        Connector::Rename(args) => rename(context, &args).await,
        Connector::Duplicate(args) => duplicate(context, &args).await,
        Connector::Delete(args) => {
            let app = context.app().await?;
            let card = list::find_connector(&app, &args.name).await?;
            delete::one(context, app, &args, "connector", &card.id).await
        }
        Connector::Versions(named) => versions::list_them(context, &named.name).await,
        Connector::Diff(args) => versions::diff(context, &args).await,
        Connector::Rollback(args) => versions::rollback(context, &args).await,
        Connector::Update(args) => update::run(context, &args).await,
    }
}

async fn rename(context: &Context, args: &RenameConnector) -> Result<u8, Problem> {
    let app = context.app().await?;
    let card = list::find_connector(&app, &args.name).await?;
    let request = json!({"id": card.id, "name": args.new, "title": args.title});
    let made: MadeThing = call(&app, "connector_rename_as", request).await?;
    app.close().await;
    if context.out.json {
        context.out.answer(&json!({"connector": made.id, "name": made.name, "before": card.name}));
    } else {
        context.out.line(&format!("{} is called {} now.", args.name, args.title.as_ref().unwrap_or(&made.name)));
    }
    Ok(exit::DONE)
}

async fn duplicate(context: &Context, args: &Duplicate) -> Result<u8, Problem> {
    let app = context.app().await?;
    let card = list::find_connector(&app, &args.name).await?;
    let made: MadeThing = call(&app, "connector_duplicate", json!({"id": card.id, "name": args.new})).await?;
    app.close().await;
    if context.out.json {
        context.out.answer(&json!({"connector": made.id, "name": made.name}));
    } else {
        context.out.line(&format!("{} is a copy of {}, without connections.", made.name, card.name));
    }
    Ok(exit::DONE)
}
