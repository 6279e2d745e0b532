//! Batches and pushes: what was begun, and what became of the rows.

use crate::Store;
use crate::database::failed;
use crate::journal::{BatchRow, RowState};
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::HashMap;
use std::sync::Arc;

/// A batch. Its spec and its problem are JSON of types that this crate does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id: sorts by time.
    pub id: String,
    /// Its connection's id; none where it ran from a definition's file.
    pub connection: Option<String>,
    /// The connection's id, or the definition's file.
    pub target: String,
    /// The action.
    pub action: String,
    /// Where the rows come from, in words.
    pub source: String,
    /// All that is needed to go on, JSON.
    pub spec: String,
    /// What tells that the rows changed.
    pub fingerprint: String,
    /// How many rows there are.
    pub total: i64,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// How it ended, a word.
    pub outcome: Option<String>,
    /// Milliseconds that it ran, in all.
    pub duration_ms: i64,
    /// Why it did not end well, JSON.
    pub problem: Option<String>,
}

/// A push, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Its id: sorts by time.
    pub id: String,
    /// Its connection's id.
    pub connection: String,
    /// The destination's name.
    pub destination: String,
    /// Where the rows come from, in words.
    pub source: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// How it ended, a word.
    pub outcome: Option<String>,
    /// What it did, JSON.
    pub counts: String,
    /// Why it did not end well, JSON.
    pub problem: Option<String>,
}

fn batch(row: &SqliteRow) -> Batch {
    Batch {
        id: row.get("id"),
        connection: row.get("connection"),
        target: row.get("target"),
        action: row.get("action"),
        source: row.get("source"),
        spec: row.get("spec"),
        fingerprint: row.get("fingerprint"),
        total: row.get("total"),
        started_at: row.get("started_at"),
        ended_at: row.get("ended_at"),
        outcome: row.get("outcome"),
        duration_ms: row.get("duration_ms"),
        problem: row.get("problem"),
    }
}

fn push(row: &SqliteRow) -> Push {
    Push {
        id: row.get("id"),
        connection: row.get("connection"),
        destination: row.get("destination"),
        source: row.get("source"),
        started_at: row.get("started_at"),
        ended_at: row.get("ended_at"),
        outcome: row.get("outcome"),
        counts: row.get("counts"),
        problem: row.get("problem"),
    }
}

impl Store {
    /// Keeps a batch: makes it, or replaces the one with its id.
    pub async fn put_batch(&self, batch: &Batch) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO batches (id, connection, target, action, source, spec, fingerprint, total, \
            started_at, ended_at, outcome, duration_ms, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
            ON CONFLICT (id) DO UPDATE SET spec = excluded.spec, fingerprint = excluded.fingerprint, \
            total = excluded.total, ended_at = excluded.ended_at, outcome = excluded.outcome, \
            duration_ms = excluded.duration_ms, problem = excluded.problem";
        let query = sqlx::query(SQL)
            .bind(&batch.id)
            .bind(&batch.connection)
            .bind(&batch.target)
            .bind(&batch.action)
            .bind(&batch.source)
            .bind(&batch.spec)
            .bind(&batch.fingerprint)
            .bind(batch.total)
            .bind(&batch.started_at)
            .bind(&batch.ended_at)
            .bind(&batch.outcome)
            .bind(batch.duration_ms)
            .bind(&batch.problem);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a batch"))
    }

    /// One batch.
    pub async fn batch(&self, id: &str) -> Result<Option<Batch>, Problem> {
        let row = sqlx::query("SELECT * FROM batches WHERE id = ?").bind(id).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read a batch"))?.as_ref().map(batch))
    }

    /// Batches, newest first: of one target (a connection's id or a file), or of all.
    pub async fn batches(&self, target: Option<&str>, limit: u32) -> Result<Vec<Batch>, Problem> {
        const SQL: &str = "SELECT * FROM batches WHERE ?1 IS NULL OR target = ?1 ORDER BY id DESC LIMIT ?2";
        let rows = sqlx::query(SQL).bind(target).bind(limit).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list batches"))?.iter().map(batch).collect())
    }

