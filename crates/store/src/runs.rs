//! Runs, with their streams and their log.

use crate::Store;
use crate::database::failed;
use definition::Problem;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Runs of one connection that are kept; older ones go.
const RUNS_KEPT: u32 = 200;
/// Lines of one run's log that are kept; the oldest `info` lines go first.
const LINES_KEPT: u32 = 10_000;
/// The line that says so. It stands where the first lines were left out.
const LEFT_OUT: &str = "The log keeps 10,000 lines: the oldest lines of kind info were left out.";

/// One run. Outcome, counts and problem are JSON of the engine's types: this crate does not know the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id: sorts by time.
    pub id: String,
    /// Its connection's id.
    pub connection: String,
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

/// One stream of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamRow {
    /// The stream.
    pub stream: String,
    /// How it stands, JSON.
    pub view: String,
}

/// Something of a run that is looked at later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFact {
    /// What it is: `series`, `columns`, `failed`.
    pub kind: String,
    /// The stream; empty for the run as a whole.
    pub stream: String,
    /// JSON.
    pub fact: String,
}

/// Which runs are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunQuery<'a> {
    /// Of this connection.
    pub connection: Option<&'a str>,
    /// That ended so; `running` for those that did not end.
    pub outcome: Option<&'a str>,
    /// That read this stream.
    pub stream: Option<&'a str>,
    /// Older than the run with this id.
    pub before: Option<&'a str>,
    /// How many.
    pub limit: u32,
}

/// One line of a run's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When, RFC 3339.
    pub at: String,
    /// `info`, `warn` or `error`.
    pub level: String,
    /// The stream.
    pub stream: Option<String>,
    /// The line.
    pub message: String,
}

fn read(row: &SqliteRow) -> Run {
    Run {
        id: row.get("id"),
        connection: row.get("connection"),
        started_at: row.get("started_at"),
        ended_at: row.get("ended_at"),
        outcome: row.get("outcome"),
        counts: row.get("counts"),
        problem: row.get("problem"),
    }
}

impl Store {
    /// Keeps a run: makes it, or replaces the one with its id, together with its streams.
    pub async fn put_run(&self, run: &Run, streams: &[StreamRow]) -> Result<(), Problem> {
        self.write_run(run, streams).await.map_err(failed("keep a run"))
    }

    async fn write_run(&self, run: &Run, streams: &[StreamRow]) -> sqlx::Result<()> {
        const SQL: &str = "INSERT INTO runs (id, connection, started_at, ended_at, outcome, counts, problem) \
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, \
            outcome = excluded.outcome, counts = excluded.counts, problem = excluded.problem";
        const STREAM: &str = "INSERT INTO run_streams (run, stream, place, view) VALUES (?, ?, ?, ?) \
            ON CONFLICT (run, stream) DO UPDATE SET view = excluded.view";
        const PRUNE: &str = "DELETE FROM runs WHERE connection = ?1 AND id NOT IN \
            (SELECT id FROM runs WHERE connection = ?1 ORDER BY id DESC LIMIT ?2)";
        let mut transaction = self.writer.begin().await?;
        sqlx::query(SQL)
            .bind(&run.id)
            .bind(&run.connection)
            .bind(&run.started_at)
            .bind(&run.ended_at)
            .bind(&run.outcome)
            .bind(&run.counts)
            .bind(&run.problem)
            .execute(&mut *transaction)
            .await?;
        for (place, stream) in (0_i64..).zip(streams) {
            let query = sqlx::query(STREAM).bind(&run.id).bind(&stream.stream).bind(place).bind(&stream.view);
            query.execute(&mut *transaction).await?;
        }
        sqlx::query(PRUNE).bind(&run.connection).bind(RUNS_KEPT).execute(&mut *transaction).await?;
        transaction.commit().await
    }

    /// One run with its streams.
    pub async fn run(&self, id: &str) -> Result<Option<(Run, Vec<StreamRow>)>, Problem> {
        let row = sqlx::query("SELECT * FROM runs WHERE id = ?").bind(id).fetch_optional(&self.pool).await;
        let Some(run) = row.map_err(failed("read a run"))?.as_ref().map(read) else { return Ok(None) };
        let query = sqlx::query("SELECT stream, view FROM run_streams WHERE run = ? ORDER BY place").bind(id);
        let rows = query.fetch_all(&self.pool).await.map_err(failed("read a run"))?;
        let streams = rows.iter().map(|row| StreamRow { stream: row.get(0), view: row.get(1) }).collect();
        Ok(Some((run, streams)))
    }

    /// Runs, newest first: of one connection, or of all.
    pub async fn runs(&self, connection: Option<&str>, limit: u32) -> Result<Vec<Run>, Problem> {
        const SQL: &str = "SELECT * FROM runs WHERE ?1 IS NULL OR connection = ?1 ORDER BY id DESC LIMIT ?2";
        let rows = sqlx::query(SQL).bind(connection).bind(limit).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list runs"))?.iter().map(read).collect())
    }

