//! One request: verified, kept, answered.

use super::hooks::{self, Hook};
use super::server::{Read, Shared, read};
use super::{rows, work};
use crate::app::{App, lock};
use crate::contract::AppEvent;
use axum::body::Body;
use bytes::Bytes;
use definition::Problem;
use engine::webhook::{Event, Incoming, Refusal, Reply, Verdict, WebhookPlan};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Connection, WebhookRow};

/// Bytes of a refused body that are kept, to be looked at.
const REFUSED_KEPT: usize = 2 * 1024;
/// Bytes of all headers that are kept.
const HEADERS_KEPT: usize = 32 * 1024;
/// How old a secret may be that did not fit, before it is read again: somebody may have given the new one.
const FRESH: Duration = Duration::from_secs(1);
/// How often the window is told.
const NEWS: Duration = Duration::from_millis(100);
/// How many requests come between two cleanings.
const PRUNE_EVERY: u64 = 500;
/// Bytes of a body for an address that nobody has.
const UNKNOWN_BYTES: u64 = 1024 * 1024;

/// The head of a request.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub address: String,
    pub webhook: String,
    pub method: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub at: Timestamp,
}

/// What the sender gets.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub status: u16,
    pub body: String,
    pub content_type: String,
    pub headers: Vec<(String, String)>,
}

impl From<Reply> for Answered {
    fn from(reply: Reply) -> Self {
        Self { status: reply.status, body: reply.body, content_type: reply.content_type, headers: reply.headers }
    }
}

/// Takes a request.
pub(super) async fn receive(shared: &Shared, asked: Asked, body: Body) -> Answered {
    let found = match find(shared, &asked).await {
        Ok(found) => found,
        Err((connection, refusal)) => {
            let body = read(body, UNKNOWN_BYTES).await;
            let whole = if let Read::Whole(bytes) = body { bytes } else { Bytes::new() };
            return refuse(shared, None, connection, &asked, whole, &refusal).await;
        }
    };
    let Some(webhook) = found.plan.webhook(&asked.webhook) else {
        let refusal = no_webhook(&found);
        return refuse(shared, Some(&found), Some(found.connection.clone()), &asked, Bytes::new(), &refusal).await;
    };
    let connection = Some(found.connection.clone());
    let most = webhook.body_bytes();
    let bytes = match read(body, most).await {
        Read::Whole(bytes) => bytes,
        Read::TooLong(length) => {
            let mut refusal = Refusal::too_long(most);
            refusal.message = format!("The body has {length} bytes or more; {most} are allowed.");
            return refuse(shared, Some(&found), connection, &asked, Bytes::new(), &refusal).await;
        }
        Read::Cut => {
            let refusal = refusal("cut", 408, "The body broke off, or took over 30 seconds.", "A whole body.");
            return refuse(shared, Some(&found), connection, &asked, Bytes::new(), &refusal).await;
        }
    };
    let incoming = Incoming {
        method: asked.method.clone(),
        query: asked.query.clone(),
        headers: asked.headers.clone(),
        body: bytes,
        at: asked.at,
    };
    let (hook, verdict) = judge(&shared.app, found, &asked.webhook, &incoming).await;
    match verdict {
        Verdict::Event(event) => take(shared, &hook, &asked, incoming, event).await,
        Verdict::Challenge(reply) => {
            let row = WebhookRow {
                status: "challenge".to_owned(),
                answered: i64::from(reply.status),
                ..row(&hook, &asked, &incoming.body)
            };
            note(shared, row).await;
            reply.into()
        }
        Verdict::Refused(refusal) => refuse(shared, Some(&hook), connection, &asked, incoming.body, &refusal).await,
    }
}

/// The connection of an address.
async fn find(shared: &Shared, asked: &Asked) -> Result<Arc<Hook>, (Option<String>, Refusal)> {
    let app = &shared.app;
    let found: Option<Connection> =
        app.store().connection(&asked.address).await.map_err(|problem| (None, unready(&problem)))?;
    let served = |id: &String| shared.connections.is_empty() || shared.connections.contains(id);
    let Some(connection) = found.filter(|found| served(&found.id)) else {
        let name: String = asked.address.chars().take(80).collect();
        let message = format!("There is no connection `{name}` that is listened for.");
        let expected = "/hooks/CONNECTION/WEBHOOK, with the connection's name or id.";
        return Err((None, refusal("unknown_webhook", 404, &message, expected)));
    };
    let id = connection.id.clone();
    hooks::get(app, &connection, false).await.map_err(|problem| (Some(id), unready(&problem)))
}

