//! Taking an offer: the change that it makes to the definition. Sends nothing.

use super::looks::{self, Looks};
use super::spots::{At, Spot, spots};
use super::{FoundParent, Offer, cursor, found, until};
use crate::detect::Detection;
use definition::model::{
    ConfigInput, ConfigType, Distance, Field, FieldType, Incremental, IncrementalInject, Inject, ParentPartition,
    Partition, Scalar, Stream, Template,
};
use definition::{Definition, Problem, ProblemKind, Stage};
use serde_json::Value;

/// How an offer is taken.
#[derive(Debug)]
pub enum TakenAs<'a> {
    /// The stream is read for each record of this parent.
    Parent(&'a FoundParent),
    /// It becomes an input.
    Input,
    /// It is where incremental reading starts.
    Start,
    /// It is the time of the run.
    Now,
}

/// The definition with an offer taken.
///
/// # Errors
/// Where there is no such offer any more.
pub fn take(
    definition: &Definition,
    detection: &Detection,
    name: &str,
    way: &TakenAs<'_>,
) -> Result<Definition, Problem> {
    let (offer, spot) = one(definition, detection, name)?;
    let mut changed = definition.clone();
    let new = match way {
        TakenAs::Parent(parent) if !parent.exists => Some(parent.stream.name.as_str()),
        _ => None,
    };
    match way {
        TakenAs::Input => input(&mut changed, detection, &offer, &spot),
        TakenAs::Now => now(&mut changed, &offer, &spot),
        TakenAs::Start => start(&mut changed, detection, &offer, &spot)?,
        TakenAs::Parent(parent) => child(&mut changed, detection, &offer, &spot, parent),
    }
    rename(&mut changed, &offer, &spot, new);
    Ok(changed)
}

/// A stream that was called by the one thing it was of gets the name of all. `new`: the parent that was added.
fn rename(definition: &mut Definition, offer: &Offer, spot: &Spot, new: Option<&str>) {
    if !spot.last || offer.stream != looks::snake(&spot.value) || spot.noun.is_empty() {
        return;
    }
    let wanted = if new.is_some() { format!("{}_details", spot.noun) } else { spot.collection.clone() };
    let name = free_stream(definition, &wanted);
    if let Some(stream) = definition.streams.iter_mut().find(|stream| stream.name == offer.stream) {
        stream.name = name;
    }
}

/// An offer with its place.
pub(super) fn one(definition: &Definition, detection: &Detection, name: &str) -> Result<(Offer, Spot), Problem> {
    found(definition, detection).into_iter().find(|(offer, _)| offer.name == name).ok_or_else(|| {
        Problem::new("no_offer", ProblemKind::Config, Stage::Open, format!("There is nothing fixed called `{name}`."))
            .hint("Look at what is offered now: the definition has changed since.")
    })
}

/// A name for a new stream.
pub(super) fn free_stream(definition: &Definition, wanted: &str) -> String {
    let base: String = wanted.chars().take(60).collect();
    let base = if base.is_empty() { "parents".to_owned() } else { base };
    let taken = |name: &str| definition.streams.iter().any(|stream| stream.name == name);
    let mut name = base.clone();
    let mut number = 2;
    while taken(&name) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name
}

fn input(definition: &mut Definition, detection: &Detection, offer: &Offer, spot: &Spot) {
    add_input(definition, offer, spot);
    let reference = expression(&format!("config.{}", offer.name), spot);
    let place = definition.streams.iter().position(|stream| stream.name == offer.stream).unwrap_or_default();
    replace(definition, place, &spot.at, &reference);
    loosen_others(definition, detection, spot, &reference);
}

/// The same thing in other places gets the same expression.
fn loosen_others(definition: &mut Definition, detection: &Detection, spot: &Spot, reference: &str) {
    for index in 0..definition.streams.len() {
        while let Some(other) = spots(definition, index, detection).into_iter().find(|other| other.same_thing(spot)) {
            replace(definition, index, &other.at, reference);
        }
    }
}

fn add_input(definition: &mut Definition, offer: &Offer, spot: &Spot) {
    let (kind, default) = typed(spot);
    let where_ = match &spot.at {
        At::Path { .. } => "in the path".to_owned(),
        At::Base { .. } => "in the base URL".to_owned(),
        At::Query(name) => format!("for the parameter {name}"),
        At::Start => "where reading starts".to_owned(),
    };
    let words = offer.name.replace('_', " ");
    let mut letters = words.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    definition.config.push(ConfigInput {
        name: offer.name.clone(),
        kind,
        title,
        description: format!("It was {} {where_}.", spot.value),
        required: true,
        default: Some(default),
        ..ConfigInput::default()
    });
}

fn typed(spot: &Spot) -> (ConfigType, Value) {
    let text = || Value::from(spot.value.as_str());
    let number: Option<i64> =
        spot.value.parse().ok().filter(|_| spot.value.len() <= 15 && !spot.value.starts_with('0'));
    match (spot.looks, number) {
        (Looks::Number | Looks::Epoch | Looks::EpochMs, Some(number)) => (ConfigType::Integer, Value::from(number)),
        (Looks::Date, _) => (ConfigType::Date, text()),
        (Looks::Moment, _) if spot.value.parse::<jiff::Timestamp>().is_ok() => (ConfigType::Datetime, text()),
        _ => (ConfigType::String, text()),
    }
}

