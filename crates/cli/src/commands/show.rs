//! `show`: a connector or a connection.

use super::{Context, call, list};
use crate::{args, exit, table};
use api::App;
use api::contract::MaybeSchedule;
use api::contract::{ConnectionCard, ConnectorCard, DataTable, RunSummary, Share};
use definition::Problem;
use serde_json::json;

/// Shows it.
pub async fn run(context: &Context, args: &args::Named) -> Result<u8, Problem> {
    let app = context.app().await?;
    let result = match list::find_connection(&app, &args.name).await? {
        Some((connector, connection)) => show_connection(context, &app, &connector, &connection).await,
        None => connector(context, &app, &list::find_connector(&app, &args.name).await?).await,
    };
    app.close().await;
    result
}

async fn show_connection(
    context: &Context,
    app: &App,
    connector: &ConnectorCard,
    connection: &ConnectionCard,
) -> Result<u8, Problem> {
    let out = &context.out;
    let kept = api::headless::connection(app, &connection.id).await?;
    let tables: Vec<DataTable> = call(app, "data_tables", json!({"id": connection.id})).await?;
    let runs: Vec<RunSummary> = call(app, "runs", json!({"id": connection.id})).await?;
    let found: MaybeSchedule = call(app, "schedule_get", json!({"id": connection.id})).await?;
    let secrets: Vec<&String> = kept.config.secrets.keys().collect();
    if out.json {
        out.answer(&json!({"connection": connection, "connector": {"id": connector.id, "name": connector.name, "host": connector.host},
                           "values": kept.config.values, "secrets": secrets, "database": kept.destination, "tables": tables, "runs": runs,
                           "schedule": found.schedule}));
        return Ok(exit::DONE);
    }
    out.line(&format!(
        "{} ({})\nconnector  {} at {}\ndatabase   {}",
        connection.name,
        connection.id,
        connector.name,
        connector.host,
        kept.destination.display()
    ));
    for (name, value) in &kept.config.values {
        out.line(&format!("value      {name} = {value}"));
    }
    for name in secrets {
        out.line(&format!("secret     {name}, kept in the keyring"));
    }
    if let Some(schedule) = &found.schedule {
        let next = schedule.next_at.as_deref().unwrap_or("paused");
        out.line(&format!("schedule   {}, next run {next}", schedule.words));
    }
    for table in &tables {
        out.line(&format!("table      {}: {} rows, {} columns", table.name, table.rows, table.columns.len()));
    }
    for run in runs.iter().take(3) {
        out.line(&format!("run        {}", list::run_text(run)));
    }
    Ok(exit::DONE)
}

/// Shows a connector.
///
/// # Errors
/// Where it can't be read.
pub async fn connector(context: &Context, app: &App, card: &ConnectorCard) -> Result<u8, Problem> {
    let out = &context.out;
    let share: Share = call(app, "share", json!({"id": card.id})).await?;
    if out.json {
        out.answer(&json!({"connector": card, "definition": share.text}));
        return Ok(exit::DONE);
    }
    let names = ["connection", "last run"].map(str::to_owned);
    let rows: Vec<Vec<Option<String>>> = card
        .connections
        .iter()
        .map(|connection| vec![Some(connection.name.clone()), connection.last_run.as_ref().map(list::run_text)])
        .collect();
    out.line(share.text.trim_end());
    if !rows.is_empty() {
        out.say(&table::render(&names, &rows, &[]));
    }
    Ok(exit::DONE)
}