    /// Forgets batches that are finished: of a target's whose rows were all sent, those behind the newest `keep`, and all
    /// that ended before `since` (RFC 3339) and have no row left that could be sent or of which nobody knows. Gives them.
    pub async fn prune_batches(&self, keep: u32, since: &str) -> Result<Vec<Batch>, Problem> {
        const SQL: &str = "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY target, outcome ORDER BY id DESC) AS \
            place FROM batches WHERE ended_at IS NOT NULL) WHERE ended_at < ?1 OR (outcome = 'done' AND place > ?2)";
        let rows = sqlx::query(SQL).bind(since).bind(keep).fetch_all(&self.pool).await;
        let old: Vec<Batch> = rows.map_err(failed("list old batches"))?.iter().map(batch).collect();
        let mut gone = Vec::new();
        for batch in old {
            let states = self.batch_states(&batch.id).await?;
            let ends = [RowState::Sent, RowState::Failed, RowState::Invalid];
            let ended: u64 = ends.iter().filter_map(|state| states.get(state)).sum();
            if ended >= u64::try_from(batch.total).unwrap_or_default() {
                self.delete_batch(&batch.id).await?;
                gone.push(batch);
            }
        }
        Ok(gone)
    }

    /// Deletes a batch with what is known of its rows.
    pub async fn delete_batch(&self, id: &str) -> Result<(), Problem> {
        let done = sqlx::query("DELETE FROM batches WHERE id = ?").bind(id).execute(&self.writer).await;
        done.map(|_| ()).map_err(failed("delete a batch"))
    }

    /// How many rows of a batch are in each state.
    pub async fn batch_states(&self, batch: &str) -> Result<HashMap<RowState, u64>, Problem> {
        const SQL: &str = "SELECT state, count(*) FROM batch_rows WHERE batch = ? GROUP BY state";
        let rows = sqlx::query(SQL).bind(batch).fetch_all(&self.pool).await.map_err(failed("count a batch's rows"))?;
        let count =
            |row: &SqliteRow| (RowState::of(row.get(0)), u64::try_from(row.get::<i64, _>(1)).unwrap_or_default());
        Ok(rows.iter().map(count).collect())
    }

    /// Rows of a batch in some states, by number: those behind `after`.
    pub async fn batch_rows(
        &self,
        batch: &str,
        states: &[RowState],
        after: i64,
        limit: u32,
    ) -> Result<Vec<BatchRow>, Problem> {
        let marks = vec!["?"; states.len()].join(", ");
        let sql = format!(
            "SELECT row, state, hash, tries, status, message FROM batch_rows \
             WHERE batch = ? AND row > ? AND state IN ({marks}) ORDER BY row LIMIT ?"
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(batch).bind(after);
        for state in states {
            query = query.bind(*state as i64);
        }
        let rows = query.bind(limit).fetch_all(&self.pool).await.map_err(failed("read a batch's rows"))?;
        let batch: Arc<str> = Arc::from(batch);
        let read = |row: &SqliteRow| BatchRow {
            batch: Arc::clone(&batch),
            row: row.get(0),
            state: RowState::of(row.get(1)),
            hash: row.get(2),
            tries: row.get(3),
            status: row.get::<Option<i64>, _>(4).and_then(|status| u16::try_from(status).ok()),
            message: row.get(5),
        };
        Ok(rows.iter().map(read).collect())
    }

    /// Rows that a killed program left on their way.
    pub async fn settle_batch(&self, batch: &str, message: &str) -> Result<u64, Problem> {
        const SQL: &str = "UPDATE batch_rows SET state = ?, message = ? WHERE batch = ? AND state = ?";
        let query = sqlx::query(SQL).bind(RowState::Uncertain as i64).bind(message).bind(batch);
        let done = query.bind(RowState::Sending as i64).execute(&self.writer).await;
        Ok(done.map_err(failed("settle a batch"))?.rows_affected())
    }

    /// Keeps a push: makes it, or replaces the one with its id.
    pub async fn put_push(&self, push: &Push) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO pushes (id, connection, destination, source, started_at, ended_at, outcome, counts, \
            problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, \
            outcome = excluded.outcome, counts = excluded.counts, problem = excluded.problem";
        let query = sqlx::query(SQL)
            .bind(&push.id)
            .bind(&push.connection)
            .bind(&push.destination)
            .bind(&push.source)
            .bind(&push.started_at)
            .bind(&push.ended_at)
            .bind(&push.outcome)
            .bind(&push.counts)
            .bind(&push.problem);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a push"))
    }

    /// Pushes of a connection, newest first.
    pub async fn pushes(&self, connection: &str, limit: u32) -> Result<Vec<Push>, Problem> {
        const SQL: &str = "SELECT * FROM pushes WHERE connection = ? ORDER BY id DESC LIMIT ?";
        let rows = sqlx::query(SQL).bind(connection).bind(limit).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list pushes"))?.iter().map(push).collect())
    }
}
