//! The places of a request that hold a value which could be another one.

use super::OfferPlace;
use super::looks::{self, Looks, bound, noun, one, parts, plural, strong};
use crate::detect::Detection;
use definition::Definition;
use definition::model::Stream;

/// Ends of a path that tell a format.
const ENDS: &[&str] = &[".json", ".xml", ".csv", ".jsonl"];
/// Collections whose things have two names: an owner's and their own.
const OWNED: &[&str] = &["repos", "repositories", "datasets", "models"];
/// Segments behind which an API's own part of the path begins.
const API: &[&str] = &["api", "rest", "odata", "services", "gateway", "public", "jsonapi", "admin", "data"];

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    /// A part of the path's segment.
    Path { segment: usize, from: usize, to: usize },
    /// A part of a segment of the base URL.
    Base { segment: usize, from: usize, to: usize },
    /// A query parameter.
    Query(String),
    /// The start of the incremental read.
    Start,
}

impl At {
    pub(super) fn place(&self) -> OfferPlace {
        match self {
            Self::Path { .. } => OfferPlace::Path,
            Self::Base { .. } => OfferPlace::Base,
            Self::Query(_) => OfferPlace::Query,
            Self::Start => OfferPlace::Start,
        }
    }
}

/// A value that could be another one.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub at: At,
    /// As a person writes it.
    pub value: String,
    pub looks: Looks,
    /// `project`.
    pub noun: String,
    /// `projects`, as the parent stream is called.
    pub collection: String,
    /// `project_id`.
    pub name: String,
    /// Paths where the parents may be read, best first.
    pub parents: Vec<String>,
    /// Whether the path ends with it.
    pub last: bool,
    /// What stands before it in the path.
    pub before: String,
}

impl Spot {
    /// Whether it stands for the same thing as another, in whichever stream.
    pub(super) fn same_thing(&self, other: &Self) -> bool {
        let thing = !self.looks.is_time() && !other.looks.is_time();
        thing && self.value == other.value && (self.noun == other.noun || self.looks == Looks::Slug)
    }

    /// Whether it is an id behind another one in the path.
    pub(super) fn is_inside(&self, outer: &Self) -> bool {
        let order = |at: &At| match at {
            At::Base { segment, .. } => Some((0, *segment)),
            At::Path { segment, .. } => Some((1, *segment)),
            At::Query(_) | At::Start => None,
        };
        !self.looks.is_time() && order(&self.at).zip(order(&outer.at)).is_some_and(|(own, outer)| own > outer)
    }
}

impl Looks {
    pub(super) fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::Moment | Self::Epoch | Self::EpochMs)
    }
}

/// A segment with where it stands.
struct Segment<'a> {
    text: &'a str,
    base: bool,
    index: usize,
}

/// The values of a stream's request.
pub(super) fn spots(definition: &Definition, index: usize, detection: &Detection) -> Vec<Spot> {
    let Some(stream) = definition.streams.get(index) else { return Vec::new() };
    let path = stream.request.path.as_str();
    let mut found = Vec::new();
    if !path.contains("://") {
        let base = definition.http.as_ref().map_or("", |http| http.base_url.as_str());
        in_path(base, stream, &detection.echoed, &mut found);
    }
    in_query(stream, &mut found);
    let start = stream.incremental.as_ref().and_then(|incremental| incremental.start.as_ref());
    if let Some(start) = start.filter(|start| start.is_literal() && !start.as_str().is_empty())
        && let Some(looks) = looks::time("since", start.as_str())
    {
        found.push(time(At::Start, start.as_str(), looks, "start_date"));
    }
    found
}

fn time(at: At, value: &str, looks: Looks, name: &str) -> Spot {
    Spot {
        at,
        value: value.to_owned(),
        looks,
        noun: String::new(),
        collection: String::new(),
        name: name.to_owned(),
        parents: Vec::new(),
        last: false,
        before: String::new(),
    }
}

/// A path without its query, its last slash and its end of a format.
pub(super) fn bare(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or_default().trim_end_matches('/');
    ENDS.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path)
}

/// The segments of a base URL and of a path.
fn segments<'a>(base: &'a str, path: &'a str) -> Vec<Segment<'a>> {
    let inside = |text: &'a str, base: bool| {
        text.split('/').enumerate().filter(|(_, text)| !text.is_empty()).map(move |(index, text)| Segment {
            text,
            base,
            index,
        })
    };
    // Scheme and host are no part of it; their places count.
    let host = if base.contains("://") { 2 } else { 0 };
    let path = path.split('?').next().unwrap_or_default();
    inside(base, true).filter(|segment| segment.index > host).chain(inside(path, false)).collect()
}

