//! Accepting: the workbench becomes a connection with a database of its own.

use super::{Bench, keep};
use crate::app::{App, new_id, now};
use crate::auth::TOKENS;
use crate::connections::free_name;
use crate::contract::{Id, Workbench, WorkbenchStage};
use definition::{Problem, ProblemKind, Stage};
use store::Connection;

/// Takes the workbench as it stands: makes its connection.
pub(crate) async fn accept(app: &App, request: Id) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    let _work = bench.work.lock().await;
    let (stage, connection, faults) = bench.with(|state| (state.stage, state.connection.clone(), state.faults.clone()));
    if connection.is_some() {
        return Ok(bench.view());
    }
    if stage != WorkbenchStage::Ready {
        return Err(Problem::new(
            "not_ready",
            ProblemKind::Config,
            Stage::Open,
            "There are no records to look at yet.",
        )
        .hint("Read the first page before you accept."));
    }
    if !faults.is_empty() {
        return Err(Problem::faulty(faults));
    }
    make_connection(app, &bench).await?;
    keep(app, &bench).await?;
    crate::connectors::note(app, bench.id(), crate::connectors::Why::Accepted, "").await?;
    Ok(bench.view())
}

async fn make_connection(app: &App, bench: &Bench) -> Result<(), Problem> {
    let (name, values, definition) =
        bench.with(|state| (state.definition.name.clone(), state.values.clone(), state.definition.clone()));
    // Only what the definition still asks for goes along.
    let values = values.into_iter().filter(|(name, _)| definition.input(name).is_some()).collect();
    let secrets: Vec<String> =
        definition.config.iter().map(|input| input.name.clone()).filter(|name| definition.is_secret(name)).collect();
    let id = new_id();
    let tokens = TOKENS.to_owned();
    let all: Vec<String> = secrets.iter().cloned().chain([tokens]).collect();
    let not_kept = app.vault().hand_over(bench.id(), &id, &all).await?;
    let name = free_name(app, &name).await?;
    let destination = free_file(app, &name);
    let connection = Connection {
        id: id.clone(),
        name,
        connector: bench.id().to_owned(),
        values,
        secret_names: secrets,
        destination,
        created_at: now(),
    };
    app.store().put_connection(&connection).await?;
    bench.with(|state| {
        state.connection = Some(id);
        state.values = connection.values;
        state.given = connection.secret_names;
        if let Some(reason) = not_kept {
            state.note(format!("The key is not kept: it is used until the app is closed. {reason}"));
        }
    });
    Ok(())
}

/// A file that is not there, so that a connection never writes into what an older one left behind.
pub(crate) fn free_file(app: &App, name: &str) -> String {
    let folder = app.data_dir().join("data");
    let clean: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect();
    let mut path = folder.join(format!("{clean}.db"));
    let mut next = 2;
    while path.exists() {
        path = folder.join(format!("{clean}-{next}.db"));
        next += 1;
    }
    path.display().to_string()
}
