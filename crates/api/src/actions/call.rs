//! A call from its parameters to its place in the history. The window and the command line call by these.

use crate::app::{App, now};
use crate::contract::{ActionCall, ActionDryRun, ActionForm, ActionOutcome, ActionPast, ActionRun, CallAction};
use crate::preview::curl;
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::action::{ActionAnswer, ParamFault, Params};
use engine::event::EventSink;
use engine::http::{LastAnswer, SendWatch};
use engine::plan::Plan;
use serde_json::{Map, Value};
use std::time::Instant;
use store::ActionRow;
use tokio_util::sync::CancellationToken;

/// The code of a call that was stopped.
const STOPPED: &str = "cancelled";
/// Characters of an answer that are kept.
const BODY_KEPT: usize = 64 * 1024;
/// Records of an answer that are kept.
const RECORDS_KEPT: usize = 100;

/// The forms of a connector's actions.
pub fn forms(definition: &Definition) -> Vec<ActionForm> {
    let form = |action: &definition::model::Action| ActionForm {
        name: action.name.clone(),
        kind: action.does(),
        description: action.description.clone(),
        stream: action.stream.clone(),
        params: action.params.clone(),
        has_idempotency: action.idempotency_header.is_some(),
    };
    definition.actions.iter().map(form).collect()
}

/// What a call would send. Sends nothing.
///
/// # Errors
/// Where the request can't be made.
pub async fn rehearse(plan: &Plan, request: &CallAction) -> Result<ActionDryRun, Problem> {
    let params = match plan.action_params(&request.action, &request.params) {
        Ok(params) => params,
        Err(faults) => return Ok(ActionDryRun { faults, request: None, curl: String::new(), note: None }),
    };
    let (shown, unreached) =
        plan.action_rehearsal(&request.action, &params, request.idempotency_key.as_deref()).await?;
    let note = unreached.map(|problem| {
        format!(
            "The database was not asked for the columns' types, which are part of the statement. {}",
            problem.message
        )
    });
    Ok(ActionDryRun { faults: Vec::new(), curl: curl(&shown), request: Some(shown), note })
}

/// How a call is made, and who is told.
#[derive(Clone, Default)]
pub struct CallOptions<'a> {
    /// The connection whose history takes the call, and the app that keeps it: as "not known" before anything is sent,
    /// and with its outcome afterwards. So a call that the program did not outlive has a line, too.
    pub history: Option<(&'a App, &'a str)>,
    /// Stops the call. One that was stopped on its way may have been done: its outcome is not known.
    pub stop: CancellationToken,
    /// Who is told of repeats and waits.
    pub events: Option<EventSink>,
}

/// Calls an action. That it failed is part of the answer.
///
/// # Errors
/// Where the request can't be made, or the history can't be written to: nothing was sent then.
pub async fn call(plan: &Plan, request: &CallAction, options: CallOptions<'_>) -> Result<ActionRun, Problem> {
    let params = match plan.action_params(&request.action, &request.params) {
        Ok(params) => params,
        Err(faults) => return Ok(ActionRun { faults, call: None }),
    };
    // The key is made here, so that the line before the request has it: a call whose outcome is not known can be sent
    // again by the same key.
    let key = request.idempotency_key.clone().or_else(|| plan.action_key(&request.action));
    let rehearsed = plan.action_request(&request.action, &params, key.as_deref())?;
    let mut call = ActionCall {
        id: by_time(),
        action: request.action.clone(),
        at: now(),
        outcome: ActionOutcome::Unknown,
        status: None,
        rows: None,
        duration_ms: 0,
        params: shown(plan, &params),
        idempotency_key: key.clone(),
        request: rehearsed,
        response: None,
        body: String::new(),
        records: Vec::new(),
        problem: Some(unfinished()),
    };
    if let Some((app, connection)) = options.history {
        remember(app, connection, &call).await?;
    }
    let last = LastAnswer::default();
    let watch = SendWatch {
        stream: request.action.clone(),
        last: Some(last.clone()),
        events: options.events,
        ..SendWatch::default()
    };
    let begun = Instant::now();
    let acting = plan.act(&request.action, &params, key.as_deref(), &watch);
    let answer = options.stop.run_until_cancelled(acting).await.unwrap_or_else(|| Err(stopped()));
    call.duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    complete(&mut call, answer, &last);
    if let Some((app, connection)) = options.history
        && let Err(problem) = remember(app, connection, &call).await
    {
        // The call was made: that its end can't be kept does not undo it.
        tracing::warn!(%problem, call = call.id, "the history says of a call that its outcome is not known");
    }
    Ok(ActionRun { faults: Vec::new(), call: Some(call) })
}

