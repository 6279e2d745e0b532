//! `sync CONNECTION`: into its own database, kept as a run like those of the window.

use super::{Context, call, sync};
use crate::host;
use crate::progress::Progress;
use crate::stop;
use crate::summary::{StreamSummary, Summary, fresh};
use crate::target::Kept;
use api::contract::{AppEvent, Nothing, RunView};
use definition::Problem;
use engine::event::Outcome;
use engine::host::CodePrompt;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Starts the run and waits for its end.
pub async fn run(
    context: &Context,
    kept: &Kept,
    (full, wait, records): (bool, bool, Option<u64>),
    code: Option<String>,
) -> Result<u8, Problem> {
    let (sender, mut views) = mpsc::unbounded_channel::<RunView>();
    let (ask, mut asked) = mpsc::unbounded_channel::<(String, CodePrompt)>();
    let events = Arc::new(move |event| match event {
        AppEvent::Run { view } => {
            let _ = sender.send(view);
        }
        AppEvent::CodeAsked { id, who, message } => {
            let _ = ask.send((id, CodePrompt { who, message }));
        }
        _ => {}
    });
    let app = context.app_with(context.global.data_dir.clone(), events).await?;
    if let Some(why) = api::headless::give_secrets(&app, &kept.id, &kept.fresh).await {
        context.out.say(&format!("The key is used for this sync and not kept: {why}"));
    }
    let cancel = stop::on_signal(&context.out);
    let progress = Progress::new(&context.out);
    let start =
        async || call(&app, "sync_start", json!({"connection": kept.id, "full": full, "records": records})).await;
    let mut view: RunView = sync::when_free(wait, &cancel, start).await?;
    let run = view.run.id.clone();
    let mut told = false;
    while view.run.outcome.is_none() {
        tokio::select! {
            next = views.recv() => match next {
                Some(next) if next.run.id == run => view = next,
                Some(_) => continue,
                None => view = call(&app, "run_get", json!({"id": run})).await?,
            },
            Some((id, prompt)) = asked.recv() => {
                // Without an answer the login is given up at once, not waited for.
                let given = host::code(code.clone(), prompt).await;
                let text = given.as_ref().map(|code| code.open().to_owned()).unwrap_or_default();
                let _: Nothing = call(&app, "code_give", json!({"id": id, "code": text})).await?;
            }
            () = cancel.cancelled(), if !told => {
                told = true;
                let _: Nothing = call(&app, "sync_cancel", json!({"id": run})).await?;
            }
        }
        show(&progress, &view);
    }
    progress.clear();
    app.close().await;
    let summary = summary(view);
    let fresh = summary.streams.iter().filter_map(|stream| fresh(&stream.stream, &stream.new_fields));
    fresh.for_each(|line| context.out.say(&line));
    Ok(sync::finish(&context.out, &summary, false, true))
}

fn show(progress: &Progress, view: &RunView) {
    for stream in view.streams.iter().filter(|stream| stream.outcome.is_none()) {
        progress.page(&stream.stream, &stream.counts, stream.total);
    }
}

fn summary(view: RunView) -> Summary {
    let outcome = view.run.outcome.unwrap_or(Outcome::Failed);
    let streams: Vec<StreamSummary> = view
        .streams
        .into_iter()
        .map(|stream| StreamSummary {
            stream: stream.stream,
            // A stream that was not reached is as good as the run.
            outcome: stream.outcome.unwrap_or(outcome),
            counts: stream.counts,
            duration_ms: view.duration_ms,
            problem: stream.problem,
            new_fields: stream.new_fields,
        })
        .collect();
    let mut summary = Summary::of(streams, view.destination, view.duration_ms);
    summary.outcome = outcome;
    // What kept the whole run from beginning has no stream.
    if let Some(problem) = view.problem.filter(|_| summary.streams.iter().all(|stream| stream.problem.is_none())) {
        summary.streams.push(StreamSummary {
            stream: String::new(),
            outcome,
            counts: view.run.counts,
            duration_ms: view.duration_ms,
            problem: Some(problem),
            new_fields: Vec::new(),
        });
    }
    summary
}
