//! Reading a page: connect, learn the columns, ask, and give rows out as they come.

use crate::address::Address;
use crate::conn::{Conn, Kept};
use crate::page::Page;
use crate::problem::{of_query, stopped, told, too_slow};
use crate::sql::{self, Column, Dialect, PageSql};
use crate::{kinds, mysql, postgres, sqlite};
use definition::{Problem, ProblemKind, Stage};
use engine::source::database::{DatabaseFrom, DatabaseRead, Rows, RowsPart, Statement};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::AssertSqlSafe;
use std::sync::Arc;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::task::AbortOnDropHandle;

/// Rows that a task reads ahead of those who take them.
#[derive(Debug)]
struct Reading {
    statement: Statement,
    parts: Receiver<Result<RowsPart, Problem>>,
    address: Address,
    /// Ends with the rows: what is unread closes the connection.
    _task: AbortOnDropHandle<()>,
}

impl Rows for Reading {
    fn statement(&self) -> Statement {
        self.statement.clone()
    }

    fn next(&mut self) -> BoxFuture<'_, Result<Option<RowsPart>, Problem>> {
        async {
            match self.parts.recv().await {
                Some(part) => part.map(Some),
                None => Err(stopped(&self.address)),
            }
        }
        .boxed()
    }
}

/// Opens a page.
pub(crate) async fn open(kept: Arc<Kept>, read: DatabaseRead) -> Result<Box<dyn Rows>, Problem> {
    let address = Address::of(&read.server)?;
    let mut conn = kept.take(&read.server, &address).await?;
    let from = address.dialect.from(&read.from)?;
    let query = match &read.from {
        DatabaseFrom::Query(query) => query.as_str(),
        DatabaseFrom::Table(_) => "",
    };
    // A new read looks at the table anew: it may have changed.
    let known = kept.columns(&read.server, &read.from).filter(|_| !read.token.is_null());
    let columns = match known {
        Some(columns) => columns,
        None => {
            let described = tokio::time::timeout(read.timeout, describe(&mut conn, &read, &from)).await;
            let described = described.map_err(|_| too_slow(&address, read.timeout, "tell the columns"))?;
            let columns = described.map_err(|error| of_query(told(&error, &address), query))?;
            once(&columns)?;
            let columns = Arc::new(columns);
            kept.know(&read.server, &read.from, &columns);
            columns
        }
    };
    let mut read = read;
    if let (Conn::Sqlite(sqlite), Some(cursor)) = (&mut conn, &read.cursor)
        && let Some(column) = columns.iter().find(|column| column.name == *cursor)
    {
        for value in [&mut read.since, &mut read.until] {
            if value.is_string() {
                let stored = sqlite::stored_like(sqlite, &from, column, value).await;
                *value = stored.map_err(|error| told(&error, &address))?;
            }
        }
    }
    let page = sql::page(address.dialect, &from, &columns, &read)?;
    let statement = statement(&address, &page, address.dialect);
    let (out, parts) = channel(1);
    let job = Job { kept, read, address: address.clone(), columns, page, out };
    let task = AbortOnDropHandle::new(tokio::spawn(job.run(conn)));
    Ok(Box::new(Reading { statement, parts, address, _task: task }))
}

/// Each name once: records are objects.
pub(crate) fn once(columns: &[Column]) -> Result<(), Problem> {
    let again = columns.iter().enumerate().find(|(at, one)| columns[..*at].iter().any(|other| other.name == one.name));
    let Some((_, column)) = again else { return Ok(()) };
    let message = format!("Two columns of the query are called `{}`.", column.name);
    Err(Problem::new("duplicate_name", ProblemKind::Config, Stage::Build, message)
        .hint("Give one of them another name with AS."))
}

async fn describe(conn: &mut Conn, read: &DatabaseRead, from: &str) -> Result<Vec<Column>, sqlx::Error> {
    let order: Vec<&String> = read.key.iter().chain(&read.cursor).collect();
    match conn {
        Conn::Postgres(conn) => postgres::describe(conn, &read.from, from, &order).await,
        Conn::MySql(conn) => mysql::describe(conn, &read.from, from).await,
        Conn::Sqlite(conn) => sqlite::describe(conn, &read.from, from).await,
    }
}

fn statement(address: &Address, page: &PageSql, dialect: Dialect) -> Statement {
    let shown = |value: &serde_json::Value| match value.as_object().and_then(|object| object.values().next()) {
        Some(inner) => kinds::text(inner),
        None => kinds::text(value),
    };
    let name = |at: usize| if dialect == Dialect::Postgres { format!("${}", at + 1) } else { format!("? {}", at + 1) };
    let params = page.params.iter().enumerate().map(|(at, (value, _))| (name(at), shown(value))).collect();
    Statement { server: address.shown().to_owned(), text: page.text.clone(), params }
}

/// The reading of one page.
struct Job {
    kept: Arc<Kept>,
    read: DatabaseRead,
    address: Address,
    columns: Arc<Vec<Column>>,
    page: PageSql,
    out: Sender<Result<RowsPart, Problem>>,
}

impl Job {
    async fn run(self, mut conn: Conn) {
        match self.rows(&mut conn).await {
            // What is unread would have to be read first: the connection is closed instead.
            Ok(false) => {}
            Ok(true) => {
                if conn.end_reading().await.is_ok() {
                    self.kept.give(&self.read.server, conn);
                }
            }
            Err(problem) => {
                let problem = match &self.read.from {
                    DatabaseFrom::Query(query) => of_query(problem, query),
                    DatabaseFrom::Table(_) => problem,
                };
                let _ = self.out.send(Err(problem)).await;
            }
        }
    }

    async fn rows(&self, conn: &mut Conn) -> Result<bool, Problem> {
        // A read in one go may take as long as the rows are wanted.
        let timeout = self.page.limit.map(|_| self.read.timeout);
        conn.begin_reading(timeout).await.map_err(|error| told(&error, &self.address))?;
        let (columns, sql) = (Arc::clone(&self.columns), self.page.clone());
        let mut page = Page::new(columns, sql, self.address.clone(), self.read.timeout, self.out.clone());
        if let (true, Some(cursor)) = (self.read.key.is_empty(), &self.read.cursor) {
            page.note(format!(
                "Without a key only rows behind the last `{cursor}` are read: rows that come later with the same value are \
                 missed. Give the stream a key."
            ));
        }
        let text = AssertSqlSafe(self.page.text.clone());
        match conn {
            Conn::Postgres(conn) => {
                let mut query = sqlx::query(text);
                for (value, _) in &self.page.params {
                    query = query.bind(kinds::text(value));
                }
                page.read(query.fetch(&mut **conn), postgres::row, postgres::token).await
            }
            Conn::MySql(conn) => {
                let mut query = sqlx::query(text);
                for (value, at) in &self.page.params {
                    query = mysql::bind(query, value, &self.columns[*at]);
                }
                page.read(query.fetch(&mut **conn), mysql::row, mysql::token).await
            }
            Conn::Sqlite(conn) => {
                let mut query = sqlx::query(text);
                for (value, _) in &self.page.params {
                    query = sqlite::bind(query, value);
                }
                page.read(query.fetch(&mut **conn), sqlite::row, sqlite::token).await
            }
        }
    }
}
