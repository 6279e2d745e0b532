//! Connectors: definitions that are kept here.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A connector that is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connector {
    /// Its id: 16 hex digits, made by chance.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// The text of its definition. May be faulty while it is a draft.
    pub text: String,
    /// Whether it was not accepted yet.
    pub draft: bool,
    /// What the app keeps beside a draft (detection, notes, the trust stage), as JSON.
    pub extra: String,
    /// When it was last changed, RFC 3339.
    pub changed_at: String,
}

fn read(row: &SqliteRow) -> Connector {
    Connector {
        id: row.get("id"),
        name: row.get("name"),
        text: row.get("text"),
        draft: row.get("draft"),
        extra: row.get("extra"),
        changed_at: row.get("changed_at"),
    }
}

impl Store {
    /// Keeps a connector: makes it, or replaces the one with its id. Sets `changed_at`.
    pub async fn put_connector(&self, connector: &Connector) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO connectors (id, name, text, draft, extra, changed_at) VALUES (?, ?, ?, ?, ?, ?) \
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text, draft = excluded.draft, \
            extra = excluded.extra, changed_at = excluded.changed_at";
        sqlx::query(SQL)
            .bind(&connector.id)
            .bind(&connector.name)
            .bind(&connector.text)
            .bind(connector.draft)
            .bind(&connector.extra)
            .bind(jiff::Timestamp::now().to_string())
            .execute(&self.writer)
            .await
            .map_err(failed("keep a connector"))?;
        Ok(())
    }

    /// One connector.
    pub async fn connector(&self, id: &str) -> Result<Option<Connector>, Problem> {
        let row = sqlx::query("SELECT * FROM connectors WHERE id = ?").bind(id).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read a connector"))?.as_ref().map(read))
    }

    /// All, the last changed first.
    pub async fn connectors(&self) -> Result<Vec<Connector>, Problem> {
        let rows = sqlx::query("SELECT * FROM connectors ORDER BY changed_at DESC, id").fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list connectors"))?.iter().map(read).collect())
    }

    /// Deletes it with its connections, their runs and state. Secrets and data files are the caller's.
    pub async fn delete_connector(&self, id: &str) -> Result<(), Problem> {
        let done = sqlx::query("DELETE FROM connectors WHERE id = ?").bind(id).execute(&self.writer).await;
        done.map(|_| ()).map_err(failed("delete a connector"))
    }
}
