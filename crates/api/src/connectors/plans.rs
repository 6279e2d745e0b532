//! What a newer definition would change, told before anything is changed.

use super::impact::impacts;
use super::versions::between;
use crate::app::App;
use crate::contract::{ConnectionImpact, PlanUpdate, UpdatePlan};
use crate::share::trust_sheet;
use definition::{Definition, Document, Fault, Problem, ProblemKind, Secret, Stage};
use std::collections::BTreeMap;

/// A newer definition.
pub(super) struct Newer {
    pub text: String,
    pub definition: Definition,
    pub faults: Vec<Fault>,
}

/// What an update would change at the connector that is named, or at all of the definition's name.
pub(crate) async fn plans(app: &App, request: PlanUpdate) -> Result<Vec<UpdatePlan>, Problem> {
    let newer = newer(app, request.text.as_ref(), request.workbench.as_deref()).await?;
    let mut targets = Vec::new();
    for connector in app.store().connectors().await? {
        let wanted = match &request.connector {
            Some(id) => connector.id == *id,
            None => connector.name == newer.definition.name && request.workbench.as_deref() != Some(&connector.id),
        };
        // A draft that nobody took is nothing to update.
        if wanted && app.store().version_count(&connector.id).await? > 0 {
            targets.push(connector.id);
        }
    }
    let mut plans = Vec::new();
    for id in targets {
        plans.push(plan(app, &id, &newer).await?);
    }
    Ok(plans)
}

/// The newer definition: a text, or what a workbench holds.
pub(super) async fn newer(app: &App, text: Option<&Secret>, workbench: Option<&str>) -> Result<Newer, Problem> {
    let text = match (text, workbench) {
        (Some(text), _) => text.open().to_owned(),
        (None, Some(id)) => app.bench(id).await?.with(|state| state.text.clone()),
        (None, None) => {
            return Err(Problem::new(
                "no_text",
                ProblemKind::Config,
                Stage::Open,
                "There is no definition to update from.",
            ));
        }
    };
    let document = Document::parse_shape(&text).map_err(Problem::faulty)?;
    Ok(Newer { faults: document.check(), definition: document.definition().clone(), text })
}

/// What an update would change at one connector.
pub(super) async fn plan(app: &App, connector: &str, newer: &Newer) -> Result<UpdatePlan, Problem> {
    let bench = app.bench(connector).await?;
    let (old, text) = bench.with(|state| (state.definition.clone(), state.text.clone()));
    let mut connections = Vec::new();
    for connection in app.store().connections().await?.into_iter().filter(|one| one.connector == connector) {
        let impacts = impacts(app, &old, &newer.definition, &connection).await?;
        connections.push(ConnectionImpact { id: connection.id, name: connection.name, impacts });
    }
    let mut faults = newer.faults.clone();
    if faults.is_empty() {
        faults = crate::headless::compile_faults(&newer.definition);
    }
    Ok(UpdatePlan {
        connector: connector.to_owned(),
        name: old.name.clone(),
        title: if old.title.is_empty() { old.name.clone() } else { old.title.clone() },
        same: text == newer.text,
        changes: between(&text, &newer.text).changes,
        connections,
        new_hosts: new_hosts(&old, &newer.definition),
        faults,
    })
}

/// Hosts that requests and keys would newly go to.
pub(super) fn new_hosts(old: &Definition, new: &Definition) -> Vec<String> {
    let hosts = |definition: &Definition| trust_sheet(definition, &[], &BTreeMap::new()).hosts;
    let known = hosts(old);
    hosts(new).into_iter().filter(|host| !known.contains(host)).collect()
}
