//! `entries` and `pairs`: a list of pairs as an object, and back.

use super::list::{array, items};
use crate::json::{Path, Step, members};
use crate::map::value::Val;
use definition::Fault;
use definition::model::EntriesArgs;
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;

/// A compiled reading of pairs.
#[derive(Debug)]
pub(crate) struct Entries {
    key: Path,
    value: Path,
}

impl Entries {
    pub fn compile(args: &EntriesArgs, path: &str) -> Result<Self, Fault> {
        let read = |name: &str, member: &str| {
            member_path(name).map_err(|why| Fault::new("bad_path", format!("{path}.entries.{member}"), why))
        };
        Ok(Self { key: read(&args.key, "key")?, value: read(&args.value, "value")? })
    }

    /// A list of pairs as an object. A pair without a name is left out; a name that comes again makes its value a list.
    pub fn apply(&self, value: &Val<'_>) -> Result<Val<'static>, String> {
        if let Val::Json(text) = value
            && text.starts_with('{')
        {
            return Ok(value.clone().into_owned());
        }
        let mut found: IndexMap<String, Vec<String>> = IndexMap::new();
        for (place, item) in items(value)?.into_iter().enumerate() {
            if !item.starts_with('{') {
                let kind = Val::from_raw(item).kind();
                return Err(format!("holds {kind} at place {place} where a pair should be"));
            }
            let name = self.key.first(item).map_or(Val::Null, Val::from_raw);
            if name == Val::Null {
                continue;
            }
            let held = self.value.first(item).unwrap_or("null").to_owned();
            found.entry(name.plain().into_owned()).or_default().push(held);
        }
        let all = found.into_iter().map(|(name, held)| {
            let held = if held.len() == 1 { held.concat() } else { format!("[{}]", held.join(",")) };
            format!("{}:{held}", Value::from(name))
        });
        Ok(Val::Json(Cow::Owned(format!("{{{}}}", all.collect::<Vec<_>>().join(",")))))
    }
}

/// A member's name, or a JSONPath where it starts with `$`.
pub(crate) fn member_path(name: &str) -> Result<Path, String> {
    if name.starts_with('$') { Path::parse(name) } else { Ok(Path::of(&[Step::Key(name.to_owned())])) }
}

/// An object as a list of pairs.
pub(super) fn pairs(value: &Val<'_>, key: &str, held: &str) -> Result<Val<'static>, String> {
    let Val::Json(text) = value else { return Err(format!("is {}, not an object", value.kind())) };
    if text.starts_with('[') {
        return Err(format!("is {}, not an object", value.kind()));
    }
    let (key, held) = (Value::from(key), Value::from(held));
    let all = members(text).unwrap_or_default().into_iter().filter_map(|(name, range)| {
        Some(Cow::Owned(format!("{{{key}:{},{held}:{}}}", Value::from(name), text.get(range)?)))
    });
    Ok(array(all))
}
