//! Where the records are: every list and object of an answer, weighed.

use super::node::Node;
use super::place::{Place, Step};
use super::words::{self, count};
use super::{Candidate, Choice, Confidence, Detected, Part};

/// A place that may hold the records.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The place.
    pub place: Place,
    kind: Kind,
    count: usize,
    score: i32,
    told: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Objects,
    Scalars,
    Empty,
    Single,
    Keyed,
}

/// Names that answers give to their list of records.
const GOOD: &[&str] = &[
    "data",
    "items",
    "results",
    "records",
    "entries",
    "value",
    "rows",
    "list",
    "content",
    "hits",
    "elements",
    "objects",
    "documents",
    "features",
    "nodes",
    "edges",
    "result",
    "values",
    "resources",
    "entities",
    "d",
];
/// Names of lists that stand beside the records.
const BESIDE: &[&str] = &[
    "included",
    "errors",
    "links",
    "facets",
    "aggregations",
    "columns",
    "fields",
    "schema",
    "warnings",
    "messages",
    "meta",
    "filters",
    "sort",
    "breadcrumbs",
    "includes",
    "expand",
    "debug",
    "orders_by",
    "relationships",
];

/// All places, best first. `stream` is the stream's name, which a list may bear.
pub(super) fn find(root: &Node, stream: &str) -> Vec<Found> {
    let mut found = Vec::new();
    walk(root, &Place::default(), stream, 0, &mut found);
    if found.is_empty() {
        // Where a list is named and null there is nothing yet; the rest around it is no record.
        let lists = root.members().unwrap_or_default().iter().filter(|(_, member)| *member == Node::Null);
        let lists = lists.filter(|(name, _)| GOOD.contains(&name.as_str()));
        lists.for_each(|(name, _)| nothing(Place::default().key(name), &mut found));
    }
    single(root, &mut found);
    if let Some(largest) = found.iter().filter(|one| one.kind == Kind::Objects).map(|one| one.count).max() {
        for one in found.iter_mut().filter(|one| one.kind == Kind::Objects && one.count == largest) {
            one.score += 15;
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.score));
    found
}

/// The object that holds the records under their own names, where it is the best place for them. Its path has names
/// alone.
pub(super) fn keyed_best(root: &Node, stream: &str) -> Option<(Place, usize)> {
    let found = find(root, stream);
    let best = found.first().filter(|best| best.kind == Kind::Keyed)?;
    let (last, holder) = best.place.0.split_last()?;
    let named = *last == Step::Each && holder.iter().all(|step| matches!(step, Step::Key(_)));
    named.then(|| (Place(holder.to_vec()), best.count))
}

/// Whether there is a list of objects anywhere.
pub(super) fn of_objects(root: &Node) -> bool {
    find(root, "").iter().any(|one| matches!(one.kind, Kind::Objects | Kind::Keyed))
}

/// The part for the report.
pub(super) fn detected(root: &Node, found: &[Found]) -> Detected {
    let mut candidates: Vec<Candidate> = found.iter().take(4).map(|one| one.candidate(Confidence::Unsure)).collect();
    if let (Some(best), Some(first)) = (found.first(), candidates.first_mut()) {
        first.confidence = sure(best, found.get(1));
        if first.confidence > Confidence::Unsure {
            candidates.retain(|candidate| !candidate.label.is_empty());
        }
    } else {
        let told = format!("the answer is {}", words::kind(root));
        let choice = Choice::Records { path: "$".to_owned() };
        candidates.push(Candidate { label: "$".to_owned(), evidence: told, confidence: Confidence::Unsure, choice });
    }
    Detected { part: Part::Records, candidates }
}

/// Puts a path that the person pointed at first.
pub(super) fn point(part: &mut Detected, path: &str, root: &Node) {
    let known = part.candidates.iter().position(|candidate| candidate.label == path);
    let mut chosen = known.map_or_else(
        || {
            let number = Place::parse(path).map_or(0, |place| place.select(root).len());
            let choice = Choice::Records { path: path.to_owned() };
            let evidence = count(number, "record");
            Candidate { label: path.to_owned(), evidence, confidence: Confidence::Likely, choice }
        },
        |at| part.candidates.remove(at),
    );
    chosen.confidence = chosen.confidence.max(Confidence::Likely);
    part.candidates.insert(0, chosen);
}

