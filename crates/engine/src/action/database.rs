//! An action that writes to a database, compiled; and its row.

use super::answer::Reading;
use super::{ActionAnswer, Params};
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::expr::{Expressions, Scope};
use crate::http::SendWatch;
use crate::plan::{Node, Plan};
use crate::source::ServerPlan;
use crate::source::database::{RowValue, RowWrite, Statement, Written};
use definition::model::{Action, DatabaseWrite, Source, Stream, WriteKind};
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::Value;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Nobody knows whether a statement was done.
const OUTCOME_UNKNOWN: &str = "outcome_unknown";

/// How long a server may take, where the definition does not say.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A compiled action that writes to a database.
#[derive(Debug)]
pub(crate) struct DatabaseAction {
    pub server: ServerPlan,
    table: String,
    write: WriteKind,
    key: Vec<String>,
    values: Vec<(String, Node)>,
    returning: Vec<String>,
    timeout: Duration,
    repeatable: bool,
    field: String,
    reading: Reading,
}

impl DatabaseAction {
    pub(super) fn compile(
        action: &Action,
        write: &DatabaseWrite,
        streams: &[Stream],
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let stream = streams.iter().enumerate().find(|(_, stream)| Some(&stream.name) == action.stream.as_ref());
        let source = stream.and_then(|(index, stream)| match &stream.source {
            Source::Database(source) => Some((index, source)),
            Source::Http | Source::Files(_) => None,
        });
        let reading = Reading::compile(action, field, expressions).map_err(|more| faults.extend(more)).ok();
        let field = format!("{field}.database");
        let server = match (&write.url, source) {
            (Some(url), _) => {
                ServerPlan::compile((url, write.username.as_ref(), write.password.as_ref()), &field, expressions)
            }
            (None, Some((index, source))) => {
                let given = (&source.url, source.username.as_ref(), source.password.as_ref());
                ServerPlan::compile(given, &format!("streams[{index}].source"), expressions)
            }
            (None, None) => Err(vec![Fault::new("missing", format!("{field}.url"), "Which database?")]),
        };
        let server = server.map_err(|more| faults.extend(more)).ok();
        let mut values = Vec::new();
        for (column, value) in write.columns(&action.params) {
            match Node::compile(&value, &format!("{field}.values.{column}"), expressions) {
                Ok(node) => values.push((column, node)),
                Err(fault) => faults.push(fault),
            }
        }
        let table = write.table.clone().or_else(|| source.and_then(|(_, source)| source.table.clone()));
        let timeout = write.timeout.as_ref().and_then(|timeout| timeout.exact().ok()).unwrap_or(TIMEOUT);
        let (Some(server), Some(reading), true) = (server, reading, faults.is_empty()) else { return Err(faults) };
        Ok(Self {
            server,
            table: table.unwrap_or_default(),
            write: write.write,
            key: write.key.clone(),
            values,
            returning: write.returning.clone(),
            timeout,
            repeatable: write.repeatable(),
            field,
            reading,
        })
    }

    /// The row, ready to be written.
    pub(super) fn row(&self, plan: &Plan, params: &Params) -> Result<RowWrite, Problem> {
        let bad = |column: &str, why: &str| {
            let field = format!("{}.values.{column}", self.field);
            let message = format!("The value of the column `{column}` can't be made: {why}.");
            Problem::new("bad_template", ProblemKind::Config, Stage::Build, message).field(field)
        };
        let private = params.has_private().then(|| Value::Object(params.shown()));
        let mut values = Vec::new();
        for (column, node) in &self.values {
            let made = |params: &Value| {
                // Decimals stay the digits that they are.
                let scope = Scope { params: Some(params), ..Scope::default() };
                node.given(&plan.expressions, &scope).map_err(|why| bad(column, &why))
            };
            let Some(value) = made(params.values())? else { continue };
            let shown = private.as_ref().map(made).transpose()?.flatten().filter(|shown| *shown != value);
            let shown = shown.map(|shown| shown.as_str().map_or_else(|| shown.to_string(), str::to_owned));
            values.push(RowValue { column: column.clone(), value, shown });
        }
        for column in &self.key {
            if values.iter().all(|given| given.column != *column || given.value.is_null()) {
                let message = format!(
                    "The key's column `{column}` has no value: which row of {} is meant is not said.",
                    self.table
                );
                let problem = Problem::new("no_key", ProblemKind::Config, Stage::Build, message).field(&self.field);
                return Err(problem.hint("Nothing was written. Give the parameter that the column is made of."));
            }
        }
        if values.is_empty() || (self.write == WriteKind::Update && values.len() == self.key.len()) {
            let message = format!("There is nothing to write to {}: no parameter of a column was given.", self.table);
            return Err(Problem::new("no_values", ProblemKind::Config, Stage::Build, message).field(&self.field));
        }
        Ok(RowWrite {
            server: self.server.server(&plan.expressions)?,
            table: self.table.clone(),
            write: self.write,
            key: self.key.clone(),
            values,
            returning: self.returning.clone(),
            timeout: self.timeout,
        })
    }