/// An expression that gives the value as it stands in its place.
fn expression(name: &str, spot: &Spot) -> String {
    let plain = spot.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~@:".contains(&b));
    let in_path = matches!(spot.at, At::Path { .. } | At::Base { .. });
    if in_path && !plain { format!("{{{{ {name} | urlencode }}}}") } else { format!("{{{{ {name} }}}}") }
}

/// Puts a template where a value stands.
fn replace(definition: &mut Definition, index: usize, at: &At, template: &str) {
    if let At::Base { segment, from, to } = at {
        if let Some(http) = &mut definition.http {
            http.base_url = Template(put(http.base_url.as_str(), *segment, *from, *to, template));
        }
        return;
    }
    let Some(stream) = definition.streams.get_mut(index) else { return };
    match at {
        At::Path { segment, from, to } => {
            let path = stream.request.path.as_str();
            let (plain, rest) = path.split_at(path.find('?').unwrap_or(path.len()));
            stream.request.path = Template(put(plain, *segment, *from, *to, template) + rest);
        }
        At::Query(name) => {
            if let Some(value) = stream.request.query.get_mut(name) {
                *value = Scalar::from(template);
            }
        }
        At::Start => {
            if let Some(incremental) = &mut stream.incremental {
                incremental.start = Some(Template::from(template));
            }
        }
        At::Base { .. } => {}
    }
}

fn put(text: &str, segment: usize, from: usize, to: usize, template: &str) -> String {
    let pieces: Vec<String> = text
        .split('/')
        .enumerate()
        .map(|(index, piece)| match (piece.get(..from), piece.get(to..)) {
            (Some(head), Some(tail)) if index == segment => format!("{head}{template}{tail}"),
            _ => piece.to_owned(),
        })
        .collect();
    pieces.join("/")
}

fn start(definition: &mut Definition, detection: &Detection, offer: &Offer, spot: &Spot) -> Result<(), Problem> {
    let gone = || {
        Problem::new("no_offer", ProblemKind::Config, Stage::Open, format!("`{}` can't be a start.", offer.name))
            .hint("Make it an input instead.")
    };
    let index = definition.streams.iter().position(|stream| stream.name == offer.stream).ok_or_else(gone)?;
    let At::Query(parameter) = spot.at.clone() else { return Err(gone()) };
    let found = cursor(&definition.streams[index], index, detection).ok_or_else(gone)?;
    let end = until(&spots(definition, index, detection)).map(str::to_owned);
    add_input(definition, offer, spot);
    let own = match spot.looks {
        Looks::Date => "date",
        Looks::Epoch => "epoch",
        Looks::EpochMs => "epoch_ms",
        _ if spot.value.parse::<jiff::Timestamp>().is_ok() => "rfc3339",
        _ => "%Y-%m-%dT%H:%M:%S",
    };
    let mut formats = vec![own.to_owned()];
    let read = if found.formats.is_empty() { vec!["rfc3339".to_owned()] } else { found.formats.clone() };
    formats.extend(read.into_iter().filter(|format| format != own));
    if formats == ["rfc3339"] {
        formats.clear();
    }
    let stream = &mut definition.streams[index];
    for name in [Some(&parameter), end.as_ref()].into_iter().flatten() {
        stream.request.query.shift_remove(name);
    }
    stream.incremental = Some(Incremental {
        formats,
        start: Some(Template(format!("{{{{ config.{} }}}}", offer.name))),
        // Servers differ in whether the start itself is within: a second before it loses nothing.
        lookback: (spot.looks == Looks::Moment).then(|| Distance::from("1s")),
        inject: IncrementalInject { start: Some(Inject::Query(parameter)), end: end.map(Inject::Query) },
        ..found
    });
    Ok(())
}

/// The end of each span goes where a fixed one stood.
fn now(definition: &mut Definition, offer: &Offer, spot: &Spot) {
    let stream = definition.streams.iter_mut().find(|stream| stream.name == offer.stream);
    if let (Some(stream), At::Query(name)) = (stream, &spot.at)
        && let Some(incremental) = &mut stream.incremental
    {
        stream.request.query.shift_remove(name);
        incremental.inject.end = Some(Inject::Query(name.clone()));
    }
}

