//! Where a connection's records go.

use crate::app::{App, Kept};
use crate::contract::{DestinationSet, SetDestination};
use crate::headless::{DESTINATION_PASSWORD, Destination};
use crate::workbench::free_file;
use crate::{headless, sync};
use definition::{Problem, ProblemKind, Stage};

/// Lets a connection's records go elsewhere from the next sync on. What is at the old place stays there; the new one has
/// no state yet, so that the next sync reads everything.
pub(crate) async fn set(app: &App, request: SetDestination) -> Result<DestinationSet, Problem> {
    let kept = headless::connection(app, &request.connection).await?;
    if sync::is_running(app, &kept.id) {
        return Err(Problem::new("busy", ProblemKind::Config, Stage::Store, "A sync of this connection is going on.")
            .hint("Stop it first."));
    }
    let text = request.destination.trim();
    let parsed = if text.is_empty() { None } else { Some(Destination::parse(text, request.password.as_ref())?) };
    let Some(mut connection) = app.store().connection(&kept.id).await? else { return Err(gone()) };
    connection.destination =
        parsed.and_then(|parsed| parsed.written()).unwrap_or_else(|| free_file(app, &connection.name));
    let mut not_kept = None;
    match &request.password {
        Some(password) => {
            if let Kept::Session(why) = app.vault().set(&kept.id, DESTINATION_PASSWORD, password).await {
                not_kept = Some(why);
            }
        }
        None => app.vault().delete(&kept.id, DESTINATION_PASSWORD).await?,
    }
    app.store().put_connection(&connection).await?;
    Ok(DestinationSet { destination: connection.destination, not_kept })
}

fn gone() -> Problem {
    Problem::new("unknown_connection", ProblemKind::Config, Stage::Store, "The connection is not there any more.")
}
