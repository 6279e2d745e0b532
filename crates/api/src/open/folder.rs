//! A folder, or a file of data: its files are looked at, and the workbench opens with what was found.

use super::first::until;
use crate::app::{App, blocking, new_id};
use crate::contract::{Workbench, WorkbenchStage};
use crate::preview;
use crate::workbench::{Bench, State, keep};
use definition::{Problem, to_yaml};
use engine::source::files::{ProposedFiles, propose};
use serde_json::Value;
use std::path::PathBuf;

/// Looks at the files and opens what they are.
pub(super) async fn open(app: &App, path: PathBuf) -> Result<Workbench, Problem> {
    let ProposedFiles { definition, folder, detection } = blocking(move || propose(&path)).await?;
    let text = to_yaml(&definition);
    let stream = definition.streams.first().map(|stream| stream.name.clone()).unwrap_or_default();
    let mut state = State::new(definition, text.clone(), WorkbenchStage::Ready);
    state.origin = text;
    state.values.insert("folder".to_owned(), Value::from(folder));
    state.detections.insert(stream.clone(), detection);
    let bench = app.keep_bench(Bench::new(new_id(), state));
    keep(app, &bench).await?;
    let token = bench.begin(app);
    {
        let _work = bench.work.lock().await;
        let read = until(&token, preview::read(app, &bench, &stream, token.clone(), Default::default())).await;
        match read.and_then(|read| read) {
            Ok(shown) => _ = preview::put(&bench, shown),
            Err(problem) => bench.with(|state| {
                state.stage = WorkbenchStage::Failed;
                state.problem = Some(problem);
            }),
        }
    }
    keep(app, &bench).await?;
    Ok(bench.view())
}
