//! Deleting a connection with all that hangs on it. Never while a sync of it goes on, in this program or another.

use super::dependents::is_own;
use crate::app::{App, blocking, storage};
use crate::auth::TOKENS;
use crate::contract::{Id, Nothing};
use crate::headless::DESTINATION_PASSWORD;
use crate::sync::{self, Turn};
use definition::Problem;
use std::io::ErrorKind;
use store::Connection;

/// Deletes a connection. Its connector stays.
pub(crate) async fn delete(app: &App, request: Id) -> Result<Nothing, Problem> {
    let connection = sync::connection(app, &request.id).await?;
    let _turn = hold(app, &connection)?;
    erase(app, &connection).await?;
    // The workbench goes on with another connection of the connector, or without one.
    if let Some(bench) = app.open_bench(&connection.connector)
        && bench.with(|state| state.connection.as_deref() == Some(&connection.id))
    {
        app.drop_bench(&connection.connector);
    }
    Ok(Nothing {})
}

/// Keeps syncs of a connection from beginning, or says that one goes on.
pub(crate) fn hold(app: &App, connection: &Connection) -> Result<Turn, Problem> {
    Turn::take(app.data_dir(), &connection.id).map_err(|mut problem| {
        if problem.code == "busy" {
            let place = if sync::is_running(app, &connection.id) { "" } else { " in another program" };
            problem.message = format!("A sync of {} is going on{place}.", connection.name);
            problem.hint = Some("Wait until it ends, or stop it first.".to_owned());
        }
        problem
    })
}

/// Takes a connection away with its secrets and its data.
pub(crate) async fn erase(app: &App, connection: &Connection) -> Result<(), Problem> {
    for secret in &connection.secret_names {
        app.vault().delete(&connection.id, secret).await?;
    }
    app.vault().delete(&connection.id, TOKENS).await?;
    app.vault().delete(&connection.id, DESTINATION_PASSWORD).await?;
    app.store().delete_connection(&connection.id).await?;
    // The data last: what is left of it is found by its folder, a connection without data is not.
    if !is_own(app, &connection.destination) {
        return Ok(());
    }
    let file = connection.destination.clone();
    blocking(move || remove(&file)).await
}

/// Deletes a database with the files that SQLite keeps beside it.
fn remove(file: &str) -> Result<(), Problem> {
    for tail in ["", "-wal", "-shm"] {
        match std::fs::remove_file(format!("{file}{tail}")) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(storage("database_stays", format!("The database {file}{tail} can't be deleted"), &error));
            }
            _ => {}
        }
    }
    Ok(())
}
