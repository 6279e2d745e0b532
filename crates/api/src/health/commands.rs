//! What a client asks: to check, for the last report, for metrics.

use super::{HealthTarget, TIMEOUT, check};
use crate::app::App;
use crate::contract::{AskMetrics, CheckHealth, ConnectionMetrics, Id, Readme, Whom};
use crate::headless;
use definition::describe::Description;
use definition::{Definition, Document, Problem, ProblemKind, Stage};
use engine::health::{HealthReport, HealthStreams};
use std::time::Duration;

/// Checks a connection now.
pub(crate) async fn run(app: &App, request: CheckHealth) -> Result<HealthReport, Problem> {
    let streams = if request.fast { HealthStreams::None } else { HealthStreams::All };
    let timeout = request.timeout_ms.map_or(TIMEOUT, |ms| Duration::from_millis(ms.clamp(500, 600_000)));
    check_kept(app, &request.connection, streams, timeout).await
}

/// Checks a connection that is kept, by its name or id.
pub(crate) async fn check_kept(
    app: &App,
    name: &str,
    streams: HealthStreams,
    timeout: Duration,
) -> Result<HealthReport, Problem> {
    let kept = headless::connection(app, name).await?;
    let target = HealthTarget {
        definition: &kept.definition,
        config: &kept.config,
        connection: Some(&kept.id),
        locked: kept.locked.as_ref(),
    };
    Ok(check(Some(app), target, streams, timeout).await)
}

/// The last report of a connection.
pub(crate) async fn get(app: &App, request: Id) -> Result<Option<HealthReport>, Problem> {
    let row = app.store().health(Some(&request.id)).await?.into_iter().next();
    Ok(row.and_then(|row| serde_json::from_str(&row.report).ok()))
}

/// What runs counted.
pub(crate) async fn metrics(app: &App, request: AskMetrics) -> Result<Vec<ConnectionMetrics>, Problem> {
    super::metrics::of(app, request.connection.as_deref(), request.runs.unwrap_or(20)).await
}

/// What a connector says of itself.
pub(crate) async fn describe(app: &App, request: Whom) -> Result<Description, Problem> {
    Ok(definition::describe::describe(&definition_of(app, &request.name).await?))
}

/// A connector's README.
pub(crate) async fn docs(app: &App, request: Whom) -> Result<Readme, Problem> {
    let definition = definition_of(app, &request.name).await?;
    let text = definition::describe::markdown(&definition, &format!("{}.connector.yaml", definition.name));
    Ok(Readme { text })
}

/// The definition of a connector, or of a connection's connector, by its name or id.
async fn definition_of(app: &App, name: &str) -> Result<Definition, Problem> {
    let connectors = app.store().connectors().await?;
    let found = match app.store().connection(name).await? {
        Some(connection) => connectors.into_iter().find(|one| one.id == connection.connector),
        // Of several with one name the last used, which stands first.
        None => connectors.into_iter().find(|one| one.id == name || one.name == name),
    };
    let found = found.ok_or_else(|| {
        let message = format!("There is no connector and no connection `{name}`.");
        Problem::new("unknown_connector", ProblemKind::Config, Stage::Open, message)
            .hint("`tapwright list` shows what there is.")
    })?;
    Ok(Document::parse_shape(&found.text).map_err(Problem::faulty)?.definition().clone())
}
