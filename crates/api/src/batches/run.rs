//! A batch on its way: rows are read and checked apart from the sending, sent several at once, and written down before
//! and after.

use super::live::LiveBatch;
use super::prepare::{Checked, Mapping};
use super::send::{Call, End, Line};
use super::source::{RowFile, SourceRow};
use crate::app::{App, blocking, lock};
use crate::contract::{BatchHow, BatchOutcome};
use definition::Problem;
use engine::http::Tally;
use futures::StreamExt;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{BatchRow, Entry, RowState};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Rows that are read and checked at once, where nothing is said.
const CHUNK: u32 = 500;
/// Chunks that wait to be sent.
const AHEAD: usize = 2;

/// All that a run needs.
pub(super) struct Work {
    pub app: App,
    pub batch: Arc<str>,
    pub mapping: Arc<Mapping>,
    pub file: RowFile,
    pub how: BatchHow,
    pub concurrency: usize,
    pub live: Arc<LiveBatch>,
    pub resumed: bool,
}

/// A row that is to be sent, or that can't be.
struct Ready {
    row: i64,
    hash: i64,
    tries: i64,
    was: RowState,
    checked: Checked,
}

/// What all rows share.
struct Shared {
    line: Line,
    batch: Arc<str>,
    mapping: Arc<Mapping>,
    live: Arc<LiveBatch>,
    /// Rows that failed in this run, and how many may.
    failures: AtomicU64,
    allowed: u64,
    halt: Mutex<Option<Problem>>,
    /// Stops reading and sending: by the person, or by what went wrong.
    stop: CancellationToken,
}

/// Sends all rows that are to be sent. Gives how it ended.
pub(super) async fn run(work: Work) -> (BatchOutcome, Option<Problem>) {
    let journal = match work.app.store().journal().await {
        Ok(journal) => journal,
        Err(problem) => return (BatchOutcome::Failed, Some(problem)),
    };
    let stop = work.live.stop.child_token();
    let shared = Arc::new(Shared {
        line: Line {
            plan: Arc::clone(&work.mapping.plan),
            journal: journal.clone(),
            tally: Arc::new(Tally::default()),
            stop: stop.clone(),
        },
        batch: Arc::clone(&work.batch),
        mapping: Arc::clone(&work.mapping),
        live: Arc::clone(&work.live),
        failures: AtomicU64::new(0),
        allowed: work.how.max_errors.unwrap_or(if work.how.skip_errors { u64::MAX } else { 0 }),
        halt: Mutex::default(),
        stop: stop.clone(),
    });
    let (sender, receiver) = mpsc::channel(AHEAD);
    let reading = {
        let reader = Reader {
            mapping: Arc::clone(&work.mapping),
            file: work.file.clone(),
            how: work.how.clone(),
            batch: Arc::clone(&work.batch),
            database: work.resumed.then(|| work.app.data_dir().join("tapwright.db")),
            stop: stop.clone(),
        };
        tokio::spawn(blocking(move || reader.read(&sender)))
    };
    send_all(&shared, receiver, work.concurrency).await;
    let read = reading.await.unwrap_or(Ok(()));
    let kept = journal.commit(Vec::new()).await;
    let halted = lock(&shared.halt).take();
    let problem = halted.or(kept.err()).or(read.err());
    (outcome(&work.live, &shared, problem.is_some()), problem)
}

fn outcome(live: &LiveBatch, shared: &Shared, halted: bool) -> BatchOutcome {
    let counts = live.view().counts;
    let failures = shared.failures.load(Ordering::Relaxed);
    if halted || failures > shared.allowed {
        BatchOutcome::Failed
    } else if live.stop.is_cancelled() {
        BatchOutcome::Cancelled
    } else if counts.sent < counts.total {
        BatchOutcome::Partial
    } else {
        BatchOutcome::Done
    }
}

async fn send_all(shared: &Arc<Shared>, receiver: mpsc::Receiver<Vec<Ready>>, concurrency: usize) {
    let chunks = futures::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|chunk| (futures::stream::iter(chunk), receiver))
    });
    let rows = chunks.flatten().take_until(shared.stop.cancelled());
    rows.for_each_concurrent(concurrency, |ready| shared.send(ready)).await;
}

impl Shared {
    async fn send(&self, ready: Ready) {
        // Between its taking and now the batch may have stopped.
        if self.stop.is_cancelled() {
            return;
        }
        let params = match &ready.checked {
            Ok(params) => params,
            Err(faults) => return self.end(&ready, (RowState::Invalid, None, Some(faults.join(" ")))),
        };
        let key = key(&self.batch, &ready);
        let call = Call {
            action: &self.mapping.action.name,
            params,
            key: &key,
            leaves: self.entry(&ready, RowState::Sending, None, None),
            // A row whose fate was unknown before stays so.
            stays: self.entry(&ready, ready.was, None, None),
        };
        match self.line.call(call).await {
            End::Sent(answer) => self.end(&ready, (RowState::Sent, answer.status, None)),
            End::Failed { status, message } => self.end(&ready, (RowState::Failed, status, Some(message))),
            End::Silent(message) => self.end(&ready, (RowState::Uncertain, None, Some(message))),
            End::Halt(problem) => {
                lock(&self.halt).get_or_insert(problem);
                self.stop.cancel();
            }
            End::Stopped => {}
        }
    }

