//! A stream's table while it is written to.

use super::copy::{push, push_json};
use super::merge::{Merge, STAGE, columns, unchanged};
use super::name::{beside, kept, list, quoted};
use super::parts::Met;
use super::schema::{self, Entries};
use super::{Failed, PostgresAddress, state};
use crate::going_on::goes_on;
use definition::model::Deletions;
use definition::{Problem, ProblemKind, Stage};
use engine::batch::{Batch, Cell};
use engine::sink::{Parts, StreamShape, Written};
use engine::state::StreamState;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, Row};
use std::time::Duration;

/// Bytes that go to the server at once.
const PIECE: usize = 256 * 1024;

/// How often a table that another holds is looked at, and in which steps.
const LOOKS: u32 = 50;
const LOOK: Duration = Duration::from_millis(100);

/// How records come into the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// By the key.
    Upsert,
    /// Behind the others.
    Append,
    /// Into a table beside, whose rows take the old ones' place.
    Replace,
}

/// A stream's table, locked for this connection.
#[derive(Debug)]
pub(super) struct OpenTable {
    pub(super) db: PgConnection,
    pub(super) shape: StreamShape,
    mode: Mode,
    /// The schema, quoted.
    pub(super) schema: String,
    /// The stream's table: its own name.
    pub(super) table: String,
    /// The table beside.
    new: String,
    pub(super) entries: Entries,
    merge: Merge,
    /// What stood at the opening, until the first write tells whether a read goes on.
    loaded: Option<StreamState>,
    /// Whether keys are remembered, because what is not met is gone.
    pub(super) met: Option<Met>,
    /// What the next write, or the end, does to parts.
    pub(super) parts: Parts,
}

impl OpenTable {
    /// Lets itself in.
    pub(super) async fn connect(address: &PostgresAddress) -> Result<PgConnection, Failed> {
        let mut db = address.options.connect().await?;
        sqlx::raw_sql(
            "SET TIME ZONE 'UTC'; SET lock_timeout = '30s'; SET client_min_messages = warning; \
             SET idle_in_transaction_session_timeout = 0",
        )
        .execute(&mut db)
        .await?;
        Ok(db)
    }

    /// Locks and makes ready the table; gives back the state that stands with its rows.
    pub(super) async fn open(
        mut db: PgConnection,
        address: &PostgresAddress,
        shape: &StreamShape,
    ) -> Result<(Self, Option<StreamState>), Failed> {
        check_stream(&shape.name)?;
        let schema = find_schema(&mut db, address).await?;
        let table = kept(&shape.name);
        lock(&mut db, &format!("{schema}.{table}"), address.shown()).await?;
        let mut open = Self {
            db,
            shape: shape.clone(),
            mode: Mode::Upsert,
            schema,
            new: beside("new", &shape.name),
            table,
            entries: Entries::default(),
            merge: Merge::default(),
            loaded: None,
            met: None,
            parts: Parts::default(),
        };
        sqlx::raw_sql("BEGIN").execute(&mut open.db).await?;
        let state = open.make_ready().await?;
        sqlx::raw_sql("COMMIT").execute(&mut open.db).await?;
        if open.mode == Mode::Upsert {
            open.restage().await?;
        }
        Ok((open, state))
    }

    pub(super) fn at(&self, table: &str) -> String {
        format!("{}.{}", self.schema, quoted(table))
    }

