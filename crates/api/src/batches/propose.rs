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
        if self.all == 0 { 0.96 } else { 0.4 + 0.6 * self.good as f64 / self.all as f64 }
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

#[cfg(test)]
mod tests {
    use super::{Fits, Survey, propose};
    use crate::contract::BatchProposal;
    use definition::Definition;
    use engine::plan::Plan;
    use indexmap::IndexMap;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Parameters with their types, and what their columns may be called.
    const PARAMS: [(&str, &str, &[&str]); 9] = [
        ("email", "string", &["email", "E-Mail", "mail", "customer_email", "EMAIL"]),
        ("e_mail", "string", &["e_mail", "email address"]),
        ("name", "string", &["name", "full name", "Name", "first_name", "company_name"]),
        ("first_name", "string", &["first_name", "Vorname", "firstName"]),
        ("id", "integer", &["id", "customer_id", "ID", "uuid"]),
        ("customer_id", "integer", &["customer_id", "customer", "customerId"]),
        ("amount", "decimal", &["amount", "total", "Sum", "order amount"]),
        ("active", "boolean", &["active", "is_active", "enabled"]),
        ("created", "datetime", &["created", "created_at", "Created On"]),
    ];

    fn definition(params: &[usize]) -> Definition {
        let params: Vec<String> =
            params.iter().map(|at| format!("{{name: {}, type: {}}}", PARAMS[*at].0, PARAMS[*at].1)).collect();
        let text = format!(
            "tapwright: 1\nname: x\nhttp: {{base_url: \"https://x.test\"}}\nactions:\n  - name: add\n    params: [{}]\n    \
             request: {{method: POST, path: /x}}\n",
            params.join(", ")
        );
        definition::Document::parse(&text).expect("a definition").definition().clone()
    }

    fn survey(columns: &[(String, Vec<Value>)]) -> Survey {
        let columns: IndexMap<String, Vec<Value>> = columns.iter().cloned().collect();
        Survey { total: 3, broken: 0, fingerprint: String::new(), columns }
    }

    /// Columns of any parameters' words, with values of any type, each once.
    fn columns() -> impl Strategy<Value = Vec<(String, Vec<Value>)>> {
        let names: Vec<&str> = PARAMS.iter().flat_map(|(_, _, names)| names.iter().copied()).collect();
        let value = prop_oneof![
            Just(json!("Ann")),
            Just(json!("7")),
            Just(json!("19.90")),
            Just(json!("true")),
            Just(json!("2024-01-31T00:00:00Z")),
            Just(json!(12)),
        ];
        let column = (prop::sample::select(names), prop::collection::vec(value, 0..4));
        prop::collection::vec(column, 0..12).prop_map(|columns| {
            let once: IndexMap<String, Vec<Value>> =
                columns.into_iter().map(|(name, values)| (name.to_owned(), values)).collect();
            once.into_iter().collect()
        })
    }

    fn taken(proposals: &[BatchProposal]) -> Vec<(String, Option<String>)> {
        proposals.iter().map(|one| (one.param.clone(), one.column.clone())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn a_proposal_is_one_to_one_by_name_and_type_whatever_the_order(
            params in prop::sample::subsequence((0..PARAMS.len()).collect::<Vec<_>>(), 1..=PARAMS.len()),
            columns in columns(),
            seed in any::<prop::sample::Index>(),
        ) {
            let definition = definition(&params);
            let plan: Plan = crate::headless::plan(&definition, &Default::default()).expect("a plan");
            let action = &definition.actions[0];
            let proposals = propose(&plan, action, &survey(&columns));
            let mut used: Vec<&String> = proposals.iter().filter_map(|one| one.column.as_ref()).collect();
            let count = used.len();
            used.sort();
            used.dedup();
            prop_assert_eq!(used.len(), count, "a column went to two parameters: {:?}", taken(&proposals));
            for (proposal, param) in proposals.iter().zip(&action.params) {
                let fit = |column: &String| {
                    let values = &columns.iter().find(|(name, _)| name == column).expect("a column").1;
                    Fits::of(&plan, action, param, values)
                };
                if let Some(column) = &proposal.column {
                    let fits = fit(column);
                    prop_assert!(fits.all == 0 || fits.good > 0, "no value of {} is one for {}", column, param.name);
                }
                // A column of the same name whose values fit is taken, and by nobody else.
                if columns.iter().any(|(name, _)| *name == param.name) {
                    let fits = fit(&param.name);
                    if fits.good == fits.all {
                        prop_assert_eq!(proposal.column.as_ref(), Some(&param.name));
                    }
                }
            }
            let mut turned = columns.clone();
            if !turned.is_empty() {
                let by = seed.index(turned.len());
                turned.rotate_left(by);
            }
            prop_assert_eq!(taken(&propose(&plan, action, &survey(&turned))), taken(&proposals));
            turned.reverse();
            prop_assert_eq!(taken(&propose(&plan, action, &survey(&turned))), taken(&proposals));
        }
    }
}