fn sure(best: &Found, second: Option<&Found>) -> Confidence {
    let gap = second.map_or(100, |second| best.score - second.score);
    let whole = best.place.0 == [Step::Each];
    let rival =
        second.is_some_and(|second| second.kind == Kind::Objects || second.kind == Kind::Single && second.score > 0);
    match best.kind {
        Kind::Objects if whole => Confidence::Proved,
        Kind::Objects if !rival => Confidence::Proved,
        Kind::Objects if gap >= 15 => Confidence::Likely,
        Kind::Single if gap >= 15 && best.score >= 30 => Confidence::Likely,
        _ => Confidence::Unsure,
    }
}

impl Found {
    fn candidate(&self, confidence: Confidence) -> Candidate {
        let path = self.place.path();
        Candidate { label: path.clone(), evidence: self.told.clone(), confidence, choice: Choice::Records { path } }
    }
}

fn walk(node: &Node, place: &Place, stream: &str, depth: usize, found: &mut Vec<Found>) {
    if depth > 5 {
        return;
    }
    match node {
        Node::Object(members) => {
            keyed(members, place, depth, found);
            for (name, member) in members {
                walk(member, &place.key(name), stream, depth + 1, found);
            }
        }
        Node::List(items) => {
            list(items, place, stream, depth, found);
            let objects = items.iter().all(|item| matches!(item, Node::Object(_)));
            if (items.len() <= 3 && !objects) || (items.len() == 1 && depth == 0) {
                for (index, item) in items.iter().enumerate() {
                    walk(item, &place.then(Step::Index(index)), stream, depth + 2, found);
                }
            }
        }
        _ => {}
    }
}

fn list(items: &[Node], place: &Place, stream: &str, depth: usize, found: &mut Vec<Found>) {
    let each = place.then(Step::Each);
    let base = named(place, stream) - 4 * depth as i32 + if place.0.is_empty() { 60 } else { 0 };
    let many = (f64::from(u32::try_from(items.len()).unwrap_or(u32::MAX)) + 1.0).log2();
    let found_one = |kind, score, told: String, place| Found { place, kind, count: items.len(), score, told };
    if items.is_empty() {
        found.push(found_one(Kind::Empty, base - 25, "an empty list: there is nothing to tell from".to_owned(), each));
        return;
    }
    let objects = items.iter().filter(|item| matches!(item, Node::Object(_))).count();
    if objects == items.len() {
        let edges = items.iter().all(|item| {
            item.get("node").is_some_and(|node| matches!(node, Node::Object(_)))
                && item.members().is_some_and(|members| members.len() <= 2)
        });
        let members: usize = items.iter().take(20).filter_map(Node::members).map(<[_]>::len).sum();
        let width = (members / items.len().min(20)).min(10) as i32;
        let score = base + 20 + (many * 4.0).min(24.0) as i32 + width;
        let each = if edges { each.key("node") } else { each };
        found.push(found_one(Kind::Objects, score, count(items.len(), "object"), each));
    } else if objects == 0 && items.iter().all(Node::is_scalar) {
        let told = format!("{}, each a plain value", count(items.len(), "item"));
        found.push(found_one(Kind::Scalars, base - 15 + (many * 2.0) as i32, told, each));
    } else if items.len() > 3 {
        let told = format!("{objects} of {} are objects", count(items.len(), "item"));
        found.push(found_one(Kind::Scalars, base - 20, told, each));
    }
}

fn named(place: &Place, stream: &str) -> i32 {
    let Some(Step::Key(name)) = place.0.last() else { return 0 };
    let lower = name.to_ascii_lowercase();
    if BESIDE.contains(&lower.as_str()) && lower != stream {
        return -45;
    }
    let stream = stream.to_ascii_lowercase();
    let same = lower == stream || words::plain_name(name) == words::plain_name(&stream);
    if same || GOOD.contains(&lower.as_str()) { 30 } else { 0 }
}

/// An object whose members are alike: records by their id.
fn keyed(members: &[(String, Node)], place: &Place, depth: usize, found: &mut Vec<Found>) {
    if members.len() < 3 || !members.iter().all(|(_, member)| matches!(member, Node::Object(_))) {
        return;
    }
    let Some(first) = members[0].1.members() else { return };
    let alike = members.iter().all(|(_, member)| {
        let shared = first.iter().filter(|(name, _)| member.get(name).is_some()).count();
        shared * 2 >= first.len().max(1) && !first.is_empty()
    });
    if alike {
        let told = format!("{}, each under its own name (the names are left out)", count(members.len(), "object"));
        let place = place.then(Step::Each);
        let score = 25 - 4 * depth as i32;
        found.push(Found { place, kind: Kind::Keyed, count: members.len(), score, told });
    }
}

