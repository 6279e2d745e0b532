//! The commands about webhooks.

use super::{ListenOptions, hooks, own_status, rows, start, work};
use crate::app::{App, lock};
use crate::contract::{
    Id, ListenStart, ListenStatus, Nothing, WebhookCount, WebhookDetail, WebhookEvent, WebhookInfo, WebhookOne,
    WebhookReplay, WebhookStatus, WebhookWindow, WebhooksView,
};
use definition::model::Webhook;
use definition::{Document, Problem, ProblemKind, Stage};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// The most events of one window.
const MOST: u32 = 500;
/// How long a replay is waited for.
const REPLAY_TIME: Duration = Duration::from_secs(10 * 60);

/// Starts the window's listener. One that runs is left as it is.
pub(crate) async fn start_command(app: &App, request: ListenStart) -> Result<ListenStatus, Problem> {
    let status = own_status(app);
    if status.listening {
        return Ok(status);
    }
    let usual = ListenOptions::default();
    let ip = match request.address.as_deref().map(str::trim).filter(|address| !address.is_empty()) {
        None => usual.addr.ip(),
        Some(address) => parse_address(address)?,
    };
    let addr = SocketAddr::new(ip, request.port.unwrap_or(usual.addr.port()));
    let listening = start(app, ListenOptions { addr, allow_remote: request.allow_remote, ..usual }).await?;
    *lock(&app.listen().own) = Some(listening);
    Ok(own_status(app))
}

/// An address of this computer.
pub(super) fn parse_address(address: &str) -> Result<IpAddr, Problem> {
    let address = if address == "localhost" { "127.0.0.1" } else { address };
    address.trim_matches(['[', ']']).parse().map_err(|_| {
        let message = format!("`{}` is no address of a computer.", address.escape_debug());
        Problem::new("bad_address", ProblemKind::Config, Stage::Open, message).hint("For example 127.0.0.1 or 0.0.0.0.")
    })
}

/// Stops the window's listener.
pub(crate) async fn stop_command(app: &App, _: Nothing) -> Result<ListenStatus, Problem> {
    let own = lock(&app.listen().own).take();
    if let Some(own) = own {
        own.stop().await;
    }
    Ok(own_status(app))
}

/// Whether the window's listener runs.
pub(crate) async fn status_command(app: &App, _: Nothing) -> Result<ListenStatus, Problem> {
    Ok(own_status(app))
}

/// A connection's webhooks.
pub(crate) async fn view(app: &App, request: Id) -> Result<WebhooksView, Problem> {
    let connection = crate::sync::connection(app, &request.id).await?;
    let text = app.store().connector(&connection.connector).await?.map(|connector| connector.text).unwrap_or_default();
    let definition = Document::parse(&text).map_err(Problem::faulty)?.definition().clone();
    let listener = own_status(app);
    // What keeps a connection from being compiled is told where its events are.
    let hook = hooks::get(app, &connection, false).await.ok();
    let lacks = |name: &str| hook.as_ref().and_then(|hook| hook.lacks(hook.plan.webhook(name)?));
    let info = |webhook: &Webhook| WebhookInfo {
        lacks: lacks(&webhook.name),
        ..info(webhook, &connection.name, listener.url.as_deref())
    };
    let webhooks = definition.webhooks.iter().map(info).collect();
    let counts = app.store().webhook_counts(&connection.id).await?;
    let counts =
        counts.into_iter().map(|(word, events)| WebhookCount { status: rows::status(&word), events }).collect();
    Ok(WebhooksView { connection: connection.id, listener, webhooks, counts })
}

fn info(webhook: &Webhook, connection: &str, base: Option<&str>) -> WebhookInfo {
    let path = path(connection, &webhook.name);
    WebhookInfo {
        name: webhook.name.clone(),
        description: webhook.description.clone(),
        url: base.map(|base| format!("{base}{path}")),
        path,
        proof: match &webhook.verify {
            definition::model::WebhookVerify::None => "none",
            definition::model::WebhookVerify::Hmac(_) => "hmac",
            definition::model::WebhookVerify::Token { .. } => "token",
            definition::model::WebhookVerify::Basic { .. } => "basic",
        }
        .to_owned(),
        lacks: None,
        events: webhook.routes.iter().map(|route| route.event.clone()).collect(),
        samples: webhook.samples.iter().map(|sample| sample.name.clone()).collect(),
        body_bytes: webhook.body_bytes.unwrap_or(2 * 1024 * 1024),
    }
}

