//! Actions: their forms, a dry run, a call, and what was called before.

mod call;

pub use call::{CallOptions, again, call, forms, one, past, rehearse};

use crate::app::App;
use crate::contract::{ActionCall, ActionDryRun, ActionForm, ActionPast, ActionRun};
use crate::contract::{CallAction, Id, Nothing};
use crate::headless;
use definition::Problem;

/// The actions of a connection.
pub(crate) async fn list(app: &App, request: Id) -> Result<Vec<ActionForm>, Problem> {
    Ok(forms(&headless::connection(app, &request.id).await?.definition))
}

/// What a call would send. Sends nothing.
pub(crate) async fn dry_run(app: &App, request: CallAction) -> Result<ActionDryRun, Problem> {
    let kept = headless::connection(app, &request.connection).await?;
    let plan = headless::plan(&kept.definition, &kept.config)?;
    rehearse(&plan, &request).await
}

/// Calls an action and keeps what came of it.
pub(crate) async fn run(app: &App, request: CallAction) -> Result<ActionRun, Problem> {
    let kept = headless::connection(app, &request.connection).await?;
    let plan = headless::plan(&kept.definition, &kept.config)?;
    let stop = app.begin_action(request.turn.as_deref());
    let options = CallOptions { history: Some((app, kept.id.as_str())), stop, events: None };
    let run = call::call(&plan, &request, options).await;
    app.end_action(request.turn.as_deref());
    run
}

/// Stops a call that goes on, by its caller's name for it.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    app.stop_action(&request.id);
    Ok(Nothing {})
}

/// The calls of a connection, newest first.
pub(crate) async fn history(app: &App, request: Id) -> Result<Vec<ActionPast>, Problem> {
    let kept = headless::connection(app, &request.id).await?;
    past(app, &kept.id, 1_000).await
}

/// One call of the history.
pub(crate) async fn get(app: &App, request: Id) -> Result<ActionCall, Problem> {
    let row = app.store().action_call(&request.id).await?;
    row.and_then(|row| serde_json::from_str(&row.call).ok()).ok_or_else(call::unknown_call)
}
