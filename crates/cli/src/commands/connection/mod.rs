//! `connection`: looking after connections.

use super::{Context, call, delete, list, show};
use crate::args::manage::{Connection, DuplicateConnection, Rename, SetConnection};
use crate::values::{self, usage};
use crate::{exit, table};
use api::App;
use api::contract::{ConnectionSettings, Home, MadeThing};
use definition::Problem;
use definition::model::ConfigType;
use serde_json::{Map, Value, json};

/// Does what was asked.
pub async fn run(context: &Context, command: Connection) -> Result<u8, Problem> {
    match command {
        Connection::List => list_them(context).await,
        Connection::Show(named) => {
            let app = context.app().await?;
            list::the_connection(&app, &named.name).await?;
            app.close().await;
            show::run(context, &named).await
        }
        Connection::Rename(args) => rename(context, &args).await,
        Connection::Duplicate(args) => duplicate(context, &args).await,
        Connection::Set(args) => set(context, &args).await,
        Connection::Delete(args) => {
            let app = context.app().await?;
            let card = list::the_connection(&app, &args.name).await?;
            delete::one(context, app, &args, "connection", &card.id).await
        }
    }
}

async fn list_them(context: &Context) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let home: Home = call(&app, "home", json!({})).await?;
    app.close().await;
    let all: Vec<_> = home
        .connectors
        .iter()
        .flat_map(|card| card.connections.iter().map(move |connection| (card, connection)))
        .collect();
    if out.json {
        let rows: Vec<Value> = all
            .iter()
            .map(|(card, connection)| {
                json!({"id": connection.id, "name": connection.name, "connector": card.name,
                "connector_id": card.id, "last_run": connection.last_run, "next_run": connection.next_run})
            })
            .collect();
        out.answer(&json!({"connections": rows}));
        return Ok(exit::DONE);
    }
    if all.is_empty() {
        out.say("There are no connections yet. `tapwright connect FILE --name NAME` makes one.");
        return Ok(exit::DONE);
    }
    let names = ["connection", "connector", "last run", "next run"].map(str::to_owned);
    let rows: Vec<_> = all
        .iter()
        .map(|(card, connection)| {
            vec![
                Some(connection.name.clone()),
                Some(card.name.clone()),
                connection.last_run.as_ref().map(list::run_text),
                connection.next_run.as_ref().map(|at| at.chars().take(19).collect()),
            ]
        })
        .collect();
    out.line(&table::render(&names, &rows, &[]));
    Ok(exit::DONE)
}

async fn rename(context: &Context, args: &Rename) -> Result<u8, Problem> {
    let app = context.app().await?;
    let card = list::the_connection(&app, &args.name).await?;
    let settings: ConnectionSettings =
        call(&app, "connection_update", json!({"id": card.id, "name": args.new})).await?;
    app.close().await;
    if context.out.json {
        context.out.answer(&json!({"connection": settings.id, "name": settings.name, "before": card.name}));
    } else {
        context.out.line(&format!("{} is called {} now.", card.name, settings.name));
    }
    Ok(exit::DONE)
}

async fn duplicate(context: &Context, args: &DuplicateConnection) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let card = list::the_connection(&app, &args.name).await?;
    let request = json!({"id": card.id, "name": args.new, "secrets": args.with_secrets});
    let made: MadeThing = call(&app, "connection_duplicate", request).await?;
    let settings: ConnectionSettings = call(&app, "connection_settings", json!({"id": made.id})).await?;
    app.close().await;
    let missing: Vec<String> =
        settings.inputs.iter().filter(|input| input.required && !input.given).map(|input| input.name.clone()).collect();
    if out.json {
        out.answer(
            &json!({"connection": made.id, "name": made.name, "destination": settings.destination, "missing": missing}),
        );
        return Ok(exit::DONE);
    }
    out.line(&format!("{} is a copy of {}. Its records go to {}.", made.name, card.name, settings.destination));
    if !missing.is_empty() {
        out.say(&format!(
            "Still to give: {}. See `tapwright connection set {} --help`.",
            missing.join(", "),
            made.name
        ));
    }
    Ok(exit::DONE)
}

async fn set(context: &Context, args: &SetConnection) -> Result<u8, Problem> {
    let out = &context.out;
    let given = values::read(&args.values)?;
    let app = context.app().await?;
    let card = list::the_connection(&app, &args.name).await?;
    let mut request = json!({"id": card.id, "name": args.new, "destination": args.destination});
    let (mut plain, mut secrets) = unset(&app, &card.id, &args.unset).await?;
    for (name, value) in given.values {
        plain.insert(name, Value::String(text(&value)));
    }
    for (name, secret) in given.secrets {
        secrets.insert(name, Value::String(secret.open().to_owned()));
    }
    let nothing = plain.is_empty() && secrets.is_empty() && args.new.is_none() && args.destination.is_none();
    if nothing {
        return Err(usage("Nothing to set.")
            .hint("Add --config NAME=VALUE, --secret NAME=env:VARIABLE, --unset NAME, --name or --destination."));
    }
    request["values"] = Value::Object(plain);
    request["secrets"] = Value::Object(secrets);
    let settings: ConnectionSettings = call(&app, "connection_update", request).await?;
    app.close().await;
    if let Some(why) = &settings.not_kept {
        out.say(&format!(
            "The secrets are NOT kept: {why}\n`tapwright keyring unlock` makes an encrypted file for them."
        ));
    }
    if out.json {
        out.answer(&settings);
    } else {
        out.line(&format!("{} is changed. Its records go to {}.", settings.name, settings.destination));
    }
    Ok(exit::DONE)
}

/// What is to be taken away, as empty values and empty secrets.
async fn unset(app: &App, id: &str, names: &[String]) -> Result<(Map<String, Value>, Map<String, Value>), Problem> {
    let (mut plain, mut secrets) = (Map::new(), Map::new());
    if names.is_empty() {
        return Ok((plain, secrets));
    }
    let settings: ConnectionSettings = call(app, "connection_settings", json!({"id": id})).await?;
    for name in names {
        let secret = settings.inputs.iter().any(|input| input.name == *name && input.kind == ConfigType::Secret);
        (if secret { &mut secrets } else { &mut plain }).insert(name.clone(), Value::String(String::new()));
    }
    Ok((plain, secrets))
}

/// A value of a file of values, as it would be typed.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}