    pub(super) async fn run(&mut self, sql: String) -> Result<u64, Failed> {
        let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.db).await?;
        Ok(done.rows_affected())
    }

    pub(super) async fn exists(&mut self, table: &str) -> Result<bool, Failed> {
        let row =
            sqlx::query("SELECT to_regclass($1) IS NOT NULL").bind(self.at(table)).fetch_one(&mut self.db).await?;
        Ok(row.get(0))
    }

    async fn make_ready(&mut self) -> Result<Option<StreamState>, Failed> {
        // Several streams may prepare a fresh schema at once.
        self.run("SELECT pg_advisory_xact_lock(7061686)".to_owned()).await?;
        for statement in schema::prepare(&self.schema) {
            self.run(statement).await?;
        }
        let (schema, table) = (self.schema.clone(), self.table.clone());
        let there = self.exists(&table).await?;
        let known = schema::load(&mut self.db, &schema, &table).await?;
        let known = match (there, known) {
            (true, None) => return Err(taken(&self.at(&table)).into()),
            (false, Some(_)) => {
                // Somebody dropped the table: the state spoke of its rows.
                state::forget(&mut self.db, &schema, &self.shape.name).await?;
                self.discard().await?;
                None
            }
            (_, known) => known,
        };
        let mut state = state::load(&mut self.db, &schema, &self.shape.name).await?.filter(|_| !self.shape.full);
        let merged = known.clone().unwrap_or_default().merged(&self.shape)?;
        let open_read = state.as_ref().is_some_and(|state| state.read.is_some());
        let staged = open_read && self.shape.key.is_empty() && self.exists(&self.new.clone()).await?;
        self.mode = match () {
            () if !self.shape.key.is_empty() => Mode::Upsert,
            () if self.shape.incremental && !self.shape.full && !staged => Mode::Append,
            () => Mode::Replace,
        };
        match &known {
            None => {
                self.run(merged.create(&self.at(&table), true)).await?;
            }
            Some(known) => self.alter(known, &merged).await?,
        }
        self.entries = merged;
        schema::keep(&mut self.db, &schema, &table, &self.entries.clone()).await?;
        if self.mode == Mode::Replace {
            self.make_new(staged, &mut state).await?;
            self.loaded.clone_from(&state);
        } else {
            self.discard().await?;
        }
        Ok(state)
    }

    /// Makes the table beside ready: with the pages of a read that goes on, or empty.
    async fn make_new(&mut self, staged: bool, state: &mut Option<StreamState>) -> Result<(), Failed> {
        let (schema, new, entries) = (self.schema.clone(), self.new.clone(), self.entries.clone());
        let fits = staged && schema::load(&mut self.db, &schema, &new).await?.as_ref() == Some(&entries);
        if fits {
            return Ok(());
        }
        self.discard().await?;
        if let Some(state) = state
            && state.read.take().is_some()
        {
            state::put(&mut self.db, &schema, &self.shape.name, state).await?;
        }
        self.run(entries.create(&self.at(&new), false)).await?;
        schema::keep(&mut self.db, &schema, &new, &entries).await
    }

    /// Drops the table beside.
    async fn discard(&mut self) -> Result<(), Failed> {
        let (schema, new) = (self.schema.clone(), self.new.clone());
        self.run(format!("DROP TABLE IF EXISTS {}", self.at(&new))).await?;
        schema::forget(&mut self.db, &schema, &new).await
    }

    /// Brings the table to other columns. Values that can't become the new type make it text, which takes all.
    async fn alter(&mut self, from: &Entries, to: &Entries) -> Result<(), Failed> {
        let table = self.at(&self.table.clone());
        for change in from.alter(&table, to, true) {
            let key = change.contains("ADD PRIMARY KEY");
            match self.run(change).await {
                Err(Failed::Sql(sqlx::Error::Database(error))) if key => {
                    return Err(not_unique(&self.shape, &error).into());
                }
                Err(Failed::Sql(sqlx::Error::Database(error)))
                    if error.code().is_some_and(|code| code.starts_with("22")) =>
                {
                    return Err(not_converted(&table, &error).into());
                }
                other => other?,
            };
        }
        Ok(())
    }

    /// Makes the staging table anew.
    async fn restage(&mut self) -> Result<(), Failed> {
        self.merge = Merge::new(&self.at(&self.table), &self.entries, &self.shape);
        self.run(self.merge.stage.clone()).await.map(|_| ())
    }

    /// Writes pages and the state after them, in one transaction.
    pub(super) async fn write(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Failed> {
        self.widen_for(batches).await?;
        let result = self.write_open(batches, state).await;
        match result {
            Ok(written) => {
                self.run("COMMIT".to_owned()).await?;
                self.loaded = None;
                self.parts = Parts::default();
                Ok(written)
            }
            Err(failed) => {
                // What failed is told; whether the server still answers is another matter.
                let _ = self.run("ROLLBACK".to_owned()).await;
                Err(failed)
            }
        }
    }

    async fn write_open(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Failed> {
        self.run("BEGIN".to_owned()).await?;
        self.begin_read(state).await?;
        let records: usize = batches.iter().map(Batch::len).sum();
        let mut written = Written::default();
        if records > 0 {
            self.copy(batches).await?;
            match self.mode {
                Mode::Append => written.new = records as u64,
                Mode::Replace => {}
                Mode::Upsert => {
                    let upsert = AssertSqlSafe(self.merge.upsert.clone());
                    let row = sqlx::raw_sql(upsert).fetch_one(&mut self.db).await?;
                    let count = |at: usize| row.try_get::<i64, _>(at).map(i64::unsigned_abs);
                    (written.new, written.updated) = (count(0)?, count(1)?);
                    written.unchanged = (records as u64).saturating_sub(written.new + written.updated);
                }
            }
            if self.met.is_some() {
                let key = list(self.entries.key.iter().map(String::as_str));
                let met = self.at(&beside("met", &self.shape.name));
                let sql = format!("INSERT INTO {met} SELECT DISTINCT {key} FROM {STAGE} ON CONFLICT DO NOTHING");
                self.run(sql).await?;
            }
        }
        written.deleted += self.end_parts().await?;
        state::put(&mut self.db, &self.schema, &self.shape.name, state).await?;
        Ok(written)
    }

    /// Empties the table beside, if what is in it belongs to a read that is not gone on with.
    async fn begin_read(&mut self, state: &StreamState) -> Result<(), Failed> {
        if self.loaded.as_ref().is_some_and(|loaded| !goes_on(loaded, state)) {
            self.run(format!("TRUNCATE {}", self.at(&self.new))).await?;
        }
        Ok(())
    }

    /// Widens columns that some value does not fit. In a transaction of its own: what is there stays right.
    async fn widen_for(&mut self, batches: &[Batch]) -> Result<(), Failed> {
        let mut wider = self.entries.clone();
        for (place, column) in self.shape.columns.iter().enumerate() {
            let Some(entry) = wider.columns.iter_mut().find(|entry| entry.name == column.name) else { continue };
            for batch in batches {
                for row in 0..batch.len() {
                    entry.kind = entry.kind.widened_by(batch, batch.row(row)[place]);
                }
            }
        }
        if wider == self.entries {
            return Ok(());
        }
        let (schema, table, new) = (self.schema.clone(), self.table.clone(), self.new.clone());
        self.run("BEGIN".to_owned()).await?;
        let from = self.entries.clone();
        self.alter(&from, &wider).await?;
        schema::keep(&mut self.db, &schema, &table, &wider).await?;
        if self.mode == Mode::Replace {
            for change in from.alter(&self.at(&new), &wider, false) {
                self.run(change).await?;
            }
            schema::keep(&mut self.db, &schema, &new, &wider).await?;
        }
        self.run("COMMIT".to_owned()).await?;
        self.entries = wider;
        if self.mode == Mode::Upsert { self.restage().await } else { Ok(()) }
    }

    async fn copy(&mut self, batches: &[Batch]) -> Result<(), Failed> {
        let sql = match self.mode {
            Mode::Upsert => self.merge.copy.clone(),
            Mode::Append | Mode::Replace => {
                let target = if self.mode == Mode::Append { &self.table } else { &self.new };
                let columns = columns(&self.entries, &self.shape);
                format!("COPY {} ({}) FROM STDIN", self.at(target), list(columns.iter().map(String::as_str)))
            }
        };
        let kinds: Vec<_> = self
            .shape
            .columns
            .iter()
            .filter_map(|column| self.entries.of(&column.name))
            .map(|entry| entry.kind)
            .collect();
        let keys: Vec<usize> =
            (0..self.shape.columns.len()).filter(|at| self.shape.key.contains(&self.shape.columns[*at].name)).collect();
        let mut copy = self.db.copy_in_raw(&sql).await?;
        let (mut out, mut place) = (Vec::with_capacity(PIECE), 0_u64);
        for batch in batches {
            for row in 0..batch.len() {
                let cells = batch.row(row);
                if keys.iter().any(|at| cells[*at] == Cell::Null) {
                    copy.abort("a record has no value in its key").await?;
                    return Err(null_key().into());
                }
                for (at, (cell, kind)) in cells.iter().zip(&kinds).enumerate() {
                    if at > 0 {
                        out.push(b'\t');
                    }
                    push(&mut out, batch, *cell, *kind);
                }
                if self.shape.extras {
                    if !kinds.is_empty() {
                        out.push(b'\t');
                    }
                    match batch.extra(row) {
                        Some(extra) => push_json(&mut out, extra),
                        None => out.extend_from_slice(b"\\N"),
                    }
                }
                if self.mode == Mode::Upsert {
                    out.extend_from_slice(format!("\t{place}").as_bytes());
                    place += 1;
                }
                out.push(b'\n');
                if out.len() >= PIECE {
                    copy.send(std::mem::replace(&mut out, Vec::with_capacity(PIECE))).await?;
                }
            }
        }
        copy.send(out).await?;
        copy.finish().await?;
        Ok(())
    }

    /// Prepares to find what is gone.
    pub(super) async fn mirror(&mut self, read: &str) -> Result<(), Failed> {
        if self.shape.key.is_empty() || self.shape.deletions == Deletions::Keep {
            return Ok(());
        }
        self.remember(read).await?;
        self.met = Some(Met::Whole);
        Ok(())
    }

    /// Ends the read.
    pub(super) async fn finish(&mut self, state: &StreamState) -> Result<Written, Failed> {
        self.run("BEGIN".to_owned()).await?;
        match self.finish_open(state).await {
            Ok(written) => {
                self.run("COMMIT".to_owned()).await?;
                Ok(written)
            }
            Err(failed) => {
                let _ = self.run("ROLLBACK".to_owned()).await;
                Err(failed)
            }
        }
    }

    async fn finish_open(&mut self, state: &StreamState) -> Result<Written, Failed> {
        let mut written = Written::default();
        if self.mode == Mode::Replace {
            self.begin_read(state).await?;
            written = self.swap().await?;
        }
        written.deleted += self.end_parts().await?;
        if let Some(met) = self.met {
            written.deleted += self.forget_met(met).await?;
        }
        state::put_whole(&mut self.db, &self.schema, &self.shape.name, state).await?;
        Ok(written)
    }

    /// Puts the new rows in the old ones' place. The table stays itself: views and grants on it go on.
    async fn swap(&mut self) -> Result<Written, Failed> {
        let (old, new) = (self.at(&self.table), self.at(&self.new));
        let columns = columns(&self.entries, &self.shape);
        let count = async |db: &mut PgConnection, sql: String| -> Result<u64, Failed> {
            let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(db).await?;
            Ok(row.try_get::<i64, _>(0)?.unsigned_abs())
        };
        let now = count(&mut self.db, format!("SELECT count(*) FROM {new}")).await?;
        let same = match columns.is_empty() {
            true => count(&mut self.db, format!("SELECT count(*) FROM {old}")).await?.min(now),
            false => count(&mut self.db, unchanged(&old, &new, &columns)).await?,
        };
        self.run(format!("TRUNCATE {old}")).await?;
        let names = list(columns.iter().map(String::as_str));
        match columns.is_empty() {
            true => self.run(format!("INSERT INTO {old} SELECT FROM {new}")).await?,
            false => self.run(format!("INSERT INTO {old} ({names}) SELECT {names} FROM {new}")).await?,
        };
        self.discard().await?;
        Ok(Written { new: now - same, unchanged: same, ..Written::default() })
    }
}

/// The schema, quoted: the one that the address names, or the one that the server uses for this user.
async fn find_schema(db: &mut PgConnection, address: &PostgresAddress) -> Result<String, Failed> {
    if let Some(schema) = &address.schema {
        let schema = quoted(schema);
        let there = sqlx::query("SELECT to_regnamespace($1) IS NOT NULL").bind(&schema).fetch_one(&mut *db).await?;
        if !there.get::<bool, _>(0) {
            sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {schema}"))).execute(db).await?;
        }
        return Ok(schema);
    }
    let row = sqlx::query("SELECT current_schema()::text").fetch_one(db).await?;
    let schema: Option<String> = row.get(0);
    schema.map(|schema| quoted(&schema)).ok_or_else(|| {
        let message = format!("{} has no usual schema for this user.", address.shown());
        Problem::new("no_schema", ProblemKind::Config, Stage::Write, message).hint("Name one: …?schema=NAME.").into()
    })
}

/// One sync at a time writes to a table: the lock is the server's, and free again however its holder ended. The server
/// takes a moment to notice that a holder is gone: it is asked for a while.
async fn lock(db: &mut PgConnection, table: &str, place: &str) -> Result<(), Failed> {
    let sql = "SELECT pg_try_advisory_lock(hashtextextended('tapwright ' || $1, 0))";
    for _ in 0..LOOKS {
        let row = sqlx::query(sql).bind(table).fetch_one(&mut *db).await?;
        if row.get::<bool, _>(0) {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
    let message = format!("Another sync writes to the table {table} of {place}.");
    let problem = Problem::new("busy", ProblemKind::Storage, Stage::Write, message);
    Err(problem.hint("Wait for it, or stop it.").retryable().into())
}

/// Refuses names that this sink keeps for itself.
fn check_stream(name: &str) -> Result<(), Problem> {
    if name.is_empty() || name.contains('\0') || name.to_lowercase().starts_with("_tapwright") {
        let message = format!("A table cannot be named {name:?}.");
        let problem = Problem::new("bad_name", ProblemKind::Config, Stage::Write, message);
        return Err(problem.hint("Rename the stream: no empty name, none that begins with _tapwright."));
    }
    Ok(())
}

fn taken(table: &str) -> Problem {
    let message = format!("The database already has a table {table} that was not made by a sync of this stream.");
    Problem::new("table_taken", ProblemKind::Storage, Stage::Write, message)
        .hint("Rename the stream, or name another schema. The table was not touched.")
}

fn null_key() -> Problem {
    Problem::new("null_key", ProblemKind::Data, Stage::Write, "A record has no value in its key.")
        .hint("Choose another key, or leave such records out with a filter.")
}

fn not_unique(shape: &StreamShape, error: &dyn std::error::Error) -> Problem {
    let message =
        format!("The table {} has rows that the key {} does not tell apart.", shape.name, shape.key.join(", "));
    Problem::new("key_not_unique", ProblemKind::Storage, Stage::Write, message)
        .hint("Choose another key, or drop the table: the next sync fills it anew.")
        .detail(error.to_string())
}

fn not_converted(table: &str, error: &dyn std::error::Error) -> Problem {
    let message = format!("Rows of {table} can't take the field's new type.");
    Problem::new("rows_unfit", ProblemKind::Storage, Stage::Write, message)
        .hint("Give the field its old type or the type string, or drop the table: the next sync fills it anew.")
        .detail(error.to_string())
}
