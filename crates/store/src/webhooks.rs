//! Webhooks: the events that came, durable before the sender is answered, and the ids that came before.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, Row};

/// How long an id is known, in seconds: 7 days.
pub const IDS_KEPT: i64 = 7 * 24 * 3600;
/// How long settled events are kept.
const EVENTS_KEPT: &str = "-30 days";
/// Refused, repeated and asked requests of a connection that are kept at most.
const NOTES_KEPT: u32 = 2_000;

/// A request to a webhook, as it is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WebhookRow {
    /// Its id: grows with time.
    pub id: i64,
    /// Its connection's id. None: no connection has the address.
    pub connection: Option<String>,
    /// The connection as it stands in the address.
    pub address: String,
    /// The webhook's name.
    pub webhook: String,
    /// When it came, RFC 3339.
    pub received_at: String,
    /// `waiting`, `done`, `unknown`, `dead`, `refused`, `duplicate`, `challenge`.
    pub status: String,
    /// The event's name.
    pub event: String,
    /// The event's id, or a hash.
    pub event_id: String,
    /// The method.
    pub method: String,
    /// The query, JSON pairs.
    pub query: String,
    /// The headers, JSON pairs, masked.
    pub headers: String,
    /// The raw body. Empty in lists.
    pub body: Vec<u8>,
    /// How long the body was.
    pub body_bytes: i64,
    /// The status that the sender got.
    pub answered: i64,
    /// A word for why it is not done.
    pub code: Option<String>,
    /// Why it is not done.
    pub reason: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// How often it was worked on.
    pub attempts: i64,
    /// How often it was replayed.
    pub replays: i64,
    /// What became of its records, JSON.
    pub result: String,
    /// When it was settled.
    pub settled_at: Option<String>,
}

/// Whether an event is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWebhook {
    /// The row's id.
    pub id: i64,
    /// The row of the same event that came before, with the moment.
    pub before: Option<(i64, String)>,
}

/// What became of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettledWebhook {
    /// The new status.
    pub status: String,
    /// Whether this was an attempt.
    pub attempt: bool,
    /// A word for why it is not done.
    pub code: Option<String>,
    /// Why it is not done.
    pub reason: Option<String>,
    /// What to do.
    pub expected: Option<String>,
    /// What became of its records, JSON.
    pub result: String,
    /// When it is to be tried again, Unix milliseconds.
    pub next_at: i64,
}

fn read(row: &SqliteRow) -> WebhookRow {
    WebhookRow {
        id: row.get("id"),
        connection: row.get("connection"),
        address: row.get("address"),
        webhook: row.get("webhook"),
        received_at: row.get("received_at"),
        status: row.get("status"),
        event: row.get("event"),
        event_id: row.get("event_id"),
        method: row.get("method"),
        query: row.get("query"),
        headers: row.get("headers"),
        body: row.get("body"),
        body_bytes: row.get("body_bytes"),
        answered: row.get("answered"),
        code: row.get("code"),
        reason: row.get("reason"),
        expected: row.get("expected"),
        attempts: row.get("attempts"),
        replays: row.get("replays"),
        result: row.get("result"),
        settled_at: row.get("settled_at"),
    }
}

impl Store {
    /// Keeps a request, safe from a crash of the program and of the machine when this returns. With `now` (Unix seconds)
    /// it is an event, whose id is looked for among those of the last 7 days: one that came before is kept as
    /// `duplicate`.
    pub async fn keep_webhook(&self, row: &WebhookRow, now: Option<i64>) -> Result<KeptWebhook, Problem> {
        self.write_webhook(row, now).await.map_err(failed("keep an event"))
    }

