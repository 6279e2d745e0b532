//! The last health report of each connection.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A report as it is kept. The report is JSON of the engine's type: this crate does not know the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthRow {
    /// The connection's id.
    pub connection: String,
    /// How it came out, a word.
    pub state: String,
    /// When, RFC 3339.
    pub at: String,
    /// All of it, JSON.
    pub report: String,
}

fn read(row: &SqliteRow) -> HealthRow {
    HealthRow {
        connection: row.get("connection"),
        state: row.get("state"),
        at: row.get("at"),
        report: row.get("report"),
    }
}

impl Store {
    /// Keeps a report in place of the one before.
    pub async fn put_health(&self, row: &HealthRow) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO health (connection, state, at, report) VALUES (?, ?, ?, ?) \
            ON CONFLICT (connection) DO UPDATE SET state = excluded.state, at = excluded.at, report = excluded.report";
        let query = sqlx::query(SQL).bind(&row.connection).bind(&row.state).bind(&row.at).bind(&row.report);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a health report"))
    }

    /// The last reports: of one connection, or of all.
    pub async fn health(&self, connection: Option<&str>) -> Result<Vec<HealthRow>, Problem> {
        const SQL: &str = "SELECT * FROM health WHERE ?1 IS NULL OR connection = ?1 ORDER BY connection";
        let rows = sqlx::query(SQL).bind(connection).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("read a health report"))?.iter().map(read).collect())
    }
}