/// Puts what came of a call into it.
fn complete(call: &mut ActionCall, answer: Result<ActionAnswer, Problem>, last: &LastAnswer) {
    match answer {
        Ok(answer) => {
            call.outcome = ActionOutcome::Done;
            call.status = answer.status;
            call.rows = answer.rows;
            call.idempotency_key = answer.idempotency_key;
            call.request = answer.request;
            call.response = Some(answer.response);
            call.body = String::from_utf8_lossy(&answer.body).into_owned();
            call.records = answer.records;
            call.problem = answer.problem;
        }
        Err(problem) => {
            let unknown = matches!(problem.code.as_str(), "outcome_unknown" | STOPPED);
            call.outcome = if unknown { ActionOutcome::Unknown } else { ActionOutcome::Failed };
            if let Some(page) = last.take() {
                call.status = Some(page.response.status);
                call.request = page.request;
                call.response = Some(page.response);
                call.body = String::from_utf8_lossy(&page.body).into_owned();
            }
            call.problem = Some(problem);
        }
    }
}

/// Stands in the history until a call has ended.
fn unfinished() -> Problem {
    let message = "No answer is known: the call still goes on, or the program ended before it did.";
    Problem::new("outcome_unknown", ProblemKind::Network, Stage::Send, message)
        .hint("It may have been done: look at the other side before you call again.")
}

fn stopped() -> Problem {
    let message = "The call was stopped. If it was on its way, it may have been done.";
    Problem::new(STOPPED, ProblemKind::Cancelled, Stage::Send, message)
        .hint("Look at the other side before you call again.")
}

/// Keeps a call in the history of a connection, in place of what is kept of it.
async fn remember(app: &App, connection: &str, call: &ActionCall) -> Result<(), Problem> {
    let mut kept = call.clone();
    kept.body = kept.body.chars().take(BODY_KEPT).collect();
    kept.records.truncate(RECORDS_KEPT);
    let row = ActionRow {
        id: call.id.clone(),
        connection: connection.to_owned(),
        action: call.action.clone(),
        at: call.at.clone(),
        call: serde_json::to_string(&kept).unwrap_or_default(),
    };
    app.store().put_action_call(&row).await
}

/// The calls of a connection, newest first.
///
/// # Errors
/// Where the store refuses.
pub async fn past(app: &App, connection: &str, most: u32) -> Result<Vec<ActionPast>, Problem> {
    let rows = app.store().action_calls(connection, most).await?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.call).ok()).collect())
}

/// One call of a connection's history.
///
/// # Errors
/// Where there is no such call (any more).
pub async fn one(app: &App, connection: &str, id: &str) -> Result<ActionCall, Problem> {
    let row = app.store().action_call(id).await?.filter(|row| row.connection == connection);
    row.and_then(|row| serde_json::from_str(&row.call).ok()).ok_or_else(unknown_call)
}

/// There is no such call.
pub(super) fn unknown_call() -> Problem {
    let message = "This call is not kept: the last 1,000 of a connection are.";
    Problem::new("unknown_call", ProblemKind::Config, Stage::Store, message)
}

/// The same call once more. Private values are not kept: `given` has them, and goes before what was given then. A call
/// whose outcome is not known goes out by the same idempotency key, so that a server which did it does nothing.
///
/// # Errors
/// The private parameters that are missing, all at once.
pub fn again(
    definition: &Definition,
    connection: &str,
    past: &ActionCall,
    given: &Map<String, Value>,
) -> Result<CallAction, Vec<ParamFault>> {
    let private = |name: &str| {
        let action = definition.actions.iter().find(|action| action.name == past.action);
        action.is_some_and(|action| action.params.iter().any(|param| param.name == name && param.secret))
    };
    let mut params = past.params.clone();
    params.extend(given.clone());
    let masked = params.iter().filter(|(name, value)| {
        !given.contains_key(*name)
            && !value.is_null()
            && (private(name) || value.to_string().contains(engine::http::MASK))
    });
    let fault = |name: &String| ParamFault {
        param: name.clone(),
        message: format!("It is private, and the history does not keep it. Give it: --param {name}=VALUE."),
    };
    let faults: Vec<_> = masked.map(|(name, _)| fault(name)).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let unknown = past.outcome == ActionOutcome::Unknown;
    Ok(CallAction {
        connection: connection.to_owned(),
        action: past.action.clone(),
        params,
        idempotency_key: past.idempotency_key.clone().filter(|_| unknown),
        turn: None,
    })
}

/// An id that sorts by time.
fn by_time() -> String {
    format!("{:012x}{:08x}", jiff::Timestamp::now().as_millisecond(), fastrand::u32(..))
}

/// The parameters without secrets: private ones, and those of the connection that someone typed into one.
fn shown(plan: &Plan, params: &Params) -> Map<String, Value> {
    let mut shown = Value::Object(params.shown());
    scrub(plan, &mut shown);
    match shown {
        Value::Object(shown) => shown,
        _ => Map::new(),
    }
}

fn scrub(plan: &Plan, value: &mut Value) {
    match value {
        Value::String(text) => *text = plan.sender().redactor().text(text),
        Value::Array(items) => items.iter_mut().for_each(|item| scrub(plan, item)),
        Value::Object(members) => members.values_mut().for_each(|member| scrub(plan, member)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