/// A list that is null.
fn nothing(place: Place, found: &mut Vec<Found>) {
    let told = "null where a list is named: there is nothing to tell from".to_owned();
    found.push(Found { place: place.then(Step::Each), kind: Kind::Empty, count: 0, score: 60, told });
}

/// The one object, or the one object in a wrapper.
fn single(root: &Node, found: &mut Vec<Found>) {
    let mut push = |node: &Node, place: Place, extra: i32| {
        let Some(members) = node.members() else { return };
        let own = members.iter().filter(|(name, member)| member.is_scalar() && !words::envelope(name)).count();
        let id = members.iter().any(|(name, _)| words::id_name(name, ""));
        let lists = members.iter().any(|(_, member)| matches!(member, Node::List(items) if items.len() > 1));
        let score = extra + 6 * own.min(6) as i32 + if id { 25 } else { 0 } - if lists { 10 } else { 0 };
        if own > 0 || (extra == 0 && members.is_empty()) {
            found.push(Found { place, kind: Kind::Single, count: 1, score, told: "one object, one record".to_owned() });
        }
    };
    push(root, Place::default(), 0);
    if let Some(members) = root.members() {
        let objects: Vec<_> = members.iter().filter(|(_, member)| matches!(member, Node::Object(_))).collect();
        let lists = members.iter().any(|(_, member)| matches!(member, Node::List(_)));
        if let ([(name, member)], false) = (objects.as_slice(), lists) {
            let wrapper = GOOD.contains(&name.as_str()) || members.len() == 1;
            if wrapper && !words::envelope(name) {
                push(member, Place::default().key(name), 5);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Confidence, detected, find};
    use crate::detect::node::Node;

    #[test]
    fn finds_records() {
        use Confidence::{Likely, Proved, Unsure};
        let cases = [
            (r#"[{"id":1},{"id":2}]"#, "$[*]", Proved),
            (r#"{"data":[{"id":1},{"id":2}],"total":2}"#, "$.data[*]", Proved),
            (r#"{"meta":{"total":2},"response":{"users":[{"id":1},{"id":2}]}}"#, "$.response.users[*]", Proved),
            (r#"{"data":[{"id":1,"a":1},{"id":2,"a":1}],"included":[{"id":9}]}"#, "$.data[*]", Likely),
            (r#"{"customers":[{"id":1},{"id":2}],"orders":[{"id":1},{"id":2}]}"#, "$.customers[*]", Likely),
            (r#"{"users":[{"id":1},{"id":2}],"orders":[{"id":1},{"id":2}]}"#, "$.users[*]", Unsure),
            (
                r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{},"properties":{}}]}"#,
                "$.features[*]",
                Likely,
            ),
            (r#"{"@odata.context":"x","value":[{"id":1}]}"#, "$.value[*]", Proved),
            (
                r#"{"data":{"users":{"edges":[{"node":{"id":1},"cursor":"a"}],"pageInfo":{"hasNextPage":false}}}}"#,
                "$.data.users.edges[*].node",
                Proved,
            ),
            (r#"{"hits":{"total":{"value":3},"hits":[{"_id":"1"},{"_id":"2"}]}}"#, "$.hits.hits[*]", Proved),
            (r#"[{"page":1,"total":2},[{"id":"a","v":1},{"id":"b","v":2}]]"#, "$[1][*]", Proved),
            (r#"[]"#, "$[*]", Unsure),
            (r#"{"data":[]}"#, "$.data[*]", Unsure),
            (r#"["a","b"]"#, "$[*]", Unsure),
            (r#"{"id":1,"name":"x","email":"y","tags":["a","b"]}"#, "$", Likely),
            (r#"{"user":{"id":1,"name":"x","email":"y"}}"#, "$.user", Likely),
            (r#"{"a":{"x":1,"y":2},"b":{"x":1,"y":2},"c":{"x":2,"y":1}}"#, "$[*]", Unsure),
            (r#"{}"#, "$", Unsure),
            (r#""text""#, "$", Unsure),
            (r#"{"error":"nope"}"#, "$", Unsure),
            (r#"{"odd name":[{"id":1},{"id":2}]}"#, "$['odd name'][*]", Proved),
        ];
        for (text, path, confidence) in cases {
            let root = Node::parse(text).unwrap();
            let part = detected(&root, &find(&root, "customers"));
            let best = part.best().unwrap();
            assert_eq!((best.label.as_str(), best.confidence), (path, confidence), "{text} {:?}", part.candidates);
        }
    }
}