    async fn write_webhook(&self, row: &WebhookRow, now: Option<i64>) -> sqlx::Result<KeptWebhook> {
        const SQL: &str = "INSERT INTO webhook_events (connection, address, webhook, received_at, status, event, \
            event_id, method, query, headers, body, body_bytes, answered, code, reason, expected) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
        const CLAIM: &str = "INSERT INTO webhook_ids (connection, webhook, event_id, seen_at, event) \
            VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (connection, webhook, event_id) DO UPDATE SET \
            seen_at = excluded.seen_at, event = excluded.event WHERE seen_at < ?6";
        const BEFORE: &str = "SELECT ids.event, coalesce(events.received_at, '') FROM webhook_ids ids \
            LEFT JOIN webhook_events events ON events.id = ids.event \
            WHERE ids.connection = ? AND ids.webhook = ? AND ids.event_id = ?";
        const REPEATED: &str = "UPDATE webhook_events SET status = 'duplicate', code = 'duplicate', body = x'', \
            reason = ?2, expected = ?3 WHERE id = ?1";
        let mut writer = self.writer.acquire().await?;
        // The sender takes a 200 for a promise: this commit waits for the disk, the others need not.
        sqlx::query("PRAGMA synchronous = FULL").execute(&mut *writer).await?;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let query = sqlx::query_scalar(SQL).bind(&row.connection).bind(&row.address).bind(&row.webhook);
        let query = query.bind(&row.received_at).bind(&row.status).bind(&row.event).bind(&row.event_id);
        let query = query.bind(&row.method).bind(&row.query).bind(&row.headers).bind(&row.body).bind(row.body_bytes);
        let query = query.bind(row.answered).bind(&row.code).bind(&row.reason).bind(&row.expected);
        let id: i64 = query.fetch_one(&mut *transaction).await?;
        let mut before = None;
        if let (Some(now), Some(connection)) = (now, &row.connection) {
            let claim = sqlx::query(CLAIM).bind(connection).bind(&row.webhook).bind(&row.event_id);
            let claim = claim.bind(now).bind(id).bind(now - IDS_KEPT).execute(&mut *transaction).await?;
            if claim.rows_affected() == 0 {
                let query = sqlx::query(BEFORE).bind(connection).bind(&row.webhook).bind(&row.event_id);
                let first = query.fetch_one(&mut *transaction).await?;
                let (first, at): (i64, String) = (first.get(0), first.get(1));
                let reason = format!("It came before, at {at} (event {first}). Nothing was done again.");
                let expected = "An id that did not come in the last 7 days.";
                sqlx::query(REPEATED).bind(id).bind(reason).bind(expected).execute(&mut *transaction).await?;
                before = Some((first, at));
            }
        }
        transaction.commit().await?;
        sqlx::query("PRAGMA synchronous = NORMAL").execute(&mut *writer).await?;
        Ok(KeptWebhook { id, before })
    }

