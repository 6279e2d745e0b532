//! Starting what is due. The clock is given, so that tests choose it.

use super::view::rule_of;
use crate::app::App;
use crate::contract::{AppEvent, Nothing, ScheduleEvent, ScheduleNews, StartSync};
use crate::{settings, sync};
use definition::{Problem, ProblemKind};
use engine::event::Outcome;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{Schedule, ScheduleEnd};
use tokio_util::sync::CancellationToken;

/// The longest time between two looks at the clock: it may be set, the machine may sleep, another program may change a
/// schedule.
const LOOK: Duration = Duration::from_secs(15);
/// The longest message of an event.
const WORDS: usize = 1_000;

/// Whose schedules run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Only while the setting says so: the window's.
    WhileSet,
    /// Always: `tapwright serve`.
    Always,
}

/// The runs that a tick started: each is cancelled once its run ended and was kept.
pub type Ends = Vec<CancellationToken>;

/// The system's clock.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Starts what is due until the app closes.
pub fn work(app: &App, which: Which) {
    let (app, closing) = (app.clone(), app.token());
    app.clone().spawn(async move {
        while !closing.is_cancelled() {
            let wait = match look(&app, which).await {
                Ok(wait) => wait,
                Err(problem) => {
                    tracing::warn!(%problem, "the schedules could not be looked at");
                    LOOK
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = app.wait_for_schedules() => {}
                () = closing.cancelled() => {}
            }
        }
    });
}

/// Starts what is due, and tells how long to wait.
async fn look(app: &App, which: Which) -> Result<Duration, Problem> {
    if which == Which::WhileSet && !settings::info(app, Nothing {}).await?.settings.run_schedules {
        return Ok(LOOK);
    }
    let now = Timestamp::now();
    tick(app, now).await?;
    // What is due and waits for its turn is started when a run ends.
    let ahead = |one: &Schedule| !one.paused && one.next_at > now.as_microsecond();
    let next = app.store().schedules().await?.into_iter().filter(ahead).map(|one| one.next_at).min();
    let micros = next.map_or(i64::MAX, |next| next.saturating_sub(Timestamp::now().as_microsecond()));
    Ok(Duration::from_micros(u64::try_from(micros).unwrap_or(0)).min(LOOK))
}

/// Starts every run that is due at a moment. A run that another program has, or has had, is left to it.
///
/// # Errors
/// Where the store refuses. What goes wrong with one connection does not keep the others from running.
pub async fn tick(app: &App, now: Timestamp) -> Result<Ends, Problem> {
    let mut ends = Vec::new();
    let most = at_once(app).await?;
    for schedule in app.store().schedules().await?.into_iter().filter(|one| !one.paused) {
        let Ok((rule, _)) = rule_of(&schedule) else { continue };
        let due = Timestamp::from_microsecond(schedule.next_at).unwrap_or(Timestamp::MAX);
        if due > now {
            if rule.too_far(due, now)
                && let Some(next) = rule.next(now)
            {
                app.store().move_schedule(&schedule, next.as_microsecond()).await?;
            }
            continue;
        }
        // It stays due: the end of a run wakes who waits for the next.
        if going_on(app) >= most {
            continue;
        }
        let (next, missed) = rule.after(due, now);
        let next_at = next.map_or(i64::MAX, Timestamp::as_microsecond);
        if app.store().claim_schedule(&schedule, next_at, &now.to_string()).await? {
            ends.extend(start(app, &schedule, missed, now).await?);
        }
    }
    Ok(ends)
}

/// How many runs may go on at the same time.
async fn at_once(app: &App) -> Result<usize, Problem> {
    let own = app.runs_at_once().load(Ordering::Relaxed);
    let most = if own == 0 { settings::info(app, Nothing {}).await?.settings.runs_at_once } else { own };
    Ok(most.clamp(1, 64) as usize)
}

fn going_on(app: &App) -> usize {
    app.lock_runs().values().filter(|live| !live.ended.is_cancelled()).count()
}

/// Starts one run that is this program's.
async fn start(
    app: &App,
    schedule: &Schedule,
    missed: u32,
    now: Timestamp,
) -> Result<Option<CancellationToken>, Problem> {
    let mut news = ScheduleNews {
        what: ScheduleEvent::Started,
        at: now.to_string(),
        connection: schedule.connection.clone(),
        name: app.store().connection(&schedule.connection).await?.map(|one| one.name).unwrap_or_default(),
        run: None,
        missed,
        outcome: None,
        code: None,
        message: None,
        next_at: super::next_run(app, &schedule.connection).await?,
    };
    let started =
        sync::begin(app, StartSync { connection: schedule.connection.clone(), full: false, records: None }).await;
    let live = match started {
        Ok(live) => live,
        Err(problem) => {
            finish(app, schedule, news, Err(problem)).await?;
            return Ok(None);
        }
    };
    news.run = Some(live.id().to_owned());
    app.store().schedule_run(&schedule.connection, live.id()).await?;
    app.tell(AppEvent::Schedule { news: news.clone() });
    let ended = CancellationToken::new();
    let (app, schedule, done) = (app.clone(), schedule.clone(), ended.clone());
    app.clone().spawn(async move {
        live.ended.cancelled().await;
        if let Err(problem) = finish(&app, &schedule, news, Ok(&live)).await {
            tracing::error!(%problem, "the end of a scheduled run could not be kept");
        }
        app.schedules_changed();
        done.cancel();
    });
    Ok(Some(ended))
}

/// Keeps how a run ended, and tells of it. A failure is told to the person once, not at every try.
async fn finish(
    app: &App,
    schedule: &Schedule,
    mut news: ScheduleNews,
    run: Result<&Arc<sync::Live>, Problem>,
) -> Result<(), Problem> {
    let (what, outcome, problem) = match run {
        Ok(live) => {
            let view = live.view();
            let outcome = view.run.outcome.unwrap_or(Outcome::Failed);
            let failed = matches!(outcome, Outcome::Failed | Outcome::Partial);
            (if failed { ScheduleEvent::Failed } else { ScheduleEvent::Ended }, word(outcome), view.problem)
        }
        Err(problem) if problem.code == "busy" => (ScheduleEvent::Skipped, "skipped".to_owned(), Some(problem)),
        Err(problem) => (ScheduleEvent::Failed, "failed".to_owned(), Some(problem)),
    };
    let failures = match what {
        ScheduleEvent::Failed => schedule.failures.saturating_add(1),
        ScheduleEvent::Ended if outcome != "cancelled" => 0,
        _ => schedule.failures,
    };
    let now = Timestamp::now();
    let rule = rule_of(schedule).ok();
    let put_off = rule.filter(|_| what == ScheduleEvent::Failed).and_then(|(rule, _)| rule.put_off(now, failures));
    let end = ScheduleEnd {
        run: news.run.clone(),
        outcome: outcome.clone(),
        problem: problem.as_ref().and_then(|problem| serde_json::to_string(problem).ok()),
        failures,
        next_at: put_off.map(Timestamp::as_microsecond),
    };
    app.store().end_schedule(&schedule.connection, &end).await?;
    if what == ScheduleEvent::Failed && is_new(schedule, problem.as_ref()) {
        notify(app, &news.name, problem.as_ref());
    }
    news.what = what;
    news.at = now.to_string();
    news.outcome = Some(outcome);
    news.code = problem.as_ref().map(|problem| problem.code.clone());
    news.message = problem.as_ref().map(|problem| short(&problem.to_string()));
    news.next_at = super::next_run(app, &schedule.connection).await?;
    app.tell(AppEvent::Schedule { news });
    Ok(())
}

/// Whether a failure is the first of a row, or for another reason than the one before.
fn is_new(before: &Schedule, problem: Option<&Problem>) -> bool {
    let last = before.last_problem.as_ref().and_then(|text| serde_json::from_str::<Problem>(text).ok());
    before.failures == 0 || last.map(|last| last.code) != problem.map(|problem| problem.code.clone())
}

fn notify(app: &App, name: &str, problem: Option<&Problem>) {
    let why = problem.map(|problem| short(&problem.to_string())).unwrap_or_default();
    let title = match problem.map(|problem| problem.kind) {
        Some(ProblemKind::Auth) => format!("{name}: the sync needs you"),
        _ => format!("{name}: the sync failed"),
    };
    app.tell(AppEvent::Notify { title, text: why });
}

fn short(text: &str) -> String {
    text.chars().take(WORDS).collect()
}

fn word(outcome: Outcome) -> String {
    serde_json::to_value(outcome).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
