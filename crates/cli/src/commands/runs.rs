//! `runs`: the runs of a connection, one of them, or two side by side.

use super::{Context, call, list, logs};
use crate::values::usage;
use crate::{args, exit, table};
use api::App;
use api::contract::{ResumeView, RunComparison, RunError, RunSeries, RunSummary, RunView, SchemaChange};
use definition::Problem;
use engine::event::Outcome;
use serde_json::json;

/// Points of a run's series that people are shown.
const SHOWN: usize = 20;

/// Shows them.
pub async fn run(context: &Context, args: &args::data::Runs) -> Result<u8, Problem> {
    let app = context.app().await?;
    let result = show(context, args, &app).await;
    app.close().await;
    result
}

async fn show(context: &Context, args: &args::data::Runs, app: &App) -> Result<u8, Problem> {
    let (_, connection) = list::find_connection(app, &args.name).await?.ok_or_else(|| {
        usage(format!("There is no connection `{}`.", args.name)).hint("`tapwright list` shows what there is.")
    })?;
    let ask = json!({"id": connection.id, "outcome": args.result, "stream": args.stream});
    let runs: Vec<RunSummary> = call(app, "run_history", ask).await?;
    if let [before, after] = args.compare.as_slice() {
        let pair = json!({"before": named(&runs, before)?, "after": named(&runs, after)?});
        let two: RunComparison = call(app, "run_compare", pair).await?;
        compared(context, &two);
        return Ok(exit::DONE);
    }
    let Some(wanted) = &args.run else {
        logs::show_runs(context, &runs);
        return Ok(exit::DONE);
    };
    let id = named(&runs, wanted)?;
    let view: RunView = call(app, "run_get", json!({"id": id})).await?;
    let series: RunSeries = call(app, "run_series", json!({"id": id})).await?;
    let errors: Vec<RunError> = call(app, "run_errors", json!({"id": id})).await?;
    let resume: ResumeView = call(app, "run_resume", json!({"id": connection.id})).await?;
    if context.out.json {
        context.out.answer(&json!({"run": view, "series": series, "errors": errors, "resume": resume}));
    } else {
        one(context, &view, &series, &errors);
        if resume.goes_on && view.run.outcome.is_some_and(|outcome| outcome != Outcome::Done) {
            resume.streams.iter().filter_map(goes_on).for_each(|line| context.out.line(&line));
        }
    }
    Ok(exit::DONE)
}

/// A run by its id, or by its place: `last`, `previous`.
fn named(runs: &[RunSummary], wanted: &str) -> Result<String, Problem> {
    let found = match wanted {
        "last" => runs.first(),
        "previous" => runs.get(1),
        id => runs.iter().find(|run| run.id == id),
    };
    found.map(|run| run.id.clone()).ok_or_else(|| {
        usage(format!("There is no run `{wanted}` among these.")).hint("`tapwright runs NAME` lists the runs.")
    })
}

fn word(outcome: Option<Outcome>) -> String {
    match outcome {
        None => "running".to_owned(),
        Some(outcome) => crate::out::json(&outcome).trim_matches('"').to_owned(),
    }
}

fn one(context: &Context, view: &RunView, series: &RunSeries, errors: &[RunError]) {
    let out = &context.out;
    out.line(&format!("{} {} {}, {} ms", view.run.id, view.run.started_at, word(view.run.outcome), view.duration_ms));
    let names = ["stream", "result", "read", "new", "updated", "unchanged", "requests", "retries", "p50", "p95", "p99"];
    let ms = |value: Option<u64>| value.map(|value| format!("{value} ms"));
    let row = |stream: &api::contract::StreamRun| {
        let counts = &stream.counts;
        let numbers = [counts.read, counts.new, counts.updated, counts.unchanged, counts.requests, counts.retries];
        let mut row = vec![Some(stream.stream.clone()), Some(word(stream.outcome))];
        row.extend(numbers.iter().map(|number| Some(number.to_string())));
        row.extend([ms(stream.latency.p50_ms), ms(stream.latency.p95_ms), ms(stream.latency.p99_ms)]);
        row
    };
    let right = [false, false, true, true, true, true, true, true, true, true, true];
    out.line(&table::render(&names.map(str::to_owned), &view.streams.iter().map(row).collect::<Vec<_>>(), &right));
    over_time(context, series);
    for error in errors {
        let whose = if error.stream.is_empty() { String::new() } else { format!("{}: ", error.stream) };
        out.line(&format!("\n{whose}{}", error.problem.message));
        let said = [&error.problem.field, &error.problem.hint, &error.problem.detail, &error.curl];
        said.into_iter().flatten().for_each(|text| out.line(&format!("  {text}")));
        if let Some(response) = error.sent.as_ref().and_then(|sent| sent.response.as_ref()) {
            out.line(&format!("  answered {} after {} ms", response.status, response.duration_ms));
        }
    }
}

