//! Changing a connection: all of the request, or nothing.

use super::settings::{definition_of, view};
use crate::app::{App, Kept, blocking};
use crate::contract::{ConnectionSettings, UpdateConnection};
use crate::headless::{Destination, is_local_database};
use crate::open::typed;
use crate::sync;
use definition::model::ConfigType;
use definition::{Definition, Fault, Problem, ProblemKind, Stage};
use engine::config::ConfigValues;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use store::Connection;

/// What a SQLite file begins with (the file format's section 1.3.1).
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Changes a connection.
pub(crate) async fn update(app: &App, request: UpdateConnection) -> Result<ConnectionSettings, Problem> {
    let before = sync::connection(app, &request.id).await?;
    let definition = definition_of(app, &before).await?;
    let mut connection = before.clone();
    let mut faults = Vec::new();
    if let Some(name) = &request.name {
        connection.name = valid_name(name, &mut faults);
    }
    connection.values = values(&definition, &before.values, &request.values, &mut faults);
    for name in request.secrets.keys().filter(|name| !definition.is_secret(name)) {
        faults.push(unknown(&definition, name, true));
    }
    if faults.is_empty() {
        faults = pattern_faults(app, &definition, &connection, &request).await;
    }
    if let Some(destination) = &request.destination {
        match new_destination(app, &before, destination).await {
            Ok(path) => connection.destination = path,
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(settings_fault(faults));
    }
    // A run that goes on must not lose the place that it writes to.
    let _turn = if connection.destination == before.destination { None } else { Some(super::hold(app, &before)?) };
    for (name, secret) in &request.secrets {
        connection.secret_names.retain(|other| other != name);
        if !secret.is_empty() {
            connection.secret_names.push(name.clone());
        }
    }
    app.store().put_connection(&connection).await?;
    let mut not_kept = None;
    for (name, secret) in &request.secrets {
        if secret.is_empty() {
            app.vault().delete(&connection.id, name).await?;
        } else if let Kept::Session(why) = app.vault().set(&connection.id, name, secret).await {
            not_kept = Some(why);
        }
    }
    if let Some(bench) = app.open_bench(&connection.connector) {
        bench.with(|state| {
            if state.connection.as_deref() == Some(&connection.id) {
                state.values.clone_from(&connection.values);
                state.given.clone_from(&connection.secret_names);
            }
        });
    }
    view(app, connection, not_kept).await
}

/// Faults of a connection's settings as one problem.
pub(super) fn settings_fault(faults: Vec<Fault>) -> Problem {
    let message = match faults.as_slice() {
        [one] => one.to_string(),
        many => format!("{} settings can't be kept. The first: {}", many.len(), many[0]),
    };
    let mut problem = Problem::new("bad_settings", ProblemKind::Config, Stage::Store, message);
    problem.field = faults.first().map(|fault| fault.path.clone());
    problem.faults = faults;
    problem.hint("Nothing was changed.")
}

/// A connection's name without spaces around it, if it may be one.
pub(super) fn valid_name(name: &str, faults: &mut Vec<Fault>) -> String {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 || name.contains(['/', '\\']) || name.chars().any(char::is_control)
    {
        let rule = "A connection's name has 1 to 100 characters, and no slashes.";
        faults.push(Fault::new("bad_name", "name", rule));
    }
    name.to_owned()
}

fn values(
    definition: &Definition,
    before: &BTreeMap<String, Value>,
    given: &BTreeMap<String, String>,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Value> {
    let mut values = before.clone();
    for (name, text) in given {
        match definition.input(name) {
            Some(input) if input.kind != ConfigType::Secret => {
                if text.is_empty() {
                    values.remove(name);
                    continue;
                }
                match typed(input, text) {
                    Ok(value) => {
                        values.insert(name.clone(), value);
                    }
                    Err(problem) => faults.push(Fault::new("bad_value", format!("config.{name}"), problem.message)),
                }
            }
            Some(_) => {
                let message = format!("{name} is a secret: give it as one.");
                faults.push(Fault::new("is_secret", format!("config.{name}"), message));
            }
            None => faults.push(unknown(definition, name, false)),
        }
    }
    values
}

fn unknown(definition: &Definition, name: &str, secret: bool) -> Fault {
    let fits = |input: &&definition::model::ConfigInput| (input.kind == ConfigType::Secret) == secret;
    let names: Vec<&str> = definition.config.iter().filter(fits).map(|input| input.name.as_str()).collect();
    let (what, all) = if secret { ("secret", "secrets") } else { ("value", "values") };
    let there =
        if names.is_empty() { format!("It asks for no {all}.") } else { format!("There are: {}.", names.join(", ")) };
    Fault::new("unknown_input", format!("config.{name}"), format!("The connector asks for no {what} `{name}`. {there}"))
}

/// Values that do not fit their inputs' rules. What is missing may stay missing: a run says so.
async fn pattern_faults(
    app: &App,
    definition: &Definition,
    connection: &Connection,
    request: &UpdateConnection,
) -> Vec<Fault> {
    let mut secrets = app.vault().all(&connection.id, definition).await.unwrap_or_default();
    secrets.extend(request.secrets.iter().map(|(name, secret)| (name.clone(), secret.clone())));
    let values = connection.values.clone().into_iter().filter(|(name, _)| definition.input(name).is_some()).collect();
    let config = ConfigValues { values, secrets, ..ConfigValues::default() };
    let Err(problem) = crate::headless::plan(definition, &config) else { return Vec::new() };
    let named = |fault: &Fault| {
        let name = fault.path.strip_prefix("config.").unwrap_or_default();
        request.values.get(name).is_some_and(|text| !text.is_empty())
            || request.secrets.get(name).is_some_and(|secret| !secret.is_empty())
    };
    problem.faults.into_iter().filter(named).collect()
}

/// A place outside of this machine's own databases, or a SQLite file that no other connection writes to, as an absolute
/// path.
async fn new_destination(app: &App, connection: &Connection, text: &str) -> Result<String, Fault> {
    let bad = |message: String| Fault::new("bad_destination", "destination", message);
    let text = text.trim();
    if !is_local_database(text) {
        let place = Destination::parse(text, None).map_err(|problem| bad(problem.message))?;
        return place.written().ok_or_else(|| bad(format!("{text} is no place that is kept.")));
    }
    let text = text.strip_prefix("sqlite:").unwrap_or(text);
    if text.is_empty() {
        return Err(bad("Name a file: its records go there.".to_owned()));
    }
    let path = std::path::absolute(text).map_err(|error| bad(format!("{text} is no file: {error}.")))?;
    let shown = path.display().to_string();
    let others = app.store().connections().await.map_err(|problem| bad(problem.message))?;
    if let Some(other) = others.iter().find(|other| other.id != connection.id && other.destination == shown) {
        return Err(bad(format!("The connection {} writes to {shown} already. Take another file.", other.name)));
    }
    if path.starts_with(app.data_dir()) && !path.starts_with(app.data_dir().join("data")) {
        return Err(bad("This folder is the app's own: choose another.".to_owned()));
    }
    blocking(move || Ok(writable(&path))).await.map_err(|problem| bad(problem.message))?.map_err(bad)?;
    Ok(shown)
}

fn writable(path: &PathBuf) -> Result<(), String> {
    if path.is_dir() {
        return Err(format!("{} is a folder: name a file in it.", path.display()));
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("The folder {} can't be made: {error}.", folder.display()))?;
    let Ok(mut file) = std::fs::File::open(path) else { return Ok(()) };
    let mut head = [0_u8; 16];
    match file.read(&mut head) {
        Ok(0) => Ok(()),
        Ok(read) if &head[..read] == SQLITE => Ok(()),
        Ok(_) => Err(format!("{} is no SQLite database, and is not overwritten. Take another name.", path.display())),
        Err(error) => Err(format!("{} can't be read: {error}.", path.display())),
    }
}
