//! Each part of a definition, described.

use super::{
    ActionDescription, AuthDescription, DestinationDescription, EventDescription, FieldDescription,
    IncrementalDescription, InputDescription, ParamDescription, StreamDescription, WebhookDescription,
};
use crate::forms;
use crate::model::{
    Action, Auth, ConfigInput, Definition, Deletions, Destination, OAuth2Grant, Partition, Request, Rest, Source,
    Stream, Webhook,
};
use serde::Serialize;
use serde_json::Value;

/// The word of a tagged value: `bearer` of `{type: bearer, …}`.
pub(super) fn tag(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(members)) => {
            members.get("type").and_then(Value::as_str).map(str::to_owned).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// A plain value as text.
pub(super) fn text(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        Ok(Value::Null) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    }
}

/// The inputs that expressions anywhere in a value name.
fn inputs_of(value: &impl Serialize) -> Vec<String> {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for (place, _) in json.match_indices("config.") {
        let name: String =
            json[place + "config.".len()..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

pub(super) fn capabilities(definition: &Definition) -> Vec<String> {
    let streams = &definition.streams;
    let person = definition.http.as_ref().is_some_and(|http| auth(&http.auth).iter().any(|way| way.person));
    [
        ("read", !streams.is_empty()),
        ("incremental", streams.iter().any(|stream| stream.incremental.is_some())),
        ("deletions", streams.iter().any(|stream| stream.deletions != Deletions::Keep)),
        ("partitions", streams.iter().any(|stream| !stream.partitions.is_empty())),
        ("exports", streams.iter().any(|stream| stream.job.is_some())),
        ("actions", !definition.actions.is_empty()),
        ("webhooks", !definition.webhooks.is_empty()),
        ("destinations", !destinations(definition).is_empty()),
        ("check", definition.check.is_some()),
        ("sign_in", person),
    ]
    .into_iter()
    .filter(|(_, has)| *has)
    .map(|(name, _)| name.to_owned())
    .collect()
}

/// Every way to sign in.
pub(super) fn auth(auth: &Auth) -> Vec<AuthDescription> {
    match auth {
        Auth::Select(select) => {
            let each = |(when, auth): (&String, &Auth)| AuthDescription { when: Some(when.clone()), ..one_way(auth) };
            select.options.iter().map(each).collect()
        }
        other => vec![one_way(other)],
    }
}

fn one_way(auth: &Auth) -> AuthDescription {
    let kind = tag(auth);
    let known = forms::descriptors().groups.iter().find(|group| group.name == "auth");
    let title = known.and_then(|group| group.kinds.iter().find(|one| one.word == kind)).map(|one| one.title.clone());
    let (grant, scopes, person) = match auth {
        Auth::OAuth2(oauth) => {
            let person = matches!(oauth.grant, OAuth2Grant::AuthorizationCode | OAuth2Grant::DeviceCode);
            (Some(tag(&oauth.grant)), oauth.scopes.clone(), person)
        }
        Auth::None
        | Auth::ApiKey(_)
        | Auth::Basic(_)
        | Auth::Bearer(_)
        | Auth::Digest(_)
        | Auth::Jwt(_)
        | Auth::Session(_)
        | Auth::AwsSigV4(_)
        | Auth::Select(_) => (None, Vec::new(), false),
    };
    let inputs = inputs_of(auth);
    AuthDescription { title: title.unwrap_or_else(|| kind.clone()), kind, when: None, grant, scopes, inputs, person }
}

pub(super) fn input(input: &ConfigInput) -> InputDescription {
    InputDescription {
        name: input.name.clone(),
        title: if input.title.is_empty() { input.name.clone() } else { input.title.clone() },
        description: input.description.clone(),
        kind: input.kind,
        required: input.required,
        default: input.default.clone(),
        options: input.options.clone(),
        pattern: input.pattern.clone(),
    }
}

pub(super) fn stream(stream: &Stream) -> StreamDescription {
    let field = |field: &crate::model::Field| FieldDescription {
        name: field.name.clone(),
        kind: field.kind,
        key: stream.key.contains(&field.name),
        required: field.required,
        description: field.description.clone(),
    };
    let rest = match &stream.rest {
        None if stream.fields.is_empty() => "keep".to_owned(),
        None => "drop".to_owned(),
        Some(rest) => rest_word(rest),
    };
    StreamDescription {
        name: stream.name.clone(),
        description: stream.description.clone(),
        source: tag(&stream.source),
        reads: reads(stream),
        key: stream.key.clone(),
        fields: stream.fields.iter().filter(|field| !field.hidden).map(field).collect(),
        rest,
        incremental: stream.incremental.as_ref().map(|incremental| IncrementalDescription {
            cursor: incremental.cursor.clone(),
            kind: tag(&incremental.kind),
            start: incremental.start.as_ref().map(|start| start.as_str().to_owned()),
            by_the_api: incremental.inject.start.is_some()
                || serde_json::json!([stream.request, stream.source, stream.job]).to_string().contains("interval."),
        }),
        partitions: stream.partitions.iter().map(partition).collect(),
        paginate: tag(&stream.paginate),
        deletions: tag(&stream.deletions),
        export: stream.job.is_some(),
    }
}

fn rest_word(rest: &Rest) -> String {
    match serde_json::to_value(rest) {
        Ok(Value::Object(members)) => members.get("as").map(text).unwrap_or_default(),
        Ok(other) => text(&other),
        Err(_) => String::new(),
    }
}

/// What a stream reads, in a few words.
fn reads(stream: &Stream) -> String {
    if stream.source == Source::Http {
        return match &stream.job {
            Some(_) => "an export".to_owned(),
            None => request(&stream.request),
        };
    }
    let source = serde_json::to_value(&stream.source).unwrap_or_default();
    let get = |name: &str| source.get(name).and_then(Value::as_str);
    match (get("table"), get("query"), get("folder")) {
        (Some(table), _, _) => format!("the table {table}"),
        (_, Some(query), _) => query.split_whitespace().collect::<Vec<_>>().join(" "),
        (_, _, Some(folder)) => format!("{folder}/{}", get("glob").unwrap_or_default()),
        _ => String::new(),
    }
}

fn request(request: &Request) -> String {
    let path = if request.path.as_str().is_empty() { "/" } else { request.path.as_str() };
    format!("{} {path}", request.method.as_str())
}

fn partition(partition: &Partition) -> String {
    match partition {
        Partition::List(list) => match &list.from {
            Some(from) => format!("each value of {}", from.as_str()),
            None => format!("each of {}", list.values.iter().map(text).collect::<Vec<_>>().join(", ")),
        },
        Partition::Parent(parent) => format!("each record of {}", parent.stream),
        Partition::Window(window) => format!("each span of {}", text(&window.step)),
    }
}

/// What an action sends, in a few words.
fn sends(action: &Action) -> String {
    match (&action.request, &action.database) {
        (Some(sent), _) => request(sent),
        (None, Some(write)) => {
            let table = write.table.as_deref().or(action.stream.as_deref()).unwrap_or_default();
            format!("{} {table}", write.write.as_str().to_uppercase())
        }
        (None, None) => String::new(),
    }
}

pub(super) fn action(action: &Action) -> ActionDescription {
    ActionDescription {
        name: action.name.clone(),
        kind: action.does(),
        description: action.description.clone(),
        stream: action.stream.clone(),
        sends: sends(action),
        params: action
            .params
            .iter()
            .map(|param| ParamDescription {
                name: param.name.clone(),
                kind: param.kind,
                required: param.required,
                default: param.default.clone(),
                description: param.description.clone(),
            })
            .collect(),
        answer: action.response.iter().flat_map(|answer| &answer.fields).map(|field| field.name.clone()).collect(),
        idempotent: action.idempotency_header.is_some()
            || action.database.as_ref().is_some_and(|write| write.repeatable()),
    }
}

pub(super) fn webhook(webhook: &Webhook) -> WebhookDescription {
    let events = webhook.routes.iter().map(|route| {
        let route = serde_json::to_value(route).unwrap_or_default();
        let get = |name: &str| route.get(name).map(text).unwrap_or_default();
        EventDescription { event: get("event"), stream: get("stream") }
    });
    WebhookDescription {
        name: webhook.name.clone(),
        verify: tag(&webhook.verify),
        inputs: inputs_of(&webhook.verify),
        events: events.collect(),
    }
}

/// Destinations, where the definition has any.
pub(super) fn destinations(definition: &Definition) -> Vec<DestinationDescription> {
    definition.destinations.iter().map(destination).collect()
}

fn destination(one: &Destination) -> DestinationDescription {
    let all = [("create", &one.create), ("update", &one.update), ("delete", &one.delete)];
    let (writes, actions) =
        all.into_iter().filter_map(|(word, push)| Some((word.to_owned(), push.as_ref()?.action.clone()))).unzip();
    DestinationDescription {
        name: one.name.clone(),
        description: one.description.clone(),
        stream: one.stream.clone(),
        key: one.key.clone(),
        writes,
        actions,
        delete_missing: one.delete_missing,
    }
}
