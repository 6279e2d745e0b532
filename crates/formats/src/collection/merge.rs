//! Requests with their values, as Postman and browsers keep them, become one collection.

use super::{Collection, CollectionKind, Endpoint, finish, reference};
use crate::RequestDraft;
use definition::model::{Auth, ConfigInput, ConfigType, Definition, Http, Scalar, Stream};
use definition::{Problem, Secret};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// What stands for values while a request is read: it looks like a word to all that looks at it.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<Mark>,
}

#[derive(Debug)]
struct Mark {
    input: ConfigInput,
    secret: Option<Secret>,
    value: Option<Value>,
}

/// The end of the host that stands for an address that is not known.
const NOWHERE: &str = ".invalid";

impl Marks {
    /// What stands for an input. One of a name is there once.
    pub fn input(&mut self, input: ConfigInput, value: Option<&str>) -> String {
        let at = self.marks.iter().position(|mark| mark.input.name == input.name).unwrap_or_else(|| {
            let is_secret = input.kind == ConfigType::Secret;
            let secret = value.filter(|_| is_secret).map(Secret::new);
            let value = value.filter(|_| !is_secret).map(Value::from);
            self.marks.push(Mark { input, secret, value });
            self.marks.len() - 1
        });
        format!("twvar{at}x")
    }

    /// What stands for an address that is not known.
    pub fn nowhere() -> String {
        format!("https://unknown{NOWHERE}")
    }

    fn named(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (at, mark) in self.marks.iter().enumerate().rev() {
            text = text.replace(&format!("twvar{at}x"), &reference(&mark.input.name));
        }
        text
    }

    fn apply<T: Serialize + DeserializeOwned>(&self, value: T) -> T {
        if self.marks.is_empty() {
            return value;
        }
        let text = serde_json::to_string(&value).unwrap_or_default();
        serde_json::from_str(&self.named(&text)).unwrap_or(value)
    }
}

/// One request that was read.
#[derive(Debug)]
pub(crate) struct Part {
    pub group: String,
    pub title: String,
    pub list: bool,
    pub draft: RequestDraft,
}

/// What all have in common.
#[derive(Debug, Default)]
pub(crate) struct Whole {
    pub kind: CollectionKind,
    pub format: String,
    /// The connector's own facts: names, docs, and a way to sign in that no request shows.
    pub definition: Definition,
    /// What the file is, in an error: `This Postman collection`.
    pub what: &'static str,
    pub losses: Vec<String>,
    pub notes: Vec<String>,
}

/// Makes one collection.
pub(crate) fn merge(whole: Whole, parts: Vec<Part>, marks: &Marks) -> Result<Collection, Problem> {
    let Whole { kind, format, definition, what, losses, notes } = whole;
    let mut collection = Collection { kind, format, definition, losses, notes, ..Collection::default() };
    let (parts, others) = of_one_host(parts);
    if !others.is_empty() {
        let hosts = others.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        collection.losses.push(format!("Requests to other hosts were left out: {hosts}. Open one of them by itself."));
    }
    let base = common_base(&parts);
    if base.ends_with(NOWHERE) {
        collection.definition.http.get_or_insert_with(Http::default).base_url = "".into();
    } else if !base.is_empty() {
        let base = marks.named(&base);
        collection.definition.http.get_or_insert_with(Http::default).base_url = base.as_str().into();
        collection.servers.push(base);
    }
    signing(&mut collection, &parts, marks);
    let mut other_auth = 0;
    for part in parts {
        let http = part.draft.definition.http.clone().unwrap_or_default();
        let mine = marks.apply(http.auth.clone());
        let own = collection.definition.http.as_ref().map(|http| http.auth.clone()).unwrap_or_default();
        if mine != Auth::None && mine != own {
            other_auth += 1;
        }
        add(&mut collection, part, &base, marks);
    }
    if other_auth > 0 {
        collection.losses.push("Some requests sign in in another way than the first; that was left out.".to_owned());
    }
    notes_of(&mut collection);
    finish(collection, what)
}

fn origin(part: &Part) -> String {
    let base = base_of(part);
    let end =
        base.find("://").and_then(|at| base[at + 3..].find('/').map(|slash| at + 3 + slash)).unwrap_or(base.len());
    base[..end].to_owned()
}

fn base_of(part: &Part) -> &str {
    part.draft.definition.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default()
}

