//! One event: its records mapped and stored.

use super::hooks::Hook;
use crate::app::blocking;
use crate::contract::WebhookResult;
use crate::headless;
use definition::model::RouteThen;
use definition::{Problem, ProblemKind};
use engine::sink::Sink;
use engine::webhook::{Incoming, KeptEvent, MappedRoute};
use serde::{Deserialize, Serialize};
use sinks::sqlite::SqliteSink;
use std::path::Path;
use store::{SettledWebhook, WebhookRow};
use tokio_util::sync::CancellationToken;

/// Attempts before an event is dead, where the same again might work.
const ATTEMPTS: i64 = 5;
/// The first wait between two attempts, in milliseconds; it doubles.
const WAIT: i64 = 2_000;
/// How long an event waits where a sync holds the table, in milliseconds. That is no attempt.
const BUSY: i64 = 500;

/// What is kept of an event's records.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub results: Vec<WebhookResult>,
}

/// Works on an event. Waits where a sync writes to the same place.
pub(super) async fn deliver(hook: &Hook, row: &WebhookRow, cancel: &CancellationToken) -> SettledWebhook {
    match store_records(hook, row, cancel).await {
        Ok(None) => SettledWebhook {
            status: "unknown".to_owned(),
            code: Some("no_route".to_owned()),
            reason: Some(match row.event.as_str() {
                "" => "The event has no name, and no route takes `*`.".to_owned(),
                name => format!("No route takes `{name}`."),
            }),
            expected: Some("It is kept. Add a route in the definition and replay it.".to_owned()),
            ..settled()
        },
        Ok(Some(results)) => SettledWebhook {
            status: "done".to_owned(),
            result: serde_json::to_string(&Kept { results }).unwrap_or_default(),
            ..settled()
        },
        Err(problem) => failed(row, &problem),
    }
}

fn settled() -> SettledWebhook {
    SettledWebhook { attempt: true, result: "{}".to_owned(), ..SettledWebhook::default() }
}

/// Whether an event waits or is dead, and why.
pub(super) fn failed(row: &WebhookRow, problem: &Problem) -> SettledWebhook {
    let now = jiff::Timestamp::now().as_millisecond();
    let busy = problem.code == "busy";
    let again = busy || (problem.retry && row.attempts + 1 < ATTEMPTS);
    let wait = if busy { BUSY } else { WAIT << row.attempts.clamp(0, 10) };
    let mut reason = problem.message.clone();
    if let Some(field) = problem.field.as_deref().filter(|field| !field.is_empty()) {
        reason = format!("{reason} (in {field})");
    }
    SettledWebhook {
        status: if again { "waiting" } else { "dead" }.to_owned(),
        attempt: !busy,
        code: Some(problem.code.clone()),
        reason: Some(reason),
        expected: problem.hint.clone(),
        next_at: if again { now + wait } else { 0 },
        ..settled()
    }
}

async fn store_records(
    hook: &Hook,
    row: &WebhookRow,
    cancel: &CancellationToken,
) -> Result<Option<Vec<WebhookResult>>, Problem> {
    let request = Incoming {
        method: row.method.clone(),
        query: serde_json::from_str(&row.query).unwrap_or_default(),
        headers: serde_json::from_str(&row.headers).unwrap_or_default(),
        body: row.body.clone().into(),
        at: row.received_at.parse().unwrap_or(jiff::Timestamp::UNIX_EPOCH),
    };
    let routes = hook.plan.map_event(&row.webhook, &KeptEvent { name: row.event.clone(), request })?;
    if routes.is_empty() {
        return Ok(None);
    }
    // A sync of the connection reads and writes in one go: the event waits for its end.
    let turn = headless::take_turn(&hook.destination, &hook.connector, cancel).await?;
    let (destination, mark) = (hook.destination.clone(), format!("{}/{}", row.id, row.replays));
    let redactor = hook.plan.sender().redactor().clone();
    let done = blocking(move || {
        let _turn = turn;
        apply(routes, &destination, &mark)
    });
    done.await.map(Some).map_err(|problem| redactor.problem(problem))
}

fn apply(routes: Vec<MappedRoute>, destination: &Path, mark: &str) -> Result<Vec<WebhookResult>, Problem> {
    let mut results = Vec::new();
    for route in routes {
        let mut sink = SqliteSink::new(destination.to_owned());
        sink.open(&route.shape)?;
        let mark = format!("{mark}/{}", route.shape.name);
        let written = sink.apply(&route.batch, route.then == RouteThen::Delete, &mark)?.unwrap_or_default();
        results.push(WebhookResult {
            stream: route.shape.name,
            new: written.new,
            updated: written.updated,
            unchanged: written.unchanged,
            deleted: written.deleted,
            faults: route.faults,
        });
    }
    Ok(results)
}

/// Whether the same again may work though the problem does not say so: what is wrong lies outside of the event.
pub(super) fn may_pass(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Auth | ProblemKind::Storage | ProblemKind::Cancelled)
}
