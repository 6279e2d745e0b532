//! Trusting a definition from elsewhere: its values are taken, and it reads for the first time.

use crate::app::{App, Kept};
use crate::contract::{AcceptTrust, Workbench, WorkbenchStage};
use crate::preview;
use crate::workbench::{Bench, keep};
use definition::model::{ConfigInput, ConfigType};
use definition::{Problem, ProblemKind, Secret, Stage};
use serde_json::Value;
use std::collections::BTreeMap;

/// Gives what a definition from elsewhere asked for, and reads. What goes wrong leaves it where it was, with the values
/// that were given.
pub(crate) async fn accept_trust(app: &App, request: AcceptTrust) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    if bench.with(|state| state.stage) != WorkbenchStage::Trust {
        return Ok(bench.view());
    }
    take_values(&bench, &request.values)?;
    keep_secrets(app, &bench, &request.secrets).await;
    keep(app, &bench).await?;
    read(app, &bench).await?;
    keep(app, &bench).await?;
    Ok(bench.view())
}

/// Puts secrets into the keyring; those that no input asks for, and empty ones, are left.
pub(super) async fn keep_secrets(app: &App, bench: &Bench, secrets: &BTreeMap<String, Secret>) {
    for (name, secret) in secrets.iter().filter(|(_, secret)| !secret.is_empty()) {
        if !bench.with(|state| state.definition.is_secret(name)) {
            continue;
        }
        let kept = app.vault().set(&bench.owner(), name, secret).await;
        bench.with(|state| {
            if let Kept::Session(reason) = kept {
                state.note(format!("The key is not kept: it is used until the app is closed. {reason}"));
            }
            if !state.given.contains(name) {
                state.given.push(name.clone());
            }
        });
    }
}

pub(super) async fn read(app: &App, bench: &Bench) -> Result<(), Problem> {
    let stream = bench.with(|state| state.definition.streams.first().map(|stream| stream.name.clone()));
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    let mut waits = None;
    if let Some(stream) = stream {
        let shown = preview::read(app, bench, &stream, token, Default::default()).await?;
        if let (true, Some(problem)) = (shown.good == 0, &shown.problem) {
            if problem.code != "sign_in_needed" {
                return Err(problem.clone());
            }
            // It is trusted, and only a person can go on: the workbench has the button for it.
            waits = Some(problem.clone());
        }
        preview::put(bench, shown);
    }
    bench.with(|state| {
        state.stage = WorkbenchStage::Ready;
        state.problem = waits;
    });
    Ok(())
}

/// Takes values that are no secrets; an empty one is taken away.
pub(super) fn take_values(bench: &Bench, values: &BTreeMap<String, String>) -> Result<(), Problem> {
    bench.with(|state| {
        for input in state.definition.config.iter().filter(|input| input.kind != ConfigType::Secret) {
            let Some(text) = values.get(&input.name) else { continue };
            if text.is_empty() {
                state.values.remove(&input.name);
            } else {
                state.values.insert(input.name.clone(), typed(input, text)?);
            }
        }
        Ok(())
    })
}

/// A value of an input's type, from text.
pub(crate) fn typed(input: &ConfigInput, text: &str) -> Result<Value, Problem> {
    let label = if input.title.is_empty() { &input.name } else { &input.title };
    let wrong = |what: &str| {
        Problem::new("bad_value", ProblemKind::Config, Stage::Plan, format!("{label} must be {what}."))
            .field(format!("config.{}", input.name))
    };
    Ok(match input.kind {
        ConfigType::Integer => Value::from(text.trim().parse::<i64>().map_err(|_| wrong("a whole number"))?),
        ConfigType::Number => Value::from(text.trim().parse::<f64>().map_err(|_| wrong("a number"))?),
        ConfigType::Boolean => Value::Bool(matches!(text.trim(), "true" | "yes" | "1")),
        ConfigType::Enum if !input.options.iter().any(|option| option == text) => {
            return Err(wrong(&format!("one of {}", input.options.join(", "))));
        }
        ConfigType::List => {
            text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(Value::from).collect()
        }
        _ => Value::from(text),
    })
}
