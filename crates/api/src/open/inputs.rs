//! Values of a connector's inputs, given at any time.

use super::auth::keep_connection;
use super::first;
use super::trust::{keep_secrets, take_values};
use crate::app::App;
use crate::contract::{GiveInputs, Id, InputAsk, Workbench, WorkbenchStage};
use crate::preview;
use crate::share::trust_sheet;
use crate::workbench::keep;
use definition::Problem;

/// What a connector's inputs are, where each may go, and which have a value.
pub(crate) async fn inputs(app: &App, request: Id) -> Result<Vec<InputAsk>, Problem> {
    let bench = app.bench(&request.id).await?;
    Ok(bench.with(|state| trust_sheet(&state.definition, &state.given, &state.values).asks))
}

/// Takes values, and reads again where the definition is sound. What the server says of them stands in the workbench.
pub(crate) async fn give_inputs(app: &App, request: GiveInputs) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    take_values(&bench, &request.values)?;
    keep_secrets(app, &bench, &request.secrets).await;
    keep_connection(app, &bench).await?;
    // A draft that never read anything begins anew with the values; its one request is the first.
    if bench.with(|state| state.stage) == WorkbenchStage::Failed {
        first(app, &bench).await?;
    } else if bench.with(|state| state.faults.is_empty()) {
        preview::refresh(app, &bench).await;
    }
    keep(app, &bench).await?;
    Ok(bench.view())
}
