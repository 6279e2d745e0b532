//! Databases that streams are read from and actions write to: PostgreSQL, MySQL or MariaDB, SQLite.
//!
//! **Architecture invariant:** only this crate speaks to other people's databases. Names are quoted, values are
//! parameters, sources read in read-only transactions.

mod address;
mod catalogue;
mod conn;
mod json;
mod kinds;
mod mysql;
mod page;
mod postgres;
mod problem;
mod propose;
mod propose_actions;
mod query;
mod read;
mod sql;
mod sqlite;
mod write;

pub use address::{Pasted, is_database, pasted, product};
pub use catalogue::{Catalogue, CatalogueColumn, CatalogueTable, catalogue};
pub use problem::no_tables;
pub use propose::{Proposal, cursor_column, definition, draft, file_of, stream};
pub use propose_actions::actions;
pub use query::query_stream;

use definition::Problem;
use engine::source::database::{
    DatabaseGreeting, DatabaseRead, DatabaseServer, Databases, RowWrite, Rows, Statement, Write,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;

/// What reads databases and writes to them, for a plan. It keeps connections open between pages and between writes.
pub fn databases() -> Arc<dyn Databases> {
    Arc::new(Connections { readers: Arc::default(), writers: Arc::new(write::Writers::default()) })
}

/// Connections that wait for the next page or the next write, and what is known of tables. Those that read can't write.
#[derive(Debug)]
struct Connections {
    readers: Arc<conn::Kept>,
    writers: Arc<write::Writers>,
}

impl Databases for Connections {
    fn read(&self, read: DatabaseRead) -> BoxFuture<'_, Result<Box<dyn Rows>, Problem>> {
        read::open(Arc::clone(&self.readers), read).boxed()
    }

    fn write(&self, write: RowWrite) -> BoxFuture<'_, Result<Box<dyn Write>, Problem>> {
        write::open(Arc::clone(&self.writers), write).boxed()
    }

    fn sketch(&self, write: &RowWrite) -> Result<Statement, Problem> {
        write::sketch(write)
    }

    fn ping(&self, server: DatabaseServer) -> BoxFuture<'_, Result<DatabaseGreeting, Problem>> {
        conn::greet(server).boxed()
    }
}
