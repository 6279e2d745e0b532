//! A URL or a curl command becomes a draft, and is sent once.

use super::first;
use crate::app::{App, Kept, new_id};
use crate::contract::{Workbench, WorkbenchStage};
use crate::workbench::{Bench, State, keep, origin};
use definition::{Problem, to_yaml};
use formats::RequestDraft;

/// Opens a draft.
pub(super) async fn open(app: &App, draft: RequestDraft) -> Result<Workbench, Problem> {
    let text = to_yaml(&draft.definition);
    let id = forerunner(app, &text, &[WorkbenchStage::Failed, WorkbenchStage::Key]).await?.unwrap_or_else(new_id);
    let mut state = State::new(draft.definition, text.clone(), WorkbenchStage::Failed);
    state.origin = text;
    state.values = draft.values;
    state.notes = draft.notes;
    state.notes.extend(draft.losses);
    for (name, secret) in &draft.secrets {
        if let Kept::Session(reason) = app.vault().set(&id, name, secret).await {
            state.note(format!("The key is not kept: it is used until the app is closed. {reason}"));
        }
        state.given.push(name.clone());
    }
    let bench = app.keep_bench(Bench::new(id, state));
    keep(app, &bench).await?;
    first(app, &bench).await?;
    Ok(bench.view())
}

/// A draft of the same request that never led to records: pasting it again goes on with that one.
pub(super) async fn forerunner(app: &App, text: &str, stages: &[WorkbenchStage]) -> Result<Option<String>, Problem> {
    let drafts = app.store().connectors().await?.into_iter().filter(|connector| connector.draft);
    let fits = |(from, stage): (String, WorkbenchStage)| from == text && stages.contains(&stage);
    Ok(drafts.filter(|connector| fits(origin(connector))).map(|connector| connector.id).next())
}
