//! Filters and sorting as SQL: names are quoted, values are bound.

use super::TableColumn;
use crate::contract::{DataFilter, DataSort, FilterOp};
use definition::{Problem, ProblemKind, Stage};

/// A condition with its values.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// `WHERE …`, or nothing.
    pub conditions: String,
    /// `column DESC, `, or nothing.
    pub order: String,
    /// The values, in the order of their marks.
    pub values: Vec<String>,
}

impl Question {
    /// Of what a person asks.
    pub fn of(columns: &[TableColumn], filters: &[DataFilter], sort: Option<&DataSort>) -> Result<Self, Problem> {
        let mut question = Self::default();
        let mut conditions = Vec::new();
        for filter in filters {
            conditions.push(question.condition(columns, filter)?);
        }
        if !conditions.is_empty() {
            question.conditions = format!(" WHERE {}", conditions.join(" AND "));
        }
        if let Some(sort) = sort {
            let way = if sort.descending { "DESC" } else { "ASC" };
            question.order = format!("{} {way}, ", column(columns, &sort.column)?.compared());
        }
        Ok(question)
    }

    /// Whether it leaves the table as it is.
    pub fn is_plain(&self) -> bool {
        self.conditions.is_empty() && self.order.is_empty()
    }

    fn condition(&mut self, columns: &[TableColumn], filter: &DataFilter) -> Result<String, Problem> {
        let over: Vec<&TableColumn> =
            if filter.column.is_empty() { columns.iter().collect() } else { vec![column(columns, &filter.column)?] };
        let parts: Vec<String> = over.into_iter().map(|column| self.part(column, filter)).collect();
        let word = if matches!(filter.op, FilterOp::IsNull) { " AND " } else { " OR " };
        Ok(if parts.is_empty() { "0".to_owned() } else { format!("({})", parts.join(word)) })
    }

    fn part(&mut self, column: &TableColumn, filter: &DataFilter) -> String {
        let mut bound = |value: String| {
            self.values.push(value);
            format!("?{}", self.values.len())
        };
        let compared = column.compared();
        match filter.op {
            FilterOp::IsNull => format!("({0} IS NULL OR {0} = '')", column.quoted),
            FilterOp::NotNull => format!("({0} IS NOT NULL AND {0} <> '')", column.quoted),
            FilterOp::Contains => {
                format!("{} LIKE {} ESCAPE '\\'", column.quoted, bound(pattern(column, &filter.value)))
            }
            FilterOp::Equals => format!("{} = {}", column.quoted, bound(value(column, &filter.value))),
            FilterOp::Greater => format!("{compared} > {}", as_compared(column, &bound(value(column, &filter.value)))),
            FilterOp::Less => format!("{compared} < {}", as_compared(column, &bound(value(column, &filter.value)))),
        }
    }
}

/// A bound text takes the column's affinity by itself; a cast column has none.
fn as_compared(column: &TableColumn, mark: &str) -> String {
    if column.compared() == column.quoted { mark.to_owned() } else { format!("CAST({mark} AS REAL)") }
}

fn pattern(column: &TableColumn, text: &str) -> String {
    let escaped = value(column, text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// `true` and `false` as the table holds them.
fn value(column: &TableColumn, text: &str) -> String {
    match text.trim() {
        "true" if column.boolean => "1".to_owned(),
        "false" if column.boolean => "0".to_owned(),
        _ => text.to_owned(),
    }
}

fn column<'a>(columns: &'a [TableColumn], name: &str) -> Result<&'a TableColumn, Problem> {
    columns.iter().find(|column| column.shown.name == name).ok_or_else(|| {
        Problem::new("no_column", ProblemKind::Config, Stage::Store, "There is no such column in this table.")
            .hint("The table was changed: choose the column again.")
    })
}
