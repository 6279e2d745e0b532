//! What grows: a column by which only what changed is read. A parameter is taken only if it was seen to filter.

use super::columns::Column;
use super::moments::{self, Form};
use super::node::Node;
use super::place::Place;
use super::probe::{Brought, Prober};
use super::words::{count, plain_name};
use super::{Candidate, Choice, Confidence, Detected, Part, apply};
use definition::Definition;
use definition::model::{CursorKind, Distance, Incremental, IncrementalInject, Inject, Paginate, Scalar, Template};

/// How many parameters are tried.
const MOST_NAMES: usize = 5;

/// How a cursor's values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Moment,
    Local,
    Day,
    Epoch,
    EpochMs,
}

/// A column that may be a cursor.
struct Found<'a> {
    place: Place,
    name: String,
    written: Written,
    values: Vec<&'a str>,
    sorted: Option<bool>,
    weight: i32,
}

/// Detects the cursor.
pub(super) async fn detect(
    draft: &Definition,
    columns: &[Column<'_>],
    records: &Place,
    has_key: bool,
    prober: &mut Prober<'_>,
) -> Detected {
    let mut found: Vec<Found<'_>> = columns.iter().filter_map(column).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let mut candidates = Vec::new();
    let mut asked = Asked::default();
    if let Some(best) = found.first() {
        for name in names(draft, best) {
            if prober.left() < 2 {
                asked.cut = Some(if prober.limited() { Cut::Limited } else { Cut::Spent });
                break;
            }
            asked.names.push(name.clone());
            if let Some(proved) = prove(draft, best, &name, records, prober).await {
                candidates.push(proved);
                break;
            }
        }
        if prober.limited() {
            asked.cut = Some(Cut::Limited);
        }
    }
    let none = none(candidates.is_empty(), found.first(), has_key, &asked);
    if candidates.is_empty() {
        candidates.push(none);
        candidates.extend(found.iter().take(2).map(here));
    } else {
        candidates.push(none);
    }
    Detected { part: Part::Cursor, candidates }
}

/// Tries one parameter as the filter by a column, or by the likeliest one. `None`: it does not filter.
pub(super) async fn try_name(
    draft: &Definition,
    columns: &[Column<'_>],
    records: &Place,
    (path, name): (Option<&str>, &str),
    prober: &mut Prober<'_>,
) -> Result<Candidate, Option<String>> {
    let mut found: Vec<Found<'_>> = columns.iter().filter_map(column).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let chosen = found.iter().find(|one| path.is_some_and(|path| one.place.path() == path)).or(found.first());
    let chosen = chosen.ok_or(None)?;
    prove(draft, chosen, name, records, prober).await.ok_or_else(|| Some(chosen.name.clone()))
}

/// What was asked about filters.
#[derive(Debug, Default)]
struct Asked {
    /// Parameters that were tried.
    names: Vec<String>,
    /// Why no more were.
    cut: Option<Cut>,
}

/// Why not every parameter was tried.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// The server asks for fewer requests.
    Limited,
    /// The requests of a detection were spent.
    Spent,
}

fn none(only: bool, found: Option<&Found<'_>>, has_key: bool, asked: &Asked) -> Candidate {
    let known = if has_key { "; unchanged rows are known by the key" } else { "" };
    let names = asked.names.join(", ");
    let evidence = match found {
        Some(one) if only => {
            let what = match asked.cut {
                Some(Cut::Limited) => {
                    format!(
                        "whether a parameter filters by {} was not found out: the server asks for fewer requests",
                        one.name
                    )
                }
                Some(Cut::Spent) if names.is_empty() => {
                    format!("whether a parameter filters by {} was not tried: no request was left", one.name)
                }
                Some(Cut::Spent) | None => format!("no parameter that filters by {} was found among {names}", one.name),
            };
            format!("all is read each time{known}: {what}")
        }
        _ => format!("all is read each time{known}"),
    };
    let confidence = if found.is_some() || !only { Confidence::Unsure } else { Confidence::Likely };
    let choice = Choice::Cursor { incremental: None };
    Candidate { label: "none".to_owned(), evidence, confidence, choice }
}

/// The reading that all is fetched and older records are left out here.
fn here(found: &Found<'_>) -> Candidate {
    Candidate {
        label: found.name.clone(),
        evidence: format!("{}; all is fetched, and records that did not change are left out here", found.told()),
        confidence: Confidence::Unsure,
        choice: Choice::Cursor { incremental: Some(found.incremental(None)) },
    }
}

fn column<'a>(column: &Column<'a>) -> Option<Found<'a>> {
    if column.values.len() < 2 || column.place.0.is_empty() || column.place.0.len() > 2 {
        return None;
    }
    let weight = weight(&plain_name(&column.name)) - 10 * (column.place.0.len() as i32 - 1);
    let mut values = Vec::with_capacity(column.values.len());
    for value in &column.values {
        values.push(match value.as_ref()? {
            Node::Text(text) | Node::Number(text) => text.as_str(),
            _ => return None,
        });
    }
    let text = matches!(column.values.first(), Some(Some(Node::Text(_))));
    let written = written(&values, text)?;
    let enough = if text { weight > 0 } else { weight >= 50 };
    let sorted = sorted(&values, written);
    enough.then(|| Found { place: column.place.clone(), name: column.name.clone(), written, values, sorted, weight })
}

