//! Opening: from what was pasted to a workbench. A URL is sent once, bare; a definition sends nothing before it is
//! trusted.

mod ask;
mod auth;
mod database;
mod draft;
mod file;
mod first;
mod folder;
mod inputs;
mod trust;

pub(crate) use ask::ask_again;
pub(crate) use auth::give_auth;
pub(crate) use file::unreadable;
pub(crate) use first::first;
pub(crate) use inputs::{give_inputs, inputs};
pub(crate) use trust::accept_trust;
pub(crate) use trust::typed;

use crate::app::{App, blocking};
use crate::contract::{Nothing, OpenSource, Workbench};
use definition::Problem;
use formats::{Recognised, recognise};

/// Opens what was pasted: a URL, a curl command, a definition, or the path of a folder or a file of data.
pub(crate) async fn open(app: &App, request: OpenSource) -> Result<Workbench, Problem> {
    if sources::is_database(request.text.open()) {
        return database::open(app, request.text.open()).await;
    }
    if let Some(path) = folder::path(request.text.open())? {
        return folder::open(app, path).await;
    }
    let text = request.text.clone();
    let recognised = blocking(move || Ok(recognise(text.open()))).await?;
    match recognised {
        Recognised::Url(draft) | Recognised::Curl(draft) => draft::open(app, draft).await,
        Recognised::Definition => file::open(app, request.text.open().to_owned()).await,
        Recognised::Unknown(problem) => Err(problem),
    }
}

/// Starts the sample API and opens it.
pub(crate) async fn sample(app: &App, _request: Nothing) -> Result<Workbench, Problem> {
    let starter = app.clone();
    let url = blocking(move || starter.sample_url("/v1/customers")).await?;
    open(app, OpenSource { text: definition::Secret::new(url) }).await
}
