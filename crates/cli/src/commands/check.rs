//! `check`: whether a connection works, as named checks.

use super::{Context, preview};
use crate::out::Out;
use crate::{args, exit, stop, target};
use api::health::{self, HealthTarget};
use definition::Problem;
use engine::health::{HealthReport, HealthState, HealthStreams, StreamHealth};
use serde_json::{Value, json};

/// Checks.
pub async fn run(context: &Context, args: args::Check) -> Result<u8, Problem> {
    let out = &context.out;
    let target = target::load(&args.target, &args.values, context.data_dir(), async || context.app().await).await?;
    let streams = match (args.stream, args.fast) {
        (Some(name), _) => HealthStreams::One(preview::stream_name(&target, Some(name))?),
        (None, true) => HealthStreams::None,
        (None, false) => HealthStreams::All,
    };
    let connection = target.connection.as_ref().map(|kept| kept.id.clone());
    let app = if connection.is_some() { Some(context.app().await?) } else { None };
    let what = HealthTarget {
        definition: &target.definition,
        config: &target.config,
        connection: connection.as_deref(),
        locked: None,
    };
    let cancel = stop::on_signal(out);
    let report = tokio::select! {
        report = health::check(app.as_ref(), what, streams, args.timeout) => report,
        () = cancel.cancelled() => return Ok(exit::INTERRUPTED),
    };
    if let Some(app) = app {
        app.close().await;
    }
    tell(out, &report);
    let down = report.check("reachable").is_some_and(|check| check.state == HealthState::Fail);
    Ok(match report.state {
        // Whether the line or the server is broken: to a monitor the API is down.
        HealthState::Fail if down => exit::NETWORK,
        HealthState::Fail => report.problem().map_or(exit::FAILED, exit::of_problem),
        HealthState::Warn if args.strict => exit::FAILED,
        HealthState::Warn | HealthState::Pass | HealthState::Skipped => exit::DONE,
    })
}

fn tell(out: &Out, report: &HealthReport) {
    let failed = report.state == HealthState::Fail;
    if let Some(problem) = report.problem().filter(|_| failed) {
        out.problem(problem);
    }
    let read: Vec<&StreamHealth> =
        report.checks.iter().flat_map(|check| &check.streams).filter(|one| one.state >= HealthState::Pass).collect();
    if out.json {
        let mut answer = serde_json::to_value(report).unwrap_or(Value::Null);
        answer["ok"] = json!(!failed);
        answer["version"] = json!(env!("CARGO_PKG_VERSION"));
        answer["stream"] = json!(read.first().map(|one| &one.stream));
        answer["records"] = json!(read.iter().map(|one| one.records).sum::<u64>());
        answer["faults"] = json!(read.iter().map(|one| one.faults).sum::<u64>());
        out.answer(&answer);
        return;
    }
    if let Some(identity) = report.identity.as_ref().filter(|_| !failed) {
        out.line(&format!("signed in as {identity}"));
    }
    if !failed {
        out.line(&format!("ok: {}, in {} ms", read_text(&read), report.duration_ms));
    }
    for check in &report.checks {
        out.line(&line(check.state, &check.name, &check.detail, check.duration_ms));
        if check.streams.len() > 1 || check.streams.iter().any(|one| one.state > HealthState::Pass) {
            for one in &check.streams {
                let text = line(one.state, &one.stream, &one.detail, one.duration_ms);
                out.line(&format!("    {text}"));
            }
        }
        // The first problem stands above, with what to do.
        let hint = check.problem.as_ref().and_then(|problem| problem.hint.as_ref());
        if let Some(hint) = hint.filter(|_| report.problem() != check.problem.as_ref()) {
            out.line(&format!("            what to do: {hint}"));
        }
    }
}

fn read_text(read: &[&StreamHealth]) -> String {
    let records: u64 = read.iter().map(|one| one.records).sum();
    let faults: u64 = read.iter().map(|one| one.faults).sum();
    let faults = if faults > 0 { format!("; {faults} values do not fit") } else { String::new() };
    match read {
        [] => "the API answers".to_owned(),
        [one] => format!("{records} records on the first page of {}{faults}", one.stream),
        many => format!("{records} records on the first pages of {} streams{faults}", many.len()),
    }
}

fn line(state: HealthState, name: &str, detail: &str, ms: u64) -> String {
    let word = match state {
        HealthState::Pass => "pass",
        HealthState::Warn => "warn",
        HealthState::Fail => "FAIL",
        HealthState::Skipped => "skip",
    };
    // What comes from a server must not move the cursor.
    let detail: String = detail.chars().map(|c| if c.is_control() { '·' } else { c }).collect();
    let took = if ms > 0 { format!("  {ms} ms") } else { String::new() };
    format!("  {word}  {name:<12} {detail}{took}")
}