fn in_path(base: &str, stream: &Stream, echoed: &[String], found: &mut Vec<Spot>) {
    let path = stream.request.path.as_str();
    let all = segments(base, path);
    let single = stream.records.path.as_deref().is_some_and(|path| !path.contains("[*]"));
    let mut owner_of: Option<usize> = None;
    for (place, segment) in all.iter().enumerate() {
        let at = |from: usize, to: usize| match segment.base {
            true => At::Base { segment: segment.index, from, to },
            false => At::Path { segment: segment.index, from, to },
        };
        if let Some((start, end)) = segment.text.split_once("..").filter(|_| !segment.base) {
            let whole = segment.text.len();
            let ends = [(start, at(0, start.len()), "start_date"), (end, at(start.len() + 2, whole), "end_date")];
            let dates = ends.into_iter().filter(|(text, ..)| strong(text) == Some(Looks::Date));
            found.extend(dates.map(|(text, at, name)| time(at, text, Looks::Date, name)));
            continue;
        }
        if segment.text.contains("{{") {
            continue;
        }
        let before = place.checked_sub(1).map(|at| all[at].text);
        let behind = all.get(place + 1).map(|segment| segment.text);
        let (from, to, head) = inner(segment.text);
        let value = decoded(&segment.text[from..to]);
        let before =
            head.or(before).filter(|before| noun(before) && !API.contains(&before.to_ascii_lowercase().as_str()));
        let owned = owner_of == Some(place);
        let last = behind.is_none();
        let Some(looks) = looks_of(&value, before, behind, Asked { owned, single: single && last, echoed, last })
        else {
            continue;
        };
        if looks.is_time() {
            if !segment.base {
                found.push(time(at(from, to), &value, looks, "date"));
            }
            continue;
        }
        let collection = if owned { all[place - 2].text } else { before.unwrap_or_default() };
        let mut spot = named(at(from, to), value, looks, collection);
        spot.last = last && head.is_none_or(|_| last);
        spot.before = before.unwrap_or_default().to_owned();
        let two = OWNED.contains(&collection) && looks == Looks::Slug && (place + 2 < all.len() || (single && !last));
        if two && !owned {
            owner_of = Some(place + 1);
            spot.name = "owner".to_owned();
            spot.noun = "owner".to_owned();
        } else if !segment.base && !spot.noun.is_empty() && !year(&spot) {
            spot.parents = parents(path, segment, head, owned.then(|| (collection, all[place - 1].text)));
        }
        found.push(spot);
    }
}

/// What is known of a segment beside its text.
struct Asked<'a> {
    /// Whether it is the second name of a thing.
    owned: bool,
    /// Whether the answer is one thing, and the path ends here.
    single: bool,
    /// Values that the records repeat.
    echoed: &'a [String],
    last: bool,
}

/// What a segment is, in its place.
fn looks_of(value: &str, before: Option<&str>, behind: Option<&str>, asked: Asked<'_>) -> Option<Looks> {
    match strong(value) {
        Some(Looks::Number) => {
            let number: u64 = value.parse().unwrap_or(u64::MAX);
            let word = before?;
            (looks::yearly(number, word) || looks::counts_things(word)).then_some(Looks::Number)
        }
        // A date or a long id needs nothing before it; one at the very end of a list is a list's own.
        Some(Looks::Id) => Some(Looks::Id),
        Some(looks) => Some(looks),
        None if asked.owned => Some(Looks::Slug),
        None => {
            let before = before?;
            let encoded = value.contains('/') && behind.is_some();
            let echoed = asked.echoed.iter().any(|echo| echo == value);
            let at_end = asked.single && (looks::slug(value, before, None) || (echoed && !looks::own_word(value)));
            let within = !asked.last && looks::slug(value, before, behind);
            let own = plural(value) && echoed && asked.last;
            (encoded && plural(before) || within || at_end || (own && asked.single)).then_some(Looks::Slug)
        }
    }
}

/// Whether it is a year.
fn year(spot: &Spot) -> bool {
    spot.name == "year" || spot.name == "season"
}

/// A value of a collection, with its names.
fn named(at: At, value: String, looks: Looks, collection: &str) -> Spot {
    let single = one(collection);
    let number: u64 = value.parse().unwrap_or(0);
    let years = ["year", "season"].contains(&single.as_str());
    let is_year = years || (looks == Looks::Number && looks::yearly(number, collection));
    let (noun, name) = match () {
        () if is_year => (String::new(), if years { single } else { "year".to_owned() }),
        () if single.is_empty() => (String::new(), "id".to_owned()),
        () if looks == Looks::Slug => (single.clone(), single),
        () if single.ends_with("_id") || single == "id" => (single.clone(), single),
        () => (single.clone(), format!("{single}_id")),
    };
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = if starts(&name) { name } else { format!("id_{name}") };
    let collection = looks::snake(collection);
    let collection = if starts(&collection) { collection } else { "parents".to_owned() };
    Spot { at, value, looks, noun, collection, name, parents: Vec::new(), last: false, before: String::new() }
}

/// The part of a segment that is the value, and the collection where it stands in the same segment (`Orders(42)`).
fn inner(text: &str) -> (usize, usize, Option<&str>) {
    if let Some((head, rest)) = text.split_once('(').filter(|(head, rest)| !head.is_empty() && rest.ends_with(')')) {
        let rest = &rest[..rest.len() - 1];
        let quoted = rest.len() >= 2 && rest.starts_with('\'') && rest.ends_with('\'');
        let from = head.len() + 1 + usize::from(quoted);
        let to = text.len() - 1 - usize::from(quoted);
        if from < to && !rest.contains(['=', ',']) {
            return (from, to, Some(head));
        }
    }
    let end = ENDS.iter().find(|end| text.ends_with(*end) && text.len() > end.len());
    (0, text.len() - end.map_or(0, |end| end.len()), None)
}

