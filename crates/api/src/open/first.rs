//! The first request of a draft, and what follows from its answer: a key is asked for, or everything is detected.

use super::ask::ask;
use crate::app::App;
use crate::contract::WorkbenchStage;
use crate::preview;
use crate::workbench::{Bench, keep};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::ConfigValues;
use engine::detect::{AuthHintKind, Detection, PagerProbe, auth_hint, detect, first_request};
use engine::http::{Answer, Redactor};
use tokio_util::sync::CancellationToken;

/// Sends a draft's first request once, and settles what the workbench waits for next. What goes wrong stands in the
/// workbench; only the store's refusal is an error.
pub(crate) async fn first(app: &App, bench: &Bench) -> Result<(), Problem> {
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    if let Err(problem) = try_first(app, bench, &token).await {
        bench.with(|state| {
            state.stage = WorkbenchStage::Failed;
            state.problem = Some(engine::run::blamed(problem, "streams[0]"));
        });
    }
    keep(app, bench).await
}

async fn try_first(app: &App, bench: &Bench, token: &CancellationToken) -> Result<(), Problem> {
    let (definition, values, sound) =
        bench.with(|state| (state.definition.clone(), state.values.clone(), state.faults.clone()));
    if !sound.is_empty() {
        return Err(Problem::faulty(sound));
    }
    let config = app.vault().config(&bench.owner(), &definition, &values).await?;
    app.wake_sample(&definition).await?;
    app.progress(bench.id(), "Sending the request");
    let answer = until(token, first_request(&definition, &config)).await??;
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
    let (definition, detection) = detected(app, bench, definition, config, answer, token).await?;
    let stream = definition.streams.first().map(|stream| stream.name.clone()).unwrap_or_default();
    bench.with(|state| {
        state.put(definition);
        state.detections.insert(stream.clone(), detection);
    });
    let shown = preview::read(app, bench, &stream, token.clone()).await?;
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

/// Detects everything about a draft's first stream; what is proved by more requests is told while it goes on.
pub(super) async fn detected(
    app: &App,
    bench: &Bench,
    draft: Definition,
    config: ConfigValues,
    answer: &Answer,
    token: &CancellationToken,
) -> Result<(Definition, Detection), Problem> {
    let redactor = Redactor::new(&config);
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
