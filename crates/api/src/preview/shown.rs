//! What a preview shows: the pages that came, and the table that the definition makes of them.

use super::curl::curl;
use super::selected::Selected;
use super::table::{Made, Table, make};
use super::tree::Trees;
use crate::app::blocking;
use crate::contract::{PagePreview, PreviewAside, PreviewAsked, PreviewEnd, StreamPreview};
use crate::workbench::{Bench, State};
use definition::model::ConfigType;
use definition::{Definition, Problem};
use engine::capture::{AsideRequest, CapturedPage};
use engine::config::ConfigValues;
use engine::detect::{Detection, TypeEvidence};
use engine::http::Answer;
use engine::state::StreamState;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A stream's preview.
pub(crate) struct Shown {
    pub stream: String,
    /// Grows with every change of what is shown.
    pub version: u32,
    pub pages: Arc<Vec<CapturedPage>>,
    pub asides: Arc<Vec<AsideRequest>>,
    /// Requests beside the pages that are not kept.
    pub asides_left: u64,
    /// How much was to be read, and of which part.
    pub asked: PreviewAsked,
    /// Which of these limits ended it.
    pub ended: Option<PreviewEnd>,
    /// Requests that were sent.
    pub requests: u64,
    /// The first parts, as far as they are known.
    pub parts: Arc<Vec<String>>,
    /// How many of the pages count: behind a fault there may be one more to look at.
    pub good: usize,
    /// Whether a limit ended it.
    pub limited: bool,
    /// How many records there are in all, where the server says so.
    pub total: Option<u64>,
    /// Why reading ended early.
    pub problem: Option<Problem>,
    pub log: Vec<String>,
    /// The state that it started from.
    pub from: Option<StreamState>,
    /// The state after it.
    pub state: Option<StreamState>,
    pub table: Arc<Table>,
    /// Why mapping ended early.
    pub map_problem: Option<Problem>,
    pub trees: Arc<Trees>,
    /// Where the records are in the pages.
    pub selected: Arc<Selected>,
}

impl Shown {
    /// Maps its pages.
    fn make(&self, inputs: &Inputs) -> Made {
        let pages = &self.pages[..self.good.min(self.pages.len())];
        make(inputs, &self.stream, (pages, &self.selected), self.asked.records as usize)
    }
}

/// What mapping needs of a workbench, apart from its lock.
pub(super) struct Inputs {
    pub definition: Definition,
    pub config: ConfigValues,
    /// What types were seen, by stream.
    pub evidence: BTreeMap<String, Vec<TypeEvidence>>,
}

impl Inputs {
    pub fn of(state: &State) -> Self {
        let mut values = state.values.clone();
        for input in state.definition.config.iter().filter(|input| input.kind != ConfigType::Secret) {
            if let (Some(default), false) = (&input.default, values.contains_key(&input.name)) {
                values.insert(input.name.clone(), default.clone());
            }
        }
        // Mapping needs no secret, so it gets none.
        let config = ConfigValues { values, ..ConfigValues::default() };
        let evidence = state.detections.iter().map(|(stream, found)| (stream.clone(), found.types.clone())).collect();
        Self { definition: state.definition.clone(), config, evidence }
    }
}

/// As a client sees it, with what was detected of its stream.
pub(crate) fn view(shown: &Shown, detection: Option<&Detection>) -> StreamPreview {
    let page = |page: &CapturedPage| PagePreview {
        curl: curl(&page.request),
        request: page.request.clone(),
        response: page.response.clone(),
        records: u32::try_from(page.records).unwrap_or(u32::MAX),
        partition: page.partition.as_ref().filter(|values| !is_empty(values)).map(ToString::to_string),
    };
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    StreamPreview {
        stream: shown.stream.clone(),
        version: shown.version,
        pages: shown.pages.iter().map(page).collect(),
        asides: shown.asides.iter().map(aside_view).collect(),
        asides_left: small(shown.asides_left),
        asked: shown.asked.clone(),
        ended: shown.ended,
        requests: small(shown.requests),
        read: small(shown.pages.iter().take(shown.good).map(|page| page.records).sum()),
        parts: shown.parts.to_vec(),
        rows: u32::try_from(shown.table.rows.len()).unwrap_or(u32::MAX),
        limited: shown.limited || shown.table.limited,
        total: shown.total,
        fields: shown.table.fields.clone(),
        skipped: shown.table.skipped,
        problem: shown.map_problem.clone().or_else(|| shown.problem.clone()),
        log: shown.log.clone(),
        from: shown.from.clone(),
        state: shown.state.clone(),
        detection: detection.cloned(),
    }
}

