//! `check`: signs in and reads the first page.

use super::{Context, preview};
use crate::{args, exit, target};
use definition::Problem;
use engine::event::Outcome;
use engine::run::ReadLimits;
use serde_json::json;

/// Checks.
pub async fn run(context: &Context, args: args::Check) -> Result<u8, Problem> {
    let out = &context.out;
    let target = target::load(&args.target, &args.values, context.data_dir(), async || context.app().await).await?;
    let stream = preview::stream_name(&target, args.stream)?;
    let identity = api::headless::check(&target.definition, &target.config).await?;
    let limits = ReadLimits { pages: Some(1), records: None };
    let (end, records) = preview::first_records(context, &target, &stream, limits).await?;
    let is_fine = matches!(end.outcome, Outcome::Done | Outcome::Limited);
    if let Some(problem) = &end.problem {
        out.problem(problem);
    }
    if out.json {
        out.answer(&json!({"ok": is_fine, "identity": identity, "stream": stream, "records": records.len(), "requests": end.counts.requests,
                           "bytes": end.counts.bytes, "duration_ms": end.duration_ms, "faults": end.counts.faults}));
    } else if is_fine {
        if let Some(identity) = identity {
            out.line(&format!("signed in as {identity}"));
        }
        let faults =
            if end.counts.faults > 0 { format!("; {} values do not fit", end.counts.faults) } else { String::new() };
        out.line(&format!(
            "ok: {} records on the first page of {stream}, in {} ms{faults}",
            records.len(),
            end.duration_ms
        ));
    }
    Ok(exit::of_streams(&[exit::End { outcome: end.outcome, problem: end.problem.as_ref() }], false))
}
