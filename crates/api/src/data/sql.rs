//! Questions in SQL: one statement, which reads.

use super::anchors::Asked;
use super::open::{only_reads, open_until, stopped};
use super::reader::widened;
use super::tables;
use crate::contract::SqlAnswer;
use crate::preview::shorten;
use definition::model::FieldType;
use definition::{Fault, Problem, ProblemKind, Stage};
use engine::batch::Column;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, ErrorCode, Statement};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How long a question of the window may take.
const LONGEST: Duration = Duration::from_secs(60);
/// Rows that are given where nobody says how many, and at most.
const ROWS: (u32, u32) = (1_000, 10_000);
/// Characters of a value that are shown.
const SHOWN: usize = 500;
/// Characters of all values together.
const ALL: usize = 8_000_000;

/// Answers a question with its first rows.
pub(super) fn answer(path: &Path, text: &str, limit: Option<u32>, asked: &Asked) -> Result<SqlAnswer, Problem> {
    let begun = Instant::now();
    let database = open_to_read(path, Some(LONGEST), asked.stop.clone())?;
    let limit = limit.unwrap_or(ROWS.0).clamp(1, ROWS.1) as usize;
    let mut answer = first(&database, text, limit)
        .map_err(|problem| if asked.stop.is_cancelled() { stopped() } else { with_tables(problem, &database) })?;
    answer.duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(answer)
}

/// Opens a database for a person's SQL.
pub(super) fn open_to_read(
    path: &Path,
    longest: Option<Duration>,
    stop: CancellationToken,
) -> Result<Connection, Problem> {
    let database = open_until(path, longest, stop)?.ok_or_else(|| {
        Problem::new("no_data", ProblemKind::Config, Stage::Store, "Nothing was synced yet: there is no table to ask.")
            .hint("Sync the connection first.")
    })?;
    only_reads(&database).map_err(|error| super::open::failed(&error))?;
    Ok(database)
}

fn first(database: &Connection, text: &str, limit: usize) -> Result<SqlAnswer, Problem> {
    let refused = |error: Error| failed(&error, text);
    let mut statement = prepare(database, text)?;
    let names = names(&statement);
    let mut kinds: Vec<Option<FieldType>> = vec![None; names.len()];
    let mut rows = statement.query([]).map_err(refused)?;
    let (mut shown, mut characters, mut more) = (Vec::new(), 0, false);
    while let Some(row) = rows.next().map_err(refused)? {
        if shown.len() == limit || characters > ALL {
            more = true;
            break;
        }
        let mut cells = Vec::with_capacity(kinds.len());
        for (place, kind) in kinds.iter_mut().enumerate() {
            let value = row.get_ref(place).map_err(refused)?;
            *kind = widened(*kind, value);
            let cell = cell(value);
            characters += cell.as_ref().map_or(1, String::len);
            cells.push(cell);
        }
        shown.push(cells);
    }
    let column = |(name, kind): (String, Option<FieldType>)| Column {
        name,
        kind: kind.unwrap_or(FieldType::String),
        key: false,
    };
    let columns = names.into_iter().zip(kinds).map(column).collect();
    Ok(SqlAnswer { columns, rows: shown, more, duration_ms: 0 })
}

fn cell(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(value) => Some(value.to_string()),
        ValueRef::Real(value) => Some(value.to_string()),
        ValueRef::Text(bytes) => {
            // Four bytes a character at most: no more is looked at.
            let part = &bytes[..bytes.len().min(4 * SHOWN + 4)];
            Some(shorten(&String::from_utf8_lossy(part), SHOWN))
        }
        ValueRef::Blob(bytes) => Some(format!("{} bytes", bytes.len())),
    }
}

/// Compiles a statement that reads.
pub(super) fn prepare<'a>(database: &'a Connection, text: &str) -> Result<Statement<'a>, Problem> {
    if text.trim().is_empty() {
        let message = "There is no SQL to ask with.";
        return Err(Problem::new("no_sql", ProblemKind::Config, Stage::Store, message)
            .hint("Type a statement that begins with SELECT."));
    }
    let statement = database.prepare(text).map_err(|error| failed(&error, text))?;
    if !statement.readonly() {
        return Err(writes());
    }
    if statement.column_count() == 0 {
        let message = "This statement answers nothing.";
        return Err(Problem::new("no_answer_rows", ProblemKind::Config, Stage::Store, message)
            .hint("Type a statement that begins with SELECT."));
    }
    Ok(statement)
}

/// The names of a statement's columns; one that comes twice gets a number.
pub(super) fn names(statement: &Statement<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in statement.column_names() {
        let mut free = name.to_owned();
        let mut number = 2;
        while names.contains(&free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        names.push(free);
    }
    names
}

fn writes() -> Problem {
    Problem::new(
        "only_reads",
        ProblemKind::Config,
        Stage::Store,
        "This statement would change something, or reach another file. Here is only read.",
    )
    .hint("Use SELECT. To change the data, open the database file in another program.")
}

/// What SQLite says to a person's SQL. Where it names a place, `field` is `sql:LINE:COLUMN`, from 1.
pub(super) fn failed(error: &Error, text: &str) -> Problem {
    let wrong = |message: String| Problem::new("bad_sql", ProblemKind::Config, Stage::Store, message);
    match error {
        Error::SqlInputError { error: code, msg, .. } if code.code == ErrorCode::AuthorizationForStatementDenied => {
            tracing::debug!(%msg, "a statement was refused");
            writes()
        }
        Error::SqlInputError { msg, .. } if msg.contains("not authorized") || msg.contains("prohibited") => writes(),
        Error::SqlInputError { msg, offset, .. } => {
            let problem = wrong(format!("The database does not understand this: {msg}."));
            match usize::try_from(*offset).ok().and_then(|offset| text.get(..offset)) {
                Some(before) => {
                    let line = before.matches('\n').count() + 1;
                    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                    let mut fault = Fault::new("bad_sql", format!("sql:{line}:{column}"), msg.clone());
                    fault.line = u32::try_from(line).ok();
                    Problem { faults: vec![fault], ..problem.field(format!("sql:{line}:{column}")) }
                }
                None => problem,
            }
        }
        Error::MultipleStatement => wrong("There is more than one statement.".to_owned())
            .hint("Ask with one statement at a time: leave out what is behind the first semicolon."),
        Error::SqliteFailure(code, _) if code.code == ErrorCode::AuthorizationForStatementDenied => writes(),
        Error::SqliteFailure(code, Some(message)) if code.code == ErrorCode::Unknown => {
            if message.contains("not authorized") || message.contains("prohibited") {
                return writes();
            }
            wrong(format!("The database does not understand this: {message}."))
        }
        Error::SqliteFailure(code, _) if code.code == ErrorCode::TooBig => {
            wrong("A value of this is larger than 64 MB.".to_owned())
                .hint("Leave it out, or take a part of it: substr(…).")
        }
        Error::SqliteFailure(code, _) if code.code == ErrorCode::OperationInterrupted => {
            Problem::new("too_slow", ProblemKind::Storage, Stage::Store, "This takes longer than a minute.")
                .hint("Ask for less: with WHERE, with LIMIT, or without ORDER BY.")
        }
        other => super::open::failed(other),
    }
}

/// Names the tables where one was named that is not there.
fn with_tables(problem: Problem, database: &Connection) -> Problem {
    if !problem.message.contains("no such table") {
        return problem;
    }
    let names = tables::names(database).unwrap_or_default();
    let listed: Vec<String> = names.iter().take(20).map(|name| format!("`{name}`")).collect();
    problem.hint(format!("The tables are {}.", listed.join(", ")))
}
