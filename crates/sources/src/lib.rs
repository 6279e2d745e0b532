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
mod query;
mod read;
mod sql;
mod sqlite;

pub use address::{Pasted, is_database, pasted, product};
pub use catalogue::{Catalogue, CatalogueColumn, CatalogueTable, catalogue};
pub use problem::no_tables;
pub use propose::{Proposal, cursor_column, definition, draft, file_of, stream};
pub use query::query_stream;

use engine::source::database::{DatabaseGreeting, DatabaseRead, DatabaseServer, Databases, Rows};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;

/// What reads databases, for a plan. It keeps connections open between pages.
pub fn databases() -> Arc<dyn Databases> {
    Arc::new(Connections::default())
}

/// Connections that wait for the next page, and what is known of tables.
#[derive(Debug, Default)]
struct Connections(Arc<conn::Kept>);

impl Databases for Connections {
    fn read(&self, read: DatabaseRead) -> BoxFuture<'_, Result<Box<dyn Rows>, definition::Problem>> {
        read::open(Arc::clone(&self.0), read).boxed()
    }

    fn ping(&self, server: DatabaseServer) -> BoxFuture<'_, Result<DatabaseGreeting, definition::Problem>> {
        conn::greet(server).boxed()
    }
}
