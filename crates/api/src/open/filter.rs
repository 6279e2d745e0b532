//! A filter's parameter that the person names is tried, and taken where it filters.

use super::first::until;
use super::writes::may_write;
use crate::app::App;
use crate::contract::{TryFilter, Workbench};
use crate::preview;
use crate::workbench::keep;
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::ReuseSlot;
use engine::detect::{PagerProbe, Part, apply, first_request, try_filter};
use engine::http::Redactor;

/// Tries a parameter as the filter of a stream: one request for its first page, two for the proof.
pub(crate) async fn filter_try(app: &App, request: TryFilter) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let name = request.name.trim().to_owned();
    let (definition, faults, values) =
        bench.with(|state| (state.definition.clone(), state.faults.clone(), state.values.clone()));
    if !faults.is_empty() {
        return Err(Problem::faulty(faults));
    }
    let stream = request.stream.as_str();
    let one = definition.streams.iter().find(|one| one.name == stream);
    let bad = |message: &str| Problem::new("no_filter", ProblemKind::Config, Stage::Open, message);
    let Some(one) = one.filter(|_| !name.is_empty()) else {
        return Err(bad("The parameter has no name.").hint("Write the name that the API's documentation gives."));
    };
    if !one.partitions.is_empty() {
        return Err(bad("A stream that is read in parts is not tried here.")
            .hint("Set the parameter under Incremental, and read the pages."));
    }
    let alone = Definition { streams: vec![one.clone()], ..definition.clone() };
    if may_write(&alone).is_some() {
        return Err(bad("The request may write, so it is not sent to try a parameter.")
            .hint("Set the parameter under Incremental."));
    }
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    let reuse = ReuseSlot::fresh();
    let mut config = app.vault().config(&bench.owner(), &alone, &values).await?;
    config.reuse = reuse.clone();
    app.wake_sample(&alone).await?;
    app.progress(bench.id(), "Sending the request");
    let first = until(&token, first_request(&alone, &config)).await??;
    let redactor = Redactor::new(&config);
    let probe = PagerProbe::new(config);
    let progress = |message: &str| app.progress(bench.id(), message);
    let tried = until(&token, try_filter(&alone, &first, &name, &probe, &progress)).await?;
    let found = tried.map_err(|problem| redactor.problem(problem))?;
    bench.with(|state| {
        let mut definition = state.definition.clone();
        apply(&found.choice, &mut definition, stream);
        state.edit(definition);
        if let Some(detection) = state.detections.get_mut(stream)
            && let Some(part) = detection.parts.iter_mut().find(|part| part.part == Part::Cursor)
        {
            part.candidates.retain(|other| other.choice != found.choice);
            part.candidates.insert(0, found);
        }
    });
    preview::put(&bench, preview::read(app, &bench, stream, token, reuse).await?);
    keep(app, &bench).await?;
    Ok(bench.view())
}
