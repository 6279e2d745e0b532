//! The members that no column took.

use super::places::Names;
use super::value::Val;
use crate::batch::{Batch, Span};
use crate::json::{Scanner, compact, members, unescape};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// A record that passes as it came, on one line. One that is no object is the one member `value`.
pub(super) fn left_over(record: &str, batch: &mut Batch) -> Option<Span> {
    let record = record.trim_ascii();
    if !record.starts_with('{') {
        return value(record, batch);
    }
    Some(batch.store(&compact(Cow::Borrowed(record))))
}

/// Where a member stands: from its name's quote to its value's end.
#[derive(Debug, Clone)]
pub(super) struct Member {
    name: Range<usize>,
    end: usize,
}

impl Member {
    fn start(&self) -> usize {
        self.name.start - 1
    }
}

/// The members of a record that are not `taken`, as the text of a JSON object on one line. A record that is no object
/// is the one member `value`. `None`: nothing is left.
pub(super) fn rest(
    record: &str,
    taken: &Names,
    places: &mut Vec<Member>,
    out: &mut String,
    batch: &mut Batch,
) -> Option<Span> {
    let record = record.trim_ascii();
    if !record.starts_with('{') {
        return value(record, batch);
    }
    if repeats(record, places)? {
        return of_repeating(record, taken, batch);
    }
    if taken.is_empty() {
        return Some(batch.store(&compact(Cow::Borrowed(record))));
    }
    out.clear();
    out.push('{');
    let mut left =
        places.iter().filter(|place| !record.get(place.name.clone()).is_some_and(|name| taken.has(&unescape(name))));
    let mut run = left.next().map(|first| first.start()..first.end);
    for place in left {
        match &mut run {
            // Neighbours with nothing but a comma between them are copied together.
            Some(run) if run.end + 1 == place.start() => run.end = place.end,
            _ => {
                out.push_str(record.get(run.take()?)?);
                out.push(',');
                run = Some(place.start()..place.end);
            }
        }
    }
    out.push_str(record.get(run?)?);
    out.push('}');
    Some(batch.store(&compact(Cow::Borrowed(out))))
}

fn value(record: &str, batch: &mut Batch) -> Option<Span> {
    let present = Val::from_raw(record) != Val::Null;
    present.then(|| batch.store(&format!("{{\"value\":{}}}", compact(Cow::Borrowed(record)))))
}

/// Of members with one name the last value counts, at the place of the first.
fn of_repeating(record: &str, taken: &Names, batch: &mut Batch) -> Option<Span> {
    let mut out = String::from("{");
    for (name, place) in members(record)?.into_iter().filter(|(name, _)| !taken.has(name)) {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&serde_json::Value::from(name).to_string());
        out.push(':');
        out.push_str(record.get(place)?);
    }
    out.push('}');
    (out.len() > 2).then(|| batch.store(&compact(Cow::Owned(out))))
}

/// Finds the members' places and tells whether a name comes twice. `None`: the record is not JSON.
fn repeats(record: &str, places: &mut Vec<Member>) -> Option<bool> {
    places.clear();
    let mut scanner = Scanner::new(record);
    let (mut seen, mut escaped) = (0u64, false);
    scanner.enter(b'{');
    let mut more = !scanner.is_empty(b'}')?;
    while more {
        scanner.peek();
        let start = scanner.at + 1;
        let name = scanner.name()?;
        escaped |= name.contains('\\');
        // Two names of one length, first and last letter may be the same; others are not.
        let bytes = name.as_bytes();
        let (first, last) = (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
        let bit = 1u64 << ((bytes.len() + usize::from(first) * 5 + usize::from(last) * 11) % 64);
        if seen & bit != 0 && places.iter().any(|known| record.get(known.name.clone()) == Some(name)) {
            return Some(true);
        }
        seen |= bit;
        let end = scanner.skip()?.end;
        places.push(Member { name: start..start + name.len(), end });
        more = scanner.another(b'}')?;
    }
    Some(escaped && names_repeat(record, places))
}

/// As names are meant, not as they are written.
fn names_repeat(record: &str, places: &[Member]) -> bool {
    let mut seen = HashSet::new();
    !places.iter().filter_map(|place| record.get(place.name.clone())).all(|name| seen.insert(unescape(name)))
}