    /// Events, newest first, without their bodies: of one connection or of all, with some statuses or any, older than one.
    pub async fn webhook_events(
        &self,
        connection: Option<&str>,
        statuses: &[String],
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<WebhookRow>, Problem> {
        const SQL: &str = "SELECT id, connection, address, webhook, received_at, status, event, event_id, method, \
            query, headers, x'' AS body, body_bytes, answered, code, reason, expected, attempts, replays, result, \
            settled_at FROM webhook_events WHERE (?1 IS NULL OR connection = ?1) \
            AND (?2 = '[]' OR status IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR id < ?3) \
            ORDER BY id DESC LIMIT ?4";
        let statuses = serde_json::to_string(statuses).unwrap_or_default();
        let query = sqlx::query(SQL).bind(connection).bind(statuses).bind(before).bind(limit);
        let rows = query.fetch_all(&self.pool).await.map_err(failed("list events"))?;
        Ok(rows.iter().map(read).collect())
    }

    /// One event with its body.
    pub async fn webhook_event(&self, id: i64) -> Result<Option<WebhookRow>, Problem> {
        let row = sqlx::query("SELECT * FROM webhook_events WHERE id = ?").bind(id).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read an event"))?.as_ref().map(read))
    }

    /// How many events of a connection have each status.
    pub async fn webhook_counts(&self, connection: &str) -> Result<Vec<(String, i64)>, Problem> {
        const SQL: &str = "SELECT status, count(*) FROM webhook_events WHERE connection = ? GROUP BY status";
        let rows = sqlx::query(SQL).bind(connection).fetch_all(&self.pool).await.map_err(failed("count events"))?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    /// The connections whose oldest waiting event is due (Unix milliseconds).
    pub async fn webhooks_due(&self, now: i64) -> Result<Vec<String>, Problem> {
        const SQL: &str = "SELECT connection FROM webhook_events WHERE status = 'waiting' AND connection IS NOT NULL \
            GROUP BY connection HAVING min(next_at) <= ? ORDER BY min(id)";
        let rows = sqlx::query_scalar(SQL).bind(now).fetch_all(&self.pool).await;
        rows.map_err(failed("look for events"))
    }

    /// When the next waiting event is due, Unix milliseconds.
    pub async fn webhooks_next_due(&self) -> Result<Option<i64>, Problem> {
        let query = sqlx::query_scalar("SELECT min(next_at) FROM webhook_events WHERE status = 'waiting'");
        query.fetch_one(&self.pool).await.map_err(failed("look for events"))
    }

    /// A connection's oldest waiting event that is due.
    pub async fn next_webhook(&self, connection: &str, now: i64) -> Result<Option<WebhookRow>, Problem> {
        const SQL: &str = "SELECT * FROM webhook_events WHERE status = 'waiting' AND connection = ? AND next_at <= ? \
            ORDER BY id LIMIT 1";
        let row = sqlx::query(SQL).bind(connection).bind(now).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read an event"))?.as_ref().map(read))
    }

    /// Says what became of an event.
    pub async fn settle_webhook(&self, id: i64, settled: &SettledWebhook) -> Result<(), Problem> {
        const SQL: &str = "UPDATE webhook_events SET status = ?2, attempts = attempts + ?3, code = ?4, reason = ?5, \
            expected = ?6, result = ?7, next_at = ?8, settled_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1";
        let query = sqlx::query(SQL).bind(id).bind(&settled.status).bind(i64::from(settled.attempt));
        let query = query.bind(&settled.code).bind(&settled.reason).bind(&settled.expected);
        let done = query.bind(&settled.result).bind(settled.next_at).execute(&self.writer).await;
        done.map(|_| ()).map_err(failed("keep an event"))
    }

    /// Lets events wait again: one of a connection, or all of some statuses. Only such that were verified. Gives their ids.
    pub async fn replay_webhooks(
        &self,
        connection: &str,
        event: Option<i64>,
        statuses: &[String],
    ) -> Result<Vec<i64>, Problem> {
        const SQL: &str = "UPDATE webhook_events SET status = 'waiting', replays = replays + 1, next_at = 0 \
            WHERE connection = ?1 AND status IN ('done', 'unknown', 'dead') \
            AND CASE WHEN ?2 IS NULL THEN status IN (SELECT value FROM json_each(?3)) ELSE id = ?2 END RETURNING id";
        let statuses = serde_json::to_string(statuses).unwrap_or_default();
        let query = sqlx::query_scalar(SQL).bind(connection).bind(event).bind(statuses);
        let mut ids: Vec<i64> = query.fetch_all(&self.writer).await.map_err(failed("replay events"))?;
        ids.sort_unstable();
        Ok(ids)
    }

    /// Forgets ids of more than 7 days, events that were settled more than 30 days ago, and of refused, repeated and asked ones those
    /// before the last 2,000 of a connection. Events that nobody took and dead ones stay.
    pub async fn prune_webhooks(&self, now: i64) -> Result<(), Problem> {
        const OLD: &str = "DELETE FROM webhook_events WHERE status IN ('done', 'refused', 'duplicate', 'challenge') \
            AND coalesce(settled_at, received_at) < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)";
        const MANY: &str = "DELETE FROM webhook_events WHERE status IN ('refused', 'duplicate', 'challenge') AND id NOT IN \
            (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY connection ORDER BY id DESC) AS place \
            FROM webhook_events WHERE status IN ('refused', 'duplicate', 'challenge')) WHERE place <= ?)";
        let pruned = async {
            let old = sqlx::query("DELETE FROM webhook_ids WHERE seen_at < ?").bind(now - IDS_KEPT);
            old.execute(&self.writer).await?;
            sqlx::query(OLD).bind(EVENTS_KEPT).execute(&self.writer).await?;
            sqlx::query(MANY).bind(NOTES_KEPT).execute(&self.writer).await
        };
        pruned.await.map(|_| ()).map_err(failed("forget old events"))
    }
}
