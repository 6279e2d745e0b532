//! A copy of a connection: the same values, a database of its own.

use super::update::{settings_fault, valid_name};
use crate::app::{App, new_id, now};
use crate::contract::{Duplicate, MadeThing};
use crate::sync;
use crate::workbench::free_file;
use definition::Problem;
use store::Connection;

/// Makes another connection with the same values.
pub(crate) async fn duplicate(app: &App, request: Duplicate) -> Result<MadeThing, Problem> {
    let from = sync::connection(app, &request.id).await?;
    let mut faults = Vec::new();
    let name = match &request.name {
        Some(name) => valid_name(name, &mut faults),
        None => free_name(app, &from.name).await?,
    };
    if !faults.is_empty() {
        return Err(settings_fault(faults));
    }
    let id = new_id();
    let mut given = Vec::new();
    if request.secrets {
        for secret in &from.secret_names {
            let Some(value) = app.vault().get(&from.id, secret).await? else { continue };
            // What can't be kept is used until the program ends, and asked for then.
            app.vault().set(&id, secret, &value).await;
            given.push(secret.clone());
        }
    }
    let copy = Connection {
        destination: free_file(app, &name),
        id: id.clone(),
        name: name.clone(),
        connector: from.connector,
        values: from.values,
        secret_names: given.clone(),
        created_at: now(),
    };
    if let Err(problem) = app.store().put_connection(&copy).await {
        for secret in &given {
            app.vault().delete(&id, secret).await?;
        }
        return Err(problem);
    }
    Ok(MadeThing { id, name })
}

/// A name that no connection has.
pub(crate) async fn free_name(app: &App, wanted: &str) -> Result<String, Problem> {
    let mut name = wanted.to_owned();
    let mut next = 2;
    while app.store().connection(&name).await?.is_some() {
        name = format!("{wanted}-{next}");
        next += 1;
    }
    Ok(name)
}
