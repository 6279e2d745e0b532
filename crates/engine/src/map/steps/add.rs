//! `add`: members from expressions.

use super::Work;
use super::object::put;
use crate::expr::{Compiled, Expressions, Scope};
use definition::Fault;
use definition::model::Template;
use indexmap::IndexMap;
use serde_json::Value;

/// The members to add.
#[derive(Debug)]
pub(super) struct Add(Vec<(String, Compiled)>);

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
        if faults.is_empty() { Ok(Self(compiled)) } else { Err(faults) }
    }

    pub fn uses_record(&self) -> bool {
        self.0.iter().any(|(_, template)| template.uses("record"))
    }

    /// The record with the members. Each sees those before it; where one has no value, it is null.
    pub fn apply(&self, record: &str, work: &mut Work<'_>) -> Option<String> {
        let mut tree: Option<Value> = None;
        let mut added: Vec<(&str, String)> = Vec::with_capacity(self.0.len());
        for (place, (name, template)) in self.0.iter().enumerate() {
            let scope = Scope { record: tree.as_ref().or(work.context.scope.record), ..work.context.scope };
            let made = template.value(work.context.expressions, &scope).unwrap_or_else(|why| {
                work.fault(name, "", &format!("can't be made: {why}"));
                Value::Null
            });
            added.push((name, made.to_string()));
            if self.0[place + 1..].iter().any(|(_, later)| later.uses("record")) {
                let seen = tree.get_or_insert_with(|| work.context.scope.record.cloned().unwrap_or_default());
                if let Value::Object(members) = seen {
                    members.insert(name.clone(), made);
                }
            }
        }
        Some(put(record, &added))
    }
}
