//! A destination compiled: how a row of the source becomes the parameters of each action.

use crate::batches::{BatchTarget, Survey, repeatable};
use definition::model::{Action, Destination, PushAction, Template};
use definition::{Problem, ProblemKind, Stage};
use engine::action::Params;
use engine::plan::Plan;
use engine::rows::{RowPlan, given_of};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Create,
    Update,
    Delete,
}

impl Doing {
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    pub fn of(word: &str) -> Self {
        match word {
            "update" => Self::Update,
            "delete" => Self::Delete,
            _ => Self::Create,
        }
    }
}

/// An action for a row.
#[derive(Debug)]
pub(super) struct RowAction {
    pub action: Action,
    rows: RowPlan,
}

impl RowAction {
    /// Whether a call that got no answer may be made again.
    pub fn repeatable(&self) -> bool {
        repeatable(&self.action).is_some()
    }
}

/// A destination that is ready.
#[derive(Debug)]
pub(super) struct Pusher {
    pub plan: Arc<Plan>,
    pub name: String,
    pub key: Vec<String>,
    create: Option<RowAction>,
    update: Option<RowAction>,
    delete: Option<RowAction>,
    pub delete_missing: bool,
    /// The columns whose change counts. `None`: all.
    watched: Option<BTreeSet<String>>,
}

impl Pusher {
    /// Compiles, or tells what is at fault.
    pub fn of(target: &BatchTarget, plan: Arc<Plan>, name: &str, survey: &Survey) -> Result<Self, Problem> {
        let destination = find(target, name)?;
        let missing: Vec<&str> =
            destination.key.iter().map(String::as_str).filter(|column| !survey.columns.contains_key(*column)).collect();
        if !missing.is_empty() && survey.total > 0 {
            let columns: Vec<&str> = survey.columns.keys().map(String::as_str).collect();
            let message = format!("The rows have no column `{}`, which is the key.", missing.join("`, `"));
            return Err(Problem::new("no_key", ProblemKind::Config, Stage::Map, message)
                .hint(format!("The columns are: {}.", columns.join(", "))));
        }
        let columns: Vec<&str> = survey.columns.keys().map(String::as_str).collect();
        let key: Vec<&str> = destination.key.iter().map(String::as_str).collect();
        let make = |push: &Option<PushAction>, place: &str, columns: &[&str]| match push {
            Some(push) => row_action(target, &plan, push, (place, columns)).map(Some),
            None => Ok(None),
        };
        let create = make(&destination.create, "create", &columns)?;
        let update = make(&destination.update, "update", &columns)?;
        let delete = make(&destination.delete, "delete", &key)?;
        let mut watched = Some(BTreeSet::new());
        for one in [&create, &update].into_iter().flatten() {
            watched = match (watched, one.rows.columns()) {
                (Some(mut all), Some(more)) => {
                    all.extend(more);
                    Some(all)
                }
                _ => None,
            };
        }
        Ok(Self {
            plan,
            name: destination.name.clone(),
            key: destination.key.clone(),
            create,
            update,
            delete,
            delete_missing: destination.delete_missing,
            watched,
        })
    }

    /// The action for what is done, where there is one.
    pub fn action(&self, doing: Doing) -> Option<&RowAction> {
        match doing {
            Doing::Create => self.create.as_ref(),
            Doing::Update => self.update.as_ref(),
            Doing::Delete => self.delete.as_ref(),
        }
    }

    /// A row's key as JSON, or why it has none.
    pub fn key_of(&self, row: &Map<String, Value>) -> Result<String, String> {
        let mut values = Vec::new();
        for column in &self.key {
            match row.get(column) {
                None | Some(Value::Null) => return Err(format!("{column}: The key is empty.")),
                Some(value) => values.push(value.clone()),
            }
        }
        Ok(Value::Array(values).to_string())
    }

    /// The columns of a key, for a row that is gone.
    pub fn row_of_key(&self, key: &str) -> Map<String, Value> {
        let values: Vec<Value> = serde_json::from_str(key).unwrap_or_default();
        self.key.iter().cloned().zip(values).collect()
    }

    /// What tells that a row changed.
    pub fn hash(&self, row: &Map<String, Value>) -> String {
        let mut digest = Sha256::new();
        let mut add = |name: &str, value: &Value| digest.update(format!("{}:{name}={value}\n", name.len()));
        match &self.watched {
            Some(watched) => watched.iter().for_each(|name| add(name, row.get(name).unwrap_or(&Value::Null))),
            None => row.iter().for_each(|(name, value)| add(name, value)),
        }
        hex::encode(digest.finalize())
    }

    /// The parameters for a row, or all that is wrong with it.
    pub fn params(
        &self,
        doing: Doing,
        row: &Map<String, Value>,
        remote: Option<&Value>,
    ) -> Result<Params, Vec<String>> {
        let Some(one) = self.action(doing) else { return Err(vec!["There is no action for it.".to_owned()]) };
        let (values, faults) = one.rows.values(&self.plan, row, remote);
        let told: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.param, fault.message)).collect();
        if !told.is_empty() {
            return Err(told);
        }
        self.plan
            .action_params(&one.action.name, &values)
            .map_err(|faults| faults.iter().map(|fault| format!("{}: {}", fault.param, fault.message)).collect())
    }
}

/// The destination of a name.
pub(super) fn find<'a>(target: &'a BatchTarget, name: &str) -> Result<&'a Destination, Problem> {
    let all = &target.definition.destinations;
    all.iter().find(|destination| destination.name == name).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|destination| destination.name.as_str()).collect();
        let message = format!("There is no destination `{name}`.");
        Problem::new("unknown_destination", ProblemKind::Config, Stage::Plan, message).hint(match known.as_slice() {
            [] => "This connector has none: they stand in its definition under `destinations`.".to_owned(),
            known => format!("There are: {}.", known.join(", ")),
        })
    })
}

/// A parameter that is not named takes the column of its name.
fn row_action(
    target: &BatchTarget,
    plan: &Plan,
    push: &PushAction,
    (place, columns): (&str, &[&str]),
) -> Result<RowAction, Problem> {
    let action = target.action(&push.action)?.clone();
    let mut params = push.params.clone();
    for param in &action.params {
        if !params.contains_key(&param.name) && columns.contains(&param.name.as_str()) {
            params.insert(param.name.clone(), Template(param.name.clone()));
        }
    }
    let rows = RowPlan::compile(plan, &given_of(&params), place).map_err(Problem::faulty)?;
    Ok(RowAction { action, rows })
}