/// Judges a request; once more with what is kept now, where a secret did not fit.
async fn judge(app: &App, hook: Arc<Hook>, webhook: &str, incoming: &Incoming) -> (Arc<Hook>, Verdict) {
    let verdict = of(&hook, webhook, incoming);
    let secret = |code: &str| matches!(code, "bad_signature" | "bad_token" | "no_secret" | "bad_secret" | "locked");
    if !matches!(&verdict, Verdict::Refused(refusal) if secret(&refusal.code)) || hook.age() < FRESH {
        return (hook, verdict);
    }
    let Ok(Some(connection)) = app.store().connection(&hook.connection).await else { return (hook, verdict) };
    match hooks::get(app, &connection, true).await {
        Ok(fresh) => {
            let verdict = of(&fresh, webhook, incoming);
            (fresh, verdict)
        }
        Err(_) => (hook, verdict),
    }
}

fn of(hook: &Hook, webhook: &str, incoming: &Incoming) -> Verdict {
    let Some(plan) = hook.plan.webhook(webhook) else { return Verdict::Refused(no_webhook(hook)) };
    match hook.lacks(plan) {
        Some(name) => Verdict::Refused(no_secret(hook, &name)),
        None => hook.plan.receive(plan, incoming),
    }
}

/// Keeps an event, and only then answers.
async fn take(shared: &Shared, hook: &Hook, asked: &Asked, incoming: Incoming, event: Event) -> Answered {
    let status = i64::from(event.reply.status);
    let (body, _) = hook.plan.sender().redactor().body(incoming.body.clone());
    let kept = WebhookRow {
        status: "waiting".to_owned(),
        event: hook.plan.sender().redactor().text(&event.name),
        event_id: event.id.clone(),
        body: body.to_vec(),
        answered: status,
        ..row(hook, asked, &incoming.body)
    };
    let stored = shared.app.store().keep_webhook(&kept, Some(asked.at.as_second())).await;
    let stored = match stored {
        Ok(stored) => stored,
        Err(problem) => {
            tracing::error!(%problem, "an event could not be kept; the sender was told to try later");
            return short(&refusal("not_kept", 503, "", ""));
        }
    };
    tell(shared, stored.id).await;
    if stored.before.is_none() {
        work::begin(&shared.app);
    }
    event.reply.into()
}

/// Notes why a request was refused, and says a little of it.
async fn refuse(
    shared: &Shared,
    hook: Option<&Hook>,
    connection: Option<String>,
    asked: &Asked,
    body: Bytes,
    refusal: &Refusal,
) -> Answered {
    let base = match hook {
        Some(hook) => row(hook, asked, &body),
        // Nobody knows which secrets might be in it.
        None => WebhookRow { connection, body_bytes: length(&body), ..head(asked) },
    };
    let cut = body.len().min(REFUSED_KEPT);
    let body = hook.map(|hook| hook.plan.sender().redactor().body(body.slice(..cut)).0.to_vec()).unwrap_or_default();
    let refused = WebhookRow {
        status: "refused".to_owned(),
        answered: i64::from(refusal.status),
        code: Some(refusal.code.clone()),
        reason: Some(refusal.message.clone()),
        expected: Some(refusal.expected.clone()),
        body,
        ..base
    };
    note(shared, refused).await;
    let mut answered = short(refusal);
    if refusal.status == 405 {
        let allowed = hook.and_then(|hook| hook.plan.webhook(&asked.webhook)).map(WebhookPlan::allowed);
        answered.headers.extend(allowed.map(|allowed| ("allow".to_owned(), allowed)));
    }
    answered
}

/// Keeps what is no event.
async fn note(shared: &Shared, row: WebhookRow) {
    match shared.app.store().keep_webhook(&row, None).await {
        Ok(kept) => tell(shared, kept.id).await,
        Err(problem) => tracing::warn!(%problem, "a request could not be noted"),
    }
}

/// Tells who listens: the program each time, the window ten times a second at most.
async fn tell(shared: &Shared, id: i64) {
    let Ok(Some(row)) = shared.app.store().webhook_event(id).await else { return };
    let event = rows::event(&row);
    tracing::info!(
        webhook = %event.webhook, event = %event.event, status = %row.status, code = event.code.as_deref(),
        answered = event.answered, "a request to a webhook"
    );
    if let Some(on_event) = &shared.on_event {
        on_event(&event);
    }
    if news(&shared.app) {
        sweep(&shared.app).await;
    }
    window(&shared.app, event);
}

