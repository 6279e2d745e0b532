//! Keeping a workbench, so that a crash loses nothing. Responses are not kept.

use super::{Bench, OpenedDatabase, State};
use crate::app::App;
use crate::contract::{AuthAsk, WorkbenchStage};
use definition::{Document, Problem};
use engine::detect::Detection;
use formats::Collection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Connection, Connector};

/// What is kept beside the definition.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
struct Extra {
    stage: WorkbenchStage,
    ask: Option<AuthAsk>,
    prefix: String,
    detections: BTreeMap<String, Detection>,
    /// What was detected of the first stream, where an earlier version kept it.
    #[serde(skip_serializing)]
    detection: Option<Detection>,
    notes: Vec<String>,
    problem: Option<Problem>,
    values: BTreeMap<String, Value>,
    given: Vec<String>,
    origin: String,
    database: Option<OpenedDatabase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<Arc<Collection>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<String>,
    /// The text as typed, while it is no definition.
    draft: Option<String>,
}

impl Default for Extra {
    fn default() -> Self {
        Self {
            // What another way put into the store has shown its sheet to nobody yet.
            stage: WorkbenchStage::Trust,
            ask: None,
            prefix: String::new(),
            detections: BTreeMap::new(),
            detection: None,
            notes: Vec::new(),
            problem: None,
            values: BTreeMap::new(),
            given: Vec::new(),
            origin: String::new(),
            database: None,
            collection: None,
            unread: Vec::new(),
            draft: None,
        }
    }
}

/// Keeps a workbench as it stands.
pub(crate) async fn keep(app: &App, bench: &Bench) -> Result<(), Problem> {
    let connector = bench.with(|state| connector(bench.id(), state));
    app.store().put_connector(&connector).await
}

fn connector(id: &str, state: &State) -> Connector {
    let extra = Extra {
        stage: state.stage,
        ask: state.ask.clone(),
        prefix: state.prefix.clone(),
        detections: state.detections.clone(),
        detection: None,
        notes: state.notes.clone(),
        problem: state.problem.clone(),
        values: state.values.clone(),
        given: state.given.clone(),
        origin: state.origin.clone(),
        database: state.database.clone(),
        collection: state.collection.clone(),
        unread: state.unread.clone(),
        draft: state.draft.as_ref().map(|(text, _)| text.clone()),
    };
    let name = if state.definition.name.is_empty() { "unreadable" } else { &state.definition.name };
    Connector {
        id: id.to_owned(),
        name: name.to_owned(),
        text: state.text.clone(),
        draft: state.connection.is_none(),
        // Maps with text keys and the contract's own types: they always serialize.
        extra: serde_json::to_string(&extra).unwrap_or_else(|_| "{}".to_owned()),
        changed_at: String::new(),
    }
}

/// Where a kept draft began, and at which stage it stands.
pub(crate) fn origin(connector: &Connector) -> (String, WorkbenchStage) {
    let extra: Extra = serde_json::from_str(&connector.extra).unwrap_or_default();
    (extra.origin, extra.stage)
}

impl Bench {
    /// A workbench as it was kept.
    pub fn restore(connector: Connector, connection: Option<Connection>) -> Self {
        let extra: Extra = serde_json::from_str(&connector.extra).unwrap_or_default();
        let mut state = match Document::parse_loose(&connector.text) {
            Ok((document, unknown)) => {
                let (text, definition) = document.into_parts();
                State::read(definition, text, unknown, extra.stage)
            }
            Err(faults) => super::super::open::unreadable(connector.text, faults),
        };
        state.ask = extra.ask;
        state.prefix = extra.prefix;
        state.detections = extra.detections;
        if let (Some(stream), Some(detection)) = (state.definition.streams.first(), extra.detection) {
            state.detections.entry(stream.name.clone()).or_insert(detection);
        }
        state.notes = extra.notes;
        state.problem = state.problem.or(extra.problem);
        state.values = extra.values;
        state.given = extra.given;
        state.origin = extra.origin;
        state.database = extra.database;
        state.collection = extra.collection;
        state.unread = extra.unread;
        // What was typed may be right by now: another version knows other keys.
        state.draft = extra.draft.and_then(|text| Document::parse_loose(&text).err().map(|faults| (text, faults)));
        if let Some(connection) = connection {
            state.values = connection.values;
            state.given = connection.secret_names;
            state.connection = Some(connection.id);
            if state.stage == WorkbenchStage::Trust {
                state.stage = WorkbenchStage::Ready;
            }
        }
        Self::new(connector.id, state)
    }
}
