//! What tells records apart: columns that are unique and never empty.

use super::columns::Column;
use super::node::Node;
use super::words::{count, grouped, id_name, plain_name};
use super::{Candidate, Choice, Confidence, Detected, Part};
use std::collections::HashSet;

/// Ends of names of columns that may be part of a key.
const PARTS: &[&str] =
    &["id", "key", "code", "date", "type", "name", "number", "line", "no", "index", "at", "year", "month", "sku"];

/// From this weight on a column's name is that of a thing's own id, not of another one's.
const OWN: i32 = 40;

/// Finds the key. `pages`: how many pages the records come from. `stream`: its name. `single`: whether an answer is one
/// object, not a list.
pub(super) fn detect(columns: &[Column<'_>], records: usize, pages: usize, stream: &str, single: bool) -> Detected {
    let mut singles: Vec<(i32, &Column<'_>)> =
        columns.iter().filter(|column| unique(&[column])).map(|column| (weight(column, stream), column)).collect();
    singles.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    if single && records == 1 {
        return of_one(&singles);
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    for (weight, column) in singles.iter().filter(|(weight, _)| *weight > -50).take(4) {
        candidates.push(candidate(&[column], records, pages, single_confidence(*weight, records, pages)));
    }
    if candidates.is_empty() || singles.first().is_none_or(|(weight, _)| *weight < 20) {
        candidates.extend(pair(columns, records, pages));
    }
    if candidates.is_empty() {
        candidates.extend(singles.iter().find(|(_, column)| series(column)).map(|(_, column)| {
            let sure = if records >= 20 { Confidence::Likely } else { Confidence::Unsure };
            candidate(&[column], records, pages, sure)
        }));
    }
    candidates.push(none(columns, records, candidates.is_empty(), stream));
    Detected { part: Part::Key, candidates }
}

/// The key of the one object that an answer is: its own id, or none. Any other value of it could be another one's too.
fn of_one(singles: &[(i32, &Column<'_>)]) -> Detected {
    let own = singles.iter().filter(|(weight, column)| *weight >= OWN && column.place.0.len() <= 2).take(3);
    let mut candidates: Vec<Candidate> = own
        .map(|(weight, column)| {
            let fields = vec![column.name.clone()];
            let confidence = if *weight >= 80 { Confidence::Likely } else { Confidence::Unsure };
            let evidence = "the answer is one object, and this is its own id".to_owned();
            Candidate { label: column.name.clone(), evidence, confidence, choice: Choice::Key { fields } }
        })
        .collect();
    let evidence = if candidates.is_empty() {
        "the answer is one object without an id: each read takes the place of the one before"
    } else {
        "each read takes the place of the one before"
    };
    let confidence = if candidates.is_empty() { Confidence::Likely } else { Confidence::Unsure };
    let choice = Choice::Key { fields: Vec::new() };
    candidates.push(Candidate { label: "no key".to_owned(), evidence: evidence.to_owned(), confidence, choice });
    Detected { part: Part::Key, candidates }
}

fn single_confidence(weight: i32, records: usize, pages: usize) -> Confidence {
    match () {
        () if records < 2 => Confidence::Unsure,
        () if weight >= 60 && pages >= 2 && records >= 4 => Confidence::Proved,
        () if weight >= 60 => Confidence::Likely,
        () if weight >= 20 && records >= 20 => Confidence::Likely,
        () => Confidence::Unsure,
    }
}

fn candidate(columns: &[&Column<'_>], records: usize, pages: usize, confidence: Confidence) -> Candidate {
    let fields: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let over = if pages > 1 { format!(" over {pages} pages") } else { String::new() };
    let evidence = match records {
        1 => "there is one record: whether it is unique can't be told".to_owned(),
        many => format!("unique in {}{over}", grouped(many as u64)),
    };
    Candidate { label: fields.join(" + "), evidence, confidence, choice: Choice::Key { fields } }
}

fn none(columns: &[Column<'_>], records: usize, only: bool, stream: &str) -> Candidate {
    let named = columns.iter().find(|column| column.place.0.len() == 1 && id_name(&column.name, stream));
    let evidence = match (only, named) {
        (false, _) => "every record is kept, also one that comes again".to_owned(),
        (true, _) if records == 0 => "there are no records to tell from".to_owned(),
        (true, Some(column)) => format!("no column is unique; {}", repeats(column)),
        (true, None) => format!("no column is unique in {}", count(records, "record")),
    };
    let choice = Choice::Key { fields: Vec::new() };
    Candidate { label: "no key".to_owned(), evidence, confidence: Confidence::Unsure, choice }
}

/// Whether a column is what a series of measurements goes by.
fn series(column: &Column<'_>) -> bool {
    let plain = plain_name(&column.name);
    column.place.0.len() == 1 && ["time", "date", "datetime", "timestamp", "day"].contains(&plain.as_str())
}

fn repeats(column: &Column<'_>) -> String {
    let present: Vec<String> = column.values.iter().flatten().map(|node| node.shown(200)).collect();
    let distinct: HashSet<&String> = present.iter().collect();
    let empty = column.values.iter().filter(|value| value.is_none_or(|node| *node == Node::Null)).count();
    if empty > 0 {
        return format!("`{}` is empty in {}", column.name, count(empty, "record"));
    }
    format!("`{}` has {} for {}", column.name, count(distinct.len(), "value"), count(present.len(), "record"))
}

/// Whether the columns together have a value in every record, and never the same.
fn unique(columns: &[&Column<'_>]) -> bool {
    let rows = columns.first().map_or(0, |column| column.values.len());
    let mut seen = HashSet::with_capacity(rows);
    rows > 0
        && (0..rows).all(|row| {
            let parts: Option<Vec<String>> = columns.iter().map(|column| part(column.values[row])).collect();
            parts.is_some_and(|parts| seen.insert(parts))
        })
}

/// A value that can be part of a key: text or a whole number.
fn part(value: Option<&Node>) -> Option<String> {
    match value? {
        Node::Text(text) if !text.is_empty() && text.len() <= 512 => Some(format!("t{text}")),
        Node::Number(digits) if !digits.contains(['.', 'e', 'E']) => Some(format!("n{digits}")),
        _ => None,
    }
}

/// How well a column's name fits a key.
fn weight(column: &Column<'_>, stream: &str) -> i32 {
    let plain = plain_name(&column.name);
    let depth = column.place.0.len() as i32 - 1;
    let own = match plain.as_str() {
        "id" => 100,
        _ if id_name(&column.name, stream) => 80,
        _ if column.place.0.is_empty() => 10,
        _ if plain.ends_with("uuid") || plain.ends_with("guid") => 50,
        _ if plain.ends_with("id") || plain.ends_with("key") => 35,
        "slug" | "sku" | "code" | "number" | "isbn" | "ean" | "symbol" | "iso" | "alpha3code" | "cca3" => 40,
        _ if plain.ends_with("code") || plain.ends_with("number") || plain.ends_with("no") => 25,
        "email" | "username" | "login" | "handle" => 20,
        "name" | "title" | "url" | "href" | "link" | "self" => 5,
        "index" | "position" | "rank" | "row" | "order" | "sort" | "line" => 0,
        _ => -20,
    };
    let moment =
        column.values.iter().flatten().any(|node| node.text().is_some_and(|text| super::moments::form(text).is_some()));
    own - 30 * depth - if moment { 60 } else { 0 }
}

/// Two columns that are unique together.
fn pair(columns: &[Column<'_>], records: usize, pages: usize) -> Option<Candidate> {
    let fits = |column: &&Column<'_>| {
        let plain = plain_name(&column.name);
        column.values.iter().all(|value| part(*value).is_some()) && PARTS.iter().any(|end| plain.ends_with(end))
    };
    let parts: Vec<&Column<'_>> = columns.iter().filter(fits).take(8).collect();
    for (index, first) in parts.iter().enumerate() {
        for second in &parts[index + 1..] {
            if unique(&[first, second]) && records > 1 && !unique(&[first]) && !unique(&[second]) {
                let ids = [first, second].iter().all(|column| plain_name(&column.name).ends_with("id"));
                let confidence = if ids && records >= 20 { Confidence::Likely } else { Confidence::Unsure };
                return Some(candidate(&[first, second], records, pages, confidence));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::columns::columns;
    use super::super::node::Node;
    use super::{Confidence, detect};

    #[test]
    fn finds_keys() {
        use Confidence::{Likely, Proved, Unsure};
        let cases = [
            (r#"[{"id":1,"n":"a"},{"id":2,"n":"a"}]"#, 1, "id", Likely),
            (r#"[{"id":1},{"id":2},{"id":3},{"id":4}]"#, 2, "id", Proved),
            (r#"[{"id":1}]"#, 1, "id", Unsure),
            (r#"[{"id":1},{"id":1}]"#, 1, "no key", Unsure),
            (r#"[{"uuid":"a","id":null},{"uuid":"b","id":1}]"#, 1, "uuid", Likely),
            (r#"[{"user_id":"a","name":"x"},{"user_id":"b","name":"y"}]"#, 1, "user_id", Likely),
            (
                r#"[{"order_id":1,"line":1},{"order_id":1,"line":2},{"order_id":2,"line":1}]"#,
                1,
                "order_id + line",
                Unsure,
            ),
            (r#"[{"a":1.5},{"a":2.5}]"#, 1, "no key", Unsure),
            (r#"[{"created_at":"2024-01-01T00:00:00Z"},{"created_at":"2024-01-02T00:00:00Z"}]"#, 1, "no key", Unsure),
            (r#"[{"id":9223372036854775807},{"id":9223372036854775806}]"#, 1, "id", Likely),
            (r#"[{"名前":"a"},{"名前":"b"}]"#, 1, "名前", Unsure),
            (r#"[{"time":"2024-01-01T00:00","t":1.5},{"time":"2024-01-01T01:00","t":1.5}]"#, 1, "time", Unsure),
            (r#"[]"#, 1, "no key", Unsure),
            (r#"[{"x":{"id":1},"v":2},{"x":{"id":2},"v":2}]"#, 1, "x_id", Unsure),
        ];
        for (text, pages, label, confidence) in cases {
            let root = Node::parse(text).unwrap();
            let records: Vec<&Node> = root.items().unwrap().iter().collect();
            let part = detect(&columns(&records), records.len(), pages, "users", false);
            let best = part.best().unwrap();
            assert_eq!((best.label.as_str(), best.confidence), (label, confidence), "{text} {part:?}");
        }
    }

    #[test]
    fn one_object_has_its_own_id_or_no_key() {
        use Confidence::{Likely, Unsure};
        for (text, label, confidence) in [
            (r#"{"id":7,"email":"a@b.c","name":"Ann"}"#, "id", Likely),
            (r#"{"user_id":7,"team_id":3}"#, "user_id", Likely),
            (r#"{"slug":"ann","name":"Ann"}"#, "slug", Unsure),
            (r#"{"latitude":52.5,"time":"2024-01-01T00:00","name":"Berlin"}"#, "no key", Likely),
            (r#"{"team_id":3,"name":"Ann"}"#, "no key", Likely),
            (r#"{"company":{"id":3},"title":"x"}"#, "no key", Likely),
            (r#"{"base":"EUR","date":"2024-01-01","amount":1.5}"#, "no key", Likely),
        ] {
            let root = Node::parse(text).unwrap();
            let part = detect(&columns(&[&root]), 1, 1, "users", true);
            let best = part.best().unwrap();
            assert_eq!((best.label.as_str(), best.confidence), (label, confidence), "{text} {part:?}");
        }
    }
}
