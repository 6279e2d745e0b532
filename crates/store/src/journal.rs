//! What a batch or a push does with each row, written down before and after. Entries of several writers are committed
//! together; a commit is on the disk before anybody goes on.

use crate::Store;
use crate::database::failed;
use definition::{Problem, ProblemKind, Stage};
use sqlx::sqlite::SqliteSynchronous;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Entries of one commit at most.
const TOGETHER: usize = 512;

/// What is known of a row of a batch. The numbers stand in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// It was never handed to the network.
    Unsent = 0,
    /// It is on its way: written down before it leaves.
    Sending = 1,
    /// The server took it.
    Sent = 2,
    /// The server refused it.
    Failed = 3,
    /// Its values don't fit; it was not sent.
    Invalid = 4,
    /// It was handed to the network, and no answer came.
    Uncertain = 5,
}

impl RowState {
    /// From its number.
    pub fn of(number: i64) -> Self {
        match number {
            1 => Self::Sending,
            2 => Self::Sent,
            3 => Self::Failed,
            4 => Self::Invalid,
            5 => Self::Uncertain,
            _ => Self::Unsent,
        }
    }
}

/// A row of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// The batch's id.
    pub batch: Arc<str>,
    /// The row's number, from 1.
    pub row: i64,
    /// What is known.
    pub state: RowState,
    /// What tells a changed row.
    pub hash: i64,
    /// How often it failed for good: a new try is a new call, not a repeated one.
    pub tries: i64,
    /// The answer's status.
    pub status: Option<u16>,
    /// Why it failed.
    pub message: Option<String>,
}

/// A row that a push writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushedRow {
    /// The connection's id.
    pub connection: Arc<str>,
    /// The destination's name.
    pub destination: Arc<str>,
    /// The row's key, JSON.
    pub key: String,
    /// What was done to it.
    pub step: PushStep,
    /// When, RFC 3339.
    pub at: String,
}

/// What a push did to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushStep {
    /// It is about to leave.
    Doing {
        /// `create`, `update` or `delete`.
        doing: String,
        /// The row's hash.
        hash: String,
    },
    /// It did not leave after all.
    Not,
    /// It was created or changed.
    Done {
        /// The row's hash.
        hash: String,
        /// What the API gave back, JSON. `None` keeps what is there.
        remote: Option<String>,
    },
    /// It was deleted.
    Gone,
    /// The server refused it.
    Failed {
        /// Why.
        error: String,
    },
    /// No answer came.
    Silent {
        /// Why.
        error: String,
    },
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Of a batch.
    Batch(BatchRow),
    /// Of a push.
    Push(PushedRow),
}

type Waiting = (Vec<Entry>, Option<oneshot::Sender<Result<(), Problem>>>);

/// Writes entries in the order in which they were given. Clones share it; the last one that goes ends it.
#[derive(Debug, Clone)]
pub struct Journal {
    sender: mpsc::UnboundedSender<Waiting>,
}

impl Store {
    /// Opens the journal: a connection of its own, whose commits outlive a power failure.
    pub async fn journal(&self) -> Result<Journal, Problem> {
        let options = (*self.pool.connect_options()).clone().synchronous(SqliteSynchronous::Full);
        let connection = options.connect().await.map_err(failed("open its journal"))?;
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(write(connection, receiver));
        Ok(Journal { sender })
    }
}

impl Journal {
    /// Writes entries with the next commit. Nobody waits; whoever commits after this knows that these are kept too.
    pub fn note(&self, entry: Entry) {
        let _ = self.sender.send((vec![entry], None));
    }

    /// Writes entries and waits until they, and all before them, are on the disk.
    pub async fn commit(&self, entries: Vec<Entry>) -> Result<(), Problem> {
        let (answer, kept) = oneshot::channel();
        self.sender.send((entries, Some(answer))).map_err(|_| stopped())?;
        kept.await.map_err(|_| stopped())?
    }
}

fn stopped() -> Problem {
    Problem::new("journal_stopped", ProblemKind::Storage, Stage::Store, "The journal of the rows can't be written.")
        .hint("Look at the data folder: is the disk full? Then go on with --resume.")
}