fn written(values: &[&str], text: bool) -> Option<Written> {
    if !text {
        let within = |low: i64, high: i64| {
            values.iter().all(|value| value.parse().is_ok_and(|value| (low..high).contains(&value)))
        };
        return match () {
            () if within(500_000_000, 5_000_000_000) => Some(Written::Epoch),
            () if within(500_000_000_000, 5_000_000_000_000) => Some(Written::EpochMs),
            () => None,
        };
    }
    let form = moments::form(values.first()?)?;
    let same = values.iter().all(|value| moments::form(value) == Some(form));
    match form {
        Form::Rfc3339 if same => Some(Written::Moment),
        Form::Local if same => Some(Written::Local),
        Form::Date if same => Some(Written::Day),
        _ => None,
    }
}

/// How well a column's name fits: what changes first, what is created after.
fn weight(plain: &str) -> i32 {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    match () {
        () if has(&[
            "updated",
            "modified",
            "changed",
            "lastupdate",
            "lastmod",
            "lastchange",
            "lastedited",
            "edited",
        ]) =>
        {
            100
        }
        () if has(&["birth", "due", "expire", "deleted", "closed", "archived", "start", "end", "dob"]) => 0,
        () if has(&["created", "inserted", "added", "published", "createtime"]) => 60,
        () if ["timestamp", "time", "date", "ts", "datetime", "occurredat", "eventtime"].contains(&plain) => 55,
        () if plain.ends_with("at") || plain.ends_with("date") || plain.ends_with("time") => 30,
        () => 0,
    }
}

/// Whether values rise (`true`), fall (`false`), or neither.
fn sorted(values: &[&str], written: Written) -> Option<bool> {
    let order: Vec<i64> = values.iter().map(|value| instant(value, written)).collect::<Option<_>>()?;
    let varied = order.first() != order.last();
    (varied && order.is_sorted())
        .then_some(true)
        .or_else(|| (varied && order.is_sorted_by(|a, b| a >= b)).then_some(false))
}

/// A value as a number that compares: milliseconds since 1970, or as if in UTC.
fn instant(value: &str, written: Written) -> Option<i64> {
    let zone = jiff::tz::TimeZone::UTC;
    match written {
        Written::Epoch | Written::EpochMs => value.parse().ok(),
        Written::Moment => value.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond),
        Written::Local => {
            let at = value.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>().ok()?;
            Some(at.to_zoned(zone).ok()?.timestamp().as_millisecond())
        }
        Written::Day => {
            let at = value.parse::<jiff::civil::Date>().ok()?;
            Some(at.to_zoned(zone).ok()?.timestamp().as_millisecond())
        }
    }
}

impl Found<'_> {
    fn incremental(&self, start: Option<Inject>) -> Incremental {
        let formats = match self.written {
            Written::Moment | Written::Local => Vec::new(),
            Written::Day => vec!["date".to_owned()],
            Written::Epoch => vec!["epoch".to_owned()],
            Written::EpochMs => vec!["epoch_ms".to_owned()],
        };
        // Servers differ in whether the start itself is within: a second before it loses nothing.
        let lookback = (start.is_some() && self.written == Written::Moment).then(|| Distance::from("1s"));
        Incremental {
            cursor: self.place.path(),
            kind: CursorKind::Datetime,
            formats,
            start: None,
            end: None,
            step: None,
            granularity: None,
            lookback,
            inject: IncrementalInject { start, end: None },
            data_feed: false,
        }
    }

    fn told(&self) -> String {
        let order = match self.sorted {
            Some(true) => "sorted, oldest first",
            Some(false) => "sorted, newest first",
            None => "not sorted",
        };
        let written = match self.written {
            Written::Moment | Written::Local | Written::Day => "ISO 8601",
            Written::Epoch => "seconds since 1970",
            Written::EpochMs => "milliseconds since 1970",
        };
        format!("{order}, {written}")
    }

    /// A value that no record has yet.
    fn far(&self) -> &'static str {
        match self.written {
            Written::Moment => "2099-01-01T00:00:00Z",
            Written::Local => "2099-01-01T00:00:00",
            Written::Day => "2099-01-01",
            Written::Epoch => "4070908800",
            Written::EpochMs => "4070908800000",
        }
    }

    /// The value in the middle.
    fn middle(&self) -> Option<(&str, i64)> {
        let mut order: Vec<(i64, &str)> =
            self.values.iter().map(|value| Some((instant(value, self.written)?, *value))).collect::<Option<_>>()?;
        order.sort_unstable();
        let (at, text) = *order.get(order.len() / 2)?;
        (order.first().map(|first| first.0) != Some(at)).then_some((text, at))
    }
}

