//! Data: what was synced, as a grid's windows, by SQL, and as files. The database is opened for reading only.

mod anchors;
mod ask;
mod cell;
mod cells;
mod export;
mod ids;
mod open;
mod question;
mod reader;
mod rows;
mod sql;
mod tables;

pub(crate) use anchors::Anchors;
pub use ask::{SqlOut, sql_first, sql_to};
pub(crate) use export::{Exports, cancel as export_cancel, get as export_get, start as export_start};
pub(crate) use open::open;

use crate::app::{App, blocking};
use crate::contract::{
    AskCell, AskCellNodes, AskSql, DataCell, DataRows, DataTable, DataWindow, Id, Nothing, SqlAnswer, TreeNode,
};
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
    let (anchors, folder) = (app.anchors().clone(), app.data_dir().join("questions"));
    let asked = anchors.begin(request.ask.clone(), app.token());
    blocking(move || {
        let place = rows::Where { anchors: &anchors, path: &path, folder: &folder, definition: &definition };
        rows::window(&place, &request, &asked)
    })
    .await
}

/// One value, whole.
pub(crate) async fn cell(app: &App, request: AskCell) -> Result<DataCell, Problem> {
    let (path, definition) = place(app, &request.connection).await?;
    blocking(move || Ok(cell::shown(cell::text(&path, &definition, &request)?))).await
}

/// The children of a node of a value that is JSON.
pub(crate) async fn cell_nodes(app: &App, request: AskCellNodes) -> Result<Vec<TreeNode>, Problem> {
    let (path, definition) = place(app, &request.cell.connection).await?;
    blocking(move || {
        let text = cell::text(&path, &definition, &request.cell)?.unwrap_or_default();
        crate::preview::nodes_of(text, &request.path, request.offset, request.limit)
    })
    .await
}

/// Asks a connection's database in SQL.
pub(crate) async fn sql(app: &App, request: AskSql) -> Result<SqlAnswer, Problem> {
    let (path, _) = place(app, &request.connection).await?;
    let asked = app.anchors().begin(request.ask, app.token());
    blocking(move || sql::answer(&path, &request.sql, request.limit, &asked)).await
}

/// Stops a question.
pub(crate) async fn cancel(app: &App, request: Id) -> Result<Nothing, Problem> {
    app.anchors().stop(&request.id);
    Ok(Nothing {})
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
