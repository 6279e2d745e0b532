//! The definition as text: typed, kept while it is at fault, and read as soon as it is a definition again.

use super::State;
use crate::app::App;
use crate::contract::{EditList, Id, SetText, UndoMany, Workbench};
use definition::{Problem, ProblemKind, Stage};

/// Puts another text in.
pub(crate) async fn set_text(app: &App, request: SetText) -> Result<Workbench, Problem> {
    super::edit::change(app, &request.id, |state| {
        take_text(state, request.text);
        Ok(())
    })
    .await
}

/// Takes a text as it was typed: while it is no definition it is kept, with its faults.
pub(super) fn take_text(state: &mut State, text: String) {
    match state.reread(&text) {
        Ok(read) => {
            state.draft = None;
            state.type_text(read, text);
        }
        Err(faults) => state.draft = Some((text, faults)),
    }
}

/// What was changed, and what was taken back.
pub(crate) async fn edits(app: &App, request: Id) -> Result<EditList, Problem> {
    let bench = app.bench(&request.id).await?;
    Ok(bench.with(|state| EditList {
        done: state.undo.iter().map(|edition| edition.why.clone()).collect(),
        undone: state.redo.iter().rev().map(|edition| edition.why.clone()).collect(),
    }))
}

/// Takes several changes back, or does them again.
pub(crate) async fn undo_many(app: &App, request: UndoMany) -> Result<Workbench, Problem> {
    super::edit::change(app, &request.id, |state| {
        for _ in 0..request.steps.unsigned_abs() {
            if !(if request.steps > 0 { state.undo() } else { state.redo() }) {
                break;
            }
        }
        Ok(())
    })
    .await
}

/// A form can't change what can't be read.
pub(super) fn readable(state: &State) -> Result<(), Problem> {
    if state.draft.is_none() {
        return Ok(());
    }
    Err(Problem::new(
        "text_at_fault",
        ProblemKind::Config,
        Stage::Open,
        "The definition's text can't be read as it stands.",
    )
    .hint("Mend the marked lines in the YAML view, or undo what you typed there."))
}
