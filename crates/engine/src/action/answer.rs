//! What is read from an action's answer: selected and mapped like a stream's records.

use crate::batch::{Batch, Cell};
use crate::decode::DecodePlan;
use crate::expr::Expressions;
use crate::http::{Answer, header_values};
use crate::json::{Path, Selector};
use crate::map::{Mapped, Mapper, PageScope};
use crate::plan::Plan;
use bytes::Bytes;
use bytestring::ByteString;
use definition::model::Action;
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::{Map, Value};

/// How an answer is read.
#[derive(Debug)]
pub(crate) struct Reading {
    selector: Selector,
    pub decode: DecodePlan,
    mapper: Mapper,
    /// Whether the definition says what it is: an answer that is not so is a fault then.
    declared: bool,
}

impl Reading {
    pub(super) fn compile(action: &Action, field: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let response = action.response.clone().unwrap_or_default();
        let stream = response.as_stream(&action.name);
        let field = format!("{field}.response");
        let bad = |why| vec![Fault::new("bad_path", format!("{field}.path"), why)];
        let path = response.path.as_deref().map(Path::parse).transpose().map_err(bad)?;
        let mapper = Mapper::compile(&stream, &field, expressions)?;
        let declared = response.path.is_some() || !response.fields.is_empty() || !response.steps.is_empty();
        let decode = DecodePlan::new(&stream, path.as_ref(), &[], &[]);
        Ok(Self { selector: Selector::new(path.as_ref(), &[]), decode, mapper, declared })
    }

    /// The mapped records, and what of the answer could not be read: it says nothing against the call itself.
    pub(super) fn records(&self, plan: &Plan, answer: &Answer) -> (Vec<Value>, Option<Problem>) {
        if answer.ignored || answer.body.trim_ascii().is_empty() {
            return (Vec::new(), None);
        }
        let headers = header_values(&answer.headers);
        self.records_of(plan, &answer.body, &headers)
    }

    /// The records of rows that a database gave back, or of an answer's body.
    pub(super) fn records_of(&self, plan: &Plan, body: &Bytes, headers: &Value) -> (Vec<Value>, Option<Problem>) {
        match self.mapped(plan, body, headers) {
            Ok(records) => records,
            Err(_) if !self.declared => (Vec::new(), None),
            Err(problem) => (Vec::new(), Some(plan.sender.redactor().problem(done_all_the_same(problem)))),
        }
    }

    fn mapped(&self, plan: &Plan, body: &Bytes, headers: &Value) -> Result<(Vec<Value>, Option<Problem>), Problem> {
        let page = ByteString::try_from(body.clone()).map_err(|_| crate::decode::not_utf8())?;
        let selected = self.selector.select(&page)?;
        let scope = PageScope { headers: Some(headers), ..PageScope::default() };
        let mut batch = self.mapper.batch(page.clone(), selected.records.len());
        let mut faults = Vec::new();
        for range in selected.records {
            // A value that is no object can't be mapped; it passes as it came.
            let record = page.get(range).unwrap_or_default();
            if record.trim_start().starts_with('{') {
                let _: Mapped = self.mapper.map(&plan.expressions, &scope, record, &mut batch, &mut faults)?;
            }
        }
        let records = (0..batch.len()).map(|index| self.record(&batch, index)).collect();
        let problem = faults.first().map(|fault| {
            let column = self.mapper.columns().get(fault.column).map_or("a step", |column| column.name.as_str());
            let message = format!("The answer's `{column}` {} (`{}`).", fault.message, fault.value);
            done_all_the_same(Problem::new("bad_value", ProblemKind::Data, Stage::Map, message))
        });
        Ok((records, problem))
    }

    fn record(&self, batch: &Batch, index: usize) -> Value {
        let mut record = Map::new();
        for (column, cell) in self.mapper.columns().iter().zip(batch.row(index)) {
            record.insert(column.name.clone(), value(batch, cell));
        }
        if let Some(Value::Object(extra)) = batch.extra(index).and_then(crate::json::to_value) {
            for (name, value) in extra {
                record.entry(name).or_insert(value);
            }
        }
        Value::Object(record)
    }
}

fn value(batch: &Batch, cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Bool(value) => Value::Bool(*value),
        Cell::Int(value) => Value::from(*value),
        Cell::Float(value) => Value::from(*value),
        Cell::Text(span) => Value::from(batch.text(*span)),
        // Digits that a float would lose stay text.
        Cell::Decimal(span) | Cell::Json(span) => {
            crate::json::to_value(batch.text(*span)).unwrap_or_else(|| Value::from(batch.text(*span)))
        }
    }
}

fn done_all_the_same(problem: Problem) -> Problem {
    problem.hint("The call itself was answered as a success: it was done. Check `response` of the action.")
}
