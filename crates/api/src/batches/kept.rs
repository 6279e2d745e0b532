//! A batch that is kept: begun, gone on with, ended.

use super::live::{LiveBatch, counts};
use super::look::{bad_rows, check_all};
use super::prepare::{BatchTarget, Mapping, gather};
use super::run::{Known, Work, run};
use super::source::RowFile;
use super::survey::Survey;
use crate::app::{App, blocking, new_id, now, storage};
use crate::contract::{AppEvent, BatchHow, BatchParam, BatchSource, BatchView, ResumeBatch, StartBatch};
use definition::{Problem, ProblemKind, Stage};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Batch, RowState};

/// What is said of a row that was on its way when the program was killed.
pub(super) const KILLED: &str = "It was on its way when the program ended; nobody knows whether it arrived.";
/// Batches of a target, all of whose rows were sent, that are kept; and days that any finished one is.
const KEPT: u32 = 50;
const DAYS: i64 = 90;
/// How often news are told.
const NEWS: Duration = Duration::from_millis(100);
/// How often the store is told.
const SAVE: Duration = Duration::from_secs(1);

/// All that is needed to go on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Spec {
    pub source: BatchSource,
    pub file: RowFile,
    pub columns: Vec<String>,
    pub given: Vec<BatchParam>,
    pub copy: Option<PathBuf>,
    pub how: BatchHow,
}

/// A batch that is ready to run.
pub struct Prepared {
    app: App,
    batch: Batch,
    spec: Spec,
    mapping: Arc<Mapping>,
    how: BatchHow,
    concurrency: usize,
    live: Arc<LiveBatch>,
    resumed: bool,
    _turn: File,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("batch", &self.batch.id).finish_non_exhaustive()
    }
}

pub(super) fn spec(batch: &Batch) -> Result<Spec, Problem> {
    serde_json::from_str(&batch.spec).map_err(|error| storage("batch_unread", "The batch can't be read", &error))
}

/// Makes a batch ready. Without `skip_errors` all rows are checked first, and none is sent where one does not fit.
///
/// # Errors
/// Where the rows can't be read, the mapping has faults, rows don't fit, or a batch of the same rows was not finished.
pub async fn prepare(app: &App, target: BatchTarget, request: StartBatch) -> Result<Prepared, Problem> {
    let plan = target.plan(request.how.concurrency)?;
    target.action(&request.action)?;
    let gathered = gather(app, &request.source, &app.token()).await?;
    let made = async {
        if gathered.survey.total == 0 {
            return Err(Problem::new(
                "no_rows",
                ProblemKind::Config,
                Stage::Open,
                format!("{} has no rows.", gathered.words),
            ));
        }
        let (mapping, _) = Mapping::of(&target, plan, &request.action, &request.params, &gathered.survey)?;
        let mapping = Arc::new(mapping);
        if !request.anew {
            not_begun(app, &target, &request.action, &gathered.survey.fingerprint).await?;
        }
        if !request.how.skip_errors && request.how.max_errors.is_none() {
            let (file, checking) = (gathered.file.clone(), Arc::clone(&mapping));
            let check = blocking(move || check_all(&file, &checking)).await?;
            if check.bad > 0 {
                return Err(bad_rows(&check));
            }
        }
        Ok(mapping)
    };
    let mapping = match made.await {
        Ok(mapping) => mapping,
        Err(problem) => {
            gathered.copy.iter().for_each(|copy| drop(std::fs::remove_file(copy)));
            return Err(problem);
        }
    };
    let spec = Spec {
        source: request.source,
        columns: gathered.survey.columns.keys().cloned().collect(),
        file: gathered.file,
        given: mapping.given.clone(),
        copy: gathered.copy,
        how: request.how.clone(),
    };
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%3f");
    let batch = Batch {
        id: format!("{stamp}-{:04x}", fastrand::u16(..)),
        connection: target.connection.clone(),
        target: target.name.clone(),
        action: request.action,
        source: gathered.words,
        spec: text(&spec),
        fingerprint: gathered.survey.fingerprint,
        total: i64::try_from(gathered.survey.total).unwrap_or(i64::MAX),
        started_at: now(),
        ended_at: None,
        outcome: None,
        duration_ms: 0,
        problem: None,
    };
    let turn = turn(app, &batch.id)?;
    prune(app).await;
    app.store().put_batch(&batch).await?;
    ready(app, &target, batch, (spec, mapping, request.how), (false, turn)).await
}

