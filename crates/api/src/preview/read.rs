//! Reading a stream's first pages: the same loop as a sync, with small limits and a sink that keeps nothing.

use super::selected::Selected;
use super::shown::{Inputs, Shown, remap, view};
use super::table::{make, shorten};
use super::tree::Trees;
use crate::app::{App, blocking, lock};
use crate::contract::{OneStream, PreviewAsked, PreviewEnd, PreviewFrom, StreamPreview};
use crate::fixtures::Offline;
use crate::open;
use crate::workbench::{Bench, keep};
use definition::{Problem, ProblemKind, Stage};
use engine::capture::Capture;
use engine::config::ReuseSlot;
use engine::event::{EventSink, Outcome, RunEvent};
use engine::run::{PartPick, ReadLimits, RunOptions, StreamResult, read_stream};
use engine::sink::Nowhere;
use engine::state::StreamState;
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

/// Pages of a preview where nothing else is asked for, and at most.
const PAGES: (u32, u32) = (3, 1_000);
/// Records of a preview where nothing else is asked for, and at most.
const RECORDS: (u32, u32) = (500, 100_000);
/// Bytes of answers that the previews of a workbench keep together, and that one may keep however many there are.
const BYTES: (u64, u64) = (256 * 1024 * 1024, 32 * 1024 * 1024);
/// The most lines of its log.
const LINES: usize = 200;

/// What is read.
struct Ask {
    /// The state that it goes on from.
    from: Option<StreamState>,
    /// How much, and which part.
    asked: PreviewAsked,
    /// Answers that just came.
    reuse: ReuseSlot,
}

/// Reads a stream's first pages anew.
pub(crate) async fn run(app: &App, request: OneStream) -> Result<StreamPreview, Problem> {
    let from =
        PreviewFrom { id: request.id, stream: request.stream, state: None, pages: None, records: None, part: None };
    run_from(app, from).await
}

/// The same from a state, as a sync would read on.
pub(crate) async fn run_from(app: &App, request: PreviewFrom) -> Result<StreamPreview, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let faults = bench.with(|state| state.faults.clone());
    if !faults.is_empty() {
        return Err(Problem::faulty(faults));
    }
    let within = |given: Option<u32>, (usual, most): (u32, u32)| given.unwrap_or(usual).clamp(1, most);
    let asked = PreviewAsked {
        pages: within(request.pages, PAGES),
        records: within(request.records, RECORDS),
        part: request.part.filter(|part| !part.is_empty()),
    };
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    let before = bench.with(|state| state.definition.clone());
    let ask = Ask { from: request.state, asked, reuse: ReuseSlot::default() };
    let mut shown = read_from(app, &bench, &request.stream, token, ask).await?;
    if shown.problem.as_ref().is_some_and(|problem| problem.kind == ProblemKind::Cancelled) {
        let known = bench.with(|state| state.shown.get(&request.stream).cloned());
        if let Some(known) = known.filter(|_| shown.good == 0) {
            // Nothing came: what was there before is better.
            return Ok(bench.with(|state| view(&known, state.detections.get(&request.stream))));
        }
        if shown.good > 0 {
            (shown.problem, shown.limited, shown.ended) = (None, true, Some(PreviewEnd::Stopped));
        }
    }
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
    let outcome = read(app, bench, &stream, token, ReuseSlot::default()).await;
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

/// Reads a stream's first pages. The caller holds the workbench's turn. `reuse`: answers that just came.
pub(crate) async fn read(
    app: &App,
    bench: &Bench,
    stream: &str,
    token: CancellationToken,
    reuse: ReuseSlot,
) -> Result<Shown, Problem> {
    let asked = PreviewAsked { pages: PAGES.0, records: RECORDS.0, part: None };
    read_from(app, bench, stream, token, Ask { from: None, asked, reuse }).await
}

