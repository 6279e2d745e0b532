//! `metrics`: what runs counted.

use super::{Context, call};
use crate::{args, exit, table};
use api::contract::ConnectionMetrics;
use definition::Problem;
use serde_json::json;

/// Tells them.
pub async fn run(context: &Context, args: &args::Metrics) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let request = json!({"connection": args.connection, "runs": args.runs});
    let all: Vec<ConnectionMetrics> = call(&app, "metrics", request).await?;
    app.close().await;
    if args.prometheus {
        out.text(&api::health::prometheus::text(&all, None));
        return Ok(exit::DONE);
    }
    if out.json {
        out.answer(&json!({"connections": all}));
        return Ok(exit::DONE);
    }
    let names = ["connection", "stream", "read", "new", "updated", "requests", "retries", "bytes", "p50 ms", "p95 ms"];
    let names = names.map(str::to_owned);
    let mut rows = Vec::new();
    for (one, stream) in all.iter().flat_map(|one| one.streams.iter().map(move |stream| (one, stream))) {
        let counts = &stream.counts;
        let numbers = [counts.read, counts.new, counts.updated, counts.requests, counts.retries, counts.bytes];
        let mut row = vec![Some(one.name.clone()), Some(stream.stream.clone())];
        row.extend(numbers.map(|number| Some(number.to_string())));
        row.extend([stream.latency.p50_ms, stream.latency.p95_ms].map(|ms| ms.map(|ms| ms.to_string())));
        rows.push(row);
    }
    if rows.is_empty() {
        out.say("Nothing was counted yet: `tapwright sync CONNECTION` does.");
        return Ok(exit::DONE);
    }
    let right: Vec<bool> = (0..names.len()).map(|column| column > 1).collect();
    out.line(&table::render(&names, &rows, &right));
    Ok(exit::DONE)
}
