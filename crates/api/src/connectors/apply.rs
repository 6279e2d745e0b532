//! Making an update: the definition is replaced, the connections stay.

use super::impact::other_cursor;
use super::plans::{newer, plan};
use super::versions::{Why, note};
use crate::app::{App, Kept, blocking, storage};
use crate::connections;
use crate::contract::{ApplyUpdate, Id, UpdatePlan};
use crate::sync::Turn;
use crate::workbench::{Bench, keep};
use crate::{home, preview};
use definition::model::ConfigType;
use definition::{Definition, Problem, ProblemKind, Secret, Stage};
use rusqlite::{Connection as Database, OpenFlags};
use std::path::PathBuf;
use std::time::Duration;
use store::Connection;

/// Updates a connector. Gives what was changed.
pub(crate) async fn apply(app: &App, request: ApplyUpdate) -> Result<UpdatePlan, Problem> {
    let newer = newer(app, request.text.as_ref(), request.workbench.as_deref()).await?;
    let bench = app.bench(&request.connector).await?;
    let plan = plan(app, &request.connector, &newer).await?;
    if !plan.faults.is_empty() {
        return Err(Problem::faulty(plan.faults));
    }
    let unconfirmed: Vec<&str> =
        plan.new_hosts.iter().filter(|host| !request.hosts.contains(host)).map(String::as_str).collect();
    if !unconfirmed.is_empty() {
        return Err(not_confirmed(&plan.name, &unconfirmed));
    }
    let turns = hold_all(app, &request.connector).await?;
    // What stands now can be gone back to.
    note(app, &request.connector, Why::Edited, "").await?;
    let before = bench.with(|state| {
        let before = state.definition.clone();
        state.edit_text(newer.definition.clone(), newer.text.clone());
        state.problem = None;
        before
    });
    preview::remap(&bench, &before).await?;
    keep(app, &bench).await?;
    note(app, &request.connector, Why::Updated, request.source.as_deref().unwrap_or_default()).await?;
    hide_new_secrets(app, &request.connector, &before, &newer.definition).await?;
    forget_cursors(app, &request.connector, &before, &newer.definition).await?;
    drop(turns);
    if let Some(draft) = request.workbench.filter(|draft| *draft != request.connector) {
        home::delete(app, Id { id: draft }).await?;
    }
    Ok(plan)
}

fn not_confirmed(name: &str, hosts: &[&str]) -> Problem {
    let message = format!(
        "The new version of {name} sends requests, and with them keys, to hosts that the old one did not: {}.",
        hosts.join(", ")
    );
    Problem::new("hosts_not_confirmed", ProblemKind::Config, Stage::Open, message)
        .hint("Confirm each of them, if you trust it. Nothing was changed.")
        .field("http.hosts")
}

async fn connections_of(app: &App, connector: &str) -> Result<Vec<Connection>, Problem> {
    Ok(app.store().connections().await?.into_iter().filter(|one| one.connector == connector).collect())
}

/// Keeps syncs of all connections of a connector from beginning, or says that one goes on.
pub(super) async fn hold_all(app: &App, connector: &str) -> Result<Vec<Turn>, Problem> {
    connections_of(app, connector).await?.iter().map(|one| connections::hold(app, one)).collect()
}

/// Values of inputs that are secrets now go to the keyring, and from the database.
async fn hide_new_secrets(app: &App, connector: &str, old: &Definition, new: &Definition) -> Result<(), Problem> {
    let became =
        |name: &str| new.is_secret(name) && old.input(name).is_some_and(|input| input.kind != ConfigType::Secret);
    for mut connection in connections_of(app, connector).await? {
        let names: Vec<String> = connection.values.keys().filter(|name| became(name)).cloned().collect();
        for name in &names {
            let Some(value) = connection.values.remove(name) else { continue };
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if let Kept::Session(why) = app.vault().set(&connection.id, name, &Secret::new(text)).await {
                tracing::warn!(connection = connection.id, name, why, "a value that is a secret now is not kept");
            }
            connection.secret_names.push(name.clone());
        }
        if !names.is_empty() {
            app.store().put_connection(&connection).await?;
        }
    }
    Ok(())
}

/// Forgets the state of streams whose cursor an edit moves to another field, and tells it. The edit is taken back where a
/// sync goes on that would write the old state again. `steps`: how many could be taken back before the edit, which may
/// itself have taken some back.
pub(crate) async fn move_cursors(app: &App, bench: &Bench, before: &Definition, steps: usize) -> Result<(), Problem> {
    let after = bench.with(|state| state.definition.clone());
    let was: std::collections::HashMap<&str, _> =
        before.streams.iter().map(|stream| (stream.name.as_str(), stream)).collect();
    let moved = |stream: &&definition::model::Stream| {
        was.get(stream.name.as_str()).is_some_and(|before| other_cursor(before, stream))
    };
    let streams: Vec<String> = after.streams.iter().filter(moved).map(|stream| stream.name.clone()).collect();
    if streams.is_empty() || connections_of(app, bench.id()).await?.is_empty() {
        return Ok(());
    }
    let _turns = match hold_all(app, bench.id()).await {
        Ok(turns) => turns,
        Err(problem) => {
            bench.with(|state| state.back_to(steps));
            return Err(problem);
        }
    };
    forget_cursors(app, bench.id(), before, &after).await?;
    bench.with(|state| {
        for stream in streams {
            state.note(format!(
                "{stream} is read by another field now: how far it was read is forgotten, and its next sync reads all."
            ));
        }
    });
    Ok(())
}

/// Forgets the state of streams whose cursor is another one now: its value would leave records out.
pub(super) async fn forget_cursors(
    app: &App,
    connector: &str,
    old: &Definition,
    new: &Definition,
) -> Result<(), Problem> {
    let changed = |stream: &&definition::model::Stream| {
        old.stream(&stream.name).is_some_and(|before| other_cursor(before, stream))
    };
    let streams: Vec<String> = new.streams.iter().filter(changed).map(|stream| stream.name.clone()).collect();
    if streams.is_empty() {
        return Ok(());
    }
    for connection in connections_of(app, connector).await? {
        let (path, streams) = (PathBuf::from(&connection.destination), streams.clone());
        blocking(move || forget(&path, &streams)).await?;
    }
    Ok(())
}

fn forget(path: &PathBuf, streams: &[String]) -> Result<(), Problem> {
    if !path.is_file() {
        return Ok(());
    }
    let done = || -> rusqlite::Result<()> {
        let mut database = Database::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        database.busy_timeout(Duration::from_secs(10))?;
        let transaction = database.transaction()?;
        for table in ["_tapwright_state", "_tapwright_partitions"] {
            let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
            let there: i64 = transaction.query_row(sql, [table], |row| row.get(0))?;
            for stream in streams.iter().filter(|_| there > 0) {
                transaction.execute(&format!("DELETE FROM {table} WHERE stream = ?1"), [stream])?;
            }
        }
        transaction.commit()
    };
    done()
        .map_err(|error| storage("state_stays", format!("The state in {} can't be forgotten", path.display()), &error))
}
