//! Edits: the definition changes, what can be mapped again is, and nothing is sent.

use super::point::point_records;
use super::text::readable;
use super::{Bench, State, keep};
use crate::app::App;
use crate::contract::{Choose, Id, SetDefinition, Workbench};
use crate::preview;
use definition::Problem;
use engine::detect::{Choice, apply};
use std::sync::Arc;

/// Puts another definition in.
pub(crate) async fn set_definition(app: &App, request: SetDefinition) -> Result<Workbench, Problem> {
    change(app, &request.id, |state| {
        readable(state)?;
        state.type_in(request.definition);
        Ok(())
    })
    .await
}

/// Takes back the last change.
pub(crate) async fn undo(app: &App, request: Id) -> Result<Workbench, Problem> {
    change(app, &request.id, |state| {
        state.undo();
        Ok(())
    })
    .await
}

/// Does it again.
pub(crate) async fn redo(app: &App, request: Id) -> Result<Workbench, Problem> {
    change(app, &request.id, |state| {
        state.redo();
        Ok(())
    })
    .await
}

/// Takes another reading of a detected part. Other records have other columns and another key: those are told again.
pub(crate) async fn choose(app: &App, request: Choose) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    let first = |state: &mut State| state.definition.streams.first().map(|stream| stream.name.clone());
    let Some(stream) = request.stream.clone().or_else(|| bench.with(first)) else { return Ok(bench.view()) };
    if let Choice::Records { path } = &request.choice
        && bench.with(|state| state.shown.contains_key(&stream))
    {
        return point_records(app, &bench, &stream, path).await;
    }
    change(app, &request.id, |state| {
        readable(state)?;
        let mut definition = state.definition.clone();
        apply(&request.choice, &mut definition, &stream);
        state.edit(definition);
        // The reading that is used stands first.
        for part in state.detections.get_mut(&stream).into_iter().flat_map(|detection| &mut detection.parts) {
            if let Some(place) = part.candidates.iter().position(|candidate| candidate.choice == request.choice) {
                let chosen = part.candidates.remove(place);
                part.candidates.insert(0, chosen);
            }
        }
        Ok(())
    })
    .await
}

/// Changes a workbench, maps what is at hand again, and keeps it.
pub(super) async fn change(
    app: &App,
    id: &str,
    edit: impl FnOnce(&mut State) -> Result<(), Problem>,
) -> Result<Workbench, Problem> {
    Ok(changed(app, id, edit).await?.view())
}

/// The same. Gives the workbench itself.
pub(super) async fn changed(
    app: &App,
    id: &str,
    edit: impl FnOnce(&mut State) -> Result<(), Problem>,
) -> Result<Arc<Bench>, Problem> {
    let bench: Arc<Bench> = app.bench(id).await?;
    let (before, steps) = bench.with(|state| {
        let before = (state.definition.clone(), state.undo.len());
        edit(state).map(|()| before)
    })?;
    crate::connectors::move_cursors(app, &bench, &before, steps).await?;
    preview::remap(&bench, &before).await?;
    keep(app, &bench).await?;
    Ok(bench)
}
