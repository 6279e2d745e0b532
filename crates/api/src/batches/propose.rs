//! Which column goes to which parameter: proposed by name and by what the values are, with the reason.

use super::survey::Survey;
use super::words::likeness;
use crate::contract::BatchProposal;
use definition::model::{Action, Param};
use engine::plan::Plan;
use serde_json::{Map, Value};

/// From here on a proposal is taken without asking.
const SURE: f64 = 0.55;

/// A proposal for each parameter. A column goes to one parameter at most.
pub(crate) fn propose(plan: &Plan, action: &Action, survey: &Survey) -> Vec<BatchProposal> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for (at, param) in action.params.iter().enumerate() {
        for (column, samples) in &survey.columns {
            if let Some((score, reason)) = likeness(&param.name, column) {
                let fits = Fits::of(plan, action, param, samples);
                pairs.push(Pair { at, column, confidence: score * fits.weight(), reason: fits.reason(&reason, param) });
            }
        }
    }
    pairs.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    let mut taken: Vec<&str> = Vec::new();
    let mut proposals: Vec<BatchProposal> = action.params.iter().map(nothing).collect();
    for pair in &pairs {
        let Some(proposal) = proposals.get_mut(pair.at) else { continue };
        if proposal.column.is_some() || taken.contains(&pair.column) {
            continue;
        }
        if pair.confidence < SURE || rivals(&pairs, pair) {
            proposal.candidates.push(pair.column.to_owned());
            continue;
        }
        taken.push(pair.column);
        proposal.column = Some(pair.column.to_owned());
        proposal.reason = Some(pair.reason.clone());
        proposal.confidence = pair.confidence;
    }
    proposals
}

struct Pair<'a> {
    at: usize,
    column: &'a str,
    confidence: f64,
    reason: String,
}

/// Whether another column fits the parameter as well.
fn rivals(pairs: &[Pair<'_>], pair: &Pair<'_>) -> bool {
    pairs.iter().any(|other| other.at == pair.at && other.column != pair.column && other.confidence == pair.confidence)
}

fn nothing(param: &Param) -> BatchProposal {
    BatchProposal {
        param: param.name.clone(),
        kind: param.kind,
        required: param.required && param.default.is_none(),
        description: param.description.clone(),
        column: None,
        reason: None,
        confidence: 0.0,
        candidates: Vec::new(),
    }
}

/// How many of a column's values fit a parameter.
struct Fits {
    good: usize,
    all: usize,
}

impl Fits {
    fn of(plan: &Plan, action: &Action, param: &Param, samples: &[Value]) -> Self {
        let fits = |value: &&Value| {
            let given = Map::from_iter([(param.name.clone(), (*value).clone())]);
            let faults = plan.action_params(&action.name, &given).err().unwrap_or_default();
            faults.iter().all(|fault| fault.param != param.name)
        };
        Self { good: samples.iter().filter(fits).count(), all: samples.len() }
    }

    #[expect(clippy::cast_precision_loss, reason = "a share of a few samples")]
    fn weight(&self) -> f64 {
        if self.all == 0 { 0.9 } else { 0.4 + 0.6 * self.good as f64 / self.all as f64 }
    }

    fn reason(&self, name: &str, param: &Param) -> String {
        let kind = serde_json::to_value(param.kind).ok();
        let kind = kind.as_ref().and_then(Value::as_str).unwrap_or("value").to_owned();
        match (self.good, self.all) {
            (_, 0) => format!("{name}; its values are empty so far"),
            (good, all) if good == all => format!("{name}; its values fit {kind}"),
            (good, all) => format!("{name}; {good} of {all} values fit {kind}"),
        }
    }
}