/// Makes every stream that belongs to the thing read for each of the parents.
fn child(definition: &mut Definition, detection: &Detection, offer: &Offer, spot: &Spot, parent: &FoundParent) {
    let name = offer.name.clone();
    let reference = expression(&format!("partition.{name}"), spot);
    let mut targets: Vec<usize> = (0..definition.streams.len())
        .filter(|index| spots(definition, *index, detection).iter().any(|other| other.same_thing(spot)))
        .collect();
    // A stream is no child of its own, nor is the parent's parent a child of the parent.
    targets.retain(|index| definition.streams[*index].name != parent.stream.name);
    let names: Vec<String> = targets.iter().map(|index| definition.streams[*index].name.clone()).collect();
    for index in targets {
        let mut first = true;
        while let Some(other) = spots(definition, index, detection).into_iter().find(|other| other.same_thing(spot)) {
            replace(definition, index, &other.at, &reference);
            let stream = &mut definition.streams[index];
            // What its own parent is read by is at hand in it, too.
            let inherits = stream.partitions.iter().any(
                |partition| matches!(partition, Partition::Parent(own) if names.contains(&own.stream) && own.name != name),
            );
            if first && !inherits {
                stream.partitions.insert(0, partition(&name, parent));
            }
            if first {
                belongs(stream, &name, spot);
            }
            first = false;
        }
    }
    if !parent.exists {
        let mut stream = parent.stream.clone();
        stream.name = free_stream(definition, &stream.name);
        definition.streams.push(stream);
    }
}

fn partition(name: &str, parent: &FoundParent) -> Partition {
    Partition::Parent(ParentPartition {
        stream: parent.stream.name.clone(),
        value: parent.value.clone(),
        name: name.to_owned(),
        fields: Vec::new(),
        incremental: false,
        inject: None,
    })
}

/// A child's records tell whose they are; a key that counts anew for each parent has the parent's id beside it.
fn belongs(stream: &mut Stream, name: &str, spot: &Spot) {
    if stream.fields.is_empty() || spot.last {
        return;
    }
    let plain = crate::detect::words::plain_name(name);
    let same = |field: &Field| crate::detect::words::plain_name(&field.name) == plain;
    let own = stream.fields.iter().find(|field| same(field)).map(|field| field.name.clone());
    let own = own.unwrap_or_else(|| {
        let kind = if spot.looks == Looks::Number { FieldType::Integer } else { FieldType::String };
        let template = Some(Template(format!("{{{{ partition.{name} }}}}")));
        stream.fields.push(Field { name: name.to_owned(), template, kind, ..Field::default() });
        name.to_owned()
    });
    // Ids that are numbers may count anew for each parent: with the parent's beside it a key is always right.
    let text = |key: &String| stream.fields.iter().any(|field| field.name == *key && field.kind == FieldType::String);
    let wide = |key: &String| {
        let plain = crate::detect::words::plain_name(key);
        (plain == "id" && text(key))
            || ["uuid", "guid"].iter().any(|end| plain.ends_with(end))
            || plain.ends_with("nodeid")
    };
    if !stream.key.is_empty() && !stream.key.iter().any(wide) && !stream.key.contains(&own) {
        stream.key.insert(0, own);
    }
}

/// The columns that tell whose the records of a stream's parts are, beside what its records tell; and they belong to the
/// key, since ids may count anew for each part. True: the key is another now.
pub fn belonging(definition: &Definition, stream: &mut Stream) -> bool {
    if stream.fields.is_empty() {
        return false;
    }
    let before = stream.key.clone();
    for partition in stream.partitions.clone() {
        let (name, kind) = match &partition {
            Partition::Parent(parent) => (parent.name.clone(), value_kind(definition, parent)),
            Partition::List(list) => (list.name.clone(), FieldType::String),
            Partition::Window(_) => continue,
        };
        let template = format!("{{{{ partition.{name} }}}}");
        let plain = crate::detect::words::plain_name(&name);
        let same = |field: &&Field| {
            field.template.as_ref().is_some_and(|own| own.as_str() == template)
                || crate::detect::words::plain_name(&field.name) == plain
        };
        let own = stream.fields.iter().find(same).map(|field| field.name.clone());
        let own = own.unwrap_or_else(|| {
            let template = Some(Template(template.clone()));
            stream.fields.push(Field { name: name.clone(), template, kind, ..Field::default() });
            name.clone()
        });
        if !before.is_empty() && matches!(partition, Partition::Parent(_)) && !stream.key.contains(&own) {
            stream.key.insert(0, own);
        }
    }
    stream.key != before
}

/// The type of a parent's value, as its own column has it.
fn value_kind(definition: &Definition, parent: &ParentPartition) -> FieldType {
    let stream = definition.streams.iter().find(|stream| stream.name == parent.stream);
    let fields = stream.map(|stream| stream.fields.as_slice()).unwrap_or_default();
    let field = fields.iter().find(|field| field.from.as_deref() == Some(parent.value.as_str()));
    field.map_or(FieldType::String, |field| field.kind)
}

/// The stream in which a parent is looked for: what the child sends, at another path.
pub(super) fn parent_draft(child: &Stream, name: &str, path: &str) -> Stream {
    let mut stream = Stream { name: name.to_owned(), ..Stream::default() };
    stream.request.path = Template(path.to_owned());
    stream.request.headers = child.request.headers.clone();
    let kept = |name: &str| {
        looks::parts(name)
            .iter()
            .any(|part| ["version", "format", "output", "v", "lang", "locale"].contains(&part.as_str()))
    };
    stream.request.query = child
        .request
        .query
        .iter()
        .filter(|(name, _)| kept(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    stream
}