/// Takes what waits and commits it at once. After a failed commit nothing more is taken: who asks is told.
async fn write(mut connection: SqliteConnection, mut receiver: mpsc::UnboundedReceiver<Waiting>) {
    let mut broken: Option<Problem> = None;
    while let Some(first) = receiver.recv().await {
        let mut waiting = vec![first];
        while waiting.len() < TOGETHER
            && let Ok(next) = receiver.try_recv()
        {
            waiting.push(next);
        }
        let result = match &broken {
            Some(problem) => Err(problem.clone()),
            None => keep(&mut connection, waiting.iter().flat_map(|(entries, _)| entries)).await,
        };
        let result = result.inspect_err(|problem| broken = Some(problem.clone()));
        for answer in waiting.into_iter().filter_map(|(_, answer)| answer) {
            let _ = answer.send(result.clone());
        }
    }
    let _ = connection.close().await;
}

async fn keep(connection: &mut SqliteConnection, entries: impl Iterator<Item = &Entry>) -> Result<(), Problem> {
    let work = async {
        // A read before the first write could not become a write once another program wrote.
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        for entry in entries {
            match entry {
                Entry::Batch(row) => batch_row(&mut transaction, row).await?,
                Entry::Push(row) => pushed_row(&mut transaction, row).await?,
            }
        }
        transaction.commit().await
    };
    work.await.map_err(failed("keep the rows' journal"))
}

async fn batch_row(connection: &mut SqliteConnection, row: &BatchRow) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO batch_rows (batch, row, state, hash, tries, status, message) \
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (batch, row) DO UPDATE SET state = excluded.state, \
        hash = excluded.hash, tries = excluded.tries, status = excluded.status, message = excluded.message";
    let query = sqlx::query(SQL).bind(&*row.batch).bind(row.row).bind(row.state as i64).bind(row.hash).bind(row.tries);
    query.bind(row.status.map(i64::from)).bind(&row.message).execute(connection).await.map(|_| ())
}

async fn pushed_row(connection: &mut SqliteConnection, row: &PushedRow) -> sqlx::Result<()> {
    const PLACE: &str = "connection = ? AND destination = ? AND key = ?";
    let (sql, values): (String, Vec<Option<&str>>) = match &row.step {
        PushStep::Doing { doing, hash } => (
            "INSERT INTO pushed (doing, doing_hash, changed_at, connection, destination, key) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (connection, destination, key) DO UPDATE SET doing = excluded.doing, \
             doing_hash = excluded.doing_hash, changed_at = excluded.changed_at"
                .to_owned(),
            vec![Some(doing), Some(hash)],
        ),
        PushStep::Not => (
            format!("UPDATE pushed SET doing = NULL, doing_hash = NULL, changed_at = ? WHERE {PLACE}"),
            vec![],
        ),
        PushStep::Done { hash, remote } => (
            "INSERT INTO pushed (hash, remote, changed_at, connection, destination, key) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (connection, destination, key) DO UPDATE SET hash = excluded.hash, \
             remote = coalesce(excluded.remote, remote), doing = NULL, doing_hash = NULL, error = NULL, tries = 0, \
             changed_at = excluded.changed_at"
                .to_owned(),
            vec![Some(hash), remote.as_deref()],
        ),
        PushStep::Gone => (format!("DELETE FROM pushed WHERE changed_at <> ? AND {PLACE}"), vec![]),
        PushStep::Failed { error } => (
            format!("UPDATE pushed SET error = ?, doing = NULL, doing_hash = NULL, tries = tries + 1, changed_at = ? WHERE {PLACE}"),
            vec![Some(error)],
        ),
        PushStep::Silent { error } => {
            (format!("UPDATE pushed SET error = ?, changed_at = ? WHERE {PLACE}"), vec![Some(error)])
        }
    };
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for value in values {
        query = query.bind(value);
    }
    let at = if row.step == PushStep::Gone { "" } else { &row.at };
    query.bind(at).bind(&*row.connection).bind(&*row.destination).bind(&row.key).execute(connection).await.map(|_| ())
}
