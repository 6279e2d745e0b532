//! The address of a database becomes a workbench: a stream for each of its tables.

use super::trust::read;
use crate::app::{App, Kept, new_id};
use crate::contract::{Workbench, WorkbenchStage};
use crate::workbench::{Bench, State, keep};
use definition::{Problem, to_yaml};

/// The most tables that become streams by themselves.
const MOST_TABLES: usize = 200;

/// Opens a database. A password in the address goes to the keyring at once.
pub(super) async fn open(app: &App, address: &str) -> Result<Workbench, Problem> {
    let pasted = sources::pasted(address)?;
    let catalogue = sources::catalogue(&pasted.server).await.map_err(|problem| {
        let mends = problem.code == "auth_rejected" && pasted.server.password.is_none();
        if mends {
            let hint = "Paste the address with the password in it (postgres://user:password@host/database): it goes to \
                        the keyring at once and is kept nowhere else.";
            return problem.hint(hint);
        }
        problem
    })?;
    let chosen: Vec<String> = catalogue.tables.iter().take(MOST_TABLES).map(|table| table.name.clone()).collect();
    let mut proposal = sources::definition(&pasted.name, &pasted.server, &catalogue, &chosen)?;
    if catalogue.tables.len() > MOST_TABLES {
        let most = catalogue.tables.len();
        proposal.notes.push(format!("The database has {most} tables; the first {MOST_TABLES} became streams."));
    }
    let id = new_id();
    let text = to_yaml(&proposal.definition);
    let mut state = State::new(proposal.definition, text, WorkbenchStage::Failed);
    state.notes = proposal.notes;
    if let Some(password) = &pasted.server.password {
        if let Kept::Session(reason) = app.vault().set(&id, "password", password).await {
            state.note(format!("The password is not kept: it is used until the app is closed. {reason}"));
        }
        state.given.push("password".to_owned());
    }
    let bench = app.keep_bench(Bench::new(id, state));
    keep(app, &bench).await?;
    if let Err(problem) = read(app, &bench).await {
        bench.with(|state| state.problem = Some(problem));
    }
    keep(app, &bench).await?;
    Ok(bench.view())
}
