//! A definition from elsewhere: opened, never run before it is trusted. A faulty one is opened with all its faults.

use crate::app::{App, new_id};
use crate::contract::{Workbench, WorkbenchStage};
use crate::workbench::{Bench, State, keep};
use definition::{Definition, Document, Fault, Problem};

/// Opens a definition's text.
pub(crate) async fn open(app: &App, text: String) -> Result<Workbench, Problem> {
    let state = match Document::parse_shape(&text) {
        Ok(document) => {
            let (text, definition) = document.into_parts();
            let mut state = State::read(definition, text, Vec::new(), WorkbenchStage::Trust);
            if !state.faults.is_empty() {
                state.stage = WorkbenchStage::Failed;
                state.problem = Some(Problem::faulty(state.faults.clone()));
            }
            state
        }
        Err(faults) => unreadable(text, faults),
    };
    let bench = app.keep_bench(Bench::new(new_id(), state));
    keep(app, &bench).await?;
    Ok(bench.view())
}

/// A text that can't be read as a definition: kept as it came, so that nothing is lost.
pub(crate) fn unreadable(text: String, faults: Vec<Fault>) -> State {
    let mut state = State::new(Definition::default(), text, WorkbenchStage::Failed);
    state.problem = Some(Problem::faulty(faults.clone()));
    state.faults = faults;
    state
}
