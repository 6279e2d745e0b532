//! Schedules: when a connection is synced by itself. The row is the lease: who moves `next_at` on has the run.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// When a connection is synced by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The connection's id.
    pub connection: String,
    /// The rule, JSON.
    pub rule: String,
    /// The time zone that cron's hours mean, an IANA name.
    pub zone: String,
    /// Whether nothing is started.
    pub paused: bool,
    /// When the next run is due, in microseconds since 1970.
    pub next_at: i64,
    /// When the last run was started, or left out, RFC 3339.
    pub last_at: Option<String>,
    /// The last run's id.
    pub last_run: Option<String>,
    /// How it ended, a word. None while it goes on.
    pub last_outcome: Option<String>,
    /// Why it did not end well, JSON.
    pub last_problem: Option<String>,
    /// Failures in a row.
    pub failures: u32,
}

/// How a scheduled run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleEnd {
    /// The run's id, where one began.
    pub run: Option<String>,
    /// How it ended, a word.
    pub outcome: String,
    /// Why not well, JSON.
    pub problem: Option<String>,
    /// Failures in a row now.
    pub failures: u32,
    /// When the next run is due; where it stays as it is, none.
    pub next_at: Option<i64>,
}

fn read(row: &SqliteRow) -> Schedule {
    Schedule {
        connection: row.get("connection"),
        rule: row.get("rule"),
        zone: row.get("zone"),
        paused: row.get("paused"),
        next_at: row.get("next_at"),
        last_at: row.get("last_at"),
        last_run: row.get("last_run"),
        last_outcome: row.get("last_outcome"),
        last_problem: row.get("last_problem"),
        failures: row.get("failures"),
    }
}

impl Store {
    /// Keeps a schedule: makes it, or gives the connection's another rule. What ran last stays known.
    pub async fn put_schedule(&self, schedule: &Schedule) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO schedules (connection, rule, zone, paused, next_at, failures) \
            VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (connection) DO UPDATE SET rule = excluded.rule, \
            zone = excluded.zone, paused = excluded.paused, next_at = excluded.next_at, failures = 0";
        let query = sqlx::query(SQL).bind(&schedule.connection).bind(&schedule.rule).bind(&schedule.zone);
        let query = query.bind(schedule.paused).bind(schedule.next_at);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a schedule"))
    }

    /// A connection's schedule.
    pub async fn schedule(&self, connection: &str) -> Result<Option<Schedule>, Problem> {
        let query = sqlx::query("SELECT * FROM schedules WHERE connection = ?").bind(connection);
        let row = query.fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read a schedule"))?.as_ref().map(read))
    }

    /// All schedules, the next due first.
    pub async fn schedules(&self) -> Result<Vec<Schedule>, Problem> {
        let rows = sqlx::query("SELECT * FROM schedules ORDER BY paused, next_at, connection").fetch_all(&self.pool);
        Ok(rows.await.map_err(failed("list schedules"))?.iter().map(read).collect())
    }

    /// Moves a due run on to the next one. Whether this call did: only then the caller may start it.
    pub async fn claim_schedule(&self, due: &Schedule, next_at: i64, at: &str) -> Result<bool, Problem> {
        const SQL: &str = "UPDATE schedules SET next_at = ?, last_at = ?, last_run = NULL, last_outcome = NULL, \
            last_problem = NULL WHERE connection = ? AND next_at = ? AND rule = ? AND NOT paused";
        let query = sqlx::query(SQL).bind(next_at).bind(at).bind(&due.connection).bind(due.next_at).bind(&due.rule);
        let done = query.execute(&self.writer).await.map_err(failed("start a scheduled run"))?;
        Ok(done.rows_affected() == 1)
    }

    /// Moves the next run without starting one: the clock was set back.
    pub async fn move_schedule(&self, from: &Schedule, next_at: i64) -> Result<(), Problem> {
        const SQL: &str = "UPDATE schedules SET next_at = ? WHERE connection = ? AND next_at = ?";
        let query = sqlx::query(SQL).bind(next_at).bind(&from.connection).bind(from.next_at);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("move a schedule"))
    }

    /// Tells which run a schedule started.
    pub async fn schedule_run(&self, connection: &str, run: &str) -> Result<(), Problem> {
        let query = sqlx::query("UPDATE schedules SET last_run = ? WHERE connection = ?").bind(run).bind(connection);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a scheduled run"))
    }

    /// Keeps how a scheduled run ended.
    pub async fn end_schedule(&self, connection: &str, end: &ScheduleEnd) -> Result<(), Problem> {
        const SQL: &str = "UPDATE schedules SET last_run = ?, last_outcome = ?, last_problem = ?, failures = ?, \
            next_at = max(next_at, coalesce(?, next_at)) WHERE connection = ?";
        let query = sqlx::query(SQL).bind(&end.run).bind(&end.outcome).bind(&end.problem).bind(end.failures);
        let query = query.bind(end.next_at).bind(connection);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a scheduled run"))
    }

    /// Pauses a schedule, or lets it go on.
    pub async fn pause_schedule(&self, connection: &str, paused: bool, next_at: i64) -> Result<(), Problem> {
        let query = sqlx::query("UPDATE schedules SET paused = ?, next_at = ? WHERE connection = ?");
        let done = query.bind(paused).bind(next_at).bind(connection).execute(&self.writer).await;
        done.map(|_| ()).map_err(failed("keep a schedule"))
    }

    /// Takes a schedule away. Whether there was one.
    pub async fn delete_schedule(&self, connection: &str) -> Result<bool, Problem> {
        let query = sqlx::query("DELETE FROM schedules WHERE connection = ?").bind(connection);
        let done = query.execute(&self.writer).await.map_err(failed("delete a schedule"))?;
        Ok(done.rows_affected() > 0)
    }
}
