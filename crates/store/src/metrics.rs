//! Counters of connections and streams. They only grow, as long as the connection is there.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// One counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// The connection's id.
    pub connection: String,
    /// The stream; empty for what counts for the connection as a whole.
    pub stream: String,
    /// What is counted: `read`, `requests`, `latency_3`, `runs_done`.
    pub name: String,
    /// How much so far; or what to add.
    pub value: u64,
}

fn read(row: &SqliteRow) -> Metric {
    Metric {
        connection: row.get("connection"),
        stream: row.get("stream"),
        name: row.get("name"),
        value: u64::try_from(row.get::<i64, _>("value")).unwrap_or(0),
    }
}

impl Store {
    /// Adds to counters, all or none. Those that are new begin here.
    pub async fn add_metrics(&self, metrics: &[Metric]) -> Result<(), Problem> {
        self.write_metrics(metrics).await.map_err(failed("keep metrics"))
    }

    async fn write_metrics(&self, metrics: &[Metric]) -> sqlx::Result<()> {
        const SQL: &str = "INSERT INTO metrics (connection, stream, name, value) VALUES (?, ?, ?, ?) \
            ON CONFLICT (connection, stream, name) DO UPDATE SET value = value + excluded.value";
        let mut transaction = self.writer.begin().await?;
        for metric in metrics {
            let value = i64::try_from(metric.value).unwrap_or(i64::MAX);
            let query = sqlx::query(SQL).bind(&metric.connection).bind(&metric.stream).bind(&metric.name).bind(value);
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }

    /// The counters: of one connection, or of all.
    pub async fn metrics(&self, connection: Option<&str>) -> Result<Vec<Metric>, Problem> {
        const SQL: &str = "SELECT * FROM metrics WHERE ?1 IS NULL OR connection = ?1 ORDER BY connection, stream, name";
        let rows = sqlx::query(SQL).bind(connection).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("read metrics"))?.iter().map(read).collect())
    }
}
