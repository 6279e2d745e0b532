//! What the tests share: definitions, a sink in memory, a run.

use definition::{Definition, Problem, Secret};
use engine::batch::{Batch, Cell};
use engine::capture::Capture;
use engine::config::ConfigValues;
use engine::event::RunEvent;
use engine::plan::Plan;
use engine::run::{ReadLimits, RunOptions, StreamResult, read_stream};
use engine::sink::{Sink, StreamShape, Written};
use engine::state::StreamState;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

/// A key that must never be seen.
pub const CANARY: &str = "kanarienvogel-4711";

/// A definition of one stream, `items`, with the parts given.
pub fn definition(base: &str, http: Value, stream: Value) -> Definition {
    let mut whole = json!({
        "tapwright": 1,
        "name": "test",
        "config": [{"name": "key", "type": "secret"}],
        "http": {"base_url": base, "retry": {"max_attempts": 3, "backoff": {"type": "constant", "wait": "1ms"}}},
        "streams": [{
            "name": "items",
            "request": {"path": "/items"},
            "records": {"path": "$.items[*]"},
            "key": ["id"],
            "fields": [{"name": "id", "from": "$.id", "type": "integer"}, {"name": "name", "from": "$.name", "type": "string"}],
        }],
    });
    merge(&mut whole["http"], http);
    merge(&mut whole["streams"][0], stream);
    serde_json::from_value(whole).unwrap()
}

fn merge(into: &mut Value, from: Value) {
    for (name, value) in from.as_object().unwrap() {
        into[name] = value.clone();
    }
}

/// The plan of a definition, with the canary as its key.
pub fn plan(definition: &Definition) -> Arc<Plan> {
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new(CANARY));
    Arc::new(Plan::compile(definition, &config).unwrap_or_else(|faults| panic!("{faults:?}")))
}

/// What a sink holds.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Table {
    pub rows: BTreeMap<String, Vec<String>>,
    pub state: Option<StreamState>,
    /// Records written in all, repeats included.
    pub written: u64,
    pub finished: u32,
    /// How often a limit was told.
    pub limited: u32,
    pub most_in_a_batch: usize,
    /// Batches that went together, at most.
    pub most_together: usize,
}

/// A sink in memory. Clones share the table.
#[derive(Debug, Default, Clone)]
pub struct MemorySink(pub Arc<Mutex<Table>>);

impl MemorySink {
    pub fn table(&self) -> Table {
        self.0.lock().unwrap().clone()
    }

    /// The keys, in order.
    pub fn ids(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.table().rows.keys().map(|id| id.parse().unwrap()).collect();
        ids.sort_unstable();
        ids
    }
}

impl Sink for MemorySink {
    fn open(&mut self, _shape: &StreamShape) -> Result<Option<StreamState>, Problem> {
        Ok(self.table().state)
    }

    fn write(&mut self, batch: &Batch, state: &StreamState) -> Result<Written, Problem> {
        let mut table = self.0.lock().unwrap();
        let mut written = Written::default();
        for index in 0..batch.len() {
            let row: Vec<String> = batch.row(index).iter().map(|cell| show(batch, cell)).collect();
            match table.rows.insert(row[0].clone(), row.clone()) {
                None => written.new += 1,
                Some(old) if old == row => written.unchanged += 1,
                Some(_) => written.updated += 1,
            }
        }
        table.written += batch.len() as u64;
        table.most_in_a_batch = table.most_in_a_batch.max(batch.len());
        table.state.get_or_insert_default().absorb(state.clone());
        Ok(written)
    }

    fn write_together(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Problem> {
        let mut written = Written::default();
        for batch in batches {
            written += self.write(batch, state)?;
        }
        let mut table = self.0.lock().unwrap();
        table.most_together = table.most_together.max(batches.len());
        Ok(written)
    }

    fn finish(&mut self, state: &StreamState) -> Result<Written, Problem> {
        let mut table = self.0.lock().unwrap();
        table.finished += 1;
        table.state = Some(state.clone());
        Ok(Written::default())
    }

    fn limited(&mut self) -> Result<(), Problem> {
        self.0.lock().unwrap().limited += 1;
        Ok(())
    }
}

fn show(batch: &Batch, cell: &Cell) -> String {
    match cell {
        Cell::Null => "null".to_owned(),
        Cell::Bool(value) => value.to_string(),
        Cell::Int(value) => value.to_string(),
        Cell::Float(value) => value.to_string(),
        Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => batch.text(*span).to_owned(),
    }
}

/// A run's events.
#[derive(Clone, Default)]
pub struct Events(Arc<Mutex<Vec<RunEvent>>>);

impl Events {
    pub fn all(&self) -> Vec<RunEvent> {
        self.0.lock().unwrap().clone()
    }
}

/// Options that keep events and pages.
pub fn options(events: &Events, capture: &Capture) -> RunOptions {
    let events = Arc::clone(&events.0);
    RunOptions {
        limits: ReadLimits::default(),
        full: false,
        state: None,
        capture: Some(capture.clone()),
        part: None,
        events: Arc::new(move |event| events.lock().unwrap().push(event)),
        cancel: CancellationToken::new(),
    }
}

/// Reads `items` into a sink.
pub async fn read(definition: &Definition, sink: &MemorySink) -> (StreamResult, Vec<RunEvent>) {
    let events = Events::default();
    // As in a sync: a preview's capture would have each answer read as one document.
    let options = RunOptions { capture: None, ..options(&events, &Capture::default()) };
    let result = read_stream(plan(definition), "items", Box::new(sink.clone()), options).await;
    (result, events.all())
}

/// Records `from..to`.
pub fn records(from: usize, to: usize) -> Vec<Value> {
    (from..to).map(|id| json!({"id": id, "name": format!("n{id}")})).collect()
}