    /// Runs that fit, newest first.
    pub async fn find_runs(&self, query: &RunQuery<'_>) -> Result<Vec<Run>, Problem> {
        const SQL: &str = "SELECT * FROM runs WHERE (?1 IS NULL OR connection = ?1) \
            AND (?2 IS NULL OR coalesce(outcome, 'running') = ?2) AND (?3 IS NULL OR id < ?3) \
            AND (?4 IS NULL OR EXISTS (SELECT 1 FROM run_streams WHERE run = runs.id AND stream = ?4)) \
            ORDER BY id DESC LIMIT ?5";
        let asked = sqlx::query(SQL).bind(query.connection).bind(query.outcome).bind(query.before).bind(query.stream);
        let rows = asked.bind(query.limit).fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list runs"))?.iter().map(read).collect())
    }

    /// Keeps facts of a run, all or none. Those that were kept before are replaced.
    pub async fn put_run_facts(&self, run: &str, facts: &[RunFact]) -> Result<(), Problem> {
        self.write_facts(run, facts).await.map_err(failed("keep what a run did"))
    }

    async fn write_facts(&self, run: &str, facts: &[RunFact]) -> sqlx::Result<()> {
        const SQL: &str = "INSERT INTO run_facts (run, kind, stream, fact) VALUES (?, ?, ?, ?) \
            ON CONFLICT (run, kind, stream) DO UPDATE SET fact = excluded.fact";
        let mut transaction = self.writer.begin().await?;
        for fact in facts {
            let query = sqlx::query(SQL).bind(run).bind(&fact.kind).bind(&fact.stream).bind(&fact.fact);
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }

    /// The facts of a run: of one kind, of all streams or of one.
    pub async fn run_facts(&self, run: &str, kind: &str, stream: Option<&str>) -> Result<Vec<RunFact>, Problem> {
        const SQL: &str = "SELECT kind, stream, fact FROM run_facts \
            WHERE run = ?1 AND kind = ?2 AND (?3 IS NULL OR stream = ?3) ORDER BY stream";
        let rows = sqlx::query(SQL).bind(run).bind(kind).bind(stream).fetch_all(&self.pool).await;
        let fact = |row: &SqliteRow| RunFact { kind: row.get(0), stream: row.get(1), fact: row.get(2) };
        Ok(rows.map_err(failed("read what a run did"))?.iter().map(fact).collect())
    }

    /// Adds lines to a run's log, in one transaction. Above 10,000 lines the oldest `info` lines go, and
    /// one line says so.
    pub async fn append_log(&self, run: &str, lines: &[LogLine]) -> Result<(), Problem> {
        self.write_log(run, lines).await.map_err(failed("keep a log"))
    }

    async fn write_log(&self, run: &str, lines: &[LogLine]) -> sqlx::Result<()> {
        const SQL: &str = "INSERT INTO run_log (run, at, level, stream, message) VALUES (?, ?, ?, ?, ?)";
        const PRUNE: &str = "DELETE FROM run_log WHERE id IN (SELECT id FROM run_log WHERE run = ?1 \
            ORDER BY level <> 'info', id LIMIT max(0, (SELECT count(*) FROM run_log WHERE run = ?1) - ?2))";
        // Said once a run; where a later pruning takes the line itself, it is said again.
        const NOTE: &str = "INSERT INTO run_log (run, at, level, message) \
            SELECT ?1, (SELECT max(at) FROM run_log WHERE run = ?1), 'warn', ?2 \
            WHERE NOT EXISTS (SELECT 1 FROM run_log WHERE run = ?1 AND message = ?2)";
        let mut transaction = self.writer.begin().await?;
        for line in lines {
            let query = sqlx::query(SQL).bind(run).bind(&line.at).bind(&line.level);
            query.bind(&line.stream).bind(&line.message).execute(&mut *transaction).await?;
        }
        let pruned = sqlx::query(PRUNE).bind(run).bind(LINES_KEPT).execute(&mut *transaction).await?;
        if pruned.rows_affected() > 0 {
            sqlx::query(NOTE).bind(run).bind(LEFT_OUT).execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }

    /// A window of a run's log.
    pub async fn log(&self, run: &str, offset: u32, limit: u32) -> Result<Vec<LogLine>, Problem> {
        const SQL: &str = "SELECT at, level, stream, message FROM run_log WHERE run = ? ORDER BY id LIMIT ? OFFSET ?";
        let rows = sqlx::query(SQL).bind(run).bind(limit).bind(offset).fetch_all(&self.pool).await;
        let line =
            |row: &SqliteRow| LogLine { at: row.get(0), level: row.get(1), stream: row.get(2), message: row.get(3) };
        Ok(rows.map_err(failed("read a log"))?.iter().map(line).collect())
    }
}
