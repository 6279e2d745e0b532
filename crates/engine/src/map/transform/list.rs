//! Transforms of arrays and objects, over their text: what stands in them keeps its digits.

use crate::json::{MAX_DEPTH, Scanner, items_at, members};
use crate::map::value::Val;
use serde_json::Value;
use std::borrow::Cow;

pub(super) fn items<'a>(value: &'a Val<'_>) -> Result<Vec<&'a str>, String> {
    match value {
        Val::Json(text) if text.starts_with('[') => {
            let places = items_at(&mut Scanner::new(text)).unwrap_or_default();
            Ok(places.into_iter().filter_map(|place| text.get(place)).collect())
        }
        other => Err(format!("is {}, not an array", other.kind())),
    }
}

pub(super) fn array<'a>(items: impl IntoIterator<Item = Cow<'a, str>>) -> Val<'static> {
    let joined = items.into_iter().collect::<Vec<_>>().join(",");
    Val::Json(Cow::Owned(format!("[{joined}]")))
}

/// Text cut into an array. An empty separator cuts between characters.
pub(super) fn split<'v>(value: &Val<'_>, separator: &str) -> Result<Val<'v>, String> {
    super::text::on_text(value, |text| {
        let quoted = |part: &str| Cow::Owned(Value::from(part).to_string());
        if separator.is_empty() {
            return Ok(array(text.chars().map(|c| quoted(c.encode_utf8(&mut [0; 4])))));
        }
        Ok(array(text.split(separator).map(quoted)))
    })
}

/// An array joined to text; nulls in it are left out. A single value is a list of one.
pub(super) fn join<'v>(value: &Val<'_>, separator: &str) -> Result<Val<'v>, String> {
    if !matches!(value, Val::Json(_)) {
        return Ok(Val::text(value.plain().into_owned()));
    }
    let parts = items(value)?.into_iter().map(Val::from_raw).filter(|item| *item != Val::Null);
    Ok(Val::text(parts.map(|item| item.plain().into_owned()).collect::<Vec<_>>().join(separator)))
}

/// An array without repeated items, compared by their text; the first of each stays.
pub(super) fn unique<'v>(value: &Val<'_>) -> Result<Val<'v>, String> {
    let mut seen = std::collections::HashSet::new();
    let kept = items(value)?.into_iter().filter(|item| seen.insert(*item));
    Ok(array(kept.map(Cow::Borrowed)))
}

/// Each item of an array, changed.
pub(super) fn each<'v>(
    value: &Val<'_>,
    change: impl Fn(Val<'static>) -> Result<Val<'static>, String>,
) -> Result<Val<'v>, String> {
    let mut changed = Vec::new();
    for item in items(value)? {
        let item = Val::from_raw(item).into_owned();
        let shown = super::super::value::shorten(&item.plain());
        let item = change(item).map_err(|why| format!("has an item (“{shown}”) that {why}"))?;
        changed.push(Cow::Owned(item.to_json().into_owned()));
    }
    Ok(array(changed))
}

/// The item at a place, from 0; negative from the end. Null where there is none.
pub(super) fn nth<'v>(value: &Val<'_>, place: i64) -> Result<Val<'v>, String> {
    let items = items(value)?;
    let place = if place < 0 { place.checked_add(items.len() as i64) } else { Some(place) };
    let item = place.and_then(|place| usize::try_from(place).ok()).and_then(|place| items.get(place));
    Ok(item.map_or(Val::Null, |item| Val::from_raw(item).into_owned()))
}

/// A part of a text (by characters) or of an array.
pub(super) fn slice<'v>(value: &Val<'_>, from: Option<i64>, to: Option<i64>) -> Result<Val<'v>, String> {
    if let Val::Json(_) = value {
        let items = items(value)?;
        let (start, end) = bounds(items.len(), from, to);
        return Ok(array(items[start..end].iter().map(|item| Cow::Borrowed(*item))));
    }
    let text = value.plain();
    let (start, end) = bounds(text.chars().count(), from, to);
    Ok(Val::text(text.chars().skip(start).take(end - start).collect::<String>()))
}

fn bounds(length: usize, from: Option<i64>, to: Option<i64>) -> (usize, usize) {
    let length = length as i64;
    let place = |place: i64| if place < 0 { place.saturating_add(length) } else { place }.clamp(0, length) as usize;
    let start = place(from.unwrap_or(0));
    (start, place(to.unwrap_or(length)).max(start))
}

/// Nested objects as one object with joined names. Arrays stay, and no leaf is lost.
pub(super) fn flatten<'v>(value: &Val<'_>, separator: &str) -> Result<Val<'v>, String> {
    match value {
        Val::Json(text) if text.starts_with('{') => Ok(Val::Json(Cow::Owned(flat(text, separator)))),
        other => Err(format!("is {}, not an object", other.kind())),
    }
}

/// An object's text, flattened. A member that stands at the top already keeps its name.
pub(crate) fn flat(object: &str, separator: &str) -> String {
    let mut leaves = Vec::new();
    gather(object, "", separator, 0, &mut leaves);
    let whole: Vec<(String, bool)> = leaves.iter().map(|(name, _, depth)| (name.clone(), *depth == 0)).collect();
    let names = distinct(&whole, |name, number| format!("{name}{separator}{number}"));
    let mut out = String::from("{");
    for ((_, value, _), name) in leaves.iter().zip(names) {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&Value::from(name).to_string());
        out.push(':');
        out.push_str(value);
    }
    out.push('}');
    out
}

fn gather<'a>(text: &'a str, prefix: &str, separator: &str, depth: usize, out: &mut Vec<(String, &'a str, usize)>) {
    for (name, place) in members(text).unwrap_or_default() {
        let name = if depth == 0 { name.into_owned() } else { format!("{prefix}{separator}{name}") };
        match text.get(place) {
            Some(inner) if inner.starts_with('{') && depth < MAX_DEPTH && !is_empty(inner) => {
                gather(inner, &name, separator, depth + 1, out);
            }
            Some(inner) => out.push((name, inner, depth)),
            None => {}
        }
    }
}

fn is_empty(object: &str) -> bool {
    object[1..].trim_start().starts_with('}')
}

/// Names that all differ: one that is taken gets the next number, from 2. Those that have a right to their name (the
/// flag) get it before all others.
pub(crate) fn distinct(wanted: &[(String, bool)], numbered: impl Fn(&str, usize) -> String) -> Vec<String> {
    let mut taken: std::collections::HashSet<String> = std::collections::HashSet::with_capacity(wanted.len());
    let mut given: Vec<Option<String>> = vec![None; wanted.len()];
    for (place, (name, first)) in wanted.iter().enumerate() {
        if *first && taken.insert(name.clone()) {
            given[place] = Some(name.clone());
        }
    }
    let mut last: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (place, (name, _)) in wanted.iter().enumerate() {
        if given[place].is_some() {
            continue;
        }
        let mut free = name.clone();
        while !taken.insert(free.clone()) {
            let number = last.entry(name).or_insert(1);
            *number += 1;
            free = numbered(name, *number);
        }
        given[place] = Some(free);
    }
    given.into_iter().flatten().collect()
}
