//! All that goes when a connection is deleted.

use crate::app::App;
use crate::contract::{Counted, DependentConnection, Dependents, Id};
use crate::{data, schedules, sync};
use definition::Problem;
use std::path::Path;
use store::Connection;

/// All that goes when a connection is deleted.
pub(crate) async fn dependents(app: &App, request: Id) -> Result<Dependents, Problem> {
    let connection = sync::connection(app, &request.id).await?;
    let busy = super::hold(app, &connection).err().map(|problem| problem.message);
    Ok(Dependents {
        id: connection.id.clone(),
        name: connection.name.clone(),
        versions: 0,
        connections: vec![of_connection(app, &connection).await?],
        busy,
    })
}

/// What hangs on one connection.
pub(crate) async fn of_connection(app: &App, connection: &Connection) -> Result<DependentConnection, Problem> {
    // A database that can't be read is told by its size alone: it must not keep anyone from deleting it.
    let tables = data::tables(app, Id { id: connection.id.clone() }).await.unwrap_or_default();
    let tables: Vec<Counted> =
        tables.into_iter().map(|table| Counted { name: table.name, count: table.rows }).collect();
    let mut others = Vec::new();
    let mut runs = 0;
    for (table, count) in app.store().connection_rows(&connection.id).await? {
        match table.as_str() {
            "runs" => runs = u32::try_from(count).unwrap_or(u32::MAX),
            "schedules" | "states" => {}
            other => others.push(Counted { name: other.replace('_', " "), count }),
        }
    }
    Ok(DependentConnection {
        runs,
        rows: tables.iter().map(|table| table.count).sum(),
        tables,
        bytes: bytes(&connection.destination),
        data_goes: is_own(app, &connection.destination),
        secrets: connection.secret_names.clone(),
        schedule: schedules::words_of(app, &connection.id).await?,
        others,
        id: connection.id.clone(),
        name: connection.name.clone(),
        destination: connection.destination.clone(),
    })
}

/// Whether a database is in the app's folder, and so the app's to delete.
pub(super) fn is_own(app: &App, destination: &str) -> bool {
    Path::new(destination).starts_with(app.data_dir())
}

fn bytes(destination: &str) -> u64 {
    let size = |tail: &str| std::fs::metadata(format!("{destination}{tail}")).map_or(0, |about| about.len());
    ["", "-wal", "-shm"].into_iter().map(size).sum()
}
