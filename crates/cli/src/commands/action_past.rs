//! The calls that were made: listed, and found to be made once more.

use super::{Context, action};
use crate::args::action::Action;
use crate::exit;
use crate::target::Target;
use crate::values::usage;
use api::actions;
use api::contract::{ActionCall, ActionOutcome, CallAction};
use definition::Problem;

/// Calls of the history that are listed.
const LISTED: u32 = 50;

/// A connection, ready, and a call of its history.
pub(super) async fn find(context: &Context, args: &Action, id: &str) -> Result<(Target, ActionCall), Problem> {
    let target = action::load(context, args).await?;
    let Some(kept) = &target.connection else {
        return Err(usage("--again takes a connection: a definition's file has no history."));
    };
    let app = context.app().await?;
    let past = actions::one(&app, &kept.id, id).await;
    app.close().await;
    let past = past.map_err(|problem| problem.hint("`--history` lists the calls with their ids."))?;
    Ok((target, past))
}

/// What is called again, in words.
pub(super) fn told(past: &ActionCall, request: &CallAction) -> String {
    let action = &past.action;
    let params: Vec<String> = request
        .params
        .iter()
        .map(|(name, value)| {
            // Only values that were shown before are shown: one that is given now may be private.
            let shown = if past.params.get(name) == Some(value) { value.to_string() } else { "(given now)".to_owned() };
            format!("{name}={shown}")
        })
        .collect();
    let params =
        if params.is_empty() { "without parameters".to_owned() } else { format!("with {}", params.join(", ")) };
    let key = match (&request.idempotency_key, &past.idempotency_key) {
        (Some(key), Some(before)) if key == before => {
            "; its outcome is not known, so the idempotency key is the same".to_owned()
        }
        _ => String::new(),
    };
    format!("Again {action}, as at {}, {params}{key}.", past.at)
}

/// Lists the last calls.
pub(super) async fn history(context: &Context, args: &Action) -> Result<u8, Problem> {
    let app = context.app().await?;
    let past = async {
        let kept = api::headless::connection(&app, &args.target).await?;
        actions::past(&app, &kept.id, LISTED).await
    }
    .await;
    app.close().await;
    let mut past = past?;
    if let Some(name) = &args.name {
        past.retain(|call| call.action == *name);
    }
    if context.out.json {
        context.out.answer(&past);
        return Ok(exit::DONE);
    }
    for call in &past {
        let status = match (call.status, call.rows) {
            (Some(status), _) => status.to_string(),
            (None, Some(rows)) => format!("{rows} row{}", if rows == 1 { "" } else { "s" }),
            (None, None) => "-".to_owned(),
        };
        let outcome = match call.outcome {
            ActionOutcome::Done => "done",
            ActionOutcome::Failed => "failed",
            ActionOutcome::Unknown => "not known",
        };
        let (id, at, action, took) = (&call.id, &call.at, &call.action, call.duration_ms);
        context.out.line(&format!("{id}  {at}  {action}  {outcome}  {status}  {took} ms"));
    }
    if past.is_empty() {
        context.out.say("No action was called yet.");
    }
    Ok(exit::DONE)
}
