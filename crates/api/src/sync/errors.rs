//! The problems of a run, each with the request that met it.

use super::{facts, get};
use crate::app::App;
use crate::contract::{Id, RunError};
use definition::Problem;
use engine::capture::SentRequest;
use std::collections::BTreeMap;

/// The problems of a run's streams; that of the run, where no stream has it.
pub(crate) async fn errors(app: &App, request: Id) -> Result<Vec<RunError>, Problem> {
    let live = app.lock_runs().get(&request.id).cloned();
    let sent: BTreeMap<String, SentRequest> = match live {
        Some(live) => live.failed().into_iter().collect(),
        None => facts::failed(app, &request.id).await?,
    };
    let view = get(app, request).await?;
    let mut errors: Vec<RunError> = Vec::new();
    for stream in view.streams {
        let Some(problem) = stream.problem else { continue };
        let sent = sent.get(&stream.stream).cloned();
        let curl = sent.as_ref().map(|sent| crate::preview::curl(&sent.request));
        errors.push(RunError { stream: stream.stream, problem, sent, curl });
    }
    if let Some(problem) = view.problem
        && errors.iter().all(|error| error.problem != problem)
    {
        errors.insert(0, RunError { stream: String::new(), problem, sent: None, curl: None });
    }
    Ok(errors)
}
