//! A file of many requests: what it describes is chosen from, and becomes the streams of a new connector.

use super::ask::ask_declared;
use super::draft::forerunner;
use super::first;
use super::trust::{keep_secrets, take_values};
use crate::app::{App, Kept, new_id};
use crate::contract::{EndpointChoice, EndpointList, EndpointsAsk, Id, TakeEndpoints, Workbench, WorkbenchStage};
use crate::share::trust_sheet;
use crate::workbench::{Bench, State, keep};
use definition::model::{Auth, ConfigInput, ConfigType, Stream};
use definition::{Definition, Problem, ProblemKind, Secret, Stage, to_yaml};
use formats::{Collection, Endpoint};
use serde_json::Value;
use std::sync::Arc;

/// The most requests that become streams at once.
const MOST: usize = 500;

/// Opens a file of many requests. Its keys go to the keyring; nothing is sent before something is chosen.
pub(super) async fn open(app: &App, collection: Collection) -> Result<Workbench, Problem> {
    let origin = origin(&collection);
    let id = forerunner(app, &origin, &[WorkbenchStage::Endpoints]).await?.unwrap_or_else(new_id);
    let mut state = chosen_from(&collection);
    keep_keys(app, &id, &mut state, &collection).await;
    state.collection = Some(Arc::new(collection));
    let bench = app.keep_bench(Bench::new(id, state));
    keep(app, &bench).await?;
    Ok(bench.view())
}

/// The same for a workbench whose address had the file.
pub(super) async fn become_choice(
    app: &App,
    bench: &Bench,
    mut collection: Collection,
    from: &str,
) -> Result<(), Problem> {
    collection.reached_at(from);
    let mut state = chosen_from(&collection);
    keep_keys(app, bench.id(), &mut state, &collection).await;
    state.collection = Some(Arc::new(collection));
    bench.with(|old| *old = state);
    Ok(())
}

/// Whether a body may be such a file: it is told before all of it is read.
pub(super) fn may_describe(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    let tail = String::from_utf8_lossy(&body[body.len().saturating_sub(4096)..]);
    let member = |word: &str| {
        let quoted = format!("\"{word}\"");
        head.contains(&quoted)
            || tail.contains(&quoted)
            || head.lines().any(|line| line.starts_with(&format!("{word}:")))
    };
    member("openapi") || member("swagger") || head.contains("schema.getpostman.com")
}

fn origin(collection: &Collection) -> String {
    let names: Vec<&str> = collection.endpoints.iter().map(Endpoint::name).collect();
    format!("{} {} {}", collection.format, to_yaml(&collection.definition), names.join(" "))
}

fn chosen_from(collection: &Collection) -> State {
    let text = to_yaml(&collection.definition);
    let mut state = State::new(collection.definition.clone(), text, WorkbenchStage::Endpoints);
    state.origin = origin(collection);
    state.values.clone_from(&collection.values);
    state.notes.clone_from(&collection.notes);
    state.notes.extend(collection.losses.iter().cloned());
    state
}

async fn keep_keys(app: &App, id: &str, state: &mut State, collection: &Collection) {
    for (name, secret) in &collection.secrets {
        if let Kept::Session(reason) = app.vault().set(id, name, secret).await {
            state.note(format!("The key is not kept: it is used until the app is closed. {reason}"));
        }
        state.given.push(name.clone());
    }
}

/// What a client sees of a file of many requests.
pub(crate) fn asked(collection: &Collection) -> EndpointsAsk {
    let definition = &collection.definition;
    EndpointsAsk {
        title: if definition.title.is_empty() { definition.name.clone() } else { definition.title.clone() },
        format: collection.format.clone(),
        description: definition.description.clone(),
        count: u32::try_from(collection.endpoints.len()).unwrap_or(u32::MAX),
    }
}

/// The requests to choose from.
pub(crate) async fn list(app: &App, request: Id) -> Result<EndpointList, Problem> {
    let bench = app.bench(&request.id).await?;
    let (collection, values, given) = open_on(&bench)?;
    let base_url = collection.definition.http.as_ref().map(|http| http.base_url.as_str().to_owned());
    // What an input is for, and where it goes, is told as for any connector.
    let mut whole = collection.definition.clone();
    for endpoint in &collection.endpoints {
        for input in &endpoint.inputs {
            if whole.config.iter().all(|there| there.name != input.name) {
                whole.config.push(input.clone());
            }
        }
        if !endpoint.inputs.is_empty() {
            whole.streams.push(Stream { request: endpoint.stream.request.clone(), ..Stream::default() });
        }
    }
    let inputs = trust_sheet(&whole, &given, &values).asks;
    Ok(EndpointList {
        base_url: base_url.unwrap_or_default(),
        servers: collection.servers.clone(),
        auth_inputs: auth_inputs(&collection.definition),
        inputs,
        endpoints: collection.endpoints.iter().map(choice).collect(),
    })
}

