//! `change`: members in place, by transforms.

use super::Work;
use super::object::edit;
use crate::expr::Expressions;
use crate::json::Path;
use crate::map::transform::{Op, compile, member_path};
use crate::map::value::Val;
use definition::Fault;
use definition::model::Transform;
use indexmap::IndexMap;

/// The members to change, each by its steps.
#[derive(Debug)]
pub(super) struct Change(Vec<Member>);

#[derive(Debug)]
struct Member {
    name: String,
    path: Path,
    steps: Vec<Op>,
}

impl Change {
    pub fn compile(
        members: &IndexMap<String, Vec<Transform>>,
        path: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut compiled = Vec::new();
        for (name, steps) in members {
            let place = format!("{path}.change.{name}");
            let found = member_path(name).map_err(|why| faults.push(Fault::new("bad_path", place.clone(), why)));
            let steps = steps.iter().enumerate().filter_map(|(index, step)| {
                let made = compile(step, &format!("{place}[{index}]"), None, expressions);
                made.map_err(|fault| faults.push(fault)).ok()
            });
            let steps = steps.collect();
            if let Ok(path) = found {
                compiled.push(Member { name: name.clone(), path, steps });
            }
        }
        if faults.is_empty() { Ok(Self(compiled)) } else { Err(faults) }
    }

    pub fn uses_record(&self) -> bool {
        self.0.iter().flat_map(|member| &member.steps).any(Op::uses_record)
    }

    /// The record with the members changed; expressions see the record as it came to the step.
    pub fn apply(&self, record: &str, work: &mut Work<'_>) -> Option<String> {
        let mut at: Option<String> = None;
        for member in &self.0 {
            let text = at.as_deref().unwrap_or(record);
            let mut places: Vec<usize> = member.path.ranges(text).into_iter().map(|range| range.start).collect();
            places.sort_unstable();
            if places.is_empty() {
                continue;
            }
            let changed = edit(text, &places, &mut |raw| Some(member.value(raw, work)));
            at = changed.or(at);
        }
        at
    }
}

impl Member {
    fn value(&self, raw: &str, work: &mut Work<'_>) -> String {
        let made = self.steps.iter().try_fold(Val::from_raw(raw), |value, step| step.apply(value, &work.context));
        match made {
            Ok(value) => value.to_json().into_owned(),
            Err(why) => {
                work.fault(&self.name, raw, &why);
                "null".to_owned()
            }
        }
    }
}
