//! A row of a file or of a table, turned into an action's parameters: a column, a template or a fixed value each, with
//! the ordinary transforms behind it.

use crate::expr::{Compiled, Expressions, Scope};
use crate::json::to_value;
use crate::map::{Op, OpContext, Val, compile_op};
use crate::plan::Plan;
use definition::Fault;
use definition::model::{Template, Transform};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Where a parameter's value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamFrom {
    /// A column of the row.
    Column(String),
    /// A template; `record` is the row, `remote` what the API gave back for it before.
    Template(Template),
    /// The same value for every row.
    Value(Value),
}

/// How one parameter is made.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamGiven {
    /// The parameter.
    pub param: String,
    /// Where its value comes from.
    pub from: ParamFrom,
    /// What is done to the value, in order.
    pub transform: Vec<Transform>,
}

/// A value of a row that can't be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The parameter.
    pub param: String,
    /// Why.
    pub message: String,
}

/// Compiled: makes the parameters of one row after the other.
#[derive(Debug)]
pub struct RowPlan {
    params: Vec<ParamPlan>,
}

#[derive(Debug)]
struct ParamPlan {
    name: String,
    from: From,
    steps: Vec<Op>,
}

#[derive(Debug)]
enum From {
    Column(String),
    Template(Compiled),
    Value(Value),
}

impl RowPlan {
    /// Compiles, or tells every fault. `place` names where the parameters stand.
    pub fn compile(plan: &Plan, given: &[ParamGiven], place: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut params = Vec::new();
        for given in given {
            match ParamPlan::compile(given, &format!("{place}.{}", given.param), &plan.expressions) {
                Ok(param) => params.push(param),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self { params }) } else { Err(faults) }
    }

    /// The columns that it reads. `None`: a template takes the row as a whole.
    pub fn columns(&self) -> Option<BTreeSet<String>> {
        let mut columns = BTreeSet::new();
        for param in &self.params {
            match &param.from {
                From::Column(name) => {
                    columns.insert(name.clone());
                }
                From::Template(template) => {
                    for name in template.names().iter().filter(|name| name.split('.').next() == Some("record")) {
                        columns.insert(name.split('.').nth(1)?.to_owned());
                    }
                }
                From::Value(_) => {}
            }
            if param.steps.iter().any(Op::uses_record) {
                return None;
            }
        }
        Some(columns)
    }

    /// The parameters of a row, and every fault. What is null is left out.
    pub fn values(
        &self,
        plan: &Plan,
        row: &Map<String, Value>,
        remote: Option<&Value>,
    ) -> (Map<String, Value>, Vec<RowFault>) {
        let record = Value::Object(row.clone());
        let scope = Scope { record: Some(&record), remote, ..Scope::default() };
        let text =
            if self.params.iter().any(|param| !param.steps.is_empty()) { record.to_string() } else { String::new() };
        let context = OpContext { expressions: &plan.expressions, scope, record: &text };
        let (mut values, mut faults) = (Map::new(), Vec::new());
        for param in &self.params {
            match param.value(&context) {
                Ok(Value::Null) => {}
                Ok(value) => {
                    values.insert(param.name.clone(), value);
                }
                Err(message) => faults.push(RowFault { param: param.name.clone(), message }),
            }
        }
        (values, faults)
    }
}

impl ParamPlan {
    fn compile(given: &ParamGiven, place: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let from = match &given.from {
            ParamFrom::Column(name) => From::Column(name.clone()),
            ParamFrom::Value(value) => From::Value(value.clone()),
            ParamFrom::Template(template) => {
                let compiled = expressions.compile(template);
                let compiled = compiled.map_err(|why| Fault::new("bad_template", place, why))?;
                if compiled.secret() {
                    let message = "A secret can't become a parameter: it would be kept with the batch.";
                    return Err(Fault::new("secret_in_record", place, message));
                }
                From::Template(compiled)
            }
        };
        let steps = given.transform.iter().enumerate();
        let steps = steps.map(|(at, step)| compile_op(step, &format!("{place}.transform[{at}]"), None, expressions));
        Ok(Self { name: given.param.clone(), from, steps: steps.collect::<Result<_, _>>()? })
    }

    fn value(&self, context: &OpContext<'_>) -> Result<Value, String> {
        let start = match &self.from {
            From::Column(name) => context.scope.record.and_then(|row| row.get(name)).cloned().unwrap_or(Value::Null),
            From::Value(value) => value.clone(),
            From::Template(template) => match template.value(context.expressions, &context.scope)? {
                // What makes no text was given no value.
                Value::String(text) if text.trim().is_empty() => Value::Null,
                made => made,
            },
        };
        if self.steps.is_empty() {
            return Ok(start);
        }
        let made = self.steps.iter().try_fold(Val::from(&start), |value, step| step.apply(value, context))?;
        Ok(exact(&made))
    }
}

/// A value as a tree. A number that a tree would round stays its digits, as text.
fn exact(value: &Val<'_>) -> Value {
    match value {
        Val::Number(text) => number(text),
        other => other.to_tree(),
    }
}

fn number(text: &str) -> Value {
    match to_value(text) {
        Some(Value::Number(number)) if number.to_string() == text => Value::Number(number),
        _ => Value::from(text),
    }
}

/// The row of a line of JSON. Numbers keep every digit. `None`: it is no object.
pub fn row_of_json(text: &str) -> Option<Map<String, Value>> {
    // The raw members come without being read: their order is the line's.
    let members: indexmap::IndexMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let value = |raw: &RawValue| match raw.get().as_bytes().first() {
        Some(b'-' | b'0'..=b'9') => number(raw.get()),
        _ => to_value(raw.get()).unwrap_or(Value::Null),
    };
    Some(members.into_iter().map(|(name, raw)| (name, value(raw))).collect())
}

/// `{a: column, b: "text with {{ … }}"}` as it stands in a definition or on the command line: text with an expression
/// is a template, other text names a column.
pub fn given_of<'a>(params: impl IntoIterator<Item = (&'a String, &'a Template)>) -> Vec<ParamGiven> {
    let from = |text: &Template| match text.is_literal() {
        true => ParamFrom::Column(text.0.clone()),
        false => ParamFrom::Template(text.clone()),
    };
    let given = |(param, text): (&String, &Template)| ParamGiven {
        param: param.clone(),
        from: from(text),
        transform: Vec::new(),
    };
    params.into_iter().map(given).collect()
}

#[cfg(test)]
mod tests;
