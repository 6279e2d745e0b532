//! Connections compiled for their webhooks, kept while nothing about them changes.

use crate::app::{App, lock, new_id};
use crate::headless;
use definition::model::ConfigType;
use definition::{Problem, Secret};
use engine::plan::Plan;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use store::Connection;

/// The compiled connections, by their ids.
#[derive(Default)]
pub(crate) struct Hooks(Mutex<HashMap<String, Arc<Hook>>>);

/// A connection, compiled.
pub(crate) struct Hook {
    pub connection: String,
    /// The connector's name.
    pub connector: String,
    pub plan: Plan,
    pub destination: PathBuf,
    /// Secrets that have no value here: something made up stands for them, so that what needs none of them works.
    missing: BTreeSet<String>,
    /// Whether the secrets can't be read now, and why.
    locked: Option<Problem>,
    made: Instant,
    /// What it was made of.
    stamp: String,
}

impl Hook {
    /// How long ago it was made.
    pub fn age(&self) -> std::time::Duration {
        self.made.elapsed()
    }

    /// A secret that a webhook's proof needs and that has no value.
    pub fn lacks(&self, webhook: &engine::webhook::WebhookPlan) -> Option<String> {
        webhook.needs().into_iter().find(|name| self.missing.contains(name))
    }

    /// Why secrets can't be read.
    pub fn locked(&self) -> Option<&Problem> {
        self.locked.as_ref()
    }
}

/// A connection's hook: the kept one, where nothing changed and it need not be `fresh`.
pub(super) async fn get(app: &App, connection: &Connection, fresh: bool) -> Result<Arc<Hook>, Problem> {
    let changed_at = app.store().connector(&connection.connector).await?.map(|connector| connector.changed_at);
    let stamp = serde_json::json!([
        changed_at,
        connection.connector,
        connection.values,
        connection.secret_names,
        connection.destination,
    ])
    .to_string();
    let kept = lock(&app.listen().hooks.0).get(&connection.id).cloned();
    if let Some(kept) = kept.filter(|kept| !fresh && kept.stamp == stamp && kept.locked.is_none()) {
        return Ok(kept);
    }
    let hook = Arc::new(make(app, &connection.id, stamp).await?);
    lock(&app.listen().hooks.0).insert(connection.id.clone(), Arc::clone(&hook));
    Ok(hook)
}

async fn make(app: &App, id: &str, stamp: String) -> Result<Hook, Problem> {
    let kept = headless::connection(app, id).await?;
    let mut config = kept.config;
    let mut missing = BTreeSet::new();
    for input in kept.definition.config.iter().filter(|input| input.kind == ConfigType::Secret) {
        if config.secrets.contains_key(&input.name) {
            continue;
        }
        missing.insert(input.name.clone());
        if input.required {
            config.secrets.insert(input.name.clone(), Secret::new(format!("{}{}", new_id(), new_id())));
        }
    }
    let plan = headless::plan(&kept.definition, &config)?;
    Ok(Hook {
        connection: kept.id,
        connector: kept.definition.name,
        plan,
        destination: kept.destination,
        missing,
        locked: kept.locked,
        made: Instant::now(),
        stamp,
    })
}
