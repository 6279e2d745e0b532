//! Connections: a connector with one person's values.

mod delete;
mod dependents;
mod destination;
mod duplicate;
mod settings;
mod update;

pub(crate) use delete::{delete, erase, hold};
pub(crate) use dependents::{dependents, of_connection};
pub(crate) use destination::set as set_destination;
pub(crate) use duplicate::{duplicate, free_name};
pub(crate) use settings::settings;
pub(crate) use update::update;

use crate::app::App;
use crate::contract::{ConnectionView, Id};
use crate::{headless, sync};
use definition::Problem;

/// A connection: what it is and what it can do.
pub(crate) async fn get(app: &App, request: Id) -> Result<ConnectionView, Problem> {
    let kept = headless::connection(app, &request.id).await?;
    Ok(ConnectionView {
        title: match kept.definition.title.as_str() {
            "" => kept.definition.name.clone(),
            title => title.to_owned(),
        },
        last_run: sync::latest(app, Some(&kept.id), 1).await?.into_iter().next(),
        destination: kept.destination.display().to_string(),
        id: kept.id,
        name: kept.name,
        connector: kept.connector,
        definition: kept.definition,
    })
}
