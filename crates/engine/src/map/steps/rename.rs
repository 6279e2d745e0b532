//! `rename`: members by other names.

use super::object::{Object, edit, entries};
use crate::json::{Path, Step};
use crate::map::transform::{distinct, member_path};
use definition::Fault;
use indexmap::IndexMap;

/// The new names, by the object that the members stand in.
#[derive(Debug)]
pub(super) struct Rename(Vec<(Path, Vec<(String, String)>)>);

impl Rename {
    pub fn compile(names: &IndexMap<String, String>, path: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut groups: Vec<(Path, Vec<(String, String)>)> = Vec::new();
        for (old, new) in names {
            let fault = |why: String| Fault::new("bad_path", format!("{path}.rename.{old}"), why);
            let found = member_path(old).map_err(fault).and_then(|whole| {
                split(&whole)
                    .ok_or_else(|| fault(format!("`{old}` names no one member: a path such as `$.user.name` does.")))
            });
            match found {
                Err(fault) => faults.push(fault),
                Ok((holder, name)) => {
                    let place = groups.iter().position(|(have, _)| have.normalised() == holder.normalised());
                    let place = place.unwrap_or_else(|| {
                        groups.push((holder, Vec::new()));
                        groups.len() - 1
                    });
                    groups[place].1.push((name, new.clone()));
                }
            }
        }
        // What stands deeper first: its path goes by the old names.
        groups.sort_by_key(|(holder, _)| std::cmp::Reverse(holder.walk().map_or(0, <[_]>::len)));
        if faults.is_empty() { Ok(Self(groups)) } else { Err(faults) }
    }

    pub fn apply(&self, record: &str) -> Option<String> {
        let mut at: Option<String> = None;
        for (holder, names) in &self.0 {
            let text = at.as_deref().unwrap_or(record);
            let mut places: Vec<usize> = holder.ranges(text).into_iter().map(|range| range.start).collect();
            places.sort_unstable();
            if !places.is_empty() {
                at = edit(text, &places, &mut |object| Some(renamed(object, names)));
            }
        }
        at
    }
}

/// The path of the object, and the member's name: the last step must be a name.
fn split(path: &Path) -> Option<(Path, String)> {
    use crate::json::trie::Walk;
    let (last, before) = path.walk()?.split_last()?;
    let Walk::Key(name) = last else { return None };
    let holder: String = before.iter().try_fold(String::from("$"), |mut text, step| {
        match step {
            Walk::Key(name) => text.push_str(&Path::dotted(&[Step::Key(name.clone())])[1..]),
            Walk::Index(index) => text.push_str(&format!("[{index}]")),
            Walk::Every => text.push_str("[*]"),
        }
        Some(text)
    })?;
    Some((Path::parse(&holder).ok()?, name.clone()))
}

fn renamed(object: &str, names: &[(String, String)]) -> String {
    if !object.starts_with('{') {
        return object.to_owned();
    }
    let all = entries(object);
    let new = |name: &str| names.iter().find(|(old, _)| old == name).map(|(_, new)| new.clone());
    let wanted: Vec<(String, bool)> =
        all.iter().map(|(name, _)| new(name).map_or_else(|| (name.to_string(), false), |new| (new, true))).collect();
    let mut out = Object::new(object.len() + 16);
    for (name, (_, value)) in distinct(&wanted, |name, number| format!("{name}_{number}")).iter().zip(&all) {
        out.member(name, value);
    }
    out.end()
}
