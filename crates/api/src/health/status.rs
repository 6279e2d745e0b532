//! What monitors ask over HTTP: `/health`, `/live` and `/metrics`. Names follow draft-inadarei-api-health-check where they fit.

use super::{check_kept, metrics, prometheus};
use crate::app::{App, now};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use definition::Problem;
use engine::health::{HealthCheck, HealthReport, HealthState, HealthStreams};
use futures::StreamExt;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long a report is given out again: a monitor must not hammer the API.
const FRESH: Duration = Duration::from_secs(15);
/// How long a check may take before the monitor is answered.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Connections that are checked at the same time.
const AT_ONCE: usize = 8;

/// One connection's place: whoever comes while it is checked waits for the same report.
type Place = Arc<Mutex<Option<(Instant, Arc<HealthReport>)>>>;

/// What the answers are made of.
pub struct Status {
    app: App,
    /// The ids of the connections that are served; all where there is none.
    connections: Vec<String>,
    begun: Instant,
    places: Mutex<HashMap<(String, bool), Place>>,
}

impl std::fmt::Debug for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Status").field("connections", &self.connections).finish_non_exhaustive()
    }
}

/// The routes `/health`, `/health/CONNECTION`, `/live` and `/metrics`, to be merged into a server's own. `connections`: the ids
/// of those that are served; all where there is none.
pub fn router(app: &App, connections: Vec<String>) -> Router {
    let status = Status { app: app.clone(), connections, begun: Instant::now(), places: Mutex::default() };
    Router::new()
        .route("/health", get(all))
        .route("/health/{connection}", get(one))
        .route("/live", get(live))
        .route("/metrics", get(counters))
        .with_state(Arc::new(status))
}

impl Status {
    /// The names of the connections that are served.
    async fn names(&self) -> Result<Vec<String>, Problem> {
        let all = self.app.store().connections().await?;
        Ok(all.into_iter().filter(|one| self.serves(&one.id)).map(|one| one.name).collect())
    }

    fn serves(&self, id: &String) -> bool {
        self.connections.is_empty() || self.connections.contains(id)
    }

    /// A report, at most [`FRESH`] old.
    async fn report(&self, name: &str, streams: bool) -> Result<Arc<HealthReport>, Problem> {
        let place = Arc::clone(self.places.lock().await.entry((name.to_owned(), streams)).or_default());
        let mut kept = place.lock().await;
        if let Some((at, report)) = &*kept
            && at.elapsed() < FRESH
        {
            return Ok(Arc::clone(report));
        }
        let which = if streams { HealthStreams::All } else { HealthStreams::None };
        let report = Arc::new(check_kept(&self.app, name, which, TIMEOUT).await?);
        *kept = Some((Instant::now(), Arc::clone(&report)));
        Ok(report)
    }

    /// The answer about connections.
    async fn answer(&self, names: &[String], streams: bool) -> Response {
        let each = names.iter().cloned().map(|name| async move { self.report(&name, streams).await });
        let reports = futures::stream::iter(each.collect::<Vec<_>>());
        let reports: Vec<_> = reports.buffered(AT_ONCE).collect().await;
        let mut worst = HealthState::Pass;
        let mut checks = Map::new();
        for (name, report) in names.iter().zip(reports) {
            match report {
                Ok(report) => {
                    worst = worst.max(report.state);
                    for check in &report.checks {
                        checks
                            .insert(format!("{name}:{}", check.name), json!([shown(name, check, &report.checked_at)]));
                    }
                }
                Err(problem) => {
                    worst = HealthState::Fail;
                    let told =
                        json!([{"componentId": name, "status": "fail", "time": now(), "output": problem.message}]);
                    checks.insert(format!("{name}:connection"), told);
                }
            }
        }
        let up = self.begun.elapsed().as_secs();
        let uptime = json!([{"componentType": "system", "observedValue": up, "observedUnit": "s", "status": "pass", "time": now()}]);
        checks.insert("uptime".to_owned(), uptime);
        let version = env!("CARGO_PKG_VERSION");
        let body = json!({
            "status": word(worst),
            "version": version,
            "releaseId": version,
            "serviceId": "tapwright",
            "description": "Connections served by Tapwright",
            "uptimeSeconds": up,
            "checks": checks,
        });
        let code = if worst == HealthState::Fail { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        json_answer(code, &body)
    }
}

/// `/health`: every connection that is served. `?streams=true` reads every stream too.
async fn all(State(status): State<Arc<Status>>, Query(query): Query<HashMap<String, String>>) -> Response {
    match status.names().await {
        Ok(names) => status.answer(&names, streams(&query)).await,
        Err(problem) => failed(&problem),
    }
}

/// `/health/CONNECTION`.
async fn one(
    State(status): State<Arc<Status>>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    match status.names().await {
        Ok(names) if names.contains(&name) => status.answer(&[name], streams(&query)).await,
        Ok(_) => json_answer(
            StatusCode::NOT_FOUND,
            &json!({"status": "fail", "output": "No such connection is served here."}),
        ),
        Err(problem) => failed(&problem),
    }
}

/// `/live`: whether the program runs, whatever its connections do. No API is asked.
async fn live(State(status): State<Arc<Status>>) -> Response {
    let (up, version) = (status.begun.elapsed().as_secs(), env!("CARGO_PKG_VERSION"));
    json_answer(StatusCode::OK, &json!({"status": "pass", "version": version, "uptimeSeconds": up}))
}

/// `/metrics`, for Prometheus.
async fn counters(State(status): State<Arc<Status>>) -> Response {
    match metrics::of(&status.app, None, 1).await {
        Ok(mut all) => {
            all.retain(|one| status.serves(&one.connection));
            let text = prometheus::text(&all, Some(status.begun.elapsed().as_secs_f64()));
            ([(header::CONTENT_TYPE, prometheus::CONTENT_TYPE)], text).into_response()
        }
        Err(problem) => failed(&problem),
    }
}

fn streams(query: &HashMap<String, String>) -> bool {
    query.get("streams").is_some_and(|value| matches!(value.as_str(), "" | "1" | "true"))
}

fn failed(problem: &Problem) -> Response {
    json_answer(StatusCode::SERVICE_UNAVAILABLE, &json!({"status": "fail", "output": problem.message}))
}

fn json_answer(code: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/health+json"), (header::CACHE_CONTROL, "max-age=15")];
    (code, headers, body.to_string()).into_response()
}

/// One check in the draft's words. Who is signed in is nobody's business here.
fn shown(connection: &str, check: &HealthCheck, at: &str) -> Value {
    let mut told =
        json!({"componentId": connection, "componentType": "component", "status": word(check.state), "time": at});
    if let (Some(value), Some(unit)) = (check.observed, &check.unit) {
        told["observedValue"] = json!(value);
        told["observedUnit"] = json!(unit);
    }
    if check.name != "signed_in" || check.state != HealthState::Pass {
        told["output"] = json!(check.detail);
    }
    if check.state == HealthState::Skipped {
        told["skipped"] = json!(true);
    }
    told
}

/// What is skipped is no fault: `pass`.
fn word(state: HealthState) -> &'static str {
    match state {
        HealthState::Skipped | HealthState::Pass => "pass",
        HealthState::Warn => "warn",
        HealthState::Fail => "fail",
    }
}