/// Forgets old events.
pub(super) async fn sweep(app: &App) {
    if let Err(problem) = app.store().prune_webhooks(Timestamp::now().as_second()).await {
        tracing::warn!(%problem, "old events stay");
    }
}

/// Tells the window of an event: now, or, where it was told just now, of the last one as soon as it is due again.
pub(super) fn window(app: &App, event: crate::contract::WebhookEvent) {
    {
        let mut told = lock(&app.listen().told);
        let wait = told.last.and_then(|last| NEWS.checked_sub(last.elapsed())).unwrap_or_default();
        if !wait.is_zero() {
            if told.waits.replace(event).is_none() {
                drop(tokio::spawn(tell_later(app.clone(), wait)));
            }
            return;
        }
        told.last = Some(Instant::now());
        // What waits is older than this one, and a window reads all that is new.
        told.waits = None;
    }
    app.tell(AppEvent::Webhook { event });
}

async fn tell_later(app: App, wait: Duration) {
    tokio::time::sleep(wait).await;
    let event = {
        let mut told = lock(&app.listen().told);
        told.last = Some(Instant::now());
        told.waits.take()
    };
    if let Some(event) = event {
        app.tell(AppEvent::Webhook { event });
    }
}

/// Counts a request. True: it is time to clean.
fn news(app: &App) -> bool {
    let mut told = lock(&app.listen().told);
    told.requests += 1;
    told.requests % PRUNE_EVERY == 1
}

fn row(hook: &Hook, asked: &Asked, body: &Bytes) -> WebhookRow {
    let redactor = hook.plan.sender().redactor();
    let mut left = HEADERS_KEPT;
    let mut headers = redactor.headers(&asked.headers);
    headers.retain(|(name, value)| {
        let size = name.len() + value.len();
        let fits = size <= left;
        left = left.saturating_sub(size);
        fits
    });
    let query: Vec<_> = asked.query.iter().map(|(name, value)| (name.clone(), redactor.text(value))).collect();
    WebhookRow {
        connection: Some(hook.connection.clone()),
        headers: serde_json::to_string(&headers).unwrap_or_default(),
        query: serde_json::to_string(&query).unwrap_or_default(),
        body_bytes: length(body),
        ..head(asked)
    }
}

fn head(asked: &Asked) -> WebhookRow {
    let at = asked.at.round(jiff::Unit::Millisecond).unwrap_or(asked.at);
    WebhookRow {
        address: asked.address.chars().take(100).collect(),
        webhook: asked.webhook.chars().take(100).collect(),
        received_at: at.to_string(),
        method: asked.method.chars().take(20).collect(),
        headers: "[]".to_owned(),
        query: "[]".to_owned(),
        ..WebhookRow::default()
    }
}

fn length(body: &Bytes) -> i64 {
    i64::try_from(body.len()).unwrap_or(i64::MAX)
}

fn short(refusal: &Refusal) -> Answered {
    let body = format!("{}\n", refusal.short());
    let headers = match refusal.status {
        401 => vec![("www-authenticate".to_owned(), "Webhook".to_owned())],
        503 => vec![("retry-after".to_owned(), "60".to_owned())],
        _ => Vec::new(),
    };
    Answered { status: refusal.status, body, content_type: "text/plain; charset=utf-8".to_owned(), headers }
}

fn refusal(code: &str, status: u16, message: &str, expected: &str) -> Refusal {
    Refusal { code: code.to_owned(), status, message: message.to_owned(), expected: expected.to_owned() }
}

/// What keeps a connection from being listened for. The sender tries again later.
fn unready(problem: &Problem) -> Refusal {
    refusal(&problem.code, 503, &problem.message, problem.hint.as_deref().unwrap_or("A connection without faults."))
}

fn no_webhook(hook: &Hook) -> Refusal {
    let names = hook.plan.webhooks().join(", ");
    let expected = match names.as_str() {
        "" => "The connector has no webhooks.".to_owned(),
        names => format!("One of: {names}."),
    };
    refusal("unknown_webhook", 404, "The connection has no webhook of this name.", &expected)
}

fn no_secret(hook: &Hook, name: &str) -> Refusal {
    match hook.locked() {
        Some(problem) => {
            refusal("locked", 503, &problem.message, problem.hint.as_deref().unwrap_or("Unlock the secrets."))
        }
        None => refusal(
            "no_secret",
            503,
            &format!("The secret `config.{name}` has no value here."),
            "Give it to the connection; the sender was told to try later.",
        ),
    }
}
