//! What hangs on a connection, in every table of this database that refers to connections.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;

impl Store {
    /// How many rows of each table go with a connection, by the tables' names. Tables without any are left out.
    pub async fn connection_rows(&self, connection: &str) -> Result<Vec<(String, u64)>, Problem> {
        self.count_rows(connection).await.map_err(failed("count what hangs on a connection"))
    }

    async fn count_rows(&self, connection: &str) -> sqlx::Result<Vec<(String, u64)>> {
        // Asked of the schema, so that no table of a later part is forgotten.
        const TABLES: &str = "SELECT m.name AS name, k.\"from\" AS reference FROM sqlite_schema AS m, \
            pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND k.\"table\" = 'connections' ORDER BY 1";
        let mut counts = Vec::new();
        for row in sqlx::query(TABLES).fetch_all(&self.pool).await? {
            let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
            let (table, column): (String, String) = (row.get(0), row.get(1));
            let sql = format!("SELECT count(*) FROM {} WHERE {} = ?", quoted(&table), quoted(&column));
            let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(connection);
            let count: i64 = query.fetch_one(&self.pool).await?;
            if count > 0 {
                counts.push((table, u64::try_from(count).unwrap_or(0)));
            }
        }
        Ok(counts)
    }

    /// How many versions of a connector are kept.
    pub async fn version_count(&self, connector: &str) -> Result<u32, Problem> {
        let query = sqlx::query_scalar("SELECT count(*) FROM connector_versions WHERE connector = ?").bind(connector);
        query.fetch_one(&self.pool).await.map_err(failed("count versions"))
    }
}
