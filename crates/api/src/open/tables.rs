//! Choosing tables: they become the streams of a new connector, or more streams of one that there is.

use super::database::{catalogue, opened};
use super::trust::read;
use crate::app::App;
use crate::contract::{Id, SetDefinition, TableChoice, TableList, TakeTables, Workbench, WorkbenchStage};
use crate::workbench::{Bench, keep, set_definition};
use definition::model::{Action, DatabaseSource, Source, Stream};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::source::database::DatabaseServer;
use sources::Catalogue;
use std::sync::Arc;

/// The most tables that become streams at once.
const MOST_TABLES: usize = 500;
/// The most lines that are told of tables that were taken.
const MOST_NOTES: usize = 12;

/// The tables of a workbench's database, as it tells them now.
pub(crate) async fn list(app: &App, request: Id) -> Result<TableList, Problem> {
    let bench = app.bench(&request.id).await?;
    let (server, catalogue) = match opened(app, &bench).await? {
        Some((_, server)) => {
            let found = catalogue(&bench, &server).await?;
            (server, found)
        }
        None => {
            let server = server_of(app, &bench).await?;
            let found = Arc::new(sources::catalogue(&server).await?);
            // What is listed now is what can be taken.
            bench.with(|state| state.catalogue = Some(Arc::clone(&found)));
            (server, found)
        }
    };
    let definition = bench.with(|state| state.definition.clone());
    let (_, address) = sources::product(&server)?;
    Ok(TableList { address, tables: choices(&definition, &catalogue) })
}

fn choices(definition: &Definition, catalogue: &Catalogue) -> Vec<TableChoice> {
    let taken: Vec<&str> = definition.streams.iter().filter_map(|stream| source(stream)?.table.as_deref()).collect();
    let one = |table: &sources::CatalogueTable| TableChoice {
        name: table.name.clone(),
        schema: table.schema.clone(),
        table: table.table.clone(),
        view: table.view,
        rows: table.rows,
        columns: u32::try_from(table.columns.len()).unwrap_or(u32::MAX),
        key: table.key.clone(),
        cursor: sources::cursor_column(table).map(str::to_owned),
        taken: taken.contains(&table.name.as_str())
            || (table.schema.is_none() && taken.contains(&table.table.as_str())),
    };
    catalogue.tables.iter().map(one).collect()
}

/// Makes streams of tables and of a query. The first ones make the connector; later ones can be taken back.
pub(crate) async fn take(app: &App, request: TakeTables) -> Result<Workbench, Problem> {
    if request.tables.is_empty() && request.query.is_none() {
        return Err(Problem::new("nothing_chosen", ProblemKind::Config, Stage::Open, "No table is chosen.")
            .hint("Choose at least one, or write a query."));
    }
    if request.tables.len() > MOST_TABLES {
        let message = format!("{} tables are too many at once: at most {MOST_TABLES}.", request.tables.len());
        return Err(Problem::new("too_many_tables", ProblemKind::Config, Stage::Open, message)
            .hint("Choose some of them; more can be added later."));
    }
    let bench = app.bench(&request.id).await?;
    match opened(app, &bench).await? {
        Some((database, server)) => first(app, &bench, &database.name, server, &request).await,
        None => more(app, &bench, &request).await,
    }
}

async fn first(
    app: &App,
    bench: &Arc<Bench>,
    name: &str,
    server: DatabaseServer,
    request: &TakeTables,
) -> Result<Workbench, Problem> {
    let mut definition = sources::draft(name, &server);
    let notes = add(bench, &server, &mut definition, request).await?;
    bench.with(|state| {
        state.put(definition);
        notes.into_iter().for_each(|note| state.note(note));
        state.stage = WorkbenchStage::Ready;
        state.database = None;
        state.catalogue = None;
        state.origin.clear();
    });
    keep(app, bench).await?;
    if let Err(problem) = read(app, bench).await {
        bench.with(|state| state.problem = Some(problem));
    }
    keep(app, bench).await?;
    Ok(bench.view())
}

async fn more(app: &App, bench: &Arc<Bench>, request: &TakeTables) -> Result<Workbench, Problem> {
    let server = server_of(app, bench).await?;
    let mut definition = bench.with(|state| state.definition.clone());
    let notes = add(bench, &server, &mut definition, request).await?;
    set_definition(app, SetDefinition { id: bench.id().to_owned(), definition }).await?;
    bench.with(|state| notes.into_iter().for_each(|note| state.note(note)));
    keep(app, bench).await?;
    Ok(bench.view())
}

/// Adds streams to a definition. Those behind the first speak to the same server in the same words. Gives back what a
/// person should know of them.
async fn add(
    bench: &Bench,
    server: &DatabaseServer,
    definition: &mut Definition,
    request: &TakeTables,
) -> Result<Vec<String>, Problem> {
    let like = definition.streams.iter().find_map(source).cloned();
    let (mut streams, mut notes) = (Vec::new(), Vec::new());
    if !request.tables.is_empty() {
        let catalogue = catalogue(bench, server).await?;
        let proposal = sources::definition("", server, &catalogue, &request.tables)?;
        streams = proposal.definition.streams;
        notes = proposal.notes;
    }
    if let Some(query) = &request.query {
        let stream = sources::query_stream(server, &query.name, &query.sql).await?;
        notes.push(format!(
            "{}: a query without a key is read whole by each run. Name its key to read it page by page.",
            stream.name
        ));
        streams.push(stream);
    }
    for mut stream in streams {
        let table = source(&stream).and_then(|source| source.table.clone());
        if let (Source::Database(own), Some(like)) = (&mut stream.source, &like) {
            own.url.clone_from(&like.url);
            own.username.clone_from(&like.username);
            own.password.clone_from(&like.password);
            own.timeout.clone_from(&like.timeout);
        }
        stream.name = free(definition, &stream.name);
        if let (true, Some(table)) = (request.actions, table) {
            let catalogue = catalogue(bench, server).await?;
            if let Some(table) = catalogue.tables.iter().find(|one| one.name == table) {
                let (actions, more) = sources::actions(&stream, table);
                let new = |action: &Action| !definition.actions.iter().any(|one| one.name == action.name);
                let actions: Vec<Action> = actions.into_iter().filter(new).collect();
                definition.actions.extend(actions);
                notes.extend(more);
            }
        }
        definition.streams.push(stream);
    }
    // One line a table is read; a hundred are not.
    if notes.len() > MOST_NOTES {
        let rest = notes.len() - MOST_NOTES;
        notes.truncate(MOST_NOTES);
        notes.push(format!("… and {rest} more lines of this kind."));
    }
    Ok(notes)
}

fn free(definition: &Definition, wanted: &str) -> String {
    let taken = |name: &str| definition.streams.iter().any(|other| other.name.eq_ignore_ascii_case(name));
    let mut name = wanted.to_owned();
    let mut number = 2;
    while taken(&name) {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    name
}

fn source(stream: &Stream) -> Option<&DatabaseSource> {
    match &stream.source {
        Source::Database(database) => Some(database),
        _ => None,
    }
}

/// The server that a connector's streams read.
async fn server_of(app: &App, bench: &Bench) -> Result<DatabaseServer, Problem> {
    bench.trusted()?;
    let (definition, values) = bench.with(|state| (state.definition.clone(), state.values.clone()));
    let config = app.vault().config(&bench.owner(), &definition, &values).await?;
    let servers = crate::headless::plan(&definition, &config)?.database_servers()?;
    servers.into_iter().next().ok_or_else(|| {
        Problem::new("no_database", ProblemKind::Config, Stage::Open, "This connector reads no database.")
    })
}