/// Characters of a body beside the pages that come along with a preview; the rest is asked for.
const BODY: usize = 4_000;

fn aside_view(aside: &AsideRequest) -> PreviewAside {
    let end = aside.body.char_indices().nth(BODY).map(|(at, _)| at);
    PreviewAside {
        what: aside.what.clone(),
        stream: aside.stream.clone(),
        curl: curl(&aside.request),
        request: aside.request.clone(),
        response: aside.response.clone(),
        body: aside.body[..end.unwrap_or(aside.body.len())].to_owned(),
        more: end.is_some(),
        problem: aside.problem.clone(),
    }
}

fn is_empty(values: &serde_json::Value) -> bool {
    values.is_null() || values.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Maps the pages at hand anew where an edit changed what they become. Sends nothing. While the definition has faults,
/// the last good table stays.
pub(crate) async fn remap(bench: &Bench, before: &Definition) -> Result<(), Problem> {
    let inputs = bench.with(|state| {
        follow_names(state, before);
        let idle = state.shown.is_empty() || !state.faults.is_empty() || state.definition == *before;
        (!idle).then(|| Inputs::of(state))
    });
    let Some(inputs) = inputs else { return Ok(()) };
    let inputs = Arc::new(inputs);
    let all: Vec<Arc<Shown>> = bench.with(|state| state.shown.values().cloned().collect());
    for shown in all {
        if inputs.definition.stream(&shown.stream).is_none() {
            bench.with(|state| state.shown.remove(&shown.stream));
            continue;
        }
        let (given, old) = (Arc::clone(&inputs), Arc::clone(&shown));
        let made = blocking(move || Ok(old.make(&given))).await?;
        bench.with(|state| {
            let version = state.next_version();
            state.shown.insert(shown.stream.clone(), Arc::new(with_table(&shown, version, made)));
        });
    }
    Ok(())
}

fn with_table(shown: &Shown, version: u32, made: Made) -> Shown {
    Shown {
        stream: shown.stream.clone(),
        version,
        pages: Arc::clone(&shown.pages),
        asides: Arc::clone(&shown.asides),
        asides_left: shown.asides_left,
        asked: shown.asked.clone(),
        ended: shown.ended,
        requests: shown.requests,
        parts: Arc::clone(&shown.parts),
        good: shown.good,
        limited: shown.limited,
        total: shown.total,
        problem: shown.problem.clone(),
        log: shown.log.clone(),
        from: shown.from.clone(),
        state: shown.state.clone(),
        table: made.table,
        map_problem: made.problem,
        trees: Arc::clone(&shown.trees),
        selected: Arc::clone(&shown.selected),
    }
}

/// A stream that was renamed keeps its pages.
fn follow_names(state: &mut State, before: &Definition) {
    if before.streams.len() != state.definition.streams.len() {
        return;
    }
    let renamed: Vec<(String, String)> = before
        .streams
        .iter()
        .zip(&state.definition.streams)
        .filter(|(old, new)| old.name != new.name)
        .map(|(old, new)| (old.name.clone(), new.name.clone()))
        .collect();
    for (old, new) in renamed {
        if let Some(detection) = state.detections.remove(&old) {
            state.detections.insert(new.clone(), detection);
        }
        if let Some(shown) = state.shown.remove(&old) {
            let made = Made { table: Arc::clone(&shown.table), problem: shown.map_problem.clone() };
            let mut moved = with_table(&shown, shown.version, made);
            moved.stream.clone_from(&new);
            state.shown.insert(new, Arc::new(moved));
        }
    }
}

/// A captured page as an answer, for detection.
pub(crate) fn page_answer(page: &CapturedPage) -> Option<Answer> {
    Some(Answer {
        status: page.response.status,
        headers: page.response.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect(),
        body: page.body.clone(),
        url: url::Url::parse(&page.request.url).ok()?,
        request: page.request.clone(),
        response: page.response.clone(),
        ignored: false,
    })
}