fn choice(endpoint: &Endpoint) -> EndpointChoice {
    EndpointChoice {
        name: endpoint.name().to_owned(),
        group: endpoint.group.clone(),
        title: endpoint.title.clone(),
        method: endpoint.stream.request.method.as_str().to_owned(),
        path: endpoint.path.clone(),
        list: endpoint.list,
        signed: endpoint.signed,
        fields: u32::try_from(endpoint.stream.fields.len()).unwrap_or(u32::MAX),
        inputs: endpoint.inputs.iter().map(|input| input.name.clone()).collect(),
        parents: endpoint.parents.iter().map(|parent| (parent.input.clone(), parent.endpoint.clone())).collect(),
    }
}

/// The inputs that the way to sign in refers to.
fn auth_inputs(definition: &Definition) -> Vec<String> {
    let Some(http) = &definition.http else { return Vec::new() };
    let text = serde_json::to_string(&(&http.auth, &http.headers, &http.query)).unwrap_or_default();
    named_in(&text, &definition.config)
}

fn named_in(text: &str, config: &[ConfigInput]) -> Vec<String> {
    config.iter().map(|input| input.name.clone()).filter(|name| text.contains(&format!("config.{name} }}}}"))).collect()
}

type Opened = (Arc<Collection>, std::collections::BTreeMap<String, Value>, Vec<String>);

fn open_on(bench: &Bench) -> Result<Opened, Problem> {
    bench
        .with(|state| {
            let collection = state.collection.clone()?;
            Some((collection, state.values.clone(), state.given.clone()))
        })
        .ok_or_else(|| {
            Problem::new("not_choosing", ProblemKind::Config, Stage::Open, "There is nothing to choose from here.")
                .hint("Open the file again.")
        })
}

/// Makes streams of requests, and reads the first of them.
pub(crate) async fn take(app: &App, request: TakeEndpoints) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    let (collection, ..) = open_on(&bench)?;
    if request.endpoints.len() > MOST {
        let message = format!("{} requests are too many at once: at most {MOST}.", request.endpoints.len());
        return Err(
            Problem::new("too_many_endpoints", ProblemKind::Config, Stage::Open, message).hint("Choose some of them.")
        );
    }
    let definition = collection.take(&request.endpoints, request.base_url.as_deref())?;
    let signed = collection.chosen(&request.endpoints)?.first().is_some_and(|one| one.signed);
    bench.with(|state| state.put(definition.clone()));
    take_values(&bench, &request.values)?;
    let (values, mut given) = bench.with(|state| (state.values.clone(), state.given.clone()));
    given.extend(request.secrets.iter().filter(|(_, secret)| !Secret::is_empty(secret)).map(|(name, _)| name.clone()));
    let auth = auth_inputs(&definition);
    let missing = |input: &&ConfigInput| {
        let has =
            values.get(&input.name).is_some_and(|value| value.as_str() != Some("")) || given.contains(&input.name);
        input.required && input.default.is_none() && !has
    };
    let lacking: Vec<&ConfigInput> = definition.config.iter().filter(missing).collect();
    // A key alone is asked for by itself; what else is missing is asked for where it was chosen.
    let by_itself = askable(&definition);
    let here: Vec<&ConfigInput> =
        lacking.iter().copied().filter(|input| !by_itself || !auth.contains(&input.name)).collect();
    if !here.is_empty() {
        bench.with(|state| state.put(collection.definition.clone()));
        return Err(missing_values(&here));
    }
    keep_secrets(app, &bench, &request.secrets).await;
    let names: Vec<String> = definition.streams.iter().skip(1).map(|stream| stream.name.clone()).collect();
    bench.with(|state| {
        state.stage = WorkbenchStage::Failed;
        state.collection = None;
        state.unread = names;
    });
    if lacking.is_empty() {
        first(app, &bench).await?;
    } else if signed {
        ask_declared(&bench);
        keep(app, &bench).await?;
    } else {
        // Nobody says that this one needs the key: it is asked for when the server does.
        bench.with(|state| state.put(without_key(state.definition.clone(), &auth)));
        first(app, &bench).await?;
    }
    Ok(bench.view())
}

/// Whether a key can be asked for by itself.
fn askable(definition: &Definition) -> bool {
    let Some(http) = &definition.http else { return false };
    let alone = http.headers.is_empty() && http.query.is_empty();
    match &http.auth {
        Auth::Bearer(_) | Auth::Basic(_) | Auth::Digest(_) => alone,
        Auth::ApiKey(key) => alone && super::ask::is_plain(key),
        _ => false,
    }
}

/// A definition that does not sign in.
fn without_key(mut definition: Definition, auth: &[String]) -> Definition {
    if let Some(http) = &mut definition.http {
        http.auth = Auth::None;
    }
    definition.config.retain(|input| !auth.contains(&input.name));
    definition
}

fn missing_values(lacking: &[&ConfigInput]) -> Problem {
    let labels: Vec<&str> = lacking
        .iter()
        .map(|input| if input.title.is_empty() { input.name.as_str() } else { input.title.as_str() })
        .collect();
    let message = format!("A value is missing: {}.", labels.join(", "));
    let secret = lacking.iter().any(|input| input.kind == ConfigType::Secret);
    let hint = if secret { "Fill it in; secrets go to the keyring." } else { "Fill it in, and read again." };
    let field = lacking.first().map(|input| format!("config.{}", input.name)).unwrap_or_default();
    Problem::new("missing_value", ProblemKind::Config, Stage::Plan, message).field(field).hint(hint)
}
