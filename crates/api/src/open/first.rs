//! The first request of a draft, and what follows from its answer: a key is asked for, or everything is detected.

use super::ask::ask;
use super::declared::keep_declared;
use super::stream::look;
use super::writes::may_write;
use crate::app::{App, blocking};
use crate::contract::{Id, Workbench, WorkbenchStage};
use crate::preview;
use crate::workbench::{Bench, keep};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::{ConfigValues, ReuseSlot};
use engine::detect::{AuthHintKind, Detection, PagerProbe, auth_hint, detect, detect_offline, first_request};
use engine::http::{Answer, Redactor};
use formats::Recognised;
use tokio_util::sync::CancellationToken;

/// Sends a draft's first request once, and settles what the workbench waits for next. What goes wrong stands in the
/// workbench; only the store's refusal is an error. What may change something on the server is not sent.
pub(crate) async fn first(app: &App, bench: &Bench) -> Result<(), Problem> {
    begin(app, bench, false).await
}

/// The same where the person said that it may be sent, whatever it does there.
pub(crate) async fn send_once(app: &App, request: Id) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    if bench.with(|state| state.stage == WorkbenchStage::Failed) {
        begin(app, &bench, true).await?;
    }
    Ok(bench.view())
}

/// Sends. `told`: whether the person said that it may be sent.
pub(super) async fn begin(app: &App, bench: &Bench, told: bool) -> Result<(), Problem> {
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    if let Err(problem) = try_first(app, bench, &token, told).await {
        bench.with(|state| {
            state.stage = WorkbenchStage::Failed;
            state.problem = Some(engine::run::blamed(problem, "streams[0]"));
        });
    }
    keep(app, bench).await?;
    if bench.with(|state| state.stage == WorkbenchStage::Ready && !state.unread.is_empty()) {
        others(app, bench, &token).await;
        keep(app, bench).await?;
    }
    Ok(())
}

async fn try_first(app: &App, bench: &Bench, token: &CancellationToken, told: bool) -> Result<(), Problem> {
    let (definition, values, sound) =
        bench.with(|state| (state.definition.clone(), state.values.clone(), state.faults.clone()));
    if !sound.is_empty() {
        return Err(Problem::faulty(sound));
    }
    if let Some(problem) = may_write(&definition).filter(|problem| !told || problem.code == "not_a_read") {
        return Err(problem);
    }
    let mut config = app.vault().config(&bench.owner(), &definition, &values).await?;
    // What detection sees is read again for the preview: it is not sent again.
    config.reuse = ReuseSlot::fresh();
    app.wake_sample(&definition).await?;
    app.progress(bench.id(), "Sending the request");
    let answer = until(token, first_request(&definition, &config)).await??;
    if described(app, bench, &definition, &answer).await? {
        return Ok(());
    }
    let hint = auth_hint(&answer, &definition);
    let refuses = matches!(answer.status, 401 | 403 | 407);
    if refuses || hint.kind != AuthHintKind::None {
        let asked = ask(app, &definition, &answer, hint);
        bench.with(|state| {
            state.stage = WorkbenchStage::Key;
            state.prefix = asked.prefix;
            state.ask = Some(asked.ask);
            state.problem = None;
        });
        return Ok(());
    }
    found(app, bench, definition, config, &answer, token).await
}

/// Detects everything, and reads the preview by what was found.
async fn found(
    app: &App,
    bench: &Bench,
    definition: Definition,
    config: ConfigValues,
    answer: &Answer,
    token: &CancellationToken,
) -> Result<(), Problem> {
    let reuse = config.reuse.clone();
    let declared = definition.streams.first().filter(|stream| !stream.fields.is_empty()).cloned();
    let (mut definition, detection) = detected(app, bench, definition, config, answer, token).await?;
    if let (Some(declared), Some(stream)) = (declared, definition.streams.first_mut()) {
        keep_declared(&declared, stream, &detection);
    }
    let stream = definition.streams.first().map(|stream| stream.name.clone()).unwrap_or_default();
    bench.with(|state| {
        state.put(definition);
        state.detections.insert(stream.clone(), detection);
    });
    let shown = preview::read(app, bench, &stream, token.clone(), reuse).await?;
    let shown = preview::put(bench, shown);
    if shown.pages.is_empty()
        && let Some(problem) = &shown.problem
    {
        return Err(problem.clone());
    }
    bench.with(|state| {
        state.stage = WorkbenchStage::Ready;
        state.ask = None;
        state.problem = None;
        // Detection is where undoing ends.
        state.undo.clear();
        state.redo.clear();
    });
    Ok(())
}

