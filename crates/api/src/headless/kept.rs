//! Connections by their names, made and read without a workbench.

use crate::app::{App, Kept, new_id, now};
use crate::workbench::free_file;
use definition::{Definition, Document, Problem, ProblemKind, Secret, Stage};
use engine::config::ConfigValues;
use std::collections::BTreeMap;
use std::path::PathBuf;
use store::{Connection, Connector};

/// A connection with all that a read needs.
#[derive(Debug)]
pub struct KeptConnection {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its connector's id.
    pub connector: String,
    /// Its connector's definition.
    pub definition: Definition,
    /// Its values; those secrets that are kept.
    pub config: ConfigValues,
    /// Its database.
    pub destination: PathBuf,
    /// Why kept secrets can't be read, where they can't: the encrypted file is locked.
    pub locked: Option<Problem>,
}

/// A connection to make.
#[derive(Debug)]
pub struct NewConnection {
    /// The definition's text; it is kept as it stands.
    pub text: String,
    /// The connection's name, the only one of it.
    pub name: String,
    /// Its values.
    pub config: ConfigValues,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// The connector's id.
    pub connector: String,
    /// The connection's id.
    pub connection: String,
    /// Why the secrets are not kept, where they are not.
    pub not_kept: Option<String>,
}

/// Finds a connection by its name or id.
///
/// # Errors
/// Where there is none, or its connector's definition has faults.
pub async fn connection(app: &App, name: &str) -> Result<KeptConnection, Problem> {
    let found = app.store().connection(name).await?.ok_or_else(|| unknown(name))?;
    let connector = app.store().connector(&found.connector).await?.ok_or_else(|| unknown(name))?;
    let definition = Document::parse(&connector.text).map_err(Problem::faulty)?.definition().clone();
    let (secrets, locked) = match app.vault().all(&found.id, &definition).await {
        Ok(secrets) => (secrets, None),
        Err(problem) => (BTreeMap::new(), Some(problem)),
    };
    let host = app.vault().host(&found.id, format!("Sign in first: `tapwright sign-in {}`.", found.name));
    // Values of inputs that an update took away are kept, for the way back.
    let values = found.values.into_iter().filter(|(name, _)| definition.input(name).is_some()).collect();
    let config = ConfigValues { values, secrets, host };
    Ok(KeptConnection {
        id: found.id,
        name: found.name,
        connector: connector.id,
        definition,
        config,
        destination: PathBuf::from(found.destination),
        locked,
    })
}

fn unknown(name: &str) -> Problem {
    let message = format!("There is no connection `{name}`, and no file of that name.");
    Problem::new("unknown_connection", ProblemKind::Config, Stage::Open, message)
        .hint("`tapwright list` shows the connections; `tapwright connect FILE --name NAME` makes one.")
}

/// Keeps a definition as a connector. Gives its id.
///
/// # Errors
/// Where it has faults, or the store refuses.
pub async fn import(app: &App, text: String) -> Result<String, Problem> {
    let definition = Document::parse(&text).map_err(Problem::faulty)?.definition().clone();
    let connector = Connector {
        id: new_id(),
        name: definition.name,
        text,
        draft: false,
        extra: "{}".to_owned(),
        changed_at: String::new(),
    };
    app.store().put_connector(&connector).await?;
    crate::connectors::note(app, &connector.id, crate::connectors::Why::Imported, "").await?;
    Ok(connector.id)
}

/// Makes a connector and its connection. Nothing is sent.
///
/// # Errors
/// Where the name is taken, the definition has faults, or the store refuses. That there is no keyring is no error: the
/// secrets are not kept then, and that is told.
pub async fn connect(app: &App, new: NewConnection) -> Result<Made, Problem> {
    if app.store().connection(&new.name).await?.is_some() {
        let message = format!("There is a connection `{}` already.", new.name);
        return Err(Problem::new("name_taken", ProblemKind::Config, Stage::Store, message).hint("Take another name."));
    }
    let connector = import(app, new.text).await?;
    let id = new_id();
    let not_kept = give_secrets(app, &id, &new.config.secrets).await;
    let secret_names = new.config.secrets.into_keys().collect();
    let connection = Connection {
        destination: free_file(app, &new.name),
        id: id.clone(),
        name: new.name,
        connector: connector.clone(),
        values: new.config.values,
        secret_names,
        created_at: now(),
    };
    app.store().put_connection(&connection).await?;
    Ok(Made { connector, connection: id, not_kept })
}

/// Keeps secrets of a connection. Gives the reason, where they are only known to this `app` and forgotten after it.
pub async fn give_secrets(app: &App, connection: &str, secrets: &BTreeMap<String, Secret>) -> Option<String> {
    let mut reason = None;
    for (name, secret) in secrets {
        if let Kept::Session(why) = app.vault().set(connection, name, secret).await {
            reason = Some(why);
        }
    }
    reason
}

/// Deletes a connection with its secrets, runs and database. Its connector stays.
///
/// # Errors
/// Where there is none, a sync of it goes on, or the store or the keyring refuses.
pub async fn delete_connection(app: &App, name: &str) -> Result<(), Problem> {
    let found = app.store().connection(name).await?.ok_or_else(|| unknown(name))?;
    crate::connections::delete(app, crate::contract::Id { id: found.id }).await.map(|_| ())
}
