//! Reading what may be the parents of a stream, and finding the value that the stream is read by.

use super::OfferWay;
use super::looks::Looks;
use super::take::{one, parent_draft};
use crate::detect::columns::{Column, columns};
use crate::detect::node::Node;
use crate::detect::place::Place;
use crate::detect::words::{id_name, plain_name};
use crate::detect::{Choice, Detection, Probe, detect};
use crate::http::{Answer, shown_host};
use definition::model::Stream;
use definition::{Definition, Problem, ProblemKind, Stage};

/// A parent stream that can be read, and where its value stands.
#[derive(Debug, Clone)]
pub struct FoundParent {
    /// The stream, with everything that was detected of it.
    pub stream: Stream,
    /// The JSONPath of the value in its records.
    pub value: String,
    /// Whether the value at hand was among its records.
    pub proved: bool,
    /// Whether the definition has it already.
    pub exists: bool,
}

/// Reads the parents of an offer where they may be, and detects how: their pages, key and columns.
///
/// # Errors
/// Where none can be read: the message says what the server answered.
pub async fn read_parent(
    definition: &Definition,
    detection: &Detection,
    name: &str,
    probe: &dyn Probe,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<FoundParent, Problem> {
    let (offer, spot) = one(definition, detection, name)?;
    let gone = || failed("There is no place to read its parents from.");
    let child = definition.streams.iter().find(|stream| stream.name == offer.stream).ok_or_else(gone)?;
    let way = offer.ways.iter().find_map(|way| match way {
        OfferWay::Parent { stream, exists, .. } => Some((stream.clone(), *exists)),
        _ => None,
    });
    let (parent, exists) = way.ok_or_else(gone)?;
    let known = definition.streams.iter().find(|stream| exists && stream.name == parent);
    if let Some(known) = known {
        progress(&format!("Reading {parent}"));
        let value = known_value(definition, known, &spot.value, spot.looks, &spot.noun, probe).await;
        let (value, proved) = value.ok_or_else(|| failed(&format!("No column of `{parent}` can be its id.")))?;
        return Ok(FoundParent { stream: known.clone(), value, proved, exists: true });
    }
    let mut last = gone();
    let mut unproved = None;
    for path in &spot.parents {
        progress(&format!("Reading {path}"));
        let mut draft = Definition { streams: vec![parent_draft(child, &parent, path)], ..definition.clone() };
        let mut answer = probe.page(&draft, None).await;
        // Some want of it what they want of the child: `?site=…`.
        let wants = answer.as_ref().is_ok_and(|answer| matches!(answer.status, 400 | 422));
        if wants && draft.streams[0].request.query != child.request.query {
            draft.streams[0].request.query = child.request.query.clone();
            answer = probe.page(&draft, None).await;
        }
        let answer = match answer {
            Ok(answer) => answer,
            Err(problem) if problem.kind == ProblemKind::Cancelled => return Err(problem),
            Err(problem) => {
                last = problem;
                break;
            }
        };
        if !(200..300).contains(&answer.status) {
            last = failed(&format!("`{path}` can't be read: {} answered {}.", shown_host(&answer.url), answer.status));
            if [401, 429].contains(&answer.status) || answer.status >= 500 {
                break;
            }
            continue;
        }
        let Some(value) = value_in(&draft, &answer, &spot.value, spot.looks, &spot.noun) else {
            last = failed(&format!("`{path}` is no list that it could be one of."));
            continue;
        };
        let (read, _) = match detect(draft, &answer, probe, progress).await {
            Ok(read) => read,
            Err(problem) => {
                last = problem;
                continue;
            }
        };
        let Some(stream) = read.streams.into_iter().next() else { continue };
        let found = FoundParent { stream, value: value.0, proved: value.1, exists: false };
        if found.proved {
            return Ok(found);
        }
        unproved.get_or_insert(found);
    }
    unproved.ok_or(last)
}

fn failed(message: &str) -> Problem {
    Problem::new("no_parent", ProblemKind::Data, Stage::Select, message)
}

/// The value's place in the records of a stream that is there already.
async fn known_value(
    definition: &Definition,
    parent: &Stream,
    value: &str,
    looks: Looks,
    noun: &str,
    probe: &dyn Probe,
) -> Option<(String, bool)> {
    if parent.partitions.is_empty() {
        let draft = Definition { streams: vec![parent.clone()], ..definition.clone() };
        let answer = probe.page(&draft, None).await.ok().filter(|answer| (200..300).contains(&answer.status));
        if let Some(found) = answer.and_then(|answer| value_in(&draft, &answer, value, looks, noun)) {
            return Some(found);
        }
    }
    // Its declared columns tell as much.
    let wanted = |name: &&String| weight(name, looks, noun) > 0;
    let own = parent.key.iter().find(wanted).or_else(|| {
        parent
            .fields
            .iter()
            .map(|field| &field.name)
            .find(wanted)
            .or(parent.key.first().filter(|_| parent.key.len() == 1))
    })?;
    let field = parent.fields.iter().find(|field| field.name == *own);
    let path = field.and_then(|field| field.from.clone()).unwrap_or_else(|| format!("$.{own}"));
    Some((path, false))
}

/// Where the value stands in the records of an answer: `$.id`, and whether it was met.
fn value_in(draft: &Definition, answer: &Answer, value: &str, looks: Looks, noun: &str) -> Option<(String, bool)> {
    let root = std::str::from_utf8(&answer.body).ok().and_then(Node::parse)?;
    let stream = draft.streams.first()?;
    let path = match &stream.records.path {
        Some(path) => path.clone(),
        None => {
            let found = crate::detect::records::find(&root, &stream.name);
            let part = crate::detect::records::detected(&root, &found);
            match &part.best()?.choice {
                Choice::Records { path } => path.clone(),
                _ => return None,
            }
        }
    };
    if !path.contains("[*]") {
        return None;
    }
    let place = Place::parse(&path)?;
    let records: Vec<&Node> = place.select(&root);
    if records.is_empty() || !records.iter().any(|record| record.members().is_some()) {
        return None;
    }
    column(&columns(&records), value, looks, noun)
}

fn column(columns: &[Column<'_>], value: &str, looks: Looks, noun: &str) -> Option<(String, bool)> {
    let text = |node: &Node| match node {
        Node::Text(text) | Node::Number(text) => Some(text.clone()),
        _ => None,
    };
    let same = |column: &&Column<'_>| {
        let mut met = column.values.iter().flatten().filter(|node| text(node).is_some_and(|text| text == value));
        // A value that several records have tells none of them.
        met.next().is_some() && (met.next().is_none() || column.values.len() == 1)
    };
    let best = |found: Vec<&Column<'_>>| {
        let place = |column: &&Column<'_>| weight(&column.name, looks, noun) - 30 * (column.place.0.len() as i32 - 1);
        found.into_iter().max_by_key(place).map(|column| column.place.path())
    };
    if let Some(path) = best(columns.iter().filter(same).collect()) {
        return Some((path, true));
    }
    let fits = |column: &&Column<'_>| {
        weight(&column.name, looks, noun) > 0
            && column.place.0.len() == 1
            && column.values.iter().flatten().all(|node| match looks {
                Looks::Number => node.whole().is_some() || node.text().is_some_and(|text| text.parse::<u64>().is_ok()),
                _ => node.text().is_some(),
            })
    };
    best(columns.iter().filter(fits).collect()).map(|path| (path, false))
}

/// How well a column's name fits an id in an address.
fn weight(name: &str, looks: Looks, noun: &str) -> i32 {
    const SLUGS: &[&str] = &[
        "slug",
        "login",
        "key",
        "code",
        "handle",
        "username",
        "symbol",
        "identifier",
        "iso",
        "ticker",
        "path",
        "fullname",
        "pathwithnamespace",
    ];
    let plain = plain_name(name);
    let own = plain_name(noun);
    match () {
        () if looks == Looks::Slug && SLUGS.contains(&plain.as_str()) => 90,
        () if looks == Looks::Slug && (plain == "name" || plain == own) => 85,
        () if plain == "id" => 100,
        () if id_name(name, &format!("{own}s")) => 80,
        () if plain == format!("{own}id") || plain == format!("{own}key") => 80,
        () if looks != Looks::Number && ["uuid", "guid", "key", "number", "code"].contains(&plain.as_str()) => 60,
        () if looks == Looks::Number && ["number", "iid", "num"].contains(&plain.as_str()) => 40,
        () => 0,
    }
}
