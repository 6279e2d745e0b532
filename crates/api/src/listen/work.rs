//! Who works on the events: one task of the program, one program for a connection at a time, the oldest event first.

use super::deliver::{self, deliver};
use super::{hooks, receive, rows};
use crate::app::{App, lock};
use definition::Problem;
use std::fs::{File, OpenOptions, TryLockError};
use std::time::{Duration, Instant};
use store::{SettledWebhook, WebhookRow};

/// How long the task sleeps where nothing is to do: another program may have left something.
const IDLE: Duration = Duration::from_secs(30);
/// How long it sleeps at least where something waits for its time.
const SHORTEST: Duration = Duration::from_millis(100);
/// How often old events are forgotten while nobody sends any.
const SWEEP: Duration = Duration::from_secs(6 * 3600);
/// Events of a connection that are worked on before another's turn.
const AT_ONCE: usize = 100;

/// Starts the task, or wakes it.
pub(super) fn begin(app: &App) {
    let state = app.listen();
    state.wake.notify_one();
    let mut working = lock(&state.working);
    if !*working {
        *working = true;
        let app = app.clone();
        app.clone().spawn(async move { run(app).await });
    }
}

async fn run(app: App) {
    let closing = app.token();
    let mut swept: Option<Instant> = None;
    while !closing.is_cancelled() {
        if swept.is_none_or(|at| at.elapsed() >= SWEEP) {
            receive::sweep(&app).await;
            swept = Some(Instant::now());
        }
        let now = jiff::Timestamp::now().as_millisecond();
        match app.store().webhooks_due(now).await {
            Ok(due) => {
                for connection in due {
                    if let Err(problem) = work_on(&app, &connection).await {
                        tracing::warn!(%problem, connection, "events wait");
                    }
                }
            }
            Err(problem) => tracing::warn!(%problem, "events wait"),
        }
        let next = app.store().webhooks_next_due().await.ok().flatten();
        let now = jiff::Timestamp::now().as_millisecond();
        let sleep = next.map_or(IDLE, |next| {
            Duration::from_millis(u64::try_from(next - now).unwrap_or_default()).clamp(SHORTEST, IDLE)
        });
        tokio::select! {
            () = app.listen().wake.notified() => {}
            () = tokio::time::sleep(sleep) => {}
            () = closing.cancelled() => {}
        }
    }
}

/// Works on a connection's events, unless another program does.
async fn work_on(app: &App, connection: &str) -> Result<(), Problem> {
    let Some(_turn) = turn(app, connection)? else { return Ok(()) };
    let closing = app.token();
    for _ in 0..AT_ONCE {
        let now = jiff::Timestamp::now().as_millisecond();
        if closing.is_cancelled() {
            break;
        }
        let Some(row) = app.store().next_webhook(connection, now).await? else { break };
        let settled = one(app, connection, &row).await;
        if closing.is_cancelled() && settled.status != "done" {
            break;
        }
        app.store().settle_webhook(row.id, &settled).await?;
        tell(app, row.id).await;
    }
    Ok(())
}

async fn one(app: &App, connection: &str, row: &WebhookRow) -> SettledWebhook {
    let hook = async {
        let found = app.store().connection(connection).await?;
        let Some(found) = found else { return Ok(None) };
        hooks::get(app, &found, false).await.map(Some)
    };
    match hook.await {
        Ok(Some(hook)) => deliver(&hook, row, &app.token()).await,
        Ok(None) => SettledWebhook { status: "dead".to_owned(), result: "{}".to_owned(), ..SettledWebhook::default() },
        Err(problem) if deliver::may_pass(&problem) => deliver::failed(row, &problem.retryable()),
        Err(problem) => deliver::failed(row, &problem),
    }
}

async fn tell(app: &App, id: i64) {
    app.listen().settled.0.send_modify(|settled| *settled += 1);
    if let Ok(Some(row)) = app.store().webhook_event(id).await {
        if let Some(reason) = row.reason.as_deref().filter(|_| row.status == "dead") {
            tracing::warn!(event = id, code = row.code.as_deref(), reason, "an event is dead");
        }
        let event = rows::event(&row);
        let on_event = lock(&app.listen().on_event).clone();
        if let Some(on_event) = on_event {
            on_event(&event);
        }
        receive::window(app, event);
    }
}

/// The right to work on a connection's events. None: another program has it.
fn turn(app: &App, connection: &str) -> Result<Option<File>, Problem> {
    let folder = app.data_dir().join("locks");
    let path = folder.join(format!("{connection}.webhooks"));
    let bad =
        |error: &std::io::Error| crate::app::storage("lock_file", format!("{} can't be locked", path.display()), error);
    let file = std::fs::create_dir_all(&folder)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
        .map_err(|error| bad(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(bad(&error)),
    }
}
