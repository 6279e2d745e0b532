//! The address of a database becomes a workbench whose tables are chosen from.

use super::draft::forerunner;
use crate::app::{App, Kept, new_id};
use crate::contract::{DatabaseAsk, GivePassword, PasswordAsk, Workbench, WorkbenchStage};
use crate::workbench::{Bench, OpenedDatabase, State, keep};
use definition::{Problem, ProblemKind, Secret, Stage, to_yaml};
use engine::source::database::DatabaseServer;
use sources::Catalogue;
use std::sync::Arc;

/// The name of the input for the password.
const PASSWORD: &str = "password";

/// Opens a database. A password in the address goes to the keyring once the server answered; where the server asks for
/// one, the workbench does.
pub(super) async fn open(app: &App, address: &str) -> Result<Workbench, Problem> {
    let pasted = sources::pasted(address)?;
    let (reached, reason) = match sources::catalogue(&pasted.server).await {
        Ok(catalogue) => (Some(catalogue), None),
        Err(problem) if problem.code == "auth_rejected" => (None, Some(problem.message)),
        Err(problem) => return Err(problem),
    };
    let definition = sources::draft(&pasted.name, &pasted.server);
    let text = to_yaml(&definition);
    let origin = format!("{} {}", pasted.server.url, pasted.server.username.as_deref().unwrap_or_default());
    let stages = [WorkbenchStage::Tables];
    let id = forerunner(app, &origin, &stages).await?.unwrap_or_else(new_id);
    let mut state = State::new(definition, text, WorkbenchStage::Tables);
    state.origin = origin;
    let refused = pasted.server.password.is_some();
    state.database = Some(OpenedDatabase {
        url: pasted.server.url.clone(),
        username: pasted.server.username.clone(),
        name: pasted.name,
        password: reason.map(|reason| PasswordAsk { reason, refused }),
    });
    state.catalogue = reached.map(Arc::new);
    if let Some(password) = &pasted.server.password {
        put_password(app, &id, &mut state, password).await;
    }
    let bench = app.keep_bench(Bench::new(id, state));
    keep(app, &bench).await?;
    Ok(bench.view())
}

async fn put_password(app: &App, id: &str, state: &mut State, password: &Secret) {
    match app.vault().set(id, PASSWORD, password).await {
        Kept::Store => state.note("The password in the address went to the keyring. The connector does not hold it."),
        Kept::Session(reason) => {
            state.note(format!("The password is not kept: it is used until the app is closed. {reason}"));
        }
    }
    if !state.given.iter().any(|name| name == PASSWORD) {
        state.given.push(PASSWORD.to_owned());
    }
}

/// Takes the password that a server asked for, and asks for its tables.
pub(crate) async fn sign_in(app: &App, request: GivePassword) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    let Some(mut database) = bench.with(|state| state.database.clone()) else { return Err(not_choosing()) };
    if let Some(username) = &request.username {
        database.username = Some(username.trim().to_owned()).filter(|name| !name.is_empty());
    }
    let server = server(&database, Some(request.password).filter(|password| !password.is_empty()));
    let found = sources::catalogue(&server).await;
    let (catalogue, password) = match found {
        Ok(catalogue) => (Some(Arc::new(catalogue)), None),
        Err(problem) if problem.code == "auth_rejected" => {
            (None, Some(PasswordAsk { reason: problem.message, refused: true }))
        }
        Err(problem) => return Err(problem),
    };
    // Only once the server answered: what was typed for one that is not there is not kept.
    let kept = match &server.password {
        Some(password) => Some(app.vault().set(bench.id(), PASSWORD, password).await),
        None => None,
    };
    bench.with(|state| {
        state.put(sources::draft(&database.name, &server));
        state.database = Some(OpenedDatabase { password, ..database });
        state.catalogue = catalogue;
        if let Some(kept) = kept {
            if let Kept::Session(reason) = kept {
                state.note(format!("The password is not kept: it is used until the app is closed. {reason}"));
            }
            if !state.given.iter().any(|name| name == PASSWORD) {
                state.given.push(PASSWORD.to_owned());
            }
        }
    });
    keep(app, &bench).await?;
    Ok(bench.view())
}

/// The server of a workbench whose tables are chosen from, with its password.
pub(super) async fn opened(app: &App, bench: &Bench) -> Result<Option<(OpenedDatabase, DatabaseServer)>, Problem> {
    let Some(database) = bench.with(|state| state.database.clone()) else { return Ok(None) };
    let password = app.vault().get(bench.id(), PASSWORD).await?;
    let server = server(&database, password);
    Ok(Some((database, server)))
}

/// The catalogue at hand, or as the database tells it now.
pub(super) async fn catalogue(bench: &Bench, server: &DatabaseServer) -> Result<Arc<Catalogue>, Problem> {
    if let Some(known) = bench.with(|state| state.catalogue.clone()) {
        return Ok(known);
    }
    let found = Arc::new(sources::catalogue(server).await?);
    bench.with(|state| state.catalogue = Some(Arc::clone(&found)));
    Ok(found)
}

fn server(database: &OpenedDatabase, password: Option<Secret>) -> DatabaseServer {
    DatabaseServer { url: database.url.clone(), username: database.username.clone(), password }
}

/// What a client sees of a database whose tables are chosen from.
pub(crate) fn asked(database: &OpenedDatabase) -> DatabaseAsk {
    let server = server(database, None);
    let (product, address) = sources::product(&server).unwrap_or(("", database.url.clone()));
    DatabaseAsk {
        address,
        product: product.to_owned(),
        username: database.username.clone(),
        password: database.password.clone(),
    }
}

fn not_choosing() -> Problem {
    Problem::new("not_asked", ProblemKind::Config, Stage::Open, "No password is asked for here.")
        .hint("Give it in the connector's values.")
}
