//! What stands fixed in a request though it likely should not: an id in the path, a date in the query. It is offered, with
//! the ways to loosen it; nothing of it is taken by itself.

mod looks;
mod parent;
mod spots;
mod take;
mod told;

pub use parent::{FoundParent, read_parent};
pub use take::{TakenAs, belonging, take};

use super::words::plain_name;
use super::{Choice, Detection, Part};
use definition::Definition;
use definition::model::{Incremental, Source, Stream};
use looks::{Bound, Looks, bound};
use serde::{Deserialize, Serialize};
use spots::{At, Spot};
use ts_rs::TS;

/// The most offers at once.
const MOST: usize = 6;

/// A value that every run sends the same, and the ways to loosen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Offer {
    /// What the value will be called: `project_id`. No other offer is called so.
    pub name: String,
    /// The stream.
    pub stream: String,
    /// Where it stands.
    pub place: OfferPlace,
    /// The query parameter, where it stands in the query.
    pub parameter: Option<String>,
    /// The value.
    pub value: String,
    /// What it is one of: `project`. Empty for a date, and where it can't be told.
    pub noun: String,
    /// Whether the path ends with it: then the answer is the thing itself.
    pub itself: bool,
    /// The ways, best first. Never empty.
    pub ways: Vec<OfferWay>,
}

/// Where a fixed value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfferPlace {
    /// In the path.
    Path,
    /// In the base URL.
    Base,
    /// In the query.
    Query,
    /// Where incremental reading starts.
    Start,
}

/// A way to loosen a fixed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "way", rename_all = "snake_case")]
#[ts(optional_fields = nullable)]
pub enum OfferWay {
    /// The stream is read once for each record of a parent stream.
    Parent {
        /// The parent stream.
        stream: String,
        /// Its path.
        path: String,
        /// Whether the definition has it already.
        exists: bool,
    },
    /// The value becomes an input with this value as its default.
    Input,
    /// The value is where incremental reading starts.
    Start {
        /// The column that grows.
        cursor: String,
        /// The parameter that takes the end, where the request has one.
        until: Option<String>,
    },
    /// The end of what is read is the time of the run.
    Now,
}

impl OfferWay {
    /// What it is called: `parent`, `input`, `start`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Parent { .. } => "parent",
            Self::Input => "input",
            Self::Start { .. } => "start",
            Self::Now => "now",
        }
    }
}

/// What could be loosened in a definition that was made from a request. Sends nothing.
#[must_use]
pub fn offers(definition: &Definition, detection: &Detection) -> Vec<Offer> {
    let found = found(definition, detection);
    found.into_iter().map(|(offer, _)| offer).take(MOST).collect()
}

fn found(definition: &Definition, detection: &Detection) -> Vec<(Offer, Spot)> {
    let mut all: Vec<(Offer, Spot)> = Vec::new();
    for index in 0..definition.streams.len() {
        let stream = &definition.streams[index];
        if stream.source != Source::Http || stream.job.is_some() {
            continue;
        }
        let spots = spots::spots(definition, index, detection);
        for spot in &spots {
            // The same thing in another stream is loosened with the first.
            if all.iter().any(|(_, other)| other.same_thing(spot)) {
                continue;
            }
            let ways = ways(definition, index, spot, &spots, detection);
            if ways.is_empty() {
                continue;
            }
            let mut name = spot.name.clone();
            let taken = |name: &str| {
                all.iter().any(|(offer, _)| offer.name == name)
                    || definition.input(name).is_some()
                    || stream.partitions.iter().any(|partition| partition_name(partition) == name)
            };
            let mut number = 2;
            while taken(&name) {
                name = format!("{}_{number}", spot.name);
                number += 1;
            }
            let offer = Offer {
                name,
                stream: stream.name.clone(),
                place: spot.at.place(),
                parameter: if let At::Query(name) = &spot.at { Some(name.clone()) } else { None },
                value: spot.value.clone(),
                noun: spot.noun.clone(),
                itself: spot.last,
                ways,
            };
            all.push((offer, spot.clone()));
        }
    }
    all
}

