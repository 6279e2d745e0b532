//! A stream that was added: its first answer tells its records, key, pages and columns, as that of a URL in the box does.

use super::declared::keep_declared;
use super::first::{detected, until};
use crate::app::{App, blocking};
use crate::contract::{OneStream, Workbench};
use crate::preview;
use crate::workbench::{Bench, keep};
use definition::model::Source;
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::ReuseSlot;
use engine::detect::{Detection, belonging, detect_offline, first_request};
use tokio_util::sync::CancellationToken;

/// Reads a stream's first answer, takes what it tells into the definition as one step that can be taken back, and reads
/// the preview by it.
pub(crate) async fn detect(app: &App, request: OneStream) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let http = bench.with(|state| {
        let one = state.definition.streams.iter().find(|one| one.name == request.stream);
        one.is_none_or(|one| matches!(one.source, Source::Http))
    });
    if !http {
        preview::run(app, request).await?;
        return Ok(bench.view());
    }
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    look(app, &bench, &request.stream, &token, false).await?;
    keep(app, &bench).await?;
    Ok(bench.view())
}

/// The same for a stream of a workbench whose work is held. `declared`: what a description says of it is kept where the
/// answer says nothing.
pub(super) async fn look(
    app: &App,
    bench: &Bench,
    stream: &str,
    token: &CancellationToken,
    declared: bool,
) -> Result<(), Problem> {
    let (definition, faults) = bench.with(|state| (state.definition.clone(), state.faults.clone()));
    if !faults.is_empty() {
        return Err(Problem::faulty(faults));
    }
    let Some(one) = definition.streams.iter().find(|one| one.name == stream) else {
        return Err(Problem::new("no_stream", ProblemKind::Config, Stage::Open, "There is no such stream.")
            .hint("Choose another one."));
    };
    // Detection looks at one stream.
    let alone = Definition { streams: vec![one.clone()], ..definition.clone() };
    // Which parts there are is told by the parent: the first pages are read as a sync reads them.
    let asked = one.partitions.is_empty();
    let reuse = ReuseSlot::fresh();
    let online = if asked { online(app, bench, alone.clone(), token, &reuse).await? } else { None };
    let (found, mut detection) = match online {
        Some(found) => found,
        None => offline(app, bench, alone, stream, token.clone()).await?,
    };
    bench.with(|state| {
        let mut definition = state.definition.clone();
        let whole = definition.clone();
        let old = definition.streams.iter_mut().find(|one| one.name == stream);
        if let (Some(old), Some(mut new)) = (old, found.streams.into_iter().next()) {
            if !asked && belonging(&whole, &mut new) {
                detection.notes.push(belongs_note(&new.key.join(" + ")));
            }
            if declared {
                keep_declared(old, &mut new, &detection);
            }
            *old = new;
            state.edit(definition);
            state.detections.insert(stream.to_owned(), detection);
        }
    });
    preview::put(bench, preview::read(app, bench, stream, token.clone(), reuse).await?);
    Ok(())
}

/// A stream that was given a parent after it was read: its records tell whose they are, and what was found of it before
/// is not shown any more. Nothing happens where nothing was found before, so that a column that was taken out stays out.
pub(crate) async fn belongs(app: &App, request: OneStream) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let stream = request.stream.as_str();
    let changed = bench.with(|state| {
        let mut definition = state.definition.clone();
        let whole = definition.clone();
        let one = definition.streams.iter_mut().find(|one| one.name == stream);
        let Some(one) = one.filter(|one| !one.partitions.is_empty()) else { return false };
        if !state.faults.is_empty() || !state.detections.contains_key(stream) {
            return false;
        }
        let columns = one.fields.len();
        if !belonging(&whole, one) && one.fields.len() == columns {
            return false;
        }
        let key = one.key.join(" + ");
        state.edit(definition);
        state.detections.remove(stream);
        if !key.is_empty() {
            state.note(belongs_note(&key));
        }
        true
    });
    if changed {
        keep(app, &bench).await?;
    }
    Ok(bench.view())
}

fn belongs_note(key: &str) -> String {
    format!("Records tell whose they are, and the key has it: `{key}`, for ids may count anew for each parent.")
}

/// Asks once and proves the pages by more requests. None where the server refuses: the preview tells that better.
async fn online(
    app: &App,
    bench: &Bench,
    alone: Definition,
    token: &CancellationToken,
    reuse: &ReuseSlot,
) -> Result<Option<(Definition, Detection)>, Problem> {
    let values = bench.with(|state| state.values.clone());
    let mut config = app.vault().config(&bench.owner(), &alone, &values).await?;
    config.reuse = reuse.clone();
    app.wake_sample(&alone).await?;
    app.progress(bench.id(), "Sending the request");
    let answer = until(token, first_request(&alone, &config)).await??;
    if !(200..300).contains(&answer.status) {
        return Ok(None);
    }
    detected(app, bench, alone, config, &answer, token).await.map(Some)
}

/// Reads the first pages as they are described so far, and tells what can be told without another request.
async fn offline(
    app: &App,
    bench: &Bench,
    alone: Definition,
    stream: &str,
    token: CancellationToken,
) -> Result<(Definition, Detection), Problem> {
    let shown = preview::put(bench, preview::read(app, bench, stream, token, ReuseSlot::default()).await?);
    let Some(answer) = shown.pages.first().filter(|_| shown.good > 0).and_then(preview::page_answer) else {
        return Err(shown.problem.clone().unwrap_or_else(nothing_came));
    };
    blocking(move || detect_offline(alone, &answer, None)).await
}

fn nothing_came() -> Problem {
    Problem::new("no_answer", ProblemKind::Data, Stage::Select, "No answer came that records could be found in.")
        .hint("Look at the request: its path, its parent, its inputs.")
}
