//! The members that no column took.

use super::value::Val;
use crate::json::{Scanner, compact, members, unescape};
use std::borrow::Cow;
use std::collections::HashSet;

/// The members of a record that are not `taken`, as the text of a JSON object on one line. A record that is no object
/// is the one member `value`. `None`: nothing is left.
pub(super) fn rest<'r>(record: &'r str, taken: &HashSet<String>) -> Option<Cow<'r, str>> {
    let record = record.trim_ascii();
    if !record.starts_with('{') {
        let value = Val::from_raw(record);
        return (value != Val::Null).then(|| Cow::Owned(format!("{{\"value\":{}}}", compact(Cow::Borrowed(record)))));
    }
    if taken.is_empty() && !repeats(record) {
        return Some(compact(Cow::Borrowed(record)));
    }
    let mut out = String::from("{");
    for (name, place) in members(record)?.into_iter().filter(|(name, _)| !taken.contains(name.as_ref())) {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&serde_json::Value::from(name).to_string());
        out.push(':');
        out.push_str(record.get(place)?);
    }
    out.push('}');
    (out.len() > 2).then(|| Cow::Owned(compact(Cow::Owned(out)).into_owned()))
}

/// Whether a name comes twice.
fn repeats(record: &str) -> bool {
    let mut scanner = Scanner::new(record);
    let mut seen = HashSet::new();
    if !scanner.enter(b'{') {
        return false;
    }
    while let Some(name) = scanner.name() {
        if !seen.insert(unescape(name)) {
            return true;
        }
        if scanner.skip().is_none() || !scanner.eat(b',') {
            return false;
        }
    }
    false
}
