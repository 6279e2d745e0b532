//! The workbench: one connector being made, looked at or changed. Its responses stay here; views ask for what they show.

mod accept;
mod bench;
mod edit;
mod keep;
mod offer;
mod part;
mod point;
mod state;
mod text;

pub(crate) use accept::{accept, free_file};
pub(crate) use bench::Bench;
pub(crate) use edit::{choose, redo, set_definition, undo};
pub(crate) use keep::{keep, origin};
pub(crate) use offer::take_offer;
pub(crate) use part::{edit_definition, edit_text};
pub(crate) use point::point_at;
pub(crate) use state::{OpenedDatabase, State};
pub(crate) use text::{edits, set_text, undo_many};

use crate::app::App;
use crate::contract::{Id, Nothing, Workbench, WorkbenchStage};
use crate::{open, preview};
use definition::Problem;
use definition::forms::{Descriptors, descriptors};

/// Opens a connector that is kept here. A draft that failed is tried again; one that has no responses at hand is read.
pub(crate) async fn get(app: &App, request: Id) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    let (stage, sound, empty) = bench.with(|state| (state.stage, state.faults.is_empty(), state.shown.is_empty()));
    match stage {
        WorkbenchStage::Failed if sound => open::first(app, &bench).await?,
        WorkbenchStage::Ready if sound && empty => preview::refresh(app, &bench).await,
        _ => {}
    }
    Ok(bench.view())
}

/// Every form. They hang on nothing but the program's version.
pub(crate) async fn forms(_app: &App, _request: Nothing) -> Result<Descriptors, Problem> {
    Ok(descriptors().clone())
}

/// Stops what a workbench waits for; without an id, what any of them waits for.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    if request.id.is_empty() {
        app.cancel_benches();
    } else if let Some(bench) = app.open_bench(&request.id) {
        bench.cancel();
    }
    Ok(Nothing {})
}

/// What expressions may use.
pub(crate) async fn expressions(
    _app: &App,
    _request: Nothing,
) -> Result<Vec<definition::expression::ExpressionEntry>, Problem> {
    Ok(definition::expression::catalog().to_vec())
}