    /// Writes a row's end down, and stops where too many failed.
    fn end(&self, ready: &Ready, (state, status, message): (RowState, Option<u16>, Option<String>)) {
        self.line.journal.note(self.entry(ready, state, status, message));
        self.live.turn(ready.was, state);
        if state != RowState::Sent && self.failures.fetch_add(1, Ordering::Relaxed) >= self.allowed {
            self.stop.cancel();
        }
    }

    fn entry(&self, ready: &Ready, state: RowState, status: Option<u16>, message: Option<String>) -> Entry {
        // A refusal is an end: the next try is another call, with another key.
        let tries = ready.tries + i64::from(state == RowState::Failed);
        let (batch, row, hash) = (Arc::clone(&self.batch), ready.row, ready.hash);
        Entry::Batch(BatchRow { batch, row, state, hash, tries, status, message })
    }
}

/// The idempotency key of a row: the same whenever it is sent, until the server refuses it or its content changes.
fn key(batch: &str, ready: &Ready) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{batch}/{}/{}/{}", ready.row, ready.hash, ready.tries));
    let text = hex::encode(digest.finalize());
    format!("tapwright-{}", text.get(..32).unwrap_or(&text))
}

/// Reads and checks rows.
struct Reader {
    mapping: Arc<Mapping>,
    file: RowFile,
    how: BatchHow,
    batch: Arc<str>,
    /// The app's database, where the batch goes on.
    database: Option<PathBuf>,
    stop: CancellationToken,
}

impl Reader {
    fn read(&self, sender: &mpsc::Sender<Vec<Ready>>) -> Result<(), Problem> {
        let known = self.database.as_ref().map(Known::open).transpose()?;
        let size = self.how.chunk.unwrap_or(CHUNK).clamp(1, 100_000) as usize;
        let mut chunk = Vec::with_capacity(size);
        for row in self.file.rows()? {
            if self.stop.is_cancelled() {
                return Ok(());
            }
            let row = row?;
            let before = known.as_ref().map(|known| known.of(&self.batch, row.number)).transpose()?.flatten();
            if let Some(ready) = self.ready(&row, before) {
                chunk.push(ready);
            }
            if chunk.len() >= size
                && sender.blocking_send(std::mem::replace(&mut chunk, Vec::with_capacity(size))).is_err()
            {
                return Ok(());
            }
        }
        let _ = sender.blocking_send(chunk);
        Ok(())
    }

    /// The row, where it is to be sent.
    fn ready(&self, row: &SourceRow, before: Option<(RowState, i64, i64)>) -> Option<Ready> {
        let (was, hash, tries) = before.unwrap_or((RowState::Unsent, row.hash, 0));
        let changed = hash != row.hash;
        let wanted = match was {
            RowState::Unsent => true,
            RowState::Sent => false,
            RowState::Failed | RowState::Invalid => self.how.retry_failed || changed,
            RowState::Sending | RowState::Uncertain => {
                self.how.resend_uncertain || (!changed && self.mapping.repeatable().is_some())
            }
        };
        wanted.then(|| Ready { row: row.number, hash: row.hash, tries, was, checked: self.mapping.check(row) })
    }
}

/// What is known of rows, one at a time.
pub(super) struct Known(Connection);

impl Known {
    /// Opens the app's database for reading.
    pub fn open(path: &PathBuf) -> Result<Self, Problem> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(path, flags).map_err(|error| unread(&error))?;
        database.busy_timeout(Duration::from_secs(10)).map_err(|error| unread(&error))?;
        Ok(Self(database))
    }

    /// A row's state, hash and tries.
    pub fn of(&self, batch: &str, row: i64) -> Result<Option<(RowState, i64, i64)>, Problem> {
        const SQL: &str = "SELECT state, hash, tries FROM batch_rows WHERE batch = ?1 AND row = ?2";
        let read = || -> rusqlite::Result<Option<(RowState, i64, i64)>> {
            let mut statement = self.0.prepare_cached(SQL)?;
            statement
                .query_row((batch, row), |row| Ok((RowState::of(row.get(0)?), row.get(1)?, row.get(2)?)))
                .optional()
        };
        read().map_err(|error| unread(&error))
    }
}

fn unread(error: &rusqlite::Error) -> Problem {
    crate::app::storage("journal_unread", "What is known of the rows can't be read", error)
}