    fn named(&self, plan: &Plan, mut problem: Problem) -> Problem {
        problem.field.get_or_insert_with(|| self.field.clone());
        plan.sender.redactor().problem(problem)
    }

    /// The statement without asking the server for the columns' types.
    pub(super) fn sketch(&self, plan: &Plan, params: &Params) -> Result<RequestSnapshot, Problem> {
        let statement = plan.databases()?.sketch(&self.row(plan, params)?);
        statement.map(|statement| shown(plan, &statement)).map_err(|problem| self.named(plan, problem))
    }

    /// The exact statement: the columns are asked for, nothing is written.
    pub(super) async fn rehearse(&self, plan: &Plan, params: &Params) -> Result<RequestSnapshot, Problem> {
        let ready = plan.databases()?.write(self.row(plan, params)?).await;
        let ready = ready.map_err(|problem| self.named(plan, problem))?;
        Ok(shown(plan, &ready.statement()))
    }

    pub(super) async fn act(&self, plan: &Plan, params: &Params, watch: &SendWatch) -> Result<ActionAnswer, Problem> {
        let row = self.row(plan, params)?;
        let databases = plan.databases()?;
        let (begun, mut attempt, mut unsure) = (Instant::now(), 1, false);
        loop {
            // One turn a try: the rate limit and the number of writes at once hold here, too.
            let turn = plan.sender.turn(watch).await?;
            let done = match databases.write(row.clone()).await {
                Err(problem) => Err(problem),
                Ok(ready) => {
                    if let Some(gate) = &watch.gate {
                        gate().await?;
                    }
                    watch.tally.requests.fetch_add(1, Ordering::Relaxed);
                    let statement = ready.statement();
                    ready.send().await.map(|written| (written, statement)).map_err(|problem| self.unsure(problem))
                }
            };
            drop(turn);
            let problem = match done {
                Ok((written, statement)) => {
                    let facts = (begun, attempt, unsure, shown(plan, &statement));
                    return self.answer(plan, &row, &written, facts);
                }
                Err(problem) => self.named(plan, problem),
            };
            if !plan.sender.may_repeat(attempt, &problem, watch).await {
                return Err(problem);
            }
            unsure |= problem.code == OUTCOME_UNKNOWN;
            attempt += 1;
        }
    }

    /// What came of a statement whose answer was lost.
    fn unsure(&self, problem: Problem) -> Problem {
        if problem.stage != Stage::Send {
            return problem;
        }
        let mut problem = problem;
        problem.retry = self.repeatable;
        problem.code = OUTCOME_UNKNOWN.to_owned();
        problem.message += " Whether the row was written is not known.";
        match self.repeatable {
            true => problem.hint("Send it again: the row is told by its key, so it is written once."),
            false => problem.hint(
                "Look before you send it again: that could write it twice. With a `key`, an insert is safe to repeat.",
            ),
        }
    }

    fn answer(
        &self,
        plan: &Plan,
        row: &RowWrite,
        written: &Written,
        (begun, attempts, unsure, request): (Instant, u32, bool, RequestSnapshot),
    ) -> Result<ActionAnswer, Problem> {
        // A removal one of whose tries may have come through: what is gone is removed.
        let gone = self.write == WriteKind::Delete && unsure;
        if written.rows == 0 && matches!(self.write, WriteKind::Update | WriteKind::Delete) && !gone {
            return Err(self.named(plan, self.no_row(row)));
        }
        let (body, _) = plan.sender.redactor().body(written.body.clone());
        let (records, problem) = match body.is_empty() {
            true => (Vec::new(), None),
            false => self.reading.records_of(plan, &body, &Value::Null),
        };
        let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let bytes = body.len() as u64;
        Ok(ActionAnswer {
            status: None,
            rows: Some(written.rows),
            records,
            request,
            response: ResponseSnapshot { bytes, duration_ms, attempts, ..ResponseSnapshot::default() },
            body,
            idempotency_key: None,
            problem,
        })
    }

    fn no_row(&self, row: &RowWrite) -> Problem {
        let text = |given: &RowValue| match &given.shown {
            Some(shown) => shown.clone(),
            None => given.value.as_str().map_or_else(|| given.value.to_string(), str::to_owned),
        };
        let key = row.values.iter().filter(|given| self.key.contains(&given.column));
        let key: Vec<String> = key.map(|given| format!("{} = {}", given.column, text(given))).collect();
        let word = if self.write == WriteKind::Delete { "removed" } else { "changed" };
        let message = format!("{} has no row with {}: nothing was {word}.", self.table, key.join(" and "));
        Problem::new("not_found", ProblemKind::Data, Stage::Respond, message)
            .hint("Check the key's values. `upsert` adds a row where there is none.")
    }
}

/// A statement as it may be shown.
fn shown(plan: &Plan, statement: &Statement) -> RequestSnapshot {
    let redactor = plan.sender.redactor();
    RequestSnapshot {
        method: "SQL".to_owned(),
        url: redactor.text(&statement.server),
        headers: statement.params.iter().map(|(name, value)| (name.clone(), redactor.text(value))).collect(),
        body: Some(redactor.text(&statement.text)),
    }
}
