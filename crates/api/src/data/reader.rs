//! Rows of a question as batches, for whatever writes them.

use super::open::{failed, quoted};
use super::question::Question;
use super::{TableColumn, sql, tables};
use crate::contract::AskExport;
use definition::model::FieldType;
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::batch::{Batch, Cell, Column};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement, params_from_iter};

/// Rows of one batch.
const TOGETHER: usize = 1_000;

/// A question with what its columns are.
pub(super) struct Reading {
    sql: String,
    values: Vec<String>,
    pub columns: Vec<Column>,
    booleans: Vec<bool>,
    /// Rows in all, where that is known.
    pub total: Option<u64>,
}

impl Reading {
    /// Of what is to be exported. `typed`: the types of what SQL answers are found out by a reading of its own.
    pub fn of(database: &Connection, definition: &Definition, ask: &AskExport, typed: bool) -> Result<Self, Problem> {
        match (&ask.sql, &ask.table) {
            (Some(text), _) => Self::of_sql(database, text, typed),
            (None, Some(table)) => Self::of_table(database, definition, ask, table),
            (None, None) => {
                let message = "Nothing was named to be written: neither a table nor SQL.";
                Err(Problem::new("nothing_named", ProblemKind::Config, Stage::Open, message))
            }
        }
    }

    fn of_table(database: &Connection, definition: &Definition, ask: &AskExport, table: &str) -> Result<Self, Problem> {
        if !tables::names(database)?.iter().any(|name| name == table) {
            return Err(Problem::new(
                "no_table",
                ProblemKind::Config,
                Stage::Store,
                format!("There is no table `{table}`."),
            )
            .hint("Sync first, or choose another table."));
        }
        let columns = tables::columns(database, table, definition)?;
        let question = Question::of(&columns, &ask.filters, ask.sort.as_ref())?;
        let chosen = chosen(columns, &ask.columns)?;
        let names: Vec<&str> = chosen.iter().map(|column| column.quoted.as_str()).collect();
        let from = format!("FROM {}{}", quoted(table), question.conditions);
        let count = format!("SELECT count(*) {from}");
        let total = database.query_row(&count, params_from_iter(&question.values), |row| row.get::<_, i64>(0));
        Ok(Self {
            sql: format!("SELECT {} {from} ORDER BY {}rowid", names.join(", "), question.order),
            values: question.values,
            booleans: chosen.iter().map(|column| column.boolean).collect(),
            columns: chosen.into_iter().map(|column| column.shown).collect(),
            total: u64::try_from(total.map_err(|error| failed(&error))?).ok(),
        })
    }

    fn of_sql(database: &Connection, text: &str, typed: bool) -> Result<Self, Problem> {
        let mut statement = sql::prepare(database, text)?;
        let names = sql::names(&statement);
        let mut kinds = vec![None; names.len()];
        let mut total = None;
        if typed {
            total = Some(find_kinds(&mut statement, &mut kinds).map_err(|error| sql::failed(&error, text))?);
        }
        let column = |(name, kind): (String, Option<FieldType>)| Column {
            name,
            kind: kind.unwrap_or(FieldType::String),
            key: false,
        };
        Ok(Self {
            sql: text.to_owned(),
            values: Vec::new(),
            booleans: vec![false; names.len()],
            columns: names.into_iter().zip(kinds).map(column).collect(),
            total,
        })
    }

    /// Reads all rows, some at a time. `take` says whether it goes on.
    pub fn read(
        &self,
        database: &Connection,
        mut take: impl FnMut(&Batch) -> Result<bool, Problem>,
    ) -> Result<(), Problem> {
        let refused = |error: rusqlite::Error| sql::failed(&error, &self.sql);
        let mut statement = database.prepare(&self.sql).map_err(refused)?;
        let mut rows = statement.query(params_from_iter(&self.values)).map_err(refused)?;
        let mut batch = Batch::new(self.columns.len());
        while let Some(row) = rows.next().map_err(refused)? {
            self.push(&mut batch, row).map_err(refused)?;
            if batch.len() == TOGETHER {
                let whole = std::mem::replace(&mut batch, Batch::new(self.columns.len()));
                if !take(&whole)? {
                    return Ok(());
                }
            }
        }
        if !batch.is_empty() {
            take(&batch)?;
        }
        Ok(())
    }

    fn push(&self, batch: &mut Batch, row: &Row<'_>) -> rusqlite::Result<()> {
        for (place, (column, boolean)) in self.columns.iter().zip(&self.booleans).enumerate() {
            let cell = match row.get_ref(place)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(value) if *boolean && (0..=1).contains(&value) => Cell::Bool(value == 1),
                #[expect(clippy::cast_precision_loss, reason = "the column holds floating-point numbers")]
                ValueRef::Integer(value) if column.kind == FieldType::Number => Cell::Float(value as f64),
                ValueRef::Integer(value) => Cell::Int(value),
                ValueRef::Real(value) => Cell::Float(value),
                ValueRef::Text(bytes) => text(batch, &String::from_utf8_lossy(bytes), column.kind),
                ValueRef::Blob(bytes) => {
                    let text = hex::encode(bytes);
                    Cell::Text(batch.store(&text))
                }
            };
            batch.push(cell);
        }
        batch.end_row(None);
        Ok(())
    }
}

/// Text as its column means it; what is no number or no JSON is the text that it is.
fn text(batch: &mut Batch, text: &str, kind: FieldType) -> Cell {
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    match kind {
        FieldType::Decimal if text.parse::<serde_json::Number>().is_ok() => Cell::Decimal(batch.store(text)),
        FieldType::Json | FieldType::Array | FieldType::Object if is_json() => Cell::Json(batch.store(text)),
        _ => Cell::Text(batch.store(text)),
    }
}

/// The columns that were chosen, in their order; all, where none was.
fn chosen(columns: Vec<TableColumn>, names: &[String]) -> Result<Vec<TableColumn>, Problem> {
    if names.is_empty() {
        return Ok(columns);
    }
    let one = |name: &String| {
        columns.iter().find(|column| column.shown.name == *name).cloned().ok_or_else(|| {
            Problem::new("no_column", ProblemKind::Config, Stage::Store, format!("There is no column `{name}`."))
                .hint("The table was changed: choose the columns again.")
        })
    };
    names.iter().map(one).collect()
}

/// What the values of each column are, over all rows. Gives how many rows there are.
fn find_kinds(statement: &mut Statement<'_>, kinds: &mut [Option<FieldType>]) -> rusqlite::Result<u64> {
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        for (place, kind) in kinds.iter_mut().enumerate() {
            *kind = widened(*kind, row.get_ref(place)?);
        }
    }
    Ok(count)
}

/// The type that holds a value too.
pub(super) fn widened(kind: Option<FieldType>, value: ValueRef<'_>) -> Option<FieldType> {
    match (kind, value) {
        (kind, ValueRef::Null) => kind,
        (None | Some(FieldType::Integer), ValueRef::Integer(_)) => Some(FieldType::Integer),
        (Some(FieldType::Number), ValueRef::Integer(_))
        | (None | Some(FieldType::Integer | FieldType::Number), ValueRef::Real(_)) => Some(FieldType::Number),
        _ => Some(FieldType::String),
    }
}
