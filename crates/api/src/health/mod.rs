//! Health checks of connections, and what runs counted.

mod commands;
mod kept;
pub(crate) mod metrics;
pub mod prometheus;
pub mod status;

pub(crate) use commands::{check_kept, describe, docs, get, metrics as ask_metrics, run};
pub(crate) use kept::brief;
pub use metrics::keep_read;

use crate::app::{App, now};
use crate::headless;
use definition::model::{ConfigType, Source};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::ConfigValues;
use engine::health::{HealthCheck, HealthOptions, HealthReport, HealthState, HealthStreams};
use std::time::{Duration, Instant};

/// How long a check may take, where nobody says.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct HealthTarget<'a> {
    /// The definition.
    pub definition: &'a Definition,
    /// Its values.
    pub config: &'a ConfigValues,
    /// The connection's id, where it is one that is kept.
    pub connection: Option<&'a str>,
    /// Why its secrets can't be read, where they can't.
    pub locked: Option<&'a Problem>,
}

/// Checks a definition with its values, and a connection's last sync. The report of a connection is kept.
pub async fn check(
    app: Option<&App>,
    target: HealthTarget<'_>,
    streams: HealthStreams,
    timeout: Duration,
) -> HealthReport {
    let begin = Instant::now();
    let definition = target.definition;
    let inputs = inputs(&target);
    let mut report = HealthReport { checked_at: now(), ..HealthReport::default() };
    match headless::plan(definition, target.config) {
        _ if inputs.state == HealthState::Fail => {
            report.push(inputs);
            not_tried(&mut report, "Values are missing.");
        }
        Err(problem) => {
            report.push(HealthCheck::failed("inputs", problem));
            not_tried(&mut report, "The definition and its values do not fit.");
        }
        Ok(plan) => {
            report.push(inputs);
            if let Some(app) = app {
                let _ = app.wake_sample(definition).await;
            }
            let options = HealthOptions { timeout, streams, http: speaks_http(definition) };
            let found = engine::health::check(plan, &options).await;
            let HealthReport { identity, scopes, requests, bytes, checks, .. } = found;
            (report.identity, report.scopes, report.requests, report.bytes) = (identity, scopes, requests, bytes);
            checks.into_iter().for_each(|check| report.push(check));
        }
    }
    if let (Some(app), Some(connection)) = (app, target.connection) {
        report.push(kept::last_sync(app, connection).await);
    }
    report.duration_ms = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let (Some(app), Some(connection)) = (app, target.connection)
        && let Err(problem) = kept::keep(app, connection, &report).await
    {
        tracing::warn!(connection, %problem, "a health report could not be kept");
    }
    report
}

fn not_tried(report: &mut HealthReport, why: &str) {
    for name in ["reachable", "certificate", "signed_in", "clock_skew", "rate_limit", "streams"] {
        report.push(HealthCheck::new(name, HealthState::Skipped, why));
    }
}

/// Whether any request is sent at all.
fn speaks_http(definition: &Definition) -> bool {
    definition.http.as_ref().is_some_and(|http| !http.base_url.as_str().trim().is_empty())
        && (definition.check.is_some()
            || definition.streams.is_empty()
            || definition.streams.iter().any(|stream| stream.source == Source::Http))
}

/// `no value`, `1 value`, `2 values`.
fn some(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// Whether every value that must be there is.
fn inputs(target: &HealthTarget<'_>) -> HealthCheck {
    const NAME: &str = "inputs";
    let (definition, config) = (target.definition, target.config);
    let has = |name: &str| config.values.contains_key(name) || config.secrets.contains_key(name);
    let missing: Vec<_> = definition
        .config
        .iter()
        .filter(|input| input.required && input.default.is_none() && !has(&input.name))
        .collect();
    if missing.is_empty() {
        let (values, secrets) = (config.values.len(), config.secrets.len());
        let detail = match (values, secrets) {
            (0, 0) => "It asks for none.".to_owned(),
            _ => format!("{} and {} are there.", some(values, "value"), some(secrets, "secret")),
        };
        return HealthCheck::new(NAME, HealthState::Pass, detail);
    }
    let names: Vec<&str> = missing.iter().map(|input| input.name.as_str()).collect();
    let secret = missing.iter().any(|input| input.kind == ConfigType::Secret);
    if let (true, Some(locked)) = (secret, target.locked) {
        return HealthCheck::failed(NAME, locked.clone());
    }
    let kind = if secret { ProblemKind::Auth } else { ProblemKind::Config };
    let message = format!("{} {} not given.", names.join(", "), if names.len() == 1 { "is" } else { "are" });
    let problem = Problem::new("value_missing", kind, Stage::Plan, message)
        .hint("Give it in the connection's settings, or with --config NAME=VALUE and --secret NAME=env:VARIABLE.");
    HealthCheck::failed(NAME, problem)
}
