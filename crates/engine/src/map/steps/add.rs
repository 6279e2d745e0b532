//! `add`: members from expressions.

use super::Work;
use super::object::put;
use crate::expr::fast::Fast;
use crate::expr::{Compiled, Expressions, Scope};
use crate::map::places::{Finder, Places};
use definition::Fault;
use definition::model::Template;
use indexmap::IndexMap;
use serde_json::Value;

/// The members to add.
#[derive(Debug)]
pub(super) struct Add {
    members: Vec<(String, Compiled)>,
    /// Where all of them can be made on the record's text: how, with the first slot of each and the slot that its own
    /// name would stand in.
    fast: Option<Vec<Splice>>,
}

#[derive(Debug)]
struct Splice {
    made: Fast,
    first: u32,
    own: u32,
    /// `,"name":`
    head: String,
}

impl Add {
    pub fn compile(
        members: &IndexMap<String, Template>,
        path: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut compiled = Vec::new();
        for (name, template) in members {
            let fault = |code: &str, message: String| Fault::new(code, format!("{path}.add.{name}"), message);
            match expressions.compile(template) {
                Ok(template) if template.secret() => {
                    faults.push(fault("secret_in_record", "A secret can't become part of a record.".to_owned()));
                }
                Ok(template) => compiled.push((name.clone(), template)),
                Err(why) => faults.push(fault("bad_template", why)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let fast = members.iter().map(|(name, template)| {
            let head = format!(",{}:", Value::from(name.as_str()));
            Some(Splice { made: Fast::compile(template, expressions)?, first: 0, own: 0, head })
        });
        let fast = fast.collect::<Option<Vec<_>>>().filter(|all| {
            // One that reads another takes the long way.
            let reads =
                |name: &String| all.iter().any(|one| one.made.paths().iter().any(|path| path.first() == Some(name)));
            !members.keys().any(reads)
        });
        Ok(Self { members: compiled, fast })
    }

    /// Adds what the members need to what is looked for in a record.
    pub fn look_for(&mut self, finder: &mut Finder) {
        for ((name, _), splice) in self.members.iter().zip(self.fast.iter_mut().flatten()) {
            splice.first = finder.slots_of(splice.made.paths());
            splice.own = finder.slots_of(&[vec![name.clone()]]);
        }
    }

    /// The record with the members, made on its text. `None`: apply the step.
    pub fn splice(&self, record: &str, places: &Places) -> Option<String> {
        let inside = record.trim_ascii().strip_prefix('{')?.strip_suffix('}')?.trim_ascii_end();
        let mut out = String::with_capacity(record.len() + 64 * self.members.len());
        out.push('{');
        out.push_str(inside);
        for splice in self.fast.as_ref()? {
            if places.has(splice.own) {
                return None;
            }
            let value = splice.made.value(&|path| places.text(splice.first + path as u32, record))?;
            out.push_str(if out.len() == 1 { splice.head.get(1..)? } else { &splice.head });
            out.push_str(&value.to_json());
        }
        out.push('}');
        Some(out)
    }

    pub fn uses_record(&self) -> bool {
        self.members.iter().any(|(_, template)| template.uses("record"))
    }

    /// The record with the members. Each sees those before it; where one has no value, it is null.
    pub fn apply(&self, record: &str, work: &mut Work<'_>) -> Option<String> {
        let mut tree: Option<Value> = None;
        let mut added: Vec<(&str, String)> = Vec::with_capacity(self.members.len());
        for (place, (name, template)) in self.members.iter().enumerate() {
            let scope = Scope { record: tree.as_ref().or(work.context.scope.record), ..work.context.scope };
            let made = template.value(work.context.expressions, &scope).unwrap_or_else(|why| {
                work.fault(name, "", &format!("can't be made: {why}"));
                Value::Null
            });
            added.push((name, made.to_string()));
            if self.members[place + 1..].iter().any(|(_, later)| later.uses("record")) {
                let seen = tree.get_or_insert_with(|| work.context.scope.record.cloned().unwrap_or_default());
                if let Value::Object(members) = seen {
                    members.insert(name.clone(), made);
                }
            }
        }
        Some(put(record, &added))
    }
}