fn partition_name(partition: &definition::model::Partition) -> &str {
    use definition::model::Partition;
    match partition {
        Partition::List(list) => &list.name,
        Partition::Parent(parent) => &parent.name,
        Partition::Window(window) => &window.name,
    }
}

/// The ways of one value.
fn ways(definition: &Definition, index: usize, spot: &Spot, spots: &[Spot], detection: &Detection) -> Vec<OfferWay> {
    let stream = &definition.streams[index];
    match spot.looks {
        Looks::Number | Looks::Id | Looks::Slug => {
            let mut ways = Vec::new();
            // What belongs to an outer thing is read first: its own id is no use without that.
            let innermost = !spots.iter().any(|other| other.is_inside(spot));
            if innermost && let Some(path) = spot.parents.first() {
                ways.push(parent_way(definition, index, spot, path));
            }
            ways.push(OfferWay::Input);
            ways
        }
        Looks::Date | Looks::Moment | Looks::Epoch | Looks::EpochMs => {
            let At::Query(name) = &spot.at else { return vec![OfferWay::Input] };
            let start = |spot: &Spot| match &spot.at {
                At::Query(name) if spot.looks.is_time() && bound(name) == Some(Bound::Start) => {
                    cursor(stream, index, detection)
                }
                _ => None,
            };
            if let Some(incremental) = start(spot) {
                let column = incremental.cursor.trim_start_matches("$.").to_owned();
                let until = until(spots).map(str::to_owned);
                return vec![OfferWay::Start { cursor: column, until }, OfferWay::Input];
            }
            // Its start takes it along.
            if bound(name) == Some(Bound::End) && spots.iter().any(|other| start(other).is_some()) {
                return Vec::new();
            }
            let runs = stream.incremental.as_ref().is_some_and(|one| one.inject.end.is_none());
            if runs && bound(name) == Some(Bound::End) {
                return vec![OfferWay::Now, OfferWay::Input];
            }
            vec![OfferWay::Input]
        }
    }
}

fn parent_way(definition: &Definition, index: usize, spot: &Spot, path: &str) -> OfferWay {
    let plain = |path: &str| spots::bare(path).to_owned();
    let has = |stream: &&Stream| {
        let own = stream.request.path.as_str();
        stream.source == Source::Http && spot.parents.iter().any(|path| plain(path) == plain(own))
    };
    let others = definition.streams.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, stream)| stream);
    // One that is read by another path is told by its name: `tickets`, from `/tickets/search`.
    let named =
        |stream: &&Stream| stream.source == Source::Http && plain_name(&stream.name) == plain_name(&spot.collection);
    if let Some(stream) = others.clone().find(has).or_else(|| others.clone().find(named)) {
        let path = stream.request.path.as_str().to_owned();
        return OfferWay::Parent { stream: stream.name.clone(), path, exists: true };
    }
    let name = take::free_stream(definition, &spot.collection);
    OfferWay::Parent { stream: name, path: path.to_owned(), exists: false }
}

/// How a stream can be read incrementally, where a date could be its start.
fn cursor(stream: &Stream, index: usize, detection: &Detection) -> Option<Incremental> {
    if index != 0 || stream.incremental.is_some() {
        return None;
    }
    let candidates = detection.part(Part::Cursor)?.candidates.iter();
    candidates
        .filter_map(|candidate| match &candidate.choice {
            Choice::Cursor { incremental } => incremental.clone(),
            _ => None,
        })
        .next()
}

/// The parameter that ends the span.
fn until(spots: &[Spot]) -> Option<&str> {
    spots.iter().find_map(|spot| match &spot.at {
        At::Query(name) if spot.looks.is_time() && bound(name) == Some(Bound::End) => Some(name.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
