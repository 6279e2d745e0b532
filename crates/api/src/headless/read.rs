//! Reads a definition's streams into a sink: the one loop, without the app's store.

use super::destination::Destination;
use definition::{Definition, Problem};
use engine::batch::Column;
use engine::config::ConfigValues;
use engine::event::{Counts, EventSink, Outcome};
use engine::hook::{Hooks, RunEnd};
use engine::plan::Plan;
use engine::run::{PartPick, ReadLimits, RunOptions, read_stream};
use std::sync::Arc;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// What is read, and how.
pub struct Read {
    /// The streams; all where there are none.
    pub streams: Vec<String>,
    /// Small limits, for a preview.
    pub limits: ReadLimits,
    /// The one part of a stream with partitions that is read; all where it is left out.
    pub part: Option<PartPick>,
    /// Whether everything is read anew.
    pub full: bool,
    /// Whether to wait where another read of the connector writes to the same place; else that is a problem, `busy`.
    pub wait: bool,
    /// Where events go.
    pub events: EventSink,
    /// Stops it; what was read is kept.
    pub cancel: CancellationToken,
}

/// How a stream ended.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamEnd {
    /// The stream.
    pub stream: String,
    /// How.
    pub outcome: Outcome,
    /// What it did.
    pub counts: Counts,
    /// Milliseconds.
    pub duration_ms: u64,
    /// How long its requests took.
    pub latency: engine::http::Latency,
    /// Why it did not end well.
    pub problem: Option<Problem>,
    /// Members of its records that are in no column and did not come before.
    pub new_fields: Vec<engine::event::NewField>,
}

/// Reads the streams, one after the other. A stream that fails does not keep the next from being read; one that is
/// stopped does.
///
/// # Errors
/// Where the definition and the values have faults, or there is no such stream. What happens later is told by each
/// stream's end.
pub async fn read(
    definition: &Definition,
    config: &ConfigValues,
    destination: Destination,
    read: Read,
) -> Result<Vec<StreamEnd>, Problem> {
    let plan = Arc::new(super::plan(definition, config)?);
    let streams = chosen(&plan, read.streams.clone())?;
    let place = super::alone::place(&destination, &definition.name);
    let _alone = super::alone::take(place, &definition.name, read.wait, &read.cancel).await?;
    // A preview is no run.
    let hooks = (read.limits == ReadLimits::default())
        .then(|| Hooks::new(Arc::clone(&plan), &definition.name, Arc::clone(&read.events)));
    let Some(hooks) = hooks else { return Ok(read_all(&plan, streams, destination, read).await) };
    if let Err(problem) = hooks.before().await {
        let end = RunEnd { outcome: Outcome::Failed, counts: Counts::default(), problem: Some(&problem) };
        hooks.after(&end).await;
        return Err(problem);
    }
    let events = hooks.events();
    let ends = read_all(&plan, streams, destination, Read { events, ..read }).await;
    hooks.after(&run_end(&ends)).await;
    Ok(ends)
}

/// The streams' ends as one.
fn run_end(ends: &[StreamEnd]) -> RunEnd<'_> {
    let mut counts = Counts::default();
    ends.iter().for_each(|end| counts += end.counts);
    let outcome = Outcome::of_streams(&ends.iter().map(|end| end.outcome).collect::<Vec<_>>());
    RunEnd { outcome, counts, problem: ends.iter().find_map(|end| end.problem.as_ref()) }
}

/// Reads the streams, one after the other.
async fn read_all(plan: &Arc<Plan>, streams: Vec<String>, destination: Destination, read: Read) -> Vec<StreamEnd> {
    let mut destination = Some(destination);
    let mut ends = Vec::new();
    for stream in streams {
        let Some(sink) = Destination::sink(&mut destination) else { break };
        let options = RunOptions {
            limits: read.limits,
            full: read.full,
            state: None,
            capture: None,
            part: read.part.clone(),
            events: Arc::clone(&read.events),
            cancel: read.cancel.clone(),
        };
        let begin = Instant::now();
        let result = read_stream(Arc::clone(plan), &stream, sink, options).await;
        let duration_ms = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        let stopped = result.outcome == Outcome::Cancelled;
        ends.push(StreamEnd {
            stream,
            outcome: result.outcome,
            counts: result.counts,
            duration_ms,
            latency: result.latency,
            problem: result.problem,
            new_fields: result.new_fields,
        });
        if stopped {
            break;
        }
    }
    ends
}

/// A stream's columns, as its records have them.
///
/// # Errors
/// Where the definition and the values have faults.
pub fn columns(definition: &Definition, config: &ConfigValues, stream: &str) -> Result<Vec<Column>, Problem> {
    Ok(super::plan(definition, config)?.columns(stream))
}

/// Sends the definition's check, where it has one. Gives who is signed in, where the definition says how to tell.
///
/// # Errors
/// Where the definition and the values have faults, or the check fails.
pub async fn check(definition: &Definition, config: &ConfigValues) -> Result<Option<String>, Problem> {
    let plan = super::plan(definition, config)?;
    if definition.check.is_none() {
        return Ok(None);
    }
    engine::run::check(Arc::new(plan)).await
}

fn chosen(plan: &Plan, wanted: Vec<String>) -> Result<Vec<String>, Problem> {
    let all = plan.streams();
    if let Some(unknown) = wanted.iter().find(|name| !all.contains(&name.as_str())) {
        let message = format!("There is no stream `{unknown}`.");
        return Err(Problem::new("unknown_stream", definition::ProblemKind::Config, definition::Stage::Plan, message)
            .hint(format!("There are: {}.", all.join(", "))));
    }
    Ok(if wanted.is_empty() { all.into_iter().map(str::to_owned).collect() } else { wanted })
}
