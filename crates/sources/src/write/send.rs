//! Sending a write, and what it gives back.

use super::bind::Bound;
use super::{GRACE, Ready, problem, sql};
use crate::conn::Conn;
use crate::kinds::Notes;
use crate::page::{WriteRow, column_names};
use crate::problem::too_slow;
use crate::sql::{Column, Dialect};
use crate::{mysql, postgres, sqlite};
use bytes::Bytes;
use definition::model::WriteKind;
use definition::{Problem, Stage};
use engine::source::database::Written;
use sqlx::AssertSqlSafe;

/// Binds all parameters of a statement.
macro_rules! bind_all {
    ($query:expr, $params:expr) => {{
        let mut query = $query;
        for param in $params {
            query = match param {
                Bound::Null => query.bind(None::<String>),
                Bound::Integer(number) => query.bind(*number),
                Bound::Unsigned(number) => query.bind(*number),
                Bound::Float(number) => query.bind(*number),
                Bound::Text(text) => query.bind(text.clone()),
                Bound::Bytes(bytes) => query.bind(bytes.clone()),
            };
        }
        query
    }};
}

impl Ready {
    pub(super) async fn run(mut self: Box<Self>) -> Result<Written, Problem> {
        let timeout = self.write.timeout;
        if let Some(text) = limit(&self.conn, timeout.as_millis()) {
            // Nothing is on its way yet. A server that does not know it has no limit of its own.
            match tokio::time::timeout(GRACE, self.conn.run(text)).await {
                Ok(Ok(()) | Err(sqlx::Error::Database(_))) => {}
                Ok(Err(error)) => {
                    let told = problem::refused(&error, &self.address, &self.write);
                    return Err(Problem { stage: Stage::Build, ..told });
                }
                Err(_) => {
                    let told = too_slow(&self.address, GRACE, "take the time limit");
                    return Err(Problem { stage: Stage::Build, ..told });
                }
            }
        }
        let done = tokio::time::timeout(timeout.saturating_add(GRACE), self.written()).await;
        let Ok(done) = done else { return Err(too_slow(&self.address, timeout, "answer the write")) };
        match done {
            Ok(written) => {
                self.writers.kept.give(&self.write.server, self.conn);
                Ok(written)
            }
            Err(error) => {
                let told = problem::refused(&error, &self.address, &self.write);
                if matches!(error, sqlx::Error::Database(_)) && told.stage != Stage::Send {
                    let there = told.code == "unique_violation" && self.is_there().await;
                    if !matches!(
                        told.code.as_str(),
                        "unique_violation" | "foreign_key" | "not_null" | "check_violation"
                    ) {
                        self.writers.forget(&self.write);
                    }
                    self.writers.kept.give(&self.write.server, self.conn);
                    // An insert with a key leaves the row that is there as it is.
                    return if there { Ok(Written::default()) } else { Err(told) };
                }
                Err(told)
            }
        }
    }

    async fn written(&mut self) -> Result<Written, sqlx::Error> {
        let text = AssertSqlSafe(self.text.clone());
        let back = self.table.given_back(&self.write.returning);
        let upserts = self.write.write == WriteKind::Upsert;
        let written = match &mut self.conn {
            Conn::Postgres(conn) => {
                let mut query = sqlx::query(text);
                for param in &self.params {
                    query = query.bind(match param {
                        Bound::Null => None,
                        other => Some(other.shown()),
                    });
                }
                match back.is_empty() {
                    true => affected(query.execute(&mut **conn).await?.rows_affected()),
                    false => given(&query.fetch_all(&mut **conn).await?, &back, postgres::row),
                }
            }
            Conn::MySql(conn) => {
                let query = bind_all!(sqlx::query(text), &self.params);
                match back.is_empty() {
                    // A changed row counts twice there.
                    true => {
                        let rows = query.execute(&mut **conn).await?.rows_affected();
                        affected(if upserts { rows.min(1) } else { rows })
                    }
                    false => given(&query.fetch_all(&mut **conn).await?, &back, mysql::row),
                }
            }
            Conn::Sqlite(conn) => {
                let mut query = sqlx::query(text);
                for param in &self.params {
                    query = match param {
                        Bound::Null => query.bind(None::<String>),
                        Bound::Integer(number) => query.bind(*number),
                        Bound::Unsigned(number) => query.bind(number.to_string()),
                        Bound::Float(number) => query.bind(*number),
                        Bound::Text(text) => query.bind(text.clone()),
                        Bound::Bytes(bytes) => query.bind(bytes.clone()),
                    };
                }
                match back.is_empty() {
                    true => affected(query.execute(&mut **conn).await?.rows_affected()),
                    false => given(&query.fetch_all(&mut **conn).await?, &back, sqlite::row),
                }
            }
        };
        Ok(written)
    }

    /// Whether the row that an insert with a key was refused for is the one with this key.
    async fn is_there(&mut self) -> bool {
        if self.write.write != WriteKind::Insert || self.write.key.is_empty() {
            return false;
        }
        let Conn::MySql(conn) = &mut self.conn else { return false };
        let Ok(text) = sql::looks_for(Dialect::MySql, &self.write, &self.table) else { return false };
        let given = sql::order(&self.write);
        let place = |column: &String| given.iter().position(|given| given.column == *column);
        let params: Vec<Bound> =
            self.write.key.iter().filter_map(place).filter_map(|at| self.params.get(at).cloned()).collect();
        let query = bind_all!(sqlx::query(AssertSqlSafe(text)), &params);
        let found = tokio::time::timeout(self.write.timeout, query.fetch_optional(&mut **conn)).await;
        matches!(found, Ok(Ok(Some(_))))
    }
}

/// What makes the server itself stop a statement that takes too long.
fn limit(conn: &Conn, millis: u128) -> Option<String> {
    match conn {
        Conn::Postgres(_) => Some(format!("SET statement_timeout = {}", millis.min(i32::MAX as u128))),
        Conn::MySql(_) => Some(format!("SET SESSION max_statement_time = {}", millis.div_ceil(1000))),
        Conn::Sqlite(_) => None,
    }
}

fn affected(rows: u64) -> Written {
    Written { rows, body: Bytes::new() }
}

/// Rows that were given back, as JSON. The write is done: what can't be read of them is left out.
fn given<R>(rows: &[R], columns: &[Column], write: WriteRow<R>) -> Written {
    let names = column_names(columns);
    let (mut body, mut notes) = (Vec::new(), Notes::default());
    for row in rows {
        let start = body.len();
        body.extend_from_slice(if body.is_empty() { b"[" } else { b",\n" });
        match write(row, columns, &names, &mut body, &mut notes) {
            Ok(()) => body.extend_from_slice(b"}"),
            Err(_) => body.truncate(start),
        }
    }
    if !body.is_empty() {
        body.push(b']');
    }
    Written { rows: rows.len() as u64, body: Bytes::from(body) }
}
