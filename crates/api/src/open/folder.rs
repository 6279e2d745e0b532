//! A folder, or a file of data: its files are looked at, and the workbench opens with what was found.

use super::first::until;
use crate::app::{App, blocking, new_id};
use crate::contract::{Workbench, WorkbenchStage};
use crate::preview;
use crate::workbench::{Bench, State, keep};
use definition::{Problem, ProblemKind, Stage, to_yaml};
use engine::source::files::{ProposedFiles, looks_like_data, propose};
use serde_json::Value;
use std::path::PathBuf;

/// The longest path that is looked for.
const LONGEST: usize = 4096;

/// The path that a text is, where it leads to data. An error: it is a path, and nothing is there.
pub(super) fn path(text: &str) -> Result<Option<PathBuf>, Problem> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.is_empty() || text.len() > LONGEST || text.contains(['\n', '{', '\0']) {
        return Ok(None);
    }
    let bare = text.strip_prefix("file://").unwrap_or(text);
    let path = match bare.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(bare),
    };
    if looks_like_data(&path) {
        return Ok(Some(path));
    }
    let like_path = bare != text || ["/", "./", "../", "~/"].iter().any(|start| bare.starts_with(start));
    if like_path && !bare.contains(' ') && !path.exists() {
        let message = format!("There is no file or folder {}.", path.display());
        return Err(Problem::new("no_folder", ProblemKind::Config, Stage::Open, message)
            .hint("Check the path. A folder is read with all data files in it."));
    }
    Ok(None)
}

/// Looks at the files and opens what they are.
pub(super) async fn open(app: &App, path: PathBuf) -> Result<Workbench, Problem> {
    let ProposedFiles { definition, folder, detection } = blocking(move || propose(&path)).await?;
    let text = to_yaml(&definition);
    let stream = definition.streams.first().map(|stream| stream.name.clone()).unwrap_or_default();
    let mut state = State::new(definition, text.clone(), WorkbenchStage::Ready);
    state.origin = text;
    state.values.insert("folder".to_owned(), Value::from(folder));
    state.detection = Some(detection);
    let bench = app.keep_bench(Bench::new(new_id(), state));
    keep(app, &bench).await?;
    let token = bench.begin(app);
    {
        let _work = bench.work.lock().await;
        let read = until(&token, preview::read(app, &bench, &stream, token.clone())).await;
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
