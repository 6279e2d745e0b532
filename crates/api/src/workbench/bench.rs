//! A workbench as it lives in memory: looked at at any time, changed by one network call at a time.

use super::State;
use crate::app::{App, lock};
use crate::contract::{Workbench, WorkbenchStage};
use crate::{open, preview, share};
use definition::{Definition, Problem, ProblemKind, Stage};
use std::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// One connector on the bench.
pub(crate) struct Bench {
    id: String,
    state: Mutex<State>,
    /// The parent of all that goes on.
    cancel: Mutex<Option<CancellationToken>>,
    /// Held by what waits for the network. Views never wait for it.
    pub work: tokio::sync::Mutex<()>,
}

impl Bench {
    pub fn new(id: String, state: State) -> Self {
        Self { id, state: Mutex::new(state), cancel: Mutex::default(), work: tokio::sync::Mutex::new(()) }
    }

    /// Its id: the connector's.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Looks at it or changes it. Must not wait for anything inside.
    pub fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut lock(&self.state))
    }

    /// Stops all that it waits for.
    pub fn cancel(&self) {
        if let Some(all) = lock(&self.cancel).take() {
            all.cancel();
        }
    }

    /// A token for a thing to wait for. It stops with the app, too.
    pub fn begin(&self, app: &App) -> CancellationToken {
        lock(&self.cancel).get_or_insert_with(|| app.token()).child_token()
    }

    /// Who owns its secrets: the connection once there is one, else the draft.
    pub fn owner(&self) -> String {
        self.with(|state| state.connection.clone()).unwrap_or_else(|| self.id.clone())
    }

    /// Refuses whatever would send: a definition from elsewhere that nobody agreed to sends nothing.
    ///
    /// # Errors
    /// Where it is not trusted yet.
    pub fn trusted(&self) -> Result<(), Problem> {
        if self.with(|state| state.stage) != WorkbenchStage::Trust {
            return Ok(());
        }
        let message = "This definition is not trusted yet.";
        Err(Problem::new("not_trusted", ProblemKind::Config, Stage::Open, message)
            .hint("Look at whom it calls first. Nothing was sent."))
    }

    /// As a client sees it.
    pub fn view(&self) -> Workbench {
        self.with(|state| Workbench {
            definition: state.definition.clone(),
            yaml: state.shown_text().to_owned(),
            ..self.view_without(state)
        })
    }

    /// The same, the definition and its text left empty.
    pub fn view_without(&self, state: &State) -> Workbench {
        let first = state.definition.streams.first().map(|stream| stream.name.as_str()).unwrap_or_default();
        let trust = (state.stage == WorkbenchStage::Trust).then(|| {
            let sheet = share::trust_sheet(&state.definition, &state.given, &state.values);
            crate::contract::TrustSheet { bundled: crate::examples::is_bundled(&state.text), ..sheet }
        });
        let tables = state.stage == crate::contract::WorkbenchStage::Tables;
        Workbench {
            id: self.id.clone(),
            stage: state.stage,
            definition: Definition::default(),
            yaml: String::new(),
            revision: state.revision(),
            text_faults: state.draft.as_ref().map(|(_, faults)| faults.clone()).unwrap_or_default(),
            faults: state.faults.clone(),
            accepted: state.connection.is_some(),
            connection: state.connection.clone(),
            ask: state.ask.clone().filter(|_| state.stage == crate::contract::WorkbenchStage::Key),
            trust,
            database: tables.then(|| state.database.as_ref().map(open::asked_database)).flatten(),
            endpoints: state.collection.as_deref().map(open::asked_endpoints),
            detection: state.first_detection().cloned(),
            offers: offers(state),
            notes: state.notes.clone(),
            problem: state.problem.clone(),
            preview: state.shown.get(first).map(|shown| preview::view(shown, state.detections.get(first))),
            can_undo: !state.undo.is_empty() || state.draft.is_some(),
            can_redo: !state.redo.is_empty(),
            undo: match &state.draft {
                Some(_) => Some("the text as typed".to_owned()),
                None => state.undo.back().map(|edition| edition.why.clone()),
            },
            redo: state.redo.last().map(|edition| edition.why.clone()),
        }
    }
}

/// What stands fixed in the requests of a connector that was made from one.
fn offers(state: &State) -> Vec<engine::detect::Offer> {
    match state.first_detection() {
        Some(detection) if state.stage == WorkbenchStage::Ready => engine::detect::offers(&state.definition, detection),
        _ => Vec::new(),
    }
}
