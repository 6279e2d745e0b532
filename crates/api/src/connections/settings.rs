//! What can be set at a connection.

use crate::app::App;
use crate::contract::{ConnectionSettings, Id};
use crate::share::trust_sheet;
use crate::sync;
use definition::{Definition, Document, Problem};
use store::Connection;

/// What can be set at a connection.
pub(crate) async fn settings(app: &App, request: Id) -> Result<ConnectionSettings, Problem> {
    let connection = sync::connection(app, &request.id).await?;
    view(app, connection, None).await
}

/// A connection's settings as a client sees them.
pub(super) async fn view(
    app: &App,
    connection: Connection,
    not_kept: Option<String>,
) -> Result<ConnectionSettings, Problem> {
    let definition = definition_of(app, &connection).await?;
    // A keyring that is locked can't be asked: then the names that were given count.
    let given = match app.vault().all(&connection.id, &definition).await {
        Ok(secrets) => secrets.into_keys().collect(),
        Err(_) => connection.secret_names.clone(),
    };
    Ok(ConnectionSettings {
        inputs: trust_sheet(&definition, &given, &connection.values).asks,
        id: connection.id,
        name: connection.name,
        connector: connection.connector,
        connector_name: definition.name,
        destination: connection.destination,
        created_at: connection.created_at,
        not_kept,
    })
}

/// The definition of a connection's connector. One with faults is given, too: the settings may mend them.
pub(super) async fn definition_of(app: &App, connection: &Connection) -> Result<Definition, Problem> {
    let text = app.store().connector(&connection.connector).await?.map(|connector| connector.text).unwrap_or_default();
    Document::parse_shape(&text).map(|document| document.definition().clone()).map_err(Problem::faulty)
}
