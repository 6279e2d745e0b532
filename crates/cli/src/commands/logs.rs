//! `logs`: the runs of a connection, and the log of a run.

use super::{Context, call, list};
use crate::values::usage;
use crate::{args, exit, table};
use api::App;
use api::contract::{RunLogLine, RunSummary};
use definition::Problem;
use serde_json::json;

/// How many lines are asked for at once.
const WINDOW: u32 = 500;

/// Shows them.
pub async fn run(context: &Context, args: &args::Logs) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let (_, connection) = list::find_connection(&app, &args.name).await?.ok_or_else(|| {
        usage(format!("There is no connection `{}`.", args.name)).hint("`tapwright list` shows what there is.")
    })?;
    let runs: Vec<RunSummary> = call(&app, "runs", json!({"id": connection.id})).await?;
    let Some(wanted) = &args.run else {
        app.close().await;
        show_runs(context, &runs);
        return Ok(exit::DONE);
    };
    let run = if wanted == "last" { runs.first() } else { runs.iter().find(|run| run.id == *wanted) };
    let run = run.ok_or_else(|| {
        usage(format!("{} has no run `{wanted}`.", connection.name))
            .hint(format!("`tapwright logs {}` lists its runs.", connection.name))
    })?;
    let lines = all_lines(&app, &run.id).await?;
    app.close().await;
    if out.json {
        out.answer(&json!({"run": run, "lines": lines}));
    } else {
        for line in lines {
            let stream = line.stream.map(|stream| format!("{stream}: ")).unwrap_or_default();
            let level = crate::out::json(&line.level);
            out.line(&format!("{} {:5} {stream}{}", line.at, level.trim_matches('"'), line.message));
        }
    }
    Ok(exit::DONE)
}

pub(super) fn show_runs(context: &Context, runs: &[RunSummary]) {
    let out = &context.out;
    if out.json {
        return out.answer(&json!({"runs": runs}));
    }
    let names =
        ["run", "began and ended", "read", "new", "updated", "unchanged", "requests", "retries"].map(str::to_owned);
    let row = |run: &RunSummary| {
        let counts = [
            run.counts.read,
            run.counts.new,
            run.counts.updated,
            run.counts.unchanged,
            run.counts.requests,
            run.counts.retries,
        ];
        let mut row = vec![Some(run.id.clone()), Some(list::run_text(run))];
        row.extend(counts.iter().map(|count| Some(count.to_string())));
        row
    };
    let right = [false, false, true, true, true, true, true, true];
    out.line(&table::render(&names, &runs.iter().map(row).collect::<Vec<_>>(), &right));
}

async fn all_lines(app: &App, run: &str) -> Result<Vec<RunLogLine>, Problem> {
    let mut lines: Vec<RunLogLine> = Vec::new();
    loop {
        let offset = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let more: Vec<RunLogLine> = call(app, "run_log", json!({"id": run, "offset": offset, "limit": WINDOW})).await?;
        let is_last = more.len() < WINDOW as usize;
        lines.extend(more);
        if is_last {
            return Ok(lines);
        }
    }
}