/// The parameters that may filter by a column, likeliest first: one that the request has already comes before all.
fn names(draft: &Definition, found: &Found<'_>) -> Vec<String> {
    let column = found.name.as_str();
    let plain = plain_name(column);
    let request = &draft.streams[0].request;
    let given = |name: &String| {
        let name = plain_name(name);
        ["since", "after", "from", "start", "gte", "gt", "min"].iter().any(|word| name.contains(word))
            && request
                .query
                .iter()
                .any(|(have, value)| plain_name(have) == name && moments::form(&value.as_text()).is_some())
    };
    let mut names: Vec<String> = request.query.keys().filter(|name| given(name)).cloned().collect();
    // `created[gte]` stands beside seconds since 1970, `updated_at_min` beside paths that end in `.json`.
    let (bracket, least) = (format!("{column}[gte]"), format!("{column}_min"));
    let seconds = found.written == Written::Epoch;
    let dotted = request.path.as_str().split('?').next().unwrap_or_default().ends_with(".json");
    let common: [&str; 3] = match () {
        () if plain.contains("updat") => ["updated_since", "updated_after", "since"],
        () if plain.contains("modif") => ["modified_since", "modified_after", "since"],
        () if plain.contains("creat") => ["created_after", "since", "created_since"],
        () => ["since", "start_date", "from"],
    };
    let first = [(seconds, bracket.as_str()), (dotted, least.as_str())];
    names.extend(first.iter().filter(|(first, _)| *first).map(|(_, name)| (*name).to_owned()));
    names.extend(common.iter().map(|name| (*name).to_owned()));
    for name in [bracket, least] {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(MOST_NAMES);
    names
}

/// Tries a parameter: a far future must bring nothing, and a value from the middle only what is not older.
async fn prove(
    draft: &Definition,
    found: &Found<'_>,
    name: &str,
    records: &Place,
    prober: &mut Prober<'_>,
) -> Option<Candidate> {
    let (middle, floor) = found.middle()?;
    let why = format!("Trying whether {name} filters");
    let far = values(prober.fetch(&with(draft, name, found.far()), None, &why).await, records, found)?;
    if !far.is_empty() {
        return None;
    }
    let later = values(prober.fetch(&with(draft, name, middle), None, &why).await, records, found)?;
    if later.is_empty() || later.iter().any(|at| *at < floor) {
        return None;
    }
    let given = draft.streams[0].request.query.get(name).map(Scalar::as_text);
    let from = given.as_ref().map(|given| format!("; it starts at {given}, as it was pasted")).unwrap_or_default();
    let evidence = format!(
        "{}; {name} filters by it: a far future brings nothing, {middle} brings {} and none older{from}",
        found.told(),
        count(later.len(), "record")
    );
    let start = given.map(Template);
    let incremental = Incremental { start, ..found.incremental(Some(Inject::Query(name.to_owned()))) };
    let choice = Choice::Cursor { incremental: Some(incremental) };
    Some(Candidate { label: found.name.clone(), evidence, confidence: Confidence::Proved, choice })
}

/// The definition with a filter, one page.
fn with(draft: &Definition, name: &str, value: &str) -> Definition {
    let mut definition = draft.clone();
    let stream = definition.streams[0].name.clone();
    apply(&Choice::Pages { paginate: Paginate::None }, &mut definition, &stream);
    let value = Scalar::Text(Template::from(value));
    definition.streams[0].request.query.insert(name.to_owned(), value);
    definition
}

/// The cursor values of an answer. `None`: it was none, or a record has no such value.
fn values(brought: Brought, records: &Place, found: &Found<'_>) -> Option<Vec<i64>> {
    let Brought::Page(_, node) = brought else { return None };
    // The list must be there: an answer without it is no empty page.
    let list = Place(records.0.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default());
    list.select(&node).first()?.items()?;
    let records = records.select(&node);
    records
        .iter()
        .map(|record| match found.place.select(record).first()? {
            Node::Text(text) | Node::Number(text) => instant(text, found.written),
            _ => None,
        })
        .collect()
}
