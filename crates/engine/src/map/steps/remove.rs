//! `remove`: members and items, by path.

use super::object::{Object, edit, entries};
use crate::json::{Path, Step};
use definition::Fault;

/// What to remove.
#[derive(Debug)]
pub(super) struct Remove {
    /// Members of the record itself.
    names: Vec<String>,
    /// Anything deeper.
    paths: Vec<Path>,
}

impl Remove {
    pub fn compile(paths: &[String], path: &str) -> Result<Self, Vec<Fault>> {
        let (mut names, mut deeper, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (place, text) in paths.iter().enumerate() {
            match Path::parse(text) {
                Err(why) => faults.push(Fault::new("bad_path", format!("{path}.remove[{place}]"), why)),
                Ok(parsed) => match parsed.plain() {
                    Some([Step::Key(name)]) => names.push(name.clone()),
                    _ => deeper.push(parsed),
                },
            }
        }
        if faults.is_empty() { Ok(Self { names, paths: deeper }) } else { Err(faults) }
    }

    pub fn apply(&self, record: &str) -> Option<String> {
        let mut at = None;
        if !self.names.is_empty() && record.starts_with('{') {
            let mut out = Object::new(record.len());
            for (name, value) in
                entries(record).into_iter().filter(|(name, _)| !self.names.iter().any(|gone| gone == name))
            {
                out.member(&name, value);
            }
            at = Some(out.end());
        }
        let text = at.as_deref().unwrap_or(record);
        // All paths look at the same record, so that removing an item moves no other.
        let mut places: Vec<usize> =
            self.paths.iter().flat_map(|path| path.ranges(text)).map(|range| range.start).collect();
        places.retain(|place| *place > 0);
        if places.is_empty() {
            return at;
        }
        places.sort_unstable();
        edit(text, &places, &mut |_| None)
    }
}
