//! The history of actions.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Calls of one connection that are kept; older ones go.
const CALLS_KEPT: u32 = 1_000;

/// One call of an action. What was sent and what came back is JSON of other crates' types, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// Its id: sorts by time.
    pub id: String,
    /// Its connection's id.
    pub connection: String,
    /// The action.
    pub action: String,
    /// When, RFC 3339.
    pub at: String,
    /// The call, JSON.
    pub call: String,
}

fn read(row: &SqliteRow) -> ActionRow {
    ActionRow {
        id: row.get("id"),
        connection: row.get("connection"),
        action: row.get("action"),
        at: row.get("at"),
        call: row.get("call"),
    }
}

impl Store {
    /// Keeps a call, in place of what is kept of it; the oldest beyond the last 1,000 of its connection go.
    pub async fn put_action_call(&self, call: &ActionRow) -> Result<(), Problem> {
        self.write_action_call(call).await.map_err(failed("keep the call of an action"))
    }

    async fn write_action_call(&self, call: &ActionRow) -> sqlx::Result<()> {
        const SQL: &str = "INSERT INTO action_calls (id, connection, action, at, call) VALUES (?, ?, ?, ?, ?) \
            ON CONFLICT (id) DO UPDATE SET call = excluded.call";
        const PRUNE: &str = "DELETE FROM action_calls WHERE connection = ?1 AND id NOT IN \
            (SELECT id FROM action_calls WHERE connection = ?1 ORDER BY id DESC LIMIT ?2)";
        let mut transaction = self.writer.begin().await?;
        sqlx::query(SQL)
            .bind(&call.id)
            .bind(&call.connection)
            .bind(&call.action)
            .bind(&call.at)
            .bind(&call.call)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(PRUNE).bind(&call.connection).bind(CALLS_KEPT).execute(&mut *transaction).await?;
        transaction.commit().await
    }

    /// The calls of a connection, newest first.
    pub async fn action_calls(&self, connection: &str, most: u32) -> Result<Vec<ActionRow>, Problem> {
        const SQL: &str = "SELECT * FROM action_calls WHERE connection = ? ORDER BY id DESC LIMIT ?";
        let rows = sqlx::query(SQL).bind(connection).bind(most).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("read the history of actions"))?.iter().map(read).collect())
    }

    /// One call.
    pub async fn action_call(&self, id: &str) -> Result<Option<ActionRow>, Problem> {
        let row = sqlx::query("SELECT * FROM action_calls WHERE id = ?").bind(id).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read the history of actions"))?.as_ref().map(read))
    }
}
