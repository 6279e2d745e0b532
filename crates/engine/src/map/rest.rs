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

/// The members of a record that are not `taken`, as the text of a JSON object on one line. A record that is no object
/// is the one member `value`. `None`: nothing is left.
pub(super) fn rest(
    record: &str,
    taken: &Names,
    names: &mut Vec<Range<usize>>,
    out: &mut String,
    batch: &mut Batch,
) -> Option<Span> {
    let record = record.trim_ascii();
    if !record.starts_with('{') {
        return value(record, batch);
    }
    if repeats(record, names) {
        return of_repeating(record, taken, batch);
    }
    if taken.is_empty() {
        return Some(batch.store(&compact(Cow::Borrowed(record))));
    }
    out.clear();
    out.push('{');
    let mut scanner = Scanner::new(record);
    scanner.enter(b'{');
    let mut more = !scanner.is_empty(b'}')?;
    while more {
        scanner.peek();
        let start = scanner.at;
        let name = scanner.name()?;
        let end = scanner.skip()?.end;
        if !taken.has(&unescape(name)) {
            out.push_str(if out.len() > 1 { "," } else { "" });
            out.push_str(record.get(start..end)?);
        }
        more = scanner.another(b'}')?;
    }
    out.push('}');
    (out.len() > 2).then(|| batch.store(&compact(Cow::Borrowed(out))))
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

/// Whether a name comes twice.
fn repeats(record: &str, names: &mut Vec<Range<usize>>) -> bool {
    names.clear();
    let mut scanner = Scanner::new(record);
    let (mut seen, mut escaped) = (0u64, false);
    scanner.enter(b'{');
    let mut more = scanner.is_empty(b'}') == Some(false);
    while more {
        scanner.peek();
        let start = scanner.at + 1;
        let Some(name) = scanner.name() else { return false };
        escaped |= name.contains('\\');
        // Two names of one length, first and last letter may be the same; others are not.
        let bytes = name.as_bytes();
        let (first, last) = (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
        let bit = 1u64 << ((bytes.len() + usize::from(first) * 5 + usize::from(last) * 11) % 64);
        if seen & bit != 0 && names.iter().any(|known| record.get(known.clone()) == Some(name)) {
            return true;
        }
        seen |= bit;
        names.push(start..start + name.len());
        more = scanner.skip().is_some() && scanner.another(b'}') == Some(true);
    }
    escaped && names_repeat(record, names)
}

/// As names are meant, not as they are written.
fn names_repeat(record: &str, names: &[Range<usize>]) -> bool {
    let mut seen = HashSet::new();
    !names.iter().filter_map(|name| record.get(name.clone())).all(|name| seen.insert(unescape(name)))
}
