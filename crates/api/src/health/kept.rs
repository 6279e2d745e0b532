//! What the store knows of a connection's health: its last sync, and the last report.

use crate::app::App;
use crate::contract::{HealthBrief, RunSummary};
use crate::schedules::{Overdue, overdue};
use crate::sync;
use definition::{Problem, ProblemKind, Stage};
use engine::event::Outcome;
use engine::health::{HealthCheck, HealthReport, HealthState};
use jiff::Timestamp;
use store::HealthRow;

/// Days after which a connection without a schedule is told of.
const OLD: i64 = 7;
/// Scheduled runs that fail or do not happen, in a row, from which on it is a fault.
const MANY: u32 = 3;
/// Runs among which the last one that ended well is looked for.
const LOOKED_AT: u32 = 50;
const NAME: &str = "last_sync";

/// How the last sync ended, and how long ago: by the connection's schedule, where it has one.
pub(super) async fn last_sync(app: &App, connection: &str) -> HealthCheck {
    let runs = match sync::latest(app, Some(connection), LOOKED_AT).await {
        Ok(runs) => runs,
        Err(problem) => return HealthCheck::failed(NAME, problem),
    };
    let schedule = match app.store().schedule(connection).await {
        Ok(schedule) => schedule.filter(|schedule| !schedule.paused),
        Err(problem) => return HealthCheck::failed(NAME, problem),
    };
    let check = latest(app, runs.first(), schedule.is_some());
    let going_on = runs.first().is_some_and(|run| run.outcome.is_none() && app.lock_runs().contains_key(&run.id));
    let Some(schedule) = schedule.filter(|_| !going_on) else { return check };
    let good = runs.iter().find(|run| matches!(run.outcome, Some(Outcome::Done | Outcome::Limited)));
    let good = good.and_then(|run| run.started_at.parse().ok());
    match overdue(&schedule, good, Timestamp::now()) {
        Some(late) => is_late(&late, &check),
        None if schedule.failures >= MANY => failing(schedule.failures, &check),
        None => check,
    }
}

/// How the last run ended.
fn latest(app: &App, run: Option<&RunSummary>, scheduled: bool) -> HealthCheck {
    let Some(run) = run else { return HealthCheck::new(NAME, HealthState::Skipped, "It was never synced.") };
    let begun = run.started_at.parse::<Timestamp>().ok();
    let age = begun.map_or(0, |begun| Timestamp::now().duration_since(begun).as_secs().max(0));
    let ago = ago(age);
    let running = app.lock_runs().contains_key(&run.id);
    let (state, told) = match run.outcome {
        None if running => (HealthState::Pass, format!("A sync goes on; it began {ago} ago.")),
        None => (HealthState::Warn, format!("The last sync, {ago} ago, did not come to its end.")),
        Some(Outcome::Failed) => (HealthState::Warn, format!("The last sync, {ago} ago, failed.")),
        Some(Outcome::Partial) => (HealthState::Warn, format!("The last sync, {ago} ago, stopped half way.")),
        Some(Outcome::Cancelled) => (HealthState::Warn, format!("The last sync, {ago} ago, was stopped.")),
        Some(Outcome::Done | Outcome::Limited) if age > OLD * 86_400 && !scheduled => {
            (HealthState::Warn, format!("The last sync was {ago} ago."))
        }
        Some(Outcome::Done | Outcome::Limited) => {
            (HealthState::Pass, format!("The last sync was {ago} ago: {} records read.", run.counts.read))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "seconds for people")]
    HealthCheck::new(NAME, state, told).number(age as f64, "s")
}

/// Runs that were due and did not happen. From the third it is a fault: nobody runs the schedules.
fn is_late(late: &Overdue, check: &HealthCheck) -> HealthCheck {
    let since = ago(Timestamp::now().duration_since(late.due).as_secs());
    let runs = if late.missed == 1 { "a sync is".to_owned() } else { format!("{} syncs are", late.missed) };
    let told = format!("It syncs {}, and {runs} overdue, the first by {since}. {}", late.rule, check.detail);
    let mut found = if late.missed < MANY {
        HealthCheck::new(NAME, HealthState::Warn, told)
    } else {
        let problem = Problem::new("sync_overdue", ProblemKind::Storage, Stage::Plan, told);
        HealthCheck::failed(NAME, problem.hint("Let `tapwright serve` run, or the window with \"Run schedules\" on."))
    };
    (found.observed, found.unit) = (check.observed, check.unit.clone());
    found
}

/// Every scheduled run fails.
fn failing(failures: u32, check: &HealthCheck) -> HealthCheck {
    let told = format!("The last {failures} scheduled syncs failed. {}", check.detail);
    let problem = Problem::new("sync_failing", ProblemKind::Storage, Stage::Plan, told);
    let mut found = HealthCheck::failed(NAME, problem.hint("`tapwright schedule show` and `tapwright logs` say why."));
    (found.observed, found.unit) = (check.observed, check.unit.clone());
    found
}

fn ago(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Keeps a report.
pub(super) async fn keep(app: &App, connection: &str, report: &HealthReport) -> Result<(), Problem> {
    let row = HealthRow {
        connection: connection.to_owned(),
        state: word(report.state),
        at: report.checked_at.clone(),
        report: serde_json::to_string(report).unwrap_or_default(),
    };
    app.store().put_health(&row).await
}

/// A state as one word.
pub(super) fn word(state: HealthState) -> String {
    serde_json::to_value(state).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The last report in a word.
pub(crate) async fn brief(app: &App, connection: &str) -> Result<Option<HealthBrief>, Problem> {
    let row = app.store().health(Some(connection)).await?.into_iter().next();
    Ok(row.and_then(|row| {
        let state = serde_json::from_value(serde_json::Value::String(row.state)).ok()?;
        Some(HealthBrief { state, checked_at: row.at })
    }))
}
