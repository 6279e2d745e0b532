//! Data: what was synced, as a grid's windows. The database is opened for reading only.

mod anchors;
mod cells;
mod open;
mod question;
mod rows;
mod tables;

pub(crate) use anchors::Anchors;

use crate::app::{App, blocking};
use crate::contract::{DataRows, DataTable, DataWindow, Id};
use crate::sync::connection;
use definition::model::FieldType;
use definition::{Definition, Document, Problem};
use engine::batch::Column;
use std::path::PathBuf;

/// The most rows of one window.
const MOST: u32 = 500;

/// The tables of a connection's database.
pub(crate) async fn tables(app: &App, request: Id) -> Result<Vec<DataTable>, Problem> {
    let (path, definition) = place(app, &request.id).await?;
    let anchors = app.anchors().clone();
    blocking(move || {
        let Some(database) = open::open(&path)? else { return Ok(Vec::new()) };
        let mut tables = Vec::new();
        for name in tables::names(&database)? {
            let columns = tables::columns(&database, &name, &definition)?;
            let rows = anchors.of(&database, &path, &name)?.total;
            let columns = columns.into_iter().map(|column| (column.shown.name, column.shown.kind)).collect();
            tables.push(DataTable { name, rows, columns });
        }
        Ok(tables)
    })
    .await
}

/// Rows of a table.
pub(crate) async fn rows(app: &App, request: DataWindow) -> Result<DataRows, Problem> {
    let (path, definition) = place(app, &request.connection).await?;
    let anchors = app.anchors().clone();
    blocking(move || rows::window(&anchors, &path, &definition, &request)).await
}

/// A connection's database, and the definition that its columns come from.
async fn place(app: &App, id: &str) -> Result<(PathBuf, Definition), Problem> {
    let connection = connection(app, id).await?;
    let connector = app.store().connector(&connection.connector).await?;
    let parsed = connector.and_then(|connector| Document::parse_shape(&connector.text).ok());
    let definition = parsed.map(|document| document.definition().clone()).unwrap_or_default();
    let path = PathBuf::from(connection.destination);
    crate::headless::local_database(&path)?;
    Ok((path, definition))
}

/// A column of a table.
#[derive(Debug, Clone)]
struct TableColumn {
    /// As it is shown.
    shown: Column,
    /// Its name in the database, quoted.
    quoted: String,
    /// Whether it holds 0 and 1 for false and true.
    boolean: bool,
}

impl TableColumn {
    /// The expression by which it is compared and sorted.
    fn compared(&self) -> String {
        if self.shown.kind == FieldType::Decimal {
            format!("CAST({} AS REAL)", self.quoted)
        } else {
            self.quoted.clone()
        }
    }
}
