//! `list`: connectors and their connections.

use super::{Context, call};
use crate::{exit, table, values};
use api::App;
use api::contract::{ConnectionCard, ConnectorCard, Home, RunSummary};
use definition::Problem;
use serde_json::json;

/// Lists them.
pub async fn run(context: &Context) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let home: Home = call(&app, "home", json!({})).await?;
    app.close().await;
    if out.json {
        out.answer(&home);
        return Ok(exit::DONE);
    }
    if home.connectors.is_empty() {
        out.say("There are no connectors yet. `tapwright new URL --out FILE` makes a definition, `tapwright connect FILE --name NAME` a connection.");
        return Ok(exit::DONE);
    }
    let names = ["connector", "connection", "host", "streams", "last run"].map(str::to_owned);
    let mut rows = Vec::new();
    for card in &home.connectors {
        let row = |connection: Option<&ConnectionCard>| {
            let last = connection.and_then(|connection| connection.last_run.as_ref()).map(run_text);
            vec![
                Some(card.name.clone()),
                connection.map(|connection| connection.name.clone()),
                Some(card.host.clone()),
                Some(card.streams.join(", ")),
                last,
            ]
        };
        if card.connections.is_empty() {
            rows.push(row(None));
        }
        rows.extend(card.connections.iter().map(|connection| row(Some(connection))));
    }
    out.line(&table::render(&names, &rows, &[]));
    Ok(exit::DONE)
}

/// A connection by its id or name.
///
/// # Errors
/// Where there is none.
pub async fn the_connection(app: &App, name: &str) -> Result<ConnectionCard, Problem> {
    let found = find_connection(app, name).await?;
    found.map(|(_, connection)| connection).ok_or_else(|| {
        values::usage(format!("There is no connection `{name}`.")).hint("`tapwright list` shows what there is.")
    })
}

/// A run in a few words.
pub fn run_text(run: &RunSummary) -> String {
    let outcome = run.outcome.map_or_else(|| "\"not ended\"".to_owned(), |outcome| crate::out::json(&outcome));
    format!("{} {}", run.started_at.chars().take(19).collect::<String>(), outcome.trim_matches('"'))
}

/// A connector by its id or name.
///
/// # Errors
/// Where there is none, or several of the name.
pub async fn find_connector(app: &App, name: &str) -> Result<ConnectorCard, Problem> {
    let home: Home = call(app, "home", json!({})).await?;
    let mut fitting: Vec<ConnectorCard> =
        home.connectors.into_iter().filter(|card| card.id == name || card.name == name).collect();
    if fitting.len() > 1 {
        let ids: Vec<&str> = fitting.iter().map(|card| card.id.as_str()).collect();
        return Err(values::usage(format!("There are several connectors `{name}`."))
            .hint(format!("Take one's id: {}.", ids.join(", "))));
    }
    fitting.pop().ok_or_else(|| {
        values::usage(format!("There is no connector `{name}`.")).hint("`tapwright list` shows what there is.")
    })
}

/// A connection by its id or name, with its connector.
///
/// # Errors
/// Where there is none.
pub async fn find_connection(app: &App, name: &str) -> Result<Option<(ConnectorCard, ConnectionCard)>, Problem> {
    let home: Home = call(app, "home", json!({})).await?;
    Ok(home.connectors.into_iter().find_map(|card| {
        let connection =
            card.connections.iter().find(|connection| connection.id == name || connection.name == name)?.clone();
        Some((card, connection))
    }))
}
