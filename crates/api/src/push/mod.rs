//! Pushes: the rows of a table are written to an API by the actions of a destination, as far as they changed since the
//! last push.

mod diff;
mod plan;
mod run;

pub use run::LivePush;

use crate::app::{App, blocking, new_id, now, storage};
use crate::batches::{self, BatchTarget, Gathered, Line, gather};
use crate::contract::{AppEvent, BatchOutcome, BatchSource, Id, Nothing, PushAsk, PushCounts, PushDiff, PushView};
use definition::{Problem, ProblemKind, Stage};
use diff::{Between, Steps, diff};
use engine::http::Tally;
use plan::Pusher;
use run::Sending;
use std::fs::{File, OpenOptions};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::Push;

/// Rows that may fail before a push stops.
const ALLOWED: u64 = 9;
/// Pushes that are listed.
const LISTED: u32 = 50;
/// How often news are told.
const NEWS: Duration = Duration::from_millis(100);

/// A push that is ready to run.
pub struct PreparedPush {
    app: App,
    ask: PushAsk,
    told: PushDiff,
    pusher: Arc<Pusher>,
    steps: Mutex<Steps>,
    live: Arc<LivePush>,
    concurrency: usize,
    _turn: File,
}

impl std::fmt::Debug for PreparedPush {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreparedPush").field("destination", &self.ask.destination).finish_non_exhaustive()
    }
}

/// Finds the difference to the last push.
///
/// # Errors
/// Where there is no such connection or destination, or the rows can't be read.
pub async fn prepare(app: &App, ask: PushAsk) -> Result<PreparedPush, Problem> {
    let target = batches::target(app, &ask.connection).await?;
    let connection = target.connection.clone().unwrap_or_default();
    let source = source(&target, &ask)?;
    let plan = target.plan(ask.concurrency)?;
    let gathered = gather(app, &source, &app.token()).await?;
    let made = compare(app, &target, (&ask, &connection), plan, &gathered).await;
    if let Some(copy) = &gathered.copy {
        let _ = std::fs::remove_file(copy);
    }
    let (pusher, steps, mut told, turn) = made?;
    told.source.clone_from(&gathered.words);
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%3f");
    let counts = PushCounts {
        total: told.create + told.update + told.delete,
        skipped: told.invalid,
        same: told.same,
        uncertain: told.uncertain,
        ..PushCounts::default()
    };
    let view = PushView {
        id: format!("{stamp}-{:04x}", fastrand::u16(..)),
        connection,
        destination: ask.destination.clone(),
        source: gathered.words,
        started_at: now(),
        ended_at: None,
        outcome: None,
        counts,
        failures: Vec::new(),
        problem: None,
    };
    let live = Arc::new(LivePush::new(view, app.token()));
    let connector = target.definition.http.as_ref().and_then(|http| http.concurrency).unwrap_or(4);
    let concurrency = ask.concurrency.unwrap_or(connector).clamp(1, 256) as usize;
    Ok(PreparedPush { app: app.clone(), ask, told, pusher, steps: Mutex::new(steps), live, concurrency, _turn: turn })
}

type Compared = (Arc<Pusher>, Steps, PushDiff, File);

async fn compare(
    app: &App,
    target: &BatchTarget,
    (ask, connection): (&PushAsk, &str),
    plan: Arc<engine::plan::Plan>,
    gathered: &Gathered,
) -> Result<Compared, Problem> {
    let pusher = Arc::new(Pusher::of(target, plan, &ask.destination, &gathered.survey)?);
    let delete = ask.delete || pusher.delete_missing;
    if ask.delete && pusher.action(plan::Doing::Delete).is_none() {
        let message = format!("The destination `{}` has no action that deletes.", ask.destination);
        return Err(Problem::new("missing_action", ProblemKind::Config, Stage::Plan, message));
    }
    let turn = turn(app, connection, &ask.destination)?;
    let path = batches::folder(app)?.join(format!("push-{}.db", new_id()));
    let (file, pushing, connection) = (gathered.file.clone(), Arc::clone(&pusher), connection.to_owned());
    let (known, resend) = (app.data_dir().join("tapwright.db"), ask.resend_uncertain);
    let (steps, told) = blocking(move || {
        let steps = Steps::open(path)?;
        let between = Between { pusher: &pushing, connection: &connection, known: &known, delete, resend };
        let told = diff(&file, &between, &steps)?;
        Ok((steps, told))
    })
    .await?;
    Ok((pusher, steps, told, turn))
}

/// The rows: those that were named, else the connection's own table of the destination's stream.
fn source(target: &BatchTarget, ask: &PushAsk) -> Result<BatchSource, Problem> {
    let destination = plan::find(target, &ask.destination)?;
    match (&ask.source, &destination.stream) {
        (Some(source), _) => Ok(source.clone()),
        (None, Some(stream)) => {
            Ok(BatchSource::Table { connection: ask.connection.clone(), table: stream.clone(), condition: None })
        }
        (None, None) => Err(Problem::new(
            "no_source",
            ProblemKind::Config,
            Stage::Open,
            "Which rows? The destination names no stream.",
        )
        .hint("Name a table: --from table:CONNECTION/TABLE.")),
    }
}

