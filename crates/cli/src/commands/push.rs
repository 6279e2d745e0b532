//! `push`: writes a table to an API, as far as it changed since the last push.

use super::Context;
use super::batch::{bar, rows_of};
use crate::args::batch::Push;
use crate::out::Out;
use crate::{exit, stop};
use api::contract::{AppEvent, BatchOutcome, PushAsk, PushDiff, PushView};
use definition::Problem;
use serde_json::json;
use std::sync::Arc;

/// Failures that are listed.
const LISTED: usize = 20;

/// Shows the difference, or sends it.
pub async fn run(context: &Context, args: Push) -> Result<u8, Problem> {
    let out = &context.out;
    let bar = bar(out);
    let shown = bar.clone();
    let events = Arc::new(move |event| {
        if let AppEvent::Push { view } = event {
            let counts = view.counts;
            shown.set_length(counts.total);
            shown.set_position(counts.created + counts.updated + counts.deleted + counts.failed);
        }
    });
    let app = context.app_with(context.global.data_dir.clone(), events).await?;
    let source = args.from.as_deref().map(|from| rows_of(from, args.condition.as_deref())).transpose()?;
    let ask = PushAsk {
        connection: args.connection,
        destination: args.destination,
        source,
        delete: args.delete,
        skip_errors: args.skip_errors,
        concurrency: args.concurrency,
        resend_uncertain: args.resend_uncertain,
    };
    let prepared = api::push::prepare(&app, ask).await?;
    if args.dry_run {
        if out.json {
            out.answer(prepared.diff());
        } else {
            difference(out, prepared.diff(), true);
        }
        app.close().await;
        return Ok(if prepared.diff().invalid == 0 { exit::DONE } else { exit::DATA });
    }
    let told = prepared.diff().clone();
    if !out.json && !out.quiet {
        difference(out, &told, false);
    }
    let live = prepared.live();
    let cancel = stop::on_signal(out);
    let stopping = tokio::spawn(async move {
        cancel.cancelled().await;
        live.stop();
    });
    let view = prepared.run().await;
    stopping.abort();
    bar.finish_and_clear();
    app.close().await;
    if out.json {
        out.answer(&json!({"push": view, "diff": told}));
    } else {
        ended(out, &view);
    }
    Ok(match view.outcome {
        Some(BatchOutcome::Done) => exit::DONE,
        Some(BatchOutcome::Cancelled) => exit::INTERRUPTED,
        _ if sent(&view) == 0 => view.problem.as_ref().map_or(exit::PARTIAL, exit::of_problem),
        _ => exit::PARTIAL,
    })
}

fn sent(view: &PushView) -> u64 {
    view.counts.created + view.counts.updated + view.counts.deleted
}

fn difference(out: &Out, diff: &PushDiff, requests: bool) {
    out.line(&format!(
        "{}: {} rows; {} to create, {} to update, {} to delete, {} as they were",
        diff.source, diff.rows, diff.create, diff.update, diff.delete, diff.same
    ));
    for (count, text) in [
        (diff.kept, "gone from the table, and kept there (--delete deletes them)"),
        (diff.without_action, "new or changed, and the destination has no action for them"),
        (
            diff.uncertain,
            "got no answer last time; nobody knows whether they arrived (--resend-uncertain sends them again)",
        ),
        (diff.invalid, "can't be sent:"),
    ] {
        if count > 0 {
            out.line(&format!("{count} {text}"));
        }
    }
    for fault in &diff.faults {
        out.line(&format!("  row {}: {}", fault.row, fault.faults.join(" ")));
    }
    for example in diff.examples.iter().filter(|_| requests) {
        out.line(&format!("\n{} {}\n{}", example.what, example.key, example.request));
    }
    if requests {
        out.line("\nNothing was sent.");
    }
}

fn ended(out: &Out, view: &PushView) {
    let counts = &view.counts;
    for failure in view.failures.iter().take(LISTED) {
        out.line(&format!("{} {}: {}", failure.what, failure.key, failure.message));
    }
    out.line(&format!(
        "{} created, {} updated, {} deleted, {} failed, {} not fit to be sent, {} uncertain, {} as they were",
        counts.created, counts.updated, counts.deleted, counts.failed, counts.skipped, counts.uncertain, counts.same
    ));
    if counts.failed > 0 {
        out.say("Rows that failed are tried again by the next push.");
    }
    view.problem.iter().for_each(|problem| out.problem(problem));
}
