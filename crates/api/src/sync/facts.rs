//! What of a run is kept beside its list: charts, columns, failed requests.

use super::Live;
use crate::app::App;
use crate::contract::RunSeries;
use definition::{Definition, Problem};
use engine::capture::SentRequest;
use std::collections::BTreeMap;
use store::RunFact;

const SERIES: &str = "series";
const COLUMNS: &str = "columns";
const FAILED: &str = "failed";

/// The columns of streams: names and types.
pub(super) type Columns = BTreeMap<String, Vec<(String, String)>>;

/// Keeps the charts of a run that goes on, and the requests that failed.
pub(super) async fn save(app: &App, live: &Live) -> Result<(), Problem> {
    let series = live.every_series();
    let mut facts: Vec<RunFact> = series.iter().map(|one| fact(SERIES, &one.stream, one)).collect();
    facts.extend(live.failed().iter().map(|(stream, sent)| fact(FAILED, stream, sent)));
    app.store().put_run_facts(live.id(), &facts).await
}

/// Keeps which columns the streams of a run have.
pub(super) async fn save_columns(app: &App, run: &str, definition: &Definition) -> Result<(), Problem> {
    let columns: Columns = definition
        .streams
        .iter()
        .map(|stream| {
            let fields = stream.fields.iter().map(|field| (field.name.clone(), field.kind.as_str().to_owned()));
            (stream.name.clone(), fields.collect())
        })
        .collect();
    app.store().put_run_facts(run, &[fact(COLUMNS, "", &columns)]).await
}

/// A chart of a run that ended. Empty where none was kept.
pub(super) async fn series(app: &App, run: &str, stream: Option<&str>) -> Result<RunSeries, Problem> {
    let wanted = stream.unwrap_or_default();
    let mut found = app.store().run_facts(run, SERIES, Some(wanted)).await?;
    if found.is_empty() {
        // The only stream of a run is all of it.
        found = app.store().run_facts(run, SERIES, Some("")).await?;
        let streams = app.store().run(run).await?.map_or(0, |(_, streams)| streams.len());
        if streams > 1 {
            found.clear();
        }
    }
    let kept = found.first().and_then(|fact| serde_json::from_str::<RunSeries>(&fact.fact).ok());
    Ok(RunSeries { stream: wanted.to_owned(), ..kept.unwrap_or_default() })
}

/// The columns of a run's streams. None where they were not kept.
pub(super) async fn columns(app: &App, run: &str) -> Result<Option<Columns>, Problem> {
    let found = app.store().run_facts(run, COLUMNS, None).await?;
    Ok(found.first().and_then(|fact| serde_json::from_str(&fact.fact).ok()))
}

/// The requests that met a run's problems, by streams.
pub(super) async fn failed(app: &App, run: &str) -> Result<BTreeMap<String, SentRequest>, Problem> {
    let found = app.store().run_facts(run, FAILED, None).await?;
    let sent = |fact: RunFact| Some((fact.stream, serde_json::from_str(&fact.fact).ok()?));
    Ok(found.into_iter().filter_map(sent).collect())
}

fn fact(kind: &str, stream: &str, value: &impl serde::Serialize) -> RunFact {
    // The contract's own types: they always serialize.
    let fact = serde_json::to_string(value).unwrap_or_default();
    RunFact { kind: kind.to_owned(), stream: stream.to_owned(), fact }
}