impl PreparedPush {
    /// What would be sent.
    pub fn diff(&self) -> &PushDiff {
        &self.told
    }

    /// The push as it goes.
    pub fn live(&self) -> Arc<LivePush> {
        Arc::clone(&self.live)
    }

    /// Sends the difference; how it ended is told by the view.
    pub async fn run(self) -> PushView {
        let live = Arc::clone(&self.live);
        self.app.lock_pushes().insert(live.view().id, Arc::clone(&live));
        self.save().await;
        let (outcome, problem) = match self.app.store().journal().await {
            Ok(journal) => self.send(journal).await,
            Err(problem) => (BatchOutcome::Failed, Some(problem)),
        };
        live.change(|view| {
            view.outcome = Some(outcome);
            view.problem = problem;
            view.ended_at = Some(now());
        });
        self.save().await;
        self.app.lock_pushes().remove(&live.view().id);
        self.app.tell(AppEvent::Push { view: live.view() });
        live.view()
    }

    async fn send(&self, journal: store::Journal) -> (BatchOutcome, Option<Problem>) {
        let view = self.live.view();
        let sending = Sending {
            line: Line {
                plan: Arc::clone(&self.pusher.plan),
                journal,
                tally: Arc::new(Tally::default()),
                stop: self.live.stop.child_token(),
            },
            pusher: Arc::clone(&self.pusher),
            connection: Arc::from(view.connection.as_str()),
            destination: Arc::from(view.destination.as_str()),
            live: Arc::clone(&self.live),
            failures: AtomicU64::new(0),
            allowed: if self.ask.skip_errors { u64::MAX } else { ALLOWED },
            halt: Mutex::default(),
        };
        let mut running = Box::pin(sending.run(&self.steps, self.concurrency));
        let mut tick = tokio::time::interval(NEWS);
        loop {
            tokio::select! {
                end = &mut running => return end,
                _ = tick.tick() => {}
            }
            if let Some(view) = self.live.news() {
                self.app.tell(AppEvent::Push { view });
            }
        }
    }

    async fn save(&self) {
        let view = self.live.view();
        let word = |outcome: BatchOutcome| serde_json::to_value(outcome).ok()?.as_str().map(str::to_owned);
        let push = Push {
            outcome: view.outcome.and_then(word),
            counts: serde_json::to_string(&(view.counts, &view.failures)).unwrap_or_default(),
            problem: view.problem.as_ref().and_then(|problem| serde_json::to_string(problem).ok()),
            id: view.id,
            connection: view.connection,
            destination: view.destination,
            source: view.source,
            started_at: view.started_at,
            ended_at: view.ended_at,
        };
        if let Err(problem) = self.app.store().put_push(&push).await {
            tracing::warn!(push = push.id, %problem, "a push could not be kept");
        }
    }
}

/// The difference, without sending it.
pub(crate) async fn diff_command(app: &App, request: PushAsk) -> Result<PushDiff, Problem> {
    Ok(prepare(app, request).await?.diff().clone())
}

/// Starts a push.
pub(crate) async fn start(app: &App, request: PushAsk) -> Result<PushView, Problem> {
    let prepared = prepare(app, request).await?;
    let view = prepared.live().view();
    app.spawn(async move {
        prepared.run().await;
    });
    Ok(view)
}

/// Stops a push; what is on its way is waited for.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    let live = app.lock_pushes().get(&request.id).cloned();
    if let Some(live) = live {
        live.stop();
    }
    Ok(Nothing {})
}

/// The pushes of a connection, newest first.
pub(crate) async fn list(app: &App, request: Id) -> Result<Vec<PushView>, Problem> {
    let connection = crate::sync::connection(app, &request.id).await?;
    let mut views = Vec::new();
    for push in app.store().pushes(&connection.id, LISTED).await? {
        let live = app.lock_pushes().get(&push.id).cloned();
        views.push(live.map_or_else(|| view(push), |live| live.view()));
    }
    Ok(views)
}

fn view(push: Push) -> PushView {
    let (counts, failures) = serde_json::from_str(&push.counts).unwrap_or_default();
    PushView {
        id: push.id,
        connection: push.connection,
        destination: push.destination,
        source: push.source,
        started_at: push.started_at,
        ended_at: push.ended_at,
        outcome: push.outcome.and_then(|word| serde_json::from_value(serde_json::Value::from(word)).ok()),
        counts,
        failures,
        problem: push.problem.as_deref().and_then(|text| serde_json::from_str(text).ok()),
    }
}

/// The right to push to a destination: one program at a time.
fn turn(app: &App, connection: &str, destination: &str) -> Result<File, Problem> {
    let folder = app.data_dir().join("locks");
    let path = folder.join(format!("push-{connection}-{destination}.lock"));
    let file = std::fs::create_dir_all(&folder)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
        .map_err(|error| storage("lock_file", format!("{} can't be opened", path.display()), &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(Problem::new(
            "busy",
            ProblemKind::Config,
            Stage::Write,
            "A push to this destination is going on already.",
        )
        .hint("Wait until it ends, or stop it.")
        .retryable()),
    }
}