fn over_time(context: &Context, series: &RunSeries) {
    if series.points.len() < 2 {
        return;
    }
    let step = series.points.len().div_ceil(SHOWN);
    let names = ["after", "records", "bytes", "requests", "retries", "p50", "p95", "p99"].map(str::to_owned);
    let ms = |value: Option<u64>| value.map(|value| format!("{value} ms"));
    let last = series.points.len() - 1;
    let row = |(_, point): (usize, &api::contract::RunPoint)| {
        let numbers = [point.read, point.bytes, point.requests, point.retries];
        let mut row = vec![Some(format!("{}.{} s", point.at_ms / 1000, point.at_ms % 1000 / 100))];
        row.extend(numbers.iter().map(|number| Some(number.to_string())));
        row.extend([ms(point.p50_ms), ms(point.p95_ms), ms(point.p99_ms)]);
        row
    };
    let points = series.points.iter().enumerate().filter(|(place, _)| place % step == 0 || *place == last);
    context.out.line("");
    context.out.line(&table::render(&names, &points.map(row).collect::<Vec<_>>(), &[true; 8]));
}

fn goes_on(stream: &api::contract::ResumeStream) -> Option<String> {
    let (pages, records) = (stream.pages?, stream.records.unwrap_or(0));
    let parts = if stream.partitions > 0 { format!(", {} partitions", stream.partitions) } else { String::new() };
    Some(format!("The next sync goes on with {} behind {pages} pages ({records} records{parts}).", stream.stream))
}

fn compared(context: &Context, two: &RunComparison) {
    let out = &context.out;
    if context.out.json {
        return out.answer(two);
    }
    let names = ["", &two.before.run.id, &two.after.run.id, "difference"].map(str::to_owned);
    let number = |name: &str, before: u64, after: u64| {
        let more = i128::from(after) - i128::from(before);
        let more = if more > 0 { format!("+{more}") } else { more.to_string() };
        vec![Some(name.to_owned()), Some(before.to_string()), Some(after.to_string()), Some(more)]
    };
    let mut rows = vec![vec![
        Some("result".to_owned()),
        Some(word(two.before.run.outcome)),
        Some(word(two.after.run.outcome)),
        None,
    ]];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate for people")]
    let counts = |view: &RunView| {
        let counts = &view.run.counts;
        [
            ("records read", counts.read),
            ("new", counts.new),
            ("updated", counts.updated),
            ("unchanged", counts.unchanged),
            ("requests", counts.requests),
            ("retries", counts.retries),
            ("bytes", counts.bytes),
            ("milliseconds", view.duration_ms),
            ("records a second", view.rate.round() as u64),
        ]
    };
    let pairs = counts(&two.before).into_iter().zip(counts(&two.after));
    rows.extend(pairs.map(|((name, before), (_, after))| number(name, before, after)));
    out.line(&table::render(&names, &rows, &[false, true, true, true]));
    if !two.schema_known {
        return out.line("The columns of one of them are not known.");
    }
    two.schema.iter().for_each(|change| out.line(&changed(change)));
}

fn changed(change: &SchemaChange) -> String {
    let name = format!("{} {}", change.stream, change.column);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{name}: {before} became {after}"),
        (Some(before), None) => format!("{name}: gone (was {before})"),
        (_, after) => format!("{name}: new ({})", after.as_deref().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::changed;
    use api::contract::SchemaChange;

    #[test]
    fn a_change_of_a_column_is_one_line() {
        let change = |before: Option<&str>, after: Option<&str>| {
            changed(&SchemaChange {
                stream: "s".to_owned(),
                column: "c".to_owned(),
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
            })
        };
        assert_eq!(change(Some("string"), Some("date")), "s c: string became date");
        assert_eq!(
            (change(None, Some("date")), change(Some("json"), None)),
            ("s c: new (date)".into(), "s c: gone (was json)".into())
        );
    }
}