/// Makes a batch ready to go on. Rows that were sent are not sent again; where one of them changed since, nothing is.
///
/// # Errors
/// Where there is no such batch, it goes on elsewhere, or its rows changed.
pub async fn resume(app: &App, target: BatchTarget, request: ResumeBatch) -> Result<Prepared, Problem> {
    let mut batch = super::of(app, &request.id).await?;
    let mut spec = spec(&batch)?;
    let mut how = request.how;
    how.concurrency = how.concurrency.or(spec.how.concurrency);
    how.chunk = how.chunk.or(spec.how.chunk);
    if how.max_errors.is_none() && !how.skip_errors {
        (how.skip_errors, how.max_errors) = (spec.how.skip_errors, spec.how.max_errors);
    }
    let turn = turn(app, &batch.id)?;
    let plan = target.plan(how.concurrency)?;
    app.store().settle_batch(&batch.id, KILLED).await?;
    let (file, id, database) = (spec.file.clone(), batch.id.clone(), app.data_dir().join("tapwright.db"));
    let before = batch.fingerprint.clone();
    let survey = blocking(move || {
        let survey = Survey::of(&file).map_err(|problem| problem.hint("The batch goes on once the file is back."))?;
        if survey.fingerprint != before {
            unchanged(&file, &id, &database)?;
        }
        Ok(survey)
    })
    .await?;
    let (mapping, _) = Mapping::of(&target, plan, &batch.action, &spec.given, &survey)?;
    batch.total = i64::try_from(survey.total).unwrap_or(i64::MAX);
    batch.fingerprint = survey.fingerprint;
    (batch.ended_at, batch.outcome, batch.problem) = (None, None, None);
    spec.how = how.clone();
    batch.spec = text(&spec);
    app.store().put_batch(&batch).await?;
    ready(app, &target, batch, (spec, Arc::new(mapping), how), (true, turn)).await
}

async fn ready(
    app: &App,
    target: &BatchTarget,
    batch: Batch,
    (spec, mapping, how): (Spec, Arc<Mapping>, BatchHow),
    (resumed, turn): (bool, File),
) -> Result<Prepared, Problem> {
    let states = app.store().batch_states(&batch.id).await?;
    let counts = counts(u64::try_from(batch.total).unwrap_or_default(), &states);
    let live = Arc::new(LiveBatch::new(&batch, counts, app.token()));
    app.lock_batches().insert(batch.id.clone(), Arc::clone(&live));
    let connector = target.definition.http.as_ref().and_then(|http| http.concurrency).unwrap_or(4);
    let concurrency = how.concurrency.unwrap_or(connector).clamp(1, 256) as usize;
    Ok(Prepared { app: app.clone(), batch, spec, mapping, how, concurrency, live, resumed, _turn: turn })
}

impl Prepared {
    /// The batch as it goes.
    pub fn live(&self) -> Arc<LiveBatch> {
        Arc::clone(&self.live)
    }

    /// What each parameter is given.
    pub fn given(&self) -> &[BatchParam] {
        &self.mapping.given
    }

    /// Runs it to its end, which is told by the view.
    pub async fn run(mut self) -> BatchView {
        let work = Work {
            app: self.app.clone(),
            batch: Arc::from(self.batch.id.as_str()),
            mapping: Arc::clone(&self.mapping),
            file: self.spec.file.clone(),
            how: self.how.clone(),
            concurrency: self.concurrency,
            live: Arc::clone(&self.live),
            resumed: self.resumed,
        };
        let mut running = Box::pin(run(work));
        let mut tick = tokio::time::interval(NEWS);
        let mut saved = Instant::now();
        let (outcome, problem) = loop {
            tokio::select! {
                end = &mut running => break end,
                _ = tick.tick() => {}
            }
            if let Some(view) = self.live.news() {
                self.app.tell(AppEvent::Batch { view });
            }
            if saved.elapsed() >= SAVE {
                saved = Instant::now();
                self.save().await;
            }
        };
        self.live.end(outcome, problem);
        self.save().await;
        let view = self.live.view();
        if view.counts.sent == view.counts.total
            && let Some(copy) = &self.spec.copy
        {
            let _ = std::fs::remove_file(copy);
        }
        self.app.lock_batches().remove(&self.batch.id);
        self.app.tell(AppEvent::Batch { view: view.clone() });
        view
    }