/// The path of a webhook's address.
pub(super) fn path(connection: &str, webhook: &str) -> String {
    let mut url = url::Url::parse("http://a/").ok();
    if let Some(mut parts) = url.as_mut().and_then(|url| url.path_segments_mut().ok()) {
        parts.clear().push("hooks").push(connection).push(webhook);
    }
    url.map(|url| url.path().to_owned()).unwrap_or_default()
}

/// Events, newest first.
pub(crate) async fn events(app: &App, request: WebhookWindow) -> Result<Vec<WebhookEvent>, Problem> {
    let connection = match &request.id {
        Some(id) => Some(crate::sync::connection(app, id).await?.id),
        None => None,
    };
    let limit = request.limit.min(MOST);
    let statuses = words(&request.statuses);
    let rows = app.store().webhook_events(connection.as_deref(), &statuses, request.before, limit).await?;
    Ok(rows.iter().map(rows::event).collect())
}

/// An event with all that came.
pub(crate) async fn detail(app: &App, request: WebhookOne) -> Result<WebhookDetail, Problem> {
    let row = app.store().webhook_event(request.event).await?.ok_or_else(gone)?;
    Ok(rows::detail(&row))
}

/// Works on events again. Gives them as they stand then.
pub(crate) async fn replay(app: &App, request: WebhookReplay) -> Result<Vec<WebhookEvent>, Problem> {
    let connection = crate::sync::connection(app, &request.id).await?;
    let mut settled = app.listen().settled.0.subscribe();
    if let Some(event) = request.event {
        let row = app.store().webhook_event(event).await?;
        let row = row.filter(|row| row.connection.as_deref() == Some(&connection.id)).ok_or_else(gone)?;
        if matches!(rows::status(&row.status), WebhookStatus::Refused | WebhookStatus::Challenge) {
            return Err(Problem::new(
                "not_verified",
                ProblemKind::Config,
                Stage::Map,
                "Only events that were verified can be replayed.",
            )
            .hint("Mend what the event says, and let the sender send it again."));
        }
        if rows::status(&row.status) == WebhookStatus::Duplicate {
            return Err(Problem::new("duplicate", ProblemKind::Config, Stage::Map, "This event came before.")
                .hint("Replay the one that came first."));
        }
    }
    let statuses = if request.statuses.is_empty() { vec![WebhookStatus::Dead] } else { request.statuses.clone() };
    let ids = app.store().replay_webhooks(&connection.id, request.event, &words(&statuses)).await?;
    work::begin(app);
    let waits = async {
        while request.wait && any_waiting(app, &ids).await? {
            // Another program may work on them: then nobody here is told.
            let _ = tokio::time::timeout(Duration::from_millis(500), settled.changed()).await;
        }
        Ok::<_, Problem>(())
    };
    match tokio::time::timeout(REPLAY_TIME, waits).await {
        Ok(done) => done?,
        Err(_) => tracing::warn!("replayed events still wait"),
    }
    let mut events = Vec::new();
    for id in ids {
        events.extend(app.store().webhook_event(id).await?.as_ref().map(rows::event));
    }
    Ok(events)
}

async fn any_waiting(app: &App, ids: &[i64]) -> Result<bool, Problem> {
    for id in ids {
        if app.store().webhook_event(*id).await?.is_some_and(|row| row.status == "waiting") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn words(statuses: &[WebhookStatus]) -> Vec<String> {
    statuses.iter().map(|status| rows::word(*status).to_owned()).collect()
}

fn gone() -> Problem {
    Problem::new("no_event", ProblemKind::Config, Stage::Open, "There is no such event.")
        .hint("Old events are forgotten after 30 days. The list shows what there is.")
}
