//! One part for each value of a list.

use super::value::Item;
use crate::expr::{Compiled, Expressions, Scope};
use definition::model::{Inject, ListPartition, Scalar, Template};
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::Value;

/// A compiled list.
#[derive(Debug)]
pub(super) struct List {
    pub name: String,
    pub inject: Option<Inject>,
    values: Vec<Entry>,
    from: Option<Compiled>,
    field: String,
}

#[derive(Debug)]
enum Entry {
    Plain(Value),
    Template(Compiled),
}

impl List {
    pub(super) fn compile(list: &ListPartition, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let compile = |template: &Template, part: String| {
            expressions.compile(template).map_err(|why| Fault::new("bad_template", format!("{field}.{part}"), why))
        };
        let entry = |(index, value): (usize, &Scalar)| match value {
            Scalar::Text(template) => compile(template, format!("values[{index}]")).map(Entry::Template),
            Scalar::Bool(value) => Ok(Entry::Plain((*value).into())),
            Scalar::Integer(value) => Ok(Entry::Plain((*value).into())),
            Scalar::Number(value) => Ok(Entry::Plain((*value).into())),
        };
        let values = list.values.iter().enumerate().map(entry).collect::<Result<_, _>>()?;
        let from = list.from.as_ref().map(|from| compile(from, "from".to_owned())).transpose()?;
        let (name, inject) = (list.name.clone(), list.inject.clone());
        Ok(Self { name, inject, values, from, field: field.to_owned() })
    }

    /// The values. An expression's list may also come as text with commas.
    pub(super) fn items(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Vec<Item>, Problem> {
        let item = |value: Value| Item { value, ..Item::default() };
        let mut items = Vec::new();
        for (index, entry) in self.values.iter().enumerate() {
            let value = match entry {
                Entry::Plain(value) => value.clone(),
                Entry::Template(template) => {
                    template.value(expressions, scope).map_err(|why| self.bad(&format!("values[{index}]"), &why))?
                }
            };
            items.push(item(value));
        }
        if let Some(from) = &self.from {
            let given = from.value(expressions, scope).map_err(|why| self.bad("from", &why))?;
            items.extend(self.listed(given)?.into_iter().map(item));
        }
        items.retain(|item| !item.value.is_null());
        Ok(items)
    }

    fn listed(&self, given: Value) -> Result<Vec<Value>, Problem> {
        match given {
            Value::Array(items) => Ok(items),
            Value::Null => Ok(Vec::new()),
            Value::String(text) => {
                let parts = text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty());
                Ok(parts.map(Value::from).collect())
            }
            Value::Object(_) => Err(self.bad("from", "an object is no list")),
            one => Ok(vec![one]),
        }
    }

    fn bad(&self, part: &str, why: &str) -> Problem {
        let field = format!("{}.{part}", self.field);
        let message = format!("The values of a partition can't be told: {field}: {why}.");
        Problem::new("bad_partition", ProblemKind::Config, Stage::Build, message).field(field)
    }
}