/// Whether the address of a draft has a description of an API: then its requests are chosen from.
async fn described(app: &App, bench: &Bench, definition: &Definition, answer: &Answer) -> Result<bool, Problem> {
    let alone = definition.streams.first().is_some_and(|stream| stream.fields.is_empty());
    let fresh = alone && bench.with(|state| state.connection.is_none() && state.detections.is_empty());
    if !fresh || !(200..300).contains(&answer.status) || !super::endpoints::may_describe(&answer.body) {
        return Ok(false);
    }
    let body = answer.body.clone();
    let read = blocking(move || Ok(std::str::from_utf8(&body).ok().map(formats::recognise))).await?;
    match read {
        Some(Recognised::Collection(collection)) => {
            super::endpoints::become_choice(app, bench, *collection, answer.url.as_str()).await?;
            Ok(true)
        }
        Some(Recognised::Unknown(problem)) if problem.code == "nothing_to_read" => Err(problem),
        _ => Ok(false),
    }
}

/// The most streams that are read behind the first at once; others are as their description says until they are looked
/// at.
const MOST_OTHERS: usize = 12;

/// Reads the streams behind the first that were chosen with it. One that can't be read stays as it is described.
async fn others(app: &App, bench: &Bench, token: &CancellationToken) {
    let names = bench.with(|state| std::mem::take(&mut state.unread));
    let (count, mut left) = (names.len(), names.len().saturating_sub(MOST_OTHERS));
    for (at, name) in names.iter().take(MOST_OTHERS).enumerate() {
        app.progress(bench.id(), format!("Reading {name} ({} of {})", at + 2, count + 1));
        if let Err(problem) = look(app, bench, name, token, true).await {
            if problem.code == "cancelled" {
                left = count - at;
                break;
            }
            bench.with(|state| state.note(format!("`{name}` is as the file describes it: {}", problem.message)));
        }
    }
    bench.with(|state| {
        if left > 0 {
            state.note(format!("{left} streams were not read yet: they are as the file describes them."));
        }
        state.undo.clear();
        state.redo.clear();
    });
}

/// Detects everything about a draft's first stream; what is proved by more requests is told while it goes on. Of a
/// request that may change something nothing is proved.
pub(super) async fn detected(
    app: &App,
    bench: &Bench,
    draft: Definition,
    config: ConfigValues,
    answer: &Answer,
    token: &CancellationToken,
) -> Result<(Definition, Detection), Problem> {
    let redactor = Redactor::new(&config);
    if may_write(&draft).is_some() {
        let answer = answer.clone();
        let found = blocking(move || detect_offline(draft, &answer, None)).await;
        return found.map_err(|problem| redactor.problem(problem));
    }
    let probe = PagerProbe::new(config);
    let progress = |message: &str| app.progress(bench.id(), message);
    let found = until(token, detect(draft, answer, &probe, &progress)).await?;
    found.map_err(|problem| redactor.problem(problem))
}

/// Waits for work, or for the person to stop it.
pub(crate) async fn until<T>(token: &CancellationToken, work: impl Future<Output = T>) -> Result<T, Problem> {
    token
        .run_until_cancelled(work)
        .await
        .ok_or_else(|| Problem::new("cancelled", ProblemKind::Cancelled, Stage::Send, "You stopped it.").retryable())
}