/// Where a collection may be read. `owned`: the collection and the owner, for things with two names.
fn parents(path: &str, segment: &Segment<'_>, head: Option<&str>, owned: Option<(&str, &str)>) -> Vec<String> {
    let plain = path.split('?').next().unwrap_or_default();
    let pieces: Vec<&str> = plain.split('/').collect();
    let upto = |count: usize| pieces[..count.min(pieces.len())].join("/");
    if let Some((collection, owner)) = owned {
        let before = upto(segment.index.saturating_sub(2));
        let listed = format!("{before}/{collection}/{owner}");
        let mut all: Vec<String> =
            ["users", "orgs"].iter().map(|who| format!("{before}/{who}/{owner}/{collection}")).collect();
        if collection == "repositories" {
            all.insert(0, listed)
        } else {
            all.push(listed)
        }
        return all;
    }
    let collection = match head {
        Some(head) => format!("{}/{head}", upto(segment.index)),
        None => upto(segment.index),
    };
    if collection.is_empty() {
        return Vec::new();
    }
    let end = ENDS.iter().find(|end| plain.ends_with(*end)).copied();
    let mut all = Vec::new();
    all.extend(end.map(|end| format!("{collection}{end}")));
    if plain.ends_with('/') {
        all.push(format!("{collection}/"));
    }
    all.push(collection);
    all
}

fn in_query(stream: &Stream, found: &mut Vec<Spot>) {
    for (name, value) in &stream.request.query {
        let text = value.as_text();
        if text.is_empty() || text.len() > 128 || text.contains("{{") || name.contains("{{") {
            continue;
        }
        if let Some(looks) = looks::time(name, &text) {
            let own = match bound(name) {
                Some(looks::Bound::Start) => "start_date",
                Some(looks::Bound::End) => "end_date",
                None => "date",
            };
            found.push(time(At::Query(name.clone()), &text, looks, own));
            continue;
        }
        if let Some(spot) = query_id(stream.request.path.as_str(), name, &text) {
            found.push(spot);
        }
    }
}

/// An id in the query: `user_id=42`, `filter[project]=…` with a UUID.
fn query_id(path: &str, name: &str, value: &str) -> Option<Spot> {
    const NOT: &[&str] = &[
        "app",
        "client",
        "application",
        "request",
        "session",
        "trace",
        "since",
        "max",
        "min",
        "last",
        "after",
        "before",
        "next",
        "correlation",
        "device",
        "sort",
        "order",
        "page",
        "starting",
        "ending",
    ];
    const WRAPS: &[&str] = &["filter", "filters", "where", "q", "by", "for", "eq", "query"];
    let words = parts(name);
    let (last, rest) = words.split_last()?;
    let strong = strong(value).filter(|looks| !looks.is_time());
    let rest: Vec<&str> = rest.iter().map(String::as_str).filter(|word| !WRAPS.contains(word)).collect();
    let is_id = ["id", "uuid", "guid"].contains(&last.as_str());
    let (noun, looks) = match (is_id, strong) {
        (true, looks) => (rest.join("_"), looks.unwrap_or(Looks::Slug)),
        // Another parameter holds one where its value can be nothing else.
        (false, Some(Looks::Id)) if !value.contains('@') && !WRAPS.contains(&last.as_str()) => {
            (rest.iter().copied().chain([last.as_str()]).collect::<Vec<_>>().join("_"), Looks::Id)
        }
        _ => return None,
    };
    if rest.iter().any(|word| NOT.contains(word)) || NOT.contains(&noun.as_str()) || value.contains(',') {
        return None;
    }
    let collection = looks::many(&noun);
    let mut spot = named(At::Query(name.to_owned()), value.to_owned(), looks, &collection);
    if noun.is_empty() {
        spot = Spot { noun: String::new(), name: "id".to_owned(), ..spot };
        return Some(spot);
    }
    spot.name = if noun.ends_with("id") { noun.clone() } else { format!("{noun}_id") };
    spot.noun = noun;
    let plain = path.split('?').next().unwrap_or_default();
    let trimmed = plain.trim_end_matches('/');
    let (before, own) = trimmed.rsplit_once('/').unwrap_or(("", trimmed));
    let end = ENDS.iter().find(|end| own.ends_with(*end)).copied().unwrap_or_default();
    let slash = if plain.ends_with('/') { "/" } else { "" };
    let names = [collection.clone(), collection.replace('_', "-"), collection.replace('_', "")];
    for (at, name) in names.iter().enumerate() {
        if !names[..at].contains(name) && !before.contains("{{") {
            spot.parents.push(format!("{before}/{name}{end}{slash}"));
        }
    }
    Some(spot)
}

/// A segment as a person writes it.
fn decoded(text: &str) -> String {
    let pair = format!("{}=", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}
