//! Versions of a connector: its text as it was accepted, imported, updated or rolled back.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Versions of one connector that are kept; older ones go.
const KEPT: u32 = 200;

/// One version of a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1. Never used again.
    pub number: u32,
    /// When it was made, RFC 3339.
    pub at: String,
    /// Why: a word.
    pub cause: String,
    /// The program that made it.
    pub made_by: String,
    /// More of the cause: a file's name, the version that was gone back to.
    pub note: String,
    /// The definition's text.
    pub text: String,
}

/// Why a version is made, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// Why: a word.
    pub cause: &'a str,
    /// The program that makes it.
    pub made_by: &'a str,
    /// More of the cause.
    pub note: &'a str,
}

fn read(row: &SqliteRow) -> Version {
    Version {
        number: row.get("number"),
        at: row.get("at"),
        cause: row.get("cause"),
        made_by: row.get("made_by"),
        note: row.get("note"),
        text: row.get("text"),
    }
}

impl Store {
    /// Keeps a text as a connector's newest version, unless the newest has the same text. Gives the new version's number.
    pub async fn add_version(&self, connector: &str, text: &str, why: Cause<'_>) -> Result<Option<u32>, Problem> {
        self.write_version(connector, text, why).await.map_err(failed("keep a version"))
    }

    async fn write_version(&self, connector: &str, text: &str, why: Cause<'_>) -> sqlx::Result<Option<u32>> {
        // One statement decides and writes: two programs never make the same version twice.
        const SQL: &str = "INSERT INTO connector_versions (connector, number, at, cause, made_by, note, text) \
            SELECT ?1, coalesce((SELECT max(number) FROM connector_versions WHERE connector = ?1), 0) + 1, \
            ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM connector_versions WHERE connector = ?1 AND text = ?6 \
            AND number = (SELECT max(number) FROM connector_versions WHERE connector = ?1)) RETURNING number";
        const PRUNE: &str = "DELETE FROM connector_versions WHERE connector = ?1 AND number <= \
            (SELECT max(number) FROM connector_versions WHERE connector = ?1) - ?2";
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let number: Option<u32> = sqlx::query_scalar(SQL)
            .bind(connector)
            .bind(jiff::Timestamp::now().to_string())
            .bind(why.cause)
            .bind(why.made_by)
            .bind(why.note)
            .bind(text)
            .fetch_optional(&mut *transaction)
            .await?;
        sqlx::query(PRUNE).bind(connector).bind(KEPT).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// A connector's versions, newest first.
    pub async fn versions(&self, connector: &str) -> Result<Vec<Version>, Problem> {
        const SQL: &str = "SELECT * FROM connector_versions WHERE connector = ? ORDER BY number DESC";
        let rows = sqlx::query(SQL).bind(connector).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list versions"))?.iter().map(read).collect())
    }

    /// One version of a connector.
    pub async fn version(&self, connector: &str, number: u32) -> Result<Option<Version>, Problem> {
        const SQL: &str = "SELECT * FROM connector_versions WHERE connector = ? AND number = ?";
        let row = sqlx::query(SQL).bind(connector).bind(number).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read a version"))?.as_ref().map(read))
    }

    /// The newest version of a connector that one of these causes made.
    pub async fn newest_version(&self, connector: &str, causes: &[&str]) -> Result<Option<Version>, Problem> {
        const SQL: &str = "SELECT * FROM connector_versions WHERE connector = ?1 AND (json_array_length(?2) = 0 \
            OR cause IN (SELECT value FROM json_each(?2))) ORDER BY number DESC LIMIT 1";
        let causes = serde_json::json!(causes).to_string();
        let row = sqlx::query(SQL).bind(connector).bind(causes).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read a version"))?.as_ref().map(read))
    }
}
