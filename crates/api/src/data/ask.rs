//! SQL without a window: all rows, as a stream, to a writer or a file.

use super::anchors::Anchors;
use super::export::{Job, Out, format_of, write};
use super::reader::Reading;
use super::sql::{answer, open_to_read};
use crate::app::{App, blocking};
use crate::contract::{AskExport, SqlAnswer};
use definition::Problem;
use std::io::Write;
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

/// Where the rows of a question go.
pub enum SqlOut {
    /// CSV with a header.
    Csv(Box<dyn Write + Send>),
    /// An object a line.
    Jsonl(Box<dyn Write + Send>),
    /// A file: `.csv`, `.jsonl` or `.parquet`.
    File(PathBuf),
}

impl std::fmt::Debug for SqlOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqlOut").finish_non_exhaustive()
    }
}

/// Writes all rows of a question. Gives how many there were.
///
/// # Errors
/// Where the SQL is at fault or would write, or the output refuses.
pub async fn sql_to(
    app: &App,
    connection: &str,
    sql: &str,
    out: SqlOut,
    stop: CancellationToken,
) -> Result<u64, Problem> {
    let (path, definition) = super::place(app, connection).await?;
    let (sql, connection) = (sql.to_owned(), connection.to_owned());
    blocking(move || {
        let (csv, writer) = match out {
            SqlOut::File(to) => {
                let format = format_of(&to)?;
                let ask = ask(connection, &to, sql);
                let (database, definition) = (path.as_path(), &definition);
                return write(&Job { database, definition, ask: &ask, to: &to, format, stop: &stop }, |_, _| {});
            }
            SqlOut::Csv(writer) => (true, writer),
            SqlOut::Jsonl(writer) => (false, writer),
        };
        let database = open_to_read(&path, None, stop)?;
        let reading = Reading::of(&database, &definition, &ask(connection, &path, sql), false)?;
        let mut out = Out::stream(writer, csv, &reading.columns)?;
        let mut rows = 0;
        reading.read(&database, |batch| {
            rows += batch.len() as u64;
            out.write(batch).map(|()| true)
        })?;
        out.finish()?;
        Ok(rows)
    })
    .await
}

/// The first rows of a question, as text.
///
/// # Errors
/// Where the SQL is at fault or would write.
pub async fn sql_first(app: &App, connection: &str, sql: &str, limit: u32) -> Result<SqlAnswer, Problem> {
    let (path, _) = super::place(app, connection).await?;
    let (sql, asked) = (sql.to_owned(), Anchors::default().begin(None, CancellationToken::new()));
    blocking(move || answer(&path, &sql, Some(limit), &asked)).await
}

fn ask(connection: String, to: &std::path::Path, sql: String) -> AskExport {
    AskExport {
        connection,
        path: to.display().to_string(),
        format: None,
        table: None,
        columns: Vec::new(),
        sort: None,
        filters: Vec::new(),
        sql: Some(sql),
    }
}
