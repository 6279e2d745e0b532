//! Writing a row: the table is looked at, the statement is made, and then it is sent.

mod bind;
mod problem;
mod send;
mod sql;
mod table;

use crate::address::Address;
use crate::conn::{Conn, Kept};
use crate::kinds;
use crate::problem::too_slow;
use bind::Bound;
use definition::model::WriteKind;
use definition::{Problem, ProblemKind, Stage};
use engine::source::database::{DatabaseServer, RowValue, RowWrite, Statement, Write, Written};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use table::Table;

/// How much longer than the server itself its answer is waited for.
const GRACE: Duration = Duration::from_secs(5);

/// Connections that may write, and the tables that were looked at.
#[derive(Debug)]
pub(crate) struct Writers {
    kept: Kept,
    tables: Mutex<Vec<(DatabaseServer, String, Arc<Table>)>>,
}

impl Default for Writers {
    fn default() -> Self {
        Self { kept: Kept::writing(), tables: Mutex::default() }
    }
}

impl Writers {
    fn known(&self, write: &RowWrite) -> Option<Arc<Table>> {
        let tables = self.tables.lock().ok()?;
        let found = tables.iter().find(|(server, name, _)| *server == write.server && *name == write.table);
        found.map(|(_, _, table)| Arc::clone(table))
    }

    fn know(&self, write: &RowWrite, table: &Arc<Table>) {
        if let Ok(mut tables) = self.tables.lock() {
            tables.retain(|(server, name, _)| *server != write.server || *name != write.table);
            tables.push((write.server.clone(), write.table.clone(), Arc::clone(table)));
        }
    }

    /// Forgets a table whose columns may be others by now.
    fn forget(&self, write: &RowWrite) {
        if let Ok(mut tables) = self.tables.lock() {
            tables.retain(|(server, name, _)| *server != write.server || *name != write.table);
        }
    }
}

/// A write that is ready.
#[derive(Debug)]
struct Ready {
    writers: Arc<Writers>,
    conn: Conn,
    address: Address,
    write: RowWrite,
    table: Arc<Table>,
    text: String,
    params: Vec<Bound>,
}

impl Write for Ready {
    fn statement(&self) -> Statement {
        let given = sql::order(&self.write);
        let shown = given.iter().zip(&self.params).map(|(given, bound)| given.shown.clone().unwrap_or(bound.shown()));
        statement(&self.address, self.text.clone(), shown)
    }

    fn send(self: Box<Self>) -> BoxFuture<'static, Result<Written, Problem>> {
        self.run().boxed()
    }
}

/// Makes a write ready.
pub(crate) async fn open(writers: Arc<Writers>, write: RowWrite) -> Result<Box<dyn Write>, Problem> {
    let address = Address::of(&write.server)?;
    let mut conn = writers.kept.take(&write.server, &address).await?;
    let table = match writers.known(&write) {
        Some(table) => table,
        None => {
            let reading = tokio::time::timeout(write.timeout, Table::read(&mut conn, &write.table, address.dialect));
            let table = reading.await.map_err(|_| too_slow(&address, write.timeout, "tell the columns"))?;
            let table = match table {
                Ok(table) => Arc::new(table),
                Err(table::Unread::Problem(problem)) => return Err(*problem),
                Err(table::Unread::Sql(error)) => return Err(problem::refused(&error, &address, &write)),
            };
            writers.know(&write, &table);
            table
        }
    };
    let ready = table.check(&write).and_then(|()| {
        let text = sql::text(address.dialect, &write, Some(&table))?;
        let params = sql::order(&write).into_iter().map(|given| bound(&table, given, &address));
        Ok((text, params.collect::<Result<_, _>>()?))
    });
    match ready {
        Ok((text, params)) => Ok(Box::new(Ready { writers, conn, address, write, table, text, params })),
        Err(problem) => {
            writers.kept.give(&write.server, conn);
            writers.forget(&write);
            Err(problem)
        }
    }
}

/// The statement as far as it is known without the server.
pub(crate) fn sketch(write: &RowWrite) -> Result<Statement, Problem> {
    let address = Address::of(&write.server)?;
    let text = sql::text(address.dialect, write, None)?;
    let shown = |given: &&RowValue| match &given.shown {
        Some(shown) => shown.clone(),
        None if given.value.is_null() => "NULL".to_owned(),
        None => kinds::text(&given.value),
    };
    Ok(statement(&address, text, sql::order(write).iter().map(shown)))
}

fn statement(address: &Address, text: String, shown: impl Iterator<Item = String>) -> Statement {
    let postgres = address.dialect == crate::sql::Dialect::Postgres;
    let name = |at: usize| if postgres { format!("${}", at + 1) } else { format!("? {}", at + 1) };
    let params = shown.enumerate().map(|(at, value)| (name(at), value)).collect();
    Statement { server: address.shown().to_owned(), text, params }
}

fn bound(table: &Table, given: &RowValue, address: &Address) -> Result<Bound, Problem> {
    let target = table.target(&given.column)?;
    bind::bound(address.dialect, target, &given.value).map_err(|why| {
        // A private value is not told back.
        let text = kinds::text(&given.value);
        let text: String = given.shown.clone().unwrap_or(text).chars().take(60).collect();
        let message = format!("The column `{}` ({}) can't take `{text}`: {why}.", given.column, target.type_name);
        Problem::new("bad_value", ProblemKind::Data, Stage::Build, message)
            .hint("Nothing was written. Give a value that fits the column's type.")
    })
}

/// What is done, as a verb: `insert into`.
pub(super) fn verb(write: WriteKind) -> &'static str {
    match write {
        WriteKind::Insert => "INSERT into",
        WriteKind::Update => "UPDATE",
        WriteKind::Upsert => "INSERT into and UPDATE",
        WriteKind::Delete => "DELETE from",
    }
}
