//! `relations`: how a record belongs to others, as one column of JSON.

use crate::expr::{Compiled, Expressions, Scope};
use crate::json::Path;
use crate::map::transform::Context;
use crate::map::value::Val;
use definition::Fault;
use definition::model::{Relation, RelationKind};
use serde_json::{Value, json};

/// The column that relations stand in.
pub(super) const COLUMN: &str = "_relations";

/// The compiled relations of a stream.
#[derive(Debug, Default)]
pub(super) struct Relations(Vec<Plan>);

#[derive(Debug)]
struct Plan {
    kind: &'static str,
    /// The other's stream, where it is plain text; else it stands before the `:` of what `key` makes.
    stream: Option<String>,
    key: Compiled,
    each: Option<Path>,
    name: String,
}

impl Relations {
    /// Compiles the relations, or tells all of their faults.
    pub fn compile(relations: &[Relation], path: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut plans = Vec::new();
        for (place, relation) in relations.iter().enumerate() {
            match Plan::compile(relation, &format!("{path}[{place}]"), expressions) {
                Ok(plan) => plans.push(plan),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self(plans)) } else { Err(faults) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn uses_record(&self) -> bool {
        self.0.iter().any(|plan| plan.key.uses("record"))
    }

    /// The relations of a record, as a JSON array. `None`: it has none. Why one can't be told goes to `faults`, by place.
    pub fn of(&self, context: &Context<'_>, faults: &mut Vec<(usize, String)>) -> Option<String> {
        let mut all: Vec<Value> = Vec::new();
        for (place, plan) in self.0.iter().enumerate() {
            plan.add(context, &mut all).unwrap_or_else(|why| faults.push((place, why)));
        }
        (!all.is_empty()).then(|| Value::Array(all).to_string())
    }
}

impl Plan {
    fn compile(relation: &Relation, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let text = relation.to.as_str();
        let plain = text.split_once(':').filter(|(stream, _)| !stream.contains(['{', '}']));
        let key = plain.map_or(relation.to.clone(), |(_, key)| key.trim().into());
        let bad = |code: &str, why: String| Fault::new(code, format!("{path}.to"), why);
        let key = expressions.compile(&key).map_err(|why| bad("bad_template", why))?;
        if key.secret() {
            return Err(bad("secret_in_record", "A secret can't become part of a record.".to_owned()));
        }
        let each = relation.each.as_deref().map(Path::parse).transpose();
        let each = each.map_err(|why| Fault::new("bad_path", format!("{path}.each"), why))?;
        let kind = match relation.kind {
            RelationKind::Parent => "parent",
            RelationKind::Reference => "reference",
            RelationKind::Tag => "tag",
        };
        let stream = plain.map(|(stream, _)| stream.trim().to_owned());
        Ok(Self { kind, stream, key, each, name: relation.name.clone() })
    }

    fn add(&self, context: &Context<'_>, all: &mut Vec<Value>) -> Result<(), String> {
        let Some(each) = &self.each else { return self.one(context, None, all) };
        for raw in each.all(context.record) {
            let value = Val::from_raw(raw).to_tree();
            if value != Value::Null {
                self.one(context, Some(&value), all)?;
            }
        }
        Ok(())
    }

    /// What one key stands for: a list of keys is as many relations.
    fn one(&self, context: &Context<'_>, value: Option<&Value>, all: &mut Vec<Value>) -> Result<(), String> {
        match self.key.value(context.expressions, &Scope { value, ..context.scope })? {
            Value::Array(keys) => keys.iter().try_for_each(|key| self.keyed(key, all)),
            key => self.keyed(&key, all),
        }
    }

    fn keyed(&self, key: &Value, all: &mut Vec<Value>) -> Result<(), String> {
        let text = match key {
            Value::Null => return Ok(()),
            Value::Array(_) | Value::Object(_) => return Err("has a key that is no plain value".to_owned()),
            other => Val::from(other).plain().trim().to_owned(),
        };
        let (stream, key) = match &self.stream {
            Some(stream) => (stream.as_str(), text.as_str()),
            None => text.split_once(':').ok_or_else(|| format!("leads to `{text}`, which is no `stream:key`"))?,
        };
        if !key.is_empty() {
            let mut made = json!({"type": self.kind, "to": stream, "key": key});
            if !self.name.is_empty() {
                made["name"] = Value::from(self.name.as_str());
            }
            if !all.contains(&made) {
                all.push(made);
            }
        }
        Ok(())
    }
}
