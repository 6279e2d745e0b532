//! What the engine asks of databases. The library that speaks to them lives in its own crate.

use bytes::Bytes;
use definition::model::WriteKind;
use definition::{Problem, Secret};
use futures::future::BoxFuture;
use serde_json::Value;
use std::fmt::Debug;
use std::ops::Range;
use std::time::Duration;

/// A server, or a file that is a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseServer {
    /// The address without a password: `postgres://db.acme.test/shop?sslmode=require`, `sqlite:/data/shop.db`.
    pub url: String,
    /// The user name, where it is not part of the address.
    pub username: Option<String>,
    /// The password.
    pub password: Option<Secret>,
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseFrom {
    /// A table or a view: `schema.table`, parts with dots or quotes in double quotes.
    Table(String),
    /// A query that only reads.
    Query(String),
}

/// A page of rows to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct DatabaseRead {
    /// The server.
    pub server: DatabaseServer,
    /// What is read.
    pub from: DatabaseFrom,
    /// The columns of the key. With none, one page is all there is, and it comes in parts.
    pub key: Vec<String>,
    /// The column that grows, where only what changed is read.
    pub cursor: Option<String>,
    /// Where the cursor starts, and whether rows on it count; null: at the beginning.
    pub since: Value,
    /// Where it ends, rows on it included; null: nowhere.
    pub until: Value,
    /// The token of the page: what [`RowsEnd::next`] said; null for the first.
    pub token: Value,
    /// How many rows the page may have, where it is one of several.
    pub rows: u64,
    /// How long the server may take to give the next rows.
    pub timeout: Duration,
}

/// Rows on their way.
pub trait Rows: Send + Debug {
    /// The statement as it was sent, and its parameters as text.
    fn statement(&self) -> Statement;

    /// The next rows. Nothing comes behind the part with an end.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<RowsPart>, Problem>>;
}

/// A statement with parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// The server, its user named, without a password.
    pub server: String,
    /// The text.
    pub text: String,
    /// The parameters: how the text calls each, and its value.
    pub params: Vec<(String, String)>,
}

/// Some rows of a page.
#[derive(Debug, Clone, Default)]
pub struct RowsPart {
    /// A JSON array, UTF-8: one object a row.
    pub body: Bytes,
    /// Where the rows are in it.
    pub records: Vec<Range<usize>>,
    /// What a person should know of these rows: each is told once a read.
    pub notes: Vec<String>,
    /// There with the page's last part.
    pub end: Option<RowsEnd>,
}

/// What is known behind a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowsEnd {
    /// The next page's token. Nothing: this was the last.
    pub next: Option<Value>,
}

/// A row to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct RowWrite {
    /// The server.
    pub server: DatabaseServer,
    /// The table: `schema.table`, parts with dots or quotes in double quotes.
    pub table: String,
    /// What is done with the row.
    pub write: WriteKind,
    /// The columns that tell the row from all others.
    pub key: Vec<String>,
    /// What the columns become.
    pub values: Vec<RowValue>,
    /// The columns that are given back.
    pub returning: Vec<String>,
    /// How long the server may take.
    pub timeout: Duration,
}

/// What a column becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct RowValue {
    /// The column.
    pub column: String,
    /// The value.
    pub value: Value,
    /// What is shown instead of it, where it is private.
    pub shown: Option<String>,
}

/// A write that is ready: the table was looked at, the statement stands. Nothing was written yet.
pub trait Write: Send + Debug {
    /// The statement, and its parameters as they may be shown.
    fn statement(&self) -> Statement;

    /// Writes. A problem of stage `send` came behind the statement: whether it was done is not known.
    fn send(self: Box<Self>) -> BoxFuture<'static, Result<Written, Problem>>;
}

/// What a write did.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// How many rows it touched.
    pub rows: u64,
    /// The rows that were given back: a JSON array, UTF-8.
    pub body: Bytes,
}

/// The databases that a plan may read. Implemented outside of the engine.
pub trait Databases: Send + Sync + Debug {
    /// Opens a page of rows.
    fn read(&self, read: DatabaseRead) -> BoxFuture<'_, Result<Box<dyn Rows>, Problem>>;

    /// Makes a write ready: connects, and looks at the table's columns.
    fn write(&self, write: RowWrite) -> BoxFuture<'_, Result<Box<dyn Write>, Problem>>;

    /// The statement of a write as far as it is known without the server.
    ///
    /// # Errors
    /// Where the address or a name can't be read.
    fn sketch(&self, write: &RowWrite) -> Result<Statement, Problem>;

    /// Whether the server is there and takes the credentials: who is signed in, and what it is.
    fn ping(&self, server: DatabaseServer) -> BoxFuture<'_, Result<DatabaseGreeting, Problem>>;
}

/// What a server says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatabaseGreeting {
    /// The server, its user named, without a password.
    pub server: String,
    /// Whether it is this computer, or a file.
    pub local: bool,
    /// The server's time, RFC 3339, where it has one of its own.
    pub clock: Option<String>,
    /// Whether the user may write to any table, where that can be told.
    pub writes: Option<bool>,
    /// Product and version: `PostgreSQL 15.8`.
    pub version: String,
    /// Who is signed in.
    pub user: Option<String>,
    /// Whether what goes over the wire is encrypted; nothing for a file.
    pub encrypted: Option<bool>,
}