async fn read_from(
    app: &App,
    bench: &Bench,
    stream: &str,
    token: CancellationToken,
    Ask { from, asked, reuse }: Ask,
) -> Result<Shown, Problem> {
    let (inputs, values) = bench.with(|state| (Inputs::of(state), state.values.clone()));
    let part = asked.part.as_deref().map(pick).transpose()?;
    let mut from_recording = None;
    let (plan, most) = match offline(app, bench, &inputs).await? {
        Some(offline) => {
            offline.replay.stream(stream);
            let at = &offline.folder.manifest.recorded_at;
            from_recording = Some(format!("Offline: read from the recording of {at}. Nothing was sent."));
            (crate::headless::plan(&offline.definition, &offline.config)?, offline.limits.pages)
        }
        None => {
            let mut config = app.vault().config(&bench.owner(), &inputs.definition, &values).await?;
            config.reuse = reuse;
            app.wake_sample(&inputs.definition).await?;
            (crate::headless::plan(&inputs.definition, &config)?, None)
        }
    };
    let capture = Capture::default();
    let log = Arc::new(Mutex::new(Vec::from_iter(from_recording)));
    let bytes = BYTES.0.saturating_sub(kept_bytes(bench, stream)).max(BYTES.1);
    let pages = u64::from(asked.pages).min(most.unwrap_or(u64::MAX));
    let limits = ReadLimits { pages: Some(pages), records: Some(u64::from(asked.records)), bytes: Some(bytes) };
    let total = Arc::default();
    let options = RunOptions {
        limits,
        full: from.is_none(),
        state: from.clone(),
        capture: Some(capture.clone()),
        part: part.flatten(),
        events: listener(app, bench.id(), &log, &total),
        cancel: token,
    };
    let result = read_stream(Arc::new(plan), stream, Box::new(Nowhere), options).await;
    let pages = Arc::new(capture.pages());
    let good = usize::try_from(result.counts.pages).unwrap_or(usize::MAX).min(pages.len());
    let (name, kept, records) = (stream.to_owned(), Arc::clone(&pages), asked.records as usize);
    let selected = Arc::new(Selected::default());
    let places = Arc::clone(&selected);
    let made = blocking(move || Ok(make(&inputs, &name, (&kept[..good], &places), records))).await?;
    let log = std::mem::take(&mut *lock(&log));
    let after = Some(result.state.clone()).filter(|state| *state != StreamState::default());
    let ended = ended(&result, limits, made.table.limited);
    // What is not read again is known still.
    let known = bench.with(|state| state.shown.get(stream).map(|shown| Arc::clone(&shown.parts)));
    let parts = match (&asked.part, known) {
        (Some(_), Some(known)) if !known.is_empty() => known,
        _ => Arc::new(capture.parts()),
    };
    Ok(Shown {
        stream: stream.to_owned(),
        version: 0,
        good,
        limited: result.outcome == Outcome::Limited,
        requests: result.counts.requests,
        total: *lock(&total),
        problem: problem(result),
        log,
        from,
        state: after,
        table: made.table,
        map_problem: made.problem,
        trees: Arc::new(Trees::new(Arc::clone(&pages))),
        selected,
        pages,
        asides: Arc::new(capture.asides()),
        asides_left: capture.asides_left(),
        asked,
        ended,
        parts,
    })
}

/// Which limit ended a read. `cut`: there are more records in its pages than are shown.
fn ended(result: &StreamResult, limits: ReadLimits, cut: bool) -> Option<PreviewEnd> {
    if cut {
        return Some(PreviewEnd::Records);
    }
    // A ceiling of the definition has words of its own.
    if result.outcome != Outcome::Limited || result.problem.is_some() {
        return None;
    }
    let counts = &result.counts;
    Some(if limits.pages.is_some_and(|most| counts.pages >= most) {
        PreviewEnd::Pages
    } else if limits.records.is_some_and(|most| counts.read >= most) {
        PreviewEnd::Records
    } else {
        PreviewEnd::Bytes
    })
}

/// Bytes of the answers that other streams' previews keep.
fn kept_bytes(bench: &Bench, but: &str) -> u64 {
    bench.with(|state| {
        let others = state.shown.values().filter(|shown| shown.stream != but);
        others.flat_map(|shown| shown.pages.iter()).map(|page| page.body.len() as u64).sum()
    })
}

/// The part that is told by its values as JSON.
fn pick(text: &str) -> Result<Option<PartPick>, Problem> {
    let values = serde_json::from_str(text).map_err(|_| {
        let message = format!("`{}` is no part of a stream.", shorten(text, 100));
        Problem::new("bad_partition", ProblemKind::Config, Stage::Build, message)
            .hint("Its values by name, as JSON: {\"region\": \"eu\"}.")
    })?;
    Ok(PartPick::new(values))
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
fn listener(app: &App, workbench: &str, log: &Arc<Mutex<Vec<String>>>, known: &Arc<Mutex<Option<u64>>>) -> EventSink {
    let (app, workbench, log, known) = (app.clone(), workbench.to_owned(), Arc::clone(log), Arc::clone(known));
    Arc::new(move |event| {
        if let RunEvent::Page { page, counts, total, .. } = &event {
            if total.is_some() {
                *lock(&known) = *total;
            }
            app.progress(&workbench, format!("Read page {page}: {} records so far", counts.read));
        }
        let mut lines = lock(&log);
        if lines.len() < LINES {
            lines.extend(crate::sync::line(&event).map(|line| line.message));
        }
    })
}