/// The requests to the host that most of them go to, and the other hosts. Lists count more.
fn of_one_host(parts: Vec<Part>) -> (Vec<Part>, Vec<String>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for part in &parts {
        let (origin, weight) = (origin(part), if part.list { 3 } else { 1 });
        match counts.iter_mut().find(|(other, _)| *other == origin) {
            Some((_, count)) => *count += weight,
            None => counts.push((origin, weight)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let Some((best, _)) = counts.iter().find(|(_, count)| *count == most).cloned() else { return (parts, Vec::new()) };
    let others = counts.into_iter().map(|(origin, _)| origin).filter(|other| *other != best);
    let others = others.map(|origin| origin.split("://").last().unwrap_or_default().to_owned()).collect();
    (parts.into_iter().filter(|part| origin(part) == best).collect(), others)
}

/// The longest address that all begin with.
fn common_base(parts: &[Part]) -> String {
    let Some(first) = parts.first() else { return String::new() };
    let shortest = parts.iter().map(base_of).min_by_key(|base| base.len()).unwrap_or_default();
    if shortest.starts_with(&Marks::nowhere()) {
        return Marks::nowhere();
    }
    let begins = |part: &Part| base_of(part) == shortest || base_of(part).starts_with(&format!("{shortest}/"));
    if parts.iter().all(begins) { shortest.to_owned() } else { origin(first) }
}

/// The connector signs in as the first request does that signs in.
fn signing(collection: &mut Collection, parts: &[Part], marks: &Marks) {
    let told = collection.definition.http.as_ref().is_some_and(|http| http.auth != Auth::None);
    let signs = |part: &&Part| part.draft.definition.http.as_ref().is_some_and(|http| http.auth != Auth::None);
    if let (false, Some(part)) = (told, parts.iter().find(signs)) {
        let auth = part.draft.definition.http.as_ref().map(|http| http.auth.clone()).unwrap_or_default();
        let auth = marks.apply(auth);
        let text = serde_json::to_string(&auth).unwrap_or_default();
        collection.definition.http.get_or_insert_with(Http::default).auth = auth;
        let inputs = part.draft.definition.config.iter().filter(|input| text.contains(&reference(&input.name)));
        collection.definition.config.extend(inputs.cloned());
        for (name, secret) in &part.draft.secrets {
            if text.contains(&reference(name)) {
                collection.secrets.push((name.clone(), secret.clone()));
            }
        }
        let values = part.draft.values.iter().filter(|(name, _)| text.contains(&reference(name)));
        collection.values.extend(values.map(|(name, value)| (name.clone(), value.clone())));
    }
    let text = serde_json::to_string(&collection.definition.http).unwrap_or_default();
    for mark in marks.marks.iter().filter(|mark| text.contains(&reference(&mark.input.name))) {
        let there = collection.definition.config.iter().any(|input| input.name == mark.input.name);
        if !there {
            collection.definition.config.push(mark.input.clone());
        }
        keep(collection, mark);
    }
}

fn keep(collection: &mut Collection, mark: &Mark) {
    let name = &mark.input.name;
    if let Some(secret) = mark.secret.as_ref().filter(|_| !collection.secrets.iter().any(|(own, _)| own == name)) {
        collection.secrets.push((name.clone(), secret.clone()));
    }
    if let Some(value) = &mark.value {
        collection.values.entry(name.clone()).or_insert_with(|| value.clone());
    }
}

fn add(collection: &mut Collection, part: Part, base: &str, marks: &Marks) {
    let Part { group, title, list, draft } = part;
    let own_base = draft.definition.http.as_ref().map(|http| http.base_url.as_str().to_owned()).unwrap_or_default();
    let signed = draft.definition.http.as_ref().is_some_and(|http| http.auth != Auth::None);
    let Some(mut stream) = draft.definition.streams.into_iter().next() else { return };
    let more = own_base.strip_prefix(base).unwrap_or_default();
    stream.request.path = format!("{more}{}", stream.request.path.as_str()).into();
    let stream: Stream = marks.apply(stream);
    let text = serde_json::to_string(&stream).unwrap_or_default();
    let mut inputs: Vec<ConfigInput> =
        draft.definition.config.into_iter().filter(|input| text.contains(&reference(&input.name))).collect();
    for (name, secret) in draft.secrets {
        if text.contains(&reference(&name)) && !collection.secrets.iter().any(|(own, _)| *own == name) {
            collection.secrets.push((name, secret));
        }
    }
    let values: BTreeMap<String, Value> = draft.values;
    for (name, value) in values.into_iter().filter(|(name, _)| text.contains(&reference(name))) {
        collection.values.entry(name).or_insert(value);
    }
    for mark in marks.marks.iter().filter(|mark| text.contains(&reference(&mark.input.name))) {
        inputs.push(mark.input.clone());
        keep(collection, mark);
    }
    let path = shown_path(stream.request.path.as_str());
    let same = |one: &Endpoint| {
        one.path == path
            && one.stream.request.method == stream.request.method
            && one.stream.request.body == stream.request.body
    };
    if let Some(there) = collection.endpoints.iter_mut().find(|one| same(one)) {
        // The one that keeps to less reads more.
        there.list |= list;
        let count =
            |stream: &Stream| stream.request.query.values().filter(|value| !matches!(value, Scalar::Bool(_))).count();
        if count(&stream) < count(&there.stream) {
            (there.stream, there.inputs) = (stream, inputs);
        }
        return;
    }
    for loss in draft.losses {
        if !collection.losses.contains(&loss) && collection.losses.len() < 12 {
            collection.losses.push(loss);
        }
    }
    collection.endpoints.push(Endpoint { group, title, path, list, signed, stream, inputs, ..Endpoint::default() });
}

/// A path as files have it: `/customers/{id}`.
fn shown_path(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path).replace("{{ config.", "{").replace(" }}", "}");
    if path.is_empty() { "/".to_owned() } else { path }
}

fn notes_of(collection: &mut Collection) {
    match collection.secrets.len() {
        0 => {}
        1 => collection
            .notes
            .push("The key in the file went to the keyring; the definition only refers to it.".to_owned()),
        n => collection
            .notes
            .push(format!("{n} keys in the file went to the keyring; the definition only refers to them.")),
    }
}
