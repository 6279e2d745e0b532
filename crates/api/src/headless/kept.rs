//! Connections by their names, made and read without a workbench.

use super::destination::{Destination, is_local_database};
use crate::app::{App, Kept, new_id, now};
use crate::workbench::free_file;
use definition::{Definition, Document, Problem, ProblemKind, Secret, Stage};
use engine::config::ConfigValues;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{Connection, Connector};

/// The password of the place where records go, among a connection's secrets. No input can have this name.
pub(crate) const DESTINATION_PASSWORD: &str = "destination password";

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
    /// Where its records go, as it is kept: a SQLite file, or a place as [`super::Destination`] reads it.
    pub destination: PathBuf,
    /// The password of that place, where it has one.
    pub destination_password: Option<Secret>,
    /// Why kept secrets can't be read, where they can't: the encrypted file is locked.
    pub locked: Option<Problem>,
}

impl KeptConnection {
    /// Its database, where that is a SQLite file that the app can look into.
    ///
    /// # Errors
    /// Where its records go somewhere else.
    pub fn database(&self) -> Result<&Path, Problem> {
        local_database(&self.destination)
    }
}

/// A connection's database, where that is a SQLite file that the app can look into.
///
/// # Errors
/// Where its records go somewhere else.
pub fn local_database(destination: &Path) -> Result<&Path, Problem> {
    if is_local_database(&destination.to_string_lossy()) {
        return Ok(destination);
    }
    let message =
        format!("The records of this connection go to {}: there is no database of it here.", destination.display());
    Err(Problem::new("no_local_database", ProblemKind::Config, Stage::Open, message)
        .hint("Look at them there, or let the connection's records go to a database on this machine."))
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
    /// Where its records go, as [`super::Destination`] reads it; a database of its own where there is none.
    pub destination: Option<String>,
    /// The password of that place.
    pub destination_password: Option<Secret>,
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
    let destination_password = app.vault().get(&found.id, DESTINATION_PASSWORD).await.unwrap_or_default();
    let host = app.vault().host(&found.id, format!("Sign in first: `tapwright sign-in {}`.", found.name));
    // Values of inputs that an update took away are kept, for the way back.
    let values = found.values.into_iter().filter(|(name, _)| definition.input(name).is_some()).collect();
    let config = ConfigValues { values, secrets, host, ..ConfigValues::default() };
    Ok(KeptConnection {
        id: found.id,
        name: found.name,
        connector: connector.id,
        definition,
        config,
        destination_password,
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
    let given = new.destination.as_deref().map(|text| Destination::parse(text, None)).transpose()?;
    let destination = given.and_then(|given| given.written()).unwrap_or_else(|| free_file(app, &new.name));
    let connector = import(app, new.text).await?;
    let id = new_id();
    let mut secrets = new.config.secrets.clone();
    secrets.extend(new.destination_password.map(|password| (DESTINATION_PASSWORD.to_owned(), password)));
    let not_kept = give_secrets(app, &id, &secrets).await;
    let secret_names = new.config.secrets.into_keys().collect();
    let connection = Connection {
        destination,
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
