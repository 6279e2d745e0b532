//! Before a row is sent: what the rows are, which column goes where, and which rows don't fit.

use super::prepare::{BatchTarget, Gathered, Mapping, gather};
use super::source::RowFile;
use crate::app::{App, blocking};
use crate::contract::{BatchCheck, BatchColumn, BatchFault, BatchLook, LookBatch};
use definition::{Fault, Problem, ProblemKind, Stage};
use engine::capture::RequestSnapshot;
use serde_json::Value;
use std::sync::Arc;

/// Rows with faults that are told.
const TOLD: usize = 100;
/// Samples of a column that are shown.
const SHOWN: usize = 5;

/// Looks at rows: what they are, and which column goes where.
///
/// # Errors
/// Where the rows can't be read, or there is no such action.
pub async fn look(app: &App, target: &BatchTarget, request: &LookBatch) -> Result<BatchLook, Problem> {
    let plan = target.plan(None)?;
    let action = target.action(&request.action)?.clone();
    let gathered = gather(app, &request.source, &app.token()).await?;
    let proposals = super::propose::propose(&plan, &action, &gathered.survey);
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let column = |(name, samples): (&String, &Vec<Value>)| BatchColumn {
        name: name.clone(),
        samples: samples.iter().take(SHOWN).map(plain).collect(),
    };
    let look = BatchLook {
        format: gathered.file.words(),
        rows: gathered.survey.total,
        columns: gathered.survey.columns.iter().map(column).collect(),
        proposals,
    };
    forget(&gathered);
    Ok(look)
}

/// Checks all rows without sending one.
///
/// # Errors
/// Where the rows can't be read, or the mapping has faults.
pub async fn check(app: &App, target: &BatchTarget, request: &LookBatch) -> Result<BatchCheck, Problem> {
    let plan = target.plan(None)?;
    target.action(&request.action)?;
    let gathered = gather(app, &request.source, &app.token()).await?;
    let mapping = Mapping::of(target, plan, &request.action, &request.params, &gathered.survey);
    let checked = match mapping {
        Ok((mapping, _)) => {
            let (file, mapping) = (gathered.file.clone(), Arc::new(mapping));
            blocking(move || check_all(&file, &mapping)).await
        }
        Err(problem) => Err(problem),
    };
    forget(&gathered);
    checked
}

/// A copy that was only looked at.
fn forget(gathered: &Gathered) {
    if let Some(copy) = &gathered.copy {
        let _ = std::fs::remove_file(copy);
    }
}

/// Checks every row; keeps the faults of the first ones.
pub(super) fn check_all(file: &RowFile, mapping: &Mapping) -> Result<BatchCheck, Problem> {
    let mut check =
        BatchCheck { rows: 0, good: 0, bad: 0, faults: Vec::new(), params: mapping.given.clone(), first_request: None };
    for row in file.rows()? {
        let row = row?;
        check.rows += 1;
        match mapping.check(&row) {
            Ok(params) => {
                check.good += 1;
                if check.first_request.is_none() {
                    let request = mapping.plan.action_request(&mapping.action.name, &params, None)?;
                    check.first_request = Some(shown(&request));
                }
            }
            Err(faults) => {
                check.bad += 1;
                if check.faults.len() < TOLD {
                    check.faults.push(BatchFault { row: row.number, line: row.line, faults });
                }
            }
        }
    }
    Ok(check)
}

/// A request as text.
pub(crate) fn shown(request: &RequestSnapshot) -> String {
    let headers: String = request.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let body = request.body.as_deref().map(|body| format!("\n{body}")).unwrap_or_default();
    format!("{} {}\n{headers}{body}", request.method, request.url).trim_end().to_owned()
}

/// Rows that don't fit, as a problem: nothing is sent then.
pub(super) fn bad_rows(check: &BatchCheck) -> Problem {
    let message = format!("{} of {} rows don't fit the action. Nothing was sent.", check.bad, check.rows);
    let fault =
        |bad: &BatchFault| Fault::new("bad_row", format!("row {} (line {})", bad.row, bad.line), bad.faults.join(" "));
    let mut problem = Problem::new("bad_rows", ProblemKind::Data, Stage::Map, message)
        .hint("Mend them, or send the others with --skip-errors. --validate-only lists them.");
    problem.faults = check.faults.iter().map(fault).collect();
    problem
}
