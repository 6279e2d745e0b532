//! Opening: from what was pasted to a workbench. A URL is sent once, bare; a definition sends nothing before it is
//! trusted.

mod addresses;
mod ask;
mod auth;
mod database;
mod declared;
mod draft;
mod endpoints;
mod file;
mod filter;
mod first;
mod folder;
mod inputs;
mod link;
mod place;
mod stream;
mod tables;
mod trust;
mod writes;

pub(crate) use addresses::auth_addresses;
pub(crate) use ask::ask_again;
pub(crate) use auth::give_auth;
pub(crate) use database::{asked as asked_database, sign_in as database_sign_in};
pub(crate) use endpoints::{asked as asked_endpoints, list as endpoints, take as take_endpoints};
pub(crate) use file::{open as definition, unreadable};
pub(crate) use filter::filter_try;
pub(crate) use first::{first, send_once, until};
pub(crate) use inputs::{give_inputs, inputs};
pub(crate) use link::open as link;
pub(crate) use place::look as folder_look;
pub use place::openable;
pub(crate) use stream::{belongs as stream_belongs, detect as stream_detect};
pub(crate) use tables::{list as tables, take as take_tables};
pub(crate) use trust::accept_trust;
pub(crate) use trust::typed;

use crate::app::{App, blocking};
use crate::contract::{Nothing, OpenSource, Workbench};
use definition::{Problem, Secret};
use formats::{Recognised, recognise};
use place::{Place, place};

/// Opens what was pasted: a URL, a request, a definition, the address of a database, or a path.
pub(crate) async fn open(app: &App, request: OpenSource) -> Result<Workbench, Problem> {
    if sources::is_database(request.text.open()) {
        return database::open(app, request.text.open()).await;
    }
    let asked = request.text.clone();
    let text = match blocking(move || place(asked.open())).await? {
        Some(Place::Data(path)) => return folder::open(app, path).await,
        Some(Place::Database(address)) => return database::open(app, &address).await,
        Some(Place::Text(text)) => Secret::new(text),
        None => request.text,
    };
    read(app, text).await
}

async fn read(app: &App, text: Secret) -> Result<Workbench, Problem> {
    let looked_at = text.clone();
    let recognised = blocking(move || Ok(recognise(looked_at.open()))).await?;
    match recognised {
        Recognised::Url(draft) | Recognised::Curl(draft) | Recognised::Raw(draft) | Recognised::Fetch(draft) => {
            draft::open(app, draft).await
        }
        Recognised::Collection(collection) => endpoints::open(app, *collection).await,
        Recognised::Definition => file::open(app, text.open().to_owned()).await,
        Recognised::Unknown(problem) => Err(problem),
    }
}

/// Starts the sample API and opens it.
pub(crate) async fn sample(app: &App, _request: Nothing) -> Result<Workbench, Problem> {
    let starter = app.clone();
    let url = blocking(move || starter.sample_url("/v1/customers")).await?;
    open(app, OpenSource { text: Secret::new(url) }).await
}