    async fn save(&mut self) {
        let view = self.live.view();
        self.batch.duration_ms = i64::try_from(view.duration_ms).unwrap_or(i64::MAX);
        self.batch.ended_at = view.ended_at;
        self.batch.outcome = view
            .outcome
            .and_then(|outcome| serde_json::to_value(outcome).ok().and_then(|word| word.as_str().map(str::to_owned)));
        self.batch.problem = view.problem.as_ref().and_then(|problem| serde_json::to_string(problem).ok());
        if let Err(problem) = self.app.store().put_batch(&self.batch).await {
            tracing::warn!(batch = self.batch.id, %problem, "a batch could not be kept");
        }
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        self.app.lock_batches().remove(&self.batch.id);
    }
}

fn text(spec: &Spec) -> String {
    serde_json::to_string(spec).unwrap_or_default()
}

/// Refuses to begin where a batch of the same rows was not finished.
async fn not_begun(app: &App, target: &BatchTarget, action: &str, fingerprint: &str) -> Result<(), Problem> {
    for batch in app.store().batches(Some(&target.name), 200).await? {
        if batch.action != action || batch.fingerprint != fingerprint {
            continue;
        }
        let states = app.store().batch_states(&batch.id).await?;
        let counts = counts(u64::try_from(batch.total).unwrap_or_default(), &states);
        if counts.left + counts.uncertain > 0 {
            let message = format!(
                "A batch of the same rows was not finished: {} of {} were sent (batch {}).",
                counts.sent, counts.total, batch.id
            );
            return Err(Problem::new("batch_unfinished", ProblemKind::Config, Stage::Open, message)
                .hint("Go on with it: --resume. Or send all rows, also those that were sent already: --anew."));
        }
    }
    Ok(())
}

/// The file changed: that is well as long as no row that was sent is another one now.
fn unchanged(file: &RowFile, batch: &str, database: &PathBuf) -> Result<(), Problem> {
    let known = Known::open(database)?;
    let mut changed = Vec::new();
    for row in file.rows()? {
        let row = row?;
        if let Some((RowState::Sent | RowState::Uncertain, hash, _)) = known.of(batch, row.number)?
            && hash != row.hash
        {
            changed.push(row.number.to_string());
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    let first = changed.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
    let message = format!(
        "The rows changed since the batch began: {} that were sent are others now (row {first}{}).",
        changed.len(),
        if changed.len() > 10 { ", …" } else { "" }
    );
    Err(Problem::new("source_changed", ProblemKind::Data, Stage::Open, message).hint(
        "Put the file back as it was; rows that were not sent may change. Or begin anew with a file of the rest.",
    ))
}

/// The right to run a batch: one program at a time.
fn turn(app: &App, id: &str) -> Result<File, Problem> {
    let path = app.data_dir().join("locks").join(format!("batch-{id}.lock"));
    let folder = app.data_dir().join("locks");
    let bad = |error: &std::io::Error| storage("lock_file", format!("{} can't be opened", path.display()), error);
    let file = std::fs::create_dir_all(folder)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
        .map_err(|error| bad(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Problem::new("busy", ProblemKind::Config, Stage::Write, "This batch is going on already.")
                .hint("Wait until it ends, or stop it.")
                .retryable())
        }
        Err(TryLockError::Error(error)) => Err(bad(&error)),
    }
}

/// Forgets what is finished and old, with its copies.
async fn prune(app: &App) {
    let since = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * DAYS);
    match app.store().prune_batches(KEPT, &since.to_string()).await {
        Ok(gone) => {
            for batch in gone {
                let copy = spec(&batch).ok().and_then(|spec| spec.copy);
                let lock = app.data_dir().join("locks").join(format!("batch-{}.lock", batch.id));
                copy.iter().chain([&lock]).for_each(|path| drop(std::fs::remove_file(path)));
            }
        }
        Err(problem) => tracing::warn!(%problem, "old batches could not be forgotten"),
    }
}

/// An id for a copy of standard input.
pub fn copy_of_input(app: &App) -> Result<PathBuf, Problem> {
    Ok(super::prepare::folder(app)?.join(format!("{}.rows", new_id())))
}
