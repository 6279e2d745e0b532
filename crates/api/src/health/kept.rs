//! What the store knows of a connection's health: its last sync, and the last report.

use crate::app::App;
use crate::contract::HealthBrief;
use crate::sync;
use definition::Problem;
use engine::event::Outcome;
use engine::health::{HealthCheck, HealthReport, HealthState};
use jiff::Timestamp;
use store::HealthRow;

/// Days after which a connection without a schedule is told of.
const OLD: i64 = 7;

/// How the last sync ended, and how long ago.
pub(super) async fn last_sync(app: &App, connection: &str) -> HealthCheck {
    const NAME: &str = "last_sync";
    let run = match sync::latest(app, Some(connection), 1).await {
        Ok(runs) => runs.into_iter().next(),
        Err(problem) => return HealthCheck::failed(NAME, problem),
    };
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
        Some(Outcome::Done | Outcome::Limited) if age > OLD * 86_400 => {
            (HealthState::Warn, format!("The last sync was {ago} ago."))
        }
        Some(Outcome::Done | Outcome::Limited) => {
            (HealthState::Pass, format!("The last sync was {ago} ago: {} records read.", run.counts.read))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "seconds for people")]
    HealthCheck::new(NAME, state, told).number(age as f64, "s")
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
