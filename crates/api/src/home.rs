//! Home: what there is.

use crate::app::App;
use crate::auth::TOKENS;
use crate::contract::{ConnectionCard, ConnectorCard, Home, Id, Named, Nothing};
use crate::workbench::keep;
use crate::{connections, connectors, schedules, sync};
use definition::{Definition, Document, Problem, ProblemKind, Stage};
use store::{Connection, Connector};

/// The latest runs that Home shows.
const RUNS: u32 = 10;

/// Connectors, connections and the latest runs.
pub(crate) async fn home(app: &App, _request: Nothing) -> Result<Home, Problem> {
    let connections = app.store().connections().await?;
    let mut connectors = Vec::new();
    for connector in app.store().connectors().await? {
        let mut cards = Vec::new();
        for connection in connections.iter().filter(|connection| connection.connector == connector.id) {
            cards.push(card(app, connection).await?);
        }
        connectors.push(connector_card(connector, cards));
    }
    Ok(Home { connectors, runs: sync::latest(app, None, RUNS).await? })
}

async fn card(app: &App, connection: &Connection) -> Result<ConnectionCard, Problem> {
    Ok(ConnectionCard {
        id: connection.id.clone(),
        name: connection.name.clone(),
        connector: connection.connector.clone(),
        last_run: sync::latest(app, Some(&connection.id), 1).await?.into_iter().next(),
        next_run: schedules::next_run(app, &connection.id).await?,
        health: crate::health::brief(app, &connection.id).await?,
    })
}

fn connector_card(connector: Connector, connections: Vec<ConnectionCard>) -> ConnectorCard {
    let definition =
        Document::parse_shape(&connector.text).map(|document| document.definition().clone()).unwrap_or_default();
    ConnectorCard {
        id: connector.id,
        title: if definition.title.is_empty() { connector.name.clone() } else { definition.title.clone() },
        name: connector.name,
        host: host(&definition),
        streams: definition.streams.into_iter().map(|stream| stream.name).collect(),
        draft: connector.draft,
        connections,
        changed_at: connector.changed_at,
    }
}

fn host(definition: &Definition) -> String {
    let database = definition.streams.iter().find_map(|stream| match &stream.source {
        definition::model::Source::Database(database) => Some(database.url.as_str()),
        _ => None,
    });
    let base = definition.http.as_ref().map(|http| http.base_url.as_str()).or(database).unwrap_or_default();
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default().to_owned()
}

/// Deletes a connector with its connections, their secrets, runs and data.
pub(crate) async fn delete(app: &App, request: Id) -> Result<Nothing, Problem> {
    let all = app.store().connections().await?;
    let connections: Vec<Connection> = all.into_iter().filter(|one| one.connector == request.id).collect();
    // Nothing goes unless all can.
    let _turns = connections.iter().map(|one| connections::hold(app, one)).collect::<Result<Vec<_>, _>>()?;
    let bench = app.bench(&request.id).await.ok();
    for connection in &connections {
        connections::erase(app, connection).await?;
    }
    if let Some(bench) = bench {
        for name in bench.with(|state| state.given.clone()) {
            app.vault().delete(&request.id, &name).await?;
        }
        app.vault().delete(&request.id, TOKENS).await?;
    }
    app.drop_bench(&request.id);
    app.store().delete_connector(&request.id).await?;
    Ok(Nothing {})
}

/// Renames a connector: its title.
pub(crate) async fn rename(app: &App, request: Named) -> Result<Nothing, Problem> {
    let title = request.name.trim().to_owned();
    if title.is_empty() {
        return Err(
            Problem::new("no_name", ProblemKind::Config, Stage::Store, "A connector needs a name.").field("name")
        );
    }
    let bench = app.bench(&request.id).await?;
    connectors::note(app, &request.id, connectors::Why::Edited, "").await?;
    bench.with(|state| {
        let mut definition = state.definition.clone();
        definition.title = title;
        let text = connectors::renamed(&state.text, &definition);
        state.edit_text(definition, text);
    });
    keep(app, &bench).await?;
    connectors::note(app, &request.id, connectors::Why::Renamed, "").await?;
    Ok(Nothing {})
}
