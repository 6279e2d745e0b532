//! Reading a stream's first pages: the same loop as a sync, with small limits and a sink that keeps nothing.

use super::shown::{Inputs, Shown, remap, view};
use super::table::{MOST_ROWS, make};
use super::tree::Trees;
use crate::app::{App, blocking, lock};
use crate::contract::{OneStream, PreviewFrom, StreamPreview};
use crate::fixtures::Offline;
use crate::open;
use crate::workbench::{Bench, keep};
use definition::{Problem, ProblemKind, Stage};
use engine::capture::Capture;
use engine::event::{EventSink, Outcome, RunEvent};
use engine::run::{ReadLimits, RunOptions, StreamResult, read_stream};
use engine::state::StreamState;
use sinks::memory::MemorySink;
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

/// The most pages of a preview.
const PAGES: u64 = 3;
/// The most lines of its log.
const LINES: usize = 200;

/// Reads a stream's first pages anew.
pub(crate) async fn run(app: &App, request: OneStream) -> Result<StreamPreview, Problem> {
    run_from(app, PreviewFrom { id: request.id, stream: request.stream, state: None }).await
}

/// The same from a state, as a sync would read on.
pub(crate) async fn run_from(app: &App, request: PreviewFrom) -> Result<StreamPreview, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let faults = bench.with(|state| state.faults.clone());
    if !faults.is_empty() {
        return Err(Problem::faulty(faults));
    }
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    let before = bench.with(|state| state.definition.clone());
    let shown = read_from(app, &bench, &request.stream, token, request.state).await?;
    let shown = put(&bench, shown);
    // An edit made meanwhile counts for what was read, too.
    remap(&bench, &before).await?;
    Ok(bench.with(|state| {
        let newest = state.shown.get(&shown.stream).unwrap_or(&shown);
        view(newest, state.detections.get(&shown.stream))
    }))
}

/// A stream's preview as it is at hand. Sends nothing; none where the stream was not read.
pub(crate) async fn shown(app: &App, request: OneStream) -> Result<Option<StreamPreview>, Problem> {
    let bench = app.bench(&request.id).await?;
    let stream = request.stream.as_str();
    Ok(bench.with(|state| state.shown.get(stream).map(|shown| view(shown, state.detections.get(stream)))))
}

/// Reads the first stream for a workbench that has nothing at hand. What goes wrong stands in the workbench.
pub(crate) async fn refresh(app: &App, bench: &Bench) {
    let Some(stream) = bench.with(|state| state.definition.streams.first().map(|stream| stream.name.clone())) else {
        return;
    };
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    let outcome = read(app, bench, &stream, token).await;
    let problem = match outcome {
        Ok(shown) => {
            let shown = put(bench, shown);
            shown.problem.clone().filter(|_| shown.table.rows.is_empty())
        }
        Err(problem) => Some(problem),
    };
    let rejected = problem.as_ref().is_some_and(|problem| problem.kind == ProblemKind::Auth);
    bench.with(|state| state.problem.clone_from(&problem));
    if let (true, Some(problem)) = (rejected, problem) {
        open::ask_again(bench, &problem);
        // What is shown is right even if it can't be kept this time.
        let _ = keep(app, bench).await;
    }
}

/// Puts a preview in, as the newest.
pub(crate) fn put(bench: &Bench, mut shown: Shown) -> Arc<Shown> {
    bench.with(|state| {
        shown.version = state.next_version();
        let shown = Arc::new(shown);
        state.shown.insert(shown.stream.clone(), Arc::clone(&shown));
        shown
    })
}

/// Reads a stream's first pages. The caller holds the workbench's turn.
pub(crate) async fn read(app: &App, bench: &Bench, stream: &str, token: CancellationToken) -> Result<Shown, Problem> {
    read_from(app, bench, stream, token, None).await
}

async fn read_from(
    app: &App,
    bench: &Bench,
    stream: &str,
    token: CancellationToken,
    from: Option<StreamState>,
) -> Result<Shown, Problem> {
    let (inputs, values) = bench.with(|state| (Inputs::of(state), state.values.clone()));
    let mut from_recording = None;
    let (plan, most) = match offline(app, bench, &inputs).await? {
        Some(offline) => {
            offline.replay.stream(stream);
            let at = &offline.folder.manifest.recorded_at;
            from_recording = Some(format!("Offline: read from the recording of {at}. Nothing was sent."));
            (crate::headless::plan(&offline.definition, &offline.config)?, offline.limits.pages)
        }
        None => {
            let config = app.vault().config(&bench.owner(), &inputs.definition, &values).await?;
            app.wake_sample(&inputs.definition).await?;
            (crate::headless::plan(&inputs.definition, &config)?, None)
        }
    };
    let capture = Capture::default();
    let log = Arc::new(Mutex::new(Vec::from_iter(from_recording)));
    let (sink, _rows) = MemorySink::new();
    let options = RunOptions {
        limits: ReadLimits { pages: Some(most.unwrap_or(PAGES).min(PAGES)), records: Some(MOST_ROWS as u64) },
        full: from.is_none(),
        state: from.clone(),
        capture: Some(capture.clone()),
        events: listener(app, bench.id(), &log),
        cancel: token,
    };
    let result = read_stream(Arc::new(plan), stream, Box::new(sink), options).await;
    let pages = Arc::new(capture.pages());
    let good = usize::try_from(result.counts.pages).unwrap_or(usize::MAX).min(pages.len());
    let (name, kept) = (stream.to_owned(), Arc::clone(&pages));
    let made = blocking(move || Ok(make(&inputs, &name, &kept[..good]))).await?;
    let log = std::mem::take(&mut *lock(&log));
    let after = Some(result.state.clone()).filter(|state| *state != StreamState::default());
    Ok(Shown {
        stream: stream.to_owned(),
        version: 0,
        good,
        limited: result.outcome == Outcome::Limited,
        problem: problem(result),
        log,
        from,
        state: after,
        table: made.table,
        map_problem: made.problem,
        trees: Arc::new(Trees::new(Arc::clone(&pages))),
        pages,
        asides: capture.asides(),
    })
}

/// The connection's recording, where its previews read from it.
async fn offline(app: &App, bench: &Bench, inputs: &Inputs) -> Result<Option<Offline>, Problem> {
    let connection = bench.with(|state| state.connection.clone()).filter(|id| app.is_offline(id));
    let Some(id) = connection else { return Ok(None) };
    let (folder, definition) = (app.fixtures(&id), inputs.definition.clone());
    blocking(move || Offline::open(&definition, &folder, &Default::default())).await.map(Some)
}

fn problem(result: StreamResult) -> Option<Problem> {
    result.problem.or_else(|| {
        (result.outcome == Outcome::Cancelled)
            .then(|| Problem::new("cancelled", ProblemKind::Cancelled, Stage::Send, "You stopped it.").retryable())
    })
}

/// Keeps log lines, and tells of pages.
fn listener(app: &App, workbench: &str, log: &Arc<Mutex<Vec<String>>>) -> EventSink {
    let (app, workbench, log) = (app.clone(), workbench.to_owned(), Arc::clone(log));
    Arc::new(move |event| {
        if let RunEvent::Page { page, counts, .. } = &event {
            app.progress(&workbench, format!("Read page {page}: {} records so far", counts.read));
        }
        let mut lines = lock(&log);
        if lines.len() < LINES {
            lines.extend(crate::sync::line(&event).map(|line| line.message));
        }
    })
}
